#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <map>
#include <tuple>

#include "base/problem.h"
#include "base/text.h"
#include "sheet/writer.h"

namespace zw::sheet {

namespace {

constexpr int64_t kSerialOf1970 = 25569;
constexpr int kFirstOwnFormat = 164;
constexpr std::string_view kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view kOffice =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view kPackage = "http://schemas.openxmlformats.org/package/2006";
constexpr std::string_view kDeclaration =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

// XML text; control characters that XML cannot hold are left out.
std::string Escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') {
                    out += c;
                }
        }
    }
    return out;
}

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

struct WrittenSheet {
    SheetLayout layout;
    File rows;  // the sheet's XML, in a temporary file
};

using Style = std::tuple<std::string, bool, bool>;  // format, bold, centred

}  // namespace

struct XlsxWriter::State {
    std::filesystem::path file;
    std::vector<WrittenSheet> sheets;
    std::map<Style, int> styles;
    std::vector<Style> style_list;
    int row = 0;
    bool open = false;

    [[noreturn]] void Fail(const char* what) const {
        throw Problem("io_failed", {{"path", file.string()}, {"what", what}});
    }

    void Write(std::string_view text) {
        if (std::fwrite(text.data(), 1, text.size(), sheets.back().rows.get()) != text.size()) {
            Fail("temporary file is full");
        }
    }

    int StyleOf(const WriteCell& cell) {
        const Style style{cell.format, cell.bold, cell.centred};
        const auto [at, added] = styles.try_emplace(style, static_cast<int>(styles.size()));
        if (added) {
            style_list.push_back(style);
        }
        return at->second;
    }

    std::string CellXml(const WriteCell& cell, const std::string& address);
    void EndSheet();
    std::string StylesXml() const;
    std::string WorkbookXml() const;
    std::string RelationsXml() const;
    std::string TypesXml() const;
};

std::string XlsxWriter::State::CellXml(const WriteCell& cell, const std::string& address) {
    const std::string head = fmt::format("<c r=\"{}\" s=\"{}\"", address, StyleOf(cell));
    const std::string formula = cell.formula.empty() ? "" : "<f>" + Escaped(cell.formula) + "</f>";
    switch (cell.kind) {
        case WriteKind::kText:
            return formula.empty()
                       ? head + " t=\"inlineStr\"><is><t xml:space=\"preserve\">" +
                             Escaped(cell.text) + "</t></is></c>"
                       : head + " t=\"str\">" + formula + "<v>" + Escaped(cell.text) + "</v></c>";
        case WriteKind::kNumber:
            return head + ">" + formula + "<v>" + Escaped(cell.text) + "</v></c>";
        case WriteKind::kDate:
            return head + fmt::format("><v>{}</v></c>", ToDays(cell.date) + kSerialOf1970);
        case WriteKind::kError:
            return head + " t=\"e\">" + formula + "<v>" + Escaped(cell.text) + "</v></c>";
        default:
            return {};
    }
}

void XlsxWriter::State::EndSheet() {
    if (!open) {
        return;
    }
    Write("</sheetData>");
    const std::vector<Merge>& merges = sheets.back().layout.merges;
    if (!merges.empty()) {
        Write(fmt::format("<mergeCells count=\"{}\">", merges.size()));
        for (const Merge& merge : merges) {
            Write(fmt::format(
                "<mergeCell ref=\"{}{}:{}{}\"/>",
                ColumnLetters(merge.first_column),
                merge.first_row,
                ColumnLetters(merge.last_column),
                merge.last_row
            ));
        }
        Write("</mergeCells>");
    }
    Write("</worksheet>");
    open = false;
}

