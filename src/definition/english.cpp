// English names: en.toml beside a line. What is missing falls back to Chinese.

#include <algorithm>

#include "definition/build.h"
#include "definition/read.h"

namespace zw::definition {

namespace {

// Where `table` has `key`, its text.
void Name(const Item& table, std::string_view key, std::string& en) {
    const std::string text = TextOf(table, key);
    en = text.empty() ? en : text;
}

void NameRecord(const Item& english, RecordType& record) {
    const Item* names = english.Find("record");
    const Item* mine = names == nullptr ? nullptr : names->Find(record.id);
    if (mine == nullptr) {
        return;
    }
    Name(*mine, "name", record.name.en);
    if (const Item* fields = mine->Find("fields")) {
        Name(*fields, "place", record.place_name.en);
        for (Field& field : record.fields) {
            Name(*fields, field.id, field.name.en);
        }
        for (Computed& computed : record.computed) {
            Name(*fields, computed.field.id, computed.field.name.en);
        }
    }
    if (const Item* help = mine->Find("help")) {
        for (Field& field : record.fields) {
            Name(*help, field.id, field.help.en);
        }
        for (Computed& computed : record.computed) {
            Name(*help, computed.field.id, computed.field.help.en);
        }
    }
    if (const Item* say = mine->Find("say")) {
        for (Check& check : record.checks) {
            Name(*say, check.id, check.say.en);
        }
    }
}

void NameIndicator(const Item& english, Indicator& indicator) {
    if (const Item* names = english.Find("indicator")) {
        Name(*names, indicator.id, indicator.name.en);
    }
    if (const Item* help = english.Find("help")) {
        Name(*help, indicator.id, indicator.help.en);
    }
    const Item* doubts = english.Find("doubt");
    const Item* mine = doubts == nullptr ? nullptr : doubts->Find(indicator.id);
    if (const Item* say = mine == nullptr ? nullptr : mine->Find("say")) {
        for (Doubt& doubt : indicator.doubts) {
            Name(*say, doubt.id, doubt.say.en);
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
    for (const std::string_view table : {"indicator", "help", "doubt"}) {
        for (const Item& named : ItemsOf(line.english, table)) {
            check(named, indicators, "指标");
        }
    }
    for (const Item& named : ItemsOf(line.english, "doubt")) {
        std::vector<std::string> doubts;
        if (const Indicator* indicator = build.model.FindIndicator(named.key)) {
            for (const Doubt& doubt : indicator->doubts) {
                doubts.push_back(doubt.id);
            }
            for (const Item& say : ItemsOf(named, "say")) {
                check(say, doubts, "存疑");
            }
        }
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
        for (const std::string_view table : {"fields", "help"}) {
            for (const Item& field : ItemsOf(named, table)) {
                check(field, fields, "字段");
            }
        }
        for (const Item& say : ItemsOf(named, "say")) {
            check(say, checks, "检查");
        }
    }
}

}  // namespace

void NameInEnglish(Build& build, const LineSource& line) {
    for (RecordType& record : build.model.records) {
        if (record.line == line.id) {
            NameRecord(line.english, record);
        }
    }
    for (Indicator& indicator : build.model.indicators) {
        if (indicator.line == line.id) {
            NameIndicator(line.english, indicator);
        }
    }
    CheckEnglish(build, line);
}

}  // namespace zw::definition
