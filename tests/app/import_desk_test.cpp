// The import desk: files on a tray, looked at, decided on, taken in as one batch.

#include "app/import_desk.h"

#include <doctest/doctest.h>

#include <chrono>
#include <fstream>

#include "app/app.h"
#include "app/setup.h"
#include "ledger/batch.h"
#include "tests/support/expect_problem.h"
#include "tests/support/temp_folder.h"

using namespace zw;
using app::TrayState;
using zw::testing::ProblemOf;
using zw::testing::TempFolder;

namespace {

constexpr const char* kSheet =
    "村名,年度,露地蔬菜面积（亩）,露地蔬菜产量（吨）\n"
    "甲村,2023,100,300\n"
    "乙村,2023,约20,60\n";

struct Desk {
    Desk() {
        app::TownSettings settings;
        settings.places.code = "990000001000";
        settings.places.name = "试验镇";
        settings.places.villages.push_back({"990000001200", "甲村", {}, 0});
        settings.places.villages.push_back({"990000001201", "乙村", {}, 0});
        app::InitTown(folder / "town", settings, {}, environment);
        town = app::App::Open(folder / "town", {}, environment);
        desk = std::make_unique<app::ImportDesk>(town->ledger(), random, folder / "trays");
    }

    void Lay(const std::string& tray, const std::string& name, const std::string& text) {
        const auto file = folder / "upload";
        std::ofstream(file, std::ios::binary) << text;
        desk->Add(officer, tray, name, file);
    }

