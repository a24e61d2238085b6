#pragma once
// From passages, or an earlier edition, to an edition's paragraphs; and from paragraphs to what is
// read.

#include <map>
#include <string>
#include <vector>

#include "report/edition_store.h"
#include "report/source.h"

namespace zw::report {

struct DraftText {
    std::string title;  // with slots
    std::vector<EditionParagraph> paragraphs;
};

// Chapters in order, optional ones only when named; every slot has an id. Throws not_found for a
// chapter that the report has not.
DraftText TextFromPassages(
    const definition::Model& model,
    const definition::ReportDefinition& report,
    const std::vector<std::string>& optional_chapters
);
// 沿用: periods of slots are relative, so that the figures are those of the new edition's period.
DraftText TextFromEdition(
    const EditionRow& edition, const std::vector<EditionParagraph>& paragraphs
);

// Paragraphs that say nothing (all of it under conditions that do not hold) are left out.
Rendered RenderParagraphs(
    const EditionRow& edition,
    const std::vector<EditionParagraph>& paragraphs,
    const FigureSource& source,
    const std::map<std::string, std::string>& waivers
);

// Index of a paragraph that shall stand behind `after` in `chapter` (0: first of the chapter).
// Throws not_found.
size_t IndexAfter(
    const std::vector<EditionParagraph>& paragraphs, const std::string& chapter, int64_t after
);

}  // namespace zw::report
