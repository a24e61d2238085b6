// The .html of a report opens by itself: no link leads nowhere, and the villages under a figure are
// those of expected.json.

#include <doctest/doctest.h>

#include <set>

#include "base/text.h"
#include "tests/report/office.h"

using namespace zw;
using namespace zw::testing;

namespace {

std::vector<std::string> ValuesOf(const std::string& html, const std::string& attribute) {
    std::vector<std::string> values;
    const std::string begin = " " + attribute + "=\"";
    for (size_t at = html.find(begin); at != std::string::npos; at = html.find(begin, at)) {
        at += begin.size();
        values.push_back(html.substr(at, html.find('"', at) - at));
    }
    return values;
}

// What the slot's row of the annex leads to: from that mark to the next one.
std::string SectionOf(const std::string& html, const std::string& slot) {
    const size_t row = html.find(" id=\"zw_annex_" + slot + "\"");
    REQUIRE(row != std::string::npos);
    const std::string link = ValuesOf(html.substr(row, html.find('>', row) - row), "href").at(0);
    const size_t at = html.find(" id=\"" + link.substr(1) + "\"");
    REQUIRE(at != std::string::npos);
    return html.substr(at, html.find(" id=\"zw_open_", at + 1) - at);
}

}  // namespace

TEST_CASE("each figure of the .html opens to its villages within the file") {
    if (Absent()) {
        return;
    }
    Office office;
    office.ImportAll();
    const report::Rendered rendered = office.Draft();
    const std::string html = office.reports.Html(office.town.actor, rendered);
    const std::vector<std::string> ids = ValuesOf(html, "id");
    const std::set<std::string> there(ids.begin(), ids.end());
    CHECK(there.size() == ids.size());
    for (const std::string& link : ValuesOf(html, "href")) {
        CHECK_MESSAGE(there.contains(link.substr(1)), link);
    }
    const json::value expected = json::parse(ReadAll(Shared() / "expected.json"));
    const json::object& villages = expected.at("figures").at("2023").at("villages").as_object();
    const access::PlaceTree places = office.town.ledger->Places();
    const report::ResolvedSlot* slot = rendered.Find("p9");
    REQUIRE(slot != nullptr);
    const std::string section = SectionOf(html, "p9");
    int seen = 0;
    for (const auto& [code, figures] : villages) {
        const std::string name = places.Find(*places.Match(std::string(code)))->name;
        const json::value* value = figures.as_object().if_contains(slot->key);
        REQUIRE(value != nullptr);
        const std::string text =
            value->is_string() ? std::string(value->as_string()) : json::serialize(*value);
        const std::string row =
            "<td>" + name + "</td><td class=\"right\">" + text + slot->unit + "</td>";
        CHECK_MESSAGE(section.find(row) != std::string::npos, row);
        ++seen;
    }
    CHECK(seen == 18);
    CHECK(Has(section, "回到正文"));
}
