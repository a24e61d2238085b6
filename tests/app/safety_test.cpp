// What `audit verify` and `backup` promise of a whole town.

#include "app/safety.h"

#include <doctest/doctest.h>

#include "app/setup.h"
#include "audit/log.h"
#include "ledger/schema.h"
#include "tests/support/expect_problem.h"
#include "tests/support/temp_folder.h"

using namespace zw;
using zw::testing::TempFolder;

namespace {

struct Town {
    Town() {
        app::TownSettings settings;
        settings.places.code = "990000001000";
        settings.places.name = "试验镇";
        settings.places.villages.push_back({"990000001200", "甲村", {}, 0});
        app::InitTown(root, settings, {}, environment);
        Reopen();
    }

    void Reopen() {
        opened.reset();
        opened = app::App::Open(root, {}, environment);
    }

    int64_t Create(const std::string& record, ledger::Values values) {
        ledger::NewRecord row;
        row.place = *opened->Places().Match("甲村");
        row.values = std::move(values);
        return opened->ledger().Create(actor, record, row).ids.at(0);
    }

    // A plot of 3 mu, 2.5 mu of it planted at 4,000 kg/mu: 10,000 kg.
    int64_t Plant() {
        const int64_t plot = Create(
            "plot",
            {{"code", std::string("P1")}, {"name", std::string("河湾")}, {"mu", Decimal{300, 2}}}
        );
        return Create(
            "planting",
            {{"plot", plot},
             {"year", YearPeriod(2023)},
             {"season", std::string("春播")},
             {"crop", std::string("番茄")},
             {"sown", Decimal{250, 2}},
             {"yield", Decimal{4000, 0}}}
        );
    }

    audit::VerifyResult Verify(const std::vector<std::filesystem::path>& heads = {}) {
        return app::VerifyTown(*opened, heads, {});
    }

    TempFolder folder;
    std::filesystem::path root = folder / "town";
    SystemClock clock;
    SystemRandom random;
    app::Environment environment{clock, random};
    access::Actor actor;
    std::unique_ptr<app::App> opened;
};

std::string Codes(const audit::VerifyResult& result) {
    std::string all;
    for (const audit::Fault& fault : result.faults) {
        all += fault.code + " ";
    }
    return all;
}

}  // namespace

TEST_CASE("a computed field changed behind the program is named, which no digest would show") {
    Town town;
    const int64_t id = town.Plant();
    REQUIRE(Codes(town.Verify()).empty());
    const auto& table = town.opened->ledger().schema().Of("planting");
    const std::string column = table.Find("weight")->name;
    town.opened->database().Write([&](store::Connection& connection) {
        for (const std::string& name : {table.name, table.versions}) {
            connection.Run("update " + name + " set " + column + " = 99999 where id = ?", {id});
        }
    });
    const auto result = town.Verify();
    REQUIRE(result.faults.size() == 1);
    const audit::Fault& fault = result.faults[0];
    CHECK(fault.code == "audit_computed");
    CHECK(fault.record == "种植登记");
    CHECK(fault.id == id);
    CHECK(fault.Message().find("“产量”存为99999，按公式应为10000") != std::string::npos);
}

TEST_CASE("the head that a back-up leaves shows that the log was set back, or replaced") {
    Town town;
    town.Plant();
    const auto before = app::BackupTown(*town.opened, town.folder / "before.zwb", "", {});
    town.Create("plot", {{"code", std::string("P2")}, {"mu", Decimal{100, 2}}});
    const auto after = app::BackupTown(*town.opened, town.folder / "after.zwb", "", {});
    CHECK(after == town.folder / "after.zwb.head");
    CHECK(Codes(town.Verify({before, after})).empty());
    CHECK(Codes(town.Verify({town.folder / "none.head"})) == "audit_head_missing ");

    // Yesterday's town put in the place of today's is whole in itself.
    town.opened.reset();
    std::filesystem::remove_all(town.root);
    app::RestoreTown(town.folder / "before.zwb", town.root, "", {});
    town.Reopen();
    CHECK(Codes(town.Verify()).empty());
    CHECK(Codes(town.Verify({before})).empty());
    CHECK(Codes(town.Verify({after})) == "audit_tail_cut ");
}

TEST_CASE("a lost head is said again and again, until somebody answers for the log") {
    Town town;
    town.Plant();
    town.opened.reset();
    std::filesystem::remove(town.root / "log.head");
    for (const int round : {1, 2}) {
        CAPTURE(round);
        town.Reopen();
        town.Create("plot", {{"code", "P" + std::to_string(round + 1)}, {"mu", Decimal{100, 2}}});
        CHECK(Codes(town.Verify()) == "audit_head_missing ");
        app::BackupTown(*town.opened, town.folder / ("some" + std::to_string(round)), "", {});
        CHECK(Codes(town.Verify()) == "audit_head_missing ");
    }
    const auto accept = [&](const std::string& why) {
        app::AcceptHead(*town.opened, town.actor, why);
    };
    CHECK(zw::testing::ProblemOf([&] { accept(" "); }) == "wrong_use");
    accept("换机时漏拷，已与纸质台账核对");
    CHECK(Codes(town.Verify()).empty());
    CHECK(zw::testing::ProblemOf([&] { accept("再来一次"); }) == "wrong_use");
    town.Reopen();
    CHECK(Codes(town.Verify()).empty());
    std::string last;
    audit::Log::Each(
        town.opened->database().Read()->connection(),
        town.opened->town(),
        [&](const audit::LoggedEntry& logged) { last = logged.entry.why; }
    );
    CHECK(last == "log.head遗失或与日志不符，认可现有日志：换机时漏拷，已与纸质台账核对");
}
