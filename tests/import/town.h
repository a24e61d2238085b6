#pragma once
// A town in a temporary folder with the ledger open, for tests that import.

#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "access/place.h"
#include "audit/key_file.h"
#include "base/environment.h"
#include "definition/loader.h"
#include "ledger/batch.h"
#include "ledger/import.h"
#include "ledger/ledger.h"
#include "ledger/settings.h"
#include "store/database.h"
#include "tests/support/temp_folder.h"

namespace zw::testing {

inline std::filesystem::path SourceDir() {
    return ZW_SOURCE_DIR;
}

// The worklines and rules of the source tree, other layers after them.
inline std::shared_ptr<const definition::Model> LoadModel(
    std::vector<definition::Layer> more = {}
) {
    definition::Layer builtin{"builtin", {}, {}};
    for (const char* folder : {"worklines", "rules", "reports"}) {
        for (const auto& [path, bytes] :
             definition::ReadLayer("builtin", SourceDir() / folder).files) {
            builtin.files[std::string(folder) + "/" + path] = bytes;
        }
    }
    more.insert(more.begin(), builtin);
    const definition::LoadResult loaded = definition::Load(more);
    std::string errors;
    for (const definition::DefinitionError& error : loaded.errors) {
        errors += error.Text() + "\n";
    }
    if (loaded.model == nullptr) {
        throw std::runtime_error("definitions: " + errors);
    }
    return loaded.model;
}

class Town {
public:
    Town(std::shared_ptr<const definition::Model> loaded, const access::TownSetup& places)
        : model(std::move(loaded)),
          clock(1704700800000),  // 2024-01-08 16:00 +08:00
          ids(clock),
          key(audit::KeyFile::Create(folder / "key", random)),
          database(store::Database::OpenSqlite(folder / "town.sqlite")) {
        database->Write([&](store::Connection& connection) {
            access::CreatePlaceTables(connection);
            access::InitPlaces(connection, 1, places, {2024, 1, 1});
        });
        ledger = std::make_unique<ledger::Ledger>(ledger::LedgerServices{
            *database, model, clock, ids, random, key, 1, {}});
        ledger->Open();
    }

    ledger::ImportResult Import(
        const std::vector<std::filesystem::path>& files, const ledger::ImportOptions& options = {}
    ) {
        return ledger::Importer(*ledger).Import(actor, files, options);
    }
    int64_t Count(const std::string& record, const std::string& filter = {}) const {
        ledger::Query query;
        query.record = record;
        query.filter = filter;
        return ledger->Count(actor, query);
    }
    std::vector<ledger::Record> Rows(const std::string& record, const std::string& filter = {})
        const {
        ledger::Query query;
        query.record = record;
        query.filter = filter;
        query.limit = 100000;
        return ledger->List(actor, query).rows;
    }
    // A file of the test's own.
    std::filesystem::path Write(const std::string& name, const std::string& bytes) const {
        std::ofstream(folder / name, std::ios::binary) << bytes;
        return folder / name;
    }

    TempFolder folder;
    std::shared_ptr<const definition::Model> model;
    FixedClock clock;
    IdGenerator ids;
    SystemRandom random;
    audit::KeyFile key;
    std::unique_ptr<store::Database> database;
    std::unique_ptr<ledger::Ledger> ledger;
    access::Actor actor{"测试", {}, true};
};

inline std::string ReadAll(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

}  // namespace zw::testing
