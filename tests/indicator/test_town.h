#pragma once
// An invented town in a folder of its own, with the lines of lines.h.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "audit/key_file.h"
#include "base/environment.h"
#include "definition/loader.h"
#include "indicator/figures.h"
#include "ledger/batch.h"
#include "ledger/ledger.h"
#include "store/database.h"

namespace zw::testing {

class TestTown {
public:
    // `farm`: another text of worklines/farm than that of lines.h.
    explicit TestTown(int villages = 4, std::string farm = {});
    ~TestTown();
    TestTown(const TestTown&) = delete;
    TestTown& operator=(const TestTown&) = delete;

    // The same folder under other definitions.
    void Reopen(const std::string& farm);

    ledger::Ledger& ledger() { return *ledger_; }
    indicator::Figures& figures() { return *figures_; }
    store::Database& database() { return *database_; }
    const access::Actor& officer() const { return officer_; }
    int64_t town() const { return town_place_; }
    int64_t itself() const { return itself_; }
    // Villages by code, from 0.
    int64_t village(size_t n) const { return villages_.at(n); }
    size_t villages() const { return villages_.size(); }

    int64_t Add(const std::string& record, int64_t place, const ledger::Values& values);
    void Change(
        const std::string& record,
        int64_t id,
        const ledger::Values& values,
        std::optional<int64_t> place = {}
    );
    void Remove(const std::string& record, int64_t id);
    void Bring(const std::string& record, int64_t id);  // a deleted row back
    ledger::BatchResult Import(const std::vector<ledger::BatchRow>& rows);
    std::vector<ledger::Record> Rows(const std::string& record);
    int64_t LastSeq();
    void Merge(size_t village, size_t into, const Date& last_day);
    // Behind the program's back.
    void Sql(const std::string& sql, const std::vector<store::Value>& values = {});

    indicator::Figure Get(
        const std::string& indicator,
        int64_t place,
        const std::string& period,
        std::optional<int64_t> as_of = {}
    );

private:
    void OpenWith(const std::string& farm);

    const std::filesystem::path folder_;
    FixedClock clock_;
    IdGenerator ids_;
    SystemRandom random_;
    audit::KeyFile key_;
    std::unique_ptr<store::Database> database_;
    std::unique_ptr<ledger::Ledger> ledger_;
    std::unique_ptr<indicator::Figures> figures_;
    access::Actor officer_;
    int64_t town_place_ = 0;
    int64_t itself_ = 0;
    std::vector<int64_t> villages_;
};

// Short forms for values.
formula::Value Text(const std::string& text);
formula::Value Whole(int64_t number);
formula::Value Number(const std::string& decimal);
formula::Value Day(const std::string& date);
formula::Value In(const std::string& period);

}  // namespace zw::testing
