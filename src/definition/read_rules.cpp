// units, vocabulary, holidays, phrases, lists, rules, settings

#include <algorithm>

#include "base/problem.h"
#include "base/text.h"
#include "definition/build.h"
#include "definition/read.h"

namespace zw::definition {

namespace {

constexpr std::string_view kKeptWords[] = {
    "and",
    "or",
    "not",
    "in",
    "between",
    "is",
    "null",
    "true",
    "false",
    "where",
    "place",
    "village",
    "id",
    "version",
    "state",
    "distinct"};
constexpr size_t kMaxIdLength = 40;

const Item& FileOf(const Sources& sources, const std::string& name) {
    static const Item kEmpty;
    const auto found = sources.rules.find(name);
    return found == sources.rules.end() ? kEmpty : found->second;
}

std::vector<Date> ReadDates(Build& build, const Item& table, std::string_view name) {
    std::vector<Date> dates;
    for (const Item& text : ItemsOf(table, name)) {
        if (const auto date = ParseIsoDate(text.text)) {
            dates.push_back(*date);
        } else {
            build.errors.Add(
                text.origin, "bad_date", "“" + text.text + "”不是日期；应为 2023-01-22 这样的日期"
            );
        }
    }
    return dates;
}

void ReadHolidays(Build& build, const Item& file) {
    for (const Item& item : ItemsOf(file, "year")) {
        HolidayYear year;
        year.year = static_cast<int>(IntOf(item, "year").value_or(0));
        year.holidays = ReadDates(build, item, "holidays");
        year.workdays = ReadDates(build, item, "workdays");
        year.source = TextOf(item, "source");
        build.model.holidays.push_back(std::move(year));
    }
}

void CheckSpan(Build& build, const Item& item) {
    const auto from = DateOf(item, "valid_from");
    const auto to = DateOf(item, "valid_to");
    if (from && to && *to < *from) {
        build.errors.Add(
            PlaceOf(item, "valid_to"),
            "wrong_span",
            "止日 " + ToText(*to) + " 早于起日 " + ToText(*from) + "；valid_to 是有效的最后一天"
        );
    }
}

void ReadPhrases(Build& build, const Item& file) {
    for (const Item& item : ItemsOf(file, "phrase")) {
        CheckSpan(build, item);
        build.model.phrases.push_back(
            {TextOf(item, "key"),
             TextOf(item, "text"),
             DateOf(item, "valid_from"),
             DateOf(item, "valid_to"),
             TextOf(item, "source"),
             TextOf(item, "province"),
             item.origin}
        );
    }
}

std::string Dotted(const std::string& written) {
    return written.empty() ? "空" : "“" + written + "”";
}

formula::Kind RuleKind(const std::string& type) {
    if (type == "int") {
        return formula::Kind::kInt;
    }
    if (type == "decimal") {
        return formula::Kind::kDecimal;
    }
    if (type == "date") {
        return formula::Kind::kDate;
    }
    return type == "bool" ? formula::Kind::kBool : formula::Kind::kText;
}

// The value as the rule's type has it; null when it is of another one.
formula::Value ValueAs(const formula::Type& type, const Item& item) {
    switch (type.kind) {
        case formula::Kind::kInt:
            return item.kind == Item::Kind::kInt ? formula::Value(item.integer) : formula::Value();
        case formula::Kind::kDecimal: {
            const auto decimal = ParseDecimal(item.text);
            return decimal && decimal->scale <= type.scale
                       ? formula::Value(Rescale(*decimal, type.scale))
                       : formula::Value();
        }
        case formula::Kind::kDate: {
            const auto date =
                item.kind == Item::Kind::kDate ? std::optional(item.date) : ParseIsoDate(item.text);
            return date ? formula::Value(*date) : formula::Value();
        }
        case formula::Kind::kBool:
            return item.kind == Item::Kind::kBool ? formula::Value(item.flag) : formula::Value();
        default:
            return item.kind == Item::Kind::kText && !item.text.empty() ? formula::Value(item.text)
                                                                        : formula::Value();
    }
}

void ReadRuleValue(Build& build, const Item& item, Rule& rule) {
    CheckSpan(build, item);
    const Item* written = item.Find("value");
    if (written == nullptr) {
        return;  // told by CheckRequired
    }
    RuleValue value;
    value.value = ValueAs(rule.type, *written);
    if (formula::IsNull(value.value)) {
        build.errors.Add(
            written->origin,
            "wrong_value",
            "规则的值" + Dotted(written->text) + "不是 " + formula::Describe(rule.type) +
                "；请改成这个类型的值，或改规则的 type、scale"
        );
        return;
    }
    value.valid_from = DateOf(item, "valid_from");
    value.valid_to = DateOf(item, "valid_to");
    value.source = TextOf(item, "source");
    value.confirmed = FlagOf(item, "confirmed", true);
    value.origin = item.origin;
    rule.values.push_back(std::move(value));
}

// Two values of one layer that are valid on one day are told: which of them binds?
void CheckOneValueADay(Build& build, const Rule& rule) {
    for (size_t i = 0; i < rule.values.size(); ++i) {
        for (size_t j = i + 1; j < rule.values.size(); ++j) {
            const RuleValue& a = rule.values[i];
            const RuleValue& b = rule.values[j];
            const bool same_start = a.valid_from == b.valid_from;
            if (a.origin.layer == b.origin.layer && same_start) {
                build.errors.Add(
                    b.origin,
                    "two_values",
                    "规则“" + rule.key + "”有两个值从同一天起有效；请给后一个写 valid_from"
                );
            }
        }
    }
}

}  // namespace

bool CheckId(Build& build, const std::string& id, const Origin& origin) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    };
    const bool is_word = !id.empty() && id.size() <= kMaxIdLength && id[0] >= 'a' && id[0] <= 'z' &&
                         std::all_of(id.begin(), id.end(), allowed);
    if (!is_word) {
        build.errors.Add(
            origin,
            "bad_id",
            "“" + id + "”不能作名称；应以小写字母开头，只用小写字母、数字和 _，不超过 40 个字符"
        );
        return false;
    }
    if (std::find(std::begin(kKeptWords), std::end(kKeptWords), id) != std::end(kKeptWords)) {
        build.errors.Add(
            origin, "kept_word", "“" + id + "”是保留词；请换一个名称，如“" + id + "_1”"
        );
        return false;
    }
    return true;
}

