#include "ledger/import_propose.h"

#include <algorithm>

#include "base/text.h"
#include "ledger/import_matching.h"

namespace zw::ledger {
namespace {

constexpr double kPlausible = 0.45;  // below: the table is for no ledger that is known
constexpr double kNamed = 0.3;       // enough when the title names the ledger: asked
constexpr double kClearLead = 0.06;  // over the second best
constexpr double kSameScore = 0.015;

ColumnProposal ProposedColumn(const TableScan& table, size_t i) {
    const sheet::Column& column = table.info.columns[i];
    ColumnProposal out;
    out.index = column.index;
    out.letter = sheet::ColumnLetters(column.index);
    out.heading = ShownPath(column);
    out.unit = column.unit;
    out.samples = ShownSamples(table.columns[i]);
    return out;
}

// Whether a column without a field holds something a person might miss.
bool LeavesOut(const ColumnMatcher& matcher, size_t i) {
    return !matcher.IsSerial(i) && !matcher.HoldsPlaces(i) &&
           matcher.table().columns[i].filled > 0 &&
           !IsReasonColumn(matcher.table().info.columns[i]);
}

Words StrayText(
    const std::string& said, const definition::Field& into, const std::string& heading
) {
    const Words why = CatalogueWords(
        "unknown_choice", {{"value", said}, {"options", Join(into.type.choices, "、")}}
    );
    return CatalogueWords(
        "stray_column", {{"heading", heading}, {"why", why.zh}, {"why_en", why.en}}
    );
}

// The column is one of those that the mapping takes a period or a place from.
bool Names(const ValueSource& source, const sheet::Column& column) {
    return std::any_of(source.columns.begin(), source.columns.end(), [&](const std::string& path) {
        return PathKey(path) == PathKey(column);
    });
}

// Turns the best candidate into a proposal: mapping, columns, questions.
class Writer {
public:
    Writer(
        const CellReader& reader,
        const TableScan& table,
        const Matching& matching,
        const Candidate& best,
        SheetProposal& out
    )
        : reader_(reader), table_(table), matching_(matching), best_(best), out_(out) {}

    void Write() {
        out_.mapping.record = best_.type->id;
        out_.mapping.period = best_.period;
        out_.mapping.place = best_.place;
        out_.mapping.unpivot = best_.unpivot;
        if (best_.unpivot && best_.unpivot_score < kSure) {
            Ask("unsure_column",
                CatalogueWords(
                    "ask_unpivot",
                    {{"tier", std::to_string(best_.unpivot->tier)},
                     {"field", best_.type->FindField(best_.unpivot->into)->name.zh},
                     {"field_en", best_.type->FindField(best_.unpivot->into)->name.en}}
                ),
                "",
                {},
                true);
        }
        for (size_t i = 0; i < table_.info.columns.size(); ++i) {
            WriteColumn(i);
        }
        AskForKeys();
        AskForMonths();
        AskForPlacesAbove(table_, out_);
    }

private:
    void Ask(
        std::string code,
        Words text,
        std::string column,
        std::vector<std::string> candidates,
        bool has_proposal
    ) {
        out_.questions.push_back(
            {std::move(code),
             std::move(text),
             std::move(column),
             std::move(candidates),
             has_proposal}
        );
    }

    void WriteColumn(size_t i) {
        ColumnProposal column = ProposedColumn(table_, i);
        const auto found = best_.columns.find(i);
        if (best_.period_columns.contains(i)) {
            const definition::Field* period = PeriodField(*best_.type);
            column.score = 1;
            column.field = period->id;
            column.field_name = period->name.zh;
            column.why = CatalogueWords(
                "column_period_part", {{"field", period->name.zh}, {"field_en", period->name.en}}
            );
            out_.columns.push_back(std::move(column));
            return;
        }
        if (best_.unpivoted.contains(i)) {
            column.score = best_.unpivot_score;
            column.field = best_.unpivot->into;
            column.field_name = best_.type->FindField(best_.unpivot->into)->name.zh;
            column.why = CatalogueWords("column_unpivoted");
            out_.columns.push_back(std::move(column));
            return;
        }
        if (found != best_.columns.end()) {
            const Assigned& assigned = found->second;
            column.score = assigned.fit.score;
            column.why = assigned.fit.why;
            column.field = assigned.computed           ? ""
                           : assigned.field == nullptr ? "place"
                                                       : assigned.field->id;
            column.field_name =
                assigned.field == nullptr ? best_.type->place_name.zh : assigned.field->name.zh;
            if (assigned.computed) {
                column.why = CatalogueWords("column_computed");
            } else {
                AskIfUnsure(assigned, column);
            }
        } else if (best_.clashes.contains(i)) {
            AskOfClash(i, column);
        } else if (best_.strays.contains(i)) {
            AskOfStray(i, column);
        } else {
            Unknown(i, column);
        }
        if (!column.field.empty() && column.field != "place") {
            out_.mapping.columns[PathKey(table_.info.columns[i])] = column.field;
        }
        AskIfRepeated(i, column);
        out_.columns.push_back(std::move(column));
    }

