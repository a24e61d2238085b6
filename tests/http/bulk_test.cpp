// A block pasted from a spreadsheet: what it would do, what it does, and that it is taken back
// whole.

#include <doctest/doctest.h>

#include "tests/http/edit_town.h"

namespace zw::http {
namespace {

using testing::At;
using testing::EditTown;

const std::string kBulk = "/api/v1/records/plot/bulk";

std::string Id(const Response& made) {
    REQUIRE_MESSAGE(made.status == 201, made.body);
    return At(made, "/id");
}

TEST_CASE("a block changes rows, makes rows and says which cells are wrong") {
    EditTown town;
    const std::string first = Id(town.Create(
        "plot",
        R"({"place":"621099101200","values":{"code":"A","name":"东坡地","holder":"欧阳建华","mu":"1"}})",
        "a"
    ));
    const std::string second =
        Id(town.Create("plot", R"({"place":"621099101200","values":{"code":"B","mu":"2"}})", "b"));
    const std::string block = R"([{"id":")" + first +
                              R"(","version":"1","values":{"mu":"1,100.5","name":null}},{"id":")" +
                              second + R"(","version":"1","values":{"mu":"很多"}},)" +
                              R"({"place":"621099101201","values":{"code":"C","mu":"3亩"}},)" +
                              R"({"place":"621099101201","values":{"code":"D"}}])";

    const Response preview = town.Ask("POST", kBulk + "?dry_run=1", block);
    CHECK_MESSAGE(preview.status == 200, preview.body);
    CHECK(At(preview, "/batch") == "null");
    CHECK(At(town.Ask("GET", "/api/v1/records/plot"), "/count") == "2");

    CHECK(town.Ask("POST", kBulk, block).status == 428);
    const std::map<std::string, std::string> key = {{"idempotency-key", "paste"}};
    const Response done = town.Ask("POST", kBulk, block, key);
    for (const Response* answer : {&preview, &done}) {
        CHECK(At(*answer, "/rows/0/outcome") == "changed");
        CHECK(At(*answer, "/rows/0/id") == first);
        CHECK(At(*answer, "/rows/1/outcome") == "refused");
        CHECK(At(*answer, "/rows/1/findings/0/field") == "mu");
        CHECK(At(*answer, "/rows/2/outcome") == "new");
        CHECK(At(*answer, "/rows/3/outcome") == "refused");
        CHECK(At(*answer, "/rows/3/findings/0/code") == "required");
    }
    const Response row = town.Ask("GET", "/api/v1/records/plot/" + first);
    CHECK(At(row, "/values/mu") == "1100.50");
    CHECK(At(row, "/values/name") == "null");
    CHECK(At(row, "/values/holder") != "null");
    CHECK(At(row, "/place_name") == "东村");
    CHECK(At(town.Ask("GET", "/api/v1/records/plot"), "/count") == "3");

    SUBCASE("sent again it writes nothing") {
        town.Open();
        CHECK(town.Ask("POST", kBulk, block, key).body == done.body);
        CHECK(At(town.Ask("GET", "/api/v1/records/plot"), "/count") == "3");
    }
    SUBCASE("it is taken back as one") {
        const std::string undo = "/api/v1/batches/" + At(done, "/batch") + "/undo";
        const Response undone = town.Ask("POST", undo);
        CHECK_MESSAGE(undone.status == 200, undone.body);
        CHECK(At(town.Ask("GET", "/api/v1/records/plot"), "/count") == "2");
        CHECK(At(town.Ask("GET", "/api/v1/records/plot/" + first), "/values/mu") == "1.00");
        CHECK(At(town.Ask("POST", undo), "/code") == "batch_undone");
    }
    SUBCASE("a row that somebody changed meanwhile is refused, the others go in") {
        const std::string late = R"([{"id":")" + first +
                                 R"(","version":"1","values":{"mu":"5"}},{"id":")" + second +
                                 R"(","version":"1","values":{"mu":"6"}}])";
        const Response answer = town.Ask("POST", kBulk, late, {{"idempotency-key", "late"}});
        CHECK(At(answer, "/rows/0/findings/0/code") == "stale_version");
        CHECK(At(answer, "/rows/1/outcome") == "changed");
    }
    SUBCASE("whoever does not see a row changes nothing of it") {
        town.clerk.places = {*town.app->Places().Match("西村")};
        const std::string theirs =
            R"([{"id":")" + first + R"(","version":"2","values":{"mu":"5"}}])";
        const Response answer = town.Ask("POST", kBulk, theirs, {{"idempotency-key", "x"}});
        CHECK(At(answer, "/rows/0/findings/0/code") == "out_of_scope");
        CHECK(town.Ask("POST", "/api/v1/batches/" + At(done, "/batch") + "/undo").status == 403);
        CHECK(At(answer, "/batch") == "null");
    }
}

TEST_CASE("a block that is none, or too large, is refused") {
    const EditTown town;
    CHECK(town.Ask("POST", kBulk + "?dry_run=1", "{}").status == 400);
    CHECK(town.Ask("POST", kBulk + "?dry_run=1", R"([{"id":"1","values":{}}])").status == 400);
    std::string many = "[";
    for (int i = 0; i < 5001; ++i) {
        many += i == 0 ? "{}" : ",{}";
    }
    CHECK(town.Ask("POST", kBulk + "?dry_run=1", many + "]").status == 413);
}

}  // namespace
}  // namespace zw::http