    app::TrayView Settled(const std::string& tray) {
        for (int i = 0; i < 3000; ++i) {
            app::TrayView view = desk->View(officer, tray);
            if (view.state != TrayState::kWaiting && view.state != TrayState::kWorking) {
                return view;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        FAIL("the desk did not come to an end");
        return {};
    }

    int64_t Rows() {
        ledger::Query query;
        query.record = "vegetable_return";
        return town->ledger().Count(officer, query);
    }

    TempFolder folder;
    SystemClock clock;
    SystemRandom random;
    app::Environment environment{clock, random};
    std::unique_ptr<app::App> town;
    std::unique_ptr<app::ImportDesk> desk;
    access::Actor officer{.name = "王芳", .places = {}, .unmask = false};
};

const ledger::ImportCounts& CountsOf(const app::TrayView& view) {
    return view.result->files.at(0).sheets.at(0).rows;
}

}  // namespace

TEST_CASE("looking writes nothing; running writes what was looked at, and undo takes it back") {
    Desk at;
    const std::string tray = at.desk->Open(at.officer);
    CHECK(at.desk->View(at.officer, tray).state == TrayState::kOpen);
    at.Lay(tray, "蔬菜种植情况统计表.csv", kSheet);
    at.desk->Look(at.officer, tray, false);
    app::TrayView view = at.Settled(tray);
    REQUIRE(view.state == TrayState::kLooked);
    CHECK(CountsOf(view).created == 1);
    CHECK(CountsOf(view).refused == 1);
    CHECK(view.result->batch == 0);
    CHECK(at.Rows() == 0);

    at.desk->Run(at.officer, tray, "年报");
    view = at.Settled(tray);
    REQUIRE(view.state == TrayState::kDone);
    CHECK(at.Rows() == 1);
    const auto rejects = at.desk->Rejects(at.officer, tray, "蔬菜种植情况统计表.csv");
    REQUIRE(rejects);
    CHECK(std::filesystem::file_size(*rejects) > 0);
    CHECK_FALSE(at.desk->Rejects(at.officer, tray, "别的.csv"));

    const auto batch = ledger::BatchWriter(at.town->ledger()).Find(view.result->batch);
    REQUIRE(batch);
    CHECK(batch->by == "王芳");
    CHECK(batch->why == "年报");
    ledger::BatchWriter(at.town->ledger()).Undo(at.officer, view.result->batch);
    CHECK(at.Rows() == 0);
}

TEST_CASE("a decision about a table is kept and told wrong at once") {
    Desk at;
    const std::string tray = at.desk->Open(at.officer);
    at.Lay(tray, "a.csv", kSheet);
    app::TableDecision decision;
    decision.file = "a.csv";
    decision.sheet = "Sheet1";
    decision.columns["露地蔬菜产量"] = "";
    // Nothing has been looked at: there is no table to decide on.
    CHECK(ProblemOf([&] { at.desk->Decide(at.officer, tray, decision); }) == "not_found");
    at.desk->Look(at.officer, tray, false);
    REQUIRE(at.Settled(tray).state == TrayState::kLooked);
    decision.columns["露地蔬菜面积"] = "no_such_field";
    CHECK(ProblemOf([&] { at.desk->Decide(at.officer, tray, decision); }) == "bad_mapping");
    CHECK(at.desk->View(at.officer, tray).mapping.sheets.empty());
    decision.columns.erase("露地蔬菜面积");
    at.desk->Decide(at.officer, tray, decision);
    at.desk->Run(at.officer, tray, "");
    const app::TrayView view = at.Settled(tray);
    REQUIRE(view.state == TrayState::kDone);
    CHECK(view.result->proposals.at(0).mapping_from == "given");
    ledger::Query query;
    query.record = "vegetable_return";
    const ledger::Page page = at.town->ledger().List(at.officer, query);
    REQUIRE(page.rows.size() == 1);
    CHECK(formula::ToText(page.rows[0].values.at("open_area")) == "100.00");
    CHECK(formula::IsNull(page.rows[0].values.at("open_output")));
}

TEST_CASE("a cell is mended without touching the file, and the batch says so") {
    Desk at;
    const std::string tray = at.desk->Open(at.officer);
    at.Lay(tray, "a.csv", kSheet);
    const ledger::CellMend cell{"a.csv", "Sheet1", 3, "C", ""};
    CHECK(ProblemOf([&] {
              at.desk->Mend(at.officer, tray, {"b.csv", "Sheet1", 3, "C", ""}, "20");
          }) == "not_found");
    at.desk->Mend(at.officer, tray, cell, "约");
    at.desk->Mend(at.officer, tray, cell, "20");
    CHECK(at.desk->View(at.officer, tray).mends.size() == 1);
    at.desk->Run(at.officer, tray, "年报");
    const app::TrayView view = at.Settled(tray);
    REQUIRE(view.state == TrayState::kDone);
    CHECK(CountsOf(view).created == 2);
    CHECK(CountsOf(view).refused == 0);
    const auto batch = ledger::BatchWriter(at.town->ledger()).Find(view.result->batch);
    CHECK(batch.value().why == "年报；a.csv Sheet1!C3 改为“20”");
    at.desk->Mend(at.officer, tray, cell, std::nullopt);
    CHECK(at.desk->View(at.officer, tray).mends.empty());
}

TEST_CASE("a table goes to another ledger, or to none") {
    Desk at;
    const std::string tray = at.desk->Open(at.officer);
    at.Lay(tray, "a.csv", kSheet);
    at.desk->Look(at.officer, tray, false);
    REQUIRE(at.Settled(tray).state == TrayState::kLooked);
    app::TableDecision decision;
    decision.file = "a.csv";
    decision.sheet = "Sheet1";
    decision.record = "";
    at.desk->Decide(at.officer, tray, decision);
    at.desk->Look(at.officer, tray, false);
    CHECK(at.Settled(tray).result->files.at(0).sheets.at(0).record.empty());
    decision.record = "vegetable_return";
    at.desk->Decide(at.officer, tray, decision);
    at.desk->Look(at.officer, tray, false);
    const app::TrayView view = at.Settled(tray);
    CHECK(CountsOf(view).created == 1);
    CHECK(CountsOf(view).refused == 1);
}

TEST_CASE("a tray is its owner's; names are names; what is no workbook is said") {
    Desk at;
    const std::string tray = at.desk->Open(at.officer);
    const access::Actor other{.name = "李强", .places = {}, .unmask = false};
    CHECK(ProblemOf([&] { at.desk->View(other, tray); }) == "not_found");
    CHECK(ProblemOf([&] { at.desk->Look(other, tray, true); }) == "not_found");
    for (const char* name :
         {"", ".", "..", "../../town.sqlite", "a/b.csv", "a\\b.csv", "a\nb.csv"}) {
        CHECK(ProblemOf([&] { at.Lay(tray, name, "x"); }) == "bad_file_name");
    }
    CHECK(ProblemOf([&] { at.desk->Look(at.officer, tray, true); }) == "tray_empty");
    at.Lay(tray, "b.xlsx", "PK\x03\x04 not a workbook");
    at.desk->Run(at.officer, tray, "");
    app::TrayView view = at.Settled(tray);
    const bool told = view.state == TrayState::kFailed ||
                      (view.result && view.result->batch == 0 && view.result->HasFaults());
    CHECK(told);
    at.desk->Remove(at.officer, tray, "b.xlsx");
    CHECK(at.desk->View(at.officer, tray).files.empty());
    at.desk->Close(at.officer, tray);
    CHECK(ProblemOf([&] { at.desk->View(at.officer, tray); }) == "not_found");
    CHECK_FALSE(std::filesystem::exists(at.folder / "trays" / tray));
}

TEST_CASE("cancelled work leaves nothing behind") {
    Desk at;
    const std::string tray = at.desk->Open(at.officer);
    std::string many = "村名,年度,露地蔬菜面积（亩）,露地蔬菜产量（吨）\n";
    for (int year = 1001; year < 9000; ++year) {
        many += "甲村," + std::to_string(year) + ",1,1\n";
    }
    at.Lay(tray, "a.csv", many);
    at.desk->Run(at.officer, tray, "");
    at.desk->Cancel(at.officer, tray);
    const app::TrayView view = at.Settled(tray);
    REQUIRE(view.state == TrayState::kFailed);
    CHECK(view.problem.value().code() == "cancelled");
    CHECK(at.Rows() == 0);
}
