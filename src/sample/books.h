#pragma once
// The made-up town's ledgers as offices send them: workbooks with merged headings, totals, notes,
// dates in every form and faults, all by seed, and the answers that a right import gives. Words
// come from the definitions (names, also) and the lines' [[workbook]].

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "indicator/figures.h"
#include "sample/generator.h"
#include "sample/plan.h"

namespace zw::sample {

struct BookFinding {
    std::string sheet;
    int row = 0;          // the file's own, from 1
    std::string column;   // letters; empty: the whole row
    std::string heading;  // tiers joined by " / "
    std::string code;     // the finding's class
    std::string value;    // as written; totals: as printed; not_reported: the village's code
    std::string sum;      // totals: what the rows add up to
};

// One table; a sheet may hold several, in order.
struct BookSheet {
    std::string name;
    std::pair<int, int> heading_rows;
    int data_rows = 0;  // that carry data, the refused ones too
    int refused = 0;
    std::vector<int> total_rows;
    std::vector<int> blank_rows;
    std::vector<int> hidden_rows;
    std::vector<int> repeated_heading_rows;
    std::map<std::string, std::string> columns;  // letters → field, "place"; empty: serial number
};

struct Book {
    std::string file;
    std::string record;
    std::string encoding;  // of a csv: utf-8, gb18030
    std::vector<BookSheet> sheets;
    std::vector<std::string> no_data_sheets;
    std::vector<BookFinding> refused;
    std::vector<BookFinding> warned;
    std::vector<BookFinding> totals;  // wrong ones
    std::vector<BookFinding> not_reported;
};

struct Books {
    std::vector<Book> books;
    std::set<std::string> records;  // that stand in the workbooks
    std::set<int64_t> left_out;     // numbers of made rows (from 1) that an import must not take
};

// The part of a plan that workbooks are made of: only records with a [[workbook]], and what they
// hang on. Its rows are those of the whole plan.
Plan PlanOfBooks(const Plan& plan);

// Writes one file for each [[workbook]] of `plan` into `folder`; `plan` is PlanOfBooks of a plan.
// Throws "io_failed".
Books WriteBooks(
    const Plan& plan,
    const SampleOptions& options,
    const TownPlan& town,
    const std::vector<PlaceOf>& villages,
    const PlaceOf& town_itself,
    const std::filesystem::path& folder
);

// settings.json as an officer types it (app/setup.h).
std::string SettingsJson(const TownPlan& town);
// What an import of the books must say, and the figures of the town that `ledger` holds.
std::string AnswersJson(
    const Books& books,
    const indicator::Figures& figures,
    const access::Actor& actor,
    const ledger::Ledger& ledger,
    const SampleOptions& options
);

}  // namespace zw::sample
