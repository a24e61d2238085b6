#pragma once
// K(t) of figures.md as SQL. Every row that an indicator counts becomes pieces (id, place, s, e,
// v): it adds v (null: a value that was left empty) at `place` on day s (flows), or from day s
// until the day before e (stocks; e null: it stands on). The same SQL serves writes, rebuilding,
// checking, explaining and as-of; only the rows that it reads differ.

#include <cstdint>
#include <string>
#include <vector>

#include "indicator/source_set.h"
#include "ledger/record_sql.h"

namespace zw::indicator {

using formula::Sql;

// Day of pieces whose beginning is not known: they add nothing, but are counted as empty.
constexpr const char* kUnknownDay = "0001-01-01";

// `part` and its values behind `sql`.
void Append(Sql& sql, std::string_view part, const std::vector<formula::SqlValue>& values = {});
void Append(Sql& sql, const Sql& part);
// "(?, ?, …)" with the numbers bound; padded with the last one to few lengths, so that few
// statements are prepared. Not empty.
Sql NumberList(const std::vector<int64_t>& numbers);

// What follows "from" in a select over rows with alias r, ending in a condition.
Sql AllRows(const SourceSet& set, const ledger::SqlContext& context, int64_t town);
// `rows` with those of these ids only.
Sql WithIds(const Sql& rows, const std::vector<int64_t>& ids);

// A common table expression "with b as (…), p as (…)" whose p are the pieces of `rows`.
Sql PiecesOf(const SourceSet& set, const ledger::SqlContext& context, const Sql& rows);
// select place, day, total, n, nulls: ΣK of `rows` per place and day.
Sql ContributionsOf(const SourceSet& set, const ledger::SqlContext& context, const Sql& rows);
// select place, total, n, nulls: what a period holds (flows) or what stands on its last day
// (stocks).
Sql SumsOf(
    const SourceSet& set, const ledger::SqlContext& context, const Sql& rows, const Period& period
);
// The condition on p by which pieces belong to the period.
Sql InPeriod(const SourceSet& set, const Period& period);

// SQL of what makes rows one thing, with alias r.
std::vector<std::string> ThingColumns(const SourceSet& set, const ledger::SqlContext& context);

}  // namespace zw::indicator
