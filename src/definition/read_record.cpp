// [record.X]: fields, keys, checks. What hangs on other record types is looked at by LinkRecords.

#include <algorithm>
#include <map>
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

class RecordReader {
public:
    RecordReader(Build& build, const Item& item, const std::string& line)
        : build_(build), item_(item) {
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
        CheckWords();
        record_.key = Fields(item_, "key", true);
        if (record_.key.empty() && item_.Find("key") != nullptr) {
            Tell(
                PlaceOf(item_, "key"),
                "empty_key",
                "key 里没有字段；至少写一个，如 [\"place\", \"year\"]"
            );
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

    std::vector<std::string> FieldIds(const std::optional<std::vector<Kind>>& kinds = std::nullopt)
        const {
        std::vector<std::string> ids;
        const auto add = [&](const Field& field) {
            if (!kinds ||
                std::find(kinds->begin(), kinds->end(), field.type.kind) != kinds->end()) {
                ids.push_back(field.id);
            }
        };
        std::for_each(record_.fields.begin(), record_.fields.end(), add);
        std::for_each(record_.computed.begin(), record_.computed.end(), [&](const Computed& each) {
            add(each.field);
        });
        return ids;
    }

    void ReadFieldOrDropped(const Item& item) {
        const std::string id = TextOf(item, "id");
        if (item.Find("dropped") != nullptr) {
            record_.dropped[id] = TextOf(item, "dropped");
            return;
        }
        record_.fields.push_back(ReadField(build_, item));
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
            Tell(
                PlaceOf(item, "id"),
                "duplicate_id",
                "已有字段“" + field.id + "”；计算字段请换一个名称"
            );
        }
        field.name = {TextOf(item, "name"), TextOf(item, "name")};
        field.group = TextOf(item, "group");
        field.help.zh = TextOf(item, "help");
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
        record_.place_name = place == nullptr
                                 ? Names{"村", "Village"}
                                 : Names{TextOf(*place, "name"), TextOf(*place, "name")};
        if (record_.place_name.zh.empty()) {
            record_.place_name = {"村", "Village"};
        }
        if (place != nullptr) {
            record_.place_also = TextsOf(*place, "also");
        }
    }

    // A heading by which two fields could be meant is no heading: names and `also` of one record
    // are told apart as the importer compares them.
    void CheckWords() {
        std::map<std::string, std::pair<std::string, Origin>> taken;
        const auto take = [&](const std::string& word, const std::string& of, const Origin& at) {
            const auto [first, is_new] = taken.try_emplace(Normalise(word), of, at);
            if (!is_new && first->second.first != of && !word.empty()) {
                Tell(
                    at,
                    "duplicate_word",
                    "“" + word + "”已用于字段“" + first->second.first + "”（第 " +
                        std::to_string(first->second.second.line) +
                        " 行）；一个词只能指一个字段，请改一处"
                );
            }
        };
        const auto take_all = [&](const Item& item, const std::string& of) {
            take(TextOf(item, "name"), of, PlaceOf(item, "name"));
            for (const Item& also : ItemsOf(item, "also")) {
                take(also.text, of, also.origin);
            }
        };
        if (const Item* place = item_.Find("place")) {
            take_all(*place, "place");
        }
        for (const Item& field : ItemsOf(item_, "fields")) {
            if (field.Find("dropped") == nullptr) {
                take_all(field, TextOf(field, "id"));
            }
        }
    }

    // The field that `table`'s `key` names, of one of `kinds`; tells when it is none. Empty when
    // absent.
    std::string FieldNamed(
        const Item& name,
        const std::vector<Kind>& kinds,
        std::string_view wanted,
        bool place_may = false
    ) {
        std::string id = PlaceWord(name.text);
        if (place_may && id == "place") {
            return id;
        }
        const Field* field = record_.FindField(id);
        if (field == nullptr) {
            const bool dropped = record_.dropped.contains(id);
            const auto known = kinds.empty() ? FieldIds() : FieldIds(kinds);
            Tell(
                name.origin,
                "unknown_field",
                dropped ? "字段“" + id + "”已停用；请改用别的字段"
                        : "“" + record_.id + "”没有字段“" + id + "”" + Errors::WouldBe(id, known)
            );
            return "";
        }
        const bool fits =
            kinds.empty() || std::find(kinds.begin(), kinds.end(), field->type.kind) != kinds.end();
        if (!fits && !build_.broken.contains(id)) {
            Tell(
                name.origin,
                "wrong_field_type",
                "字段“" + id + "”是 " + formula::Describe(field->type) + "；这里要" +
                    std::string(wanted)
            );
        }
        return id;
    }

    std::string FieldOf(
        const Item& table,
        std::string_view key,
        const std::vector<Kind>& kinds,
        std::string_view wanted
    ) {
        const Item* name = table.Find(key);
        return name == nullptr || name->kind != Item::Kind::kText
                   ? ""
                   : FieldNamed(*name, kinds, wanted);
    }

    std::vector<std::string> Fields(const Item& table, std::string_view key, bool place_may) {
        std::vector<std::string> ids;
        for (const Item& name : ItemsOf(table, key)) {
            std::string id =
                name.kind == Item::Kind::kText ? FieldNamed(name, {}, "", place_may) : "";
            if (std::find(ids.begin(), ids.end(), id) != ids.end()) {
                Tell(name.origin, "duplicate_id", "“" + id + "”写了两次；请删去一个");
            } else if (!id.empty()) {
                ids.push_back(std::move(id));
            }
        }
        return ids;
    }

    void ReadRoles() {
        const std::vector<Kind> number = {Kind::kInt, Kind::kDecimal};
        if (const Item* target = item_.Find("target")) {
            auto& part = record_.plays_target;
            part["indicator"] =
                FieldOf(*target, "indicator", {Kind::kText, Kind::kChoice}, "文字字段");
            part["period"] = FieldOf(*target, "period", {Kind::kPeriod}, "期间（period）字段");
            part["value"] = FieldOf(*target, "value", number, "数字字段");
            part["document"] = FieldOf(*target, "document", {Kind::kText}, "文字字段");
            part["due"] = FieldOf(*target, "due", {Kind::kDate}, "日期字段");
            part["unit"] = FieldOf(*target, "unit", {Kind::kText}, "文字字段");
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
            record_.series = Series{
                Fields(*series, "per", true),
                FieldOf(*series, "on", {Kind::kPeriod}, "期间（period）字段")};
        }
        if (const Item* overlap = item_.Find("no_overlap")) {
            record_.no_overlap = NoOverlap{
                Fields(*overlap, "per", true),
                FieldOf(*overlap, "from", {Kind::kDate}, "日期字段"),
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
                    item.key_origin,
                    "no_period_field",
                    found.empty()
                        ? "“reported”要有一个期间字段才知道报的是哪一期；请加一个 type = "
                          "\"period\" 的字段"
                        : "有几个字段都能说明报的是哪一期；请写 at，可用的有：" + Join(found, "、")
                );
                return;
            }
            reported.at = found.front();
        }
        const Field* at = record_.FindField(reported.at);
        if (at != nullptr && at->type.kind == Kind::kPeriod && at->type.grain != reported.every) {
            Tell(
                PlaceOf(item, "every"),
                "grain_differs",
                "reported 每" + GrainWord(reported.every) + "一报，字段“" + at->id + "”却按" +
                    GrainWord(at->type.grain) + "记；两者应一致"
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
            const auto same = [&](const Check& each) {
                return each.id == check.id && !check.id.empty();
            };
            if (warning &&
                std::any_of(record_.checks.begin(), record_.checks.end(), [&](const Check& each) {
                    return same(each) && !each.warning;
                })) {
                Tell(
                    PlaceOf(item, "id"), "duplicate_id", "已有检查“" + check.id + "”；请换一个名称"
                );
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
            const bool is_key =
                std::find(record_.key.begin(), record_.key.end(), field.id) != record_.key.end();
            if (field.hidden && (field.required || is_key)) {
                Tell(
                    field.origin,
                    "hidden_needed",
                    "字段“" + field.id + "”是必填或关键字段，不能隐藏；请删去 hide"
                );
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
            if (!field.group.empty() &&
                std::find(record_.groups.begin(), record_.groups.end(), field.group) ==
                    record_.groups.end()) {
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

}  // namespace

RecordType ReadRecord(Build& build, const Item& item, const std::string& line) {
    return RecordReader(build, item, line).Read();
}

}  // namespace zw::definition
