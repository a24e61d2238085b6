#include "report/draft.h"

#include <algorithm>

#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"

namespace zw::report {

namespace {

std::string DocumentStyle(const std::string& style) {
    if (style == "heading1") {
        return document::style::kHeading1;
    }
    if (style == "heading2") {
        return document::style::kHeading2;
    }
    return style == "heading3" ? document::style::kHeading3 : document::style::kBody;
}

bool Wanted(
    const definition::ReportChapter& chapter, const std::vector<std::string>& optional_chapters
) {
    return !chapter.optional ||
           std::find(optional_chapters.begin(), optional_chapters.end(), chapter.id) !=
               optional_chapters.end();
}

void RequireChapters(
    const definition::ReportDefinition& report, const std::vector<std::string>& optional_chapters
) {
    for (const auto& id : optional_chapters) {
        const bool known =
            std::any_of(report.chapters.begin(), report.chapters.end(), [&](const auto& chapter) {
                return chapter.id == id && chapter.optional;
            });
        if (!known) {
            throw NotFound(Thing::kOptionalChapter, id);
        }
    }
}

}  // namespace

DraftText TextFromPassages(
    const definition::Model& model,
    const definition::ReportDefinition& report,
    const std::vector<std::string>& optional_chapters
) {
    RequireChapters(report, optional_chapters);
    DraftText draft;
    draft.title = report.title;
    const auto add = [&](const std::string& chapter,
                         const std::string& style,
                         const std::string& text,
                         const std::string& passage) {
        EditionParagraph paragraph;
        paragraph.position = static_cast<int>(draft.paragraphs.size()) + 1;
        paragraph.id = paragraph.position;
        paragraph.chapter = chapter;
        paragraph.style = style;
        paragraph.text = text;
        paragraph.passage = passage;
        draft.paragraphs.push_back(std::move(paragraph));
    };
    for (const auto& chapter : report.chapters) {
        if (!Wanted(chapter, optional_chapters)) {
            continue;
        }
        if (!chapter.heading.empty()) {
            add(chapter.id, "heading1", chapter.heading, "");
        }
        for (const auto& id : chapter.passages) {
            const auto* passage = model.FindPassage(id);
            if (passage == nullptr) {
                throw NotFound(Thing::kReportParagraph, id);
            }
            for (const auto& paragraph : SplitPassage(passage->text)) {
                add(chapter.id, paragraph.style, paragraph.text, id);
            }
        }
    }
    std::vector<std::string> taken;
    draft.title = GiveIds(draft.title, taken);
    for (auto& paragraph : draft.paragraphs) {
        paragraph.text = GiveIds(paragraph.text, taken);
    }
    return draft;
}

DraftText TextFromEdition(
    const EditionRow& edition, const std::vector<EditionParagraph>& paragraphs
) {
    DraftText draft;
    draft.title = edition.title_text;
    draft.paragraphs = paragraphs;
    for (auto& paragraph : draft.paragraphs) {
        paragraph.version = 1;
        paragraph.passage = "edition:" + std::to_string(edition.info.number);
    }
    return draft;
}

Rendered RenderParagraphs(
    const EditionRow& edition,
    const std::vector<EditionParagraph>& paragraphs,
    const FigureSource& source,
    const std::map<std::string, std::string>& waivers
) {
    const ResolveContext context{source, edition.info.period, waivers};
    Resolver resolver(context);
    Rendered rendered;
    rendered.edition = edition.info;
    rendered.title_spans = resolver.Paragraph(edition.title_text, 0);
    rendered.title = document::PlainText(rendered.title_spans);
    rendered.edition.title = rendered.title;
    int number = 0;
    for (const auto& paragraph : paragraphs) {
        RenderedParagraph printed;
        printed.paragraph = paragraph.id;
        printed.chapter = paragraph.chapter;
        printed.content.style = DocumentStyle(paragraph.style);
        printed.content.spans = resolver.Paragraph(paragraph.text, ++number);
        if (!Trim(document::PlainText(printed.content.spans)).empty()) {
            rendered.paragraphs.push_back(std::move(printed));
        }
    }
    rendered.slots = resolver.slots();
    return rendered;
}

size_t IndexAfter(
    const std::vector<EditionParagraph>& paragraphs, const std::string& chapter, int64_t after
) {
    const auto found =
        std::find_if(paragraphs.begin(), paragraphs.end(), [&](const EditionParagraph& one) {
            return after != 0 ? one.id == after : one.chapter == chapter;
        });
    if (found == paragraphs.end()) {
        throw NotFound(
            after != 0 ? Thing::kParagraph : Thing::kChapter,
            after != 0 ? std::to_string(after) : chapter
        );
    }
    return static_cast<size_t>(found - paragraphs.begin()) + (after != 0 ? 1 : 0);
}

}  // namespace zw::report
