#include "audit/log.h"

#include <map>
#include <utility>

#include "audit/encoding.h"
#include "store/schema.h"

namespace zw::audit {

namespace {

LoggedEntry ReadRow(const store::Statement& row, int64_t town) {
    LoggedEntry logged;
    logged.seq = row.Int(0);
    logged.entry.town = town;
    logged.entry.at = row.Int(1);
    logged.entry.by = row.Text(2);
    logged.entry.why = row.Text(3);
    logged.entry.batch = row.IsNull(4) ? std::nullopt : std::optional(row.Int(4));
    logged.entry.definitions = row.Text(5);
    logged.entry.rows_digest = row.Text(6);
    logged.mac = row.Text(7);
    return logged;
}

// Returns the rows_digest of the entry. What stands under this number or a later one was put there
// by somebody else.
std::string SaveVouched(store::Connection& connection, const Entry& entry, int64_t seq) {
    connection.Run("delete from vouched where town = ? and seq >= ?", {entry.town, seq});
    std::map<std::pair<std::string, std::string>, std::string> digests;
    for (const VouchedRow& row : entry.vouched) {
        digests[{row.table, row.key}] = row.digest;
    }
    std::vector<VouchedRow> rows;
    for (const auto& [where, digest] : digests) {
        rows.push_back({where.first, where.second, digest});
        connection.Run(
            "insert into vouched (town, source, row_key, seq, digest) values (?, ?, ?, ?, ?)",
            {entry.town, where.first, where.second, seq, digest}
        );
    }
    return WithVouched(entry.rows_digest, rows);
}

// `at`, or the moment after the newest entry's when that is later.
int64_t NotBefore(store::Connection& connection, const Head& newest, int64_t at) {
    const auto row =
        connection.First("select at from log where town=? and seq=?", {newest.town, newest.seq});
    const int64_t last = std::get<int64_t>(row[0]);
    return at < last ? last + 1 : at;
}

}  // namespace

void Log::CreateTable(store::Connection& connection) {
    using store::ColumnType;
    store::EnsureTable(
        connection,
        {.name = "log",
         .columns =
             {{"town", ColumnType::kBigint, true},
              {"seq", ColumnType::kBigint, true},
              {"at", ColumnType::kBigint, true},
              {"by", ColumnType::kText, true},
              {"why", ColumnType::kText, true},
              {"batch", ColumnType::kBigint, false},
              {"definitions", ColumnType::kText, true},
              {"rows_digest", ColumnType::kText, true},
              {"mac", ColumnType::kText, true}},
         .primary_key = {"town", "seq"},
         .indexes = {{"log_at", {"town", "at"}, false, ""}}}
    );
    CreateVouchedTable(connection);
}

std::optional<Head> Log::Newest(store::Connection& connection, int64_t town) {
    const auto row =
        connection.First("select seq, mac from log where town=? order by seq desc limit 1", {town});
    if (row.empty()) {
        return std::nullopt;
    }
    return Head{town, std::get<int64_t>(row[0]), std::get<std::string>(row[1])};
}

int64_t Log::NextSeq(store::Connection& connection, int64_t town) {
    const auto newest = Newest(connection, town);
    return newest ? newest->seq + 1 : 1;
}

Head Log::Append(store::Connection& connection, const Entry& entry) const {
    const auto newest = Newest(connection, entry.town);
    const int64_t seq = newest ? newest->seq + 1 : 1;
    Entry whole = entry;
    if (newest) {
        whole.at = NotBefore(connection, *newest, entry.at);
    }
    whole.rows_digest = SaveVouched(connection, entry, seq);
    const std::string mac = MacOf(newest ? newest->mac : "", seq, whole);
    connection.Run(
        "insert into log(town, seq, at, by, why, batch, definitions, rows_digest, mac) "
        "values(?,?,?,?,?,?,?,?,?)",
        {entry.town,
         seq,
         whole.at,
         entry.by,
         entry.why,
         entry.batch ? store::Value(*entry.batch) : store::Value(),
         entry.definitions,
         whole.rows_digest,
         mac}
    );
    return {entry.town, seq, mac};
}

bool Log::Holds(store::Connection& connection, const Head& head) {
    const auto row =
        connection.First("select mac from log where town=? and seq=?", {head.town, head.seq});
    return !row.empty() && EqualInConstantTime(std::get<std::string>(row[0]), head.mac);
}

int64_t Log::SeqAt(store::Connection& connection, int64_t town, int64_t at) {
    const auto row =
        connection.First("select coalesce(max(seq),0) from log where town=? and at<=?", {town, at});
    return std::get<int64_t>(row[0]);
}

void Log::Each(
    store::Connection& connection,
    int64_t town,
    const std::function<void(const LoggedEntry&)>& entry
) {
    connection.Query(
        "select seq, at, by, why, batch, definitions, rows_digest, mac from log where town=? order "
        "by seq",
        {town},
        [&](const store::Statement& row) { entry(ReadRow(row, town)); }
    );
}

std::string Log::MacOf(const std::string& previous_mac, int64_t seq, const Entry& entry) const {
    Encoder encoder;
    encoder.Text('m', previous_mac);
    encoder.Number('t', entry.town);
    encoder.Number('n', seq);
    encoder.Number('a', entry.at);
    encoder.Text('b', entry.by);
    encoder.Text('w', entry.why);
    if (entry.batch) {
        encoder.Number('g', *entry.batch);
    }
    encoder.Text('d', entry.definitions);
    encoder.Text('r', entry.rows_digest);
    return ToHex(HmacSm3(key_.log_mac(), encoder.bytes()));
}

}  // namespace zw::audit
