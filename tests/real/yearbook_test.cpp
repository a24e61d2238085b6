// A county's real statistics yearbook, imported by mappings into returns of its nine units. What
// must come out stands in ../shared/data/forms/EXPECTED.md; the numbers here were copied from it by
// hand. The ledgers of the yearbook are data of this test (yearbook/worklines), no line of the
// product. Skipped where ../shared is absent. by_verbs.sh beside it does the same with the program:
//
//   zhenwu="zhenwu --worklines tests/real/yearbook"
//   $zhenwu init DIR --from tests/real/settings.json
//   $zhenwu import DIR 农村统计年报_2016.xls --as yearbook_livestock
//       --sheet 主要畜牧业生产情况表 --map tests/real/mappings/livestock.toml
//   $zhenwu return list DIR --period 2016
//   $zhenwu figure DIR yearbook_scale_cattle --period 2016 --by village

#include <doctest/doctest.h>

#include <boost/json.hpp>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "indicator/figure_text.h"
#include "indicator/figures.h"
#include "ledger/returns.h"
#include "tests/import/town.h"

namespace json = boost::json;
using namespace zw;
using namespace zw::testing;

namespace {

const std::filesystem::path kReal = SourceDir() / "tests" / "real";

std::filesystem::path Book() {
    return SourceDir() / ".." / "shared" / "data" / "forms" / "农村统计年报_2016.xls";
}

bool Absent() {
    if (std::filesystem::exists(Book())) {
        return false;
    }
    MESSAGE("skipped: no ../shared/data/forms beside the source");
    return true;
}

access::TownSetup Units() {
    const json::value settings = json::parse(ReadAll(kReal / "settings.json"));
    const auto text = [](const json::value& value) { return std::string(value.as_string()); };
    access::TownSetup out{
        text(settings.at("town").at("code")), text(settings.at("town").at("name")), {}};
    for (const json::value& unit : settings.at("villages").as_array()) {
        out.villages.push_back({text(unit.at("code")), text(unit.at("name")), {}, 0});
    }
    return out;
}

struct Import {
    const char* record;
    const char* sheet;
    const char* map;
};
constexpr Import kVegetable{"yearbook_vegetable", "经济作物生产情况（四）", "vegetable.toml"};
constexpr Import kLivestock{"yearbook_livestock", "主要畜牧业生产情况表", "livestock.toml"};
constexpr Import kScaleFarm{"yearbook_scale_farm", "畜禽规模养殖情况", "scale_farm.toml"};
constexpr Import kFacility{
    "yearbook_facility_vegetable", "设施农业生产情况", "facility_vegetable.toml"};
constexpr Import kFacilityOther{
    "yearbook_facility_other", "设施农业生产情况", "facility_other.toml"};

struct County {
    County()
        : town(LoadModel({definition::ReadLayer("county", kReal / "yearbook")}), Units()),
          figures(*town.ledger) {
        figures.Open();
        town.ledger->AddObserver(figures.observer());
    }

    ledger::SheetResult Take(const Import& import) {
        ledger::ImportOptions options;
        options.record = import.record;
        options.sheet = import.sheet;
        options.map = ReadAll(kReal / "mappings" / import.map);
        const ledger::ImportResult result = town.Import({Book()}, options);
        REQUIRE_FALSE(result.asked);
        REQUIRE(result.files.size() == 1);
        REQUIRE(result.files[0].sheets.size() == 1);
        return result.files[0].sheets[0];
    }

    indicator::Figure Get(const std::string& id, const std::string& unit = {}) const {
        const access::PlaceTree places = town.ledger->Places();
        const int64_t place = unit.empty() ? places.town().id : places.Match(unit).value();
        return figures.Get(town.actor, {id, place, YearPeriod(2016), {}, {}});
    }

    // "39754.4 亩", of what is there.
    std::string Value(const std::string& id, const std::string& unit = {}) const {
        const indicator::Figure figure = Get(id, unit);
        return figure.value ? ToShortText(*figure.value) + " " + figure.unit : "none";
    }

    // "filled", or "partial 3/9 阳日镇 木鱼镇 …" in the order of the codes.
    std::string State(const std::string& id, const std::string& unit = {}) const {
        const indicator::Figure figure = Get(id, unit);
        std::string out(indicator::StateName(figure.state));
        if (figure.state == indicator::State::kPartial) {
            out += " " + std::to_string(figure.returned) + "/" + std::to_string(figure.owed);
            for (const int64_t place : figure.missing) {
                out += " " + town.ledger->Places().Find(place)->name;
            }
        }
        return out;
    }

