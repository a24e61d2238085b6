// The report written, looked at and sealed over HTTP, by those who may.

#include <doctest/doctest.h>

#include "tests/http/staffed_town.h"

namespace zw::http {
namespace {

namespace json = boost::json;
using testing::Caller;
using testing::StaffedTown;

constexpr const char* kReport = "/api/v1/reports/annual";

struct Desk {
    Desk() : office(town.As("office")), leader(town.As("leader")) {
        const Response made =
            office.Create(std::string(kReport) + "/editions?period=2023", "{}", "draft");
        REQUIRE(made.status == 201);
        edition =
            "/api/v1/editions/" + std::to_string(json::parse(made.body).at("edition").as_int64());
    }
    Response Patch(const json::value& paragraph, const std::string& text) const {
        Request request = office.Make(
            "PATCH",
            edition + "/paragraphs/" + Text(paragraph, "id"),
            json::serialize(json::object{{"text", text}})
        );
        request.headers["x-csrf-token"] = office.csrf;
        request.headers["if-match"] = "\"" + Text(paragraph, "version") + "\"";
        return town.router.Handle(std::move(request));
    }
    json::array Paragraphs() const {
        return json::parse(office.Ask("GET", edition + "/paragraphs").body).as_array();
    }
    json::value Report() const {
        return json::parse(office.Ask("GET", std::string(kReport) + "?period=2023").body);
    }
    static std::string Text(const json::value& of, const char* name) {
        return std::string(of.at(name).as_string());
    }

