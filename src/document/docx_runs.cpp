#include "document/docx_runs.h"

#include "base/text.h"
#include "document/xml.h"

namespace zw::document {

namespace {

void AddRuns(const pugi::xml_node& parent, std::vector<RunPiece>& pieces, size_t& at) {
    for (const auto& node : parent.children()) {
        if (Is(node, "w:r")) {
            std::string text = RunText(node);
            const size_t length = text.size();
            pieces.push_back({node, at, std::move(text)});
            at += length;
        } else if (Is(node, "w:hyperlink") || Is(node, "w:ins") || Is(node, "w:moveTo") ||
                   Is(node, "w:smartTag") || Is(node, "w:fldSimple") || Is(node, "w:customXml")) {
            AddRuns(node, pieces, at);
        } else if (Is(node, "w:sdt")) {
            AddRuns(node.child("w:sdtContent"), pieces, at);
        }
    }
}

void KeepSpaces(pugi::xml_node text) {
    auto space = text.attribute("xml:space");
    if (!space) {
        space = text.append_attribute("xml:space");
    }
    space.set_value("preserve");
}

// Length that a child adds to RunText.
size_t TextLength(const pugi::xml_node& child) {
    if (Is(child, "w:t")) {
        return std::string_view(child.text().get()).size();
    }
    for (const char* name : {"w:tab", "w:ptab", "w:br", "w:cr", "w:noBreakHyphen"}) {
        if (Is(child, name)) {
            return 1;
        }
    }
    return 0;
}

// Moves what stands behind `offset` bytes of the run's text into a new run after it.
void SplitRun(pugi::xml_node run, size_t offset) {
    pugi::xml_node tail = run.parent().insert_child_after("w:r", run);
    if (const auto properties = run.child("w:rPr")) {
        tail.append_copy(properties);
    }
    size_t at = 0;
    pugi::xml_node child = run.first_child();
    while (child) {
        const pugi::xml_node next = child.next_sibling();
        const size_t length = TextLength(child);
        if (at >= offset && !Is(child, "w:rPr")) {
            tail.append_move(child);
        } else if (at + length > offset) {
            const std::string text = child.text().get();
            pugi::xml_node rest = tail.append_child("w:t");
            rest.text().set(text.substr(offset - at).c_str());
            KeepSpaces(rest);
            child.text().set(text.substr(0, offset - at).c_str());
            KeepSpaces(child);
        }
        at += length;
        child = next;
    }
}

void SplitAt(const pugi::xml_node& paragraph, size_t offset) {
    for (const auto& piece : RunsOf(paragraph)) {
        if (offset > piece.begin && offset < piece.begin + piece.text.size()) {
            SplitRun(piece.run, offset - piece.begin);
            return;
        }
    }
}

}  // namespace

std::vector<RunPiece> RunsOf(const pugi::xml_node& paragraph) {
    std::vector<RunPiece> pieces;
    size_t at = 0;
    AddRuns(paragraph, pieces, at);
    return pieces;
}

std::string ParagraphText(const pugi::xml_node& paragraph) {
    std::string text;
    for (const auto& piece : RunsOf(paragraph)) {
        text += piece.text;
    }
    return text;
}

pugi::xml_node CutRange(const pugi::xml_node& paragraph, size_t begin, size_t end) {
    SplitAt(paragraph, begin);
    SplitAt(paragraph, end);
    pugi::xml_node hole;
    for (const auto& piece : RunsOf(paragraph)) {
        if (piece.text.empty() || piece.begin < begin || piece.begin + piece.text.size() > end) {
            continue;
        }
        pugi::xml_node parent = piece.run.parent();
        if (!hole) {
            hole = parent.insert_child_before("w:r", piece.run);
            if (const auto properties = piece.run.child("w:rPr")) {
                hole.append_copy(properties);
            }
        }
        parent.remove_child(piece.run);
    }
    return hole;
}

std::vector<Placeholder> FindPlaceholders(std::string_view text) {
    std::vector<Placeholder> found;
    size_t from = 0;
    while (true) {
        const size_t close = text.find("}}", from);
        if (close == std::string_view::npos) {
            return found;
        }
        const size_t open = text.substr(from, close - from).rfind("{{");
        if (open != std::string_view::npos) {
            const size_t begin = from + open;
            found.push_back({begin, close + 2, Trim(text.substr(begin + 2, close - begin - 2))});
        }
        from = close + 2;
    }
}

}  // namespace zw::document
