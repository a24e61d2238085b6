#include "access/place.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>

#include "base/problem.h"

using namespace zw;          // NOLINT(google-build-using-namespace)
using namespace zw::access;  // NOLINT(google-build-using-namespace)

namespace {

constexpr Date kDay{2024, 1, 1};

struct Town {
    Town() {
        static int number = 0;
        file =
            std::filesystem::temp_directory_path() /
            ("zw_access_" + std::to_string(getpid()) + "_" + std::to_string(number++) + ".sqlite");
        database = store::Database::OpenSqlite(file);
        database->Write([](store::Connection& connection) {
            CreatePlaceTables(connection);
            InitPlaces(
                connection,
                1,
                {"620000000000",
                 "青石镇",
                 {{"620000000202", "河东村", {"河东"}, 3},
                  {"620000000201", "河西村", {}, 2},
                  {"620000000203", "上川村", {"川"}, 1}}},
                kDay
            );
        });
    }
    void Set(const std::vector<VillageSetup>& villages) const {
        database->Write([&](store::Connection& connection) {
            InitPlaces(connection, 1, {"620000000000", "青石镇", villages}, kDay);
        });
    }
    ~Town() {
        database.reset();
        for (const char* ending : {"", "-wal", "-shm"}) {
            std::filesystem::remove(file.string() + ending);
        }
    }
    PlaceTree Tree() const { return PlaceTree::Load(database->Read()->connection(), 1); }

    std::filesystem::path file;
    std::unique_ptr<store::Database> database;
};

}  // namespace

TEST_CASE("villages by code, 镇本级 apart") {
    const Town town;
    const PlaceTree tree = town.Tree();
    CHECK(tree.town().name == "青石镇");
    CHECK(tree.town_itself().parent == tree.town().id);
    REQUIRE(tree.Villages().size() == 3);
    CHECK(tree.Villages()[0]->name == "河西村");
    CHECK(tree.Villages()[1]->groups == 3);
    CHECK(tree.Find(999) == nullptr);
}

TEST_CASE("a place is matched by code, name and alias, however it is spaced") {
    const Town town;
    const PlaceTree tree = town.Tree();
    const int64_t east = tree.Villages()[1]->id;
    CHECK(tree.Match("河东村") == east);
    CHECK(tree.Match(" 河 东　") == east);
    CHECK(tree.Match("６２００００００0202") == east);
    CHECK(tree.Match("620000000000") == tree.town().id);
    CHECK(tree.Match("镇本级") == tree.town_itself().id);
    CHECK_FALSE(tree.Match("河北村"));
    CHECK_FALSE(tree.Match(""));
}

TEST_CASE("a name that two villages have matches neither") {
    const Town town;
    town.database->Write([](store::Connection& connection) {
        InitPlaces(
            connection, 1, {"620000000000", "青石镇", {{"620000000209", "川底村", {"川"}, 1}}}, kDay
        );
    });
    const PlaceTree tree = town.Tree();
    CHECK_FALSE(tree.Match("川"));
    CHECK(tree.Candidates("川").size() == 2);
    CHECK(tree.Villages().size() == 4);
}

TEST_CASE("setting up again keeps ids and brings names up to date") {
    const Town town;
    const int64_t before = *town.Tree().Match("河东村");
    town.database->Write([](store::Connection& connection) {
        InitPlaces(
            connection, 1, {"620000000000", "青石镇", {{"620000000202", "河东新村", {}, 5}}}, kDay
        );
    });
    CHECK(town.Tree().Match("河东新村") == before);
    // What it was called is still found, and is what it was called then.
    CHECK(town.Tree().Match("河东村") == before);
    const PlaceTree tree = town.Tree();
    const Place& east = *tree.Find(before);
    CHECK(east.NameOn({2023, 12, 31}) == "河东村");
    CHECK(east.NameOn(kDay) == "河东新村");
}

TEST_CASE("a village gets another code and stays the village it was") {
    const Town town;
    const int64_t before = *town.Tree().Match("河东村");
    VillageSetup village{"620000000302", "河东社区", {}, 3};
    village.was = "620000000202";
    village.since = "2022-07-01";
    town.Set({village});
    CHECK(town.Tree().Villages().size() == 3);
    const PlaceTree tree = town.Tree();
    CHECK(tree.Match("620000000302") == before);
    CHECK(tree.Match("620000000202") == before);
    CHECK(tree.Find(before)->NameOn({2022, 6, 30}) == "河东村");
    CHECK(tree.Find(before)->NameOn({2022, 7, 1}) == "河东社区");
    // The same file again changes nothing.
    town.Set({village});
    CHECK(town.Tree().Find(before)->former.size() == 1);
    // Another village that takes the old name over is meant by it.
    town.Set({{"620000000303", "河东村", {}, 1}});
    CHECK(town.Tree().Match("河东村") == town.Tree().Match("620000000303"));
    VillageSetup unknown{"620000000401", "北塬村", {}, 1};
    unknown.was = "620000000999";
    CHECK_THROWS_AS(town.Set({unknown}), Problem);
    VillageSetup earlier{"620000000302", "河东新区", {}, 3};
    earlier.since = "2021-01-01";
    CHECK_THROWS_AS(town.Set({earlier}), Problem);
}

