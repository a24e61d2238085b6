// links: document
// sources: report/align.cpp report/chosen_changes.cpp report/compare_document.cpp
// sources: report/marked_text.cpp report/number.cpp report/rendered.cpp
// sources: report/sentence_steps.cpp report/slot.cpp report/take_over.cpp
// Any bytes as the .docx that came back of a report: a zip, its parts, or (what begins with
// neither) lines of text. It is refused by a Problem, or compared with what was printed: of nothing
// chosen nothing is taken over, and a text compared with itself is the same.
#include <cstdint>

#include "base/problem.h"
#include "document/docx_read.h"
#include "fuzz/demand.h"
#include "fuzz/package_parts.h"
#include "fuzz/returned_docx.h"
#include "report/chosen_changes.h"
#include "report/compare_document.h"
#include "report/marked_text.h"
#include "report/take_over.h"

namespace {

using zw::fuzz::Demand;
using namespace zw::report;
using Texts = std::vector<MarkedParagraph>;

zw::document::Package Docx(const uint8_t* data, size_t size) {
    const std::string input(reinterpret_cast<const char*>(data), size);
    if (input.empty() || input[0] == '<' || input.rfind("PK", 0) == 0) {
        const zw::document::PackageLimits limits{
            size_t{1} << 20U, 100, size_t{4} << 20U, size_t{8} << 20U, 400};
        const std::vector<std::string> parts = {"word/document.xml", "word/styles.xml"};
        return zw::document::Package::Read(
            zw::fuzz::PackageBytes(data, size, parts), "fuzz", limits
        );
    }
    zw::document::Package package;
    package.Set("word/document.xml", zw::fuzz::DocumentOf(input));
    return package;
}

Comparison Compared(const Rendered& rendered, const Texts& was, const Texts& now) {
    Comparison comparison;
    CompareTexts(rendered, was, now, comparison);
    return comparison;
}

void CheckTakeOver(
    const Rendered& rendered, const Texts& was, const Texts& now, const Comparison& comparison
) {
    static const auto paragraphs = zw::fuzz::Written();
    std::set<size_t> all;
    for (size_t i = 0; i < comparison.sentences.size(); ++i) {
        all.insert(i);
    }
    const ChosenChanges nothing = WithChosen(was, now, {});
    Demand(nothing.now.size() == nothing.touched.size());
    Demand(TakeOverTexts(rendered, paragraphs, was, nothing.now, &nothing).changed == 0);
    const ChosenChanges everything = WithChosen(was, now, all);
    TakeOverTexts(rendered, paragraphs, was, everything.now, &everything);
    TakeOverTexts(rendered, paragraphs, was, now, nullptr);
    if (!all.empty()) {
        WithChosen(was, now, {*all.rbegin()});
    }
}

void Check(const Rendered& rendered, const Texts& was, Texts now) {
    RestoreMarks(was, now);
    const Comparison comparison = Compared(rendered, was, now);
    for (const SentenceChange& change : comparison.sentences) {
        Demand(!change.was.empty() || !change.now.empty());
    }
    for (const FigureChange& change : comparison.figures) {
        Demand(rendered.Find(change.slot) != nullptr && change.was != change.now);
    }
    Demand(Compared(rendered, now, now).sentences.empty());
    CheckTakeOver(rendered, was, now, comparison);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace zw::document;
    static const Rendered rendered = zw::fuzz::Printed();
    static const Texts was = MarkedOf(rendered);
    Texts now;
    try {
        now = MarkedOf(ReadDocx(Docx(data, size)), rendered.slots);
    } catch (const zw::Problem&) {
        return 0;
    }
    Check(rendered, was, now);
    return 0;
}
