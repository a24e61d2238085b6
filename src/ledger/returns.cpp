#include "ledger/returns.h"

#include <algorithm>
#include <map>

#include "base/problem.h"
#include "ledger/import_cell.h"
#include "ledger/may_write.h"
#include "ledger/return_counts.h"
#include "ledger/write_session.h"

namespace zw::ledger {

namespace {

// What a place has said about one period: by its rows, and by hand.
struct Said {
    bool by_rows = false;
    bool not_zero = false;
    int64_t rows_seq = 0;
    std::string hand;  // returned, zero, withdrawn; empty: nothing by hand
    std::string by;
    std::string why;
    int64_t at_millis = 0;
    int64_t hand_seq = 0;
};
using SaidByPlace = std::map<int64_t, Said>;

std::string_view HandName(HandReturn what) {
    switch (what) {
        case HandReturn::kZero:
            return "zero";
        case HandReturn::kWithdrawn:
            return "withdrawn";
        case HandReturn::kReturned:
            break;
    }
    return "returned";
}

const definition::Reported& ReportedOf(const definition::RecordType& type) {
    if (!type.reported) {
        throw Problem("not_reported_type", {{"name", type.name.zh}});
    }
    return *type.reported;
}

Problem WrongPeriod(const Period& period, Grain every) {
    return Problem(
        "bad_period",
        {{"value", ToText(period)},
         {"grain", GrainWord(every)},
         {"example", ToText(PeriodOf(period.First(), every))}}
    );
}

void ReadCounts(
    store::Connection& connection,
    int64_t town,
    const std::string& record,
    const std::string& day,
    SaidByPlace& said
) {
    connection.Query(
        "select place, not_zero, seq from returned_rows where town = ? and record = ? and period = "
        "? and with_value > 0",
        {town, record, day},
        [&](const store::Statement& row) {
            Said& one = said[row.Int(0)];
            one.by_rows = true;
            one.not_zero = row.Int(1) > 0;
            one.rows_seq = row.Int(2);
        }
    );
}

// As of a past moment the rows themselves are asked.
void ReadRowsAsOf(
    store::Connection& connection,
    const Schema& schema,
    int64_t town,
    const definition::RecordType& type,
    const Period& period,
    int64_t seq,
    SaidByPlace& said
) {
    ForEachReturn(connection, town, schema.Of(type.id), seq, [&](const ReturnRow& row) {
        if (row.period == period) {
            Said& one = said[row.place];
            one.by_rows = true;
            one.not_zero = one.not_zero || row.not_zero;
            one.rows_seq = std::max(one.rows_seq, row.seq);
        }
    });
}

void ReadHand(
    store::Connection& connection,
    int64_t town,
    const std::string& record,
    const std::string& day,
    std::optional<int64_t> as_of_seq,
    SaidByPlace& said
) {
    const int64_t seq = as_of_seq.value_or(kStands - 1);
    connection.Query(
        "select place, what, by, seq_from, why, at from hand_return where town = ? and record = ? "
        "and "
        "period = ? and seq_from <= ? "
        "and seq_to > ?",
        {town, record, day, seq, seq},
        [&](const store::Statement& row) {
            Said& one = said[row.Int(0)];
            one.hand = row.Text(1);
            one.by = row.Text(2);
            one.hand_seq = row.Int(3);
            one.why = row.Text(4);
            one.at_millis = row.Int(5);
        }
    );
}

PlaceReturn Judge(int64_t place, const Said& said) {
    PlaceReturn verdict;
    verdict.place = place;
    verdict.has_rows = said.by_rows;
    const bool hand_is_later = !said.hand.empty() && said.hand_seq > said.rows_seq;
    if (said.by_rows && (!hand_is_later || said.hand == "returned")) {
        verdict.state = said.not_zero ? ReturnState::kReturned : ReturnState::kZero;
        verdict.seq = said.rows_seq;
        return verdict;
    }
    if (said.hand.empty()) {
        return verdict;
    }
    verdict.by_hand = true;
    verdict.by = said.by;
    verdict.why = said.why;
    verdict.at_millis = said.at_millis;
    verdict.seq = said.hand_seq;
    if (said.hand != "withdrawn") {
        verdict.state = said.hand == "zero" ? ReturnState::kZero : ReturnState::kReturned;
    }
    return verdict;
}

std::vector<Period> PartsOf(const Period& period, Grain grain) {
    std::vector<Period> parts;
    for (Period part = PeriodOf(period.First(), grain); part.last <= period.last;
         part = Next(part)) {
        parts.push_back(part);
    }
    return parts;
}

// Missing in one part is missing in the whole; zero only when zero throughout.
PlaceReturn Worst(const PlaceReturn& a, const PlaceReturn& b) {
    PlaceReturn both = a.seq >= b.seq ? a : b;
    if (a.state == ReturnState::kMissing || b.state == ReturnState::kMissing) {
        both = a.state == ReturnState::kMissing ? a : b;
    }
    both.has_rows = a.has_rows || b.has_rows;
    if (both.state == ReturnState::kMissing) {
        return both;
    }
    const bool zero = a.state == ReturnState::kZero && b.state == ReturnState::kZero;
    both.state = zero ? ReturnState::kZero : ReturnState::kReturned;
    return both;
}

}  // namespace

Returns ReturnsFor(
    store::Connection& connection,
    const Schema& schema,
    const access::PlaceTree& places,
    int64_t town,
    const definition::RecordType& type,
    const Period& period,
    std::optional<int64_t> as_of_seq
) {
    const Grain every = ReportedOf(type).every;
    const std::vector<Period> parts = PartsOf(period, every);
    if (parts.empty()) {
        throw WrongPeriod(period, every);
    }
    std::map<int64_t, PlaceReturn> verdicts;
    for (const Period& part : parts) {
        SaidByPlace said;
        if (as_of_seq) {
            ReadRowsAsOf(connection, schema, town, type, part, *as_of_seq, said);
        } else {
            ReadCounts(connection, town, type.id, ToText(part.last), said);
        }
        ReadHand(connection, town, type.id, ToText(part.last), as_of_seq, said);
        // A village that has ended by then speaks for the one it became part of.
        std::map<int64_t, PlaceReturn> of_part;
        for (const auto& [place, what] : said) {
            const int64_t counts_for = places.CountsFor(place, period.last);
            const PlaceReturn verdict = Judge(counts_for, what);
            const auto [known, fresh] = of_part.emplace(counts_for, verdict);
            if (!fresh && known->second.state != ReturnState::kReturned &&
                verdict.state != ReturnState::kMissing) {
                known->second = verdict;
            }
        }
        for (const access::Place* village : places.VillagesOn(period.last)) {
            const auto found = of_part.find(village->id);
            const PlaceReturn verdict =
                found == of_part.end() ? Judge(village->id, {}) : found->second;
            const auto [known, fresh] = verdicts.emplace(village->id, verdict);
            if (!fresh) {
                known->second = Worst(known->second, verdict);
            }
        }
    }
    Returns returns;
    for (const access::Place* village : places.VillagesOn(period.last)) {
        const PlaceReturn& verdict = verdicts.at(village->id);
        returns.places.push_back(verdict);
        if (verdict.state == ReturnState::kMissing) {
            returns.missing.push_back(village->id);
        } else {
            ++returns.returned;
        }
    }
    return returns;
}

bool RegisterStarted(
    store::Connection& connection,
    const Schema& schema,
    int64_t town,
    const definition::RecordType& type,
    std::optional<int64_t> as_of_seq
) {
    const int64_t seq = as_of_seq.value_or(kStands - 1);
    const Table& table = schema.Of(type.id);
    return !connection
                .First(
                    "select 1 from " + table.versions +
                        " v where v.town = ? and v.op <> 'delete' and v.state = 'live' and "
                        "v.seq_from <= ? and not exists (select 1 from batch b where "
                        "b.town = v.town and b.seq = v.seq_from and (b.undoes is not null or "
                        "(b.undone_seq is not null and b.undone_seq <= ?))) limit 1",
                    {town, seq, seq}
                )
                .empty();
}

audit::VouchedTable VouchedReturns() {
    return {
        .table = "hand_return",
        .name = "手工登记的报送",
        .key = {"record", "period", "place", "seq_from"},
        .columns = {"seq_to", "what", "by", "why", "at"},
        .where = {},
        .children = {}};
}

void VouchReturn(
    WriteSession& session,
    int64_t town,
    const std::string& record,
    const std::string& period,
    int64_t place
) {
    session.Vouch(audit::VouchFor(
        session.connection(),
        town,
        VouchedReturns(),
        "record = ? and period = ? and place = ? and (seq_from = ? or seq_to = ?)",
        {record, period, place, session.seq(), session.seq()}
    ));
}

namespace {

void WriteHandReturn(
    WriteSession& session,
    int64_t town,
    const std::string& record,
    int64_t place,
    const Period& period,
    HandReturn what,
    const access::Actor& actor,
    const std::string& why,
    int64_t now
) {
    store::Connection& connection = session.connection();
    const std::string day = ToText(period.last);
    connection.Run(
        "update hand_return set seq_to = ? where town = ? and record = ? and period = ? and "
        "place = ? and seq_to = ?",
        {session.seq(), town, record, day, place, kStands}
    );
    connection.Run(
        "insert into hand_return (town, record, place, period, seq_from, seq_to, what, by, "
        "why, at) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {town,
         record,
         place,
         day,
         session.seq(),
         kStands,
         std::string(HandName(what)),
         actor.name,
         why,
         now}
    );
    VouchReturn(session, town, record, day, place);
    connection.Run(
        "insert into batch (town, id, seq, at, by, why, files, created, changed, same, "
        "refused, drafts) "
        "values (?, ?, ?, ?, ?, ?, '', 0, 0, 0, 0, 0)",
        {town, session.batch(), session.seq(), now, actor.name, why.empty() ? "手工登记报送" : why}
    );
}

// A 零报告 beside rows that are not zero would be two answers to one question: the list would say
// zero while the figure stays.
void RequireNoFigures(
    WriteSession& session,
    int64_t town,
    const definition::RecordType& type,
    int64_t place,
    const Period& period
) {
    int64_t count = 0;
    session.connection().Query(
        "select place, not_zero from returned_rows where town = ? and record = ? and period = ? "
        "and not_zero > 0",
        {town, type.id, ToText(period.last)},
        [&](const store::Statement& row) {
            // Rows of a village that has ended since speak for the one it became part of.
            const bool speaks = session.places().CountsFor(row.Int(0), period.last) == place;
            count += speaks ? row.Int(1) : 0;
        }
    );
    if (count > 0) {
        throw Problem(
            "return_not_zero",
            {{"name", session.places().Find(place)->name},
             {"period", ToChinese(period)},
             {"record", type.name.zh},
             {"count", std::to_string(count)}}
        );
    }
}

}  // namespace

