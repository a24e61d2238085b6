#include "ledger/import_plan.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/not_found.h"
#include "base/text.h"
#include "sheet/words.h"

namespace zw::ledger {
namespace {

class Planner {
public:
    Planner(
        const CellReader& reader,
        const TableContext& context,
        const sheet::TableInfo& table,
        const SheetMapping& mapping
    )
        : reader_(reader), table_(table), mapping_(mapping) {
        plan_.context = context;
        plan_.type = reader.model().FindRecord(mapping.record);
        if (plan_.type == nullptr) {
            throw NotFound(Thing::kLedger, mapping.record);
        }
        plan_.period_field = PeriodField(*plan_.type);
    }

    SheetPlan Make(std::vector<ImportQuestion>& questions) {
        plan_.unpivot = mapping_.unpivot.has_value();
        FindSourceColumns();
        for (const sheet::Column& column : table_.columns) {
            PlaceColumn(column);
        }
        if (plan_.groups.empty()) {
            plan_.groups.emplace_back();
            plan_.groups.front().columns.swap(plan_.shared);
        }
        AskOfTwins(questions);
        FindPeriodAround(questions);
        FindPlaceAround(questions);
        return std::move(plan_);
    }

private:
    void FindSourceColumns() {
        const auto add = [&](const std::vector<std::string>& paths, std::vector<int>& indexes) {
            for (const std::string& path : paths) {
                for (const sheet::Column& column : table_.columns) {
                    if (PathKey(column) == PathKey(path)) {
                        indexes.push_back(column.index);
                        break;
                    }
                }
            }
        };
        if (mapping_.place.kind == SourceKind::kColumn) {
            add(mapping_.place.columns, plan_.place_columns);
            plan_.place_down = mapping_.place.down;
        }
        if (mapping_.period.kind == SourceKind::kColumn) {
            add(mapping_.period.columns, plan_.period_columns);
        }
        for (const sheet::Column& column : table_.columns) {
            if (TargetOf(mapping_, column) == "place") {
                plan_.place_columns.push_back(column.index);
            }
        }
    }

    PlannedColumn Planned(const sheet::Column& column, const std::string& target) const {
        const size_t dot = target.find('.');
        PlannedColumn out;
        out.index = column.index;
        out.letter = sheet::ColumnLetters(column.index);
        out.field = plan_.type->FindField(target.substr(0, dot));
        out.referred = dot == std::string::npos ? "" : target.substr(dot + 1);
        out.reading.ambiguous_month = mapping_.ambiguous_month;
        const auto unit =
            out.field == nullptr ? std::nullopt : reader_.UnitFor(*out.field, table_, column);
        if (unit || !column.unit.empty()) {
            out.reading.unit = unit ? unit->unit : reader_.UnitOf(column.unit);
        }
        const bool excluded = out.field != nullptr && out.reading.unit &&
                              !out.field->type.unit.IsNone() &&
                              !out.reading.unit->SameDimension(out.field->type.unit);
        if (excluded && column.unit == table_.title_unit) {
            // The title line's unit is that of the columns which can have it.
            out.reading.unit.reset();
        }
        return out;
    }

    bool IsComputed(const definition::Field* field) const {
        return std::any_of(
            plan_.type->computed.begin(),
            plan_.type->computed.end(),
            [&](const definition::Computed& one) { return &one.field == field; }
        );
    }

    PlannedGroup& GroupOf(
        const std::optional<Period>& period, const definition::Field* into, const std::string& value
    ) {
        for (PlannedGroup& group : plan_.groups) {
            if (group.period == period && group.into == into && group.into_value == value) {
                return group;
            }
        }
        plan_.groups.push_back({period, into, value, {}});
        return plan_.groups.back();
    }

    void PlaceColumn(const sheet::Column& column) {
        if (mapping_.unpivot && Unpivoted(column)) {
            return;
        }
        const std::string target = TargetOf(mapping_, column).value_or("");
        PlannedColumn planned = Planned(column, target);
        if (planned.field == nullptr || IsComputed(planned.field)) {
            const bool used = target == "place" || Contains(plan_.place_columns, column.index) ||
                              Contains(plan_.period_columns, column.index);
            if (!used) {
                plan_.ignored.push_back(column.name);
                NoteIfCounting(column);
            }
            return;
        }
        const std::optional<Period> period = GroupPeriod(column);
        if (period) {
            GroupOf(period, nullptr, "").columns.push_back(std::move(planned));
        } else {
            plan_.shared.push_back(std::move(planned));
        }
    }

