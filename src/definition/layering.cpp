#include "definition/layering.h"

#include <algorithm>

#include "base/text.h"

namespace zw::definition {

namespace {

bool Same(const Item& a, const Item& b) {
    return a.kind == b.kind && a.text == b.text && a.integer == b.integer && a.flag == b.flag &&
           a.date == b.date &&
           std::equal(
               a.items.begin(),
               a.items.end(),
               b.items.begin(),
               b.items.end(),
               [](const Item& x, const Item& y) { return x.key == y.key && Same(x, y); }
           );
}

void AddTexts(Item& base, const Item& over) {
    for (const Item& text : over.items) {
        const bool is_map = over.kind == Item::Kind::kTable;
        const auto found =
            std::find_if(base.items.begin(), base.items.end(), [&](const Item& each) {
                return is_map ? each.key == text.key : each.text == text.text;
            });
        if (found == base.items.end()) {
            base.items.push_back(text);
        } else {
            *found = text;
        }
    }
}

std::string IdentityOf(const Item& element, const Key& key) {
    if (key.holds == Holds::kNamed) {
        return element.key;
    }
    const Item* id = element.Find(key.inner->identity);
    return id == nullptr ? "" : id->text;
}

void CheckOwnName(const Item& base, const Item& element, const Key& key, Errors& errors) {
    const std::string id = IdentityOf(element, key);
    if (key.layering != Layering::kMergesOwn || StartsWith(id, "x_")) {
        return;
    }
    std::vector<std::string> known;
    for (const Item& each : base.items) {
        known.push_back(IdentityOf(each, key));
    }
    const Item* named = key.holds == Holds::kNamed ? nullptr : element.Find(key.inner->identity);
    errors.Add(
        named != nullptr ? named->origin : element.key_origin,
        "layer_name",
        "原定义中没有“" + id + "”；层中新增的名称要以 x_ 开头" + Errors::WouldBe(id, known)
    );
}

void MergeElements(Item& base, const Item& over, const Key& key, Errors& errors) {
    for (const Item& element : over.items) {
        const std::string id = IdentityOf(element, key);
        const auto found =
            std::find_if(base.items.begin(), base.items.end(), [&](const Item& each) {
                return !id.empty() && IdentityOf(each, key) == id;
            });
        if (found != base.items.end()) {
            Merge(*found, element, *key.inner, errors);
            continue;
        }
        CheckOwnName(base, element, key, errors);
        base.items.push_back(element);
    }
}

void MergeValue(Item& base, const Item& over, const Key& key, Errors& errors) {
    if (base.kind != over.kind && key.holds != Holds::kTextOrTexts) {
        return;  // one of them was refused already
    }
    switch (key.layering) {
        case Layering::kFixed:
            if (!Same(base, over)) {
                errors.Add(
                    over.key_origin,
                    "layer_fixed",
                    "层不能改“" + std::string(key.name) + "”；请删去这一项，原值在 " +
                        base.origin.file + ":" + std::to_string(base.origin.line)
                );
            }
            break;
        case Layering::kReplaces:
            base = over;
            break;
        case Layering::kAdds:
            if (base.kind == Item::Kind::kText || over.kind == Item::Kind::kText) {
                if (!Same(base, over)) {
                    errors.Add(
                        over.key_origin,
                        "layer_fixed",
                        "“" + base.text +
                            "”是清单，不能在这里加；请在 rules/lists.toml 中给它加选项"
                    );
                }
            } else {
                AddTexts(base, over);
            }
            break;
        case Layering::kMerges:
        case Layering::kMergesOwn:
            if (key.holds == Holds::kTable) {
                Merge(base, over, *key.inner, errors);
            } else {
                MergeElements(base, over, key, errors);
            }
            break;
        case Layering::kFirst:
            base.items.insert(base.items.begin(), over.items.begin(), over.items.end());
            break;
    }
}

}  // namespace

void Merge(Item& base, const Item& over, const Table& table, Errors& errors) {
    for (const Item& member : over.items) {
        const Key* key = table.Find(member.key);
        if (key == nullptr || key->name == "extends") {
            continue;
        }
        Item* mine = base.Find(member.key);
        if (mine != nullptr) {
            MergeValue(*mine, member, *key, errors);
        } else if (key->layering == Layering::kFixed) {
            errors.Add(
                member.key_origin,
                "layer_fixed",
                "层不能给已有的定义加“" + member.key + "”；请删去这一项"
            );
        } else if (key->layering == Layering::kMergesOwn) {
            Item empty = member;
            empty.items.clear();
            base.items.push_back(empty);
            MergeValue(base.items.back(), member, *key, errors);
        } else {
            base.items.push_back(member);
        }
    }
}

}  // namespace zw::definition