    // "松柏镇+ 阳日镇- 红坪镇0 …": 已报, 缺报, 零报告.
    std::string Returned(const std::string& record) const {
        const auto reader = town.database->Read();
        const ledger::Returns returns = ReturnsFor(
            reader->connection(),
            town.ledger->schema(),
            town.ledger->Places(),
            1,
            *town.model->FindRecord(record),
            YearPeriod(2016)
        );
        std::vector<std::string> parts;
        for (const ledger::PlaceReturn& place : returns.places) {
            parts.push_back(
                town.ledger->Places().Find(place.place)->name +
                (place.state == ledger::ReturnState::kMissing ? "-"
                 : place.state == ledger::ReturnState::kZero  ? "0"
                                                              : "+")
            );
        }
        return Join(parts, " ");
    }

    Town town;
    indicator::Figures figures;
};

// "9Z total_mismatch", of one severity.
std::set<std::string> Found(const ledger::SheetResult& sheet, Severity severity) {
    std::set<std::string> out;
    for (const Finding& finding : sheet.findings) {
        if (finding.severity == severity) {
            out.insert(std::to_string(finding.row) + finding.column + " " + finding.code);
        }
    }
    return out;
}

using Lines = std::set<std::string>;

}  // namespace

TEST_CASE("the yearbook's vegetables: a column for each crop and measure becomes a record") {
    if (Absent()) {
        return;
    }
    County county;
    const ledger::SheetResult sheet = county.Take(kVegetable);
    CHECK(sheet.rows.read == 9);
    CHECK(sheet.rows.refused == 0);
    CHECK(sheet.findings.empty());  // all 24 numeric columns add up, no part exceeds its whole
    CHECK(county.Value("yearbook_vegetable_area") == "39754.4 亩");
    CHECK(county.Value("yearbook_vegetable_output") == "47970.76 吨");
    CHECK(county.State("yearbook_vegetable_area") == "filled");
    // 林管局 prints the whole only, 九湖镇 leaves 芹菜 and 卷心菜's output blank: no record, no 0.
    CHECK(county.town.Count("yearbook_vegetable", "place.name = '林管局'") == 1);
    CHECK(county.town.Count("yearbook_vegetable", "place.name = '九湖镇' and crop = '芹菜'") == 0);
    CHECK(
        county.town.Count(
            "yearbook_vegetable", "place.name = '木鱼镇' and crop = '甘蓝类' and area = 0"
        ) == 1
    );
}

TEST_CASE("the yearbook's livestock: figures, and the mistakes that stand in it") {
    if (Absent()) {
        return;
    }
    County county;
    const ledger::SheetResult sheet = county.Take(kLivestock);
    CHECK(sheet.rows.created == 9);
    CHECK(county.Value("yearbook_pigs") == "39325 头");
    CHECK(county.State("yearbook_pigs") == "filled");
    CHECK(county.Value("yearbook_sows") == "1516 头");
    CHECK(county.Value("yearbook_cattle") == "6304 头");
    CHECK(county.Value("yearbook_beef_cattle") == "531 头");
    CHECK(county.Value("yearbook_dairy_cattle") == "44 头");
    CHECK(county.Value("yearbook_draught_cattle") == "4464 头");
    CHECK(county.Value("yearbook_sheep") == "36577 只");
    CHECK(county.Value("yearbook_poultry") == "260941 只");
    CHECK(county.Value("yearbook_chickens") == "268936 只");
    CHECK(county.Value("yearbook_sheep", "九湖镇") == "8355 只");
    CHECK(county.Value("yearbook_goats", "九湖镇") == "6355 只");
    // The sum of the units, not the 208 that is printed.
    CHECK(county.Value("yearbook_beef") == "221.95 吨");

    CHECK(Found(sheet, Severity::kRefused).empty());
    const Lines totals = Found(sheet, Severity::kTotal);
    CHECK(totals.count("9Z total_mismatch") == 1);
    CHECK(totals.count("19M part_exceeds_whole") == 1);
    // Read off the sheet by hand: 27000 of 26000 sold, 148.5 of 46 t meat, 24 of 23 t eggs.
    CHECK(totals.count("19W part_exceeds_whole") == 1);
    CHECK(totals.count("19AE part_exceeds_whole") == 1);
    CHECK(totals.count("19AG part_exceeds_whole") == 1);
    CHECK(totals.size() == 5);
    // 新华镇 is row 17, 九湖镇 row 19. Sold sheep (S) and mutton (AA) read off by hand: 1048 of
    // 1198, 3454 of 3774, 70 of 78.
    CHECK(
        Found(sheet, Severity::kWarning) ==
        Lines{
            "17E cattle_parts",
            "19E cattle_parts",
            "19I sheep_parts",
            "17S sheep_sold_parts",
            "19S sheep_sold_parts",
            "19AA mutton_parts"}
    );
    for (const Finding& finding : sheet.findings) {
        if (finding.code == "total_mismatch") {
            CHECK(finding.message.find("208") != std::string::npos);
            CHECK(finding.message.find("221.95") != std::string::npos);
        }
    }
    // 林管局 returned, but nothing of its cattle.
    CHECK(county.State("yearbook_cattle") == "partial 8/9 林管局");
    CHECK(county.State("yearbook_cattle", "林管局") == "missing");
}

