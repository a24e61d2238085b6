#pragma once
// Tables recognised in a sheet: where the heading stands, what each column is called and measured
// in, which rows are data, totals, notes. Knows no work line: words it knows (合计, 单位, 填报日期
// …) come from the vocabulary that definitions supply (rules/vocabulary.toml). storage.md "Import"
// says what must hold. One pass over the rows, in memory that does not grow with them.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/problem.h"
#include "sheet/grid.h"

namespace zw::sheet {

// Closed word lists by topic, compared after Normalise(). Loaded from rules/vocabulary.toml by
// `definition`.
struct Vocabulary {
    std::vector<std::string> total_words;  // 合计 小计 总计 累计 横向合计 …: a row is a total when
                                           // its label is or ends with one
    std::vector<std::string> whole_words;  // 全镇 …: a row that begins with one and holds numbers
                                           // is the total of all rows
    std::vector<std::string> comparison_words;  // 本年 上年 增减 增减% …: rows that are no data
    std::vector<std::string> note_words;  // 注 说明 填表人 审核 制表 …: a row that starts
                                          // with one is a note or signature
    std::vector<std::string>
        unit_labels;  // 单位 计量单位 计算单位: a title "单位：亩" or a unit row
    std::vector<std::string> code_labels;  // 汇总代码 代码: a code row under the heading
    std::vector<std::string> part_words;   // 其中: the column is a part of the one before
    std::vector<std::string>
        not_adding_words;  // 亩产 单价 比例 率 % 编号 电话 …: columns that do not add
    std::vector<std::string> serial_words;       // 编号: a row number, no data
    std::vector<std::string> filled_date_words;  // 填报日期 制表日期: never a period
    std::vector<std::string> empty_marks;        // / — - ／ …: a cell with only this is empty
    std::vector<std::string> units;              // names of all known units, for units in headings
    std::vector<std::string> zero_words;  // 无 …: a cell with only this is a zero that was returned
    std::vector<std::string>
        current_words;  // those comparison words whose row prints this period's total: 本年 …
    std::vector<std::string> hint_words;  // 必填 选填 …: a row whose cells begin with these tells
                                          // how to fill in the form
    std::vector<std::string>
        count_units;  // 头 只 座 …: a pair of them (头/只) is one or the other, not a ratio
    std::vector<std::string> counting_words;  // 共 合计 …: before a number at the foot: 共12人
    // What a name is compared by, where one thing has several (柳湾, 柳湾村委会); may be empty.
    std::function<std::string(const std::string&)> same_name;
};

struct Column {
    int index = 0;                  // from 1
    std::vector<std::string> path;  // heading tiers top down, each as written less its unit and
                                    // line breaks: {"果园","产量"}
    std::string name;               // path joined by "/"
    std::string unit;               // from heading "(亩)", unit row or title line; empty when none
    std::string code;               // from a code row
    bool adds = true;               // whether totals of it make sense
    bool hidden = false;
    int part_of = 0;               // index of the column that this 其中 column is part of, 0 none
    std::optional<Period> period;  // a heading tier that is a period (2022年)
    int nth = 1;                   // among the columns of the same path, from the left
};

enum class RowKind { kData, kTotal, kNote, kBlank, kRepeatedHeading, kComparison };

// A total row checked against the rows above that it sums.
struct TotalCheck {
    int row = 0;
    int checked = 0;  // columns compared
    struct Difference {
        int column;
        std::string printed;
        std::string sum;
    };
    std::vector<Difference> differs;
};

struct TableInfo {
    int heading_first = 0;
    int heading_last = 0;
    std::vector<Column> columns;
    std::vector<std::string> titles;       // lines above the heading, in order
    bool below = false;                    // another table stands above it on the sheet
    bool repeats = false;                  // and has the same heading
    std::vector<std::string> above;        // titles of the sheet's first table, for one below it:
                                           // they hold where its own say nothing
    std::optional<Period> title_period;    // from a title; a 填报日期 is never one
    std::optional<Period> sheet_period;    // from the sheet's name
    std::string title_unit;                // 单位：亩; 亩、万元 where it names several
    std::vector<std::string> title_units;  // each of them
};

// A row of data with vertical merges filled down.
struct TableRow {
    int number = 0;
    bool hidden = false;
    RowKind kind = RowKind::kData;
    std::vector<Cell> cells;   // index 0 = column 1
    std::vector<bool> filled;  // cell came from a vertical merge
    bool named_only =
        false;  // data that holds nothing but a name beside its serial number: not returned
};

class TableSink {
public:
    virtual ~TableSink() = default;
    virtual void BeginTable(const TableInfo& table) = 0;
    virtual void Row(const TableRow& row) = 0;  // data, totals, notes … in order; kind says which
    virtual void Total(const TotalCheck& total
    ) = 0;  // after its row; for a total above its rows, after the last of them
    virtual void EndTable() = 0;
};

// Recognises the tables of one sheet. A sheet without a table calls nothing. Findings of the table
// itself (hidden rows, wrong totals, part_exceeds_whole) are returned; `total_mismatch` has
// severity kTotal.
std::vector<Finding> ReadTables(
    Workbook& workbook, int sheet, const Vocabulary& vocabulary, TableSink& sink
);

// Values as offices write them. All take one cell and are absent when it holds nothing (blank, an
// empty mark).
struct NumberReading {
    Decimal value;
    std::string unit;  // trailing unit of the cell, "" none
};
// Throws Problem not_a_number (error cells by name, 约1.2, 不详). 无 reads as 0.
std::optional<NumberReading> ReadNumber(const Cell& cell, const Vocabulary& vocabulary);

enum class Precision { kDay, kMonth, kYear };
struct DateReading {
    Date date;  // the last day of a month or year
    Precision precision = Precision::kDay;
    bool ambiguous = false;     // a number cell such as 2023.1: January or October
    bool time_dropped = false;  // a time of day stood beside it
};
// Throws Problem bad_date.
std::optional<DateReading> ReadDate(const Cell& cell, const Vocabulary& vocabulary);
// Digits of an ID, card, phone; throws id_lost_digits for a number cell (or text in E notation) of
// 16 digits or more.
std::optional<std::string> ReadCode(const Cell& cell, const Vocabulary& vocabulary);
std::optional<std::string> ReadText(const Cell& cell, const Vocabulary& vocabulary);
// The period that a text names: 2022年, 2022年三季度, 2022年1-3月 (a quarter), 2023.5,
// 2023年4月12日 (a day); absent when there is none, when there are two (2021—2023年), and for spans
// that are no period here (1-9月, 上半年).
std::optional<Period> FindPeriod(const std::string& text);
// The same, where the text may leave out the year that stands elsewhere: 三季度 of `year`.
std::optional<Period> FindPeriod(const std::string& text, int year);

// The unit that `text` names: a known one, one with 万 or another power of ten before it, or two
// known ones with a slash.
bool IsUnit(const std::string& text, const Vocabulary& vocabulary);

}  // namespace zw::sheet
