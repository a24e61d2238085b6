#include "cli/cli.h"

#include <algorithm>
#include <boost/json.hpp>
#include <iostream>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "cli/commands.h"
#include "cli/form_commands.h"
#include "http/json.h"

namespace zw::cli {

namespace {

void PrintProblem(const Problem& problem, Context& context) {
    if (context.json) {
        context.out << boost::json::serialize(http::ToJson(problem)) << "\n";
    }
    context.err << "zhenwu: " << problem.Message() << "\n";
    const auto list = problem.details().find("errors");
    if (list != problem.details().end() &&
        problem.Message().find(list->second) == std::string::npos) {
        context.err << list->second << "\n";
    }
}

void Describe(CLI::App& root, Context& context) {
    root.description(
        "镇务通：一个乡镇的台账、指标和年度报告。\n"
        "zhenwu keeps a township's ledgers, computes its figures and writes its annual report from "
        "them."
    );
    root.require_subcommand(1);
    root.fallthrough();
    root.set_version_flag("--version", "zhenwu " ZW_VERSION);
    root.add_option(
            "--worklines",
            context.definitions.worklines,
            "A folder of work lines that goes before the built-in ones"
    )
        ->type_name("FOLDER");
    root.add_flag("--json", context.json, "Print JSON");
}

// The parser stops at the first thing it does not understand, perhaps before it came to --json.
bool AsksForJson(int argc, const char* const* argv) {
    const std::vector<std::string_view> words(argv + std::min(argc, 1), argv + argc);
    const auto end = std::find(words.begin(), words.end(), "--");
    return std::find(words.begin(), end, "--json") != end;
}

int ParseProblem(const CLI::App& root, const CLI::ParseError& error, Context& context) {
    if (error.get_exit_code() != 0 && context.json) {
        const Problem problem("wrong_use", {{"what", error.what()}});
        context.out << boost::json::serialize(http::ToJson(problem)) << "\n";
    }
    const int code = root.exit(error, context.out, context.err);
    return code == 0 ? kDone : kWrongUse;
}

}  // namespace

int Run(int argc, const char* const* argv, Context& context) {
    CLI::App root;
    Describe(root, context);
    AddTownCommands(root, context);
    AddSampleCommand(root, context);
    AddCheckCommands(root, context);
    AddSheetCommand(root, context);
    AddImportCommand(root, context);
    AddLedgerCommands(root, context);
    AddFigureCommands(root, context);
    AddReportCommands(root, context);
    AddFormCommands(root, context);
    AddServeCommand(root, context);
    AddUserCommand(root, context);
    try {
        root.parse(argc, argv);
        return context.exit;
    } catch (const CLI::ParseError& error) {
        context.json = context.json || AsksForJson(argc, argv);
        return ParseProblem(root, error, context);
    } catch (const Problem& problem) {
        PrintProblem(problem, context);
        return problem.exit_code();
    } catch (const std::exception& error) {
        PrintProblem(Problem("internal", {{"what", error.what()}}), context);
        return kFailure;
    }
}

}  // namespace zw::cli
