#include "indicator/doubts.h"

#include "base/text.h"
#include "indicator/figure_value.h"

namespace zw::indicator {

namespace {

// Figures of one place and period, and of the year before, as a doubt reads them.
class DoubtRow final : public formula::Row {
public:
    DoubtRow(Evaluation& evaluation, const Where& where, const Period& period)
        : evaluation_(evaluation), where_(where), period_(period) {}

    formula::Value Get(const std::vector<std::string>& path) const override {
        const definition::Indicator& indicator = evaluation_.view().town().Find(path[0]);
        const bool this_year = path.size() == 1;  // else x.last
        const Figure figure =
            evaluation_.Printed(indicator, where_, this_year ? period_ : YearBefore(period_));
        return figure.state == State::kPartial ? formula::Value() : AsValue(indicator, figure);
    }
    formula::Value Rule(std::string_view key) const override {
        return evaluation_.view().rules().At(key, period_.last);
    }
    Date Today() const override { return evaluation_.view().context().today; }

private:
    Evaluation& evaluation_;
    const Where& where_;
    const Period& period_;
};

// 同比变动提示线 30%
Words RuleWords(const View& view, const std::string& key, const Period& period) {
    const definition::Rule& rule = *view.town().model.FindRule(key);
    const std::string value = formula::ToText(view.rules().At(key, period.last));
    const std::string text = " " + value + rule.type.unit.name;
    return rule.name.Both() + Words{text, text};
}

}  // namespace

std::vector<Words> DoubtsOf(
    Evaluation& evaluation,
    const definition::Indicator& indicator,
    const Where& where,
    const Period& period
) {
    std::vector<Words> doubts;
    const DoubtRow row(evaluation, where, period);
    for (const definition::Doubt& doubt : indicator.doubts) {
        const formula::Value doubtful = doubt.when->Evaluate(row);
        const bool* yes = std::get_if<bool>(&doubtful);
        if (yes == nullptr || !*yes) {
            continue;
        }
        std::vector<Words> rules;
        for (const std::string& key : doubt.when->rules()) {
            rules.push_back(RuleWords(evaluation.view(), key, period));
        }
        const Words measured = Join(rules, {"，", ", "});
        doubts.push_back(
            rules.empty() ? doubt.say.Both()
                          : Sentence("doubt", {{"say", doubt.say.Both()}, {"rules", measured}})
        );
    }
    return doubts;
}

}  // namespace zw::indicator
