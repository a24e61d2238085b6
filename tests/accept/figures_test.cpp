// From an empty town: the figures of the invented town, for the town and by village, are those that
// its makers computed.

#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "indicator/figure_text.h"
#include "indicator/figures.h"
#include "tests/import/town.h"

namespace json = boost::json;
using namespace zw;
using namespace zw::testing;

namespace {

std::filesystem::path Shared() {
    return SourceDir() / ".." / "shared" / "data" / "town";
}

bool Absent() {
    if (std::filesystem::exists(Shared() / "expected.json")) {
        return false;
    }
    MESSAGE("skipped: no ../shared/data/town beside the source");
    return true;
}

std::string Text(const json::value& value) {
    return std::string(value.as_string());
}

access::TownSetup Setup(const json::value& settings) {
    access::TownSetup setup{
        Text(settings.at("town").at("code")), Text(settings.at("town").at("name")), {}};
    for (const json::value& village : settings.at("villages").as_array()) {
        access::VillageSetup one{Text(village.at("code")), Text(village.at("name")), {}, 0};
        for (const json::value& alias : village.at("aliases").as_array()) {
            one.aliases.push_back(Text(alias));
        }
        setup.villages.push_back(std::move(one));
    }
    return setup;
}

// A number as the file has it: whole, or decimal text; absent for null.
std::optional<Decimal> Number(const json::value& value) {
    if (value.is_null()) {
        return std::nullopt;
    }
    return value.is_int64() ? Decimal{value.as_int64(), 0} : ParseDecimal(Text(value)).value();
}

bool Equal(const std::optional<Decimal>& a, const std::optional<Decimal>& b) {
    return a.has_value() == b.has_value() && (!a || Compare(*a, *b) == 0);
}

std::string Show(const std::optional<Decimal>& value) {
    return value ? ToText(*value) : "none";
}

struct Office {
    Office()
        : expected(json::parse(ReadAll(Shared() / "expected.json"))),
          town(LoadModel(), Setup(json::parse(ReadAll(Shared() / "settings.json")))),
          figures(*town.ledger) {
        figures.Open();
        town.ledger->AddObserver(figures.observer());
    }

    void Import(const std::vector<std::string>& names) {
        std::vector<std::filesystem::path> files;
        for (const std::string& name : names) {
            files.push_back(Shared() / name);
        }
        REQUIRE_FALSE(town.Import(files).asked);
    }
    int64_t TownPlace() const { return town.ledger->Places().town().id; }
    int64_t Village(const std::string& code) const {
        return town.ledger->Places().Match(code).value();
    }
    indicator::FigureQuery Ask(const std::string& id, int64_t place, int year) const {
        return {id, place, YearPeriod(year), {}, {}};
    }

    void CheckFigure(
        const std::string& id,
        int64_t place,
        int year,
        const json::value& wanted,
        const std::string& state = "filled"
    ) {
        CAPTURE(id);
        CAPTURE(place);
        CAPTURE(year);
        const indicator::Figure figure = figures.Get(town.actor, Ask(id, place, year));
        if (!wanted.is_object()) {
            CHECK(indicator::StateName(figure.state) == (wanted.is_null() ? "missing" : state));
            CHECK_MESSAGE(Equal(figure.value, Number(wanted)), Show(figure.value));
            return;
        }
        const json::value* said = wanted.as_object().if_contains("state");
        CHECK(indicator::StateName(figure.state) == (said == nullptr ? state : Text(*said)));
        CHECK_MESSAGE(Equal(figure.value, Number(wanted.at("rounded"))), Show(figure.value));
        CHECK(figure.exact.has_value() == !wanted.at("exact").is_null());
        if (figure.exact) {
            CHECK(ToText(*figure.exact) == Text(wanted.at("exact")));
        }
    }

    void CheckPlace(int64_t place, int year, const json::value& all) {
        for (const auto& one : all.as_object()) {
            CheckFigure(std::string(one.key()), place, year, one.value());
        }
    }