    // One stands under a period, the other does not.
    void AskOfClash(size_t i, ColumnProposal& column) {
        const size_t other = best_.clashes.at(i);
        const std::string& name = best_.columns.at(other).field->name.zh;
        column.why = CatalogueWords("column_taken", {{"field", name}});
        column.left_out = true;
        Ask("repeated_heading",
            CatalogueWords(
                "ask_clash",
                {{"other", sheet::ColumnLetters(table_.info.columns[other].index)},
                 {"other_heading", ShownPath(table_.info.columns[other])},
                 {"column", column.letter},
                 {"heading", column.heading},
                 {"field", name}}
            ),
            column.letter,
            {name},
            false);
    }

    // Its neighbours are split by a tier of the heading that says nothing known over this one.
    void AskOfStray(size_t i, ColumnProposal& column) {
        const definition::Field& into = *best_.type->FindField(best_.unpivot->into);
        column.why = CatalogueWords(
            "column_stray",
            {{"value", best_.strays.at(i)}, {"field", into.name.zh}, {"field_en", into.name.en}}
        );
        column.refused = StrayText(best_.strays.at(i), into, column.heading);
        Ask("unknown_column",
            CatalogueWords(
                "ask_of_column",
                {{"column", column.letter},
                 {"what", column.refused.zh},
                 {"what_en", column.refused.en}}
            ),
            column.letter,
            into.type.choices,
            true);
    }

    // Which of two columns with the same heading is meant cannot be seen from the heading.
    void AskIfRepeated(size_t i, const ColumnProposal& column) {
        const sheet::Column& mine = table_.info.columns[i];
        if (mine.nth == 1 || table_.columns[i].filled == 0) {
            return;
        }
        const auto first =
            std::find_if(out_.columns.begin(), out_.columns.end(), [&](const ColumnProposal& one) {
                return one.heading == mine.name;
            });
        if (first == out_.columns.end() || (first->field.empty() && column.field.empty())) {
            return;
        }
        Words text = CatalogueWords(
            "ask_repeated",
            {{"other", first->letter}, {"column", column.letter}, {"heading", mine.name}}
        );
        std::vector<std::string> candidates;
        for (const std::string& field : {column.field, first->field}) {
            if (!field.empty() && std::count(candidates.begin(), candidates.end(), field) == 0) {
                candidates.push_back(field);
            }
        }
        Ask("repeated_heading", std::move(text), column.letter, std::move(candidates), false);
        SpareUnsure({first->letter, column.letter});
    }

    // Which of the two it is settles what was unsure about either: one question, not two.
    void SpareUnsure(const std::vector<std::string>& twins) {
        std::erase_if(out_.questions, [&](const ImportQuestion& question) {
            return question.code == "unsure_column" &&
                   std::find(twins.begin(), twins.end(), question.column) != twins.end();
        });
    }

    void AskIfUnsure(const Assigned& assigned, const ColumnProposal& column) {
        const bool rival =
            assigned.rival > assigned.fit.score - kSameScore && assigned.field != nullptr;
        if (assigned.fit.score >= kSure && !rival) {
            return;
        }
        std::vector<std::string> candidates{column.field};
        if (rival && !assigned.rival_field.empty()) {
            candidates.push_back(assigned.rival_field);
        }
        const bool alike = column.heading == column.field_name;
        const Words why =
            rival ? column.why + CatalogueWords("column_rival", {{"field", assigned.rival_name}})
                  : column.why;
        Ask("unsure_column",
            CatalogueWords(
                alike ? "ask_same_column" : "ask_column",
                {{"column", column.letter},
                 {"heading", column.heading},
                 {"field", column.field_name},
                 {"field_en",
                  assigned.field == nullptr ? best_.type->place_name.en : assigned.field->name.en},
                 {"why", why.zh},
                 {"why_en", why.en}}
            ),
            column.letter,
            std::move(candidates),
            true);
    }