std::optional<formula::Unit> UnitOf(Build& build, const Item& table) {
    const std::string text = TextOf(table, "unit");
    if (text.empty()) {
        return formula::Unit{};
    }
    auto unit = build.model.units.Parse(text);
    if (!unit) {
        build.errors.Add(
            PlaceOf(table, "unit"),
            "unknown_unit",
            "没有文件定义单位“" + text + "”（单位写在 rules/units.toml 中）" +
                Errors::WouldBe(text, build.model.units.Names())
        );
    }
    return unit;
}

int ScaleOf(Build& build, const Item& table, int otherwise) {
    const auto scale = IntOf(table, "scale");
    if (scale && (*scale < 0 || *scale > kMaxScale)) {
        build.errors.Add(
            PlaceOf(table, "scale"),
            "wrong_scale",
            "小数位数不能是 " + std::to_string(*scale) + "；应为 0 到 9"
        );
        return 0;
    }
    return scale ? static_cast<int>(*scale) : otherwise;
}

void ReadUnits(Build& build, const Sources& sources) {
    for (const Item& item : ItemsOf(FileOf(sources, "units.toml"), "unit")) {
        const std::string name = TextOf(item, "name");
        try {
            build.model.units.Add(
                {name,
                 TextOf(item, "dimension"),
                 IntOf(item, "quanta").value_or(1),
                 TextsOf(item, "also")}
            );
        } catch (const Problem& problem) {
            build.errors.Add(
                item.origin, "bad_unit", problem.Message() + "；请换一个名称，或改正 quanta"
            );
        }
    }
    for (const Item& words : FileOf(sources, "vocabulary.toml").items) {
        build.model.vocabulary[words.key] = TextsOf(FileOf(sources, "vocabulary.toml"), words.key);
    }
    ReadHolidays(build, FileOf(sources, "holidays.toml"));
    ReadPhrases(build, FileOf(sources, "phrases.toml"));
}

