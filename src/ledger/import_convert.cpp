#include "ledger/import_convert.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace zw::ledger {
namespace {

constexpr int kFirstYear = 1949;

const sheet::Cell& CellAt(const sheet::TableRow& row, int index) {
    static const sheet::Cell kEmpty;
    const auto at = static_cast<size_t>(index - 1);
    return at < row.cells.size() ? row.cells[at] : kEmpty;
}

bool FilledDown(const sheet::TableRow& row, int index) {
    const auto at = static_cast<size_t>(index - 1);
    return at < row.filled.size() && row.filled[at];
}

}  // namespace

struct RowConverter::State {
    ConvertedRow& out;
    const SheetPlan& plan;
    int row = 0;
    std::set<int>
        said;  // columns that have a finding: shared columns are read once for each record

    void Add(
        Severity severity,
        const std::string& code,
        Words message,
        int column,
        const std::string& field,
        const std::string& value
    ) {
        if (column != 0 && !said.insert(column).second) {
            return;
        }
        Finding finding;
        finding.severity = severity;
        finding.code = code;
        finding.Say(std::move(message));
        finding.file = plan.context.file;
        finding.sheet = plan.context.sheet;
        finding.row = row;
        finding.column = column == 0 ? "" : sheet::ColumnLetters(column);
        finding.field = field;
        finding.value = value;
        out.findings.push_back(std::move(finding));
        out.refused = out.refused || severity == Severity::kRefused;
    }

    void Refuse(
        const Problem& problem, int column, const std::string& field, const std::string& value
    ) {
        Add(Severity::kRefused,
            problem.code(),
            {problem.Message(), problem.Message(true)},
            column,
            field,
            value);
    }
};

bool RowConverter::HoldsValue(const sheet::TableRow& row, const PlannedColumn& column) const {
    const bool standing = column.field == plan_.period_field || FilledDown(row, column.index);
    return !standing &&
           sheet::ReadText(CellAt(row, column.index), reader_.vocabulary()).has_value();
}

bool RowConverter::GroupHoldsValue(const sheet::TableRow& row, size_t group) const {
    const auto& columns = plan_.groups[group].columns;
    return std::any_of(columns.begin(), columns.end(), [&](const PlannedColumn& column) {
        return HoldsValue(row, column);
    });
}

std::optional<int64_t> RowConverter::ReadPlace(const sheet::TableRow& row, State& state) const {
    for (const int index : plan_.place_columns) {
        const sheet::Cell& cell = CellAt(row, index);
        try {
            if (const auto place = reader_.ReadPlace(cell)) {
                return place;
            }
        } catch (const Problem& problem) {
            state.Refuse(problem, index, "place", cell.text);
            return std::nullopt;
        }
    }
    if (plan_.place) {
        return plan_.place;
    }
    if (plan_.placed_by != nullptr) {
        return std::nullopt;  // known when what the row refers to is found
    }
    if (!NeedsPlace(*plan_.type) && !plan_.place_down) {
        if (!plan_.place_columns.empty()) {
            const std::string& town = reader_.places().town_itself().name;
            state.Add(
                Severity::kNote,
                "missing_place",
                CatalogueWords("place_is_town", {{"value", town}}),
                plan_.place_columns.front(),
                "place",
                ""
            );
        }
        return reader_.places().town_itself().id;
    }
    state.Refuse(
        Problem("missing_place"),
        plan_.place_columns.empty() ? 0 : plan_.place_columns.front(),
        "place",
        ""
    );
    return std::nullopt;
}

bool RowConverter::NamesPlace(const sheet::TableRow& row) const {
    const auto names = [&](int index) {
        const auto text = sheet::ReadText(CellAt(row, index), reader_.vocabulary());
        return text && reader_.PlaceOf(*text).has_value();
    };
    return std::any_of(plan_.place_columns.begin(), plan_.place_columns.end(), names);
}

