// What `audit verify` and `backup` promise of a whole town.

#include "app/safety.h"

#include <doctest/doctest.h>

#include <fstream>

#include "app/setup.h"
#include "audit/log.h"
#include "ledger/batch.h"
#include "ledger/returns.h"
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

namespace {

// One of everything that stands beside the versions of records.
struct FullTown : Town {
    FullTown() {
        Plant();
        const int64_t place = *opened->Places().Match("甲村");
        opened->figures().Enter(
            actor,
            {"registered_population",
             place,
             YearPeriod(2023),
             Decimal{812, 0},
             true,
             "县统计局",
             "望统〔2024〕1号",
             "公报"}
        );
        Return(ledger::HandReturn::kReturned);
        const auto taken_back = Return(ledger::HandReturn::kZero);
        ledger::BatchWriter(opened->ledger()).Undo(actor, taken_back.batch);
        opened->accounts().MakeFirst("zhangsan", "张三", "Jichuan-bridge-1987");
        opened->accounts().Add(
            actor, {"lisi", "李四", access::Role::kVillageClerk, {}, {place}}, "新到任"
        );
        Seal();
    }

    ledger::WriteResult Return(ledger::HandReturn what) {
        return ledger::GiveReturn(
            opened->ledger(),
            actor,
            "vegetable_return",
            *opened->Places().Match("甲村"),
            YearPeriod(2023),
            what,
            "电话核实"
        );
    }

    void Seal() {
        report::DraftRequest request;
        request.period = YearPeriod(2023);
        const int64_t edition = opened->reports().Draft(actor, request).number;
        const report::Rendered draft = opened->reports().Render(actor, edition);
        std::map<std::string, std::string> waivers;
        for (const auto* slot : draft.Pending()) {
            waivers[slot->id] = "主要领导同意";
        }
        opened->reports().Seal(actor, edition, waivers);
    }

    void Sql(const std::string& sql) {
        opened->database().Write([&](store::Connection& connection) { connection.Run(sql); });
    }

    // What verify says while the table is as `sql` leaves it.
    std::string Tampered(const std::string& table, const std::string& sql) {
        Sql("create table keep as select * from " + table);
        Sql(sql);
        const std::string codes = Codes(Verify());
        Sql("delete from " + table);
        Sql("insert into " + table + " select * from keep");
        Sql("drop table keep");
        return codes;
    }
};

}  // namespace

TEST_CASE("what stands beside the versions is vouched for by the log") {
    FullTown town;
    REQUIRE(Codes(town.Verify()).empty());
    struct Case {
        const char* table;
        const char* sql;
        const char* codes;
    };
    const std::vector<Case> cases = {
        {"figure_entry", "update figure_entry set value = '99'", "audit_beside_changed "},
        {"figure_entry", "delete from figure_entry", "audit_beside_missing "},
        {"report_edition",
         "update report_edition set sealed_at = sealed_at + 1",
         "audit_beside_changed "},
        {"report_edition", "update report_edition set sealed = 0", "audit_beside_missing "},
        {"report_edition", "delete from report_edition", "audit_beside_missing "},
        {"hand_return",
         "delete from hand_return where seq_from = (select max(seq_from) from hand_return)",
         "audit_beside_missing "},
        {"hand_return",
         "insert into hand_return select town, record, place, '2022-12-31', seq_from, seq_to, "
         "what, by, why, at from hand_return limit 1",
         "audit_beside_extra "},
        {"hand_return",
         "update hand_return set seq_to = seq_to - 1 where seq_from = "
         "(select max(seq_from) from hand_return)",
         "audit_beside_changed "},
        {"definition_file",
         "update definition_file set content = content || '#' where digest = (select min(digest) "
         "from definition_file)",
         "audit_beside_changed "},
        {"definition_tree_file",
         "delete from definition_tree_file where path = (select min(path) from "
         "definition_tree_file)",
         "audit_beside_missing "},
        {"place", "update place set name = '乙村' where name = '甲村'", "audit_beside_changed "},
        {"place",
         "update place set code = '990000001299' where name = '甲村'",
         "audit_beside_changed "},
        {"account", "update account set role = 'leader'", "audit_beside_changed "},
        {"account",
         "insert into account select town, id + 1, 'x', name, role, disabled, must_change, "
         "made_at, password_at, password from account where login = 'zhangsan'",
         "audit_beside_extra "},
        {"account_place", "delete from account_place", "audit_beside_changed "},
        {"vouched",
         "update vouched set digest = 'x' where source = 'figure_entry'",
         "audit_rows_digest audit_beside_changed "},
        {"vouched",
         "delete from vouched where source = 'figure_entry'",
         "audit_rows_digest audit_beside_extra "},
        {"vouched",
         "insert into vouched select town, source, 'x', seq + 900, digest from vouched where "
         "source = 'figure_entry'",
         "audit_beside_unlogged audit_beside_missing "},
    };
    for (const Case& one : cases) {
        CAPTURE(one.sql);
        CHECK(town.Tampered(one.table, one.sql) == one.codes);
        CHECK(Codes(town.Verify()).empty());
    }
    // What somebody puts under the next number is not taken into the next entry.
    town.Sql(
        "insert into account select town, id + 1, 'x', name, role, disabled, must_change, made_at, "
        "password_at, password from account where login = 'zhangsan'"
    );
    town.Sql(
        "insert into vouched select town, 'account', (select max(id) from account), (select "
        "max(seq) + 1 from log), digest from vouched where source = 'figure_entry'"
    );
    town.Create("plot", {{"code", std::string("P3")}, {"mu", Decimal{100, 2}}});
    CHECK(Codes(town.Verify()) == "audit_beside_extra ");
}

TEST_CASE("a town that was opened again, renamed or restored is still vouched for") {
    FullTown town;
    const auto last_entry = [&] {
        return audit::Log::Newest(town.opened->database().Read()->connection(), town.opened->town())
            ->seq;
    };
    const int64_t before = last_entry();
    town.Reopen();
    CHECK(last_entry() == before);
    app::TownSettings settings;
    settings.places.code = "990000001000";
    settings.places.name = "试验镇";
    settings.places.villages.push_back({"990000001200", "甲家村", {}, 0});
    app::ChangeSettings(*town.opened, town.actor, settings);
    CHECK(last_entry() == before + 1);
    app::ChangeSettings(*town.opened, town.actor, settings);
    CHECK(last_entry() == before + 1);
    CHECK(Codes(town.Verify()).empty());
    // Other definitions.
    const auto layer = town.folder / "layer" / "rules";
    std::filesystem::create_directories(layer);
    std::ofstream(layer / "more.toml") << "[rule.test_line]\nname = \"测试线\"\ntype = \"int\"\n"
                                          "values = [{ value = 1, source = \"测试\" }]\n";
    town.opened.reset();
    app::DefinitionOptions options;
    options.worklines = town.folder / "layer";
    town.opened = app::App::Open(town.root, options, town.environment);
    CHECK(last_entry() == before + 2);
    CHECK(Codes(town.Verify()).empty());
    // Restored.
    app::BackupTown(*town.opened, town.folder / "all.zwb", "", {});
    town.opened.reset();
    std::filesystem::remove_all(town.root);
    app::RestoreTown(town.folder / "all.zwb", town.root, "", {});
    town.Reopen();
    CHECK(Codes(town.Verify()).empty());
}
