// The page in English: what definitions carry in both languages is told in the one that was asked.

#include "http/language.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "base/text.h"
#include "tests/http/edit_town.h"

namespace zw::http {
namespace {

using testing::At;
using testing::EditTown;
using testing::Json;

const std::map<std::string, std::string> kEnglish{{"accept-language", "en"}};

Language Asked(const std::string& accepted) {
    Request request;
    request.headers["accept-language"] = accepted;
    return LanguageOf(request);
}

// The member `name` of the entry of a list whose `key` is `value`; "(none)" where there is none.
std::string NameOf(
    const boost::json::value& list, const std::string& key, const std::string& value
) {
    for (const boost::json::value& one : list.as_array()) {
        if (one.at(key).as_string() == value) {
            return std::string(one.at("name").as_string());
        }
    }
    return "(none)";
}

TEST_CASE("Chinese unless English is preferred in so many words") {
    for (const char* chinese :
         {"",
          "*",
          "fr",
          "zh-CN",
          "zh,en;q=0.9",
          "en;q=0.3, zh-TW;q=0.4",
          "en;q=0",
          "eng",
          "en,zh",
          ";;,,q="}) {
        CHECK_MESSAGE(Asked(chinese) == Language::kChinese, chinese);
    }
    for (const char* english : {"en", "en-GB,en;q=0.9", "fr, en;q=0.1", "zh;q=0.85,en;q=0.9"}) {
        CHECK_MESSAGE(Asked(english) == Language::kEnglish, english);
    }
}

TEST_CASE("what has no English name keeps its Chinese one") {
    CHECK(In(Language::kEnglish, definition::Names{"地块", ""}) == "地块");
    CHECK(In(Language::kEnglish, definition::Names{"地块", "Plot"}) == "Plot");
    CHECK(In(Language::kChinese, definition::Names{"地块", "Plot"}) == "地块");
}

TEST_CASE("lines, ledgers, fields, indicators and returns are named as asked") {
    const EditTown town;
    const Response chinese = town.Ask("GET", "/api/v1/records");
    const Response english = town.Ask("GET", "/api/v1/records", {}, kEnglish);
    CHECK(NameOf(Json(chinese), "id", "planting") == "种植登记");
    CHECK(NameOf(Json(english), "id", "planting") == "Planting");
    const boost::json::value types = Json(english);
    for (const auto& type : types.as_array()) {
        if (type.at("id").as_string() == "planting") {
            CHECK(NameOf(type.at("fields"), "id", "sown") == "Sown area");
            CHECK(type.at("place_name").as_string() == "Village");
        }
    }
    const auto names = [&](const std::string& path, const char* key, const std::string& value) {
        return NameOf(Json(town.Ask("GET", path, {}, kEnglish)), key, value);
    };
    const std::string indicator = "planted_vegetable_output_t";
    CHECK(
        names("/api/v1/figures?period=2023", "id", indicator) ==
        "Vegetable output by registered planting"
    );
    CHECK(names("/api/v1/returns?period=2023", "record", "planting") == "Planting");
    const Response one =
        town.Ask("GET", "/api/v1/figures/" + indicator + "?period=2023", {}, kEnglish);
    CHECK(At(one, "/name") == "Vegetable output by registered planting");
    CHECK(At(one, "/ledgers/0/name") == "Planting");
    const Response derived =
        town.Ask("GET", "/api/v1/figures/value_per_head_yuan?period=2023", {}, kEnglish);
    CHECK(
        NameOf(
            Json(derived).at_pointer("/explanation/inputs"), "indicator", "vegetable_value_wanyuan"
        ) == "Vegetable output value"
    );
    const Response lines = town.Ask("GET", "/api/v1/town", {}, kEnglish);
    CHECK(NameOf(Json(lines).at("lines"), "id", "industry/plot") == "Plots and planting");
}

TEST_CASE("figures of a report are called as asked") {
    const EditTown town;
    constexpr const char* kReport = "/api/v1/reports/annual?period=2023";
    const boost::json::value chinese = Json(town.Ask("GET", kReport));
    const boost::json::value english = Json(town.Ask("GET", kReport, {}, kEnglish));
    // As worklines/industry/greenhouse names them.
    const auto label = [](const boost::json::value& report) {
        for (const auto& slot : report.at("slots").as_array()) {
            if (slot.at("key").as_string() == "steel_greenhouses_existing") {
                return std::string(slot.at("label").as_string());
            }
        }
        return std::string();
    };
    CHECK(label(chinese) == "钢架大棚");
    CHECK(label(english) == "Steel-frame tunnels");
}

// Without what stands in quotes: names and words of the town's own data.
std::string Unquoted(const std::string& text) {
    std::string bare;
    bool inside = false;
    for (const char c : text) {
        inside = inside != (c == '"');
        bare += inside ? ' ' : c;
    }
    return bare;
}

bool HoldsChinese(const std::string& text) {
    const std::u32string points = ToCodePoints(text);
    return std::any_of(points.begin(), points.end(), [](char32_t c) {
        return c >= 0x3000 && c < 0xA000;
    });
}

TEST_CASE("what is told beside every figure of the report is English when that is asked") {
    const EditTown town;
    const boost::json::value report =
        Json(town.Ask("GET", "/api/v1/reports/annual?period=2023", {}, kEnglish));
    std::map<std::string, int> told;
    for (const auto& slot : report.at("slots").as_array()) {
        for (const char* member : {"label", "formula", "pending", "note"}) {
            if (!slot.at(member).is_string()) {
                continue;
            }
            const std::string text(slot.at(member).as_string());
            CHECK_MESSAGE(!HoldsChinese(Unquoted(text)), std::string(member), ": ", text);
            told[std::string(slot.at("kind").as_string()) + " " + member] += text.empty() ? 0 : 1;
        }
    }
    // The built-in report has some of each.
    for (const char* one :
         {"figure label", "figure formula", "figure pending", "condition label", "name pending"}) {
        CHECK_MESSAGE(told[one] > 0, one);
    }
    // And Chinese has not been lost.
    const boost::json::value chinese = Json(town.Ask("GET", "/api/v1/reports/annual?period=2023"));
    for (const auto& slot : chinese.at("slots").as_array()) {
        CHECK(
            HoldsChinese(std::string(slot.at("formula").as_string())) ==
            !slot.at("formula").as_string().empty()
        );
    }
}

TEST_CASE("how every figure is computed is said in English when that is asked") {
    const EditTown town;
    const boost::json::value figures =
        Json(town.Ask("GET", "/api/v1/figures?period=2023", {}, kEnglish));
    int told = 0;
    for (const auto& figure : figures.as_array()) {
        const std::string id(figure.at("id").as_string());
        const boost::json::value opened =
            Json(town.Ask("GET", "/api/v1/figures/" + id + "?period=2023", {}, kEnglish));
        const std::string text(opened.at("explanation").at("formula").as_string());
        CHECK_MESSAGE(!HoldsChinese(Unquoted(text)), id, ": ", text);
        const std::string help(opened.at("help").as_string());
        CHECK_MESSAGE(!HoldsChinese(help), id, ": ", help);
        told += text.empty() || help.empty() ? 0 : 1;
    }
    CHECK(told > 20);
}

TEST_CASE("settings are called as asked, and are one version in both languages") {
    const EditTown town;
    const Response chinese = town.Ask("GET", "/api/v1/settings");
    const Response english = town.Ask("GET", "/api/v1/settings", {}, kEnglish);
    const boost::json::value list = Json(english);
    for (const auto& setting : list.at("settings").as_array()) {
        const std::string name(setting.at("name").as_string());
        CHECK_MESSAGE(!HoldsChinese(name), name);
    }
    CHECK(english.headers.at("ETag") == chinese.headers.at("ETag"));
    CHECK(chinese.body != english.body);
}

TEST_CASE("what refuses a request is said in both languages") {
    const EditTown town;
    for (const auto& [method, path, body] :
         {std::tuple{"GET", "/api/v1/figures/steel_greenhouse?period=2023", ""},
          std::tuple{"GET", "/api/v1/reports/annual?period=never", ""},
          std::tuple{"GET", "/api/v1/records/hives", ""},
          std::tuple{"PATCH", "/api/v1/records/plot/1", "[]"}}) {
        const boost::json::value refused = Json(town.Ask(method, path, body));
        CHECK(HoldsChinese(std::string(refused.at("title").as_string())));
        const std::string english(refused.at("title_en").as_string());
        CHECK_MESSAGE(!HoldsChinese(Unquoted(english)), english);
    }
}

TEST_CASE("what a check says of a row is said as asked") {
    EditTown town;
    const Response plot = town.Create(
        "plot", R"({"place":"621099101200","values":{"code":"A-1","mu":"1亩"}})", "plot"
    );
    REQUIRE_MESSAGE(plot.status == 201, plot.body);
    const std::string planting =
        R"({"place":"621099101200","values":{"year":"2023年","season":"春播","crop":"辣椒",)"
        R"("sown":"2","yield":"1000","plot":")" +
        At(plot, "/id") + "\"}}";
    const std::string check = "/api/v1/records/planting/check";
    const auto said = [&](const Response& answer) {
        const boost::json::value body = Json(answer);
        for (const auto& finding : body.at("findings").as_array()) {
            if (finding.at("code").as_string() == "sown_over_plot") {
                return std::string(finding.at("message").as_string());
            }
        }
        return "(none) " + answer.body;
    };
    const std::string english = "The sown area exceeds the plot's area";
    CHECK(said(town.Ask("POST", check, planting, kEnglish)) == english);
    CHECK(said(town.Ask("POST", check, planting)) != english);
    CHECK(said(town.Ask("POST", check, planting)).find("(none)") == std::string::npos);