    void CheckChanges(int64_t place, const json::value& all) {
        for (const auto& one : all.as_object()) {
            CAPTURE(std::string(one.key()));
            CAPTURE(place);
            const auto change = figures.CompareWith(
                town.actor,
                Ask(std::string(one.key()), place, 2023),
                indicator::Compare::kYearOnYear
            );
            CHECK_MESSAGE(
                Equal(change.difference, Number(one.value().at("difference"))),
                Show(change.difference)
            );
            CHECK_MESSAGE(
                Equal(change.percent, Number(one.value().at("percent"))), Show(change.percent)
            );
        }
    }

    json::value expected;
    Town town;
    indicator::Figures figures;
};

const std::vector<std::string> kFiles{
    "设施农业台账.xlsx",
    "蔬菜种植情况统计表.xlsx",
    "养殖情况季报.xls",
    "暖棚牛舍补贴花名册.xlsx",
    "应急救援队员花名册.csv",
    "人口基本情况.xlsx"};
const std::string kSupplement = "补报_沙河村.xlsx";
// A figure for readers of the file; no indicator.
const std::string kNoIndicator = "value_per_head_yuan_of_reporting_villages";

}  // namespace

TEST_CASE("before the supplement the vegetables are partial 17/18 and name the village") {
    if (Absent()) {
        return;
    }
    Office office;
    office.Import(kFiles);
    const json::value& before = office.expected.at("figures").at("2023_before_supplement");
    for (const auto& one : before.at("town").as_object()) {
        const std::string id(one.key());
        if (id == kNoIndicator) {
            continue;
        }
        office.CheckFigure(id, office.TownPlace(), 2023, one.value(), "partial");
        const indicator::Figure figure =
            office.figures.Get(office.town.actor, office.Ask(id, office.TownPlace(), 2023));
        CHECK(
            "partial " + std::to_string(figure.returned) + "/" + std::to_string(figure.owed) ==
            Text(before.at("state"))
        );
        REQUIRE(figure.missing.size() == before.at("missing").as_array().size());
        CHECK(
            office.town.ledger->Places().Find(figure.missing[0])->name ==
            Text(before.at("missing").at(0))
        );
    }
    CHECK(office.figures.CheckCells().empty());
}

TEST_CASE("every figure, for the town and by village, both years, and its change") {
    if (Absent()) {
        return;
    }
    Office office;
    office.Import(kFiles);
    office.Import({kSupplement});
    const json::value& figures = office.expected.at("figures");
    for (const int year : {2022, 2023}) {
        const json::value& of_year = figures.at(std::to_string(year));
        office.CheckPlace(office.TownPlace(), year, of_year.at("town"));
        for (const auto& village : of_year.at("villages").as_object()) {
            office.CheckPlace(office.Village(std::string(village.key())), year, village.value());
        }
    }
    const json::value& changes = figures.at("change_2023_on_2022");
    office.CheckChanges(office.TownPlace(), changes.at("town"));
    for (const auto& village : changes.at("villages").as_object()) {
        office.CheckChanges(office.Village(std::string(village.key())), village.value());
    }
    CHECK(office.figures.CheckCells().empty());
}

TEST_CASE("with all batches undone no figure is left") {
    if (Absent()) {
        return;
    }
    Office office;
    office.Import(kFiles);
    ledger::BatchWriter writer(*office.town.ledger);
    for (const ledger::BatchInfo& batch : writer.List()) {
        writer.Undo(office.town.actor, batch.id);
    }
    for (const auto& one : office.expected.at("figures").at("2023").at("town").as_object()) {
        CAPTURE(std::string(one.key()));
        const auto figure = office.figures.Get(
            office.town.actor, office.Ask(std::string(one.key()), office.TownPlace(), 2023)
        );
        CHECK(indicator::StateName(figure.state) == "missing");
        CHECK_FALSE(figure.value);
    }
    CHECK(office.figures.CheckCells().empty());
}
