// [record.X]: fields, keys, checks. What hangs on other record types is looked at by LinkRecords.

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "definition/build.h"
#include "definition/read.h"

namespace zw::definition {

namespace {

using formula::Kind;

constexpr size_t kListedFields = 6;

std::string GrainWord(Grain grain) {
    constexpr std::string_view kWords[] = {"日", "月", "季", "年"};
    return std::string(kWords[static_cast<int>(grain)]);
}

std::string PlaceWord(const std::string& name) { return name == "village" ? "place" : name; }

class RecordReader {
public:
    RecordReader(Build& build, const Item& item, const std::string& line) : build_(build), item_(item) {
        record_.id = item.key;
        record_.line = line;
        record_.origin = item.key_origin;
    }

    RecordType Read() {
        CheckId(build_, record_.id, item_.key_origin);
        record_.name = {TextOf(item_, "name"), TextOf(item_, "name")};
        record_.also = TextsOf(item_, "also");
        record_.title = TextOf(item_, "title");
        record_.hidden = FlagOf(item_, "hide", false);
        for (const Item& field : ItemsOf(item_, "fields")) {
            ReadFieldOrDropped(field);
        }
        for (const Item& computed : ItemsOf(item_, "computed")) {
            ReadComputed(computed);
        }
        ReadPlace();
        record_.key = Fields(item_, "key", true);
        if (record_.key.empty() && item_.Find("key") != nullptr) {
            Tell(PlaceOf(item_, "key"), "empty_key", "key 里没有字段；至少写一个，如 [\"place\", \"year\"]");
        }
        ReadRoles();
        ReadTimes();
        ReadChecks("check", false);
        ReadChecks("warn", true);
        CheckHidden();
        ReadGroups();
        ReadList();
        return std::move(record_);
    }

private:
    void Tell(const Origin& origin, std::string_view code, const std::string& message) {
        build_.errors.Add(origin, code, message);
    }

    std::vector<std::string> FieldIds(const std::optional<std::vector<Kind>>& kinds = std::nullopt) const {
        std::vector<std::string> ids;
        const auto add = [&](const Field& field) {
            if (!kinds || std::find(kinds->begin(), kinds->end(), field.type.kind) != kinds->end()) {
                ids.push_back(field.id);
            }
        };
        std::for_each(record_.fields.begin(), record_.fields.end(), add);
        std::for_each(record_.computed.begin(), record_.computed.end(), [&](const Computed& each) { add(each.field); });
        return ids;
    }

    void ReadFieldOrDropped(const Item& item) {
        const std::string id = TextOf(item, "id");
        if (item.Find("dropped") != nullptr) {
            record_.dropped[id] = TextOf(item, "dropped");
            return;
        }
        Field field;
        field.id = id;
        field.origin = item.origin;
        const bool known = CheckId(build_, id, PlaceOf(item, "id"));
        ReadWords(item, field);
        const size_t before = build_.errors.size();
        ReadType(item, field);
        ReadFormat(item, field);
        ReadLimits(item, field);
        CheckKeysOfType(item, field);
        if (!known || build_.errors.size() != before) {
            build_.broken.insert(id);
        }
        record_.fields.push_back(std::move(field));
    }

    void ReadWords(const Item& item, Field& field) {
        for (const std::string_view key : {"name", "type"}) {
            if (item.Find(key) == nullptr && (key == "name" || item.Find("formula") == nullptr)) {
                Tell(item.origin, "missing_key", "字段“" + field.id + "”缺少“" + std::string(key) + "”；应为文字，如 \"…\"");
                build_.broken.insert(field.id);
            }
        }
        field.name = {TextOf(item, "name"), TextOf(item, "name")};
        field.also = TextsOf(item, "also");
        field.group = TextOf(item, "group");
        field.help = TextOf(item, "help");
        field.was = TextOf(item, "was");
        field.required = FlagOf(item, "required", false);
        field.unique = FlagOf(item, "unique", false);
        field.personal = FlagOf(item, "personal", false);
        field.reported_value = FlagOf(item, "reported_value", true);
        field.hidden = FlagOf(item, "hide", false);
    }

