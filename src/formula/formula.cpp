#include "formula/formula.h"

#include "base/exact.h"
#include "base/problem.h"
#include "formula/evaluate.h"
#include "formula/impl.h"
#include "formula/syntax.h"

namespace zw::formula {

namespace {

std::vector<std::string> Sorted(const std::set<std::string>& names) {
    return {names.begin(), names.end()};
}

// The overflow of a part is told as the formula that it stands in.
template <typename Work>
Value Named(const std::string& text, const Work& work) {
    try {
        return work();
    } catch (const Problem& problem) {
        if (problem.code() != "overflow") {
            throw;
        }
        Details details = problem.details();
        details["what"] = text;
        throw Problem("overflow", details);
    }
}

}  // namespace

Formula Formula::Compile(
    std::string_view text, const Scope& scope, Profile profile, const std::optional<Type>& expected
) {
    const auto is_unit = [&](std::string_view name) {
        return scope.units().Parse(name).has_value();
    };
    const auto syntax = Parse(text, is_unit);
    auto impl = std::make_shared<Impl>();
    impl->text = text;
    impl->profile = profile;
    impl->checked = Checker(text, scope, profile).Run(*syntax, expected);
    impl->paths = Sorted(impl->checked.paths);
    impl->rules = Sorted(impl->checked.rules);
    impl->categories = Sorted(impl->checked.categories);
    const auto calendar = scope.Calendar();
    impl->calendar = calendar ? calendar : std::make_shared<const WorkCalendar>();
    return Formula(std::move(impl));
}

const std::string& Formula::text() const {
    return impl_->text;
}
const Type& Formula::type() const {
    return impl_->checked.type;
}
const Type& Formula::argument_type() const {
    return impl_->checked.argument;
}
Aggregate Formula::aggregate() const {
    return impl_->checked.aggregate;
}
const std::vector<std::string>& Formula::paths() const {
    return impl_->paths;
}
const std::vector<std::string>& Formula::rules() const {
    return impl_->rules;
}
const std::vector<std::string>& Formula::categories() const {
    return impl_->categories;
}
bool Formula::uses_previous() const {
    return impl_->checked.uses_previous;
}
bool Formula::uses_today() const {
    return impl_->checked.uses_today;
}
const Node& Formula::root() const {
    return *impl_->checked.root;
}

Value Formula::Evaluate(const Row& row) const {
    return Named(text(), [&] { return formula::Evaluate(root(), row, *impl_->calendar); });
}

Value Formula::EvaluateArgument(const Row& row) const {
    return Evaluate(row);
}

Value Formula::FromTotal(Int128 total, int64_t n) const {
    const bool counts =
        aggregate() == Aggregate::kCount || aggregate() == Aggregate::kCountDistinct;
    if (counts) {
        return Narrow(total, text());
    }
    if (n == 0) {
        return {};
    }
    return Named(text(), [&]() -> Value {
        const Type& argument = argument_type();
        const int64_t units = Narrow(total, text());
        if (!type().IsNumber()) {
            const Date day = FromDays(units);
            return type().kind == Kind::kPeriod ? Value(Period{day, type().grain}) : Value(day);
        }
        const bool is_average = aggregate() == Aggregate::kAvg;
        const Ratio mean =
            ExactRatio(units, 1, is_average ? n : 1, PowerOfTen(argument.scale)).value();
        const Ratio value = Multiply(mean, Conversion(argument.unit, type().unit));
        if (type().kind == Kind::kRatio) {
            return value;
        }
        const int64_t result = RoundUnits(value, type().scale);  // exact: type() was chosen so
        return type().kind == Kind::kInt ? Value(result) : Value(Decimal{result, type().scale});
    });
}

}  // namespace zw::formula
