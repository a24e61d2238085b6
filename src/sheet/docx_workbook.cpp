#include "sheet/docx_workbook.h"

#include <algorithm>

#include "base/problem.h"
#include "base/text.h"
#include "sheet/docx_tables.h"
#include "sheet/xlsx_parts.h"
#include "sheet/xml_reader.h"
#include "sheet/zip_archive.h"

namespace zw::sheet {

namespace {

constexpr const char* kUsualPart = "word/document.xml";
constexpr int64_t kLongestText = 128LL << 20;

std::vector<DocxTable> ReadTablesOf(
    const ZipArchive& archive,
    const std::string& file,
    const std::string& part,
    const Limits& limits
) {
    DocxTables tables(limits, file);
    const XmlEvents events{
        [&](std::string_view name, const XmlAttributes& attributes) {
            tables.Start(name, attributes);
            return true;
        },
        [&](std::string_view name) {
            tables.End(name);
            return true;
        },
        [&](std::string_view text) { tables.Text(text); }};
    int64_t total = 0;
    ReadXml(part, events, [&](const auto& feed) {
        archive.Read(part, [&](std::string_view piece) {
            total += static_cast<int64_t>(piece.size());
            if (total > kLongestText) {
                throw Problem("file_too_large", {{"file", file}, {"what", "text"}});
            }
            return feed(piece);
        });
    });
    return tables.Take();
}

class DocxWorkbook final : public Workbook {
public:
    DocxWorkbook(const std::filesystem::path& file, const Limits& limits) {
        const std::string name = file.filename().string();
        const ZipArchive archive(file, limits);
        const std::string main = OfficePart(archive);
        tables_ = ReadTablesOf(archive, name, main.empty() ? kUsualPart : main, limits);
        if (tables_.empty()) {
            throw Problem("file_no_table", {{"file", name}});
        }
        for (DocxTable& table : tables_) {
            SheetInfo info;
            info.index = static_cast<int>(sheets_.size());
            info.name = "表" + std::to_string(info.index + 1);
            info.merges = std::move(table.merges);
            info.rows = table.last_row;
            sheets_.push_back(std::move(info));
        }
    }

    const std::vector<SheetInfo>& sheets() const override { return sheets_; }

    void Read(int sheet, const std::function<bool(const RowData&)>& row) override {
        for (const DocxRow& held : tables_.at(static_cast<size_t>(sheet)).rows) {
            RowData data;
            data.number = held.number;
            data.hidden = held.hidden;
            data.cells.resize(static_cast<size_t>(held.cells.back().column));
            for (const DocxCell& cell : held.cells) {
                Cell& out = data.cells[static_cast<size_t>(cell.column - 1)];
                out.kind = CellKind::kText;
                out.text = cell.text;
            }
            if (!row(data)) {
                return;
            }
        }
    }

private:
    std::vector<DocxTable> tables_;
    std::vector<SheetInfo> sheets_;
};

}  // namespace

bool IsDocx(const std::filesystem::path& file, const Limits& limits) {
    const ZipArchive archive(file, limits);
    const std::string main = OfficePart(archive);
    return main.empty() ? archive.Has(kUsualPart) && !archive.Has("xl/workbook.xml")
                        : main.find("ord/") != std::string::npos;
}

std::unique_ptr<Workbook> OpenDocx(const std::filesystem::path& file, const Limits& limits) {
    return std::make_unique<DocxWorkbook>(file, limits);
}

}  // namespace zw::sheet
