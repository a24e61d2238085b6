#include "document/docx_read.h"

#include <map>

#include "base/text.h"
#include "document/xml.h"

namespace zw::document {

namespace {

struct Styles {
    std::map<std::string, std::string, std::less<>> names;
    std::string fallback;
};

Styles ReadStyles(const Package& package, const std::string& main_part) {
    Styles styles;
    const auto slash = main_part.rfind('/');
    const std::string part =
        (slash == std::string::npos ? "" : main_part.substr(0, slash + 1)) + "styles.xml";
    if (!package.Has(part)) {
        return styles;
    }
    pugi::xml_document xml;
    ParseXml(package.Part(part), package.name(), part, xml);
    for (const auto& node : xml.document_element().children("w:style")) {
        const std::string name = node.child("w:name").attribute("w:val").value();
        styles.names[node.attribute("w:styleId").value()] = name;
        if (std::string_view(node.attribute("w:type").value()) == "paragraph" &&
            node.attribute("w:default").as_bool()) {
            styles.fallback = name;
        }
    }
    return styles;
}

// A toggle such as <w:pageBreakBefore/>: there and not switched off.
bool IsOn(const pugi::xml_node& node) {
    const std::string_view value = node.attribute("w:val").value();
    return node && value != "0" && value != "false" && value != "off";
}

class Reader {
public:
    explicit Reader(Styles styles) : styles_(std::move(styles)) {}

    std::vector<ReadBlock> Blocks(const pugi::xml_node& parent) {
        std::vector<ReadBlock> blocks;
        AddBlocks(parent, blocks);
        return blocks;
    }

private:
    struct Open {
        std::string id;
        std::string name;
    };

    void AddBlocks(const pugi::xml_node& parent, std::vector<ReadBlock>& blocks) {
        for (const auto& node : parent.children()) {
            if (Is(node, "w:p")) {
                AddParagraph(node, blocks);
            } else if (Is(node, "w:tbl")) {
                blocks.emplace_back(ReadRows(node));
            } else if (Is(node, "w:bookmarkStart")) {
                waiting_.push_back(
                    {node.attribute("w:id").value(), node.attribute("w:name").value()}
                );
            } else if (Is(node, "w:sdt")) {
                AddBlocks(node.child("w:sdtContent"), blocks);
            } else if (Is(node, "w:ins") || Is(node, "w:customXml") || Is(node, "w:moveTo")) {
                AddBlocks(node, blocks);
            } else if (Is(node, "mc:AlternateContent")) {
                AddBlocks(node.child("mc:Choice"), blocks);
            }
        }
    }

    void AddParagraph(const pugi::xml_node& node, std::vector<ReadBlock>& blocks) {
        ReadParagraph paragraph;
        const auto properties = node.child("w:pPr");
        const auto found =
            styles_.names.find(properties.child("w:pStyle").attribute("w:val").value());
        paragraph.style = found == styles_.names.end() ? styles_.fallback : found->second;
        paragraph.page_break_before = IsOn(properties.child("w:pageBreakBefore"));
        std::map<std::string, size_t> open;  // bookmark id → its place in paragraph.bookmarks
        for (auto& start : waiting_) {
            open[start.id] = paragraph.bookmarks.size();
            paragraph.bookmarks.push_back({std::move(start.name), 0, 0});
        }
        waiting_.clear();
        std::vector<pugi::xml_node> boxes;
        AddInline(node, paragraph, open, boxes);
        for (const auto& [id, index] : open) {
            paragraph.bookmarks[index].end = paragraph.text.size();
        }
        blocks.emplace_back(std::move(paragraph));
        for (const auto& box : boxes) {
            AddBlocks(box, blocks);
        }
    }

    void AddInline(
        const pugi::xml_node& parent,
        ReadParagraph& paragraph,
        std::map<std::string, size_t>& open,
        std::vector<pugi::xml_node>& boxes
    ) {
        for (const auto& node : parent.children()) {
            if (Is(node, "w:r")) {
                paragraph.text += RunText(node);
                FindBoxes(node, boxes);
            } else if (Is(node, "w:bookmarkStart")) {
                open[node.attribute("w:id").value()] = paragraph.bookmarks.size();
                const auto at = paragraph.text.size();
                paragraph.bookmarks.push_back({node.attribute("w:name").value(), at, at});
            } else if (Is(node, "w:bookmarkEnd")) {
                const auto found = open.find(node.attribute("w:id").value());
                if (found != open.end()) {
                    paragraph.bookmarks[found->second].end = paragraph.text.size();
                    open.erase(found);
                }
            } else if (Is(node, "w:sdt")) {
                AddInline(node.child("w:sdtContent"), paragraph, open, boxes);
            } else if (Is(node, "mc:AlternateContent")) {
                AddInline(node.child("mc:Choice"), paragraph, open, boxes);
            } else if (Is(node, "w:hyperlink") || Is(node, "w:ins") || Is(node, "w:moveTo") ||
                       Is(node, "w:smartTag") || Is(node, "w:fldSimple") || Is(node, "w:customXml") ||
                       Is(node, "w:bdo") || Is(node, "w:dir")) {
                AddInline(node, paragraph, open, boxes);
            }
        }
    }

