// One record written over the page's interface: made once, changed by who saw it, checked, taken
// back.

#include <doctest/doctest.h>

#include "http/guard.h"
#include "tests/http/edit_town.h"
#include "tests/http/wire.h"

namespace zw::http {
namespace {

using testing::At;
using testing::EditTown;
using testing::Json;

const std::string kPlot =
    R"({"place":"621099101200","values":{"code":"A-12","name":"东坡地","holder":"欧阳建华","mu":"10.50亩"}})";
const std::string kPlots = "/api/v1/records/plot";

// A plot of the east village; its address.
std::string MakePlot(const EditTown& town) {
    const Response made = town.Create("plot", kPlot, "one");
    REQUIRE_MESSAGE(made.status == 201, made.body);
    return kPlots + "/" + At(made, "/id");
}

TEST_CASE("a record is made once, however often the request comes") {
    EditTown town;
    const Response made = town.Create("plot", kPlot, "key-1");
    REQUIRE_MESSAGE(made.status == 201, made.body);
    CHECK(made.headers.at("ETag") == "\"1\"");
    CHECK(At(made, "/values/mu") == "10.50");
    CHECK(At(made, "/place_name") == "东村");
    const auto count = [&] { return At(town.Ask("GET", kPlots), "/count"); };

    SUBCASE("again, and after a restart") {
        CHECK(town.Create("plot", kPlot, "key-1").body == made.body);
        town.Open();
        CHECK(town.Create("plot", kPlot, "key-1").body == made.body);
        CHECK(count() == "1");
    }
    SUBCASE("changed since: the answer is still the row as it was made") {
        const std::string path = kPlots + "/" + At(made, "/id");
        town.Ask("PATCH", path, R"({"values":{"mu":"11"}})", {{"if-match", "\"1\""}});
        CHECK(At(town.Create("plot", kPlot, "key-1"), "/values/mu") == "10.50");
    }
    SUBCASE("another request under the same key is refused") {
        const Response other = town.Create(
            "plot", R"({"place":"621099101200","values":{"code":"B","mu":"1"}})", "key-1"
        );
        CHECK(other.status == 422);
        CHECK(At(other, "/code") == "key_reused");
        CHECK(count() == "1");
    }
    SUBCASE("keys are one person's") {
        town.clerk.name = "别人";
        // The same code is taken: it is asked as a new request.
        CHECK(At(town.Create("plot", kPlot, "key-1"), "/findings/0/code") == "key_taken");
    }
    SUBCASE("a key is forgotten after a day") {
        town.clock.Set(town.clock.NowMillis() + 24LL * 60 * 60 * 1000);
        CHECK(At(town.Create("plot", kPlot, "key-1"), "/findings/0/code") == "key_taken");
    }
    SUBCASE("without a key nothing is written") {
        const Response bare = town.Ask("POST", kPlots, kPlot);
        CHECK(bare.status == 428);
        CHECK(At(bare, "/code") == "header_missing");
    }
}

TEST_CASE("what is refused says so at each field, and nothing is written") {
    const EditTown town;
    const Response refused = town.Create(
        "plot", R"({"place":"621099101200","values":{"mu":"很多","terrain":"海"}})", "one"
    );
    CHECK(refused.status == 422);
    CHECK(At(refused, "/code") == "refused");
    CHECK(At(refused, "/findings/0/field") == "mu");
    CHECK(At(refused, "/findings/0/code") == "not_a_number");
    CHECK(At(refused, "/findings/1/code") == "unknown_choice");
    const Response missing = town.Create("plot", R"({"place":"621099101200","values":{}})", "two");
    CHECK(At(missing, "/findings/0/code") == "required");
    CHECK(At(missing, "/findings/0/severity") == "refused");
    const Response nowhere = town.Create("plot", R"({"values":{"code":"A","mu":"1"}})", "three");
    CHECK(At(nowhere, "/findings/0/code") == "missing_place");
    CHECK(At(town.Ask("GET", kPlots), "/count") == "0");
    // A refused request may be mended under its own key.
    CHECK(town.Create("plot", kPlot, "one").status == 201);
}

TEST_CASE("a change is made upon what was seen") {
    EditTown town;
    const std::string path = MakePlot(town);
    const std::string change = R"({"values":{"mu":"12"}})";
    CHECK(town.Ask("PATCH", path, change).status == 428);
    CHECK(town.Ask("PATCH", path, change, {{"if-match", "1"}}).status == 400);
    const Response changed = town.Ask("PATCH", path, change, {{"if-match", "\"1\""}});
    CHECK(changed.status == 200);
    CHECK(changed.headers.at("ETag") == "\"2\"");
    CHECK(At(changed, "/values/mu") == "12.00");

    SUBCASE("too late: both values, and who") {
        const Response late =
            town.Ask("PATCH", path, R"({"values":{"mu":"13"}})", {{"if-match", "\"1\""}});
        CHECK(late.status == 412);
        CHECK(At(late, "/code") == "stale_version");
        CHECK(At(late, "/by") == "文书");
        CHECK(At(late, "/current/values/mu") == "12.00");
        CHECK(At(late, "/current/version") == "2");
        CHECK(At(late, "/yours/mu") == "13");
        CHECK(At(town.Ask("GET", path), "/values/mu") == "12.00");
    }
    SUBCASE("the same again writes no version") {
        const Response same = town.Ask("PATCH", path, change, {{"if-match", "\"2\""}});
        CHECK(same.headers.at("ETag") == "\"2\"");
    }
    SUBCASE("null empties, dates known to a month stay so") {
        town.Ask("PATCH", path, R"({"values":{"name":null}})", {{"if-match", "\"2\""}});
        CHECK(At(town.Ask("GET", path), "/values/name") == "null");
    }
    SUBCASE("computed and unknown fields are no fields to write") {
        const std::string planting = R"({"values":{"weight":"1"}})";
        CHECK(town.Ask("POST", "/api/v1/records/planting/check", planting).status == 400);
        CHECK(
            town.Ask(
                    "PATCH", path, R"({"values":{"nothing":"1"}})", {{"if-match", "\"2\""}}
            ).status == 404
        );
        CHECK(
            town.Ask("PATCH", path, R"({"values":{"mu":1}})", {{"if-match", "\"2\""}}).status == 400
        );
        CHECK(town.Ask("PATCH", path, "{", {{"if-match", "\"2\""}}).status == 400);
    }
    SUBCASE("a row of another village is not there") {
        town.clerk.places = {*town.app->Places().Match("西村")};
        CHECK(town.Ask("PATCH", path, change, {{"if-match", "\"2\""}}).status == 404);
        CHECK(town.Ask("DELETE", path, {}, {{"if-match", "\"2\""}}).status == 404);
        CHECK(town.Ask("POST", path + "/restore").status >= 403);
        CHECK(town.Create("plot", kPlot, "other").status == 403);
    }
    SUBCASE("a row cannot be given to another village") {
        town.clerk.places = {*town.app->Places().Match("东村")};
        const std::string away = R"({"place":"621099101201","values":{}})";
        CHECK(town.Ask("PATCH", path, away, {{"if-match", "\"2\""}}).status == 403);
    }
}

TEST_CASE("undo writes what was masked for whoever undoes it") {
    const EditTown town;
    const std::string path = MakePlot(town);
    const Response change = town.Ask(
        "PATCH", path, R"({"values":{"holder":"李四","mu":"9"}})", {{"if-match", "\"1\""}}
    );
    REQUIRE(change.status == 200);
    const Response back =
        town.Ask("POST", path + "/revert", R"({"to":"1"})", {{"if-match", "\"2\""}});
    CHECK_MESSAGE(back.status == 200, back.body);
    CHECK(At(back, "/values/holder") != "欧阳建华");
    const int64_t id = std::stoll(path.substr(path.rfind('/') + 1));
    access::Actor sees{"看得见的人", {}, true};
    CHECK(
        formula::ToText(town.app->ledger().Find(sees, "plot", id)->values.at("holder")) ==
        "欧阳建华"
    );
    const Response late =
        town.Ask("POST", path + "/revert", R"({"to":"1"})", {{"if-match", "\"2\""}});
    CHECK(late.status == 412);
    CHECK(
        town.Ask("POST", path + "/revert", R"({"to":"9"})", {{"if-match", "\"3\""}}).status == 400
    );
}

TEST_CASE("deleted rows are listed and come back") {
    const EditTown town;
    const std::string path = MakePlot(town);
    CHECK(town.Ask("DELETE", path).status == 428);
    CHECK(town.Ask("DELETE", path, {}, {{"if-match", "\"7\""}}).status == 412);
    CHECK(town.Ask("DELETE", path, {}, {{"if-match", "\"1\""}}).status == 200);
    CHECK(At(town.Ask("GET", kPlots), "/count") == "0");
    const Response deleted = town.Ask("GET", kPlots + "?deleted=1");
    CHECK(At(deleted, "/count") == "1");
    CHECK(At(deleted, "/rows/0/deleted/by") == "文书");
    CHECK(At(deleted, "/rows/0/deleted/title") == "东村东坡地");
    CHECK(At(town.Ask("GET", path), "/is_deleted") == "true");
    CHECK(At(town.Ask("GET", path), "/history/1/op") == "delete");
    CHECK(
        At(town.Ask("PATCH", path, R"({"values":{}})", {{"if-match", "\"2\""}}), "/code") ==
        "record_deleted"
    );
    const Response back = town.Ask("POST", path + "/restore");
    CHECK(back.status == 200);
    CHECK(At(back, "/values/mu") == "10.50");
    CHECK(At(town.Ask("POST", path + "/restore"), "/code") == "record_not_deleted");
    CHECK(At(town.Ask("GET", kPlots + "?deleted=1"), "/count") == "0");
}

TEST_CASE("a check says what a write would, and writes nothing") {
    const EditTown town;
    const Response plot = town.Create("plot", kPlot, "one");
    const std::string planting =
        R"({"place":"621099101200","values":{"plot":"东坡地","year":"2023","season":"春播","crop":"辣椒","sown":"SOWN","yield":"4000"}})";
    const auto with = [&](const std::string& sown) {
        std::string body = planting;
        return body.replace(body.find("SOWN"), 4, sown);
    };
    const std::string check = "/api/v1/records/planting/check";
    const Response good = town.Ask("POST", check, with("2"));
    CHECK_MESSAGE(good.status == 200, good.body);
    CHECK(At(good, "/computed/weight") == "8000");
    CHECK(At(good, "/titles/plot") == "东村东坡地");
    CHECK(At(good, "/values/plot") == At(plot, "/id"));
    CHECK(At(good, "/findings") == "[]");
    const Response over = town.Ask("POST", check, with("99"));
    CHECK(At(over, "/findings/0/code") == "sown_over_plot");
    CHECK(At(over, "/findings/0/field") == "sown");
    CHECK(At(over, "/computed/weight") == "396000");
    const Response unread = town.Ask("POST", check, with("一些"));
    CHECK(At(unread, "/findings/0/code") == "not_a_number");
    CHECK(At(unread, "/findings/1") == "(none)");
    CHECK(At(town.Ask("GET", "/api/v1/records/planting"), "/count") == "0");

    SUBCASE("of a standing row only what changes is sent") {
        const Response made = town.Create("planting", with("2"), "two");
        REQUIRE_MESSAGE(made.status == 201, made.body);
        const Response later = town.Ask(
            "POST", check, R"({"id":")" + At(made, "/id") + R"(","values":{"yield":"5000"}})"
        );
        CHECK(At(later, "/computed/weight") == "10000");
        CHECK(At(town.Ask("GET", "/api/v1/records/planting"), "/rows/0/version") == "1");
    }
}

TEST_CASE("references are found by how they read and by pinyin initials") {
    EditTown town;
    MakePlot(town);
    town.Create(
        "plot", R"({"place":"621099101201","values":{"code":"B-7","name":"河滩","mu":"3"}})", "b"
    );
    const std::string lookup = "/api/v1/lookup/plot?text=";
    CHECK(At(town.Ask("GET", lookup), "/rows/1/title") != "(none)");
    CHECK(At(town.Ask("GET", lookup + "%E5%9D%A1"), "/rows/0/title") == "东村东坡地");
    CHECK(At(town.Ask("GET", lookup + "HT"), "/rows/0/title") == "西村河滩");
    CHECK(At(town.Ask("GET", lookup + "xyz"), "/rows") == "[]");
    CHECK(At(town.Ask("GET", lookup + "&place=621099101201"), "/rows/0/title") == "西村河滩");
    town.clerk.places = {*town.app->Places().Match("西村")};
    CHECK(At(town.Ask("GET", lookup), "/rows/1") == "(none)");
    CHECK(town.Ask("GET", "/api/v1/lookup/nothing").status == 404);
}

TEST_CASE("while a town has no users nobody writes over the page") {
    EditTown town;
    const std::string path = MakePlot(town);
    town.router.Protect(MakeGuard(*town.app));
    const std::map<std::string, std::string> headers = {
        {"if-match", "\"1\""}, {"idempotency-key", "reader"}};
    const std::vector<std::pair<std::string, std::string>> routes = {
        {"POST", kPlots},
        {"POST", kPlots + "/check"},
        {"POST", kPlots + "/bulk"},
        {"PATCH", path},
        {"DELETE", path},
        {"POST", path + "/restore"},
        {"POST", path + "/revert"},
        {"POST", "/api/v1/batches/1/undo"}};
    for (const auto& [method, route] : routes) {
        const Response answer = town.Ask(method, route, "{}", headers);
        CHECK_MESSAGE(answer.status == 403, method << " " << route << " " << answer.body);
    }
    CHECK(At(town.Ask("GET", path), "/version") == "1");
}

TEST_CASE("too much at once is refused with its limit") {
    const EditTown town;
    const std::string body =
        R"({"place":"621099101200","values":{"name":")" + std::string(300 * 1024, 'x') + "\"}}";
    CHECK(town.Create("plot", body, "large").status == 413);
    CHECK(town.Create("plot", kPlot, std::string(200, 'k')).status == 400);
}

TEST_CASE("on the wire: methods, headers and bodies as a browser sends them") {
    EditTown town;
    Router routed;
    routed.Add("POST", "/api/v1/records/{record}", Rule::kOpen, [&](const Request& request) {
        return town.Ask(request.method, request.path, request.body, request.headers);
    });
    routed.Add("PATCH", "/api/v1/records/{record}/{id}", Rule::kOpen, [&](const Request& request) {
        return town.Ask(request.method, request.path, request.body, request.headers);
    });
    ServerOptions options;
    options.port = 0;
    const testing::Running server(options, routed);
    testing::Wire wire(server.port());
    const auto send =
        [&](const std::string& line, const std::string& header, const std::string& body) {
            wire.Send(
                line + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" +
                header + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body
            );
            return wire.ReadAnswer();
        };
    const std::string made = send("POST /api/v1/records/plot", "Idempotency-Key: w", kPlot);
    CHECK(made.find("HTTP/1.1 201") == 0);
    CHECK(made.find("\r\nETag: \"1\"\r\n") != std::string::npos);
    CHECK(
        send("POST /api/v1/records/plot", "Idempotency-Key: w", kPlot).find("201") !=
        std::string::npos
    );
    const std::string id = made.substr(made.find("\"id\":\"") + 6, 18);
    const std::string late =
        send("PATCH /api/v1/records/plot/" + id, "If-Match: \"4\"", R"({"values":{"mu":"1"}})");
    CHECK_MESSAGE(late.find("HTTP/1.1 412") == 0, late);
    CHECK(send("PATCH /api/v1/records/plot/" + id, "X: y", "{}").find("HTTP/1.1 428") == 0);
}

}  // namespace
}  // namespace zw::http