    void ReadType(const Item& item, Field& field) {
        constexpr std::pair<std::string_view, Kind> kKinds[] = {
            {"text", Kind::kText},     {"bool", Kind::kBool}, {"int", Kind::kInt},       {"decimal", Kind::kDecimal},
            {"choice", Kind::kChoice}, {"date", Kind::kDate}, {"period", Kind::kPeriod}, {"ref", Kind::kRef},
        };
        const std::string type = TextOf(item, "type");
        const auto* kind = std::find_if(std::begin(kKinds), std::end(kKinds), [&](const auto& each) { return each.first == type; });
        if (kind == std::end(kKinds)) {
            build_.broken.insert(field.id);
            return;  // told already
        }
        field.type.kind = kind->second;
        switch (field.type.kind) {
            case Kind::kDecimal:
                Need(item, field, "scale", "decimal 要写小数位数，如 scale = 2");
                field.type.scale = ScaleOf(build_, item, 0);
                field.type.unit = UnitOf(build_, item).value_or(formula::Unit{});
                break;
            case Kind::kInt: field.type.unit = UnitOf(build_, item).value_or(formula::Unit{}); break;
            case Kind::kPeriod:
                Need(item, field, "grain", "period 要写粒度：grain = \"year\"、\"quarter\" 或 \"month\"");
                field.type.grain = ParseGrain(TextOf(item, "grain")).value_or(Grain::kYear);
                break;
            case Kind::kChoice: ReadChoices(item, field); break;
            case Kind::kRef: ReadReference(item, field); break;
            default: break;
        }
    }

    void Need(const Item& item, const Field& field, std::string_view key, const std::string& what) {
        if (item.Find(key) == nullptr) {
            Tell(item.origin, "missing_key", "字段“" + field.id + "”缺少“" + std::string(key) + "”；" + what);
        }
    }

    void ReadChoices(const Item& item, Field& field) {
        Need(item, field, "of", "choice 要写清单的名称，或选项的数组");
        const Item* of = item.Find("of");
        if (of != nullptr && of->kind == Item::Kind::kText) {
            field.list = of->text;
            const List* list = build_.model.FindList(field.list);
            if (list == nullptr) {
                std::vector<std::string> known;
                for (const List& each : build_.model.lists) {
                    known.push_back(each.id);
                }
                Tell(of->origin, "missing_reference", "没有清单“" + field.list + "”" + Errors::WouldBe(field.list, known));
                return;
            }
            ReadList(*list, field);
        } else {
            field.type.choices = TextsOf(item, "of");
        }
        for (const Item& also : ItemsOf(item, "value_also")) {
            const auto& choices = field.type.choices;
            if (std::find(choices.begin(), choices.end(), also.text) == choices.end()) {
                Tell(also.origin, "unknown_choice", "“" + also.text + "”不是可选项" + Errors::WouldBe(also.text, choices));
            }
            field.value_also[also.key] = also.text;
        }
    }

    static void ReadList(const List& list, Field& field) {
        for (const ListItem& choice : list.items) {
            field.type.choices.push_back(choice.id);
            for (const std::string& also : choice.also) {
                field.value_also[also] = choice.id;
            }
            if (choice.name.zh != choice.id) {
                field.value_also[choice.name.zh] = choice.id;
            }
        }
    }

    void ReadReference(const Item& item, Field& field) {
        Need(item, field, "to", "ref 要写所引台账的名称");
        field.type.record = PlaceWord(TextOf(item, "to"));
        field.create_draft = item.Find("create") != nullptr;
        for (const Item& keys : ItemsOf(item, "match")) {
            std::vector<std::string> names;
            for (const Item& key : keys.items) {
                names.push_back(PlaceWord(key.text));
            }
            field.match.push_back(std::move(names));
        }
    }

    void ReadFormat(const Item& item, Field& field) {
        constexpr std::pair<std::string_view, Format> kFormats[] = {
            {"id_number", Format::kIdNumber}, {"bank_card", Format::kBankCard}, {"uscc", Format::kUscc}, {"phone", Format::kPhone}};
        const std::string name = TextOf(item, "format");
        for (const auto& [each, format] : kFormats) {
            if (each == name) {
                field.format = format;
            }
        }
        const bool by_format = field.format == Format::kIdNumber || field.format == Format::kBankCard;
        field.secret = FlagOf(item, "secret", by_format);
    }

    void ReadLimits(const Item& item, Field& field) {
        for (const auto& [key, limit] : {std::pair<std::string_view, std::optional<Decimal>*>{"min", &field.min}, {"max", &field.max}}) {
            const Item* written = item.Find(key);
            const auto value = written == nullptr ? std::nullopt : ParseDecimal(written->text);
            const int scale = field.type.kind == Kind::kDecimal ? field.type.scale : 0;
            if (value && field.type.IsNumber() && value->scale > scale) {
                Tell(
                    written->origin, "wrong_scale",
                    std::string(key) + " 有 " + std::to_string(value->scale) + " 位小数，字段只有 " + std::to_string(scale) + " 位"
                );
            } else if (value) {
                *limit = value;
            }
        }
        if (field.min && field.max && Compare(*field.min, *field.max) > 0) {
            Tell(PlaceOf(item, "max"), "wrong_limits", "max 小于 min；请对调");
        }
    }