Returns CutTo(const access::Actor& actor, Returns returns) {
    std::erase_if(returns.places, [&](const PlaceReturn& one) {
        return !actor.InScope(one.place);
    });
    std::erase_if(returns.missing, [&](int64_t place) { return !actor.InScope(place); });
    returns.returned = static_cast<int>(returns.places.size() - returns.missing.size());
    return returns;
}

WriteResult GiveReturn(
    Ledger& ledger,
    const access::Actor& actor,
    const std::string& record,
    int64_t place,
    const Period& period,
    HandReturn what,
    const std::string& why
) {
    const definition::RecordType& type = *ledger.schema().Of(record).type;
    const Grain every = ReportedOf(type).every;
    if (period.grain != every) {
        throw WrongPeriod(period, every);
    }
    RequireWrite(actor, type, place);
    const int64_t town = ledger.services().town;
    WriteResult result;
    result.seq = ledger.Commit(actor, why, [&](WriteSession& session) {
        const auto standing = session.places().VillagesOn(period.last);
        const bool owes = std::any_of(
            standing.begin(), standing.end(), [&](const access::Place* p) { return p->id == place; }
        );
        if (!owes) {
            const access::Place* known = session.places().Find(place);
            throw Problem(
                "place_owes_none",
                {{"name", known == nullptr ? std::to_string(place) : known->name}}
            );
        }
        if (what == HandReturn::kZero) {
            RequireNoFigures(session, town, type, place, period);
        }
        WriteHandReturn(
            session,
            town,
            record,
            place,
            period,
            what,
            actor,
            why,
            ledger.services().clock.NowMillis()
        );
        result.batch = session.batch();
        return true;
    });
    return result;
}

}  // namespace zw::ledger
