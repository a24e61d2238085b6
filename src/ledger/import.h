#pragma once
// The importer: workbooks as offices send them → which ledger each table is for → mapping →
// converted and checked rows → one batch → findings (storage.md "Import"). It knows no heading:
// names, synonyms and units stand in the definitions; a heading they do not know becomes a
// question, never a guess. Memory does not grow with the rows (they wait in an unnamed temporary
// file).

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "access/place.h"
#include "base/problem.h"
#include "ledger/ledger.h"
#include "ledger/mapping.h"

namespace zw::ledger {

// A cell that a person corrected without touching the file.
struct CellMend {
    std::string file;  // as ShownNames
    std::string sheet;
    int row = 0;
    std::string column;  // letters
    std::string text;    // what the cell holds instead, as it would be typed
};

struct ImportOptions {
    std::string record;  // --as: every table is for this record
    std::string sheet;   // --sheet: only sheets that match; empty: all
    std::string map;     // --map: TOML; goes before what is remembered and what is proposed
    bool yes =
        false;  // questions are answered with what is proposed; what has no proposal is left out
    bool dry_run = false;           // everything is done and taken back
    std::filesystem::path rejects;  // folder for the refused rows, one workbook a file; empty: none
    std::string why;
    std::vector<CellMend> mends;  // said in the batch's reason
    // stage: 识别 读取 写入 退回; total 0: unknown. Called on the caller's and on the writer's
    // thread, one at a time.
    std::function<void(const std::string& stage, int64_t done, int64_t total)> progress;
};

// What a person must decide before anything is written.
struct ImportQuestion {
    std::string code;  // unsure_record, unsure_column, unknown_column, missing_key, missing_place,
                       // missing_period, ambiguous_month, repeated_heading, field_twice
    Words text;        // whole sentence
    std::string column;  // letter; empty: the whole sheet
    // What it may be, likeliest first: fields ("place" is the village), of unsure_record the record
    // types; of what is missing the field.
    std::vector<std::string> candidates;
    bool has_proposal = false;  // `yes` takes the proposal; otherwise it cannot be answered by yes
};

struct ColumnProposal {
    int index = 0;  // from 1
    std::string letter;
    std::string heading;  // path joined by "/"
    std::string unit;
    std::string field;  // field id, "place", empty: left out
    std::string field_name;
    double score = 0;
    Words why;
    std::vector<std::string> samples;
    bool left_out = false;  // holds something that is not imported: said in a note
    Words refused;          // why its numbers cannot be taken though they are meant for the ledger:
                            // said as a refusal; empty otherwise
};

struct SheetProposal {
    std::string file;
    std::string sheet;      // exactly as in the file
    size_t file_index = 0;  // among the files given, from 0
    int sheet_index = 0;    // in the file, from 0
    int table = 1;          // from 1; 0: the sheet has no table
    int heading_row = 0;    // last row of the heading
    int64_t rows = 0;
    std::string record;  // empty: nothing is imported
    std::string record_name;
    double score = 0;
    Words why;
    std::string second;  // the next best ledger, empty none
    double second_score = 0;
    std::string mapping_from;  // proposed, remembered, given
    SheetMapping mapping;
    std::vector<ColumnProposal> columns;
    std::vector<std::string> idle;  // headings of a given mapping that the table does not have
    std::vector<ImportQuestion> questions;
    Words skipped;             // why nothing is imported, empty otherwise
    std::string skipped_code;  // its class when it is said as a finding: no_ledger, hidden_sheet,
                               // table_on_side, file_…
    bool unreadable = false;   // stands for the whole file, which cannot be read: `sheet` is empty
};

// Counts are rows of the sheet: a row that makes two records (two years side by side) counts once.
struct ImportCounts {
    int64_t read = 0;
    int64_t created = 0;
    int64_t changed = 0;
    int64_t same = 0;
    int64_t refused = 0;
    int64_t draft = 0;  // rows for which a referred record was made as a draft
};

struct SheetResult {
    std::string sheet;
    std::string record;
    ImportCounts rows;
    std::vector<Finding> findings;  // by row
};

struct FileResult {
    std::string file;  // as ShownNames
    std::vector<SheetResult> sheets;
    std::filesystem::path rejects;  // workbook of the refused rows, empty none
};

struct ImportResult {
    int64_t batch = 0;  // 0: nothing was written
    int64_t seq = 0;
    bool asked = false;  // there are questions: nothing was read further
    std::vector<SheetProposal> proposals;
    std::vector<FileResult> files;

    // A refusal, warning or wrong total stands somewhere (exit code 1).
    bool HasFaults() const;
};

// Thread-safe like the Ledger, which must outlive it.
class Importer {
public:
    explicit Importer(Ledger& ledger) : ledger_(ledger) {}

    // A file that cannot be read is a proposal that says so, the others are read. Throws io_failed
    // for a file that is not there, and bad_mapping.
    std::vector<SheetProposal> Propose(
        const std::vector<std::filesystem::path>& files, const ImportOptions& options
    ) const;
    // All files are one batch. With questions open (and not `yes`) nothing is written and `asked`
    // is set.
    ImportResult Import(
        const access::Actor& actor,
        const std::vector<std::filesystem::path>& files,
        const ImportOptions& options
    );

private:
    Ledger& ledger_;
};

// Names of files as proposals and findings say them: without folder, but with the last folder where
// two files have one name.
std::vector<std::string> ShownNames(const std::vector<std::filesystem::path>& files);

// The mapping of all proposals, as --map reads it.
Mapping MappingOf(const std::vector<SheetProposal>& proposals);

}  // namespace zw::ledger