    bool MayBelong(const definition::Field& field, size_t i) const {
        const bool number =
            field.type.kind == formula::Kind::kInt || field.type.kind == formula::Kind::kDecimal;
        if (!number) {
            return false;
        }
        const auto unit = reader_.UnitOf(table_.info.columns[i].unit);
        return table_.info.columns[i].unit.empty() || !unit || field.type.unit.IsNone() ||
               unit->SameDimension(field.type.unit);
    }

    void Unknown(size_t i, ColumnProposal& column) {
        const ColumnStats& stats = table_.columns[i];
        column.why = CatalogueWords("column_unknown");
        column.left_out = LeavesOut(matching_.matcher(), i);
        const bool plain = matching_.matcher().IsSerial(i) || matching_.matcher().HoldsPlaces(i) ||
                           matching_.matcher().Compares(i) || stats.filled == 0 ||
                           stats.counts_up || IsReasonColumn(table_.info.columns[i]);
        if (plain || stats.numbers * 2 < stats.filled) {
            return;
        }
        std::vector<std::string> candidates;
        std::vector<std::string> names;
        std::vector<std::string> english;
        for (const definition::Field& field : best_.type->fields) {
            if (!Has(field) && MayBelong(field, i)) {
                candidates.push_back(field.id);
                names.push_back(field.name.zh);
                english.push_back(field.name.en);
            }
        }
        if (!candidates.empty()) {
            Words text = CatalogueWords(
                "ask_unknown",
                {{"column", column.letter},
                 {"heading", column.heading},
                 {"fields", Join(names, "、")},
                 {"fields_en", Join(english, ", ")}}
            );
            Ask("unknown_column", std::move(text), column.letter, std::move(candidates), true);
        }
    }

    bool Has(const definition::Field& field) const {
        return (best_.unpivot && Fills(*best_.unpivot, field)) ||
               std::any_of(best_.columns.begin(), best_.columns.end(), [&](const auto& entry) {
                   return entry.second.field == &field;
               });
    }

    void AskForKeys() {
        const definition::Field* placed_by = PlacedBy(reader_.model(), *best_.type);
        const bool placed = placed_by != nullptr && Has(*placed_by);
        if (best_.place.kind == SourceKind::kNone && NeedsPlace(*best_.type) && !placed) {
            Ask("missing_place", MissingPlaceText(), "", {}, false);
        }
        for (const definition::Field& field : best_.type->fields) {
            const bool needed = field.required || InKey(*best_.type, field.id);
            if (!needed || Has(field) ||
                (&field == PeriodField(*best_.type) && best_.period.kind != SourceKind::kNone)) {
                continue;
            }
            const bool period = &field == PeriodField(*best_.type);
            Ask(period ? "missing_period" : "missing_key",
                period ? MissingPeriodText(field.type.grain)
                       : CatalogueWords(
                             "ask_key", {{"field", field.name.zh}, {"field_en", field.name.en}}
                         ),
                "",
                {field.id},
                false);
        }
    }

    void AskForMonths() {
        for (const auto& [i, assigned] : best_.columns) {
            const auto& rows = table_.columns[i].ambiguous_rows;
            if (rows.empty() || assigned.field == nullptr ||
                assigned.field->type.kind != formula::Kind::kDate) {
                continue;
            }
            std::vector<std::string> shown;
            shown.reserve(rows.size());
            for (const int row : rows) {
                shown.push_back(std::to_string(row));
            }
            const std::string letter = sheet::ColumnLetters(table_.info.columns[i].index);
            Ask("ambiguous_month",
                CatalogueWords("ask_month", {{"column", letter}, {"rows", Join(shown, "、")}}),
                letter,
                {"1", "10"},
                true);
        }
    }

