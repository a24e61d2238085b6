#pragma once
// The tables of a .docx text, taken out of its XML events.

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sheet/grid.h"
#include "sheet/xml_reader.h"

namespace zw::sheet {

struct DocxCell {
    int column = 0;  // from 1
    std::string text;
};

struct DocxRow {
    int number = 0;  // from 1
    bool hidden = false;
    std::vector<DocxCell> cells;  // those with text
};

struct DocxTable {
    std::vector<DocxRow> rows;  // those with text, titles first
    std::vector<Merge> merges;
    int last_row = 0;
};

// Is fed with the events of word/document.xml in order; throws Problem "file_too_large" and
// "file_damaged", naming `part`.
class DocxTables {
public:
    DocxTables(const Limits& limits, std::string part) : limits_(limits), part_(std::move(part)) {}

    void Start(std::string_view name, const XmlAttributes& attributes);
    void End(std::string_view name);
    void Text(std::string_view piece);

    // After the last event. Tables without any text are left out.
    std::vector<DocxTable> Take() { return std::move(tables_); }

private:
    struct OpenCell {
        int span = 1;
        bool begins = false;     // a merge downwards
        bool continues = false;  // one
        std::string text;
    };

    void StartOfTable(std::string_view name, const XmlAttributes& attributes);
    void Add(std::string_view text);
    void EndParagraph();
    void BeginTable();
    void EndTable();
    void EndRow();
    void EndCell();
    void Move(int columns);
    bool ExtendsMerge(int column);
    int LeaveOutUnusedColumns();
    void PlaceTitles(int width);

    const Limits limits_;
    const std::string part_;
    std::vector<DocxTable> tables_;
    std::vector<std::string> titles_;  // lines since the last table or long paragraph
    std::string paragraph_;            // outside of tables
    int level_ = 0;                    // of elements
    int unseen_ = 0;                   // level of the element whose text is not shown, 0 none
    int former_ = 0;  // level of the element that keeps what was so before a tracked change, 0 none
    bool placeholder_ = false;  // what the next content control holds is only its hint
    bool in_run_ = false;
    bool in_text_ = false;
    int depth_ = 0;  // of tables in tables

    DocxTable table_;
    DocxRow row_;
    OpenCell cell_;
    bool in_cell_ = false;
    int column_ = 0;                // last one taken in the row
    int64_t cells_ = 0;             // of all tables
    std::set<int> starts_;          // columns in which a cell begins
    std::vector<int> open_merges_;  // by column - 1: its merge in table_, -1 none
};

}  // namespace zw::sheet
