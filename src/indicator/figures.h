#pragma once
// Figures: the value of an indicator for a place and a period, its state, basis and how it opens (figures.md). Read-only but for
// entries; cells are kept by the write observer (cells.h). Safe from many threads.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/place.h"
#include "base/date.h"
#include "base/decimal.h"
#include "definition/model.h"
#include "ledger/ledger.h"

namespace zw::indicator {

enum class State { kFilled, kPartial, kMissing, kNoBase, kForecast, kAdopted };

// An exact number: a decimal, or a ratio for rates. Absent value: no data.
struct Figure {
    std::string indicator;
    int64_t place = 0;
    Period period;
    std::optional<Decimal> value;     // ratios: rounded to the indicator's printing scale (2)
    std::optional<Ratio> exact;       // ratios only, in the indicator's unit
    std::string unit;
    State state = State::kMissing;
    int returned = 0;                 // kPartial: 17 of `owed` 18
    int owed = 0;
    std::vector<int64_t> missing;     // places that have not returned
    std::string basis;                // 实测/推算/村报; adopted: the organ and document
    int64_t records = 0;              // rows behind it
    int64_t nulls = 0;                // rows whose value was empty
    int64_t seq = 0;                  // log number it was computed at
    std::optional<Decimal> computed;  // adopted/forecast: what the records say
};

enum class Compare { kNone, kYearOnYear, kPeriodOnPeriod, kSinceYearStart };  // 同比 环比 较年初

struct Comparison {
    std::optional<Figure> base;
    std::optional<Decimal> difference;    // absent when either side is
    std::optional<Decimal> percent;       // 1 decimal; absent when the base is not above 0
    std::optional<Ratio> percent_exact;
};

struct FigureQuery {
    std::string indicator;
    int64_t place = 0;                // a village, 镇本级 or the town
    Period period;
    std::optional<int64_t> as_of_seq;
};

struct Breakdown {                    // explaining: parts add up to the figure where the indicator adds
    std::string formula_in_words;
    std::vector<Figure> by_place;     // leaves: villages by code, 镇本级, with the missing ones
    std::vector<Figure> by_month;     // flows: months of the period
    std::vector<Figure> inputs;       // derived: the figures it is computed from
};

struct FigureRow {                    // a record behind a figure, and what it adds
    std::string record;
    ledger::Record row;
    std::optional<Decimal> adds;
    std::string title;
    std::string source;               // file|sheet|row
    std::string by;
    int64_t at_millis = 0;
};

struct EntryRequest {                 // 采用 or 预计
    std::string indicator;
    int64_t place = 0;
    Period period;
    Decimal value;
    bool adopted = true;
    std::string document;             // adopted: the organ that fixed it and its document, required
    std::string reason;
};

class Figures {
public:
    explicit Figures(ledger::Ledger& ledger);
    ~Figures();

    // Creates the cell and entry tables; rebuilds sets of cells whose digest (formula, categories, rules) is not the model's.
    void Open();
    // To be added to the ledger before any write.
    ledger::WriteObserver& observer();

    Figure Get(const access::Actor& actor, const FigureQuery& query) const;
    std::vector<Figure> ByVillage(const access::Actor& actor, const FigureQuery& query) const;
    Comparison CompareWith(const access::Actor& actor, const FigureQuery& query, Compare compare) const;
    Breakdown Explain(const access::Actor& actor, const FigureQuery& query) const;
    std::vector<FigureRow> Records(const access::Actor& actor, const FigureQuery& query, int limit, int64_t after_id) const;
    // The target of an indicator for a place and period, with its completion (完成率); absent when none was set.
    struct Target {
        Decimal value;
        std::optional<Date> due;
        std::string document;
        int64_t record_id = 0;
        std::optional<Ratio> completion;
    };
    std::optional<Target> TargetOf(const access::Actor& actor, const FigureQuery& query) const;

    int64_t Enter(const access::Actor& actor, const EntryRequest& entry);
    // Recomputes every cell from rows by SQL; a finding per difference, naming the cell (`check --cells`).
    std::vector<Finding> CheckCells() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

std::string StateName(State state);   // filled, partial …

}  // namespace zw::indicator