    // 数量(座), 座数 where a row is one 座. What the mapping itself leaves out is nobody's
    // business.
    void NoteIfCounting(const sheet::Column& column) {
        if (TargetOf(mapping_, column)) {
            return;
        }
        std::string rest = Normalise(column.path.back());
        const std::string ending = sheet::EndingWord(rest, reader_.Words("count_endings"));
        rest.resize(rest.size() - ending.size());
        for (const definition::Indicator& indicator : reader_.model().indicators) {
            const std::string& unit = indicator.unit_text;
            const bool counts = std::any_of(
                indicator.sources.begin(),
                indicator.sources.end(),
                [&](const definition::IndicatorSource& source) {
                    return source.record == plan_.type->id && source.value &&
                           source.value->aggregate() == formula::Aggregate::kCount;
                }
            );
            const bool in_name = !unit.empty() && EndsWith(rest, unit);
            const std::string what = rest.substr(0, rest.size() - (in_name ? unit.size() : 0));
            const bool measured = in_name || (!unit.empty() && column.unit == unit);
            const bool named = what.empty() || indicator.name.zh.find(what) != std::string::npos ||
                               plan_.type->name.zh.find(what) != std::string::npos;
            if (counts && measured && named && !ending.empty()) {
                plan_.counting.push_back({column.index, column.path.back(), unit});
                return;
            }
        }
    }

    // Of two columns for one field the later would overwrite the earlier, unsaid.
    void AskOfTwins(std::vector<ImportQuestion>& questions) const {
        std::set<std::pair<int, int>> asked;
        for (size_t group = 0; group < plan_.groups.size(); ++group) {
            const auto columns = plan_.ColumnsOf(group);
            for (auto one = columns.begin(); one != columns.end(); ++one) {
                const auto twin = std::find_if(one + 1, columns.end(), [&](const auto* other) {
                    return other->field == (*one)->field && other->referred == (*one)->referred;
                });
                if (twin == columns.end() || !asked.emplace((*one)->index, (*twin)->index).second) {
                    continue;
                }
                questions.push_back(
                    {"field_twice",
                     CatalogueWords(
                         "field_twice",
                         {{"column", (*one)->letter},
                          {"other", (*twin)->letter},
                          {"field", (*one)->field->name.zh},
                          {"field_en", (*one)->field->name.en}}
                     ),
                     (*twin)->letter,
                     {(*one)->field->name.zh},
                     false}
                );
            }
        }
    }

    std::optional<Period> GroupPeriod(const sheet::Column& column) const {
        if (!column.period || plan_.period_field == nullptr ||
            mapping_.period.kind == SourceKind::kFixed) {
            return std::nullopt;
        }
        return reader_.PeriodIn(ToChinese(*column.period), plan_.period_field->type.grain);
    }

    bool Unpivoted(const sheet::Column& column) {
        const Unpivot& unpivot = *mapping_.unpivot;
        const auto tier = static_cast<size_t>(unpivot.tier - 1);
        if (tier >= column.path.size()) {
            return false;
        }
        const auto target = FindBy(unpivot.columns, MeasureKey(column.path, tier));
        const definition::Field* into = plan_.type->FindField(unpivot.into);
        if (!target || into == nullptr) {
            return false;
        }
        const std::string said =
            FindBy(unpivot.values, PathKey(column.path[tier])).value_or(column.path[tier]);
        const std::optional<std::string> value = into->type.kind == formula::Kind::kChoice
                                                     ? reader_.Choice(*into, said)
                                                     : Normalise(said);
        PlannedColumn planned = Planned(column, *target);
        if (!value || planned.field == nullptr) {
            return false;
        }
        GroupOf(GroupPeriod(column), into, *value).columns.push_back(std::move(planned));
        return true;
    }

    static std::optional<std::string> FindBy(
        const std::map<std::string, std::string>& map, const std::string& key
    ) {
        for (const auto& [path, value] : map) {
            if ((path.empty() ? "" : PathKey(path)) == key) {
                return value;
            }
        }
        return std::nullopt;
    }

    static bool Contains(const std::vector<int>& indexes, int index) {
        return std::find(indexes.begin(), indexes.end(), index) != indexes.end();
    }

    bool PeriodInRows() const {
        const auto says = [&](const std::vector<PlannedColumn>& columns) {
            return std::any_of(columns.begin(), columns.end(), [&](const PlannedColumn& one) {
                return one.field == plan_.period_field;
            });
        };
        return !plan_.period_columns.empty() || says(plan_.shared) ||
               std::all_of(
                   plan_.groups.begin(),
                   plan_.groups.end(),
                   [&](const PlannedGroup& group) {
                       return group.period.has_value() || says(group.columns);
                   }
               );
    }

