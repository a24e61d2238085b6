#include "report/marked_text.h"

#include <doctest/doctest.h>

using namespace zw;
using namespace zw::report;

namespace {

// A paragraph in which the figure s1 stands between the words.
std::vector<MarkedParagraph> Read(const std::string& figure) {
    document::ReadParagraph paragraph;
    paragraph.text = "产量" + figure + "吨。";
    const size_t begin = std::string("产量").size();
    paragraph.bookmarks = {{"zw_s1", begin, begin + figure.size()}};
    document::ReadDocument document;
    document.blocks.emplace_back(paragraph);
    ResolvedSlot slot;
    slot.id = "s1";
    return MarkedOf(document, {slot});
}

}  // namespace

TEST_CASE("a figure is a mark; a bookmark around nothing that is seen is none") {
    const auto whole = Read("2,440");
    REQUIRE(whole.size() == 1);
    CHECK(whole[0].masked == "产量" + MarkOf("s1") + "吨。");
    CHECK(whole[0].texts.at("s1") == "2,440");
    for (const char* nothing : {"", "\b", "\xE2\x80\x8B"}) {
        const auto gone = Read(nothing);
        REQUIRE(gone.size() == 1);
        CHECK(gone[0].masked == "产量吨。");
        CHECK(gone[0].texts.empty());
    }
}
