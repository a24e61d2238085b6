// The town made directly: the same figures for the same seed, other ones for another; what the
// lines expect; every figure there.

#include <doctest/doctest.h>

#include "base/problem.h"
#include "tests/sample/town.h"

using namespace zw;
using namespace zw::testing;

namespace {

const sample::Plan& ThePlan() {
    static const sample::Plan kPlan = sample::LoadPlan(LoadModel());
    return kPlan;
}

std::map<std::string, std::string> FiguresOf(const sample::SampleOptions& options) {
    SampleTown made(ThePlan(), options);
    sample::Fill(*made.town.ledger, made.town.actor, ThePlan(), options);
    return made.AllFigures(options.year);
}

}  // namespace

TEST_CASE("a seed gives the same figures whenever it is used") {
    const sample::SampleOptions options{7, 0.02, 2023, 4};
    const auto figures = FiguresOf(options);
    CHECK(figures == FiguresOf(options));
    sample::SampleOptions other = options;
    other.seed = 8;
    CHECK(figures != FiguresOf(other));
}

TEST_CASE(
    "every figure of the two years is there, for the town and its villages, and the lines' "
    "expectations hold"
) {
    const sample::SampleOptions options{1, 0.1, 2023, 0};
    SampleTown made(ThePlan(), options);
    const sample::FillResult result =
        sample::Fill(*made.town.ledger, made.town.actor, ThePlan(), options);
    CHECK(result.rows > 10000);
    for (const auto& [figure, value] : made.AllFigures(options.year)) {
        CAPTURE(figure);
        CHECK_MESSAGE((value.ends_with("filled") || value.ends_with("no_base")), value);
    }
    for (const std::string& failure : sample::CheckExpectations(
             made.figures, made.town.actor, made.town.ledger->Places().town().id, ThePlan(), options
         )) {
        FAIL_CHECK(failure);
    }
    CHECK(made.figures.CheckCells().empty());
}

TEST_CASE("an expectation that does not hold is said with its file and line") {
    const sample::SampleOptions options{1, 0.02, 2023, 2};
    SampleTown made(ThePlan(), options);  // empty: nothing holds
    const auto failures = sample::CheckExpectations(
        made.figures, made.town.actor, made.town.ledger->Places().town().id, ThePlan(), options
    );
    CHECK(failures.size() >= 10);
    CHECK(failures.front().find("sample.toml:") != std::string::npos);
}
