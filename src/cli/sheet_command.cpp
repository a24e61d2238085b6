#include <iostream>

#include "base/problem.h"
#include "cli/commands.h"
#include "ledger/mapping.h"
#include "sheet/sheet_report.h"

namespace zw::cli {

namespace {

// Any office file, without a town: which totals do not add, which rows are hidden, what its columns
// are.
void RunSheet(const std::string& file, Context& context) {
    const auto model = app::LoadModel(context.definitions);
    const sheet::SheetReport report = sheet::ReportSheets(file, ledger::SheetVocabulary(*model));
    context.out << (context.json ? sheet::ToJson(report) : sheet::ToTerminal(report)) << "\n";
    context.exit = report.has_faults() ? kFindings : kDone;
}

}  // namespace

void AddSheetCommand(CLI::App& root, Context& context) {
    auto* sheet = root.add_subcommand("sheet", "看懂一张表 / read the tables of any office file");
    const auto file = Keep<std::string>();
    sheet->add_option("FILE", *file, ".xlsx, .xls or .csv")->required();
    sheet->callback([file, &context] { RunSheet(*file, context); });
}

}  // namespace zw::cli
