#include "sheet/sheet_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "base/text.h"
#include "sheet/words.h"

namespace zw::sheet {

namespace {

class ReportSink final : public TableSink {
public:
    explicit ReportSink(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

    std::vector<TableReport> tables;

    void BeginTable(const TableInfo& table) override {
        tables.emplace_back();
        tables.back().info = table;
        filled_.clear();
    }
    void Row(const TableRow& row) override {
        TableReport& table = tables.back();
        NoteFilled(row);
        if (row.hidden) {
            table.hidden.push_back(row.number);
        }
        switch (row.kind) {
            case RowKind::kData:
                table.data_rows.push_back(row.number);
                if (row.named_only) {
                    table.named_only.push_back(row.number);
                } else {
                    ++table.rows;
                }
                break;
            case RowKind::kNote:
                table.notes.push_back(row.number);
                break;
            case RowKind::kBlank:
                table.blank.push_back(row.number);
                break;
            case RowKind::kComparison:
                table.comparisons.push_back(row.number);
                break;
            case RowKind::kRepeatedHeading:
                table.repeated_headings.push_back(row.number);
                break;
            case RowKind::kTotal:
                break;  // told by Total
        }
    }
    void Total(const TotalCheck& total) override { tables.back().totals.push_back(total); }
    void EndTable() override {
        std::vector<TotalCheck>& totals = tables.back().totals;
        std::sort(totals.begin(), totals.end(), [](const TotalCheck& a, const TotalCheck& b) {
            return a.row < b.row;
        });
        for (Column& column : tables.back().info.columns) {
            column.adds = column.adds && (!column.unit.empty() || filled_.count(column.index) > 0);
        }
    }

private:
    // Of a column without a unit in which nothing stands, not even a total, nobody knows whether it
    // adds.
    void NoteFilled(const TableRow& row) {
        for (size_t i = 0; i < row.cells.size(); ++i) {
            const bool amount = row.kind == RowKind::kData || row.kind == RowKind::kTotal;
            if (amount && !IsEmpty(row.cells[i], vocabulary_)) {
                filled_.insert(static_cast<int>(i) + 1);
            }
        }
    }

    const Vocabulary& vocabulary_;
    std::set<int> filled_;  // columns of the table being read
};

std::string Quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
            out += c;
        }
    }
    return out + "\"";
}

std::string NumberList(const std::vector<int>& numbers) {
    return fmt::format("[{}]", fmt::join(numbers, ","));
}

template <typename Item, typename Render>
std::string JsonList(const std::vector<Item>& items, const Render& render) {
    std::vector<std::string> parts;
    std::transform(items.begin(), items.end(), std::back_inserter(parts), render);
    return "[" + Join(parts, ",") + "]";
}

std::string ColumnJson(const Column& column) {
    std::string json = fmt::format(
        "{{\"index\":{},\"path\":{},\"name\":{},\"unit\":{},\"adds\":{}",
        column.index,
        JsonList(column.path, [](const std::string& tier) { return Quoted(tier); }),
        Quoted(column.name),
        Quoted(column.unit),
        column.adds
    );
    if (!column.code.empty()) {
        json += ",\"code\":" + Quoted(column.code);
    }
    if (column.part_of > 0) {
        json += fmt::format(",\"part_of\":{}", column.part_of);
    }
    if (column.period) {
        json += ",\"period\":" + Quoted(ToText(*column.period));
    }
    return json + (column.hidden ? ",\"hidden\":true}" : "}");
}

std::string TotalJson(const TotalCheck& total) {
    return fmt::format(
        "{{\"row\":{},\"checked\":{},\"differs\":{}}}",
        total.row,
        total.checked,
        JsonList(
            total.differs,
            [](const TotalCheck::Difference& difference) {
                return fmt::format(
                    "{{\"column\":{},\"printed\":{},\"sum\":{}}}",
                    difference.column,
                    Quoted(difference.printed),
                    Quoted(difference.sum)
                );
            }
        )
    );
}

std::string TableJson(const TableReport& table) {
    return fmt::format(
        "{{\"heading_rows\":[{},{}],\"columns\":{},\"rows\":{},\"data_rows\":{},\"totals\":{},"
        "\"notes\":{},\"not_returned\":{},"
        "\"comparisons\":{},\"blank\":{},\"repeated_headings\":{},\"hidden\":{},\"period\":{},"
        "\"unit\":{}}}",
        table.info.heading_first,
        table.info.heading_last,
        JsonList(table.info.columns, ColumnJson),
        table.rows,
        NumberList(table.data_rows),
        JsonList(table.totals, TotalJson),
        NumberList(table.notes),
        NumberList(table.named_only),
        NumberList(table.comparisons),
        NumberList(table.blank),
        NumberList(table.repeated_headings),
        NumberList(table.hidden),
        table.info.sheet_period   ? Quoted(ToText(*table.info.sheet_period))
        : table.info.title_period ? Quoted(ToText(*table.info.title_period))
                                  : "null",
        Quoted(table.info.title_unit)
    );
}

