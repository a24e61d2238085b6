#include "app/app.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "app/format.h"
#include "app/safety.h"
#include "audit/log.h"
#include "base/id_time.h"
#include "base/problem.h"
#include "report/forms.h"

namespace zw::app {

namespace {

// Ids grow after a restart too when the clock was set back: they go on a minute after the newest
// that is found, so much as those of one commit may lie behind its first.
class ClockOfIds final : public Clock {
public:
    explicit ClockOfIds(const Clock& outside) : outside_(outside) {}
    void GoOnAfter(int64_t id) {
        const int64_t made = MillisOfId(id);
        least_ = outside_.NowMillis() <= made ? made + kMinute : 0;
    }
    int64_t NowMillis() const override { return std::max(outside_.NowMillis(), least_); }

private:
    static constexpr int64_t kMinute = 60'000;
    const Clock& outside_;
    int64_t least_ = 0;
};

}  // namespace

struct App::Impl {
    Impl(TownFolder town_folder, const Environment& environment)
        : folder(std::move(town_folder)),
          outside(environment),
          clock_of_ids(environment.clock),
          ids(clock_of_ids) {}

    TownFolder folder;
    Environment outside;
    ClockOfIds clock_of_ids;
    IdGenerator ids;
    std::optional<audit::KeyFile> key;
    std::shared_ptr<const definition::Model> model;
    std::unique_ptr<store::Database> database;
    int64_t town = 0;
    // Each before those that read it: destroyed the other way round.
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<audit::HeadKeeper> heads;
    std::unique_ptr<indicator::Figures> figures;
    std::unique_ptr<report::Reports> reports;
    std::unique_ptr<ImportDesk> desk;
    std::unique_ptr<access::Accounts> accounts;
};

namespace {

std::map<std::string, std::string> FilesOf(const std::vector<definition::Layer>& layers) {
    std::map<std::string, std::string> files;
    for (const definition::Layer& layer : layers) {
        for (const auto& [path, bytes] : layer.files) {
            files[layer.name + "/" + path] = bytes;
        }
    }
    return files;
}

int64_t FindTown(store::Database& database, const std::filesystem::path& folder) {
    const auto reader = database.Read();
    store::Connection& connection = reader->connection();
    if (connection.TableExists("place")) {
        const auto row = connection.First("select town from place where parent = 0 order by town");
        if (!row.empty()) {
            return std::get<int64_t>(row.front());
        }
    }
    throw Problem("not_a_town", {{"path", folder.string()}});
}

// Of what every commit or sign-in has; 0 when there is none yet.
int64_t NewestId(store::Database& database, int64_t town) {
    constexpr std::string_view kOfLog =
        "select batch from log where town = ? and batch is not null "
        "order by seq desc limit 1";
    const auto reader = database.Read();
    store::Connection& connection = reader->connection();
    int64_t newest = 0;
    for (const auto& [table, sql] : std::map<std::string_view, std::string_view>{
             {"log", kOfLog},
             {"account", "select id from account where town = ? order by id desc limit 1"},
             {"web_session",
              "select id from web_session where town = ? order by id desc limit 1"}}) {
        if (connection.TableExists(table)) {
            const auto row = connection.First(sql, {town});
            newest = row.empty() ? newest : std::max(newest, std::get<int64_t>(row.front()));
        }
    }
    return newest;
}

std::unique_ptr<audit::HeadKeeper> KeepHead(
    const std::filesystem::path& file,
    const audit::KeyFile& key,
    store::Database& database,
    int64_t town
) {
    return std::make_unique<audit::HeadKeeper>(
        audit::HeadFile(file, key),
        audit::LogNow{
            [&database, town]() -> std::optional<audit::Head> {
                const auto reader = database.Read();
                store::Connection& connection = reader->connection();
                return connection.TableExists("log") ? audit::Log::Newest(connection, town)
                                                     : std::nullopt;
            },
            [&database](const audit::Head& head) {
                const auto reader = database.Read();
                return audit::Log::Holds(reader->connection(), head);
            }}
    );
}

}  // namespace

App::App(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

App::~App() = default;

std::unique_ptr<App> App::Open(
    const std::filesystem::path& folder,
    const DefinitionOptions& options,
    const Environment& environment
) {
    auto impl = std::make_unique<Impl>(TownFolder(folder), environment);
    if (!std::filesystem::exists(impl->folder.database())) {
        throw Problem("not_a_town", {{"path", folder.string()}});
    }
    impl->key.emplace(audit::KeyFile::Load(impl->folder.key()));
    const auto layers = DefinitionLayers(options, folder);
    impl->model = LoadModel(layers, options, folder);
    impl->database =
        store::Database::OpenSqlite(impl->folder.database(), {.turns = environment.turns});
    impl->town = FindTown(*impl->database, folder);
    RefuseNewerTown(*impl->database, impl->town, folder);
    impl->clock_of_ids.GoOnAfter(NewestId(*impl->database, impl->town));
    // Before the ledger, whose opening may write the first entry: a log that is empty needs no
    // head.
    impl->heads = KeepHead(impl->folder.log_head(), *impl->key, *impl->database, impl->town);
    impl->ledger = std::make_unique<ledger::Ledger>(ledger::LedgerServices{
        *impl->database,
        impl->model,
        environment.clock,
        impl->ids,
        environment.random,
        *impl->key,
        impl->town,
        FilesOf(layers)});
    impl->ledger->Open();
    // Not before: a town whose definitions are refused may still go back to its own program.
    MarkFormat(*impl->database, impl->town);
    impl->figures = std::make_unique<indicator::Figures>(*impl->ledger);
    impl->ledger->AddObserver(impl->figures->observer());
    impl->figures->Open();
    impl->reports = std::make_unique<report::Reports>(*impl->ledger, *impl->figures);
    impl->reports->Open();
    report::Forms(*impl->ledger, *impl->figures).Open();
    impl->accounts = std::make_unique<access::Accounts>(access::AccountServices{
        *impl->database,
        impl->model,
        environment.clock,
        impl->ids,
        environment.random,
        *impl->key,
        impl->town,
        environment.policy});
    BeginVouching(*impl->ledger);
    return std::unique_ptr<App>(new App(std::move(impl)));
}

const TownFolder& App::folder() const {
    return impl_->folder;
}

const definition::Model& App::model() const {
    return *impl_->model;
}

std::shared_ptr<const definition::Model> App::shared_model() const {
    return impl_->model;
}

store::Database& App::database() {
    return *impl_->database;
}

const audit::KeyFile& App::key() const {
    return *impl_->key;
}

ledger::Ledger& App::ledger() {
    return *impl_->ledger;
}

indicator::Figures& App::figures() {
    return *impl_->figures;
}

report::Reports& App::reports() {
    return *impl_->reports;
}

ImportDesk& App::import_desk() {
    if (!impl_->desk) {
        impl_->desk = std::make_unique<ImportDesk>(
            *impl_->ledger, impl_->outside.random, impl_->folder.staging() / "trays"
        );
    }
    return *impl_->desk;
}

access::Accounts& App::accounts() {
    return *impl_->accounts;
}

IdGenerator& App::ids() {
    return impl_->ids;
}

const Clock& App::clock() const {
    return impl_->outside.clock;
}

int64_t App::town() const {
    return impl_->town;
}

access::PlaceTree App::Places() const {
    return impl_->ledger->Places();
}

void App::FlushHead() {
    impl_->heads->Flush();
}

bool App::HeadLost() {
    return impl_->heads->Lost();
}

void App::AcceptHead() {
    impl_->heads->Accept();
}

}  // namespace zw::app
