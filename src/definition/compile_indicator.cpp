// Indicators: their sources, whether they add up, how they print.

#include <algorithm>
#include <utility>

#include "base/problem.h"
#include "base/text.h"
#include "definition/compiler.h"

namespace zw::definition {

using formula::Kind;
using formula::Profile;
using formula::Type;

namespace {

// Looked at before the unit: what is no sum of rows has none that would be right.
bool LacksAggregate(const std::string& text, const RecordScope& scope) {
    try {
        const formula::Formula natural = formula::Formula::Compile(text, scope, Profile::kSet);
        return natural.aggregate() == formula::Aggregate::kNone;
    } catch (const Problem&) {
        return false;  // told where it is compiled
    }
}

}  // namespace

std::optional<Type> Compiler::TypeOfIndicator(const Indicator& found) {
    auto& indicator = const_cast<Indicator&>(found);  // the model is ours until Load returns
    const Item& item = *build_.indicator_items.at(indicator.id);
    const Item* place = item.Find("value") != nullptr ? item.Find("value") : &item;
    if (!Enter(indicator.id, place)) {
        const bool done =
            indicator.derived || (!indicator.sources.empty() && indicator.sources[0].value);
        return done ? std::optional(indicator.type) : std::nullopt;
    }
    bool is_whole = true;
    if (!build_.broken.contains(indicator.id)) {
        is_whole = indicator.sources.empty() ? CompileDerived(indicator, item)
                                             : CompileSources(indicator, item);
    }
    Leave(indicator.id);
    if (!is_whole || build_.broken.contains(indicator.id)) {
        build_.broken.insert(indicator.id);
        return std::nullopt;
    }
    DecideAdds(indicator, item);
    CheckPrint(indicator, item);
    return indicator.type;
}

bool Compiler::CompileDerived(Indicator& indicator, const Item& item) {
    const Item* written = FormulaOf(item, "value");
    if (written != nullptr) {
        indicator.derived =
            Compile(*written, FigureScope(meaning_), Profile::kFigure, indicator.type);
    }
    if (indicator.derived) {
        indicator.type = indicator.derived->type();
    }
    return indicator.derived.has_value();
}

bool Compiler::CompileSources(Indicator& indicator, const Item& item) {
    const Type wanted = indicator.type;
    bool is_whole = true;
    for (size_t i = 0; i < indicator.sources.size(); ++i) {
        const Item* list = item.Find("source");
        IndicatorSource& source = indicator.sources[i];
        if (!CompileSource(source, list == nullptr ? item : list->items[i], wanted)) {
            is_whole = false;
            continue;
        }
        const Type& type = source.value->type();
        if (i == 0 || type.kind == Kind::kRatio) {
            indicator.type = type;
        } else if (indicator.type.kind != Kind::kRatio && type.kind != indicator.type.kind) {
            indicator.type.kind = Kind::kDecimal;
        }
        indicator.type.scale = indicator.type.kind == Kind::kDecimal
                                   ? std::max(indicator.type.scale, type.scale)
                                   : indicator.type.scale;
    }
    return is_whole;
}

bool Compiler::CompileSource(IndicatorSource& source, const Item& item, const Type& wanted) {
    const RecordType* record = build_.model.FindRecord(source.record);
    if (record == nullptr) {
        if (item.Find("of") != nullptr && !source.record.empty()) {
            std::vector<std::string> known;
            for (const RecordType& each : build_.model.records) {
                known.push_back(each.id);
            }
            build_.errors.Add(
                PlaceOf(item, "of"),
                "missing_reference",
                "没有台账“" + source.record + "”" + Errors::WouldBe(source.record, known)
            );
        }
        return false;
    }
    const size_t before = build_.errors.size();
    CheckSourceFields(*record, item);
    const RecordScope scope(meaning_, *record);
    if (const Item* when = FormulaOf(item, "when")) {
        source.when = Compile(*when, scope, Profile::kSet, BoolType());
    }
    const Item* value = FormulaOf(item, "value");
    if (value != nullptr && LacksAggregate(value->text, scope)) {
        build_.errors.Add(
            value->origin,
            "no_aggregate",
            "指标的 value 最外层要有一个汇总；可以写：sum(…) 或 count()"
        );
    } else if (value != nullptr) {
        source.value = Compile(*value, scope, Profile::kSet, wanted);
        if (source.value && !source.value->type().IsNumber()) {
            build_.errors.Add(
                value->origin,
                "wrong_unit",
                "指标的值是 " + formula::Describe(source.value->type()) + "；应为数字"
            );
        }
    }
    return source.value.has_value() && build_.errors.size() == before;
}

void Compiler::CheckSourceFields(const RecordType& record, const Item& item) {
    const auto check = [&](const Item& name, const std::vector<Kind>& kinds, std::string_view wanted
                       ) { CheckField(record, name, kinds, wanted); };
    if (const Item* at = item.Find("at"); at != nullptr && at->kind == Item::Kind::kText) {
        check(*at, {Kind::kDate, Kind::kPeriod}, "日期或期间字段");
    }
    for (const Item& name : ItemsOf(item, "life")) {
        check(name, {Kind::kDate}, "日期字段");
    }
    for (const auto& [key, kind] :
         {std::pair{"latest", Kind::kPeriod}, std::pair{"within", Kind::kDate}}) {
        const Item* table = item.Find(key);
        if (table == nullptr || table->kind != Item::Kind::kTable) {
            continue;
        }
        if (const Item* on = table->Find("on"); on != nullptr && on->kind == Item::Kind::kText) {
            check(*on, {kind}, kind == Kind::kPeriod ? "期间（period）字段" : "日期字段");
        }
        for (const Item& name : ItemsOf(*table, "per")) {
            if (name.text != "place" && name.text != "village") {
                check(name, {}, "");
            }
        }
    }
}

void Compiler::CheckField(
    const RecordType& record,
    const Item& name,
    const std::vector<Kind>& kinds,
    std::string_view wanted
) {
    const auto fits = [&](const Field& field) {
        return kinds.empty() ||
               std::find(kinds.begin(), kinds.end(), field.type.kind) != kinds.end();
    };
    const Field* field = record.FindField(name.text);
    if (field != nullptr && (fits(*field) || build_.broken.contains(name.text))) {
        return;
    }
    std::vector<std::string> known;
    for (const Field& each : record.fields) {
        if (fits(each)) {
            known.push_back(each.id);
        }
    }
    if (field == nullptr) {
        build_.errors.Add(
            name.origin,
            "unknown_field",
            "“" + record.id + "”没有字段“" + name.text + "”" + Errors::WouldBe(name.text, known)
        );
    } else {
        build_.errors.Add(
            name.origin,
            "wrong_field_type",
            "字段“" + name.text + "”是 " + formula::Describe(field->type) + "；这里要" +
                std::string(wanted)
        );
    }
}

bool Compiler::IsRate(const Indicator& indicator) {
    const auto aggregates = [](const IndicatorSource& source) {
        const auto kind = source.value->aggregate();
        return kind != formula::Aggregate::kSum && kind != formula::Aggregate::kCount;
    };
    const bool divides = indicator.IsDerived() && indicator.type.kind == Kind::kRatio;
    return divides || std::any_of(indicator.sources.begin(), indicator.sources.end(), aggregates);
}

void Compiler::DecideAdds(Indicator& indicator, const Item& item) {
    const bool is_flow =
        std::all_of(indicator.sources.begin(), indicator.sources.end(), [](const auto& source) {
            return source.kind == IndicatorKind::kFlow;
        });
    const bool is_rate = IsRate(indicator);
    const std::string text = TextOf(item, "adds");
    if (item.Find("adds") == nullptr) {
        const bool adds = !is_rate && !indicator.IsDerived();
        indicator.adds = adds ? (is_flow ? Adds::kPlaceTime : Adds::kPlace) : Adds::kNone;
        return;
    }
    indicator.adds =
        text == "place+time" ? Adds::kPlaceTime : (text == "place" ? Adds::kPlace : Adds::kNone);
    if (is_rate && indicator.adds != Adds::kNone) {
        build_.errors.Add(
            PlaceOf(item, "adds"),
            "adds_impossible",
            "比率、平均数、最大最小值和去重计数不能相加；应为 adds = \"none\""
        );
    } else if (!is_flow && indicator.adds == Adds::kPlaceTime) {
        build_.errors.Add(
            PlaceOf(item, "adds"), "adds_impossible", "存量不能按时间相加；应为 adds = \"place\""
        );
    }
}

// Further from last year's than so many percent of it. (A bare 1 beside a rule in % would be 1 %.)
void Compiler::CompileChange(const Indicator& indicator, const Item& change, Doubt& doubt) {
    const Rule* rule = build_.model.FindRule(change.text);
    formula::Unit percent = build_.model.units.Parse("%").value_or(formula::Unit{});
    if (rule == nullptr || !rule->type.IsNumber() || rule->type.unit.name != percent.name) {
        std::vector<std::string> known;
        for (const Rule& each : build_.model.rules) {
            if (each.type.IsNumber() && each.type.unit.name == percent.name) {
                known.push_back(each.key);
            }
        }
        build_.errors.Add(
            change.origin,
            "missing_reference",
            "没有以 % 计的规则“" + change.text + "”" + Errors::WouldBe(change.text, known)
        );
        return;
    }
    if (build_.broken.contains(indicator.id)) {
        return;
    }
    const std::string last = indicator.id + ".last";
    const std::string bound = "rule('" + rule->key + "')";
    doubt.when = formula::Formula::Compile(
        last + " > 0 and " + indicator.id + " not between " + last + " * (100 % - " + bound +
            ") and " + last + " * (100 % + " + bound + ")",
        FigureScope(meaning_, FigureScope::Years::kWithLast),
        Profile::kFigure,
        BoolType()
    );
}

// Once all figures have their types: a doubt speaks of its own figure.
void Compiler::CompileDoubts(Indicator& indicator) {
    const Item& item = *build_.indicator_items.at(indicator.id);
    const FigureScope scope(meaning_, FigureScope::Years::kWithLast);
    for (Doubt& doubt : indicator.doubts) {
        const Item* element = ElementWithId(item, "doubt", doubt.id);
        if (element == nullptr) {
            continue;
        }
        if ((element->Find("when") == nullptr) == (element->Find("change") == nullptr)) {
            build_.errors.Add(
                element->origin, "missing_key", "存疑条件要写 when（公式）或 change（规则）之一"
            );
        } else if (const Item* written = FormulaOf(*element, "when")) {
            doubt.when = Compile(*written, scope, Profile::kFigure, BoolType());
        } else if (const Item* change = element->Find("change");
                   change != nullptr && change->kind == Item::Kind::kText) {
            CompileChange(indicator, *change, doubt);
        }
    }
}

void Compiler::CheckPrint(const Indicator& indicator, const Item& item) {
    if (!indicator.print_unit.empty() && !build_.model.units.Parse(indicator.print_unit)) {
        build_.errors.Add(
            PlaceOf(item, "print"),
            "unknown_unit",
            "没有文件定义单位“" + indicator.print_unit + "”（单位写在 rules/units.toml 中）" +
                Errors::WouldBe(indicator.print_unit, build_.model.units.Names())
        );
    }
    if (indicator.print_scale < -1 || indicator.print_scale > kMaxScale) {
        build_.errors.Add(
            PlaceOf(item, "print_scale"),
            "wrong_scale",
            "小数位数不能是 " + std::to_string(indicator.print_scale) + "；应为 0 到 9"
        );
    }
}

}  // namespace zw::definition