    const CellReader& reader_;
    const TableScan& table_;
    const Matching& matching_;
    const Candidate& best_;
    SheetProposal& out_;
};

SheetProposal Blank(const TableContext& context, const TableScan& table) {
    SheetProposal out;
    out.file = context.file;
    out.sheet = context.sheet;
    out.table = context.table;
    out.rows = table.rows;
    out.heading_row = table.info.heading_last;
    out.mapping.match = context.sheet;
    out.mapping.table = context.table == 1 ? 0 : context.table;
    return out;
}

void ListColumns(const TableScan& table, SheetProposal& out) {
    for (size_t i = 0; i < table.info.columns.size(); ++i) {
        out.columns.push_back(ProposedColumn(table, i));
    }
}

}  // namespace

SheetProposal Proposer::Propose(
    const TableContext& context, const TableScan& table, const std::string& record
) const {
    SheetProposal out = Blank(context, table);
    out.mapping_from = "proposed";
    const Matching matching(reader_, context, table);
    std::vector<Candidate> candidates;
    for (const definition::RecordType& type : reader_.model().records) {
        if (record.empty() ? type.plays_setting.empty() : type.id == record) {
            candidates.push_back(matching.Try(type));
        }
    }
    std::stable_sort(
        candidates.begin(),
        candidates.end(),
        [](const Candidate& a, const Candidate& b) { return a.score > b.score; }
    );
    const bool plausible =
        !candidates.empty() && (!record.empty() || candidates[0].score >= kPlausible ||
                                (candidates[0].named && candidates[0].score >= kNamed));
    if (candidates.size() > 1) {
        out.second = candidates[1].type->id;
        out.second_score = candidates[1].score;
    }
    if (!plausible) {
        out.skipped = CatalogueWords("no_ledger");
        ListColumns(table, out);
        return out;
    }
    const Candidate& best = candidates[0];
    out.record = best.type->id;
    out.record_name = best.type->name.zh;
    out.score = best.score;
    out.why = best.why;
    const bool unsure = record.empty() &&
                        (best.score < kPlausible ||
                         (candidates.size() > 1 && best.score - candidates[1].score < kClearLead));
    if (unsure) {
        std::vector<std::string> names{best.type->name.zh};
        std::vector<std::string> english{best.type->name.en};
        std::vector<std::string> records{best.type->id};
        if (candidates.size() > 1) {
            names.push_back(candidates[1].type->name.zh);
            english.push_back(candidates[1].type->name.en);
            records.push_back(candidates[1].type->id);
        }
        out.questions.push_back(
            {"unsure_record",
             CatalogueWords(
                 "ask_ledger",
                 {{"ledgers", Join(names, "”还是“")},
                  {"ledgers_en", Join(english, "\" or \"")},
                  {"why", best.why.zh},
                  {"why_en", best.why.en}}
             ),
             "",
             std::move(records),
             true}
        );
    }
    Writer(reader_, table, matching, best, out).Write();
    return out;
}

SheetProposal Proposer::Describe(
    const TableContext& context,
    const TableScan& table,
    const SheetMapping& mapping,
    const std::string& from
) const {
    SheetProposal out = Blank(context, table);
    out.mapping = mapping;
    out.mapping_from = from;
    out.record = mapping.record;
    out.score = mapping.record.empty() ? 0 : 1;
    out.why = CatalogueWords(from == "given" ? "mapping_given" : "mapping_remembered");
    const definition::RecordType* type =
        mapping.record.empty() ? nullptr : reader_.model().FindRecord(mapping.record);
    if (type == nullptr) {
        out.skipped = CatalogueWords("mapping_leaves_out");
        ListColumns(table, out);
        return out;
    }
    out.record_name = type->name.zh;
    ListColumns(table, out);
    if (from == "given") {
        out.idle = IdleHeadings(mapping, table.info);
    }
    const ColumnMatcher matcher(reader_, table);
    for (size_t i = 0; i < out.columns.size(); ++i) {
        const auto target = TargetOf(mapping, table.info.columns[i]);
        const bool source = Names(mapping.period, table.info.columns[i]) ||
                            Names(mapping.place, table.info.columns[i]);
        out.columns[i].left_out = !target && !source && !mapping.unpivot && LeavesOut(matcher, i);
        const definition::Field* named =
            target ? type->FindField(target->substr(0, target->find('.'))) : nullptr;
        if (named != nullptr) {
            out.columns[i].field = *target;
            out.columns[i].field_name = named->name.zh;
            out.columns[i].score = 1;
        }
    }
    if (mapping.unpivot) {
        for (const auto& [i, said] : StrayColumns(reader_, matcher, *type, *mapping.unpivot)) {
            if (!TargetOf(mapping, table.info.columns[i])) {
                out.columns[i].refused = StrayText(
                    said, *type->FindField(mapping.unpivot->into), out.columns[i].heading
                );
            }
        }
    }
    return out;
}

}  // namespace zw::ledger
