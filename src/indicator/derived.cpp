#include "indicator/derived.h"

#include <algorithm>

#include "base/work_calendar.h"
#include "formula/evaluate.h"
#include "formula/node.h"
#include "indicator/figure_value.h"

namespace zw::indicator {

namespace {

// Figures of one place and period as a formula reads them.
class InputRow final : public formula::Row {
public:
    InputRow(const View& view, const Period& period, const std::vector<Figure>& inputs)
        : view_(view), period_(period), inputs_(inputs) {}

    formula::Value Get(const std::vector<std::string>& path) const override {
        const auto found = std::find_if(inputs_.begin(), inputs_.end(), [&](const Figure& one) {
            return one.indicator == path[0];
        });
        return found == inputs_.end() ? formula::Value()
                                      : AsValue(view_.town().Find(found->indicator), *found);
    }
    formula::Value Rule(std::string_view key) const override {
        return view_.rules().At(key, period_.last);
    }
    Date Today() const override { return view_.context().today; }

private:
    const View& view_;
    const Period& period_;
    const std::vector<Figure>& inputs_;
};

bool NotAboveZero(const formula::Value& value) {
    if (const auto* whole = std::get_if<int64_t>(&value)) {
        return *whole <= 0;
    }
    if (const auto* decimal = std::get_if<Decimal>(&value)) {
        return decimal->units <= 0;
    }
    const auto* ratio = std::get_if<Ratio>(&value);
    return ratio != nullptr && ratio->numerator <= 0;
}

// Whether a division that the result stands on has a denominator of 0 or less. Branches are left to
// the formula.
bool HasNoBase(const formula::Node& node, const formula::Row& row) {
    if (node.op == formula::Op::kIf || node.op == formula::Op::kCoalesce) {
        return false;
    }
    if (node.op == formula::Op::kDivide &&
        NotAboveZero(formula::Evaluate(*node.children[1], row, WorkCalendar()))) {
        return true;
    }
    return std::any_of(node.children.begin(), node.children.end(), [&](const auto& child) {
        return HasNoBase(*child, row);
    });
}

int Badness(State state) {
    switch (state) {
        case State::kMissing:
            return 5;
        case State::kPartial:
            return 4;
        case State::kNoBase:
            return 3;
        case State::kForecast:
            return 2;
        case State::kAdopted:
            return 1;
        case State::kFilled:
            break;
    }
    return 0;
}

std::optional<Ratio> AsRatio(const formula::Value& value) {
    if (const auto* whole = std::get_if<int64_t>(&value)) {
        return Ratio{*whole, 1};
    }
    if (const auto* decimal = std::get_if<Decimal>(&value)) {
        return MakeRatio(decimal->units, PowerOfTen(decimal->scale));
    }
    const auto* ratio = std::get_if<Ratio>(&value);
    return ratio == nullptr ? std::nullopt : std::optional(*ratio);
}

void Merge(const Figure& input, Figure& figure) {
    if (Badness(input.state) > Badness(figure.state)) {
        figure.state = input.state;
    }
    for (const int64_t place : input.missing) {
        if (std::find(figure.missing.begin(), figure.missing.end(), place) ==
            figure.missing.end()) {
            figure.missing.push_back(place);
        }
    }
    if (!input.basis.empty() && figure.basis.find(input.basis) == std::string::npos) {
        figure.basis += (figure.basis.empty() ? "" : "、") + input.basis;
    }
    figure.owed = std::max(figure.owed, input.owed);
    figure.records += input.records;
    figure.nulls += input.nulls;
    for (const Figure::Included& ended : input.included) {
        const bool known =
            std::any_of(figure.included.begin(), figure.included.end(), [&](const auto& one) {
                return one.place == ended.place;
            });
        if (!known) {
            figure.included.push_back({ended.place, std::nullopt});
        }
    }
}

}  // namespace

std::vector<const definition::Indicator*> InputsOf(
    const Town& town, const definition::Indicator& indicator
) {
    std::vector<const definition::Indicator*> inputs;
    for (const std::string& path : indicator.derived->paths()) {
        inputs.push_back(&town.Find(path));
    }
    return inputs;
}

void Derive(
    const View& view,
    const definition::Indicator& indicator,
    const std::vector<Figure>& inputs,
    Figure& figure
) {
    figure.state = State::kFilled;
    for (const Figure& input : inputs) {
        Merge(input, figure);
    }
    figure.returned = figure.owed - static_cast<int>(figure.missing.size());
    if (figure.state == State::kMissing) {
        return;
    }
    const InputRow row(view, figure.period, inputs);
    const formula::Value value = indicator.derived->Evaluate(row);
    if (formula::IsNull(value) || HasNoBase(indicator.derived->root(), row)) {
        figure.state = figure.state == State::kPartial ? State::kPartial : State::kNoBase;
        return;
    }
    if (const auto exact = AsRatio(value)) {
        SetExact(indicator, *exact, figure);
    }
}

}  // namespace zw::indicator
