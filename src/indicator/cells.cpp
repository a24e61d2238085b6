#include "indicator/cells.h"

#include <fmt/format.h>

#include <set>
#include <tuple>

#include "store/schema.h"

namespace zw::indicator {

namespace {

using CellKey = std::tuple<int64_t, std::string, std::string>;  // place, grain, day

std::string MonthOf(const std::string& day) {
    return day.substr(0, 8) + "01";
}

std::string YearOf(const std::string& day) {
    return day.substr(0, 5) + "01-01";
}

Sums SumsAt(const store::Statement& row, int column) {
    return {row.Int(column), row.Int(column + 1), row.Int(column + 2)};
}

// All cells that the sums of days stand in.
std::map<CellKey, Sums> InGrains(const SourceSet& set, const DaySums& days) {
    std::map<CellKey, Sums> cells;
    for (const auto& [key, sums] : days) {
        cells[{key.first, "day", key.second}].Add(sums);
        cells[{key.first, "month", MonthOf(key.second)}].Add(sums);
        if (!set.IsFlow()) {
            cells[{key.first, "year", YearOf(key.second)}].Add(sums);
        }
    }
    return cells;
}

std::vector<store::Value> KeyOf(int64_t town, const SourceSet& set) {
    return {town, set.indicator->id, int64_t{set.position}};
}

// Cells of `grain` from a day until the day before another.
struct Range {
    const char* grain;
    std::string from;
    std::string until;
};

// What together covers the period once, by the longest grains that fit and by days at the ends.
std::vector<Range> Ranges(const SourceSet& set, const Period& period) {
    const Date after = AddDays(period.last, 1);
    const std::string until = ToText(after);
    if (set.IsFlow()) {
        const Date first = period.First();
        const bool whole_months = first.day == 1 && after.day == 1;
        return {{whole_months ? "month" : "day", ToText(first), until}};
    }
    std::vector<Range> ranges = {
        {"year", "", YearOf(until)},
        {"month", YearOf(until), MonthOf(until)},
        {"day", MonthOf(until), until}};
    std::erase_if(ranges, [](const Range& range) { return range.from == range.until; });
    return ranges;
}

Words GrainInWords(const std::string& grain) {
    if (grain == "year") {
        return {"年", "year"};
    }
    return grain == "day" ? Words{"日", "day"} : Words{"月", "month"};
}

Finding CellFinding(
    const SourceSet& set,
    const CellKey& key,
    const std::string& place,
    const Sums& stored,
    const Sums& right
) {
    const auto& [id, grain, day] = key;
    const auto said = [](const Sums& sums, const char* zh, const char* en) {
        const std::string total = ToText(sums.total);
        return Words{
            fmt::format(fmt::runtime(zh), total, sums.n, sums.nulls),
            fmt::format(fmt::runtime(en), total, sums.n, sums.nulls)};
    };
    constexpr const char* kZh = "{}（{}条，空{}条）";
    constexpr const char* kEn = "{} ({} rows, {} empty)";
    Finding finding;
    finding.code = "cell_differs";
    finding.Say(Sentence(
        "cell_found",
        {{"indicator", set.indicator->name.Both()},
         {"id_of", {set.indicator->id, set.indicator->id}},
         {"place", {place, place}},
         {"grain", GrainInWords(grain)},
         {"day", {day, day}},
         {"stored", said(stored, kZh, kEn)},
         {"right", said(right, kZh, kEn)}}
    ));
    finding.field = set.indicator->id;
    finding.value = fmt::format("{}|{}|{}|{}", set.indicator->id, id, grain, day);
    return finding;
}

}  // namespace

void Cells::CreateTables(store::Connection& connection) {
    using store::ColumnType;
    store::EnsureTable(
        connection,
        {.name = "cell",
         .columns =
             {{"town", ColumnType::kBigint, true},
              {"indicator", ColumnType::kText, true},
              {"source", ColumnType::kBigint, true},
              {"place", ColumnType::kBigint, true},
              {"grain", ColumnType::kText, true},
              {"day", ColumnType::kText, true},
              {"total", ColumnType::kBigint, true},
              {"n", ColumnType::kBigint, true},
              {"nulls", ColumnType::kBigint, true}},
         .primary_key = {"town", "indicator", "source", "grain", "place", "day"},
         .indexes = {}}
    );
    store::EnsureTable(
        connection,
        {.name = "cell_set",
         .columns =
             {{"town", ColumnType::kBigint, true},
              {"indicator", ColumnType::kText, true},
              {"source", ColumnType::kBigint, true},
              {"digest", ColumnType::kText, true}},
         .primary_key = {"town", "indicator", "source"},
         .indexes = {}}
    );
}

void Cells::Contribute(
    store::Connection& connection,
    const SourceSet& set,
    const ledger::SqlContext& context,
    const Sql& rows,
    int sign,
    DaySums& sums
) const {
    const Sql sql = ContributionsOf(set, context, rows);
    connection.Query(sql.text, sql.values, [&](const store::Statement& row) {
        const Sums found = SumsAt(row, 2);
        sums[{row.Int(0), std::string(row.Text(1))}].Add(
            {sign * found.total, sign * found.n, sign * found.nulls}
        );
    });
}

void Cells::Apply(store::Connection& connection, const SourceSet& set, const DaySums& differences)
    const {
    for (const auto& [key, sums] : InGrains(set, differences)) {
        if (sums.IsZero()) {
            continue;
        }
        const auto& [place, grain, day] = key;
        const int64_t total = Narrow(sums.total, set.indicator->id);
        connection.Run(
            "insert into cell (town, indicator, source, place, grain, day, total, n, nulls) values "
            "(?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "on conflict (town, indicator, source, grain, place, day) do update set total = "
            "zw_add(cell.total, excluded.total), "
            "n = cell.n + excluded.n, nulls = cell.nulls + excluded.nulls",
            {town_,
             set.indicator->id,
             int64_t{set.position},
             place,
             grain,
             day,
             total,
             sums.n,
             sums.nulls}
        );
        if (sums.n > 0) {
            continue;  // there are rows now
        }
        connection.Run(
            "delete from cell where town = ? and indicator = ? and source = ? and grain = ? and "
            "place = ? and day = ? "
            "and total = 0 and n = 0 and nulls = 0",
            {town_, set.indicator->id, int64_t{set.position}, grain, place, day}
        );
    }
}

void Cells::Rebuild(
    store::Connection& connection,
    const SourceSet& set,
    const ledger::SqlContext& context,
    const std::string& digest
) const {
    connection.Run(
        "delete from cell where town = ? and indicator = ? and source = ?", KeyOf(town_, set)
    );
    DaySums sums;
    Contribute(connection, set, context, AllRows(set, context, town_), 1, sums);
    Apply(connection, set, sums);
    connection.Run(
        "insert into cell_set (town, indicator, source, digest) values (?, ?, ?, ?) "
        "on conflict (town, indicator, source) do update set digest = excluded.digest",
        {town_, set.indicator->id, int64_t{set.position}, digest}
    );
}

void Cells::DropOthers(store::Connection& connection, const std::vector<SourceSet>& sets) const {
    std::set<std::pair<std::string, int64_t>> known;
    for (const SourceSet& set : sets) {
        if (set.kept) {
            known.insert({set.indicator->id, set.position});
        }
    }
    for (const auto& [key, digest] : StoredDigests(connection)) {
        if (!known.contains(key)) {
            const std::vector<store::Value> values = {town_, key.first, key.second};
            connection.Run(
                "delete from cell where town = ? and indicator = ? and source = ?", values
            );
            connection.Run(
                "delete from cell_set where town = ? and indicator = ? and source = ?", values
            );
        }
    }
}

Cells::Digests Cells::StoredDigests(store::Connection& connection) const {
    Digests digests;
    connection.Query(
        "select indicator, source, digest from cell_set where town = ?",
        {town_},
        [&](const store::Statement& row) {
            digests[{std::string(row.Text(0)), row.Int(1)}] = std::string(row.Text(2));
        }
    );
    return digests;
}

std::map<int64_t, Sums> Cells::Read(
    store::Connection& connection, const SourceSet& set, const Period& period
) const {
    std::map<int64_t, Sums> by_place;
    for (const auto& [grain, from, until] : Ranges(set, period)) {
        std::vector<store::Value> values = KeyOf(town_, set);
        values.insert(values.end(), {std::string(grain), town_, from, until});
        // The places are named for the key's sake: with them its index gives the days that are
        // asked for, without them all days.
        connection.Query(
            "select place, zw_sum(total), cast(sum(n) as bigint), cast(sum(nulls) as bigint) from "
            "cell where town = ? and indicator = ? and source = ? and grain = ? and place in "
            "(select id from place where town = ?) and day >= ? and day < ? group by place",
            values,
            [&](const store::Statement& row) { by_place[row.Int(0)].Add(SumsAt(row, 1)); }
        );
    }
    return by_place;
}

void Cells::Check(
    store::Connection& connection,
    const SourceSet& set,
    const ledger::SqlContext& context,
    const std::function<std::string(int64_t)>& place_name,
    std::vector<Finding>& findings
) const {
    DaySums sums;
    Contribute(connection, set, context, AllRows(set, context, town_), 1, sums);
    std::map<CellKey, Sums> right = InGrains(set, sums);
    std::map<CellKey, Sums> stored;
    connection.Query(
        "select place, grain, day, total, n, nulls from cell where town = ? and indicator = ? and "
        "source = ?",
        KeyOf(town_, set),
        [&](const store::Statement& row) {
            stored[{row.Int(0), std::string(row.Text(1)), std::string(row.Text(2))}] =
                SumsAt(row, 3);
        }
    );
    for (const auto& [key, sums_right] : right) {
        stored.try_emplace(key);
    }
    for (const auto& [key, found] : stored) {
        if (const Sums expected = right[key]; !(found == expected)) {
            findings.push_back(CellFinding(set, key, place_name(std::get<0>(key)), found, expected)
            );
        }
    }
}

}  // namespace zw::indicator
