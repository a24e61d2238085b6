#pragma once
// The invented town of ../shared/data/town with its reports, for the tests of reports.

#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "report/reports.h"
#include "tests/import/town.h"

namespace zw::testing {

namespace json = boost::json;

inline std::filesystem::path Shared() {
    return SourceDir() / ".." / "shared" / "data" / "town";
}

inline bool Absent() {
    if (std::filesystem::exists(Shared() / "settings.json")) {
        return false;
    }
    MESSAGE("skipped: no ../shared/data/town beside the source");
    return true;
}

inline access::TownSetup Setup(const json::value& settings) {
    access::TownSetup setup{
        std::string(settings.at("town").at("code").as_string()),
        std::string(settings.at("town").at("name").as_string()),
        {}};
    for (const json::value& village : settings.at("villages").as_array()) {
        access::VillageSetup one{
            std::string(village.at("code").as_string()),
            std::string(village.at("name").as_string()),
            {},
            0};
        for (const json::value& alias : village.at("aliases").as_array()) {
            one.aliases.emplace_back(alias.as_string());
        }
        setup.villages.push_back(std::move(one));
    }
    return setup;
}

inline std::map<std::string, std::string> Values(const json::value& settings) {
    std::map<std::string, std::string> values;
    for (const auto& one : settings.as_object()) {
        if (one.value().is_string()) {
            values[std::string(one.key())] = std::string(one.value().as_string());
        } else if (one.value().is_int64()) {
            values[std::string(one.key())] = std::to_string(one.value().as_int64());
        }
    }
    return values;
}

struct Office {
    Office()
        : settings(json::parse(ReadAll(Shared() / "settings.json"))),
          town(LoadModel(), Setup(settings)),
          figures(*town.ledger),
          reports(*town.ledger, figures) {
        figures.Open();
        town.ledger->AddObserver(figures.observer());
        reports.Open();
        ledger::ApplySettings(*town.ledger, town.actor, Values(settings));
    }
    void Import(const std::vector<std::string>& names) {
        std::vector<std::filesystem::path> files;
        for (const std::string& name : names) {
            files.push_back(Shared() / name);
        }
        REQUIRE_FALSE(town.Import(files).asked);
    }
    // All but what 沙河村 returned late.
    void ImportInTime() {
        Import(
            {"设施农业台账.xlsx",
             "蔬菜种植情况统计表.xlsx",
             "养殖情况季报.xls",
             "暖棚牛舍补贴花名册.xlsx",
             "应急救援队员花名册.csv",
             "人口基本情况.xlsx"}
        );
    }
    void ImportLate() { Import({"补报_沙河村.xlsx"}); }
    void ImportAll() {
        ImportInTime();
        ImportLate();
    }
    report::Rendered Draft(const std::vector<std::string>& chapters = {}) {
        report::DraftRequest request;
        request.period = YearPeriod(2023);
        request.optional_chapters = chapters;
        return reports.Render(town.actor, reports.Draft(town.actor, request).number);
    }

    json::value settings;
    Town town;
    indicator::Figures figures;
    report::Reports reports;
};

inline std::string TextOf(const report::Rendered& rendered) {
    std::string text = rendered.title + "\n";
    for (const auto& paragraph : rendered.paragraphs) {
        text += document::PlainText(paragraph.content.spans) + "\n";
    }
    return text;
}

inline bool Has(const std::string& text, std::string_view what) {
    return text.find(what) != std::string::npos;
}

}  // namespace zw::testing
