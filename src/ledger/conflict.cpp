#include "ledger/conflict.h"

#include <vector>

#include "base/text.h"
#include "ledger/checks.h"
#include "ledger/masking.h"

namespace zw::ledger {

std::string LastWriter(
    store::Connection& connection, const Table& table, int64_t town, const Record& row
) {
    std::string by;
    connection.Query(
        "select l.by from " + table.versions +
            " v join log l on l.town = v.town and l.seq = v.seq_from "
            "where v.town = ? and v.id = ? and v.version = ?",
        {town, row.id, row.version},
        [&](const store::Statement& found) { by = found.Text(0); }
    );
    return by;
}

std::string ConflictList(
    const access::Actor& actor, const Table& table, const Record& now, const Values& values
) {
    std::vector<std::string> lines;
    for (const auto& [id, value] : values) {
        const definition::Field& field = *table.Find(id)->field;
        const auto stored = now.values.find(id);
        formula::Value theirs = stored == now.values.end() ? formula::Value() : stored->second;
        if (!actor.unmask) {
            theirs = MaskValue(field, theirs);
        }
        lines.push_back(
            field.name.zh + "：现为“" + formula::ToText(theirs) + "”，您要改为“" +
            formula::ToText(value) + "”"
        );
    }
    return Join(lines, "\n");
}

Finding StaleFinding(
    store::Connection& connection,
    const access::Actor& actor,
    const Table& table,
    int64_t town,
    const Record& now,
    const Values& values
) {
    return MakeFinding(
        "stale_version",
        nullptr,
        {{"by", LastWriter(connection, table, town, now)},
         {"list", ConflictList(actor, table, now, values)}}
    );
}

}  // namespace zw::ledger
