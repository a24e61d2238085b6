#include "audit/vouch.h"

#include "audit/encoding.h"
#include "base/crypto.h"
#include "base/text.h"
#include "store/schema.h"

namespace zw::audit {

namespace {

constexpr const char* kBegins = "*";  // no table is called so

void Encode(Encoder& encoder, const store::Value& value) {
    if (const auto* number = std::get_if<int64_t>(&value)) {
        encoder.Number('n', *number);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        encoder.Text('s', *text);
    } else {
        encoder.Text('0', "");
    }
}

std::string KeyText(const store::Value& value) {
    const auto* number = std::get_if<int64_t>(&value);
    const auto* text = std::get_if<std::string>(&value);
    return number != nullptr ? std::to_string(*number) : text != nullptr ? *text : std::string();
}

// The digest of a row's columns, then of its children.
std::string DigestOf(
    store::Connection& connection,
    int64_t town,
    const VouchedTable& table,
    const std::vector<std::string>& names,
    const std::vector<store::Value>& values
) {
    Encoder encoder;
    encoder.Text('t', table.table);
    const size_t later = names.size() - table.later.size();
    for (size_t i = 0; i < names.size(); ++i) {
        if (i < later || !std::holds_alternative<std::monostate>(values[i])) {
            encoder.Text('c', names[i]);
            Encode(encoder, values[i]);
        }
    }
    for (const VouchedChild& child : table.children) {
        encoder.Text('t', child.table);
        connection.Query(
            "select " + child.column + " from " + child.table + " where town = ? and " +
                child.parent + " = ? order by " + child.column,
            {town, values.front()},
            [&](const store::Statement& row) { Encode(encoder, row.Get(0)); }
        );
    }
    return ToHex(Sm3(encoder.bytes()));
}

}  // namespace

void CreateVouchedTable(store::Connection& connection) {
    using store::ColumnType;
    store::EnsureTable(
        connection,
        {.name = "vouched",
         .columns =
             {{"town", ColumnType::kBigint, true},
              {"source", ColumnType::kText, true},
              {"row_key", ColumnType::kText, true},
              {"seq", ColumnType::kBigint, true},
              {"digest", ColumnType::kText, true}},
         .primary_key = {"town", "source", "row_key", "seq"},
         .indexes = {{"vouched_seq", {"town", "seq"}, false, ""}}}
    );
}

std::vector<VouchedRow> VouchFor(
    store::Connection& connection,
    int64_t town,
    const VouchedTable& table,
    const std::string& condition,
    const std::vector<store::Value>& values
) {
    std::vector<std::string> names = table.key;
    names.insert(names.end(), table.columns.begin(), table.columns.end());
    names.insert(names.end(), table.later.begin(), table.later.end());
    std::string sql = "select " + Join(names, ", ") + " from " + table.table + " where town = ?";
    for (const std::string& part : {table.where, condition}) {
        sql += part.empty() ? "" : " and " + part;
    }
    std::vector<store::Value> bound = {town};
    bound.insert(bound.end(), values.begin(), values.end());
    std::vector<std::vector<store::Value>> found;
    connection
        .Query(sql + " order by " + Join(table.key, ", "), bound, [&](const store::Statement& row) {
            found.emplace_back();
            for (size_t i = 0; i < names.size(); ++i) {
                found.back().push_back(row.Get(static_cast<int>(i)));
            }
        });
    std::vector<VouchedRow> rows;
    for (const std::vector<store::Value>& row : found) {
        std::vector<std::string> key;
        for (size_t i = 0; i < table.key.size(); ++i) {
            key.push_back(KeyText(row[i]));
        }
        rows.push_back({table.table, Join(key, "|"), DigestOf(connection, town, table, names, row)}
        );
    }
    return rows;
}

bool Vouches(store::Connection& connection, int64_t town) {
    return !connection
                .First(
                    "select 1 from vouched where town = ? and source = ? limit 1",
                    {town, std::string(kBegins)}
                )
                .empty();
}

VouchedRow VouchingBegins() {
    return {kBegins, "", ""};
}

std::string WithVouched(const std::string& rows_digest, const std::vector<VouchedRow>& rows) {
    if (rows.empty()) {
        return rows_digest;
    }
    Encoder encoder;
    encoder.Text('r', rows_digest);
    for (const VouchedRow& row : rows) {
        encoder.Text('t', row.table);
        encoder.Text('k', row.key);
        encoder.Text('d', row.digest);
    }
    return ToHex(Sm3(encoder.bytes()));
}

}  // namespace zw::audit
