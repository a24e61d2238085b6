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
class EnglishCheck {
public:
    EnglishCheck(Build& build, const LineSource& line) : build_(build), line_(line) {}

    void All() {
        const auto indicators = KeysOf(line_.tree, "indicator");
        for (const std::string_view table : {"indicator", "help", "doubt"}) {
            Known(line_.english, table, indicators, "指标");
        }
        for (const Item& named : ItemsOf(line_.english, "doubt")) {
            if (const Indicator* indicator = build_.model.FindIndicator(named.key)) {
                Known(named, "say", IdsOf(indicator->doubts), "存疑");
            }
        }
        Known(line_.english, "record", KeysOf(line_.tree, "record"), "台账");
        for (const Item& named : ItemsOf(line_.english, "record")) {
            if (const RecordType* record = build_.model.FindRecord(named.key)) {
                Names(named, *record);
            }
        }
    }

private:
    static std::vector<std::string> KeysOf(const Item& item, std::string_view table) {
        std::vector<std::string> keys;
        for (const Item& one : ItemsOf(item, table)) {
            keys.push_back(one.key);
        }
        return keys;
    }
    template <typename Things>
    static std::vector<std::string> IdsOf(const Things& things) {
        std::vector<std::string> ids;
        ids.reserve(things.size());
        for (const auto& one : things) {
            ids.push_back(one.id);
        }
        return ids;
    }

    void Names(const Item& named, const RecordType& record) {
        std::vector<std::string> fields = IdsOf(record.fields);
        fields.emplace_back("place");
        for (const Computed& computed : record.computed) {
            fields.push_back(computed.field.id);
        }
        Known(named, "fields", fields, "字段");
        Known(named, "help", fields, "字段");
        Known(named, "say", IdsOf(record.checks), "检查");
    }

    void Known(
        const Item& item,
        std::string_view table,
        const std::vector<std::string>& known,
        std::string_view what
    ) {
        for (const Item& named : ItemsOf(item, table)) {
            if (std::find(known.begin(), known.end(), named.key) == known.end()) {
                build_.errors.Add(
                    named.key_origin,
                    "missing_reference",
                    "没有" + std::string(what) + "“" + named.key + "”" +
                        Errors::WouldBe(named.key, known)
                );
            }
        }
    }

    Build& build_;
    const LineSource& line_;
};

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
    EnglishCheck(build, line).All();
}

}  // namespace zw::definition