    // Keys that mean nothing for the field's type are mistakes, not ornaments.
    void CheckKeysOfType(const Item& item, const Field& field) {
        struct Only {
            std::string_view key;
            std::vector<Kind> kinds;
            std::string_view types;
        };
        static const std::vector<Only> kOnly = {
            {"scale", {Kind::kDecimal}, "decimal"},
            {"unit", {Kind::kInt, Kind::kDecimal}, "int、decimal"},
            {"min", {Kind::kInt, Kind::kDecimal}, "int、decimal"},
            {"max", {Kind::kInt, Kind::kDecimal}, "int、decimal"},
            {"grain", {Kind::kPeriod}, "period"},
            {"of", {Kind::kChoice}, "choice"},
            {"value_also", {Kind::kChoice}, "choice"},
            {"to", {Kind::kRef}, "ref"},
            {"match", {Kind::kRef}, "ref"},
            {"create", {Kind::kRef}, "ref"},
            {"format", {Kind::kText}, "text"},
            {"secret", {Kind::kText}, "text"},
        };
        if (item.Find("type") == nullptr || build_.broken.contains(field.id)) {
            return;
        }
        for (const Only& only : kOnly) {
            const Item* written = item.Find(only.key);
            if (written != nullptr && std::find(only.kinds.begin(), only.kinds.end(), field.type.kind) == only.kinds.end()) {
                Tell(
                    written->key_origin, "key_of_other_type",
                    "“" + std::string(only.key) + "”只用于 " + std::string(only.types) + "，字段“" + field.id + "”是 " +
                        TextOf(item, "type") + "；请删去这一项，或改 type"
                );
            }
        }
    }

    void ReadComputed(const Item& item) {
        Computed computed;
        Field& field = computed.field;
        field.id = TextOf(item, "id");
        field.origin = item.origin;
        const size_t before = build_.errors.size();
        CheckId(build_, field.id, PlaceOf(item, "id"));
        const auto stored = FieldIds();
        if (std::find(stored.begin(), stored.end(), field.id) != stored.end()) {
            Tell(PlaceOf(item, "id"), "duplicate_id", "已有字段“" + field.id + "”；计算字段请换一个名称");
        }
        field.name = {TextOf(item, "name"), TextOf(item, "name")};
        field.group = TextOf(item, "group");
        field.help = TextOf(item, "help");
        field.hidden = FlagOf(item, "hide", false);
        field.type.unit = UnitOf(build_, item).value_or(formula::Unit{});
        field.type.scale = ScaleOf(build_, item, 0);
        if (build_.errors.size() != before || item.Find("formula") == nullptr) {
            build_.broken.insert(field.id);
        }
        record_.computed.push_back(std::move(computed));
    }

    void ReadPlace() {
        const Item* place = item_.Find("place");
        record_.place_name = place == nullptr ? Names{"村", "Village"} : Names{TextOf(*place, "name"), TextOf(*place, "name")};
        if (record_.place_name.zh.empty()) {
            record_.place_name = {"村", "Village"};
        }
        if (place != nullptr) {
            record_.place_also = TextsOf(*place, "also");
        }
    }

    // The field that `table`'s `key` names, of one of `kinds`; tells when it is none. Empty when absent.
    std::string FieldNamed(const Item& name, const std::vector<Kind>& kinds, std::string_view wanted, bool place_may = false) {
        const std::string id = PlaceWord(name.text);
        if (place_may && id == "place") {
            return id;
        }
        const Field* field = record_.FindField(id);
        if (field == nullptr) {
            const bool dropped = record_.dropped.contains(id);
            const auto known = kinds.empty() ? FieldIds() : FieldIds(kinds);
            Tell(
                name.origin, "unknown_field",
                dropped ? "字段“" + id + "”已停用；请改用别的字段" : "“" + record_.id + "”没有字段“" + id + "”" + Errors::WouldBe(id, known)
            );
            return "";
        }
        const bool fits = kinds.empty() || std::find(kinds.begin(), kinds.end(), field->type.kind) != kinds.end();
        if (!fits && !build_.broken.contains(id)) {
            Tell(
                name.origin, "wrong_field_type",
                "字段“" + id + "”是 " + formula::Describe(field->type) + "；这里要" + std::string(wanted)
            );
        }
        return id;
    }