std::string XlsxWriter::State::StylesXml() const {
    std::string formats;
    std::string cells;
    int count = 0;
    for (const auto& [format, bold, centred] : style_list) {
        int id = 0;
        if (!format.empty()) {
            id = kFirstOwnFormat + count++;
            formats +=
                fmt::format("<numFmt numFmtId=\"{}\" formatCode=\"{}\"/>", id, Escaped(format));
        }
        cells += fmt::format(
            "<xf numFmtId=\"{}\" fontId=\"{}\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
            "applyNumberFormat=\"1\"{}",
            id,
            bold ? 1 : 0,
            centred ? " applyAlignment=\"1\"><alignment horizontal=\"center\" vertical=\"center\" "
                      "wrapText=\"1\"/></xf>"
                    : "/>"
        );
    }
    return fmt::format(
        "{}<styleSheet xmlns=\"{}\">{}<fonts count=\"2\"><font><sz val=\"11\"/><name "
        "val=\"宋体\"/></font><font><b/><sz val=\"11\"/>"
        "<name val=\"宋体\"/></font></fonts><fills count=\"2\"><fill><patternFill "
        "patternType=\"none\"/></fill><fill><patternFill "
        "patternType=\"gray125\"/></fill></fills><borders "
        "count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border>"
        "</borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" "
        "borderId=\"0\"/></cellStyleXfs>"
        "<cellXfs count=\"{}\">{}</cellXfs></styleSheet>",
        kDeclaration,
        kMain,
        count == 0 ? "" : fmt::format("<numFmts count=\"{}\">{}</numFmts>", count, formats),
        style_list.size(),
        cells
    );
}

std::string XlsxWriter::State::WorkbookXml() const {
    std::string list;
    for (size_t i = 0; i < sheets.size(); ++i) {
        list += fmt::format(
            "<sheet name=\"{}\" sheetId=\"{}\"{} r:id=\"rId{}\"/>",
            Escaped(sheets[i].layout.name),
            i + 1,
            sheets[i].layout.hidden ? " state=\"hidden\"" : "",
            i + 1
        );
    }
    return fmt::format(
        "{}<workbook xmlns=\"{}\" xmlns:r=\"{}\"><sheets>{}</sheets></workbook>",
        kDeclaration,
        kMain,
        kOffice,
        list
    );
}

std::string XlsxWriter::State::RelationsXml() const {
    std::string list;
    for (size_t i = 0; i < sheets.size(); ++i) {
        list += fmt::format(
            "<Relationship Id=\"rId{0}\" Type=\"{1}/worksheet\" "
            "Target=\"worksheets/sheet{0}.xml\"/>",
            i + 1,
            kOffice
        );
    }
    list += fmt::format(
        "<Relationship Id=\"rId{}\" Type=\"{}/styles\" Target=\"styles.xml\"/>",
        sheets.size() + 1,
        kOffice
    );
    return fmt::format(
        "{}<Relationships xmlns=\"{}/relationships\">{}</Relationships>",
        kDeclaration,
        kPackage,
        list
    );
}

std::string XlsxWriter::State::TypesXml() const {
    constexpr std::string_view kType =
        "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    std::string list;
    for (size_t i = 0; i < sheets.size(); ++i) {
        list += fmt::format(
            "<Override PartName=\"/xl/worksheets/sheet{}.xml\" ContentType=\"{}worksheet+xml\"/>",
            i + 1,
            kType
        );
    }
    return fmt::format(
        "{0}<Types xmlns=\"{1}/content-types\"><Default Extension=\"rels\" "
        "ContentType=\"application/vnd.openxmlformats-package."
        "relationships+xml\"/><Default Extension=\"xml\" "
        "ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" "
        "ContentType=\"{2}sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" "
        "ContentType=\"{2}styles+xml\"/>{3}</Types>",
        kDeclaration,
        kPackage,
        kType,
        list
    );
}

XlsxWriter::XlsxWriter(std::filesystem::path file) : state_(std::make_unique<State>()) {
    state_->file = std::move(file);
    state_->StyleOf({});
}

XlsxWriter::~XlsxWriter() = default;

