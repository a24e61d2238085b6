#include <fmt/format.h>

#include <boost/json.hpp>
#include <iostream>

#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/table.h"
#include "http/json.h"
#include "ledger/export.h"
#include "ledger/returns.h"

namespace zw::cli {

namespace {

namespace json = boost::json;

const definition::RecordType& RecordOf(const app::App& town, const std::string& word) {
    std::vector<std::string> known;
    for (const definition::RecordType& type : town.model().records) {
        if (type.id == word || type.name.zh == word) {
            return type;
        }
        known.push_back(type.id);
    }
    const auto nearest = Nearest(word, known);
    throw NotFound(Thing::kLedger, word, nearest);
}

struct ExportArguments {
    std::string folder;
    std::string record;
    std::string file;
    std::string where;
    std::string place;
};

void RunExport(const ExportArguments& arguments, Context& context) {
    const auto town = context.Open(arguments.folder);
    ledger::Query query;
    query.record = RecordOf(*town, arguments.record).id;
    query.filter = arguments.where;
    const access::PlaceTree places = town->Places();
    const int64_t place = PlaceOf(places, arguments.place);
    if (place != places.town().id) {
        query.places = {place};
    }
    Progress progress(context);
    const int64_t rows = ledger::Export(
        town->ledger(),
        CommandLineActor(),
        query,
        arguments.file,
        [&](int64_t done) { progress.Show("导出", done, 0); }
    );
    if (context.json) {
        context.out << json::serialize(json::object{{"rows", rows}, {"file", arguments.file}})
                    << "\n";
    } else {
        context.out << "已导出 " << rows << " 行到 " << arguments.file << "\n";
    }
}

void AddExport(CLI::App& root, Context& context) {
    auto* command = root.add_subcommand("export", "导出台账 / a ledger as .xlsx or .csv");
    const auto arguments = Keep<ExportArguments>();
    command->add_option("DIR", arguments->folder)->required();
    command->add_option("RECORD", arguments->record)->required();
    command->add_option("FILE", arguments->file, ".xlsx or .csv")->required();
    command->add_option("--where", arguments->where, "a formula over the fields")
        ->type_name("FORMULA");
    command->add_option("--place", arguments->place, "code or name");
    command->callback([arguments, &context] { RunExport(*arguments, context); });
}

struct ReturnArguments {
    std::string folder;
    std::string record;
    std::string place;
    std::string period;
    bool zero = false;
    bool withdraw = false;
};

void RunReturn(const ReturnArguments& arguments, Context& context) {
    const auto town = context.Open(arguments.folder);
    if (arguments.zero && arguments.withdraw) {
        throw Problem::Because(
            "wrong_use", {"--zero 与 --withdraw 只能选一个", "take one of --zero and --withdraw"}
        );
    }
    const ledger::HandReturn what = arguments.withdraw ? ledger::HandReturn::kWithdrawn
                                    : arguments.zero   ? ledger::HandReturn::kZero
                                                       : ledger::HandReturn::kReturned;
    const auto result = ledger::GiveReturn(
        town->ledger(),
        CommandLineActor(),
        RecordOf(*town, arguments.record).id,
        PlaceOf(town->Places(), arguments.place),
        PeriodOf(arguments.period),
        what
    );
    if (context.json) {
        context.out << json::serialize(json::object{{"seq", std::to_string(result.seq)}}) << "\n";
    } else {
        context.out << (arguments.withdraw ? "已撤回报送。\n" : "已记为报送。\n");
    }
}

std::string_view StateWord(ledger::ReturnState state) {
    switch (state) {
        case ledger::ReturnState::kReturned:
            return "returned";
        case ledger::ReturnState::kZero:
            return "zero";
        case ledger::ReturnState::kMissing:
            break;
    }
    return "missing";
}

struct ListArguments {
    std::string folder;
    std::string period;
};

void RunReturnList(const ListArguments& arguments, Context& context) {
    const auto town = context.Open(arguments.folder);
    const Period period = PeriodOf(arguments.period);
    const access::PlaceTree places = town->Places();
    const auto reader = town->database().Read();
    json::array out;
    std::vector<std::vector<std::string>> rows;
    for (const definition::RecordType& type : town->model().records) {
        if (!type.reported || period.grain < type.reported->every) {
            continue;
        }
        const ledger::Returns returns = ledger::ReturnsFor(
            reader->connection(), town->ledger().schema(), places, town->town(), type, period
        );
        json::array entries;
        std::vector<std::string> missing;
        for (const ledger::PlaceReturn& place : returns.places) {
            entries.emplace_back(json::object{
                {"place", places.Find(place.place)->code},
                {"name", places.Find(place.place)->name},
                {"state", StateWord(place.state)},
                {"by_hand", place.by_hand},
            });
            if (place.state == ledger::ReturnState::kMissing) {
                missing.push_back(places.Find(place.place)->name);
            }
        }
        out.emplace_back(json::object{
            {"record", type.id},
            {"period", ToText(period)},
            {"returned", returns.returned},
            {"owed", returns.places.size()},
            {"places", std::move(entries)},
        });
        rows.push_back(
            {type.name.zh,
             fmt::format("{}/{}", returns.returned, returns.places.size()),
             missing.empty() ? "齐" : "缺：" + Join(missing, "、")}
        );
    }
    if (context.json) {
        context.out << json::serialize(out) << "\n";
    } else {
        context.out << TextTable({"台账", "已报", ""}, rows);
    }
}

void AddReturn(CLI::App& root, Context& context) {
    auto* command = root.add_subcommand("return", "报送 / who has returned a ledger");
    const auto arguments = Keep<ReturnArguments>();
    command->add_option("DIR", arguments->folder);
    command->add_option("RECORD", arguments->record);
    command->add_option("--place", arguments->place);
    command->add_option("--period", arguments->period);
    command->add_flag("--zero", arguments->zero, "零报告");
    command->add_flag("--withdraw", arguments->withdraw, "撤回");

    auto* list = command->add_subcommand("list", "谁已报、谁缺报");
    const auto list_arguments = Keep<ListArguments>();
    list->add_option("DIR", list_arguments->folder)->required();
    list->add_option("--period", list_arguments->period)->required();
    list->callback([list_arguments, &context] { RunReturnList(*list_arguments, context); });

    command->callback([list, arguments, &context] {
        if (list->parsed()) {
            return;
        }
        if (arguments->folder.empty() || arguments->record.empty() || arguments->place.empty() ||
            arguments->period.empty()) {
            throw Problem::Because(
                "wrong_use",
                {"zhenwu return DIR 台账 --place 村 --period 2023 [--zero|--withdraw]",
                 "zhenwu return DIR LEDGER --place VILLAGE --period 2023 [--zero|--withdraw]"}
            );
        }
        RunReturn(*arguments, context);
    });
}

}  // namespace

void AddLedgerCommands(CLI::App& root, Context& context) {
    AddExport(root, context);
    AddReturn(root, context);
}

}  // namespace zw::cli
