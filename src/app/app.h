#pragma once
// Builds and owns everything a town's program runs on; no business rule stands here. One App a
// process and town folder.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "access/accounts.h"
#include "access/place.h"
#include "app/definitions.h"
#include "app/import_desk.h"
#include "audit/head.h"
#include "audit/key_file.h"
#include "base/environment.h"
#include "definition/model.h"
#include "indicator/figures.h"
#include "ledger/ledger.h"
#include "report/reports.h"
#include "store/database.h"

namespace zw {
class Turns;
}

namespace zw::app {

// The files of a town's folder (storage.md "The log").
struct TownFolder {
    explicit TownFolder(std::filesystem::path folder) : root(std::move(folder)) {}

    std::filesystem::path database() const { return root / "town.sqlite"; }
    std::filesystem::path key() const { return root / "key"; }
    std::filesystem::path log_head() const { return root / "log.head"; }
    std::filesystem::path files() const { return root / "files"; }
    std::filesystem::path staging() const { return root / "staging"; }  // uploads; emptied at start
    std::filesystem::path local() const { return root / "local"; }

    std::filesystem::path root;
};

// What the outside world decides; owned by whoever opens the App and outliving it.
struct Environment {
    const Clock& clock;
    RandomSource& random;
    access::Policy policy = {};
    Turns* turns = nullptr;  // of the threads that ask the town; null: no limit. Outlives it
};

class App {
public:
    // Opens a town's folder. Throws "not_a_town" where there is none, "town_newer" where a newer
    // program has written, and what store, audit, definition and ledger throw.
    static std::unique_ptr<App> Open(
        const std::filesystem::path& folder,
        const DefinitionOptions& options,
        const Environment& environment
    );
    ~App();
    App(const App&) = delete;
    App& operator=(const App&) = delete;

    const TownFolder& folder() const;
    const definition::Model& model() const;
    std::shared_ptr<const definition::Model> shared_model() const;
    store::Database& database();
    const audit::KeyFile& key() const;
    ledger::Ledger& ledger();
    indicator::Figures& figures();
    report::Reports& reports();
    access::Accounts& accounts();
    // Made when first asked for; not from two threads at once.
    ImportDesk& import_desk();
    IdGenerator& ids();
    const Clock& clock() const;
    int64_t town() const;
    access::PlaceTree Places() const;
    // Waits until DIR/log.head says what the log says; called before a back-up.
    void FlushHead();
    // Whether DIR/log.head is gone, damaged or ahead of the log; it is then left as it is.
    bool HeadLost();
    // Writes it anew from the log as it stands.
    void AcceptHead();

private:
    struct Impl;
    explicit App(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace zw::app