    std::string FieldOf(const Item& table, std::string_view key, const std::vector<Kind>& kinds, std::string_view wanted) {
        const Item* name = table.Find(key);
        return name == nullptr || name->kind != Item::Kind::kText ? "" : FieldNamed(*name, kinds, wanted);
    }

    std::vector<std::string> Fields(const Item& table, std::string_view key, bool place_may) {
        std::vector<std::string> ids;
        for (const Item& name : ItemsOf(table, key)) {
            const std::string id = name.kind == Item::Kind::kText ? FieldNamed(name, {}, "", place_may) : "";
            if (std::find(ids.begin(), ids.end(), id) != ids.end()) {
                Tell(name.origin, "duplicate_id", "“" + id + "”写了两次；请删去一个");
            } else if (!id.empty()) {
                ids.push_back(id);
            }
        }
        return ids;
    }

    void ReadRoles() {
        const std::vector<Kind> number = {Kind::kInt, Kind::kDecimal};
        if (const Item* target = item_.Find("target")) {
            auto& part = record_.plays_target;
            part["indicator"] = FieldOf(*target, "indicator", {Kind::kText, Kind::kChoice}, "文字字段");
            part["period"] = FieldOf(*target, "period", {Kind::kPeriod}, "期间（period）字段");
            part["value"] = FieldOf(*target, "value", number, "数字字段");
            part["document"] = FieldOf(*target, "document", {Kind::kText}, "文字字段");
            part["due"] = FieldOf(*target, "due", {Kind::kDate}, "日期字段");
            std::erase_if(part, [](const auto& each) { return each.second.empty(); });
        }
        if (const Item* setting = item_.Find("setting")) {
            record_.plays_setting["key"] = FieldOf(*setting, "key", {Kind::kText}, "文字字段");
            record_.plays_setting["value"] = FieldOf(*setting, "value", {Kind::kText}, "文字字段");
        }
    }

    void ReadTimes() {
        if (const Item* reported = item_.Find("reported")) {
            ReadReported(*reported);
        }
        if (const Item* series = item_.Find("series")) {
            record_.series = Series{Fields(*series, "per", true), FieldOf(*series, "on", {Kind::kPeriod}, "期间（period）字段")};
        }
        if (const Item* overlap = item_.Find("no_overlap")) {
            record_.no_overlap = NoOverlap{
                Fields(*overlap, "per", true), FieldOf(*overlap, "from", {Kind::kDate}, "日期字段"),
                FieldOf(*overlap, "to", {Kind::kDate}, "日期字段")};
        }
    }

    void ReadReported(const Item& item) {
        Reported reported;
        reported.every = ParseGrain(TextOf(item, "every")).value_or(Grain::kYear);
        reported.at = FieldOf(item, "at", {Kind::kPeriod, Kind::kDate}, "期间（period）或日期字段");
        if (item.Find("at") == nullptr) {
            const auto periods = FieldIds(std::vector<Kind>{Kind::kPeriod});
            const auto dates = FieldIds(std::vector<Kind>{Kind::kDate});
            const auto& found = periods.empty() ? dates : periods;
            if (found.size() != 1) {
                Tell(
                    item.key_origin, "no_period_field",
                    found.empty() ? "“reported”要有一个期间字段才知道报的是哪一期；请加一个 type = \"period\" 的字段"
                                  : "有几个字段都能说明报的是哪一期；请写 at，可用的有：" + Join(found, "、")
                );
                return;
            }
            reported.at = found.front();
        }
        const Field* at = record_.FindField(reported.at);
        if (at != nullptr && at->type.kind == Kind::kPeriod && at->type.grain != reported.every) {
            Tell(
                PlaceOf(item, "every"), "grain_differs",
                "reported 每" + GrainWord(reported.every) + "一报，字段“" + at->id + "”却按" + GrainWord(at->type.grain) + "记；两者应一致"
            );
        }
        record_.reported = reported;
    }

    void ReadChecks(std::string_view key, bool warning) {
        for (const Item& item : ItemsOf(item_, key)) {
            Check check;
            check.id = TextOf(item, "id");
            check.origin = item.origin;
            check.warning = warning;
            CheckId(build_, check.id, PlaceOf(item, "id"));
            const auto same = [&](const Check& each) { return each.id == check.id && !check.id.empty(); };
            if (warning && std::any_of(record_.checks.begin(), record_.checks.end(), [&](const Check& each) { return same(each) && !each.warning; })) {
                Tell(PlaceOf(item, "id"), "duplicate_id", "已有检查“" + check.id + "”；请换一个名称");
            }
            if (const Item* at = item.Find("at"); at != nullptr && at->kind == Item::Kind::kText) {
                check.at = FieldNamed(*at, {}, "", true);
            }
            check.say = {TextOf(item, "say"), TextOf(item, "say")};
            record_.checks.push_back(std::move(check));
        }
    }

