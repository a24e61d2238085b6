#include "sample/fill.h"

#include <fmt/format.h>

#include <cmath>

#include "base/exact.h"
#include "base/problem.h"
#include "ledger/list_feed.h"

namespace zw::sample {

namespace {

// Small enough that a batch of rows is held in memory without thought.
constexpr size_t kBatchRows = 20'000;

class Filler {
public:
    Filler(ledger::Ledger& ledger, const access::Actor& actor, const Progress& progress)
        : writer_(ledger), actor_(actor), progress_(progress) {}

    void Take(MadeRow&& made) {
        ledger::BatchRow row;
        row.type = made.make->record;
        row.id = made.id;
        row.place = made.place;
        row.values = std::move(made.values);
        ++result_.by_record[row.type->id];
        ++result_.rows;
        feed_.Add(std::move(row));
        if (feed_.rows().size() == kBatchRows) {
            Flush();
        }
    }

    FillResult Finish() {
        Flush();
        return std::move(result_);
    }

private:
    void Flush() {
        const std::vector<ledger::BatchRow>& rows = feed_.rows();
        if (rows.empty()) {
            return;
        }
        ledger::BatchOptions options;
        options.why = "样例镇";
        const auto before = static_cast<size_t>(result_.rows) - rows.size();
        options.progress = [&](size_t done) {
            if (progress_) {
                progress_("生成", static_cast<int64_t>(before + done), 0);
            }
        };
        const ledger::BatchResult done = writer_.Apply(actor_, feed_, options);
        for (size_t i = 0; i < rows.size(); ++i) {
            if (done.outcomes[i] != ledger::RowOutcome::kNew) {
                const auto found = done.findings.find(i);
                const std::string why = found == done.findings.end() || found->second.empty()
                                            ? std::string("已有同样的记录")
                                            : found->second.front().message;
                throw Problem(
                    "sample_wrong",
                    {{"file", "worklines/" + rows[i].type->line + "/sample.toml"},
                     {"line", "1"},
                     {"what", rows[i].type->name.zh + "：" + why}}
                );
            }
        }
        result_.batches.push_back(done.batch);
        feed_.Clear();
    }

    ledger::BatchWriter writer_;
    const access::Actor& actor_;
    const Progress& progress_;
    ledger::ListFeed feed_;
    FillResult result_;
};

bool Within(const Decimal& value, const Expectation& expectation, double scale) {
    const auto number = [](const Decimal& d) {
        return static_cast<double>(d.units) / static_cast<double>(PowerOfTen(d.scale));
    };
    return number(value) >= number(expectation.low) * scale &&
           number(value) <= number(expectation.high) * scale;
}

}  // namespace

std::vector<PlaceOf> VillagesOf(const ledger::Ledger& ledger) {
    std::vector<PlaceOf> villages;
    const access::PlaceTree tree = ledger.Places();
    for (const access::Place* village : tree.Villages()) {
        villages.push_back({village->id, village->code, village->groups});
    }
    return villages;
}

PlaceOf TownItselfOf(const ledger::Ledger& ledger) {
    const access::PlaceTree tree = ledger.Places();
    return {tree.town_itself().id, tree.town_itself().code, 0};
}

FillResult Fill(
    ledger::Ledger& ledger,
    const access::Actor& actor,
    const Plan& plan,
    const SampleOptions& options,
    const std::set<int64_t>& left_out,
    const Progress& progress
) {
    Filler filler(ledger, actor, progress);
    Generator generator(plan, options, VillagesOf(ledger), TownItselfOf(ledger));
    int64_t number = 0;
    generator.Run(
        [&] {
            ++number;
            return ledger.services().ids.Next();
        },
        [&](MadeRow&& row) {
            if (!left_out.contains(number)) {
                filler.Take(std::move(row));
            }
        }
    );
    return filler.Finish();
}

std::vector<std::string> CheckExpectations(
    const indicator::Figures& figures,
    const access::Actor& actor,
    int64_t town,
    const Plan& plan,
    const SampleOptions& options
) {
    std::vector<std::string> failures;
    for (const Expectation& expectation : plan.expectations) {
        const bool adds = expectation.indicator->adds != definition::Adds::kNone;
        if (options.scale != 1 && !adds) {
            continue;
        }
        const indicator::Figure figure =
            figures.Get(actor, {expectation.indicator->id, town, expectation.period, {}, {}});
        if (!figure.value || !Within(*figure.value, expectation, options.scale)) {
            failures.push_back(fmt::format(
                "{}:{}: {}：得 {}{}",
                expectation.file,
                expectation.line,
                expectation.text,
                figure.value ? ToText(*figure.value) : "无数",
                figure.unit
            ));
        }
    }
    return failures;
}

}  // namespace zw::sample