Value RowConverter::PeriodOfColumns(const sheet::TableRow& row, int& at) const {
    const Grain grain = plan_.period_field->type.grain;
    std::optional<int> year = plan_.year;
    std::string text;
    for (const int index : plan_.period_columns) {
        const sheet::Cell& cell = CellAt(row, index);
        if (!sheet::ReadText(cell, reader_.vocabulary())) {
            continue;
        }
        if (plan_.period_columns.size() == 1 &&
            !reader_.PeriodPart(cell.text, grain, year.value_or(2000))) {
            return reader_.Read(*plan_.period_field, cell).value;
        }
        const auto named = reader_.PeriodIn(cell.text, Grain::kYear);
        year = named ? std::optional(named->last.year) : year;
        if (!named) {
            text = cell.text;
            at = index;
        }
    }
    if (text.empty()) {
        return {};
    }
    if (const auto period = year ? reader_.PeriodPart(text, grain, *year) : std::nullopt) {
        return *period;
    }
    throw Problem(
        "bad_period",
        {{"value", text}, {"grain", GrainWord(grain)}, {"example", GrainExample(grain)}}
    );
}

void RowConverter::SetPeriod(
    const sheet::TableRow& row, size_t group, ConvertedRecord& record, State& state
) const {
    if (plan_.period_field == nullptr || record.values.contains(plan_.period_field->id)) {
        return;
    }
    Value period;
    if (!plan_.period_columns.empty()) {
        int index = plan_.period_columns.front();
        try {
            period = PeriodOfColumns(row, index);
            JudgePeriod(period, index, plan_.period_field->id, state);
        } catch (const Problem& problem) {
            state.Refuse(problem, index, plan_.period_field->id, CellAt(row, index).text);
            return;
        }
    }
    if (formula::IsNull(period) && plan_.groups[group].period) {
        period = *plan_.groups[group].period;
    }
    if (formula::IsNull(period) && plan_.period) {
        period = *plan_.period;
    }
    if (!formula::IsNull(period)) {
        record.values[plan_.period_field->id] = period;
    }
}

void RowConverter::JudgePeriod(
    const Value& value, int column, const std::string& field, State& state
) const {
    const Period* period = std::get_if<Period>(&value);
    if (period == nullptr) {
        return;
    }
    // Targets are of what is to come.
    const bool may_come =
        !plan_.type->plays_target.empty() || PeriodOf(today_, period->grain).last >= period->last;
    if (period->last.year >= kFirstYear && may_come) {
        return;
    }
    const std::string said = ToChinese(*period);
    state.Add(
        Severity::kWarning,
        "period_unlikely",
        CatalogueWords("period_unlikely", {{"period", said}}),
        column,
        field,
        said
    );
}

bool RowConverter::PeriodInCells(size_t group) const {
    const auto columns = plan_.ColumnsOf(group);
    return !plan_.period_columns.empty() ||
           std::any_of(columns.begin(), columns.end(), [&](const PlannedColumn* column) {
               return column->field == plan_.period_field;
           });
}

std::vector<Finding> RowConverter::JudgeHeading(int heading) const {
    ConvertedRow out;
    State state{out, plan_, heading, {}};
    bool around = false;
    for (size_t group = 0; group < plan_.groups.size() && plan_.period_field != nullptr; ++group) {
        const PlannedGroup& one = plan_.groups[group];
        if (PeriodInCells(group)) {
            continue;
        }
        if (one.period && !one.columns.empty()) {
            JudgePeriod(*one.period, one.columns.front().index, plan_.period_field->id, state);
        } else if (plan_.period && !around) {
            around = true;
            JudgePeriod(*plan_.period, 0, plan_.period_field->id, state);
        }
    }
    return std::move(out.findings);
}