    void CheckHidden() {
        for (const Field& field : record_.fields) {
            const bool is_key = std::find(record_.key.begin(), record_.key.end(), field.id) != record_.key.end();
            if (field.hidden && (field.required || is_key)) {
                Tell(field.origin, "hidden_needed", "字段“" + field.id + "”是必填或关键字段，不能隐藏；请删去 hide");
            }
        }
    }

    void ReadGroups() {
        for (const Item& group : ItemsOf(item_, "group")) {
            const std::string name = TextOf(group, "name");
            record_.groups.push_back(name);
            for (const std::string& id : Fields(group, "fields", false)) {
                for (Field& field : record_.fields) {
                    field.group = field.id == id ? name : field.group;
                }
                for (Computed& computed : record_.computed) {
                    computed.field.group = computed.field.id == id ? name : computed.field.group;
                }
            }
        }
        for (const Field& field : record_.fields) {
            if (!field.group.empty() && std::find(record_.groups.begin(), record_.groups.end(), field.group) == record_.groups.end()) {
                record_.groups.push_back(field.group);
            }
        }
    }

    void ReadList() {
        if (item_.Find("list") != nullptr) {
            record_.list_columns = Fields(item_, "list", true);
            return;
        }
        record_.list_columns = record_.key;
        size_t taken = 0;
        for (const Field& field : record_.fields) {
            auto& columns = record_.list_columns;
            if (taken < kListedFields && !field.hidden) {
                ++taken;
                if (std::find(columns.begin(), columns.end(), field.id) == columns.end()) {
                    columns.push_back(field.id);
                }
            }
        }
    }

    Build& build_;
    const Item& item_;
    RecordType record_;
};

void NameInEnglish(const Item& english, RecordType& record) {
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
    const auto check = [&](const Item& named, const std::vector<std::string>& known, std::string_view what) {
        if (std::find(known.begin(), known.end(), named.key) == known.end()) {
            build.errors.Add(
                named.key_origin, "missing_reference",
                "没有" + std::string(what) + "“" + named.key + "”" + Errors::WouldBe(named.key, known)
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

// Ids are unique over all lines; the second is told and left out.
bool IsNew(Build& build, const Item& item, std::map<std::string, const Item*>& items, std::string_view what) {
    const auto [first, is_new] = items.emplace(item.key, &item);
    if (!is_new) {
        build.errors.Add(
            item.key_origin, "duplicate_id",
            std::string(what) + "“" + item.key + "”在 " + first->second->key_origin.file + ":" +
                std::to_string(first->second->key_origin.line) + " 已经有了；请换一个名称"
        );
    }
    return is_new;
}

}  // namespace

RecordType ReadRecord(Build& build, const Item& item, const std::string& line) {
    return RecordReader(build, item, line).Read();
}

void ReadLine(Build& build, const LineSource& source) {
    WorkLine line;
    line.id = source.id;
    line.chapter = TextOf(source.tree, "chapter");
    line.name = {TextOf(source.tree, "name"), TextOf(source.tree, "name")};
    if (const std::string en = TextOf(source.english, "name"); !en.empty()) {
        line.name.en = en;
    }
    const std::string folder = Split(source.id, '/')[0];
    if (!line.chapter.empty() && line.chapter != folder) {
        build.errors.Add(
            PlaceOf(source.tree, "chapter"), "chapter_differs", "chapter 是“" + line.chapter + "”，文件夹是“" + folder + "”；两者应一致"
        );
    }
    line.cases = source.cases;
    line.sample = source.sample;
    line.origin = source.origin;
    for (const Item& item : ItemsOf(source.tree, "record")) {
        if (IsNew(build, item, build.record_items, "台账")) {
            build.model.records.push_back(ReadRecord(build, item, source.id));
            NameInEnglish(source.english, build.model.records.back());
        }
    }
    const Item* english = source.english.Find("indicator");
    for (const Item& item : ItemsOf(source.tree, "indicator")) {
        if (IsNew(build, item, build.indicator_items, "指标")) {
            build.model.indicators.push_back(ReadIndicator(build, item, source.id));
            const std::string en = english == nullptr ? "" : TextOf(*english, item.key);
            if (!en.empty()) {
                build.model.indicators.back().name.en = en;
            }
        }
    }
    CheckEnglish(build, source);
    build.model.lines.push_back(std::move(line));
}

}  // namespace zw::definition
