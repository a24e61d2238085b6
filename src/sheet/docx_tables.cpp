#include "sheet/docx_tables.h"

#include <algorithm>
#include <charconv>

#include "base/problem.h"
#include "base/text.h"

namespace zw::sheet {

namespace {

constexpr int kLastColumn = 16'384;  // Word itself stops at 63
constexpr size_t kMostTitles = 3;
constexpr size_t kLongestTitle = 60;  // code points; longer lines are prose

// Moved away under tracked changes; the same once more for old programs; the reading of a
// character.
bool IsUnseen(std::string_view name) {
    return name == "moveFrom" || name == "Fallback" || name == "rt";
}

// <w:hidden/> is on, <w:hidden w:val="0"/> is off.
bool IsOn(const XmlAttributes& attributes) {
    const std::string_view value = attributes.Get("val");
    return value != "0" && value != "false" && value != "off";
}

int Number(const XmlAttributes& attributes) {
    const std::string_view text = attributes.Get("val");
    int value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    return result.ec == std::errc::result_out_of_range ? kLastColumn + 1 : std::max(value, 0);
}

}  // namespace

void DocxTables::Start(std::string_view name, const XmlAttributes& attributes) {
    ++level_;
    if (unseen_ == 0 && (IsUnseen(name) || (name == "sdtContent" && placeholder_))) {
        unseen_ = level_;
    }
    if (former_ == 0 && EndsWith(name, "PrChange")) {
        former_ = level_;
    }
    placeholder_ = name == "showingPlcHdr" || (placeholder_ && name != "sdtContent");
    if (name == "tbl") {
        if (++depth_ == 1) {
            BeginTable();
        }
    } else if (depth_ == 1 && former_ == 0) {
        StartOfTable(name, attributes);
    }
    if (name == "r") {
        in_run_ = true;
    } else if (name == "t") {
        in_text_ = true;
    } else if (in_run_ && name == "tab") {
        Add(" ");
    } else if (in_run_ && (name == "br" || name == "cr")) {
        Add("\n");
    } else if (in_run_ && name == "noBreakHyphen") {
        Add("-");
    }
}

void DocxTables::StartOfTable(std::string_view name, const XmlAttributes& attributes) {
    if (name == "tr") {
        ++row_.number;
        row_.hidden = false;
        row_.cells.clear();
        column_ = 0;
    } else if (name == "gridBefore") {
        Move(Number(attributes));
    } else if (name == "hidden") {
        row_.hidden = IsOn(attributes);
    } else if (name == "tc") {
        cell_ = OpenCell{};
        in_cell_ = true;
    } else if (name == "gridSpan") {
        cell_.span = std::max(Number(attributes), 1);
    } else if (name == "vMerge") {
        cell_.begins = attributes.Get("val") == "restart";
        cell_.continues = !cell_.begins;
    }
}

void DocxTables::End(std::string_view name) {
    if (name == "t") {
        in_text_ = false;
    } else if (name == "r") {
        in_run_ = false;
    } else if (name == "p") {
        EndParagraph();
    } else if (name == "tbl" && depth_ > 0) {
        if (--depth_ == 0) {
            EndTable();
        }
    } else if (depth_ == 1 && name == "tc") {
        EndCell();
    } else if (depth_ == 1 && name == "tr") {
        EndRow();
    }
    unseen_ = level_ == unseen_ ? 0 : unseen_;
    former_ = level_ == former_ ? 0 : former_;
    --level_;
}

void DocxTables::Text(std::string_view piece) {
    if (in_text_) {
        Add(piece);
    }
}

void DocxTables::Add(std::string_view text) {
    if (unseen_ > 0) {
        return;
    }
    if (depth_ == 0) {
        paragraph_ += text;
    } else if (in_cell_) {
        cell_.text += text;
    }
}

void DocxTables::EndParagraph() {
    if (depth_ > 0) {
        Add("\n");
        return;
    }
    std::string line = Trim(paragraph_);
    paragraph_.clear();
    if (line.empty()) {
        return;
    }
    if (EndsWith(line, "。") || Length(line) > kLongestTitle) {
        titles_.clear();
        return;
    }
    titles_.push_back(std::move(line));
    if (titles_.size() > kMostTitles) {
        titles_.erase(titles_.begin());
    }
}

void DocxTables::BeginTable() {
    table_ = DocxTable{};
    row_ = DocxRow{};
    row_.number = static_cast<int>(titles_.size());
    starts_.clear();
    open_merges_.clear();
}

void DocxTables::EndTable() {
    if (!table_.rows.empty()) {
        table_.last_row = row_.number;
        PlaceTitles(LeaveOutUnusedColumns());
        tables_.push_back(std::move(table_));
    }
    titles_.clear();
}

// Such a line stands over the whole table, as a joined cell does in a workbook.
void DocxTables::PlaceTitles(int width) {
    std::vector<DocxRow> rows;
    std::vector<Merge> merges;
    for (std::string& title : titles_) {
        const int number = static_cast<int>(rows.size()) + 1;
        rows.push_back({number, false, {{1, std::move(title)}}});
        if (width > 1) {
            merges.push_back({number, 1, number, width});
        }
    }
    table_.rows.insert(
        table_.rows.begin(),
        std::make_move_iterator(rows.begin()),
        std::make_move_iterator(rows.end())
    );
    table_.merges.insert(table_.merges.begin(), merges.begin(), merges.end());
}

void DocxTables::EndRow() {
    if (!row_.cells.empty()) {
        table_.rows.push_back(row_);
    }
}

void DocxTables::EndCell() {
    in_cell_ = false;
    const int first = column_ + 1;
    Move(cell_.span);
    starts_.insert(first);
    if (cell_.continues && ExtendsMerge(first)) {
        return;
    }
    std::fill(open_merges_.begin() + (first - 1), open_merges_.begin() + column_, -1);
    if (cell_.begins) {
        open_merges_[static_cast<size_t>(first - 1)] = static_cast<int>(table_.merges.size());
    }
    if (cell_.begins || cell_.span > 1) {
        table_.merges.push_back({row_.number, first, row_.number, column_});
    }
    if (std::string text = Trim(cell_.text); !text.empty()) {
        row_.cells.push_back({first, std::move(text)});
    }
}

void DocxTables::Move(int columns) {
    if (columns > kLastColumn - column_) {
        throw Problem("file_damaged", {{"file", part_}, {"what", "columns"}});
    }
    column_ += columns;
    cells_ += columns;
    if (cells_ > limits_.cells) {
        throw Problem("file_too_large", {{"file", part_}, {"what", "cells"}});
    }
    if (open_merges_.size() < static_cast<size_t>(column_)) {
        open_merges_.resize(static_cast<size_t>(column_), -1);
    }
}

// What a cell that continues one above holds is not shown by Word.
bool DocxTables::ExtendsMerge(int column) {
    const int open = open_merges_[static_cast<size_t>(column - 1)];
    if (open < 0 || table_.merges[static_cast<size_t>(open)].last_row != row_.number - 1) {
        return false;
    }
    table_.merges[static_cast<size_t>(open)].last_row = row_.number;
    return true;
}

// Word keeps a column for every edge that a cell ever had. One in which no cell begins is a part of
// the column before it. Gives how many are left.
int DocxTables::LeaveOutUnusedColumns() {
    std::vector<int> left(open_merges_.size() + 1, 0);
    for (size_t column = 1; column < left.size(); ++column) {
        left[column] = left[column - 1] + (starts_.contains(static_cast<int>(column)) ? 1 : 0);
    }
    const auto place = [&](int& column) { column = left[static_cast<size_t>(column)]; };
    for (DocxRow& row : table_.rows) {
        for (DocxCell& cell : row.cells) {
            place(cell.column);
        }
    }
    for (Merge& merge : table_.merges) {
        place(merge.first_column);
        place(merge.last_column);
    }
    std::erase_if(table_.merges, [](const Merge& merge) {
        return merge.first_row == merge.last_row && merge.first_column == merge.last_column;
    });
    return static_cast<int>(starts_.size());
}

}  // namespace zw::sheet
