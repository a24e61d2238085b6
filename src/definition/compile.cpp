// Formulas and title templates of the whole model. Computed fields and figures are compiled when
// first asked for, so that each knows the types of those it reads, whatever their order; one that
// hangs on itself is told.

#include <algorithm>
#include <set>
#include <utility>

#include "base/problem.h"
#include "base/text.h"
#include "definition/build.h"
#include "definition/read.h"
#include "definition/scope.h"

namespace zw::definition {

namespace {

using formula::Formula;
using formula::Kind;
using formula::Profile;
using formula::Type;

constexpr int kMaxHops = 3;

Type BoolType() {
    Type type;
    type.kind = Kind::kBool;
    return type;
}

const Item* ElementWithId(const Item& table, std::string_view key, std::string_view id) {
    for (const Item& item : ItemsOf(table, key)) {
        if (TextOf(item, "id") == id) {
            return &item;
        }
    }
    return nullptr;
}

// The text of a formula that may be compiled; nullptr when it is absent or was refused already.
const Item* FormulaOf(const Item& table, std::string_view key) {
    const Item* item = table.Find(key);
    return item == nullptr || item->kind != Item::Kind::kText || item->raw.empty() ? nullptr : item;
}

class Compiler {
public:
    explicit Compiler(Build& build)
        : build_(build),
          meaning_{
              build.model,
              CalendarOf(build.model),
              [this](const RecordType& record, const Computed& computed) {
                  return TypeOfComputed(record, computed);
              },
              [this](const Indicator& indicator) { return TypeOfIndicator(indicator); },
              std::make_shared<Missed>()} {}

    void Run() {
        for (RecordType& record : build_.model.records) {
            for (const Computed& computed : record.computed) {
                TypeOfComputed(record, computed);
            }
        }
        for (RecordType& record : build_.model.records) {
            const Item& item = *build_.record_items.at(record.id);
            CompileChecks(record, item);
            CheckTitle(record, item);
        }
        for (const Indicator& indicator : build_.model.indicators) {
            TypeOfIndicator(indicator);
        }
    }

private:
    // ---- computed fields ----
    std::optional<Type> TypeOfComputed(const RecordType& record, const Computed& computed) {
        const std::string name = record.id + "." + computed.field.id;
        const Item* item =
            ElementWithId(*build_.record_items.at(record.id), "computed", computed.field.id);
        if (!Enter(name, item == nullptr ? nullptr : FormulaOf(*item, "formula"))) {
            return computed.formula ? std::optional(computed.field.type) : std::nullopt;
        }
        if (item != nullptr && FormulaOf(*item, "formula") != nullptr &&
            !build_.broken.contains(computed.field.id)) {
            CompileComputed(
                record, *item, const_cast<Computed&>(computed)
            );  // the model is ours until Load returns
        }
        Leave(name);
        if (!computed.formula) {
            build_.broken.insert(computed.field.id);
            return std::nullopt;
        }
        return computed.field.type;
    }

    void CompileComputed(const RecordType& record, const Item& item, Computed& computed) {
        const RecordScope scope(meaning_, record);
        const Item& written = *FormulaOf(item, "formula");
        const auto natural = Compile(written, scope, Profile::kRow, std::nullopt);
        if (!natural) {
            return;
        }
        if (natural->uses_today()) {
            build_.errors.Add(
                written.origin,
                "computed_today",
                "计算字段不能用 today()，结果会一天一变；请改用行里的日期"
            );
            return;
        }
        if (!natural->type().IsNumber()) {
            computed.formula = natural;
            computed.field.type = natural->type();
            return;
        }
        Type wanted;
        const bool has_scale = item.Find("scale") != nullptr;
        const bool stays_int = natural->type().kind == Kind::kInt && !has_scale;
        wanted.kind = stays_int ? Kind::kInt : Kind::kDecimal;
        wanted.scale = has_scale ? computed.field.type.scale : (stays_int ? 0 : formula::kAnyScale);
        wanted.unit =
            item.Find("unit") != nullptr ? computed.field.type.unit : natural->type().unit;
        computed.formula = Compile(written, scope, Profile::kRow, wanted);
        if (computed.formula) {
            computed.field.type = computed.formula->type();
        }
    }

