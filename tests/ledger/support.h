#pragma once
// A small town for the ledger's tests: definitions made by hand, three villages, a store in a
// folder of its own.

#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/problem.h"
#include "base/text.h"
#include "ledger/batch.h"
#include "ledger/ledger.h"
#include "ledger/list_feed.h"
#include "ledger/returns.h"
#include "ledger/rules.h"
#include "ledger/schema.h"
#include "ledger/settings.h"

namespace zw::ledger_test {

using formula::Kind;
using ledger::Values;

definition::Field MakeField(const std::string& id, Kind kind, int scale = 0);
definition::Check MakeCheck(
    const definition::Model& model,
    const definition::RecordType& type,
    const std::string& id,
    const std::string& when,
    bool warning,
    formula::Profile profile = formula::Profile::kRow
);

// plot(code, terrain, mu, holder, holder_id) · planting(plot, year, crop, sown, yield; weight) ·
// herd(farm, quarter, opening, closing) · setting(key, value) · target(indicator, year, value, due,
// document)
std::shared_ptr<definition::Model> MakeModel();
definition::RecordType& TypeOf(definition::Model& model, const std::string& id);

using Rows = ledger::ListFeed;

// Numbers that nobody needs to keep secret, the same each run.
class CountingRandom final : public RandomSource {
public:
    std::string Bytes(size_t n) override;

private:
    std::mutex mutex_;
    uint64_t next_ = 88172645463325252ULL;
};

class Town {
public:
    explicit Town(std::shared_ptr<definition::Model> model = MakeModel());
    ~Town();

    // The same store under other definitions. Throws what Ledger::Open throws; then the old ledger
    // is kept.
    void Reopen(std::shared_ptr<definition::Model> model);

    ledger::Ledger& ledger() { return *ledger_; }
    const definition::RecordType& type(const std::string& id) { return *model_->FindRecord(id); }
    int64_t Plot(const std::string& code, const std::string& mu, int64_t place = 0);
    ledger::BatchRow PlotRow(
        const std::string& code, const std::string& mu, const std::string& source
    );
    ledger::BatchRow PlantingRow(
        int64_t plot,
        int year,
        const std::string& crop,
        const std::string& sown,
        const std::string& source
    );
    // What audit::Verify finds, and computed columns that differ: one line each.
    std::vector<std::string> Faults();
    // All live rows of a record type as text, ids left out when asked: for comparing two moments.
    std::string Snapshot(const std::string& record, std::optional<int64_t> as_of = std::nullopt);
    int64_t Seq();

    access::Actor leader{"镇长", {}, true};
    int64_t east = 0;
    int64_t west = 0;
    int64_t upper = 0;
    FixedClock clock{1'700'000'000'000};

private:
    ledger::LedgerServices Services(std::shared_ptr<const definition::Model> model);

    std::filesystem::path folder_;
    std::unique_ptr<store::Database> database_;
    IdGenerator ids_{clock};
    CountingRandom random_;
    std::unique_ptr<audit::KeyFile> key_;
    std::shared_ptr<definition::Model> model_;
    std::unique_ptr<ledger::Ledger> ledger_;
};

Decimal D(const std::string& text, int scale = 2);
// The code of the problem that `work` throws; empty when it throws none.
template <typename Work>
std::string CodeOf(const Work& work) {
    try {
        work();
    } catch (const Problem& problem) {
        return problem.code();
    }
    return {};
}
// The list of the problem's details.
template <typename Work>
std::string ListOf(const Work& work) {
    try {
        work();
    } catch (const Problem& problem) {
        const auto list = problem.details().find("list");
        return list == problem.details().end() ? problem.Message() : list->second;
    }
    return {};
}

}  // namespace zw::ledger_test
