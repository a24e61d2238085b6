#include <fmt/format.h>

#include <boost/json.hpp>
#include <iostream>

#include "app/setup.h"
#include "base/problem.h"
#include "cli/commands.h"
#include "sample/fill.h"

namespace zw::cli {

namespace {

namespace json = boost::json;

struct SampleArguments {
    std::string folder;
    sample::SampleOptions options;
};

app::TownSettings SettingsOf(const sample::TownPlan& plan) {
    return {plan.places, plan.values};
}

void RunSample(const SampleArguments& arguments, Context& context) {
    const auto model = app::LoadModel(app::DefinitionLayers(context.definitions, {}));
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
    const auto unmet = sample::CheckExpectations(
        town->figures(), CommandLineActor(), town->Places().town().id, plan, arguments.options
    );
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
                           {"unmet", json::value_from(unmet)}})
                    << "\n";
    } else {
        context.out << fmt::format(
            "已生成样例镇 {}：{} 个村，{} 条记录，数据在 {}\n",
            plan.town.places.name,
            sample::VillagesOf(town->ledger()).size(),
            result.rows,
            arguments.folder
        );
    }
    for (const std::string& failure : unmet) {
        context.err << "样例与预期不符：" << failure << "\n";
    }
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
    command->callback([arguments, &context] { RunSample(*arguments, context); });
}

}  // namespace zw::cli
