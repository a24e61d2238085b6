#include <fmt/format.h>

#include <boost/json.hpp>
#include <iostream>

#include "app/setup.h"
#include "base/files.h"
#include "base/problem.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "sample/books.h"
#include "sample/fill.h"

namespace zw::cli {

namespace {

namespace json = boost::json;

struct SampleArguments {
    std::string folder;
    std::string workbooks;
    sample::SampleOptions options;
};

app::TownSettings SettingsOf(const sample::TownPlan& plan) {
    return {plan.places, plan.values};
}

// The workbooks, with the answers that an import of them must give: the figures are those of a town
// that holds just the rows that are not refused, made in a folder that is gone afterwards.
void WriteWorkbooks(const SampleArguments& arguments, const sample::Plan& whole, Context& context) {
    const std::filesystem::path folder(arguments.workbooks);
    std::filesystem::create_directories(folder);
    const sample::Plan plan = sample::PlanOfBooks(whole);
    const sample::TownPlan town_plan = sample::MakeTownPlan(plan, arguments.options);
    const std::filesystem::path scratch = folder / ".answers";
    std::filesystem::remove_all(scratch);
    app::InitTown(scratch, SettingsOf(town_plan), context.definitions, context.environment);
    {
        const auto town = context.Open(scratch.string());
        const sample::Books books = sample::WriteBooks(
            plan,
            arguments.options,
            town_plan,
            sample::VillagesOf(town->ledger()),
            sample::TownItselfOf(town->ledger()),
            folder
        );
        sample::Fill(town->ledger(), CommandLineActor(), plan, arguments.options, books.left_out);
        WriteFile(folder / "settings.json", sample::SettingsJson(town_plan) + "\n");
        WriteFile(
            folder / "answers.json",
            sample::AnswersJson(
                books, town->figures(), CommandLineActor(), town->ledger(), arguments.options
            ) + "\n"
        );
    }
    std::filesystem::remove_all(scratch);
}

// `unmet`: what the lines expect and the town does not have; absent when that was not compared.
void Tell(
    const SampleArguments& arguments,
    const sample::Plan& plan,
    app::App& town,
    const sample::FillResult& result,
    const std::optional<std::vector<std::string>>& unmet,
    Context& context
) {
    const std::vector<std::string> failures = unmet.value_or(std::vector<std::string>());
    if (context.json) {
        json::object by_record;
        for (const auto& [record, rows] : result.by_record) {
            by_record[record] = rows;
        }
        context.out << json::serialize(json::object{
                           {"town", plan.town.places.name},
                           {"seed", arguments.options.seed},
                           {"rows", result.rows},
                           {"records", by_record},
                           {"compared", unmet.has_value()},
                           {"unmet", json::value_from(failures)}})
                    << "\n";
    } else {
        context.out << fmt::format(
            "已生成样例镇 {}：{} 个村，{} 条记录，数据在 {}\n",
            plan.town.places.name,
            sample::VillagesOf(town.ledger()).size(),
            result.rows,
            arguments.folder
        );
    }
    if (!arguments.workbooks.empty() && !context.json) {
        context.out << "各站所的表和答案在 " << arguments.workbooks << "\n";
    }
    if (!unmet && !context.json) {
        context.err << "规模不是 1，没有与各工作线写明的预期比较。\n";
    }
    for (const std::string& failure : failures) {
        context.err << "样例与预期不符：" << failure << "\n";
    }
}

void RunSample(const SampleArguments& arguments, Context& context) {
    const auto model = app::LoadModel(context.definitions);
    const sample::Plan plan = sample::LoadPlan(model);
    app::InitTown(
        arguments.folder,
        SettingsOf(sample::MakeTownPlan(plan, arguments.options)),
        context.definitions,
        context.environment
    );
    const auto town = context.Open(arguments.folder);
    Progress progress(context);
    const sample::FillResult result = sample::Fill(
        town->ledger(),
        CommandLineActor(),
        plan,
        arguments.options,
        {},
        [&](const std::string& stage, int64_t done, int64_t total) {
            progress.Show(stage, done, total);
        }
    );
    if (!arguments.workbooks.empty()) {
        WriteWorkbooks(arguments, plan, context);
    }
    // The lines expect a town of its own size: many herds and targets of a farm or a town do not
    // grow with the number of records.
    std::optional<std::vector<std::string>> unmet;
    if (arguments.options.scale == 1) {
        unmet = sample::CheckExpectations(
            town->figures(), CommandLineActor(), town->Places().town().id, plan, arguments.options
        );
    }
    Tell(arguments, plan, *town, result, unmet, context);
}

}  // namespace

void AddSampleCommand(CLI::App& root, Context& context) {
    auto* command = root.add_subcommand("sample", "生成一个虚构的样例镇 / a made-up town");
    const auto arguments = Keep<SampleArguments>();
    command->add_option("DIR", arguments->folder, "the town's folder, made anew")->required();
    command
        ->add_option(
            "--scale", arguments->options.scale, "number of records of each village, 1 is a town's"
        )
        ->check(CLI::Range(0.001, 100.0));
    command->add_option("--seed", arguments->options.seed, "the same seed gives the same town");
    command
        ->add_option(
            "--workbooks",
            arguments->workbooks,
            "its ledgers too, written as offices send them, with the answers beside them"
        )
        ->type_name("FOLDER");
    command->callback([arguments, &context] { RunSample(*arguments, context); });
}

}  // namespace zw::cli
