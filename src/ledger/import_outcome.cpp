// What became of the rows of an import run, sheet by sheet.

#include <algorithm>

#include "base/text.h"
#include "ledger/import_job.h"

namespace zw::ledger {
namespace {

// Order in which outcomes speak for a row that made several records.
int Weight(RowOutcome outcome) {
    switch (outcome) {
        case RowOutcome::kRefused:
            return 4;
        case RowOutcome::kNew:
            return 3;
        case RowOutcome::kChanged:
            return 2;
        case RowOutcome::kSame:
        case RowOutcome::kDraft:
            break;
    }
    return 1;
}

std::string KeyText(const SpooledRow& row) {
    std::string key = row.type->id;
    for (const std::string& field : row.type->key) {
        const auto value = row.values.find(field);
        key += "|" + (field == "place"            ? std::to_string(row.place)
                      : value == row.values.end() ? ""
                                                  : formula::ToText(value->second));
    }
    return key;
}

}  // namespace

void ImportRun::TakeBatchFinding(
    Finding placed, const SpooledRow& row, size_t n, const BatchResult& batch
) {
    TableJob& job = *jobs_[row.plan];
    placed.file = job.proposal->file;
    placed.sheet = job.proposal->sheet;
    placed.row = row.row;
    placed.column = placed.field.empty() ? "" : job.plan.LetterOf(placed.field, row.group);
    if (batch.outcomes[n] == RowOutcome::kRefused && placed.severity == Severity::kRefused) {
        Refuse(job, row.row, placed);
    }
    // Years side by side make several records of one row: what holds of all is said once.
    std::vector<Finding>& said = job.result.findings;
    if (said.empty() || said.back().row != placed.row || said.back().code != placed.code ||
        said.back().column != placed.column) {
        said.push_back(std::move(placed));
    }
}

void ImportRun::Judge(BatchResult& batch) {
    std::set<size_t> lost;  // against an earlier row of their key
    spool_.Rewind();
    SpooledRow row;
    int last_row = -1;
    uint32_t last_plan = 0;
    RowOutcome outcome = RowOutcome::kSame;
    const auto close = [&] {
        if (last_row >= 0) {
            jobs_[last_plan]->Count(outcome);
        }
    };
    for (size_t n = 0; spool_.Next(row); ++n) {
        if (const auto found = batch.findings.find(n); found != batch.findings.end()) {
            for (Finding& finding : found->second) {
                if (finding.code == "duplicate_conflict") {
                    lost.insert(n);
                }
                TakeBatchFinding(std::move(finding), row, n, batch);
            }
            batch.findings.erase(found);
        }
        if (row.draft) {
            continue;
        }
        if (row.row != last_row || row.plan != last_plan) {
            close();
            last_row = row.row;
            last_plan = row.plan;
            outcome = batch.outcomes[n];
        } else if (Weight(batch.outcomes[n]) > Weight(outcome)) {
            outcome = batch.outcomes[n];
        }
    }
    close();
    PlaceConflicts(batch, lost);
}

// Rows that lost against an earlier one of their key: the finding stands at the first column of the
// sheet that differs.
void ImportRun::PlaceConflicts(const BatchResult& batch, const std::set<size_t>& lost) {
    std::vector<SpooledRow> conflicts;
    std::map<std::string, SpooledRow> first;
    SpooledRow row;
    spool_.Rewind();
    for (size_t n = 0; spool_.Next(row); ++n) {
        if (lost.contains(n)) {
            conflicts.push_back(row);
            first.emplace(KeyText(row), SpooledRow{});
        }
    }
    spool_.Rewind();
    for (size_t n = 0; !conflicts.empty() && spool_.Next(row); ++n) {
        const auto wanted =
            batch.outcomes[n] == RowOutcome::kRefused ? first.end() : first.find(KeyText(row));
        if (wanted != first.end() && wanted->second.type == nullptr) {
            wanted->second = row;
        }
    }
    for (const SpooledRow& conflict : conflicts) {
        PlaceConflict(conflict, first.at(KeyText(conflict)));
    }
}

// The earlier row by file and sheet as far as they are others, and what to do about two of one key.
Words ImportRun::WhereStands(const SpooledRow& lost, const SpooledRow& stands) const {
    const SheetProposal& here = *jobs_[lost.plan]->proposal;
    const SheetProposal& there = *jobs_[stands.plan]->proposal;
    std::string where = here.file == there.file ? "" : "《" + there.file + "》";
    where += here.file == there.file && here.sheet == there.sheet ? "" : "“" + there.sheet + "”";
    std::vector<Words> key;
    for (const std::string& field : stands.type->key) {
        const definition::Field* one = stands.type->FindField(field);
        key.push_back((one == nullptr ? stands.type->place_name : one->name).Both());
    }
    const Words keys = Join(key, {"、", ", "});
    return CatalogueWords(
        "duplicate_stands",
        {{"where", where},
         {"row", std::to_string(stands.row)},
         {"key", keys.zh},
         {"key_en", keys.en}}
    );
}

void ImportRun::PlaceConflict(const SpooledRow& lost, const SpooledRow& stands) {
    TableJob& job = *jobs_[lost.plan];
    const auto said = [](const SpooledRow& row, const std::string& field) {
        const auto found = row.values.find(field);
        return found == row.values.end() ? std::string() : formula::ToText(found->second);
    };
    const Words where = stands.type == nullptr ? Words() : WhereStands(lost, stands);
    for (const PlannedColumn* column : job.plan.ColumnsOf(lost.group)) {
        if (said(lost, column->field->id) == said(stands, column->field->id)) {
            continue;
        }
        for (Finding& finding : job.result.findings) {
            if (finding.row == lost.row && finding.code == "duplicate_conflict") {
                finding.column = column->letter;
                finding.field = column->field->id;
                finding.message += where.zh;
                finding.message_en += where.en;
            }
        }
        return;
    }
}

// Columns that hold something and are not imported; headings that a mapping names for nothing.
void ImportRun::TellLeftOut(TableJob& job) {
    Finding said;
    said.severity = Severity::kNote;
    said.file = job.proposal->file;
    said.sheet = job.proposal->sheet;
    said.row = job.proposal->heading_row;
    for (const std::string& heading : job.proposal->idle) {
        Finding finding = said;
        finding.code = "mapping_idle";
        finding.Say(CatalogueWords("mapping_idle", {{"heading", heading}}));
        finding.value = heading;
        job.result.findings.push_back(std::move(finding));
    }
    for (const ColumnProposal& column : job.proposal->columns) {
        const bool refused = !column.refused.zh.empty();
        if ((!column.left_out && !refused) || job.result.record.empty()) {
            continue;
        }
        Finding finding = said;
        finding.severity = refused ? Severity::kRefused : Severity::kNote;
        finding.code = refused ? "unknown_choice" : "unknown_column";
        finding.Say(
            refused ? column.refused
                    : CatalogueWords(
                          "unknown_column",
                          {{"heading", column.heading}, {"record", job.proposal->record_name}}
                      )
        );
        finding.column = column.letter;
        job.result.findings.push_back(std::move(finding));
    }
}

void ImportRun::Report(ImportResult& result) {
    for (size_t i = 0; i < files_.size(); ++i) {
        FileResult file;
        file.file = names_[i];
        std::vector<RejectedTable> rejected;
        for (const auto& job : jobs_) {
            if (job->file != i) {
                continue;
            }
            TellLeftOut(*job);
            auto& findings = job->result.findings;
            std::stable_sort(
                findings.begin(),
                findings.end(),
                [](const Finding& a, const Finding& b) { return a.row < b.row; }
            );
            if (!job->rejected.reasons.empty()) {
                rejected.push_back(std::move(job->rejected));
            }
            file.sheets.push_back(std::move(job->result));
        }
        if (!options_.rejects.empty()) {
            Progress("退回", static_cast<int64_t>(i), static_cast<int64_t>(files_.size()));
            file.rejects = WriteRejects(
                files_[i], names_[i], rejected, reader_.vocabulary(), options_.rejects
            );
        }
        result.files.push_back(std::move(file));
    }
}

}  // namespace zw::ledger
