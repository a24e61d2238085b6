#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <iostream>

#include "base/files.h"
#include "base/problem.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/table.h"
#include "http/json.h"
#include "http/json_import.h"
#include "ledger/batch.h"
#include "ledger/import.h"

namespace zw::cli {

namespace {

namespace json = boost::json;

struct ImportArguments {
    std::string folder;
    std::vector<std::string> files;
    std::string record;
    std::string sheet;
    std::string map;
    std::string rejects;
    bool dry_run = false;
    bool yes = false;
};

ledger::ImportOptions OptionsOf(const ImportArguments& arguments, Progress& progress) {
    ledger::ImportOptions options;
    options.record = arguments.record;
    options.sheet = arguments.sheet;
    options.map = arguments.map.empty() ? "" : ReadFile(arguments.map);
    options.yes = arguments.yes;
    options.dry_run = arguments.dry_run;
    options.rejects = arguments.rejects;
    options.progress = [&progress](const std::string& stage, int64_t done, int64_t total) {
        progress.Show(stage, done, total);
    };
    return options;
}

// A file that cannot be read has no sheets.
std::string Where(const std::string& file, const std::string& sheet) {
    return sheet.empty() ? file : file + " / " + sheet;
}

void PrintProposals(const std::vector<ledger::SheetProposal>& proposals, Context& context) {
    for (const ledger::SheetProposal& proposal : proposals) {
        context.out << Where(proposal.file, proposal.sheet) << "：";
        if (!proposal.skipped.zh.empty()) {
            context.out << "不导入（" << proposal.skipped.zh << "）\n";
            continue;
        }
        context.out << (proposal.record_name.empty() ? "未认出台账" : proposal.record_name) << "，"
                    << proposal.why.zh << "\n";
        for (const ledger::ColumnProposal& column : proposal.columns) {
            if (column.left_out) {
                context.out << "    " << column.letter << " “" << column.heading << "”不导入\n";
            }
        }
        for (const ledger::ImportQuestion& question : proposal.questions) {
            context.out << "    ？ " << question.text.zh << "\n";
        }
    }
}

// As a shell takes it for one word.
std::string Quoted(const std::string& folder) {
    return folder.find(' ') == std::string::npos ? folder : "\"" + folder + "\"";
}

void PrintResult(const ledger::ImportResult& result, const std::string& folder, Context& context) {
    for (const ledger::FileResult& file : result.files) {
        for (const ledger::SheetResult& sheet : file.sheets) {
            const ledger::ImportCounts& rows = sheet.rows;
            context.out << fmt::format(
                "{}：读 {} 行，新增 {}，更新 {}，不变 {}，退回 {}{}\n",
                Where(file.file, sheet.sheet),
                rows.read,
                rows.created,
                rows.changed,
                rows.same,
                rows.refused,
                rows.draft > 0 ? fmt::format("，待确认 {}", rows.draft) : ""
            );
            for (const Finding& finding : sheet.findings) {
                context.out << fmt::format(
                    "    {} 第{}行{} {}：{}\n",
                    finding.severity == Severity::kRefused   ? "✗"
                    : finding.severity == Severity::kWarning ? "!"
                    : finding.severity == Severity::kTotal   ? "Σ"
                                                             : "·",
                    finding.row,
                    finding.column.empty() ? "" : " " + finding.column + "列",
                    finding.code,
                    finding.message
                );
            }
        }
        if (!file.rejects.empty()) {
            context.out << "    退回的行在 " << file.rejects.string() << "，改好后可直接再导入\n";
        }
    }
    if (result.batch != 0) {
        context.out << "批次 " << result.batch << "（撤销：zhenwu import undo " << Quoted(folder)
                    << " " << result.batch << "）\n";
    } else if (!result.asked) {
        context.out << "没有写入任何内容。\n";
    }
}

// At a terminal the questions are shown and the officer says yes or no to what is proposed.
bool AskProposals(const ledger::ImportResult& result, Context& context) {
    PrintProposals(result.proposals, context);
    if (!context.in_terminal || context.json) {
        return false;
    }
    context.err << "按上面的建议导入？[y/N] " << std::flush;
    std::string answer;
    std::getline(std::cin, answer);
    return answer == "y" || answer == "Y" || answer == "是";
}

// A file of which no sheet belongs to a ledger: the officer meant it to go in.
bool NothingFits(const ledger::ImportResult& result) {
    return std::any_of(
        result.files.begin(),
        result.files.end(),
        [](const ledger::FileResult& file) {
            return std::all_of(
                file.sheets.begin(),
                file.sheets.end(),
                [](const ledger::SheetResult& sheet) { return sheet.record.empty(); }
            );
        }
    );
}

void RunImport(const ImportArguments& arguments, Context& context) {
    if (arguments.folder.empty() || arguments.files.empty()) {
        throw Problem::Because(
            "wrong_use", {"zhenwu import DIR 表格…", "zhenwu import DIR WORKBOOK…"}
        );
    }
    const auto town = context.Open(arguments.folder);
    const std::vector<std::filesystem::path> files(arguments.files.begin(), arguments.files.end());
    ledger::Importer importer(town->ledger());
    ledger::ImportResult result;
    {
        Progress progress(context);
        result = importer.Import(CommandLineActor(), files, OptionsOf(arguments, progress));
    }
    if (result.asked && !context.json && AskProposals(result, context)) {
        Progress progress(context);
        ledger::ImportOptions options = OptionsOf(arguments, progress);
        options.yes = true;
        result = importer.Import(CommandLineActor(), files, options);
    }
    if (context.json) {
        context.out << json::serialize(http::ToJson(result, arguments.dry_run || result.asked))
                    << "\n";
    } else if (result.asked) {
        context.err << "有问题待定，没有写入。可用 --as、--map 指明，或用 --yes 采用建议。\n";
    } else {
        if (arguments.dry_run) {
            PrintProposals(result.proposals, context);
        }
        PrintResult(result, arguments.folder, context);
    }
    context.exit = result.asked || result.HasFaults() || NothingFits(result) ? kFindings : kDone;
}

struct UndoArguments {
    std::string folder;
    std::string batch;
};

void RunUndo(const UndoArguments& arguments, Context& context) {
    const auto town = context.Open(arguments.folder);
    int64_t batch = 0;
    try {
        batch = std::stoll(arguments.batch);
    } catch (const std::exception&) {
        throw Problem::Because("wrong_use", {"批次应为数字", "a batch is a number"});
    }
    const ledger::BatchInfo undo =
        ledger::BatchWriter(town->ledger()).Undo(CommandLineActor(), batch);
    if (context.json) {
        context.out << json::serialize(http::ToJson(undo)) << "\n";
    } else {
        context.out << "批次 " << batch << " 已整批撤销（撤销本身是批次 " << undo.id << "）。\n";
    }
}

void RunList(const std::string& folder, Context& context) {
    const auto town = context.Open(folder);
    json::array batches;
    std::vector<std::vector<std::string>> rows;
    for (const ledger::BatchInfo& batch : ledger::BatchWriter(town->ledger()).List()) {
        batches.emplace_back(http::ToJson(batch));
        rows.push_back(
            {std::to_string(batch.id),
             TimeToText(batch.at_millis),
             batch.by,
             batch.files.empty() ? batch.why
                                 : batch.files.front() + (batch.files.size() > 1 ? " 等" : ""),
             fmt::format("+{} ~{}", batch.counts.created, batch.counts.changed),
             batch.undone_by != 0 ? "已撤销" : (batch.undoes != 0 ? "撤销" : "")}
        );
    }
    if (context.json) {
        context.out << json::serialize(batches) << "\n";
    } else {
        context.out << TextTable({"批次", "时间", "经手", "来源", "行", ""}, rows);
    }
}

}  // namespace

void AddImportCommand(CLI::App& root, Context& context) {
    auto* verb = root.add_subcommand("import", "导入表格 / workbooks into the ledgers");
    const auto arguments = Keep<ImportArguments>();
    verb->add_option("DIR", arguments->folder);
    verb->add_option("FILE", arguments->files);
    verb->add_option("--as", arguments->record, "the ledger, when the headings do not say")
        ->type_name("RECORD");
    verb->add_option("--sheet", arguments->sheet, "only this sheet");
    verb->add_option("--map", arguments->map, "a mapping (TOML)")->type_name("FILE");
    verb->add_option("--rejects", arguments->rejects, "where refused rows come back")
        ->type_name("FOLDER");
    verb->add_flag("--dry-run", arguments->dry_run, "show what would be done");
    verb->add_flag("--yes", arguments->yes, "take what is proposed");

    auto* undo = verb->add_subcommand("undo", "整批撤销");
    const auto undo_arguments = Keep<UndoArguments>();
    undo->add_option("DIR", undo_arguments->folder)->required();
    undo->add_option("BATCH", undo_arguments->batch)->required();
    undo->callback([undo_arguments, &context] { RunUndo(*undo_arguments, context); });

    auto* list = verb->add_subcommand("list", "导入批次");
    const auto list_folder = Keep<std::string>();
    list->add_option("DIR", *list_folder)->required();
    list->callback([list_folder, &context] { RunList(*list_folder, context); });

    verb->callback([undo, list, arguments, &context] {
        if (!undo->parsed() && !list->parsed()) {
            RunImport(*arguments, context);
        }
    });
}

}  // namespace zw::cli