    // ---- checks and titles ----
    void CompileChecks(RecordType& record, const Item& item) {
        const RecordScope scope(meaning_, record);
        for (Check& check : record.checks) {
            const Item* element = ElementWithId(item, check.warning ? "warn" : "check", check.id);
            const Item* written = element == nullptr ? nullptr : FormulaOf(*element, "when");
            if (written == nullptr) {
                continue;
            }
            try {
                check.when = Formula::Compile(written->text, scope, Profile::kRow, BoolType());
            } catch (const Problem&) {
                // It may need the children or the series; what is wrong in both is told once.
                check.profile = Profile::kChild;
                check.when = Compile(*written, scope, Profile::kChild, BoolType());
            }
        }
    }

    void CheckTitle(const RecordType& record, const Item& item) {
        const Item* title = item.Find("title");
        if (title == nullptr || title->kind != Item::Kind::kText) {
            return;
        }
        const RecordScope scope(meaning_, record);
        const std::u32string text = ToCodePoints(title->text);
        for (size_t at = 0; at < text.size(); ++at) {
            if (text[at] == U'}') {
                build_.errors.Add(title->At(at + 1), "bad_title", "多了一个“}”；字段写作 {字段}");
            }
            if (text[at] != U'{') {
                continue;
            }
            const size_t end = text.find(U'}', at);
            if (end == std::u32string::npos) {
                build_.errors.Add(
                    title->At(at + 1), "bad_title", "“{”没有对应的“}”；字段写作 {字段}"
                );
                return;
            }
            CheckTitlePath(
                scope, record, ToUtf8(text.substr(at + 1, end - at - 1)), title->At(at + 2)
            );
            at = end;
        }
    }

    void CheckTitlePath(
        const RecordScope& scope,
        const RecordType& record,
        const std::string& name,
        const Origin& origin
    ) {
        const auto path = Split(name, '.');
        if (Mentions(name)) {
            return;
        }
        if (path.size() > kMaxHops + 1 || !scope.Resolve(path)) {
            build_.errors.Add(
                origin,
                "unknown_field",
                "没有字段“" + name + "”" + Errors::WouldBe(path.back(), scope.Candidates(path))
            );
            return;
        }
        const Field* field = path.size() == 1 ? record.FindField(name) : nullptr;
        if (field != nullptr && field->secret) {
            build_.errors.Add(
                origin, "secret_title", "字段“" + name + "”是保密的，不能写进标题；请换一个字段"
            );
        }
    }

