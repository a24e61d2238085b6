#include "report/slot.h"

#include <doctest/doctest.h>

#include "base/problem.h"

using namespace zw::report;

namespace {

std::string Where(const std::string& text) {
    try {
        ParseParagraph(text);
    } catch (const zw::Problem& problem) {
        CHECK(problem.code() == "slot_syntax");
        return problem.details().at("line") + ":" + problem.details().at("column");
    }
    return "";
}

}  // namespace

TEST_CASE("a slot has id, indicator, place, period, comparison, unit and style") {
    const auto nodes =
        ParseParagraph("产量{{ f1=output_t@柳湾村:2022 | 同比 }}，{{value|万元|达到|以上=100}}。");
    REQUIRE(nodes.size() == 5);
    CHECK(nodes[0].text == "产量");
    const Slot& first = nodes[1].slot;
    CHECK(first.id == "f1");
    CHECK(first.key == "output_t");
    CHECK(first.place == "柳湾村");
    CHECK(first.period == "2022");
    CHECK(first.compare == CompareWord::kYearOnYear);
    const Slot& second = nodes[3].slot;
    CHECK(second.id.empty());
    CHECK(second.unit == "万元");
    CHECK(second.reach);
    CHECK(second.style == StyleWord::kAtLeast);
    CHECK(zw::ToText(*second.bound) == "100");
    CHECK(ParseParagraph("{{p1=name:town}}")[0].slot.kind == SlotKind::kName);
    CHECK(ParseParagraph("{{phrase:party_congress}}")[0].slot.key == "party_congress");
}

TEST_CASE("conditions nest and are numbered") {
    const auto nodes = ParseParagraph("{{if a > 1}}甲{{if b > 2}}乙{{end}}{{else}}丙{{end}}丁");
    REQUIRE(nodes.size() == 2);
    CHECK(nodes[0].id == "c1");
    CHECK(nodes[0].formula == "a > 1");
    REQUIRE(nodes[0].yes.size() == 2);
    CHECK(nodes[0].yes[1].formula == "b > 2");
    CHECK(nodes[0].yes[1].id == "c2");
    REQUIRE(nodes[0].no.size() == 1);
    CHECK(nodes[0].no[0].text == "丙");
}

TEST_CASE("faults are said with their place") {
    CHECK(Where("建成{{p9") == "1:3");
    CHECK(Where("建成}}") == "1:3");
    CHECK(Where("一\n二{{a|}}") == "2:2");
    CHECK(Where("{{if a > 1}}甲") == "1:14");
    CHECK(Where("甲{{end}}") == "1:2");
    CHECK(Where("{{a|同比|环比}}") == "1:1");
    CHECK(Where("{{a|占比}}") == "1:1");
    CHECK(Where("{{a|以上=x}}") == "1:1");
    CHECK(Where("{{9p=a}}") == "1:1");
    CHECK(Where("{{大棚}}") == "1:1");
    CHECK(Where("{{a:}}") == "1:1");
    CHECK(Where("{{name:town|万元}}") == "1:1");
    CHECK(Where("{{if }}x{{end}}") == "1:1");
}

TEST_CASE("ids are given once and stay") {
    std::vector<std::string> taken = {"s1"};
    const std::string text = GiveIds("{{a}}{{p9=b}}{{if c > 0}}{{d|同比}}{{end}}", taken);
    CHECK(text == "{{s2=a}}{{p9=b}}{{if c > 0}}{{s3=d|同比}}{{end}}");
    CHECK(GiveIds(text, taken) == text);
}

TEST_CASE("a passage is paragraphs, headings and notes") {
    const auto paragraphs =
        SplitPassage("<!-- 说明 -->\n第一行，\n第二行。\n\n## （一）题\n后文\n");
    REQUIRE(paragraphs.size() == 3);
    CHECK(paragraphs[0].text == "第一行，第二行。");
    CHECK(paragraphs[0].line == 2);
    CHECK(paragraphs[1].style == "heading2");
    CHECK(paragraphs[1].text == "（一）题");
    CHECK(paragraphs[2].text == "后文");
}