    StaffedTown town;
    Caller office;
    Caller leader;
    std::string edition;
};

TEST_CASE("a paragraph is changed upon the version that was seen") {
    const Desk desk;
    const json::value first = desk.Paragraphs().front();
    const std::string text = Desk::Text(first, "text") + "另有一句。";
    const Response changed = desk.Patch(first, text);
    CHECK(changed.status == 200);
    CHECK(changed.headers.at("ETag") == "\"2\"");
    CHECK(Desk::Text(desk.Paragraphs().front(), "text") == text);
    // The report reads it, under the paragraph's id.
    bool read = false;
    const json::value report = desk.Report();
    for (const json::value& one : report.at("paragraphs").as_array()) {
        const json::value* record = one.as_object().if_contains("record");
        read = read || (record != nullptr && *record == first.at("id") &&
                        json::serialize(one).find("另有一句。") != std::string::npos);
    }
    CHECK(read);
    CHECK(desk.Patch(first, "旧的").status == 412);
    const json::value second = desk.Paragraphs().front();
    const Response wrong = desk.Patch(second, "产量{{no_such_figure}}。");
    CHECK(wrong.status == 422);
    CHECK(wrong.body.find("no_such_figure") != std::string::npos);
    const Response history =
        desk.office.Ask("GET", desk.edition + "/paragraphs/" + Desk::Text(first, "id"));
    CHECK(json::parse(history.body).as_array().size() == 2);
}

TEST_CASE("a report of the year is read and begun for years only") {
    const StaffedTown town;
    const Caller office = town.As("office");
    const std::string report = kReport;
    for (const Response& refused :
         {office.Ask("GET", report + "?period=2023Q4"),
          office.Ask("GET", report + "/file?period=2023-06&format=docx"),
          office.Create(report + "/editions?period=2023Q4", "{}", "quarter")}) {
        CHECK(refused.status == 422);
        CHECK(json::parse(refused.body).at("code") == "report_period");
    }
    CHECK(office.Ask("GET", report + "?period=2023").status == 200);
}

TEST_CASE("a figure that is put in has an id of its own, also beside those of the title") {
    const Desk desk;
    const json::value first = desk.Paragraphs().front();
    const std::string text = Desk::Text(first, "text") + "产量{{planted_vegetable_output_t}}";
    REQUIRE(desk.Patch(first, text).status == 200);
    std::map<std::string, int> ids;
    const json::value report = desk.Report();
    for (const json::value& slot : report.at("slots").as_array()) {
        ++ids[Desk::Text(slot, "id")];
    }
    for (const auto& [id, times] : ids) {
        CAPTURE(id);
        CHECK(times == 1);
    }
    // Two bookmarks of one name cannot be told apart when the file comes back.
    const std::string file =
        desk.office.Ask("GET", std::string(kReport) + "/file?period=2023&format=docx").body;
    const Response answer = desk.office.Ask("PUT", desk.edition + "/returned/a.docx", file);
    CHECK(json::parse(answer.body).at("same").as_bool());
}

TEST_CASE("a paragraph is added once, however often it is sent, and taken out") {
    const Desk desk;
    const size_t before = desk.Paragraphs().size();
    const json::value last = desk.Paragraphs().back();
    const auto add = [&](const std::string& text, const std::string& key) {
        const json::object sent{
            {"chapter", last.at("chapter")}, {"after", last.at("id")}, {"text", text}};
        return desk.office.Create(desk.edition + "/paragraphs", json::serialize(sent), key);
    };
    CHECK(add("新的一段。", "").status == 428);
    const Response added = add("新的一段。", "k1");
    CHECK(added.status == 201);
    const Response again = add("新的一段。", "k1");
    CHECK(again.status == 201);
    CHECK(again.body == added.body);
    CHECK(add("别的一段。", "k1").status == 422);
    CHECK(desk.Paragraphs().size() == before + 1);
    CHECK(Desk::Text(desk.Paragraphs().back(), "text") == "新的一段。");
    Request remove = desk.office.Make(
        "DELETE", desk.edition + "/paragraphs/" + Desk::Text(json::parse(added.body), "id")
    );
    remove.headers["x-csrf-token"] = desk.office.csrf;
    remove.headers["if-match"] = "\"1\"";
    CHECK(desk.town.router.Handle(std::move(remove)).status == 204);
    CHECK(desk.Paragraphs().size() == before);
}

TEST_CASE("the report as a page of its own runs nothing and stands in no frame") {
    const Desk desk;
    const Response page =
        desk.office.Ask("GET", std::string(kReport) + "/file?period=2023&format=html");
    REQUIRE(page.status == 200);
    const std::string policy = page.headers.at("Content-Security-Policy");
    for (const char* rule :
         {"default-src 'none'",
          "frame-ancestors 'none'",
          "base-uri 'none'",
          "form-action 'none'"}) {
        CHECK_MESSAGE(policy.find(rule) != std::string::npos, rule);
    }
    CHECK(policy.find("script-src") == std::string::npos);
}

TEST_CASE("the leader seals when nothing is open, or lets it pass with a reason") {
    const Desk desk;
    const Response early = desk.leader.Ask("POST", desk.edition + "/seal", "{}");
    CHECK(early.status == 409);
    CHECK(early.body.find("report_not_ready") != std::string::npos);
    CHECK(desk.leader.Ask("GET", desk.edition + "/verify").status == 409);
    json::object waivers;
    const json::value report = desk.Report();
    for (const json::value& slot : report.at("slots").as_array()) {
        if (slot.at("blocks").as_bool()) {
            waivers[slot.at("id").as_string()] = "数字在核，先行上报";
        }
    }
    const std::string body = json::serialize(json::object{{"waivers", waivers}});
    CHECK(desk.office.Ask("POST", desk.edition + "/seal", body).status == 403);
    CHECK(desk.leader.Ask("POST", desk.edition + "/seal", R"({"waivers":{"p9":1}})").status == 400);
    const Response sealed = desk.leader.Ask("POST", desk.edition + "/seal", body);
    CHECK(sealed.status == 200);
    CHECK(json::parse(sealed.body).at("sealed").as_bool());
    CHECK(desk.Report().at("sealed").as_bool());
    CHECK(json::parse(desk.leader.Ask("GET", desk.edition + "/verify").body).at("sound").as_bool());
    CHECK(desk.Patch(desk.Paragraphs().front(), "改不了").status == 409);
}

TEST_CASE("a returned .docx is held against the edition and taken over") {
    const Desk desk;
    const std::string file =
        desk.office.Ask("GET", std::string(kReport) + "/file?period=2023&format=docx").body;
    const std::string returned = desk.edition + "/returned/%E8%BF%94.docx";
    const json::value same = json::parse(desk.office.Ask("PUT", returned, file).body);
    CHECK(same.at("same").as_bool());
    const json::value first = desk.Paragraphs().front();
    REQUIRE(desk.Patch(first, Desk::Text(first, "text") + "后来加的。").status == 200);
    const json::value other = json::parse(desk.office.Ask("PUT", returned, file).body);
    CHECK(!other.at("same").as_bool());
    CHECK(json::serialize(other.at("sentences")).find("后来加的") != std::string::npos);
    CHECK(other.at("taken") == 0);
    const json::value taken =
        json::parse(desk.office.Ask("PUT", returned + "?take_over=all", file).body);
    CHECK(taken.at("taken") == 1);
    CHECK(desk.Paragraphs().front().at("text") == first.at("text"));
}

TEST_CASE("of a returned .docx one change is taken over and another is not") {
    const Desk desk;
    const std::string file =
        desk.office.Ask("GET", std::string(kReport) + "/file?period=2023&format=docx").body;
    const std::string returned = desk.edition + "/returned/a.docx";
    const json::array before = desk.Paragraphs();
    REQUIRE(before.size() > 1);
    for (const json::value& one : {before.front(), before.back()}) {
        REQUIRE(desk.Patch(one, Desk::Text(one, "text") + "后来加的。").status == 200);
    }
    const json::value differs = json::parse(desk.office.Ask("PUT", returned, file).body);
    REQUIRE(differs.at("sentences").as_array().size() == 2);
    const std::string seen = "&seen=" + Desk::Text(differs, "seen");
    const json::value taken =
        json::parse(desk.office.Ask("PUT", returned + "?take_over=1" + seen, file).body);
    CHECK(taken.at("taken") == 1);
    const json::array after = desk.Paragraphs();
    CHECK(Desk::Text(after.front(), "text") == Desk::Text(before.front(), "text") + "后来加的。");
    CHECK(after.back().at("text") == before.back().at("text"));
    // The draft is another now: what was seen of it no longer holds.
    CHECK(desk.office.Ask("PUT", returned + "?take_over=0" + seen, file).status == 412);
    const json::value again = json::parse(desk.office.Ask("PUT", returned, file).body);
    const std::string now = "&seen=" + Desk::Text(again, "seen");
    CHECK(desk.office.Ask("PUT", returned + "?take_over=7" + now, file).status == 400);
    CHECK(desk.office.Ask("PUT", returned + "?take_over=x" + now, file).status == 400);
}

TEST_CASE("of two changed sentences of a paragraph one is taken over") {
    const Desk desk;
    const json::value first = desk.Paragraphs().front();
    const std::string was = Desk::Text(first, "text");
    const auto edit = [&](const std::string& text) {
        REQUIRE(desk.Patch(desk.Paragraphs().front(), text).status == 200);
    };
    edit(was + "春耕备耕有序推进。动物防疫全面完成。");
    const std::string file =
        desk.office.Ask("GET", std::string(kReport) + "/file?period=2023&format=docx").body;
    edit(was + "春耕备耕工作有序推进。动物防疫任务全面完成。");
    const std::string returned = desk.edition + "/returned/a.docx";
    const json::value differs = json::parse(desk.office.Ask("PUT", returned, file).body);
    REQUIRE(differs.at("sentences").as_array().size() == 2);
    const std::string seen = "&seen=" + Desk::Text(differs, "seen");
    CHECK(desk.office.Ask("PUT", returned + "?take_over=1" + seen, file).status == 200);
    CHECK(
        Desk::Text(desk.Paragraphs().front(), "text") ==
        was + "春耕备耕工作有序推进。动物防疫全面完成。"
    );
}

}  // namespace
}  // namespace zw::http
