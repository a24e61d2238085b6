#include "definition/check_keys.h"

#include <algorithm>
#include <map>

#include "base/decimal.h"
#include "base/text.h"

namespace zw::definition {

namespace {

using Kind = Item::Kind;

constexpr std::string_view KindName(Kind kind) {
    constexpr std::string_view kNames[] = {
        "表", "数组", "文字", "整数", "小数", "true/false", "日期", "带时刻的日期"};
    return kNames[static_cast<int>(kind)];
}

std::string_view HoldsName(Holds holds) {
    switch (holds) {
        case Holds::kText:
            return "文字，如 \"…\"";
        case Holds::kFormula:
            return "写在一行里的公式文字，如 'a > b'";
        case Holds::kNumber:
            return "数字，如 0 或 0.5";
        case Holds::kInt:
            return "整数，如 2";
        case Holds::kFlag:
            return "true 或 false";
        case Holds::kDate:
            return "日期，如 2023-04-12";
        case Holds::kScalar:
            return "一个值：文字、数字、日期或 true/false";
        case Holds::kTexts:
            return "文字的数组，如 [\"…\", \"…\"]";
        case Holds::kTextOrTexts:
            return "文字或文字的数组";
        case Holds::kTextLists:
            return "文字数组的数组，如 [[\"…\"], [\"…\", \"…\"]]";
        case Holds::kTextMap:
            return "文字对照表，如 { \"…\" = \"…\" }";
        case Holds::kTable:
            return "表，如 { … }";
        case Holds::kTables:
            return "表的数组，如 [{ … }]";
        case Holds::kNamed:
            return "以名称为键的表，如 [record.名称]";
    }
    return "";
}

bool AllText(const Item& item) {
    return std::all_of(item.items.begin(), item.items.end(), [](const Item& each) {
        return each.kind == Kind::kText;
    });
}

bool AllTables(const Item& item) {
    return std::all_of(item.items.begin(), item.items.end(), [](const Item& each) {
        return each.kind == Kind::kTable;
    });
}

bool AllTextLists(const Item& item) {
    return std::all_of(item.items.begin(), item.items.end(), [](const Item& each) {
        return each.kind == Kind::kArray && !each.items.empty() && AllText(each);
    });
}

bool IsDate(const Item& item) {
    return item.kind == Kind::kDate ||
           (item.kind == Kind::kText && ParseIsoDate(item.text).has_value());
}

bool IsScalar(const Item& item) {
    return item.kind != Kind::kTable && item.kind != Kind::kArray && item.kind != Kind::kOther;
}

bool Fits(const Item& item, Holds holds) {
    switch (holds) {
        case Holds::kText:
            return item.kind == Kind::kText;
        case Holds::kFormula:
            return item.kind == Kind::kText && !item.raw.empty();
        case Holds::kNumber:
            return (item.kind == Kind::kText || item.kind == Kind::kInt || item.kind == Kind::kFloat
                   ) &&
                   ParseDecimal(item.text).has_value();
        case Holds::kInt:
            return item.kind == Kind::kInt;
        case Holds::kFlag:
            return item.kind == Kind::kBool;
        case Holds::kDate:
            return IsDate(item);
        case Holds::kScalar:
            return IsScalar(item);
        case Holds::kTexts:
            return item.kind == Kind::kArray && AllText(item);
        case Holds::kTextOrTexts:
            return item.kind == Kind::kText || (item.kind == Kind::kArray && AllText(item));
        case Holds::kTextLists:
            return item.kind == Kind::kArray && AllTextLists(item);
        case Holds::kTextMap:
            return item.kind == Kind::kTable && AllText(item);
        case Holds::kTables:
            return item.kind == Kind::kArray && AllTables(item);
        case Holds::kTable:
            return item.kind == Kind::kTable;
        case Holds::kNamed:
            return item.kind == Kind::kTable && AllTables(item);
    }
    return false;
}

std::vector<std::string> KeyNames(const Table& table) {
    std::vector<std::string> names;
    for (const Key& key : table.keys) {
        names.emplace_back(key.name);
    }
    return names;
}

void CheckOption(const Item& item, const Key& key, Errors& errors) {
    const std::vector<std::string> options = Split(key.options, '|');
    if (!key.options.empty() &&
        std::find(options.begin(), options.end(), item.text) == options.end()) {
        errors.Add(
            item.origin,
            "unknown_option",
            "“" + std::string(key.name) + "”不能是“" + item.text + "”；只能是：" +
                Join(options, "、")
        );
    }
}

void CheckTwice(const Item& array, std::string_view identity, Errors& errors) {
    std::map<std::string, const Item*> seen;
    for (const Item& element : array.items) {
        const Item* id = element.Find(identity);
        if (id == nullptr) {
            continue;
        }
        const auto [first, is_new] = seen.emplace(id->text, id);
        if (!is_new) {
            errors.Add(
                id->origin,
                "duplicate_id",
                "“" + id->text + "”在第 " + std::to_string(first->second->origin.line) +
                    " 行已经有了；请换一个名称"
            );
        }
    }
}

void CheckValue(const Item& item, const Key& key, Errors& errors) {
    if (!Fits(item, key.holds)) {
        errors.Add(
            item.origin,
            "wrong_type",
            "“" + std::string(key.name) + "”不能是这样的" + std::string(KindName(item.kind)) +
                "；应为" + std::string(HoldsName(key.holds))
        );
        return;
    }
    CheckOption(item, key, errors);
    if (key.holds == Holds::kTable) {
        CheckKeys(item, *key.inner, errors);
    } else if (key.holds == Holds::kTables || key.holds == Holds::kNamed) {
        for (const Item& element : item.items) {
            CheckKeys(element, *key.inner, errors);
        }
        if (key.holds == Holds::kTables && !key.inner->identity.empty()) {
            CheckTwice(item, key.inner->identity, errors);
        }
    }
}

}  // namespace

void CheckKeys(const Item& file, const Table& table, Errors& errors) {
    for (const Item& member : file.items) {
        const Key* key = table.Find(member.key);
        if (key == nullptr) {
            errors.Add(
                member.key_origin,
                "unknown_key",
                "不认识的键“" + member.key + "”" + Errors::WouldBe(member.key, KeyNames(table))
            );
            continue;
        }
        CheckValue(member, *key, errors);
    }
}

void CheckRequired(const Item& file, const Table& table, Errors& errors) {
    for (const Key& key : table.keys) {
        const Item* member = file.Find(key.name);
        if (member == nullptr) {
            if (key.required) {
                errors.Add(
                    file.key_origin,
                    "missing_key",
                    "缺少“" + std::string(key.name) + "”；应为" + std::string(HoldsName(key.holds))
                );
            }
            continue;
        }
        const bool nests = Fits(*member, key.holds);
        if (nests && key.holds == Holds::kTable) {
            CheckRequired(*member, *key.inner, errors);
        } else if (nests && (key.holds == Holds::kTables || key.holds == Holds::kNamed)) {
            for (const Item& element : member->items) {
                CheckRequired(element, *key.inner, errors);
            }
        }
    }
}

}  // namespace zw::definition
