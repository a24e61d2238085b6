#pragma once
// One run of the importer after its questions are answered: sheets are read and converted into the
// spool, the spool is written as one batch, and what became of each row is put together by sheet.

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "ledger/batch.h"
#include "ledger/import.h"
#include "ledger/import_plan.h"
#include "ledger/import_reference.h"
#include "ledger/import_spool.h"
#include "ledger/reject.h"

namespace zw::ledger {

class ImportRun {
public:
    // `proposals` are final; those without a record, or skipped, are left out. All must outlive the
    // run.
    ImportRun(
        Ledger& ledger,
        const CellReader& reader,
        const std::vector<std::filesystem::path>& files,
        const std::vector<SheetProposal>& proposals,
        const ImportOptions& options
    );
    ~ImportRun();

    void Read();
    // Batch and findings into `result`.
    void Apply(const access::Actor& actor, ImportResult& result);

private:
    struct TableJob;
    class Sink;
    class Feed;

    void ReadSheet(size_t file, int sheet, sheet::Workbook& workbook);
    ConvertedRow Convert(TableJob& job, const sheet::TableRow& row) const;
    void AddRow(TableJob& job, uint32_t plan, const sheet::TableRow& row);
    void SpoolRecord(
        TableJob& job,
        uint32_t plan,
        const sheet::TableRow& row,
        ConvertedRecord& record,
        ConvertedRow& converted
    );
    std::string PeriodName(size_t file, int sheet, const std::string& name) const;
    void TakeTableFindings(size_t file, int sheet, const std::vector<Finding>& findings);
    // Takes the findings out of `batch`: of many rows they are not held twice.
    void Judge(BatchResult& batch);
    void TakeBatchFinding(
        Finding placed, const SpooledRow& row, size_t n, const BatchResult& batch
    );
    void PlaceConflicts(const BatchResult& batch, const std::set<size_t>& lost);
    Words WhereStands(const SpooledRow& lost, const SpooledRow& stands) const;
    void PlaceConflict(const SpooledRow& lost, const SpooledRow& stands);
    void TellLeftOut(TableJob& job);
    void Report(ImportResult& result);
    void Refuse(TableJob& job, int row, const Finding& finding);
    std::vector<std::pair<size_t, int>> SheetsInOrder() const;
    void Progress(const std::string& stage, int64_t done, int64_t total) const;

    Ledger& ledger_;
    const CellReader& reader_;
    const std::vector<std::filesystem::path>& files_;
    const ImportOptions& options_;
    std::vector<std::string> names_;    // of the files, as they are shown
    std::vector<std::string> digests_;  // of their contents
    std::vector<std::unique_ptr<TableJob>> jobs_;
    std::unique_ptr<store::Reader> store_;
    Schema schema_;
    RowReader rows_;
    ReferenceFinder references_;
    Spool spool_;
    int64_t total_rows_ = 0;
    int64_t read_rows_ = 0;
};

}  // namespace zw::ledger