    // Text boxes of a run; of alternatives only the first, which holds the same text.
    static void FindBoxes(const pugi::xml_node& parent, std::vector<pugi::xml_node>& boxes) {
        for (const auto& node : parent.children()) {
            if (Is(node, "w:txbxContent")) {
                boxes.push_back(node);
            } else if (!Is(node, "mc:Fallback")) {
                FindBoxes(node, boxes);
            }
        }
    }

    ReadTable ReadRows(const pugi::xml_node& table) {
        ReadTable result;
        AddRows(table, result);
        return result;
    }

    void AddRows(const pugi::xml_node& parent, ReadTable& table) {
        for (const auto& node : parent.children()) {
            if (Is(node, "w:tr")) {
                const bool deleted = node.child("w:trPr").child("w:del");
                if (!deleted) {
                    table.rows.push_back(ReadRow(node));
                }
            } else if (Is(node, "w:sdt")) {
                AddRows(node.child("w:sdtContent"), table);
            }
        }
    }

    std::vector<ReadCell> ReadRow(const pugi::xml_node& row) {
        std::vector<ReadCell> cells;
        size_t column = row.child("w:trPr").child("w:gridBefore").attribute("w:val").as_uint(0);
        AddCells(row, cells, column);
        return cells;
    }

    void AddCells(const pugi::xml_node& parent, std::vector<ReadCell>& cells, size_t& column) {
        constexpr unsigned kMostColumns = 16384;
        for (const auto& node : parent.children()) {
            if (Is(node, "w:sdt")) {
                AddCells(node.child("w:sdtContent"), cells, column);
                continue;
            }
            if (!Is(node, "w:tc")) {
                continue;
            }
            ReadCell cell;
            const auto properties = node.child("w:tcPr");
            cell.column = column;
            const auto span = properties.child("w:gridSpan").attribute("w:val").as_uint(1);
            cell.columns = span == 0 || span > kMostColumns ? 1 : span;
            const auto merge = properties.child("w:vMerge");
            cell.continues =
                merge && std::string_view(merge.attribute("w:val").value()) != "restart";
            std::vector<ReadBlock> blocks = Blocks(node);
            for (auto& block : blocks) {
                Collect(std::move(block), cell.paragraphs);
            }
            column += cell.columns;
            cells.push_back(std::move(cell));
        }
    }

    // A table inside a cell adds its text to the cell.
    static void Collect(ReadBlock block, std::vector<ReadParagraph>& paragraphs) {
        if (auto* paragraph = std::get_if<ReadParagraph>(&block)) {
            paragraphs.push_back(std::move(*paragraph));
            return;
        }
        for (auto& row : std::get<ReadTable>(block).rows) {
            for (auto& cell : row) {
                for (auto& paragraph : cell.paragraphs) {
                    paragraphs.push_back(std::move(paragraph));
                }
            }
        }
    }

    Styles styles_;
    std::vector<Open> waiting_;  // bookmarks that start between paragraphs
};

}  // namespace

std::string ReadCell::Text() const {
    std::vector<std::string> parts;
    parts.reserve(paragraphs.size());
    for (const auto& paragraph : paragraphs) {
        parts.push_back(paragraph.text);
    }
    return Join(parts, "\n");
}

std::vector<const ReadParagraph*> ReadDocument::Paragraphs() const {
    std::vector<const ReadParagraph*> all;
    for (const auto& block : blocks) {
        if (const auto* paragraph = std::get_if<ReadParagraph>(&block)) {
            all.push_back(paragraph);
            continue;
        }
        for (const auto& row : std::get<ReadTable>(block).rows) {
            for (const auto& cell : row) {
                for (const auto& paragraph : cell.paragraphs) {
                    all.push_back(&paragraph);
                }
            }
        }
    }
    return all;
}

std::vector<const ReadTable*> ReadDocument::Tables() const {
    std::vector<const ReadTable*> all;
    for (const auto& block : blocks) {
        if (const auto* table = std::get_if<ReadTable>(&block)) {
            all.push_back(table);
        }
    }
    return all;
}

ReadDocument ReadDocx(const Package& package) {
    const std::string part = MainPart(package);
    pugi::xml_document xml;
    ParseXml(package.Part(part), package.name(), part, xml);
    Reader reader(ReadStyles(package, part));
    return {reader.Blocks(xml.document_element().child("w:body"))};
}

ReadDocument ReadDocx(std::string_view bytes, std::string_view name) {
    return ReadDocx(Package::Read(bytes, name));
}

}  // namespace zw::document
