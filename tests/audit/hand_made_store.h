#pragma once
// A small store as a ledger keeps it, written by hand: two record types, an empty one, their log
// and its head.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "audit/head.h"
#include "audit/key_file.h"
#include "audit/log.h"
#include "audit/verify.h"
#include "base/environment.h"
#include "store/database.h"
#include "tests/support/temp_folder.h"

namespace zw::testing {

// Values of a greenhouse (大棚) by its fields; absent: null.
struct Shed {
    std::optional<std::string> name = "一号棚";       // f1
    std::optional<int64_t> area = 1250;               // f2, 0.01 亩
    std::optional<std::string> id_number = {};        // f3, secret and personal
    std::optional<std::string> built = "2023-12-31";  // f4, known to the year
    std::optional<std::string> phone = {};            // f5, personal
    std::optional<int64_t> twice = {};                // f6, derived
};

class HandMadeStore {
public:
    static constexpr int64_t kTown = 620921;
    static constexpr int64_t kShed = 7;  // record numbers
    static constexpr int64_t kTeam = 8;

    HandMadeStore();

    // Each is one log entry. Ids are given by the test.
    void Create(const std::map<int64_t, Shed>& sheds);
    void Update(int64_t id, const Shed& shed);
    void Delete(int64_t id);
    void Restore(int64_t id);
    // Makes the values of f3 and f5 and the salt of one version go, as the right to deletion asks.
    void Erase(int64_t id, int64_t version);

    // Behind the program's back.
    void Tamper(const std::string& sql, const std::vector<store::Value>& values = {});
    audit::VerifyResult Verify(const std::vector<audit::KnownHead>& heads = {});

    store::Database& database() { return *database_; }
    const audit::KeyFile& key() const { return *key_; }
    std::filesystem::path head_path() const { return folder_ / "log.head"; }
    audit::Head head();
    static std::vector<audit::VersionedField> ShedFields();

private:
    struct Versioned {
        int64_t id = 0;
        int64_t version = 0;
        std::string op;
        Shed shed;
    };

    void Write(const std::vector<Versioned>& rows);
    std::string InsertVersion(store::Connection& writer, int64_t seq, const Versioned& row);
    void PutCurrent(store::Connection& writer, const Versioned& row);

    TempFolder folder_;
    SystemRandom random_;
    std::optional<audit::KeyFile> key_;
    std::unique_ptr<store::Database> database_;
    std::map<int64_t, Versioned> newest_;
    int64_t now_ = 1700000000000;
};

}  // namespace zw::testing