TEST_CASE("a settings file says from when to when a village stood and what it became part of") {
    const Town town;
    const int64_t west = *town.Tree().Match("河西村");
    VillageSetup ended{"620000000201", "河西村", {}, 2};
    ended.to = "2022-06-30";
    ended.successor = "620000000208";
    VillageSetup heir{"620000000208", "河岸村", {}, 4};
    heir.from = "2022-01-01";
    town.Set({ended, heir});
    const int64_t shore = *town.Tree().Match("河岸村");
    CHECK(town.Tree().CountsFor(west, {2022, 6, 30}) == west);
    CHECK(town.Tree().CountsFor(west, {2022, 7, 1}) == shore);
    CHECK(town.Tree().VillagesOn({2021, 12, 31}).size() == 3);
    CHECK(town.Tree().VillagesOn({2022, 3, 1}).size() == 4);
    // A later file that is silent about it leaves it; an empty text takes it away.
    town.Set({{"620000000201", "河西村", {}, 2}});
    CHECK(town.Tree().CountsFor(west, {2022, 7, 1}) == shore);
    VillageSetup again{"620000000201", "河西村", {}, 2};
    again.to = "";
    again.successor = "";
    town.Set({again});
    CHECK(town.Tree().CountsFor(west, {2023, 7, 1}) == west);
}

TEST_CASE("an end that cannot be is refused with the reason") {
    const Town town;
    const auto refused = [&](const std::optional<std::string>& from,
                             const std::optional<std::string>& to,
                             const std::optional<std::string>& successor) {
        VillageSetup village{"620000000201", "河西村", {}, 2};
        village.from = from;
        village.to = to;
        village.successor = successor;
        try {
            town.Set({village});
        } catch (const Problem& problem) {
            return problem.details().at("what");
        }
        return std::string();
    };
    const auto none = std::nullopt;
    CHECK(refused(none, "2022年", none).find("不是日期") != std::string::npos);
    CHECK(refused("2022-07-01", "2022-06-30", none).find("早于") != std::string::npos);
    CHECK(refused(none, none, "620000000202").find("止期") != std::string::npos);
    CHECK(refused(none, "2022-06-30", "620000000999").find("没有代码为") != std::string::npos);
    CHECK(refused(none, "2022-06-30", "620000000201").find("不是另一个") != std::string::npos);
    CHECK_FALSE(town.Tree().Find(*town.Tree().Match("河西村"))->to);
}

TEST_CASE("bad set-ups are refused and change nothing") {
    const Town town;
    const auto init = [&](const TownSetup& setup) {
        town.database->Write([&](store::Connection& connection) {
            InitPlaces(connection, 1, setup, kDay);
        });
    };
    CHECK_THROWS_AS(init({"6200", "青石镇", {}}), Problem);
    CHECK_THROWS_AS(init({"620000000000", "青石镇", {{"620000000210", " ", {}, 0}}}), Problem);
    CHECK_THROWS_AS(
        init(
            {"620000000000",
             "青石镇",
             {{"620000000210", "甲村", {}, 0}, {"620000000210", "乙村", {}, 0}}}
        ),
        Problem
    );
    CHECK(town.Tree().Villages().size() == 3);
}

TEST_CASE("a merged village counts for its successor from the day after its end") {
    const Town town;
    const int64_t west = *town.Tree().Match("河西村");
    const int64_t east = *town.Tree().Match("河东村");
    const int64_t upper = *town.Tree().Match("上川村");
    town.database->Write([&](store::Connection& connection) {
        MergePlace(connection, 1, west, east, {2022, 6, 30});
        MergePlace(connection, 1, east, upper, {2023, 6, 30});
        CHECK_THROWS_AS(
            MergePlace(connection, 1, upper, west, {2024, 1, 1}), Problem
        );  // the heir has ended
        CHECK_THROWS_AS(MergePlace(connection, 1, upper, 999, {2024, 1, 1}), Problem);
    });
    const PlaceTree tree = town.Tree();
    CHECK(tree.CountsFor(west, {2022, 6, 30}) == west);
    CHECK(tree.CountsFor(west, {2022, 7, 1}) == east);
    CHECK(tree.CountsFor(west, {2023, 12, 31}) == upper);
    CHECK(tree.VillagesOn({2022, 6, 30}).size() == 3);
    CHECK(tree.VillagesOn({2022, 7, 1}).size() == 2);
}

TEST_CASE("scope") {
    Actor clerk{"河东文书", {4}, false};
    CHECK(clerk.InScope(4));
    CHECK_FALSE(clerk.InScope(5));
    CHECK(ScopeSql(clerk, "r.place") == "r.place in (4)");
    CHECK(ScopeSql(Actor{}, "r.place") == "1 = 1");
    CHECK(Actor{}.InScope(5));
}

TEST_CASE("whoever has no right, another line or another village does not write") {
    Actor officer{"畜牧站", {}, false};
    officer.lines = {"industry/cattle"};
    CHECK(officer.MayWrite("industry/cattle"));
    CHECK_FALSE(officer.MayWrite("industry/cattle_shed"));
    officer.RequireWrite("industry/cattle", 7);
    CHECK_THROWS_AS(officer.RequireWrite("society/relief", 7), Problem);
    Actor clerk{"河东文书", {4}, false};
    clerk.RequireWrite("society/relief", 4);
    CHECK_THROWS_AS(clerk.RequireWrite("society/relief", 5), Problem);
    Actor reader{"县局", {}, false, Rights::None()};
    CHECK_FALSE(reader.MayWrite("industry/cattle"));
    CHECK_THROWS_AS(reader.RequireWrite("industry/cattle", 4), Problem);
    Actor nowhere{"无", {}, false};
    nowhere.lines.emplace();
    CHECK_FALSE(nowhere.MayWrite("industry/cattle"));
}