void ReadLists(Build& build, const Sources& sources) {
    for (const Item& item : ItemsOf(FileOf(sources, "lists.toml"), "list")) {
        List list{item.key, {TextOf(item, "name"), TextOf(item, "name")}, {}};
        CheckId(build, list.id, item.key_origin);
        std::map<std::string, std::string> spellings;
        for (const Item& entry : ItemsOf(item, "items")) {
            const std::string id = TextOf(entry, "id");
            const std::string name = entry.Find("name") != nullptr ? TextOf(entry, "name") : id;
            const std::string en = TextOf(entry, "en");
            list.items.push_back(
                {id,
                 {name, en.empty() ? name : en},
                 TextsOf(entry, "also"),
                 TextsOf(entry, "categories")}
            );
            for (const std::string& category : list.items.back().categories) {
                build.model.categories[category].push_back(id);
            }
            for (const Item& also : ItemsOf(entry, "also")) {
                const auto [first, is_new] = spellings.emplace(Normalise(also.text), id);
                if (!is_new && first->second != id) {
                    build.errors.Add(
                        also.origin,
                        "ambiguous_spelling",
                        "“" + also.text + "”已是“" + first->second +
                            "”的别名；一个别名只能指一个选项"
                    );
                }
            }
        }
        build.model.lists.push_back(std::move(list));
    }
}

void ReadRules(Build& build, const Sources& sources) {
    for (const Item& item : ItemsOf(FileOf(sources, "*"), "rule")) {
        Rule rule;
        rule.key = item.key;
        rule.name = {TextOf(item, "name"), TextOf(item, "en")};
        rule.type.kind = RuleKind(TextOf(item, "type"));
        const auto unit = UnitOf(build, item);
        if (!unit) {
            build.broken.insert(rule.key);
        }
        rule.type.unit = unit.value_or(formula::Unit{});
        rule.type.scale = rule.type.kind == formula::Kind::kDecimal ? ScaleOf(build, item, 0) : 0;
        rule.binds = item.Find("binds") != nullptr ? TextOf(item, "binds") : "step";
        for (const Item& value : ItemsOf(item, "values")) {
            ReadRuleValue(build, value, rule);
        }
        CheckOneValueADay(build, rule);
        build.model.rules.push_back(std::move(rule));
    }
}

void ReadSettings(Build& build, const Sources& sources) {
    const Item& file = FileOf(sources, "settings.toml");
    std::vector<std::string> keys;
    for (const Item& item : ItemsOf(file, "setting")) {
        keys.push_back(item.key);
    }
    const auto check = [&](const Item& item,
                           std::string_view key,
                           const std::vector<std::string>& known,
                           std::string_view what) {
        const std::string named = TextOf(item, key);
        if (!named.empty() && std::find(known.begin(), known.end(), named) == known.end()) {
            build.errors.Add(
                PlaceOf(item, key),
                "missing_reference",
                "没有" + std::string(what) + "“" + named + "”" + Errors::WouldBe(named, known)
            );
        }
    };
    std::vector<std::string> rules;
    std::vector<std::string> indicators;
    for (const Rule& rule : build.model.rules) {
        rules.push_back(rule.key);
    }
    for (const Indicator& indicator : build.model.indicators) {
        indicators.push_back(indicator.id);
    }
    for (const Item& item : ItemsOf(file, "setting")) {
        Setting setting;
        setting.key = item.key;
        setting.name = {TextOf(item, "name"), TextOf(item, "en")};
        setting.type = item.Find("type") != nullptr ? TextOf(item, "type") : "text";
        setting.rule = TextOf(item, "rule");
        setting.target = TextOf(item, "target");
        setting.due = TextOf(item, "due");
        setting.document = TextOf(item, "document");
        setting.help = {TextOf(item, "help"), TextOf(item, "help_en")};
        setting.origin = item.key_origin;
        check(item, "rule", rules, "规则");
        check(item, "target", indicators, "指标");
        check(item, "due", keys, "设置");
        check(item, "document", keys, "设置");
        build.model.settings.push_back(std::move(setting));
    }
}

}  // namespace zw::definition
