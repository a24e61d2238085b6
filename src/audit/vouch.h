#pragma once
// Rows that stand beside the versions of records: figures entered by hand, returns given by hand,
// sealed editions, texts of definitions, places, accounts. Whoever writes one gives its digest to
// the log entry of the write; the entry's rows_digest holds it, and verify looks whether the row
// still is what was vouched for last.

#include <cstdint>
#include <string>
#include <vector>

#include "store/database.h"

namespace zw::audit {

// Rows of another table that belong to a row: (town, parent, column).
struct VouchedChild {
    std::string table;
    std::string parent;
    std::string column;
};

struct VouchedTable {
    std::string table;
    std::string name;                    // 采用数、预计数
    std::vector<std::string> key;        // beside town
    std::vector<std::string> columns;    // the others that the digest holds
    std::string where;                   // only such rows are vouched for; empty: all
    std::vector<VouchedChild> children;  // what they hold enters the digest too
    // Columns that the table got later: a null one leaves no trace, so that the digests of older
    // rows stay true.
    std::vector<std::string> later = {};
};

struct VouchedRow {
    std::string table;
    std::string key;
    std::string digest;  // hex

    bool operator==(const VouchedRow&) const = default;
};

// vouched(town, source, row_key, seq, digest): what each log entry vouched for. Made with the log.
void CreateVouchedTable(store::Connection& connection);

// The rows as they stand, those of `condition` only where it is given. In order of their keys.
std::vector<VouchedRow> VouchFor(
    store::Connection& connection,
    int64_t town,
    const VouchedTable& table,
    const std::string& condition = {},
    const std::vector<store::Value>& values = {}
);

// Whether the log vouches for rows beside the versions from some entry on: a town that an older
// program has made does once all of its rows have been vouched for, with the mark.
bool Vouches(store::Connection& connection, int64_t town);
VouchedRow VouchingBegins();

// The rows_digest of an entry that vouches for these rows as well as for its versions; without rows
// that of the versions. In order of table and key.
std::string WithVouched(const std::string& rows_digest, const std::vector<VouchedRow>& rows);

}  // namespace zw::audit