std::string FindingJson(const Finding& finding) {
    return fmt::format(
        "{{\"row\":{},\"column\":{},\"class\":{},\"severity\":{},\"message\":{}}}",
        finding.row,
        finding.column.empty() ? "null" : Quoted(finding.column),
        Quoted(finding.code),
        Quoted(SeverityName(finding.severity)),
        Quoted(finding.message)
    );
}

std::string Ranges(const std::vector<int>& numbers) {
    std::vector<std::string> parts;
    for (size_t i = 0; i < numbers.size();) {
        size_t end = i;
        while (end + 1 < numbers.size() && numbers[end + 1] == numbers[end] + 1) {
            ++end;
        }
        parts.push_back(
            end == i ? std::to_string(numbers[i]) : fmt::format("{}-{}", numbers[i], numbers[end])
        );
        i = end + 1;
    }
    return Join(parts, ", ");
}

struct Words {
    const char *heading, *columns, *data, *not_returned, *totals, *right, *wrong, *notes,
        *hidden_rows, *no_table, *hidden, *part_of;
};
constexpr Words kChinese = {
    "表头",
    "列",
    "数据行",
    "未填报",
    "合计",
    "相符",
    "不符",
    "附注",
    "隐藏行",
    "没有表格",
    "（隐藏）",
    "其中，属"};
constexpr Words kEnglish = {
    "heading",
    "columns",
    "data rows",
    "not returned",
    "totals",
    "right",
    "wrong",
    "notes",
    "hidden rows",
    "no table",
    " (hidden)",
    "part of"};

std::string TableText(const TableReport& table, const Words& words) {
    std::string text = fmt::format(
        "  {} {}-{}\n", words.heading, table.info.heading_first, table.info.heading_last
    );
    for (const Column& column : table.info.columns) {
        text += fmt::format(
            "    {:<3} {}{}{}{}\n",
            ColumnLetters(column.index),
            column.name,
            column.unit.empty() ? "" : " [" + column.unit + "]",
            column.hidden ? words.hidden : "",
            column.part_of > 0
                ? fmt::format(" ({} {})", words.part_of, ColumnLetters(column.part_of))
                : ""
        );
    }
    text += fmt::format("  {} {}: {}\n", words.data, table.rows, Ranges(table.data_rows));
    const auto line = [&](const char* name, const std::vector<int>& rows) {
        if (!rows.empty()) {
            text += fmt::format("  {}: {}\n", name, Ranges(rows));
        }
    };
    line(words.not_returned, table.named_only);
    line(words.notes, table.notes);
    line(words.hidden_rows, table.hidden);
    for (const TotalCheck& total : table.totals) {
        text += fmt::format(
            "  {} {}: {} {}, {} {}\n",
            words.totals,
            total.row,
            words.right,
            total.checked - static_cast<int>(total.differs.size()),
            words.wrong,
            total.differs.size()
        );
    }
    return text;
}

}  // namespace

bool SheetReport::has_faults() const {
    return std::any_of(sheets.begin(), sheets.end(), [](const OneSheetReport& sheet) {
        return std::any_of(
            sheet.findings.begin(),
            sheet.findings.end(),
            [](const Finding& finding) { return finding.severity != Severity::kNote; }
        );
    });
}

SheetReport ReportSheets(
    const std::filesystem::path& file, const Vocabulary& vocabulary, const Limits& limits
) {
    SheetReport report;
    report.file = file.filename().string();
    const std::unique_ptr<Workbook> workbook = Workbook::Open(file, limits);
    report.encoding = workbook->encoding();
    for (const SheetInfo& info : workbook->sheets()) {
        OneSheetReport sheet;
        sheet.name = info.name;
        sheet.hidden = info.hidden;
        ReportSink sink(vocabulary);
        sheet.findings = ReadTables(*workbook, info.index, vocabulary, sink);
        sheet.tables = std::move(sink.tables);
        report.sheets.push_back(std::move(sheet));
    }
    return report;
}

std::string ToTerminal(const SheetReport& report, bool english) {
    const Words& words = english ? kEnglish : kChinese;
    std::string text;
    for (const OneSheetReport& sheet : report.sheets) {
        text += fmt::format(
            "【{}】{}{}\n",
            sheet.name,
            sheet.hidden ? words.hidden : "",
            sheet.tables.empty() ? std::string(" ") + words.no_table : ""
        );
        for (const TableReport& table : sheet.tables) {
            text += TableText(table, words);
        }
        for (const Finding& finding : sheet.findings) {
            text += fmt::format("  ! {}{}: {}\n", finding.column, finding.row, finding.message);
        }
    }
    return text;
}

std::string ToJson(const SheetReport& report) {
    return fmt::format(
        "{{\"sheets\":{}}}\n",
        JsonList(
            report.sheets,
            [](const OneSheetReport& sheet) {
                return fmt::format(
                    "{{\"name\":{},\"hidden\":{},\"tables\":{},\"findings\":{}}}",
                    Quoted(sheet.name),
                    sheet.hidden,
                    JsonList(sheet.tables, TableJson),
                    JsonList(sheet.findings, FindingJson)
                );
            }
        )
    );
}

}  // namespace zw::sheet
