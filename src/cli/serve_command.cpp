#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <iostream>
#include <thread>

#include "app/setup.h"
#include "base/problem.h"
#include "base/turns.h"
#include "cli/commands.h"
#include "http/api.h"
#include "http/guard.h"
#include "http/journal.h"
#include "http/server.h"
#include "http/setup.h"
#include "http/tls.h"

namespace zw::cli {

namespace {

namespace json = boost::json;

// So that one slow question keeps nobody from asking, where there are but two processors.
constexpr int kLeastTurns = 4;

struct ServeArguments {
    std::string folder;
    std::string listen = "127.0.0.1:8080";
    std::vector<std::string> names;
    bool tls = false;
    std::string certificate;
    std::string key;
    bool behind_proxy = false;
    bool insecure = false;
};

http::ServerOptions OptionsOf(const ServeArguments& arguments, const Context& context) {
    http::ServerOptions options = http::ParseListen(arguments.listen);
    options.names.insert(options.names.end(), arguments.names.begin(), arguments.names.end());
    options.behind_proxy = arguments.behind_proxy;
    if (arguments.certificate.empty() != arguments.key.empty()) {
        throw Problem::Because(
            "wrong_use",
            {"--tls-certificate 和 --tls-key 要一起给出",
             "--tls-certificate and --tls-key come together"}
        );
    }
    if (!arguments.certificate.empty()) {
        options.tls = http::TlsFiles{arguments.certificate, arguments.key, false};
    } else if (arguments.tls) {
        options.tls = http::SelfMadeCertificate(
            std::filesystem::path(arguments.folder) / "tls",
            options.names,
            context.environment.clock
        );
    }
    http::RequireSealed(options, arguments.insecure);
    return options;
}

// `town`: nullptr while there is none; the page then makes one.
void SayWhere(
    const app::App* town, const http::ServerOptions& options, uint16_t port, const Context& context
) {
    const std::string name = town == nullptr ? "" : town->Places().town().name;
    const std::string url =
        fmt::format("{}://{}:{}/", options.tls ? "https" : "http", options.address, port);
    const std::string fingerprint =
        options.tls ? http::Fingerprint(options.tls->certificate) : std::string();
    if (context.json) {
        const json::object out{
            {"town", town == nullptr ? json::value() : json::value(name)},
            {"url", url},
            {"fingerprint", options.tls ? json::value(fingerprint) : json::value()},
        };
        context.out << json::serialize(out) << std::endl;
        return;
    }
    context.out << (town == nullptr ? "还没有镇，请在本机的网页里建立" : name) << "：" << url
                << "  （按 Ctrl-C 停止）" << std::endl;
    if (options.tls) {
        context.out << "证书指纹 SHA-256 " << fingerprint << std::endl;
    }
}

void WarnOfNoUsers(app::App& town, const http::ServerOptions& options, const Context& context) {
    if (!http::IsLoopback(options.address) && !town.accounts().Any()) {
        context.err
            << "还没有用户，别的电脑打不开：先在本机用 zhenwu user add 建立镇领导的账号。\n";
    }
}

// A folder without a town: its page makes one, then the same server goes on with it.
void ServeFirstStart(
    const ServeArguments& arguments, const http::ServerOptions& options, Context& context
) {
    std::unique_ptr<app::App> town;
    http::Journal journal(context.environment.clock, context.err);
    http::Router router;
    router.Tell(journal);
    http::Router first;
    first.Tell(journal);
    http::AddSetupRoutes(first, [&](const app::TownSettings& settings) {
        app::InitTown(arguments.folder, settings, context.definitions, context.environment);
        town = context.Open(arguments.folder);
        http::AddAllRoutes(router, *town);
        first.HandOver(router);
    });
    http::Server server(options, first);
    SayWhere(nullptr, options, server.port(), context);
    server.Run(true);
}

void ServeTown(
    const ServeArguments& arguments, const http::ServerOptions& options, Context& context
) {
    const auto town = context.Open(arguments.folder);
    http::Journal journal(context.environment.clock, context.err);
    http::Router router;
    router.Tell(journal);
    http::AddAllRoutes(router, *town);
    http::Server server(options, router);
    SayWhere(town.get(), options, server.port(), context);
    WarnOfNoUsers(*town, options, context);
    server.Run(true);
}

void RunServe(const ServeArguments& arguments, Context& context) {
    const bool first = app::MayBecomeTown(arguments.folder);
    Turns turns(std::max(kLeastTurns, static_cast<int>(std::thread::hardware_concurrency())));
    context.environment.turns = &turns;
    http::ServerOptions options = OptionsOf(arguments, context);
    options.turns = &turns;
    options.upload_folder = app::TownFolder(arguments.folder).staging();
    if (first) {
        ServeFirstStart(arguments, options, context);
    } else {
        ServeTown(arguments, options, context);
    }
    context.err << "已停止。\n";
}

}  // namespace

void AddServeCommand(CLI::App& root, Context& context) {
    auto* serve = root.add_subcommand("serve", "打开网页 / the page");
    const auto arguments = Keep<ServeArguments>();
    serve->add_option("DIR", arguments->folder)->required();
    serve->add_option("--listen", arguments->listen, "address and port")->capture_default_str();
    serve->add_option("--name", arguments->names, "a host name people use, repeatable");
    serve->add_flag("--tls", arguments->tls, "encrypt with a certificate of the program's making");
    serve->add_option("--tls-certificate", arguments->certificate, "PEM, with its chain");
    serve->add_option("--tls-key", arguments->key, "PEM");
    serve->add_flag("--behind-proxy", arguments->behind_proxy, "a proxy encrypts");
    serve->add_flag("--insecure", arguments->insecure, "in clear where others could listen");
    serve->callback([arguments, &context] { RunServe(*arguments, context); });
}

}  // namespace zw::cli
