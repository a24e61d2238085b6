#include "ledger/row_titles.h"

#include "ledger/record_row.h"
#include "ledger/rules.h"
#include "ledger/schema.h"
#include "ledger/title.h"

namespace zw::ledger {

std::vector<std::map<std::string, std::string>> RowTitles(
    const Ledger& ledger,
    const access::Actor& actor,
    const std::string& record,
    const std::vector<Record>& rows
) {
    const LedgerServices& services = ledger.services();
    const definition::RecordType& type = *ledger.schema().Of(record).type;
    const auto reader = services.database.Read();
    store::Connection& connection = reader->connection();
    const RuleValues rules = ledger.Rules(connection);
    const SqlContext context{
        *services.model, ledger.schema(), rules, services.clock.Today(), std::nullopt};
    RowSource source(connection, ledger.reader(), context, services.town);

    std::vector<std::map<std::string, std::string>> titles(rows.size());
    for (size_t i = 0; i < rows.size(); ++i) {
        for (const definition::Field& field : type.fields) {
            const auto value = rows[i].values.find(field.id);
            if (value == rows[i].values.end() || formula::IsNull(value->second)) {
                continue;
            }
            if (auto name = DefinedName(*services.model, type, field, value->second)) {
                titles[i][field.id] = std::move(*name);
            } else if (field.type.kind == formula::Kind::kRef) {
                titles[i][field.id] = DisplayText(source, field, value->second, actor);
            }
        }
    }
    return titles;
}

}  // namespace zw::ledger
