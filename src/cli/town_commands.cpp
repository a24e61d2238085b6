#include <fmt/format.h>

#include <boost/json.hpp>
#include <filesystem>
#include <iostream>

#include "app/divisions.h"
#include "app/safety.h"
#include "app/setup.h"
#include "audit/verify.h"
#include "base/files.h"
#include "base/problem.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "http/json.h"
#include "http/json_settings.h"
#include "ledger/settings.h"

namespace zw::cli {

namespace {

namespace json = boost::json;

struct InitArguments {
    std::string folder;
    std::string from;
    std::string town;
};

void RunInit(const InitArguments& arguments, Context& context) {
    if (arguments.from.empty() == arguments.town.empty()) {
        throw Problem::Because(
            "wrong_use",
            {"zhenwu init DIR --from settings.json 或 --town 621026104",
             "zhenwu init DIR --from settings.json or --town 621026104"}
        );
    }
    const app::TownSettings settings = arguments.from.empty()
                                           ? app::TownFromDivisions(arguments.town)
                                           : app::ParseTownSettings(ReadFile(arguments.from));
    app::InitTown(arguments.folder, settings, context.definitions, context.environment);
    if (context.json) {
        context.out << json::serialize(json::object{
                           {"town", settings.places.name},
                           {"villages", settings.places.villages.size()}})
                    << "\n";
        return;
    }
    context.out << fmt::format(
                       "已建立 {}，{} 个村。数据在 {}\n",
                       settings.places.name,
                       settings.places.villages.size(),
                       arguments.folder
                   )
                << (settings.places.villages.empty()
                        ? "还没有村：在 settings.json 里写 villages，再用 zhenwu settings "
                          "补上（doc/settings.md）。\n"
                        : "")
                << "下一步：zhenwu import " << arguments.folder << " 你的表.xlsx\n";
}

void AddInit(CLI::App& root, Context& context) {
    auto* init = root.add_subcommand("init", "建立一个空镇 / an empty town");
    const auto arguments = Keep<InitArguments>();
    init->add_option("DIR", arguments->folder)->required();
    init->add_option("--from", arguments->from, "settings.json: names, slogans, villages")
        ->type_name("FILE");
    init->add_option(
        "--town", arguments->town, "the town's division code, its villages from the national list"
    );
    init->callback([arguments, &context] { RunInit(*arguments, context); });
}

struct SettingsArguments {
    std::string folder;
    std::string file;
};

// 柳湾村 621099101200（至2022-06-30，并入石咀村）
std::string VillageLine(const access::PlaceTree& places, const access::Place& village) {
    std::vector<std::string> remarks;
    if (village.from) {
        remarks.push_back("自" + ToText(*village.from));
    }
    if (village.to) {
        remarks.push_back("至" + ToText(*village.to));
    }
    if (const access::Place* heir = places.Find(village.successor)) {
        remarks.push_back("并入" + heir->name);
    }
    for (const access::FormerName& former : village.former) {
        remarks.push_back(
            ToText(former.until) + "以前为" + former.name +
            (former.code == village.code ? "" : " " + former.code)
        );
    }
    return village.name + " " + village.code +
           (remarks.empty() ? "" : "（" + Join(remarks, "，") + "）");
}

void ShowVillages(const app::App& town, json::object& out, Context& context) {
    const access::PlaceTree places = town.Places();
    for (const access::Place* village : places.Villages()) {
        if (!context.json) {
            context.out << VillageLine(places, *village) << "\n";
        }
    }
    out["villages"] = http::VillagesJson(places);
}

void ShowSettings(app::App& town, Context& context) {
    const auto reader = town.database().Read();
    const auto settings = ledger::Settings::Load(
        reader->connection(), town.town(), town.model(), town.ledger().schema()
    );
    json::object out;
    for (const definition::Setting& setting : town.model().settings) {
        const std::string value = settings.Get(setting.key).value_or("");
        out[setting.key] = value;
        if (!context.json) {
            context.out << setting.name.zh << "（" << setting.key << "）："
                        << (value.empty() ? "—" : value)
                        << (setting.help.zh.empty() ? "" : "　" + setting.help.zh) << "\n";
        }
    }
    ShowVillages(town, out, context);
    if (context.json) {
        context.out << json::serialize(out) << "\n";
    }
}

void RunSettings(const SettingsArguments& arguments, Context& context) {
    const auto town = context.Open(arguments.folder);
    if (!arguments.file.empty()) {
        const int64_t seq = app::ChangeSettings(
            *town, CommandLineActor(), app::ParseTownSettings(ReadFile(arguments.file))
        );
        context.err << (seq == 0 ? "没有变化。\n" : "已更新。\n");
    }
    ShowSettings(*town, context);
}

void AddSettings(CLI::App& root, Context& context) {
    auto* settings = root.add_subcommand("settings", "镇情设置 / the town's settings");
    const auto arguments = Keep<SettingsArguments>();
    settings->add_option("DIR", arguments->folder)->required();
    settings->add_option("FILE", arguments->file, "settings.json");
    settings->callback([arguments, &context] { RunSettings(*arguments, context); });
}

struct BackupArguments {
    std::string folder;
    std::string file;
    std::string passphrase_file;

