#include <algorithm>

#include "base/problem.h"
#include "base/text.h"
#include "definition/compiler.h"

namespace zw::definition {

using formula::Formula;
using formula::Kind;
using formula::Profile;
using formula::Type;

namespace {

constexpr int kMaxHops = 3;

}  // namespace

const Item* ElementWithId(const Item& table, std::string_view key, std::string_view id) {
    for (const Item& item : ItemsOf(table, key)) {
        if (TextOf(item, "id") == id) {
            return &item;
        }
    }
    return nullptr;
}

Type BoolType() {
    Type type;
    type.kind = Kind::kBool;
    return type;
}

const Item* FormulaOf(const Item& table, std::string_view key) {
    const Item* item = table.Find(key);
    return item == nullptr || item->kind != Item::Kind::kText || item->raw.empty() ? nullptr : item;
}

Compiler::Compiler(Build& build)
    : build_(build),
      meaning_{
          build.model,
          CalendarOf(build.model),
          [this](const RecordType& record, const Computed& computed) {
              return TypeOfComputed(record, computed);
          },
          [this](const Indicator& indicator) { return TypeOfIndicator(indicator); },
          std::make_shared<Missed>()} {}

void Compiler::Run() {
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
    for (Indicator& indicator : build_.model.indicators) {
        CompileDoubts(indicator);
    }
}

std::optional<Type> Compiler::TypeOfComputed(const RecordType& record, const Computed& computed) {
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

void Compiler::CompileComputed(const RecordType& record, const Item& item, Computed& computed) {
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
    wanted.unit = item.Find("unit") != nullptr ? computed.field.type.unit : natural->type().unit;
    computed.formula = Compile(written, scope, Profile::kRow, wanted);
    if (computed.formula) {
        computed.field.type = computed.formula->type();
    }
}

void Compiler::CompileChecks(RecordType& record, const Item& item) {
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

void Compiler::CheckTitle(const RecordType& record, const Item& item) {
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
            build_.errors.Add(title->At(at + 1), "bad_title", "“{”没有对应的“}”；字段写作 {字段}");
            return;
        }
        CheckTitlePath(scope, record, ToUtf8(text.substr(at + 1, end - at - 1)), title->At(at + 2));
        at = end;
    }
}

void Compiler::CheckTitlePath(
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

bool Compiler::Enter(const std::string& name, const Item* place) {
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

void Compiler::Leave(const std::string& name) {
    std::erase(open_, name);
}

bool Compiler::Mentions(std::string_view text) const {
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
    return std::any_of(build_.broken.begin(), build_.broken.end(), [&](const std::string& name) {
        return text.find("'" + name + "'") != std::string_view::npos;
    });
}

std::optional<Formula> Compiler::Compile(
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
            at.empty() ? written.origin : written.At(std::stoul(at)), problem.code(), what + would
        );
        return std::nullopt;
    }
}

void CompileAll(Build& build) {
    Compiler(build).Run();
}

}  // namespace zw::definition