    void FindPeriodAround(std::vector<ImportQuestion>& questions) {
        if (plan_.period_field == nullptr) {
            return;
        }
        const Grain grain = plan_.period_field->type.grain;
        const std::vector<SourceKind> around = SourcesAround(table_);
        for (const SourceKind kind : around) {
            const auto year = PeriodFrom(kind, reader_, plan_.context, table_, Grain::kYear);
            plan_.year = plan_.year || !year ? plan_.year : std::optional(year->last.year);
        }
        if (mapping_.period.kind == SourceKind::kFixed) {
            plan_.period = ParsePeriod(mapping_.period.fixed);
            plan_.period = plan_.period && plan_.period->grain == grain
                               ? plan_.period
                               : reader_.PeriodIn(mapping_.period.fixed, grain);
        } else {
            plan_.period = PeriodFrom(mapping_.period.kind, reader_, plan_.context, table_, grain);
            for (const SourceKind kind : around) {
                plan_.period = plan_.period
                                   ? plan_.period
                                   : PeriodFrom(kind, reader_, plan_.context, table_, grain);
            }
        }
        const bool needed =
            plan_.period_field->required || InKey(*plan_.type, plan_.period_field->id);
        if (!plan_.period && needed && !PeriodInRows()) {
            questions.push_back({"missing_period", MissingPeriodText(grain), "", {}, false});
        }
    }

    bool Plans(const definition::Field& field) const {
        for (size_t group = 0; group < plan_.groups.size(); ++group) {
            const auto columns = plan_.ColumnsOf(group);
            if (std::none_of(columns.begin(), columns.end(), [&](const PlannedColumn* column) {
                    return column->field == &field;
                })) {
                return false;
            }
        }
        return true;
    }

    void FindPlaceAround(std::vector<ImportQuestion>& questions) {
        if (!plan_.place_columns.empty()) {
            return;
        }
        if (mapping_.place.kind == SourceKind::kFixed) {
            plan_.place = reader_.PlaceOf(mapping_.place.fixed);
        } else {
            plan_.place = PlaceFrom(mapping_.place.kind, reader_, plan_.context, table_);
            for (const SourceKind kind : SourcesAround(table_)) {
                plan_.place =
                    plan_.place ? plan_.place : PlaceFrom(kind, reader_, plan_.context, table_);
            }
        }
        const definition::Field* refers = PlacedBy(reader_.model(), *plan_.type);
        if (!plan_.place && refers != nullptr && Plans(*refers)) {
            plan_.placed_by = refers;
            return;
        }
        if (!plan_.place && NeedsPlace(*plan_.type)) {
            questions.push_back({"missing_place", MissingPlaceText(), "", {}, false});
        }
        if (!plan_.place) {
            plan_.place = reader_.places().town_itself().id;
        }
    }

    const CellReader& reader_;
    const sheet::TableInfo& table_;
    const SheetMapping& mapping_;
    SheetPlan plan_;
};

}  // namespace

std::vector<const PlannedColumn*> SheetPlan::ColumnsOf(size_t group) const {
    std::vector<const PlannedColumn*> out;
    for (const PlannedColumn& column : shared) {
        out.push_back(&column);
    }
    for (const PlannedColumn& column : groups[group].columns) {
        out.push_back(&column);
    }
    std::stable_sort(out.begin(), out.end(), [](const PlannedColumn* a, const PlannedColumn* b) {
        return a->index < b->index;
    });
    return out;
}

std::string SheetPlan::LetterOf(const std::string& field, size_t group) const {
    if (field == "place") {
        return place_columns.empty() ? "" : sheet::ColumnLetters(place_columns.front());
    }
    for (const PlannedColumn* column : ColumnsOf(group)) {
        if (column->field->id == field) {
            return column->letter;
        }
    }
    const bool around =
        period_field != nullptr && field == period_field->id && !period_columns.empty();
    return around ? sheet::ColumnLetters(period_columns.front()) : "";
}

SheetPlan MakePlan(
    const CellReader& reader,
    const TableContext& context,
    const sheet::TableInfo& table,
    const SheetMapping& mapping,
    std::vector<ImportQuestion>& questions
) {
    return Planner(reader, context, table, mapping).Make(questions);
}

}  // namespace zw::ledger