void RowConverter::ReadCell(
    const sheet::TableRow& row, const PlannedColumn& column, ConvertedRecord& record, State& state
) const {
    const sheet::Cell& cell = CellAt(row, column.index);
    const definition::Field& field = *column.field;
    try {
        CellValue read = reader_.Read(field, cell, column.reading);
        if (!read.note.empty()) {
            const bool look = read.note == "ambiguous_month" || read.note == "date_in_number";
            const Severity severity = look ? Severity::kWarning : Severity::kNote;
            state.Add(severity, read.note, read.note_text, column.index, field.id, cell.text);
        }
        if (formula::IsNull(read.value)) {
            return;
        }
        if (auto* text = std::get_if<std::string>(&read.value);
            text != nullptr && field.type.kind == formula::Kind::kText) {
            // Keys are compared as names are: width and spaces mean nothing.
            *text = InKey(*plan_.type, field.id) && field.format == definition::Format::kNone
                        ? Normalise(*text)
                        : *text;
        }
        if (field.type.kind == formula::Kind::kRef) {
            const auto same = [&](const ReferenceText& one) { return one.field == &field; };
            auto found = std::find_if(record.references.begin(), record.references.end(), same);
            if (found == record.references.end()) {
                found =
                    record.references.insert(record.references.end(), ReferenceText{&field, {}});
            }
            found->parts[column.referred] = std::get<std::string>(read.value);
            return;
        }
        JudgePeriod(read.value, column.index, field.id, state);
        record.values[field.id] = std::move(read.value);
        if (read.precision && *read.precision != DatePrecision::kDay) {
            record.precision[field.id] = *read.precision;
        }
    } catch (const Problem& problem) {
        state.Refuse(problem, column.index, field.id, cell.text);
    }
}

void RowConverter::ConvertGroup(const sheet::TableRow& row, size_t group, State& state) const {
    ConvertedRecord record;
    record.group = group;
    for (const PlannedColumn* column : plan_.ColumnsOf(group)) {
        ReadCell(row, *column, record, state);
    }
    if (plan_.groups[group].into != nullptr) {
        record.values[plan_.groups[group].into->id] = plan_.groups[group].into_value;
    }
    SetPeriod(row, group, record, state);
    state.out.records.push_back(std::move(record));
}

// A row of which a column says that it stands for several things, where the ledger counts rows.
void RowConverter::CheckStandsForOne(const sheet::TableRow& row, State& state) const {
    for (const CountingColumn& column : plan_.counting) {
        const sheet::Cell& cell = CellAt(row, column.index);
        std::optional<sheet::NumberReading> said;
        try {
            said = sheet::ReadNumber(cell, reader_.vocabulary());
        } catch (const Problem&) {
            continue;  // a remark: the column is none of the ledger's
        }
        if (said && said->value.units != PowerOfTen(said->value.scale)) {
            const Problem problem(
                "stands_for_several",
                {{"heading", column.heading}, {"value", ToText(said->value)}, {"unit", column.unit}}
            );
            state.Refuse(problem, column.index, "", cell.text);
        }
    }
}

ConvertedRow RowConverter::Convert(const sheet::TableRow& row) const {
    ConvertedRow out;
    State state{out, plan_, row.number, {}};
    const bool reported = plan_.type->reported.has_value();
    const bool shared_value =
        std::any_of(plan_.shared.begin(), plan_.shared.end(), [&](const PlannedColumn& column) {
            return HoldsValue(row, column);
        });
    std::vector<size_t> blank;
    for (size_t group = 0; group < plan_.groups.size(); ++group) {
        if (GroupHoldsValue(row, group) ||
            (shared_value && !plan_.unpivot && plan_.groups.size() == 1)) {
            ConvertGroup(row, group, state);
        } else {
            blank.push_back(group);
        }
    }
    const auto place = out.records.empty() ? std::nullopt : ReadPlace(row, state);
    for (ConvertedRecord& record : out.records) {
        record.place = place.value_or(0);
    }
    if (!out.records.empty()) {
        CheckStandsForOne(row, state);
    } else {
        out.content = reported && NamesPlace(row) ? RowContent::kNotReported : RowContent::kEmpty;
    }
    if (reported &&
        (out.content == RowContent::kNotReported || (!out.records.empty() && !plan_.unpivot))) {
        for (const size_t group : plan_.unpivot ? std::vector<size_t>{0} : blank) {
            const auto& period =
                plan_.groups[group].period ? plan_.groups[group].period : plan_.period;
            state.Add(
                Severity::kNote,
                "not_reported",
                CatalogueWords("not_reported", {{"period", period ? ToChinese(*period) : ""}}),
                0,
                "",
                ""
            );
        }
    }
    if (out.content == RowContent::kEmpty) {
        state.Add(Severity::kNote, "empty_row", CatalogueWords("empty_row", {}), 0, "", "");
    }
    if (out.refused) {
        out.records.clear();
    }
    return out;
}

}  // namespace zw::ledger
