#include "ledger/return_counts.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

#include "ledger/checks.h"
#include "ledger/record_sql.h"
#include "store/schema.h"

namespace zw::ledger {

namespace {

bool IsZero(const formula::Value& value) {
    if (const auto* number = std::get_if<int64_t>(&value)) {
        return *number == 0;
    }
    const auto* decimal = std::get_if<Decimal>(&value);
    return decimal != nullptr && decimal->units == 0;
}

std::optional<Period> PeriodReported(const definition::Reported& reported, const Record& row) {
    const auto found = row.values.find(reported.at);
    if (found == row.values.end()) {
        return std::nullopt;
    }
    if (const auto* period = std::get_if<Period>(&found->second)) {
        return PeriodOf(period->last, reported.every);
    }
    if (const auto* date = std::get_if<Date>(&found->second)) {
        return PeriodOf(*date, reported.every);
    }
    const auto* year = std::get_if<int64_t>(&found->second);
    const bool possible = year != nullptr && *year >= 1 && *year <= 9999;
    return possible ? std::optional(YearPeriod(static_cast<int>(*year))) : std::nullopt;
}

// A value in it makes the row a return.
bool IsCounted(const definition::RecordType& type, const definition::Field& field) {
    const bool keyed = std::find(type.key.begin(), type.key.end(), field.id) != type.key.end();
    return field.reported_value && !keyed && field.id != type.reported->at;
}

// Everything of the definition that decides what is counted; empty for a type that is not reported.
std::string CountedBy(const definition::RecordType& type) {
    if (!type.reported) {
        return "";
    }
    std::string text = std::string(GrainWord(type.reported->every)) + " " + type.reported->at + ":";
    for (const definition::Field& field : type.fields) {
        text += IsCounted(type, field) ? " " + field.id : "";
    }
    return text;
}

struct Count {
    int64_t with_value = 0;
    int64_t not_zero = 0;
    int64_t seq = 0;
};
using Counts = std::map<std::pair<std::string, int64_t>, Count>;  // by last day and place

Counts CountRows(store::Connection& connection, int64_t town, const Table& table) {
    Counts counts;
    ForEachReturn(connection, town, table, kStands - 1, [&](const ReturnRow& row) {
        Count& count = counts[{ToText(row.period.last), row.place}];
        ++count.with_value;
        count.not_zero += row.not_zero ? 1 : 0;
        count.seq = std::max(count.seq, row.seq);
    });
    return counts;
}

void CountAnew(store::Connection& connection, int64_t town, const Table& table) {
    const std::string& record = table.type->id;
    connection.Run("delete from returned_rows where town = ? and record = ?", {town, record});
    if (!table.type->reported) {
        return;
    }
    for (const auto& [where, count] : CountRows(connection, town, table)) {
        connection.Run(
            "insert into returned_rows (town, record, place, period, with_value, not_zero, seq) "
            "values (?, ?, ?, ?, ?, ?, ?)",
            {town, record, where.second, where.first, count.with_value, count.not_zero, count.seq}
        );
    }
}

Counts Kept(store::Connection& connection, int64_t town, const std::string& record) {
    Counts counts;
    connection.Query(
        "select period, place, with_value, not_zero from returned_rows where town = ? and record = "
        "? and (with_value <> 0 or not_zero <> 0)",
        {town, record},
        [&](const store::Statement& row) {
            counts[{std::string(row.Text(0)), row.Int(1)}] = {row.Int(2), row.Int(3), 0};
        }
    );
    return counts;
}

Finding Difference(
    const definition::RecordType& type,
    const Counts::key_type& where,
    const Count& kept,
    const Count& right
) {
    const auto said = [](const Count& count) {
        return std::to_string(count.with_value) + "/" + std::to_string(count.not_zero);
    };
    Finding finding = MakeFinding(
        "return_counts_differ",
        nullptr,
        {{"record", type.name.zh},
         {"record_en", type.name.Both().en},
         {"place", std::to_string(where.second)},
         {"day", where.first},
         {"stored", said(kept)},
         {"right", said(right)}}
    );
    finding.sheet = type.name.zh;
    return finding;
}

}  // namespace

std::optional<std::pair<Period, bool>> ReturnOf(
    const definition::RecordType& type, const Record& row
) {
    if (!type.reported || row.state != "live") {
        return std::nullopt;
    }
    const std::optional<Period> period = PeriodReported(*type.reported, row);
    if (!period) {
        return std::nullopt;
    }
    bool any = false;
    bool not_zero = false;
    for (const definition::Field& field : type.fields) {
        const auto value = row.values.find(field.id);
        if (!IsCounted(type, field) || value == row.values.end() ||
            formula::IsNull(value->second)) {
            continue;
        }
        any = true;
        not_zero = not_zero || !IsZero(value->second);
    }
    return any ? std::optional(std::make_pair(*period, not_zero)) : std::nullopt;
}

void ForEachReturn(
    store::Connection& connection,
    int64_t town,
    const Table& table,
    int64_t seq,
    const std::function<void(const ReturnRow&)>& each
) {
    std::string select = "select v.place, v.seq_from";
    for (const Column& column : table.columns) {
        select += ", v." + column.name;
    }
    connection.Query(
        select + " from " + FromRows(table, "v", town, seq),
        {},
        [&](const store::Statement& row) {
            Record record;
            for (size_t n = 0; n < table.columns.size(); ++n) {
                const definition::Field& field = *table.columns[n].field;
                record.values[field.id] = FromStore(
                    field.secret ? formula::Type{} : field.type, row.Get(static_cast<int>(n) + 2)
                );
            }
            if (const auto of = ReturnOf(*table.type, record)) {
                each({row.Int(0), row.Int(1), of->first, of->second});
            }
        }
    );
}

void BringReturnCounts(store::Connection& connection, int64_t town, const Schema& schema) {
    using store::ColumnType;
    store::EnsureTable(
        connection,
        {.name = "returned_set",
         .columns =
             {{"town", ColumnType::kBigint, true},
              {"record", ColumnType::kText, true},
              {"counted_by", ColumnType::kText, true}},
         .primary_key = {"town", "record"},
         .indexes = {}}
    );
    for (const Table& table : schema.tables()) {
        const std::string now = CountedBy(*table.type);
        const auto row = connection.First(
            "select counted_by from returned_set where town = ? and record = ?",
            {town, table.type->id}
        );
        if (!row.empty() && std::get<std::string>(row.front()) == now) {
            continue;
        }
        CountAnew(connection, town, table);
        connection.Run(
            "insert into returned_set (town, record, counted_by) values (?, ?, ?) on conflict "
            "(town, record) do update set counted_by = excluded.counted_by",
            {town, table.type->id, now}
        );
    }
}

std::vector<Finding> FindReturnDifferences(
    store::Connection& connection, int64_t town, const Schema& schema
) {
    std::vector<Finding> findings;
    for (const Table& table : schema.tables()) {
        if (!table.type->reported) {
            continue;
        }
        Counts right = CountRows(connection, town, table);
        const Counts kept = Kept(connection, town, table.type->id);
        for (const auto& [where, count] : kept) {
            right[where];  // one that is kept without rows is wrong, too
        }
        for (const auto& [where, count] : right) {
            const auto found = kept.find(where);
            const Count stored = found == kept.end() ? Count{} : found->second;
            if (std::tie(stored.with_value, stored.not_zero) !=
                std::tie(count.with_value, count.not_zero)) {
                findings.push_back(Difference(*table.type, where, stored, count));
            }
        }
    }
    return findings;
}

}  // namespace zw::ledger
