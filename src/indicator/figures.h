#pragma once
// Figures: the value of an indicator for a place and a period, its state, basis and how it opens
// (figures.md). Read-only but for entries; cells are kept by the write observer (cells.h). Safe
// from many threads.

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
    std::optional<Decimal> value;  // ratios: rounded to the indicator's printing scale (2)
    std::optional<Ratio> exact;    // ratios only, in the indicator's unit
    std::string unit;
    State state = State::kMissing;
    int returned = 0;  // kPartial: 17 of `owed` 18
    int owed = 0;
    std::vector<int64_t> missing;  // places that have not returned
    std::string basis;             // 实测/推算/村报; adopted: the organ and document
    std::string scope;  // places it was cut to for the caller, "柳湾村、石咀村"; then `place` is
                        // not the town. Empty: uncut
    // Ended villages whose records it holds, with what they add where the indicator adds:
    // 含原柳沟村 30.
    struct Included {
        int64_t place = 0;
        std::optional<Decimal> adds;
    };
    std::vector<Included> included;
    int64_t records = 0;              // rows behind it
    int64_t nulls = 0;                // rows whose value was empty
    int64_t seq = 0;                  // log number it was computed at
    std::optional<Decimal> computed;  // adopted/forecast: what the records say
    // What its definition finds doubtful (合理性), in words; told by ByVillage and GetInContext.
    std::vector<Words> doubts = {};
};

enum class Compare { kNone, kYearOnYear, kPeriodOnPeriod, kSinceYearStart };  // 同比 环比 较年初

struct Comparison {
    std::optional<Figure> base;
    std::optional<Decimal> difference;  // absent when either side is, or the two are uneven
    std::optional<Decimal> percent;     // 1 decimal; absent when the base is not above 0
    std::optional<Ratio> percent_exact;
    // Places that either side lacks: 16 villages against 18 are no growth and no fall.
    std::vector<int64_t> uneven;
};

struct FigureQuery {
    std::string indicator;
    int64_t place = 0;  // a village, 镇本级 or the town
    Period period;
    std::optional<int64_t> as_of_seq;
    std::optional<Date> tree_on;  // the tree of that day; absent: of the period's end
};

struct Breakdown {  // explaining: parts add up to the figure where the indicator adds
    Words formula_in_words;
    std::vector<Figure> by_place;  // leaves: villages by code, 镇本级, with the missing ones
    std::vector<Figure> by_month;  // flows: months of the period
    std::vector<Figure> inputs;    // derived: the figures it is computed from
    // Record types that its records come from, without order; of an input that has none, those that
    // could give it.
    std::vector<std::string> ledgers;
};

struct FigureRow {          // a record behind a figure, and what it adds
    std::string indicator;  // the indicator that it adds to: of derived figures, an input
    std::string record;
    ledger::Record row;
    std::optional<Decimal> adds;
    std::string title;
    std::string source;  // file|sheet|row
    std::string by;
    int64_t at_millis = 0;
};

struct EntryRequest {  // 采用 or 预计
    std::string indicator;
    int64_t place = 0;
    Period period;
    Decimal value;
    bool adopted = true;
    std::string organ;     // adopted: who fixed it, 县统计局; empty where `document` says so
    std::string document;  // adopted: the document that fixed it, required
    std::string reason;
};

struct Entry {
    int64_t id = 0;
    std::string indicator;
    int64_t place = 0;
    Period period;
    bool adopted = true;
    Decimal value;
    std::string organ;  // empty where `document` says so
    std::string document;
    std::string reason;
    std::string by;
    int64_t at_millis = 0;
    int64_t seq = 0;  // log number
};

// Throws "not_found" for an unknown indicator or place, "forbidden" for a village out of the
// caller's scope. The town's figure for a caller cut to some places is cut to them and says so
// (Figure::scope), unless the indicator is open.
class Figures {
public:
    explicit Figures(ledger::Ledger& ledger);
    ~Figures();

    // Creates the cell and entry tables; rebuilds sets of cells whose digest (formula, categories,
    // rules) is not the model's.
    void Open();
    // To be added to the ledger before any write.
    ledger::WriteObserver& observer();

    Figure Get(const access::Actor& actor, const FigureQuery& query) const;
    std::vector<Figure> ByVillage(const access::Actor& actor, const FigureQuery& query) const;
    Comparison CompareWith(const access::Actor& actor, const FigureQuery& query, Compare compare)
        const;
    // The figure with what it is read against: all of Get, CompareWith and TargetOf, the figure
    // computed once.
    struct InContext;
    InContext GetInContext(const access::Actor& actor, const FigureQuery& query, Compare compare)
        const;
    Breakdown Explain(const access::Actor& actor, const FigureQuery& query) const;
    // In order of id, from after `after_id` (0: from the first); a row that adds to several inputs
    // comes once for each, never parted by a page, so that a page may hold a few more than `limit`.
    // An adopted figure opens to the records it stands beside.
    std::vector<FigureRow> Records(
        const access::Actor& actor, const FigureQuery& query, int limit, int64_t after_id
    ) const;
    // 占比: part of whole for the same place and period, as a plain ratio (1 = 100 %); absent when
    // a side is missing or the whole is not above 0.
    std::optional<Ratio> ShareOf(
        const access::Actor& actor, const FigureQuery& part, const std::string& whole
    ) const;
    // The target of an indicator for a place and period, with its completion (完成率); absent when
    // none was set.
    struct Target {
        Decimal value;
        std::optional<Date> due;
        std::string document;
        int64_t record_id = 0;
        std::optional<Ratio> completion;  // 完成率 as a plain ratio (1 = 100 %); absent when the
                                          // figure is or the target is not above 0
    };
    std::optional<Target> TargetOf(const access::Actor& actor, const FigureQuery& query) const;

    // One log row. Throws "bad_entry" when the reason, or for adopted ones the document, is empty,
    // or the value has more decimals than the indicator; "forbidden" out of scope or without the
    // right.
    int64_t Enter(
        const access::Actor& actor, const EntryRequest& entry, const store::Along& along = nullptr
    );
    // All of them, newest first; open to every reader (统计法).
    std::vector<Entry> Entries() const;
    // Recomputes every cell from rows by SQL; a finding per difference, naming the cell (`check
    // --cells`).
    std::vector<Finding> CheckCells() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

struct Figures::InContext {
    Figure figure;
    Comparison comparison;  // all absent where there is no period to compare with
    std::optional<Target> target;
};

}  // namespace zw::indicator
