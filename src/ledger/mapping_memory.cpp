#include "ledger/mapping_memory.h"

namespace zw::ledger {
namespace {

constexpr std::string_view kTable = "import_mapping";

ValueSource WithoutFixed(const ValueSource& source) {
    ValueSource out = source.kind == SourceKind::kFixed ? ValueSource{} : source;
    out.down = false;  // the next file of the form may forget a name: asked again
    return out;
}

}  // namespace

std::optional<SheetMapping> RecallMapping(
    store::Connection& connection,
    int64_t town,
    const std::string& digest,
    const definition::Model& model
) {
    if (!connection.TableExists(kTable)) {
        return std::nullopt;
    }
    const auto row = connection.First(
        "select mapping from import_mapping where town = ? and digest = ?", {town, digest}
    );
    if (row.empty()) {
        return std::nullopt;
    }
    try {
        const Mapping mapping = ParseMapping(std::get<std::string>(row.front()), model);
        return mapping.sheets.empty() ? std::nullopt : std::optional(mapping.sheets.front());
    } catch (const Problem&) {
        return std::nullopt;
    }
}

void RememberMapping(
    store::Connection& connection,
    int64_t town,
    const std::string& digest,
    const SheetMapping& mapping,
    int64_t now_millis
) {
    if (!connection.TableExists(kTable)) {
        connection.Run(
            "create table import_mapping (town bigint not null, digest text not null, mapping text "
            "not null, at_millis bigint not "
            "null, primary key (town, digest))"
        );
    }
    SheetMapping kept = mapping;
    kept.file = "*";
    kept.match = "*";
    kept.table = 0;
    kept.period = WithoutFixed(kept.period);
    kept.place = WithoutFixed(kept.place);
    connection.Run("delete from import_mapping where town = ? and digest = ?", {town, digest});
    connection.Run(
        "insert into import_mapping (town, digest, mapping, at_millis) values (?, ?, ?, ?)",
        {town, digest, ToToml(Mapping{{kept}}), now_millis}
    );
}

}  // namespace zw::ledger
