#include "indicator/targets.h"

namespace zw::indicator {

namespace {

// The target record's fields as they stand in the table.
struct TargetColumns {
    const ledger::Table& table;
    const std::map<std::string, std::string>& parts;

    const ledger::Column* Find(const std::string& part) const {
        const auto field = parts.find(part);
        return field == parts.end() ? nullptr : table.Find(field->second);
    }
    formula::Value Read(const std::string& part, const store::Value& stored) const {
        return ledger::FromStore(Find(part)->field->type, stored);
    }
};

bool SamePeriod(const formula::Value& value, const Period& period) {
    if (const auto* own = std::get_if<Period>(&value)) {
        return *own == period;
    }
    const auto* year = std::get_if<int64_t>(&value);
    return year != nullptr && period.grain == Grain::kYear && *year == period.last.year;
}

}  // namespace

std::optional<Figures::Target> FindTarget(
    const View& view, const definition::Indicator& indicator, int64_t place, const Period& period
) {
    const definition::RecordType* type = view.town().model.TargetRecord();
    if (type == nullptr) {
        return std::nullopt;
    }
    const TargetColumns columns{view.town().schema.Of(type->id), type->plays_target};
    const std::vector<std::string> parts = {"period", "value", "document", "due"};
    std::string select = "select r.id";
    for (const std::string& part : parts) {
        const ledger::Column* column = columns.Find(part);
        select += column == nullptr ? ", null" : ", r." + column->name;
    }
    const access::Place* asked = view.places().Find(place);
    if (asked == nullptr || asked->kind == access::PlaceKind::kTownItself) {
        return std::nullopt;
    }
    const int64_t row_place =
        asked->kind == access::PlaceKind::kTown ? view.places().town_itself().id : place;
    std::optional<Figures::Target> found;
    view.connection().Query(
        select + " from " + ledger::FromRows(columns.table, "r", view.town().id, view.as_of_seq()) +
            " and r." + columns.Find("indicator")->name + " = ? and r.place = ? order by r.id",
        {indicator.id, row_place},
        [&](const store::Statement& row) {
            if (!SamePeriod(columns.Read("period", row.Get(1)), period) || row.IsNull(2)) {
                return;
            }
            Figures::Target target;
            target.record_id = row.Int(0);
            const formula::Value value = columns.Read("value", row.Get(2));
            const auto* whole = std::get_if<int64_t>(&value);
            target.value = whole != nullptr ? Decimal{*whole, 0} : std::get<Decimal>(value);
            target.document = row.IsNull(3) ? "" : std::string(row.Text(3));
            if (!row.IsNull(4)) {
                target.due = ParseIsoDate(row.Text(4));
            }
            found = target;
        }
    );
    return found;
}

}  // namespace zw::indicator