    // ---- indicators ----
    std::optional<Type> TypeOfIndicator(const Indicator& found) {
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

    bool CompileDerived(Indicator& indicator, const Item& item) {
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

    bool CompileSources(Indicator& indicator, const Item& item) {
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

    bool CompileSource(IndicatorSource& source, const Item& item, const Type& wanted) {
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
        if (const Item* value = FormulaOf(item, "value")) {
            source.value = Compile(*value, scope, Profile::kSet, wanted);
            if (source.value && source.value->aggregate() == formula::Aggregate::kNone) {
                build_.errors.Add(
                    value->origin,
                    "no_aggregate",
                    "指标的 value 最外层要有一个汇总；可以写：sum(…) 或 count()"
                );
            } else if (source.value && !source.value->type().IsNumber()) {
                build_.errors.Add(
                    value->origin,
                    "wrong_unit",
                    "指标的值是 " + formula::Describe(source.value->type()) + "；应为数字"
                );
            }
        }
        return source.value.has_value() && build_.errors.size() == before;
    }

    void CheckSourceFields(const RecordType& record, const Item& item) {
        const auto check =
            [&](const Item& name, const std::vector<Kind>& kinds, std::string_view wanted) {
                CheckField(record, name, kinds, wanted);
            };
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
            if (const Item* on = table->Find("on");
                on != nullptr && on->kind == Item::Kind::kText) {
                check(*on, {kind}, kind == Kind::kPeriod ? "期间（period）字段" : "日期字段");
            }
            for (const Item& name : ItemsOf(*table, "per")) {
                if (name.text != "place" && name.text != "village") {
                    check(name, {}, "");
                }
            }
        }
    }

    void CheckField(
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

    static bool IsRate(const Indicator& indicator) {
        const auto aggregates = [](const IndicatorSource& source) {
            const auto kind = source.value->aggregate();
            return kind != formula::Aggregate::kSum && kind != formula::Aggregate::kCount;
        };
        const bool divides = indicator.IsDerived() && indicator.type.kind == Kind::kRatio;
        return divides ||
               std::any_of(indicator.sources.begin(), indicator.sources.end(), aggregates);
    }

    void DecideAdds(Indicator& indicator, const Item& item) {
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
        indicator.adds = text == "place+time" ? Adds::kPlaceTime
                                              : (text == "place" ? Adds::kPlace : Adds::kNone);
        if (is_rate && indicator.adds != Adds::kNone) {
            build_.errors.Add(
                PlaceOf(item, "adds"),
                "adds_impossible",
                "比率、平均数、最大最小值和去重计数不能相加；应为 adds = \"none\""
            );
        } else if (!is_flow && indicator.adds == Adds::kPlaceTime) {
            build_.errors.Add(
                PlaceOf(item, "adds"),
                "adds_impossible",
                "存量不能按时间相加；应为 adds = \"place\""
            );
        }
    }

    void CheckPrint(const Indicator& indicator, const Item& item) {
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

    // ---- all formulas ----
    // True when `name` is to be compiled now; a name that is being compiled hangs on itself.
    bool Enter(const std::string& name, const Item* place) {
        const auto open = std::find(open_.begin(), open_.end(), name);
        if (open != open_.end()) {
            std::vector<std::string> ring(open, open_.end());
            ring.push_back(name);
            for (const std::string& each : ring) {
                build_.broken.insert(each.substr(each.find('.') + 1));
            }
            build_.errors.Add(
                place == nullptr ? Origin{} : place->origin,
                "formula_ring",
                "公式绕成了圈：" + Join(ring, " → ") + "；请去掉其中一个"
            );
            return false;
        }
        if (!done_.insert(name).second) {
            return false;
        }
        open_.push_back(name);
        return true;
    }

    void Leave(const std::string& name) { std::erase(open_, name); }

    // Whether a text names something whose own definition is wrong.
    bool Mentions(std::string_view text) const {
        const auto is_word = [](char c) {
            return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
        };
        for (size_t at = 0; at < text.size();) {
            size_t end = at;
            while (end < text.size() && is_word(text[end])) {
                ++end;
            }
            if (end > at && build_.broken.contains(text.substr(at, end - at))) {
                return true;
            }
            at = end > at ? end : at + 1;
        }
        return std::any_of(
            build_.broken.begin(),
            build_.broken.end(),
            [&](const std::string& name) {
                return text.find("'" + name + "'") != std::string_view::npos;
            }
        );
    }

    std::optional<Formula> Compile(
        const Item& written,
        const formula::Scope& scope,
        Profile profile,
        const std::optional<Type>& expected
    ) {
        meaning_.missed->known.clear();
        try {
            return Formula::Compile(written.text, scope, profile, expected);
        } catch (const Problem& problem) {
            if (Mentions(written.text)) {
                return std::nullopt;
            }
            const auto detail = [&](const char* name) {
                const auto found = problem.details().find(name);
                return found == problem.details().end() ? std::string() : found->second;
            };
            const std::string at = detail("at");
            const std::string what = detail("what").empty() ? problem.Message() : detail("what");
            // The formula knows the nearest path only; the scope knows what was asked for in vain.
            const std::string would =
                detail("would_zh").empty() ? meaning_.missed->Would() : detail("would_zh");
            build_.errors.Add(
                at.empty() ? written.origin : written.At(std::stoul(at)),
                problem.code(),
                what + would
            );
            return std::nullopt;
        }
    }

    Build& build_;
    Meaning meaning_;
    std::vector<std::string> open_;  // being compiled, outermost first
    std::set<std::string> done_;
};

}  // namespace

void CompileAll(Build& build) {
    Compiler(build).Run();
}

}  // namespace zw::definition
