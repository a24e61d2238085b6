#include <fmt/format.h>

#include <boost/json.hpp>
#include <iostream>

#include "app/cases.h"
#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"
#include "cli/commands.h"
#include "http/json.h"
#include "indicator/source_set.h"

namespace zw::cli {

namespace {

namespace json = boost::json;

struct CheckArguments {
    std::string folder;
    std::string origin;
    std::string cells;
};

// Which definitions are looked at.
struct Looked {
    app::DefinitionOptions options;
    std::filesystem::path town;  // whose layers; empty: none
};

void PrintErrors(
    const std::vector<definition::DefinitionError>& errors, const Looked& looked, Context& context
) {
    json::array out;
    for (const definition::DefinitionError& error : errors) {
        out.emplace_back(json::object{
            {"layer", error.origin.layer},
            {"file", error.origin.file},
            {"path", app::PathOf(error.origin, looked.options, looked.town)},
            {"line", error.origin.line},
            {"column", error.origin.column},
            {"code", error.code},
            {"message", error.message},
        });
        if (!context.json) {
            context.out << app::TextOf(error, looked.options, looked.town) << "\n";
        }
    }
    if (context.json) {
        context.out << json::serialize(json::object{{"errors", std::move(out)}}) << "\n";
    }
}

void PrintOrigin(
    const definition::Model& model, const std::string& key, const Looked& looked, Context& context
) {
    const auto found = model.origins.find(key);
    if (found == model.origins.end()) {
        std::vector<std::string> known;
        for (const auto& [name, origin] : model.origins) {
            known.push_back(name);
        }
        const auto nearest = Nearest(key, known);
        throw NotFound(Thing::kDefinition, key, nearest);
    }
    const definition::Origin& origin = found->second;
    const std::string path = app::PathOf(origin, looked.options, looked.town);
    if (context.json) {
        context.out << json::serialize(json::object{
                           {"key", key},
                           {"layer", origin.layer},
                           {"file", origin.file},
                           {"path", path},
                           {"line", origin.line},
                           {"column", origin.column},
                       })
                    << "\n";
    } else {
        context.out << fmt::format(
            "{}：{} 层 {}:{}:{}\n", key, origin.layer, path, origin.line, origin.column
        );
    }
}

// FOLDER is a town's folder, one of its layers (DIR/local, DIR/layers/county): then all its layers
// are checked, for a layer says nothing without those below it; or a folder of definitions that
// goes before the built-in ones.
Looked WhatToLookAt(const std::string& folder, const Context& context) {
    Looked looked{context.definitions, {}};
    if (folder.empty()) {
        return looked;
    }
    // "DIR/local/" and "." have no name of their own.
    std::filesystem::path path = std::filesystem::path(folder).lexically_normal();
    path = path.has_filename() ? path : path.parent_path();
    path = path == "." ? std::filesystem::current_path() : path;
    const std::filesystem::path above = path.parent_path();
    if (std::filesystem::exists(app::TownFolder(folder).database())) {
        looked.town = folder;
    } else if (path.filename() == "local" && std::filesystem::is_directory(path)) {
        looked.town = above.empty() ? "." : above;
    } else if (above.filename() == "layers" && std::filesystem::is_directory(path)) {
        looked.town = above.parent_path().empty() ? "." : above.parent_path();
    } else {
        looked.options.worklines = folder;
    }
    return looked;
}

void PrintSound(const definition::Model& model, Context& context) {
    const auto from_rows = indicator::ComputedFromRows(model);
    if (context.json) {
        json::array computed;
        for (const definition::Indicator* indicator : from_rows) {
            computed.emplace_back(json::object{
                {"indicator", indicator->id}, {"name", indicator->name.zh}});
        }
        context.out << json::serialize(json::object{
                           {"errors", json::array()}, {"computed_from_rows", std::move(computed)}})
                    << "\n";
        return;
    }
    context.out << fmt::format(
        "定义正确：{} 条工作线，{} 个台账，{} 个指标\n",
        model.lines.size(),
        model.records.size(),
        model.indicators.size()
    );
    context.out
        << (from_rows.empty()
                ? "指标都存有汇总。\n"
                : fmt::format("其中 {} 个指标不存汇总，每次从记录计算：\n", from_rows.size()));
    for (const definition::Indicator* indicator : from_rows) {
        context.out << "    " << indicator->id << " " << indicator->name.zh << "\n";
    }
}

void RunCheck(const CheckArguments& arguments, Context& context) {
    const Looked looked = WhatToLookAt(arguments.folder, context);
    app::CheckedDefinitions result =
        app::CheckDefinitions(app::DefinitionLayers(looked.options, looked.town));
    result.errors.insert(result.errors.end(), result.beside.begin(), result.beside.end());
    if (result.errors.empty()) {
        result.errors = app::CheckSample(result.model);
    }
    if (!result.errors.empty()) {
        PrintErrors(result.errors, looked, context);
        context.err << "定义有 " << result.errors.size() << " 处错误\n";
        context.exit = kFindings;
    } else if (!arguments.origin.empty()) {
        PrintOrigin(*result.model, arguments.origin, looked, context);
    } else {
        PrintSound(*result.model, context);
    }
}

void RunCheckCells(const std::string& folder, Context& context) {
    const auto town = context.Open(folder);
    std::vector<Finding> findings = town->figures().CheckCells();
    const std::vector<Finding> computed = town->ledger().CheckComputed();
    findings.insert(findings.end(), computed.begin(), computed.end());
    const std::vector<Finding> returns = town->ledger().CheckReturns();
    findings.insert(findings.end(), returns.begin(), returns.end());
    json::array out;
    for (const Finding& finding : findings) {
        out.emplace_back(http::ToJson(finding));
        if (!context.json) {
            context.out << finding.message << "\n";
        }
    }
    if (context.json) {
        context.out << json::serialize(json::object{{"findings", std::move(out)}}) << "\n";
    } else if (findings.empty()) {
        context.out << "汇总单元与记录一致。\n";
    }
    context.exit = findings.empty() ? kDone : kFindings;
}

void AddCheck(CLI::App& root, Context& context) {
    auto* check = root.add_subcommand("check", "检查定义或汇总 / definitions, or a town's cells");
    const auto arguments = Keep<CheckArguments>();
    check->add_option("FOLDER", arguments->folder, "definitions, or a town's folder");
    check->add_option("--origin", arguments->origin, "which layer a definition comes from")
        ->type_name("KEY");
    check->add_option("--cells", arguments->cells, "recompute the cells of a town")
        ->type_name("DIR");
    check->callback([arguments, &context] {
        if (!arguments->cells.empty()) {
            RunCheckCells(arguments->cells, context);
        } else {
            RunCheck(*arguments, context);
        }
    });
}

void RunTest(const std::vector<std::string>& lines, Context& context) {
    const auto model = app::LoadModel(context.definitions);
    const app::CasesResult result =
        app::RunCases(context.definitions, *model, lines, context.environment);
    json::array out;
    for (const app::CaseResult& one : result.cases) {
        out.emplace_back(json::object{
            {"case", one.name},
            {"passed", one.failures.empty()},
            {"failures", json::array(one.failures.begin(), one.failures.end())}});
        if (!context.json && !one.failures.empty()) {
            context.out << "✗ " << one.name << "\n    " << Join(one.failures, "\n    ") << "\n";
        }
    }
    if (context.json) {
        context.out << json::serialize(json::object{
                           {"passed", result.passed},
                           {"failed", result.failed},
                           {"cases", std::move(out)}})
                    << "\n";
    } else {
        context.out << fmt::format("{} passed, {} failed\n", result.passed, result.failed);
    }
    context.exit = result.failed == 0 ? kDone : kFindings;
}

void AddTest(CLI::App& root, Context& context) {
    auto* test = root.add_subcommand("test", "工作线自带的算例 / the cases of work lines");
    const auto lines = Keep<std::vector<std::string>>();
    test->add_option("LINE", *lines, "CHAPTER/LINE; all when left out");
    test->callback([lines, &context] { RunTest(*lines, context); });
}

}  // namespace

void AddCheckCommands(CLI::App& root, Context& context) {
    AddCheck(root, context);
    AddTest(root, context);
}

}  // namespace zw::cli
