// What is looked at before a report goes out, on reports written here by hand.

#include "report/check.h"
#include "tests/report/office.h"

using namespace zw;
using namespace zw::testing;

namespace {

report::ResolvedSlot Figure(
    const std::string& id, const std::string& key, const std::string& value, const std::string& unit
) {
    report::ResolvedSlot slot;
    slot.id = id;
    slot.kind = "figure";
    slot.key = key;
    slot.label = key;
    slot.value = value;
    slot.unit = unit;
    slot.text = value + unit;
    slot.period = "2023";
    slot.place_code = "990000001000";
    return slot;
}

// Texts with "{id}" where a slot stands.
report::Rendered Report(
    const std::vector<std::string>& texts, std::vector<report::ResolvedSlot> slots
) {
    report::Rendered rendered;
    rendered.edition.period = YearPeriod(2023);
    rendered.slots = std::move(slots);
    for (const std::string& text : texts) {
        report::RenderedParagraph paragraph;
        size_t at = 0;
        while (at < text.size()) {
            document::Span span;
            if (text[at] == '{') {
                const size_t end = text.find('}', at);
                span.mark = text.substr(at + 1, end - at - 1);
                span.text = rendered.Find(span.mark)->text;
                at = end + 1;
            } else {
                const size_t next = std::min(text.find('{', at), text.size());
                span.text = text.substr(at, next - at);
                at = next;
            }
            paragraph.content.spans.push_back(std::move(span));
        }
        rendered.paragraphs.push_back(std::move(paragraph));
    }
    return rendered;
}

std::string Told(const report::Rendered& rendered) {
    static const auto kModel = LoadModel();
    std::string all;
    for (const Finding& finding : report::CheckText(*kModel, rendered)) {
        all += finding.code + "@" + std::to_string(finding.row) + " ";
    }
    return all;
}

std::string Told(const std::string& text) {
    return Told(Report({text}, {}));
}

}  // namespace

TEST_CASE("one figure has one value; a percentage lies between 0 and 100; a share too") {
    const auto one = Figure("s1", "chuan_coverage_percent", "98.90", "%");
    auto two = Figure("s2", "chuan_coverage_percent", "98.90", "%");
    CHECK(Told(Report({"甲{s1}。", "乙{s2}。"}, {one, two})).empty());
    two.value = "98.80";
    CHECK(Told(Report({"甲{s1}。", "乙{s2}。"}, {one, two})) == "figure_differs@2 ");
    two.period = "2022";  // another year is another figure
    CHECK(Told(Report({"甲{s1}。", "乙{s2}。"}, {one, two})).empty());
    const auto high = Figure("s1", "chuan_coverage_percent", "103.20", "%");
    CHECK(Told(Report({"甲{s1}。"}, {high})) == "percentage_out_of_range@1 ");
    const auto low = Figure("s1", "chuan_coverage_percent", "-0.10", "%");
    CHECK(Told(Report({"甲{s1}。"}, {low})) == "percentage_out_of_range@1 ");
    auto share = Figure("s1", "big_cattle_farms", "36", "户");
    share.compare = "占比";
    share.text = "占户籍户数的0.6%";
    CHECK(Told(Report({"甲{s1}。"}, {share})).empty());
    share.text = "占户籍户数的120%";
    CHECK(Told(Report({"甲{s1}。"}, {share})) == "part_exceeds_whole@1 ");
}

TEST_CASE("parts behind 其中 are not more than their whole, villages not more than the town") {
    const auto whole = Figure("s1", "registered_population", "100", "人");
    const auto part = [](const char* id, const char* value) {
        return Figure(id, std::string("part_") + id, value, "人");
    };
    const std::string text = "人口{s1}，其中甲{s2}、乙{s3}，另有丙{s4}；丁{s5}。";
    const auto told = [&](const char* a, const char* b, const char* c) {
        return Told(
            Report({text}, {whole, part("s2", a), part("s3", b), part("s4", c), part("s5", "900")})
        );
    };
    CHECK(told("30", "40", "30").empty());
    CHECK(told("30", "40", "31") == "parts_exceed_whole@1 ");
    // A figure of another unit is no part of it.
    auto other = part("s4", "5000");
    other.unit = "亩";
    CHECK(Told(Report({text}, {whole, part("s2", "60"), part("s3", "40"), other, part("s5", "1")}))
              .empty());

    auto village = Figure("s2", "registered_population", "60", "人");
    village.place_code = "990000001200";
    auto second = Figure("s3", "registered_population", "40", "人");
    second.place_code = "990000001201";
    CHECK(Told(Report({"{s1}，甲村{s2}，乙村{s3}。"}, {whole, village, second})).empty());
    second.value = "41";
    CHECK(
        Told(Report({"{s1}，甲村{s2}，乙村{s3}。"}, {whole, village, second})) ==
        "parts_exceed_whole@1 "
    );
}

TEST_CASE("a phrase whose source is still to be checked is said, once") {
    report::ResolvedSlot phrase;
    phrase.id = "s1";
    phrase.kind = "phrase";
    phrase.key = "local_slogan";
    phrase.text = "民事明办";
    phrase.basis = "本县推行的工作法（待核）";
    auto again = phrase;
    again.id = "s2";
    CHECK(Told(Report({"推行{s1}。", "再说{s2}。"}, {phrase, again})) == "phrase_unverified@1 ");
    phrase.basis = "《中国共产党支部工作条例（试行）》第十八条";
    CHECK(Told(Report({"推行{s1}。"}, {phrase})).empty());
}

TEST_CASE("what the source report has wrong is found") {
    // The seed's own errors, line by line (shared report.md §3).
    CHECK(Told("积极建全特色产业链条。") == "word_out_of_use@1 ");
    CHECK(Told("推广低毒农药防范使用。") == "word_out_of_use@1 ");
    CHECK(Told("深挖细酌本土人文特色。") == "word_out_of_use@1 ");
    CHECK(Told("做好五保、低保工作。") == "word_out_of_use@1 ");
    CHECK(Told("积极构大力培育核心价值观。") == "word_out_of_use@1 ");
    CHECK(Told("建成钢架大棚XXX座。") == "placeholder_left@1 ");
    CHECK(Told("添加微信领取材料。") == "advertising@1 ");
    CHECK(Told("联系电话13912345678。") == "personal_data@1 ");
    CHECK(Told("到2019年建成。") == "other_year@1 ");
    CHECK(Told("做到“两个维护”。").empty());
}
