#include "indicator/entries.h"

#include "store/schema.h"

namespace zw::indicator {

namespace {

constexpr const char* kSelect =
    "select id, indicator, place, period, kind, value, document, reason, entered_by, entered_at, "
    "seq, organ from figure_entry "
    "where town = ?";

Entry ReadEntry(const store::Statement& row) {
    Entry entry;
    entry.id = row.Int(0);
    entry.indicator = row.Text(1);
    entry.place = row.Int(2);
    const auto period = ParsePeriod(row.Text(3));
    const auto value = ParseDecimal(row.Text(5));
    if (!period || !value) {
        throw Problem("internal", {{"what", "figure_entry " + std::to_string(entry.id)}});
    }
    entry.period = *period;
    entry.adopted = row.Text(4) == "adopted";
    entry.value = *value;
    entry.document = row.Text(6);
    entry.reason = row.Text(7);
    entry.by = row.Text(8);
    entry.at_millis = row.Int(9);
    entry.seq = row.Int(10);
    entry.organ = row.IsNull(11) ? "" : row.Text(11);
    return entry;
}

}  // namespace

void CreateEntryTable(store::Connection& connection) {
    using store::ColumnType;
    store::EnsureTable(
        connection,
        {.name = "figure_entry",
         .columns =
             {{"town", ColumnType::kBigint, true},
              {"id", ColumnType::kBigint, true},
              {"indicator", ColumnType::kText, true},
              {"place", ColumnType::kBigint, true},
              {"period", ColumnType::kText, true},
              {"kind", ColumnType::kText, true},
              {"value", ColumnType::kText, true},
              {"document", ColumnType::kText, true},
              {"reason", ColumnType::kText, true},
              {"entered_by", ColumnType::kText, true},
              {"entered_at", ColumnType::kBigint, true},
              {"seq", ColumnType::kBigint, true},
              {"organ", ColumnType::kText, false}},
         .primary_key = {"town", "id"},
         .indexes =
             {{.name = "figure_entry_of",
               .columns = {"town", "indicator", "place", "period"},
               .unique = false,
               .where = {}}}}
    );
}

audit::VouchedTable VouchedEntries() {
    return {
        .table = "figure_entry",
        .name = "采用数、预计数",
        .key = {"id"},
        .columns =
            {"indicator",
             "place",
             "period",
             "kind",
             "value",
             "document",
             "reason",
             "entered_by",
             "entered_at",
             "seq"},
        .where = {},
        .children = {},
        .later = {"organ"}};
}

void SaveEntry(store::Connection& connection, int64_t town, const Entry& entry) {
    connection.Run(
        "insert into figure_entry (town, id, indicator, place, period, kind, value, document, "
        "reason, entered_by, "
        "entered_at, seq, organ) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {town,
         entry.id,
         entry.indicator,
         entry.place,
         ToText(entry.period),
         std::string(entry.adopted ? "adopted" : "forecast"),
         ToText(entry.value),
         entry.document,
         entry.reason,
         entry.by,
         entry.at_millis,
         entry.seq,
         entry.organ.empty() ? store::Value() : store::Value(entry.organ)}
    );
}

std::optional<Entry> LatestEntry(
    store::Connection& connection,
    int64_t town,
    const std::string& indicator,
    int64_t place,
    const Period& period,
    std::optional<int64_t> as_of_seq
) {
    std::string sql = std::string(kSelect) + " and indicator = ? and place = ? and period = ?";
    std::vector<store::Value> values = {town, indicator, place, ToText(period)};
    if (as_of_seq) {
        sql += " and seq <= ?";
        values.emplace_back(*as_of_seq);
    }
    std::optional<Entry> entry;
    connection.Query(
        sql + " order by seq desc, id desc limit 1",
        values,
        [&](const store::Statement& row) { entry = ReadEntry(row); }
    );
    return entry;
}

std::vector<Entry> AllEntries(store::Connection& connection, int64_t town) {
    std::vector<Entry> entries;
    connection.Query(
        std::string(kSelect) + " order by seq desc, id desc",
        {town},
        [&](const store::Statement& row) { entries.push_back(ReadEntry(row)); }
    );
    return entries;
}

}  // namespace zw::indicator
