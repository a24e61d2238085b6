#pragma once
// A Query as SQL: filter, scope, sort and keyset paging (each page begins after the last row of the
// one before, whatever was written in between).

#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "ledger/record_sql.h"
#include "ledger/row_store.h"

namespace zw::ledger {

struct QuerySql {
    std::string where;  // from "from …" on, all conditions but the cursor's
    std::vector<store::Value> values;
    std::vector<std::string> sort_columns;  // SQL of the sort keys, id last
    std::vector<bool> descending;
    std::string sort_text;  // what a cursor must have been made for
};

// Throws "not_found", "secret_filter", "masked_filter", "scope_filter", formula problems.
QuerySql BuildQuery(
    const SqlContext& context,
    const RowReader& reader,
    int64_t town,
    const access::Actor& actor,
    const Query& query
);

// Condition that a row stands after the cursor; appends its values. Throws "bad_cursor".
std::string AfterCursor(
    const QuerySql& sql, const std::string& cursor, std::vector<store::Value>& values
);
std::string MakeCursor(const QuerySql& sql, const std::vector<store::Value>& keys);
// " order by …": nulls last, whatever the direction.
std::string OrderBy(const QuerySql& sql);

}  // namespace zw::ledger
