#pragma once
// Returns (报送): who has returned a record type for a period, and who is missing (figures.md
// "Reported or not"). A live row with a value in a field that counts (Field::reported_value) is its
// place's return; if all such values are zero it is a 零报告. A return can also be given, or
// withdrawn, by hand: the later of the two holds. Undoing a batch takes its rows' returns with it.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "access/place.h"
#include "audit/vouch.h"
#include "ledger/ledger.h"
#include "ledger/schema.h"

namespace zw::ledger {

enum class ReturnState { kMissing, kReturned, kZero };  // 缺报 已报 零报告

struct PlaceReturn {
    int64_t place = 0;
    ReturnState state = ReturnState::kMissing;
    bool by_hand = false;
    std::string by;  // by hand: who, why and when
    std::string why;
    int64_t at_millis = 0;
    int64_t seq = 0;        // log number of what decided; 0 when nothing ever came
    bool has_rows = false;  // rows with a value stand, whatever was said by hand
};

struct Returns {
    std::vector<PlaceReturn>
        places;  // who owes: villages that stood on the period's last day, by code; never 镇本级
    int returned = 0;  // returned or zero
    std::vector<int64_t> missing;
    bool Complete() const { return missing.empty(); }
};

// `period` of the grain the record is reported in, or of a longer one: then a place has returned
// when it returned every part. Of a record type without `reported`: throws "not_reported_type".
// Quick now; as of a past log number it reads the versions that stood then.
Returns ReturnsFor(
    store::Connection& connection,
    const Schema& schema,
    const access::PlaceTree& places,
    int64_t town,
    const definition::RecordType& type,
    const Period& period,
    std::optional<int64_t> as_of_seq = std::nullopt
);

// What the actor may know of it: the returns of its own places.
Returns CutTo(const access::Actor& actor, Returns returns);

// Of a record type without `reported` (a register): whether any row was ever entered that was not
// undone; before that a village with nothing is "missing", afterwards 0.
bool RegisterStarted(
    store::Connection& connection,
    const Schema& schema,
    int64_t town,
    const definition::RecordType& type,
    std::optional<int64_t> as_of_seq = std::nullopt
);

// Returns given by hand, as the log vouches for them.
audit::VouchedTable VouchedReturns();
// Those of one place and period that were written in the session. `period`: its last day.
void VouchReturn(
    WriteSession& session,
    int64_t town,
    const std::string& record,
    const std::string& period,
    int64_t place
);

enum class HandReturn { kReturned, kZero, kWithdrawn };

// Given by hand: one log row, one batch. Throws "not_reported_type", "place_owes_none" (镇本级, or
// not standing then), "bad_period",
// "forbidden", and "return_not_zero" for a zero return beside rows that are not zero.
WriteResult GiveReturn(
    Ledger& ledger,
    const access::Actor& actor,
    const std::string& record,
    int64_t place,
    const Period& period,
    HandReturn what,
    const std::string& why = {}
);

}  // namespace zw::ledger
