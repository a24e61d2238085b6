// links: formula
// Any bytes as a formula: it is refused with its place, or it compiles and then runs, prints and
// becomes SQL without a fault.

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "base/problem.h"
#include "base/text.h"
#include "formula/formula.h"

namespace {

using zw::formula::Kind;
using zw::formula::Type;
using zw::formula::Value;

class FuzzScope final : public zw::formula::Scope {
public:
    FuzzScope() {
        units_.Add({"亩", "area", 2'000, {"mu"}});
        units_.Add({"m²", "area", 3, {}});
        units_.Add({"元", "money", 100, {}});
        units_.Add({"%", "number", 10, {}});
    }
    std::optional<Type> Resolve(const std::vector<std::string>& path) const override {
        Type type;
        switch (path.back()[0]) {
            case 'a':
                type.kind = Kind::kInt;
                break;
            case 'b':
                type.kind = Kind::kBool;
                break;
            case 'd':
                type.kind = Kind::kDate;
                break;
            case 's':
                type.kind = Kind::kDecimal;
                type.scale = 2;
                type.unit = *units_.Parse("亩");
                break;
            case 'c':
                type.kind = Kind::kChoice;
                type.choices = {"甲", "乙"};
                break;
            case 'r':
                type.kind = Kind::kRef;
                type.record = "place";
                break;
            case 't':
                break;
            default:
                return std::nullopt;
        }
        return type;
    }
    std::vector<std::string> Candidates(const std::vector<std::string>&) const override {
        return {"area", "sown", "day"};
    }
    std::optional<std::vector<std::string>> Category(std::string_view) const override {
        return std::vector<std::string>{"甲"};
    }
    std::optional<Type> Rule(std::string_view) const override { return Resolve({"s"}); }
    const Scope* Child(std::string_view) const override { return this; }
    bool HasSeries() const override { return true; }
    const zw::formula::Units& units() const override { return units_; }

private:
    zw::formula::Units units_;
};

class FuzzRow final : public zw::formula::Row {
public:
    Value Get(const std::vector<std::string>& path) const override {
        switch (path.back()[0]) {
            case 'a':
                return INT64_MAX;
            case 'b':
                return true;
            case 'd':
                return zw::Date{2024, 2, 29};
            case 's':
                return zw::Decimal{-1250, 2};
            case 'c':
                return std::string("甲");
            case 'r':
                return int64_t{7};
            default:
                return {};
        }
    }
    Value Rule(std::string_view) const override { return zw::Decimal{1, 2}; }
    zw::Date Today() const override { return {2023, 12, 20}; }
    void EachChild(std::string_view, const std::function<void(const Row&)>& visit) const override {
        visit(*this);
    }
};

class FuzzNames final : public zw::formula::SqlNames {
public:
    std::string Column(const std::vector<std::string>&) const override { return "r.c"; }
    std::string Previous(const std::vector<std::string>&) const override { return "r.p"; }
    zw::formula::Sql Rule(std::string_view) const override { return {"?", {int64_t{1}}}; }
    zw::Date Today() const override { return {2023, 12, 20}; }
    std::string ChildSelect(std::string_view, const std::string& what, const std::string& when)
        const override {
        return "select " + what + " from k where " + when;
    }
    const SqlNames* ChildNames(std::string_view) const override { return this; }
};

void Use(const zw::formula::Formula& formula, zw::formula::Profile profile) {
    formula.InWords([](const std::string& path) { return path; });
    if (profile != zw::formula::Profile::kFigure) {
        const auto sql = ToSql(formula, FuzzNames());
        const auto marks = static_cast<size_t>(std::count(sql.text.begin(), sql.text.end(), '?'));
        if (marks != sql.values.size()) {
            std::abort();  // a user's text got into the SQL, or a value is missing
        }
    }
    try {
        formula.EvaluateArgument(FuzzRow());
    } catch (const zw::Problem& problem) {
        if (problem.code() != "overflow" && problem.code() != "no_work_calendar") {
            throw;
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    static const FuzzScope scope;
    if (size == 0) {
        return 0;
    }
    const auto profile = static_cast<zw::formula::Profile>(data[0] % 4);
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    try {
        Use(zw::formula::Formula::Compile(text, scope, profile), profile);
    } catch (const zw::Problem& problem) {
        const size_t column = std::strtoull(problem.details().at("at").c_str(), nullptr, 10);
        if (column < 1 || column > zw::Length(text) + 1) {
            std::abort();
        }
    }
    return 0;
}
