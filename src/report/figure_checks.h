#pragma once
// 核数: before a report is signed each line of work says of its figures that they are right, or
// disputes one with a word. A statement is of a figure as it was printed: when the figure changes
// it lapses. Nothing is forced by it: who signs sees what nobody has confirmed.

#include <cstdint>
#include <string>
#include <vector>

#include "audit/vouch.h"
#include "report/reports.h"

namespace zw::report {

enum class CheckState {
    kOpen,       // nobody has said anything of it
    kConfirmed,  // 已核
    kDisputed,   // 有疑问
    kChanged,    // confirmed or disputed as something else than it reads now
};

// What stands about one figure of a draft. `slot` is the slot's id.
struct FigureCheck {
    std::string slot;
    Words label;
    std::string text;  // as it is printed now
    std::string line;  // industry/vegetable
    CheckState state = CheckState::kOpen;
    std::string was;   // kChanged: the text that was spoken of
    std::string word;  // of who disputes
    std::string by;
    int64_t at_millis = 0;
};

struct CheckRequest {
    std::vector<std::string> slots;
    bool disputed = false;
    std::string word;  // needed where it is disputed
};

// Its table, and its rows as the log vouches for them. Inside a transaction of the caller.
void CreateCheckTable(store::Connection& connection);
audit::VouchedTable VouchedChecks();

// Cheap to make; both must outlive it. Safe from many threads as they are.
class FigureChecks {
public:
    FigureChecks(ledger::Ledger& ledger, const Reports& reports)
        : ledger_(ledger), reports_(reports) {}

    // Every figure of the edition, in order of reading; who sees a part of the town only throws
    // "forbidden".
    std::vector<FigureCheck> List(const access::Actor& actor, int64_t edition) const;
    // Throws "forbidden" for a figure of a line that the actor may not write, "edition_sealed",
    // "not_found" (no such figure in it), "reason_needed" (disputed without a word).
    void Say(const access::Actor& actor, int64_t edition, const CheckRequest& request);

private:
    ledger::Ledger& ledger_;
    const Reports& reports_;
};

}  // namespace zw::report
