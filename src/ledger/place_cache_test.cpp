#include "ledger/place_cache.h"

#include <doctest/doctest.h>

#include "audit/log.h"
#include "tests/support/temp_folder.h"

namespace zw::ledger {
namespace {

constexpr int64_t kTown = 7;

struct Fixture {
    Fixture() : database(store::Database::OpenSqlite(folder / "town.sqlite")) {
        database->Write([](store::Connection& connection) {
            audit::Log::CreateTable(connection);
            access::CreatePlaceTables(connection);
        });
        Call("东村");
    }
    void Call(const std::string& village) {
        database->Write([&](store::Connection& connection) {
            access::InitPlaces(
                connection,
                kTown,
                {"621099101000", "试验镇", {{"621099101200", village, {}, 2}}},
                {2024, 1, 1}
            );
        });
    }
    void Vouch(int64_t seq, const std::string& source) {
        database->Write([&](store::Connection& connection) {
            connection.Run(
                "insert into vouched (town, source, row_key, seq, digest) values (?, ?, ?, ?, ?)",
                {kTown, source, "2", seq, "d"}
            );
        });
    }
    std::string Village() {
        return cache.At(database->Read()->connection(), kTown)->Villages().at(0)->name;
    }

    testing::TempFolder folder;
    std::unique_ptr<store::Database> database;
    PlaceCache cache;
};

TEST_CASE("places are kept until the log vouches for another one") {
    Fixture town;
    town.Vouch(3, "place");
    CHECK(town.Village() == "东村");
    town.Call("西村");  // as nobody may do it: behind the log's back
    town.Vouch(4, "account");
    CHECK(town.Village() == "东村");
    town.Vouch(5, "place");
    CHECK(town.Village() == "西村");
}

TEST_CASE("places that nothing vouches for are read each time") {
    Fixture town;
    CHECK(town.Village() == "东村");
    town.Call("西村");
    CHECK(town.Village() == "西村");
}

TEST_CASE("whoever reads the town as it stood before leaves nothing behind") {
    Fixture town;
    town.Vouch(3, "place");
    const auto before = town.database->Read();
    town.Call("西村");
    town.Vouch(5, "place");
    CHECK(town.Village() == "西村");
    CHECK(town.cache.At(before->connection(), kTown)->Villages().at(0)->name == "东村");
    CHECK(town.Village() == "西村");
}

}  // namespace
}  // namespace zw::ledger
