#pragma once
// What the tests of tables share: the vocabulary as the program has it, and a sink that keeps
// everything.

#include <toml++/toml.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "sheet/table.h"

namespace zw::sheet::test {

inline std::vector<std::string> List(const toml::table& table, const char* key) {
    std::vector<std::string> words;
    if (const toml::array* array = table[key].as_array()) {
        array->for_each([&](const auto& element) {
            if constexpr (toml::is_string<decltype(element)>) {
                words.push_back(element.get());
            }
        });
    }
    return words;
}

// rules/vocabulary.toml, with the units of rules/units.toml as the definitions name them.
inline Vocabulary LoadVocabulary() {
    const std::filesystem::path rules = std::filesystem::path(ZW_SOURCE_DIR) / "rules";
    const toml::table table = toml::parse_file((rules / "vocabulary.toml").string());
    Vocabulary vocabulary;
    vocabulary.total_words = List(table, "total_words");
    vocabulary.comparison_words = List(table, "comparison_words");
    vocabulary.note_words = List(table, "note_words");
    vocabulary.unit_labels = List(table, "unit_labels");
    vocabulary.code_labels = List(table, "code_labels");
    vocabulary.part_words = List(table, "part_words");
    vocabulary.not_adding_words = List(table, "not_adding_words");
    vocabulary.serial_words = List(table, "serial_words");
    vocabulary.filled_date_words = List(table, "filled_date_words");
    vocabulary.empty_marks = List(table, "empty_marks");
    vocabulary.zero_words = List(table, "zero_words");
    vocabulary.current_words = List(table, "current_words");
    vocabulary.hint_words = List(table, "hint_words");
    vocabulary.count_units = List(table, "count_units");
    vocabulary.counting_words = List(table, "counting_words");
    vocabulary.whole_words = List(table, "whole_words");
    const toml::table units = toml::parse_file((rules / "units.toml").string());
    if (const toml::array* array = units["unit"].as_array()) {
        for (const toml::node& node : *array) {
            const toml::table& unit = *node.as_table();
            vocabulary.units.push_back(unit["name"].value_or(std::string{}));
            for (std::string& other : List(unit, "also")) {
                vocabulary.units.push_back(std::move(other));
            }
        }
    }
    return vocabulary;
}

inline const Vocabulary& Words() {
    static const Vocabulary vocabulary = LoadVocabulary();
    return vocabulary;
}

struct KeptTable {
    TableInfo info;
    std::vector<TableRow> rows;
    std::vector<TotalCheck> totals;

    std::vector<int> Rows(RowKind kind) const {
        std::vector<int> numbers;
        for (const TableRow& row : rows) {
            if (row.kind == kind) {
                numbers.push_back(row.number);
            }
        }
        return numbers;
    }
};

class KeepingSink final : public TableSink {
public:
    std::vector<KeptTable> tables;
    void BeginTable(const TableInfo& table) override { tables.push_back({table, {}, {}}); }
    void Row(const TableRow& row) override { tables.back().rows.push_back(row); }
    void Total(const TotalCheck& total) override { tables.back().totals.push_back(total); }
    void EndTable() override {}
};

struct KeptSheet {
    std::vector<KeptTable> tables;
    std::vector<Finding> findings;
};

inline KeptSheet ReadSheet(Workbook& workbook, int sheet) {
    KeepingSink sink;
    KeptSheet kept;
    kept.findings = ReadTables(workbook, sheet, Words(), sink);
    kept.tables = std::move(sink.tables);
    return kept;
}

}  // namespace zw::sheet::test