    const std::string rows = "/api/v1/records/planting";
    auto headers = kEnglish;
    headers["idempotency-key"] = "planting";
    CHECK(said(town.Ask("POST", rows, planting, headers)) == english);
    const Response bulk =
        town.Ask("POST", rows + "/bulk?dry_run=1", "[" + planting + "]", kEnglish);
    CHECK_MESSAGE(bulk.body.find(english) != std::string::npos, bulk.body);
}

// The tray of one file, looked at to the end.
std::string LookedAt(const EditTown& town, const std::string& name, const std::string& body) {
    const std::string tray = "/api/v1/imports/" + At(town.Ask("POST", "/api/v1/imports"), "/id");
    const Response added = town.Ask("PUT", tray + "/files/" + name, body);
    REQUIRE_MESSAGE(added.status == 200, added.body);
    REQUIRE(town.Ask("POST", tray + "/look").status == 202);
    constexpr int kMostPolls = 1000;
    for (int i = 0; i < kMostPolls && At(town.Ask("GET", tray), "/state") != "looked"; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return tray;
}

TEST_CASE("a finding that is no definition's is said as asked, and one import in both") {
    const EditTown town;
    const std::string check = "/api/v1/records/plot/check";
    const std::string plot = R"({"place":"621099101200","values":{"code":"A-1","mu":"约一亩"}})";
    CHECK(At(town.Ask("POST", check, plot), "/findings/0/message") == "“约一亩”不是数字");
    CHECK(
        At(town.Ask("POST", check, plot, kEnglish), "/findings/0/message") ==
        "\"约一亩\" is not a number"
    );

    const std::string tray = LookedAt(town, "a.csv", "甲,乙\n子,丑\n寅,卯\n");
    const std::string skipped = "/result/proposals/0/skipped";
    const std::string message = "/result/files/0/sheets/0/findings/0/message";
    const Response chinese = town.Ask("GET", tray);
    const Response english = town.Ask("GET", tray, {}, kEnglish);
    CHECK_MESSAGE(At(chinese, skipped) == "看不出这张表属于哪个台账，没有导入", chinese.body);
    CHECK(At(chinese, message) == "看不出这张表属于哪个台账，没有导入");
    CHECK_MESSAGE(At(english, skipped) == "no ledger fits this table: left out", english.body);
    CHECK(At(english, message) == "no ledger fits this table: left out");
}

TEST_CASE("what the importer asks, and why, is said as asked") {
    const EditTown town;
    const std::string tray = LookedAt(
        town, "b.csv", "村,季节,作物,播种面积（亩）\n东村,春播,辣椒,2\n西村,春播,辣椒,3\n"
    );
    const std::string why = "/result/proposals/0/why";
    const std::string column = "/result/proposals/0/columns/2/why";
    const auto period = [&](const Response& answer) {
        const boost::json::value body = Json(answer);
        for (const auto& question : body.at_pointer("/result/proposals/0/questions").as_array()) {
            if (question.at("code").as_string() == "missing_period") {
                return std::string(question.at("text").as_string());
            }
        }
        return "(none) " + answer.body;
    };
    const Response chinese = town.Ask("GET", tray);
    const Response english = town.Ask("GET", tray, {}, kEnglish);
    CHECK(period(chinese).find("看不出是哪一年的") == 0);
    CHECK(period(english).find("It cannot be seen which year this is of") == 0);
    CHECK_MESSAGE(At(chinese, why).find("4列中有4列对得上") == 0, At(chinese, why));
    CHECK_MESSAGE(At(english, why).find("4 of 4 columns match") == 0, At(english, why));
    CHECK(At(chinese, column) == "标题就是“作物”");
    CHECK(At(english, column) == "the heading is \"作物\"");
}

TEST_CASE("caches keep the languages apart") {
    const EditTown town;
    for (const char* path : {"/api/v1/records", "/api/v1/town", "/api/v1/nothing"}) {
        const Response answer = town.Ask("GET", path);
        REQUIRE(answer.headers.contains("Vary"));
        CHECK(answer.headers.at("Vary") == "Accept-Language");
    }
    CHECK(town.Ask("GET", "/").headers.at("Vary").find("Language") == std::string::npos);
}

}  // namespace
}  // namespace zw::http
