#include <iostream>

#include "base/problem.h"
#include "cli/commands.h"
#include "http/api.h"
#include "http/server.h"

namespace zw::cli {

namespace {

struct ServeArguments {
    std::string folder;
    std::string listen = "127.0.0.1:8080";
};

void RunServe(const ServeArguments& arguments, Context& context) {
    const http::ServerOptions options = http::ParseListen(arguments.listen);
    const auto town = context.Open(arguments.folder);
    http::Router router;
    http::AddAllRoutes(router, *town);
    http::Server server(options, router);
    context.out << town->Places().town().name << "：http://" << options.address << ":"
                << server.port() << "/  （按 Ctrl-C 停止）" << std::endl;
    server.Run(true);
    context.err << "已停止。\n";
}

}  // namespace

void AddServeCommand(CLI::App& root, Context& context) {
    auto* serve = root.add_subcommand("serve", "打开网页 / the page");
    const auto arguments = Keep<ServeArguments>();
    serve->add_option("DIR", arguments->folder)->required();
    serve->add_option("--listen", arguments->listen, "address and port")->capture_default_str();
    serve->callback([arguments, &context] { RunServe(*arguments, context); });
}

}  // namespace zw::cli