TEST_CASE("a unit whose row is blank has not returned: the county's figure says 3 of 9") {
    if (Absent()) {
        return;
    }
    County county;
    const ledger::SheetResult sheet = county.Take(kScaleFarm);
    CHECK(sheet.rows.created == 3);
    CHECK(
        Found(sheet, Severity::kNote) ==
        Lines{
            "12 not_reported",
            "13 not_reported",
            "15 not_reported",
            "16 not_reported",
            "18 not_reported",
            "19 not_reported"}
    );
    CHECK(Found(sheet, Severity::kTotal).empty());
    CHECK(county.Value("yearbook_cattle_farms") == "4 家");
    CHECK(county.Value("yearbook_scale_cattle_sold") == "125 头");
    CHECK(county.Value("yearbook_scale_cattle") == "295 头");
    CHECK(
        county.State("yearbook_scale_cattle") ==
        "partial 3/9 阳日镇 木鱼镇 新华镇 宋洛乡 下谷乡 林管局"
    );
    CHECK(
        county.Returned("yearbook_scale_farm") ==
        "松柏镇+ 阳日镇- 木鱼镇- 红坪镇+ 新华镇- 九湖镇+ 宋洛乡- 下谷乡- 林管局-"
    );
}

TEST_CASE("greenhouses: blank is not returned, a printed 0 is a zero return") {
    if (Absent()) {
        return;
    }
    County county;
    const ledger::SheetResult sheet = county.Take(kFacility);
    CHECK(sheet.rows.created == 5);
    CHECK(Found(sheet, Severity::kTotal).empty());
    CHECK(county.Value("yearbook_facility_vegetable_area") == "373 亩");
    CHECK(county.Value("yearbook_facility_vegetable_output") == "1112 吨");
    CHECK(
        county.State("yearbook_facility_vegetable_area") ==
        "partial 5/9 木鱼镇 新华镇 九湖镇 林管局"
    );
    CHECK(
        county.Returned("yearbook_facility_vegetable") ==
        "松柏镇+ 阳日镇+ 木鱼镇- 红坪镇0 新华镇- 九湖镇- 宋洛乡+ 下谷乡0 林管局-"
    );
    CHECK(county.Value("yearbook_facility_vegetable_area", "红坪镇") == "0 亩");
    CHECK(county.State("yearbook_facility_vegetable_area", "红坪镇") == "filled");
    CHECK(county.Value("yearbook_facility_vegetable_area", "木鱼镇") == "none");
    CHECK(county.State("yearbook_facility_vegetable_area", "木鱼镇") == "missing");
    // Two units printed the same row: both are kept, it is no duplicate of one unit.
    CHECK(county.Value("yearbook_facility_vegetable_output", "松柏镇") == "125.5 吨");
    CHECK(county.Value("yearbook_facility_vegetable_output", "宋洛乡") == "125.5 吨");

    // The rest of the sheet is another return of the same units; 红坪镇 grew mushrooms.
    CHECK(county.Take(kFacilityOther).rows.created == 5);
    CHECK(
        county.Returned("yearbook_facility_other") ==
        "松柏镇0 阳日镇+ 木鱼镇- 红坪镇+ 新华镇- 九湖镇- 宋洛乡0 下谷乡+ 林管局-"
    );
}

TEST_CASE("importing the yearbook a second time changes nothing") {
    if (Absent()) {
        return;
    }
    County county;
    for (const Import& import : {kVegetable, kLivestock, kScaleFarm, kFacility, kFacilityOther}) {
        county.Take(import);
        const ledger::SheetResult again = county.Take(import);
        CHECK(again.rows.created == 0);
        CHECK(again.rows.changed == 0);
        CHECK(again.rows.same == again.rows.read);
    }
}

TEST_CASE("the mappings are read, and one that names a field which is not there is refused") {
    const auto model = LoadModel({definition::ReadLayer("county", kReal / "yearbook")});
    int mappings = 0;
    for (const auto& entry : std::filesystem::directory_iterator(kReal / "mappings")) {
        const std::string text = ReadAll(entry.path());
        const ledger::Mapping mapping = ledger::ParseMapping(text, *model);
        CHECK(mapping.sheets.size() == 1);
        CHECK(ledger::ParseMapping(ledger::ToToml(mapping), *model) == mapping);
        ++mappings;
    }
    CHECK(mappings == 5);
    CHECK_THROWS_WITH_AS(
        ledger::ParseMapping(
            "[[sheets]]\nrecord = \"yearbook_livestock\"\ncodes = { \"01\" = \"pgs\" }\n", *model
        ),
        doctest::Contains("pigs"),
        Problem
    );
}
