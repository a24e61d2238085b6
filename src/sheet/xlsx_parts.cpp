#include "sheet/xlsx_parts.h"

#include <charconv>
#include <map>

#include "base/problem.h"
#include "base/text.h"
#include "sheet/xml_reader.h"

namespace zw::sheet {

namespace {

constexpr size_t kMostSheets = 4096;

struct Relation {
    std::string type;  // last word of its address: worksheet, styles …
    std::string target;
};

void ReadPart(const ZipArchive& archive, const std::string& part, const XmlEvents& events) {
    ReadXml(part, events, [&](const auto& piece) { archive.Read(part, piece); });
}

std::string Folder(const std::string& part) {
    const size_t slash = part.rfind('/');
    return slash == std::string::npos ? "" : part.substr(0, slash + 1);
}

// `target` as seen from the part that names it: absolute, or relative with "..".
std::string Resolve(const std::string& from, std::string target) {
    if (StartsWith(target, "/")) {
        return target.substr(1);
    }
    std::string folder = Folder(from);
    while (StartsWith(target, "../") && !folder.empty()) {
        target.erase(0, 3);
        folder = Folder(folder.substr(0, folder.size() - 1));
    }
    return folder + target;
}

std::map<std::string, Relation> ReadRelations(const ZipArchive& archive, const std::string& part) {
    std::map<std::string, Relation> relations;
    const std::string rels = Folder(part) + "_rels/" + part.substr(Folder(part).size()) + ".rels";
    if (!archive.Has(rels)) {
        return relations;
    }
    const auto start = [&](std::string_view name, const XmlAttributes& attributes) {
        if (name == "Relationship") {
            const std::string type(attributes.Get("Type"));
            relations[std::string(attributes.Get("Id"))] = {
                type.substr(type.rfind('/') + 1),
                Resolve(part, std::string(attributes.Get("Target")))};
        }
        return true;
    };
    ReadPart(archive, rels, {start, [](std::string_view) { return true; }, {}});
    return relations;
}

std::string FindWorkbook(const ZipArchive& archive, const std::string& file) {
    std::string main = OfficePart(archive);
    if (archive.Has(main) && main.find("ord/") == std::string::npos) {
        return main;
    }
    if (archive.Has("xl/workbook.xml")) {
        return "xl/workbook.xml";
    }
    throw Problem("file_unknown", {{"file", file}, {"what", "zip without a workbook"}});
}

int ToInt(std::string_view text) {
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

}  // namespace

std::string OfficePart(const ZipArchive& archive) {
    for (const auto& [id, relation] : ReadRelations(archive, "")) {
        if (relation.type == "officeDocument") {
            return relation.target;
        }
    }
    return {};
}

XlsxWorkbookPart ReadWorkbookPart(const ZipArchive& archive, const std::string& file) {
    XlsxWorkbookPart book;
    const std::string part = FindWorkbook(archive, file);
    const std::map<std::string, Relation> relations = ReadRelations(archive, part);
    for (const auto& [id, relation] : relations) {
        if (relation.type == "styles") {
            book.styles_part = relation.target;
        } else if (relation.type == "sharedStrings") {
            book.strings_part = relation.target;
        }
    }
    const auto start = [&](std::string_view name, const XmlAttributes& attributes) {
        if (name == "workbookPr") {
            book.from_1904 = attributes.Is("date1904");
        } else if (name == "sheet") {
            const auto found = relations.find(std::string(attributes.Get("id")));
            if (found != relations.end() && found->second.type == "worksheet") {
                book.sheets.push_back(
                    {std::string(attributes.Get("name")),
                     found->second.target,
                     StartsWith(attributes.Get("state"), "hidden") ||
                         attributes.Get("state") == "veryHidden"}
                );
            }
        }
        return book.sheets.size() <= kMostSheets;
    };
    ReadPart(archive, part, {start, [](std::string_view) { return true; }, {}});
    return book;
}

std::vector<NumberFormat> ReadCellFormats(const ZipArchive& archive, const std::string& part) {
    std::map<int, std::string> codes;
    std::vector<NumberFormat> formats;
    bool in_cell_formats = false;
    const auto start = [&](std::string_view name, const XmlAttributes& attributes) {
        if (name == "numFmt") {
            codes[ToInt(attributes.Get("numFmtId"))] = std::string(attributes.Get("formatCode"));
        } else if (name == "cellXfs") {
            in_cell_formats = true;
        } else if (name == "xf" && in_cell_formats) {
            const int id = ToInt(attributes.Get("numFmtId"));
            const auto own = codes.find(id);
            formats.push_back(AnalyseFormat(
                own != codes.end() ? std::string_view(own->second) : BuiltinFormat(id)
            ));
        }
        return true;
    };
    const auto end = [&](std::string_view name) {
        in_cell_formats = in_cell_formats && name != "cellXfs";
        return true;
    };
    ReadPart(archive, part, {start, end, {}});
    return formats;
}

void ReadSharedStrings(const ZipArchive& archive, const std::string& part, StringTable& strings) {
    std::string text;
    bool in_text = false;
    bool phonetic = false;
    const auto start = [&](std::string_view name, const XmlAttributes&) {
        if (name == "si") {
            text.clear();
        } else if (name == "rPh") {
            phonetic = true;
        }
        in_text = name == "t" && !phonetic;
        return true;
    };
    const auto end = [&](std::string_view name) {
        in_text = false;
        if (name == "rPh") {
            phonetic = false;
        } else if (name == "si") {
            strings.Add(DecodeEscapes(std::move(text)));
            text.clear();
        }
        return true;
    };
    const auto on_text = [&](std::string_view piece) {
        if (in_text) {
            text += piece;
        }
    };
    ReadPart(archive, part, {start, end, on_text});
}

std::string DecodeEscapes(std::string text) {
    size_t at = text.find("_x");
    while (at != std::string::npos) {
        unsigned point = 0;
        const char* digits = text.data() + at + 2;
        const bool whole = at + 7 <= text.size() && text[at + 6] == '_' &&
                           std::from_chars(digits, digits + 4, point, 16).ptr == digits + 4;
        if (whole) {
            std::string decoded;
            AppendUtf8(decoded, point);
            text.replace(at, 7, decoded);
            at = text.find("_x", at + decoded.size());
        } else {
            at = text.find("_x", at + 2);
        }
    }
    return text;
}

}  // namespace zw::sheet