    std::string Passphrase() const {
        return passphrase_file.empty() ? "" : Trim(ReadFile(passphrase_file));
    }
};

void AddBackup(CLI::App& root, Context& context) {
    const auto arguments = Keep<BackupArguments>();
    auto* backup = root.add_subcommand(
        "backup", "备份(含密钥) / everything of a town in one file, the key too"
    );
    backup->add_option("DIR", arguments->folder)->required();
    backup->add_option("FILE", arguments->file)->required();
    backup->add_option("--passphrase-file", arguments->passphrase_file, "encrypts the file");
    backup->callback([arguments, &context] {
        const auto town = context.Open(arguments->folder);
        Progress progress(context);
        const auto head = app::BackupTown(
            *town,
            arguments->file,
            arguments->Passphrase(),
            [&](int64_t done, int64_t total) { progress.Show("备份", done, total); }
        );
        if (context.json) {
            context.out << json::serialize(json::object{
                               {"file", arguments->file},
                               {"bytes", std::filesystem::file_size(arguments->file)},
                               {"head", head.empty() ? json::value() : json::value(head.string())}})
                        << "\n";
            return;
        }
        context.err << "已备份到 " << arguments->file << "\n";
        if (!head.empty()) {
            context.err << "日志末条记在 " << head.string()
                        << "，请另存他处；核验时用 audit verify DIR --head 给出。\n";
        }
    });

    auto* restore = root.add_subcommand("restore", "恢复 / a town from its back-up");
    restore->add_option("FILE", arguments->file)->required();
    restore->add_option("DIR", arguments->folder)->required();
    restore->add_option("--passphrase-file", arguments->passphrase_file);
    restore->callback([arguments, &context] {
        Progress progress(context);
        app::RestoreTown(
            arguments->file,
            arguments->folder,
            arguments->Passphrase(),
            [&](int64_t done, int64_t total) { progress.Show("恢复", done, total); }
        );
        if (context.json) {
            context.out << json::serialize(json::object{{"folder", arguments->folder}}) << "\n";
            return;
        }
        context.err << "已恢复到 " << arguments->folder << "\n";
    });
}

json::object FaultJson(const audit::Fault& fault) {
    return {
        {"code", fault.code},
        {"message", fault.Message()},
        {"record", fault.record},
        {"id", std::to_string(fault.id)},
        {"version", fault.version},
        {"seq", fault.seq},
    };
}

struct VerifyArguments {
    std::string folder;
    std::vector<std::string> heads;
    std::string accept;
};

void SayWhatToDo(Context& context) {
    context.err
        << "log.head 遗失、损坏或比日志还新：日志末尾可能被删去。请先用备份留下的 .head 核对"
           "（--head），必要时从备份恢复；查明原因、确要认可现有日志的，用 audit verify DIR "
           "--accept-head 理由，认可本身记入日志。\n";
}

void RunVerify(const VerifyArguments& arguments, Context& context) {
    const auto town = context.Open(arguments.folder);
    if (!arguments.accept.empty()) {
        app::AcceptHead(*town, CommandLineActor(), arguments.accept);
        context.err << "已认可现有日志，记入日志。\n";
    }
    Progress progress(context);
    const std::vector<std::filesystem::path> heads(arguments.heads.begin(), arguments.heads.end());
    const auto result = app::VerifyTown(*town, heads, [&](int64_t done, int64_t total) {
        progress.Show("核验", done, total);
    });
    json::array faults;
    for (const audit::Fault& fault : result.faults) {
        faults.emplace_back(FaultJson(fault));
        if (!context.json) {
            context.out << fault.Message() << "\n";
        }
    }
    if (context.json) {
        context.out << json::serialize(json::object{
                           {"sound", result.sound()},
                           {"entries", result.entries},
                           {"versions", result.versions},
                           {"faults", std::move(faults)},
                       })
                    << "\n";
    } else {
        context.out << fmt::format(
            "{}：日志 {} 条，记录版本 {} 个\n",
            result.sound() ? "完好" : "发现问题",
            result.entries,
            result.versions
        );
    }
    if (town->HeadLost()) {
        SayWhatToDo(context);
    }
    context.exit = result.sound() ? kDone : kFindings;
}

void AddAudit(CLI::App& root, Context& context) {
    auto* audit = root.add_subcommand("audit", "日志核验 / is everything as it was written");
    audit->require_subcommand(1);
    auto* verify = audit->add_subcommand("verify", "核验日志与记录");
    const auto arguments = Keep<VerifyArguments>();
    verify->add_option("DIR", arguments->folder)->required();
    verify->add_option("--head", arguments->heads, "a FILE.head that a back-up left")
        ->type_name("FILE");
    verify
        ->add_option(
            "--accept-head",
            arguments->accept,
            "log.head is gone or ahead: take the log as it stands, with a reason that it keeps"
        )
        ->type_name("REASON");
    verify->callback([arguments, &context] { RunVerify(*arguments, context); });
}

}  // namespace

void AddTownCommands(CLI::App& root, Context& context) {
    AddInit(root, context);
    AddSettings(root, context);
    AddBackup(root, context);
    AddAudit(root, context);
}

}  // namespace zw::cli