void XlsxWriter::BeginSheet(const SheetLayout& layout) {
    state_->EndSheet();
    WrittenSheet sheet;
    sheet.layout = layout;
    sheet.rows.reset(std::tmpfile());
    if (!sheet.rows) {
        state_->Fail("no temporary file");
    }
    state_->sheets.push_back(std::move(sheet));
    state_->open = true;
    state_->row = 0;
    std::string columns;
    const int last = std::max(
        static_cast<int>(layout.widths.size()),
        layout.hidden_columns.empty()
            ? 0
            : *std::max_element(layout.hidden_columns.begin(), layout.hidden_columns.end())
    );
    for (int column = 1; column <= last; ++column) {
        const double width = column <= static_cast<int>(layout.widths.size())
                                 ? layout.widths[static_cast<size_t>(column - 1)]
                                 : 0;
        const bool hidden =
            std::find(layout.hidden_columns.begin(), layout.hidden_columns.end(), column) !=
            layout.hidden_columns.end();
        if (width > 0 || hidden) {
            columns += fmt::format(
                "<col min=\"{0}\" max=\"{0}\" width=\"{1}\" customWidth=\"1\"{2}/>",
                column,
                width > 0 ? width : 9.0,
                hidden ? " hidden=\"1\"" : ""
            );
        }
    }
    state_->Write(fmt::format(
        "{}<worksheet xmlns=\"{}\">{}<sheetData>",
        kDeclaration,
        kMain,
        columns.empty() ? "" : "<cols>" + columns + "</cols>"
    ));
}

void XlsxWriter::Row(const std::vector<WriteCell>& cells, bool hidden, int number) {
    state_->row = number > state_->row ? number : state_->row + 1;
    std::string xml = fmt::format("<row r=\"{}\"{}>", state_->row, hidden ? " hidden=\"1\"" : "");
    for (size_t i = 0; i < cells.size(); ++i) {
        xml += state_->CellXml(
            cells[i], ColumnLetters(static_cast<int>(i + 1)) + std::to_string(state_->row)
        );
    }
    state_->Write(xml + "</row>");
}

void XlsxWriter::AddMerge(const Merge& merge) {
    state_->sheets.back().layout.merges.push_back(merge);
}

int XlsxWriter::last_row() const {
    return state_->row;
}

void XlsxWriter::Close() {
    if (state_->sheets.empty()) {
        BeginSheet({});
    }
    state_->EndSheet();
    int error = 0;
    zip_t* archive = zip_open(state_->file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
    if (archive == nullptr) {
        state_->Fail("写不进去，请核对文件夹和权限");
    }
    bool good = true;
    const auto add = [&](const std::string& part, zip_source_t* source) {
        const zip_int64_t index =
            source == nullptr ? -1 : zip_file_add(archive, part.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0) {
            zip_source_free(source);
            good = false;
            return;
        }
        // The same rows give the same file: no part says when it was written.
        good = good &&
               zip_file_set_dostime(archive, static_cast<zip_uint64_t>(index), 0, 0x21, 0) == 0;
    };
    const std::vector<std::pair<std::string, std::string>> parts = {
        {"[Content_Types].xml", state_->TypesXml()},
        {"_rels/.rels",
         fmt::format(
             "{}<Relationships xmlns=\"{}/relationships\"><Relationship Id=\"rId1\" "
             "Type=\"{}/officeDocument\" "
             "Target=\"xl/workbook.xml\"/></Relationships>",
             kDeclaration,
             kPackage,
             kOffice
         )},
        {"xl/workbook.xml", state_->WorkbookXml()},
        {"xl/_rels/workbook.xml.rels", state_->RelationsXml()},
        {"xl/styles.xml", state_->StylesXml()}};
    for (const auto& [name, text] : parts) {
        add(name, zip_source_buffer(archive, text.data(), text.size(), 0));
    }
    for (size_t i = 0; i < state_->sheets.size(); ++i) {
        std::FILE* rows = state_->sheets[i].rows.release();  // the archive closes it
        std::rewind(rows);
        add(fmt::format("xl/worksheets/sheet{}.xml", i + 1),
            zip_source_filep(archive, rows, 0, -1));
    }
    if (!good || zip_close(archive) != 0) {
        zip_discard(archive);
        state_->Fail("写不进去，请核对磁盘空间");
    }
}

}  // namespace zw::sheet
