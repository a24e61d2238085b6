#pragma once
// A made-up town in a temporary folder: ledger and figures open, for the tests of the sample.

#include "indicator/figure_text.h"
#include "indicator/figures.h"
#include "sample/fill.h"
#include "tests/import/town.h"

namespace zw::testing {

struct SampleTown {
    SampleTown(const sample::Plan& plan, const sample::SampleOptions& options)
        : town(plan.model, sample::MakeTownPlan(plan, options).places), figures(*town.ledger) {
        figures.Open();
        town.ledger->AddObserver(figures.observer());
        std::map<std::string, std::string> values;
        for (const auto& [key, value] : plan.town.values) {
            values[key] = value;
        }
        ledger::ApplySettings(*town.ledger, town.actor, values, "镇情设置");
    }

    // Every figure that an indicator gives for the town and its villages in two years: value or
    // "无", and state.
    std::map<std::string, std::string> AllFigures(int year) const {
        std::map<std::string, std::string> all;
        const access::PlaceTree tree = town.ledger->Places();
        for (const definition::Indicator& indicator : plan_model().indicators) {
            for (const int one : {year - 1, year}) {
                const auto keep = [&](const indicator::Figure& figure) {
                    all[indicator.id + "@" + tree.Find(figure.place)->code + ":" +
                        std::to_string(one)] = (figure.exact   ? ToText(*figure.exact)
                                                : figure.value ? ToText(*figure.value)
                                                               : std::string("无")) +
                                               " " + indicator::StateName(figure.state);
                };
                const indicator::FigureQuery query{
                    indicator.id, tree.town().id, YearPeriod(one), {}, {}};
                keep(figures.Get(town.actor, query));
                for (const indicator::Figure& figure : figures.ByVillage(town.actor, query)) {
                    keep(figure);
                }
            }
        }
        return all;
    }

    const definition::Model& plan_model() const { return town.ledger->model(); }

    Town town;
    indicator::Figures figures;
};

}  // namespace zw::testing
