// English names: en.toml beside a line. What is missing falls back to Chinese.

#include <algorithm>

#include "definition/build.h"
#include "definition/read.h"

namespace zw::definition {

namespace {

void NameRecord(const Item& english, RecordType& record) {
    const Item* names = english.Find("record");
    const Item* mine = names == nullptr ? nullptr : names->Find(record.id);
    if (mine == nullptr) {
        return;
    }
    const auto name = [](const Item& table, std::string_view key, std::string& en) {
        const std::string text = TextOf(table, key);
        en = text.empty() ? en : text;
    };
    name(*mine, "name", record.name.en);
    if (const Item* fields = mine->Find("fields")) {
        name(*fields, "place", record.place_name.en);
        for (Field& field : record.fields) {
            name(*fields, field.id, field.name.en);
        }
        for (Computed& computed : record.computed) {
            name(*fields, computed.field.id, computed.field.name.en);
        }
    }
    if (const Item* say = mine->Find("say")) {
        for (Check& check : record.checks) {
            name(*say, check.id, check.say.en);
        }
    }
}

// English names of what does not exist: the thing was renamed and its English was forgotten.
void CheckEnglish(Build& build, const LineSource& line) {
    std::vector<std::string> records;
    std::vector<std::string> indicators;
    for (const Item& item : ItemsOf(line.tree, "record")) {
        records.push_back(item.key);
    }
    for (const Item& item : ItemsOf(line.tree, "indicator")) {
        indicators.push_back(item.key);
    }
    const auto check =
        [&](const Item& named, const std::vector<std::string>& known, std::string_view what) {
            if (std::find(known.begin(), known.end(), named.key) == known.end()) {
                build.errors.Add(
                    named.key_origin,
                    "missing_reference",
                    "没有" + std::string(what) + "“" + named.key + "”" +
                        Errors::WouldBe(named.key, known)
                );
            }
        };
    for (const Item& named : ItemsOf(line.english, "indicator")) {
        check(named, indicators, "指标");
    }
    for (const Item& named : ItemsOf(line.english, "record")) {
        check(named, records, "台账");
        const RecordType* record = build.model.FindRecord(named.key);
        if (record == nullptr) {
            continue;
        }
        std::vector<std::string> fields = {"place"};
        for (const Field& field : record->fields) {
            fields.push_back(field.id);
        }
        for (const Computed& computed : record->computed) {
            fields.push_back(computed.field.id);
        }
        std::vector<std::string> checks;
        for (const Check& each : record->checks) {
            checks.push_back(each.id);
        }
        for (const Item& field : ItemsOf(named, "fields")) {
            check(field, fields, "字段");
        }
        for (const Item& say : ItemsOf(named, "say")) {
            check(say, checks, "检查");
        }
    }
}

}  // namespace

void NameInEnglish(Build& build, const LineSource& line) {
    const Item* indicators = line.english.Find("indicator");
    for (RecordType& record : build.model.records) {
        if (record.line == line.id) {
            NameRecord(line.english, record);
        }
    }
    for (Indicator& indicator : build.model.indicators) {
        const bool is_named = indicator.line == line.id && indicators != nullptr;
        const std::string en = is_named ? TextOf(*indicators, indicator.id) : "";
        indicator.name.en = en.empty() ? indicator.name.en : en;
    }
    CheckEnglish(build, line);
}

}  // namespace zw::definition
