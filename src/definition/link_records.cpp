// What record types say of each other: references, children, roles that one alone may play, the
// order of loading.

#include <algorithm>
#include <functional>
#include <utility>

#include "base/text.h"
#include "definition/build.h"
#include "definition/read.h"

namespace zw::definition {

namespace {

std::vector<std::string> RecordIds(const Model& model) {
    std::vector<std::string> ids;
    for (const RecordType& record : model.records) {
        ids.push_back(record.id);
    }
    return ids;
}

const Item* FieldItem(const Build& build, const std::string& record, const std::string& field) {
    for (const Item& item : ItemsOf(*build.record_items.at(record), "fields")) {
        if (TextOf(item, "id") == field) {
            return &item;
        }
    }
    return nullptr;
}

bool HasMatchField(const Model& model, const std::string& target, const std::string& name) {
    if (target == "place") {
        return name == "name" || name == "code";
    }
    const RecordType* record = model.FindRecord(target);
    return name == "place" || (record != nullptr && record->FindField(name) != nullptr);
}

std::vector<std::string> MatchFields(const Model& model, const std::string& target) {
    if (target == "place") {
        return {"code", "name"};
    }
    std::vector<std::string> ids = {"village"};
    if (const RecordType* record = model.FindRecord(target)) {
        for (const Field& field : record->fields) {
            ids.push_back(field.id);
        }
    }
    return ids;
}

void CheckMatch(Build& build, const Item& item, const Field& field) {
    if (field.match.empty()) {
        build.errors.Add(
            item.origin,
            "missing_key",
            "字段“" + field.id +
                "”缺少“match”；写出按什么找到所引的行，如 [[\"code\"], [\"village\", \"name\"]]"
        );
    }
    for (const Item& keys : ItemsOf(item, "match")) {
        for (const Item& key : keys.items) {
            const std::string name = key.text == "village" ? "place" : key.text;
            if (!HasMatchField(build.model, field.type.record, name)) {
                build.errors.Add(
                    key.origin,
                    "unknown_field",
                    "“" + field.type.record + "”没有字段“" + key.text + "”" +
                        Errors::WouldBe(key.text, MatchFields(build.model, field.type.record))
                );
            }
        }
    }
}

void LinkField(Build& build, const RecordType& record, Field& field) {
    const Item* item = FieldItem(build, record.id, field.id);
    if (field.type.kind != formula::Kind::kRef || item == nullptr || item->Find("to") == nullptr) {
        return;
    }
    const auto target = std::find_if(
        build.model.records.begin(),
        build.model.records.end(),
        [&](const RecordType& each) { return each.id == field.type.record; }
    );
    if (target == build.model.records.end() && field.type.record != "place") {
        auto known = RecordIds(build.model);
        known.emplace_back("place");
        build.errors.Add(
            PlaceOf(*item, "to"),
            "missing_reference",
            "没有台账“" + field.type.record + "”" + Errors::WouldBe(field.type.record, known)
        );
        build.broken.insert(field.id);
        return;
    }
    CheckMatch(build, *item, field);
    if (target != build.model.records.end()) {
        target->children.emplace_back(record.id, field.id);
    }
}

void CheckOneRole(
    Build& build, std::string_view role, const std::function<bool(const RecordType&)>& plays
) {
    const RecordType* first = nullptr;
    for (const RecordType& record : build.model.records) {
        if (!plays(record)) {
            continue;
        }
        if (first != nullptr) {
            const Item* item = build.record_items.at(record.id)->Find(role);
            build.errors.Add(
                item->key_origin,
                "two_roles",
                "台账“" + first->id + "”已经担任“" + std::string(role) +
                    "”；只能有一个，请删去这一项"
            );
        }
        first = first == nullptr ? &record : first;
    }
}

// Referred-to before those that refer, else in the order of loading. A ring of references has no
// such order.
class Order {
public:
    explicit Order(Build& build) : build_(build) {}

    void Run() {
        for (const RecordType& record : build_.model.records) {
            Visit(record);
        }
        std::vector<RecordType> sorted;
        for (const std::string& id : done_) {
            auto& records = build_.model.records;
            sorted.push_back(std::move(*std::find_if(
                records.begin(), records.end(), [&](const auto& each) { return each.id == id; }
            )));
        }
        build_.model.records = std::move(sorted);
    }

private:
    static bool Has(const std::vector<std::string>& ids, const std::string& id) {
        return std::find(ids.begin(), ids.end(), id) != ids.end();
    }

    void Visit(const RecordType& record) {
        if (Has(done_, record.id)) {
            return;
        }
        open_.push_back(record.id);
        for (const Field& field : record.fields) {
            const RecordType* target = build_.model.FindRecord(field.type.record);
            if (field.type.kind != formula::Kind::kRef || target == nullptr ||
                target->id == record.id) {
                continue;
            }
            if (Has(open_, target->id)) {
                const Item* item = FieldItem(build_, record.id, field.id);
                build_.errors.Add(
                    PlaceOf(*item, "to"),
                    "reference_ring",
                    "引用绕成了圈：" + Join(open_, " → ") + " → " + target->id +
                        "；请去掉其中一个引用"
                );
                continue;
            }
            Visit(*target);
        }
        open_.pop_back();
        done_.push_back(record.id);
    }

    Build& build_;
    std::vector<std::string> open_;
    std::vector<std::string> done_;
};

}  // namespace

void LinkRecords(Build& build) {
    for (RecordType& record : build.model.records) {
        for (Field& field : record.fields) {
            LinkField(build, record, field);
        }
    }
    CheckOneRole(build, "target", [](const RecordType& record) {
        return !record.plays_target.empty();
    });
    CheckOneRole(build, "setting", [](const RecordType& record) {
        return !record.plays_setting.empty();
    });
    Order(build).Run();
}

}  // namespace zw::definition
