// The recogniser against the exact answers of shared/data/town (expected.json). Skipped where
// ../shared is absent.
#include <doctest/doctest.h>

#include <boost/json.hpp>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "tests/sheet/support.h"

namespace zw::sheet::test {
namespace {

namespace json = boost::json;

const std::filesystem::path kTown = std::filesystem::path(ZW_SOURCE_DIR) / "../shared/data/town";

json::value ReadExpected() {
    std::ifstream in(kTown / "expected.json");
    std::stringstream text;
    text << in.rdbuf();
    return json::parse(text.str());
}

std::vector<int> Numbers(const json::value& list) {
    std::vector<int> numbers;
    for (const json::value& number : list.as_array()) {
        numbers.push_back(static_cast<int>(number.as_int64()));
    }
    return numbers;
}

std::string Str(const json::value& value) {
    return std::string(value.as_string());
}

// Every place where a total of the sheet is wrong, as expected.json writes it.
std::vector<std::string> Mismatches(const KeptSheet& sheet) {
    std::vector<std::string> lines;
    for (const KeptTable& table : sheet.tables) {
        for (const TotalCheck& check : table.totals) {
            for (const auto& difference : check.differs) {
                lines.push_back(
                    std::to_string(check.row) + ColumnLetters(difference.column) + " " +
                    difference.printed + " " + difference.sum
                );
            }
        }
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

std::vector<std::string> ExpectedMismatches(const json::object& file, const std::string& sheet) {
    std::vector<std::string> lines;
    for (const json::value& each : file.at("total_mismatch").as_array()) {
        if (Str(each.at("sheet")) == sheet) {
            lines.push_back(
                std::to_string(each.at("row").as_int64()) + Str(each.at("column")) + " " +
                Str(each.at("stated")) + " " + Str(each.at("sum"))
            );
        }
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

void CheckSheet(const KeptSheet& kept, const json::value& expected) {
    REQUIRE(kept.tables.size() == 1);
    const KeptTable& table = kept.tables[0];
    const std::vector<int> heading = {table.info.heading_first, table.info.heading_last};
    CHECK(heading == Numbers(expected.at("heading_rows")));
    // expected.json counts a village that has not reported no row of data.
    int with_data = 0;
    std::vector<int> hidden;
    for (const TableRow& row : table.rows) {
        with_data += row.kind == RowKind::kData && !row.named_only ? 1 : 0;
        if (row.hidden) {
            hidden.push_back(row.number);
        }
    }
    CHECK(with_data == expected.at("data_rows").as_int64());
    CHECK(table.Rows(RowKind::kTotal) == Numbers(expected.at("total_rows")));
    CHECK(table.Rows(RowKind::kBlank) == Numbers(expected.at("blank_rows")));
    CHECK(table.Rows(RowKind::kRepeatedHeading) == Numbers(expected.at("repeated_heading_rows")));
    CHECK(table.Rows(RowKind::kComparison).empty());
    CHECK(hidden == Numbers(expected.at("hidden_rows")));
    CHECK(table.totals.size() == table.Rows(RowKind::kTotal).size());
    std::vector<std::string> letters;
    for (const Column& column : table.info.columns) {
        letters.push_back(ColumnLetters(column.index));
    }
    std::vector<std::string> expected_letters;
    for (const auto& column : expected.at("columns").as_object()) {
        expected_letters.emplace_back(column.key());
    }
    CHECK(letters == expected_letters);
}

TEST_CASE("every sheet of the town's workbooks is read as expected.json says") {
    if (!std::filesystem::exists(kTown / "expected.json")) {
        MESSAGE("skipped: ../shared/data/town is absent");
        return;
    }
    const json::value expected = ReadExpected();
    int sheets = 0;
    for (const auto& [name, file] : expected.at("files").as_object()) {
        CAPTURE(std::string(name));
        const auto workbook = Workbook::Open(kTown / std::string(name));
        if (file.as_object().contains("csv_encoding")) {
            CHECK(workbook->encoding() == Str(file.at("csv_encoding")));
        }
        for (const SheetInfo& info : workbook->sheets()) {
            CAPTURE(info.name);
            const KeptSheet kept = ReadSheet(*workbook, info.index);
            const json::object& known = file.at("sheets").as_object();
            if (!known.contains(info.name)) {
                CHECK(kept.tables.empty());
                continue;
            }
            CheckSheet(kept, known.at(info.name));
            CHECK(Mismatches(kept) == ExpectedMismatches(file.as_object(), info.name));
            ++sheets;
        }
    }
    CHECK(sheets == 32);
}

}  // namespace
}  // namespace zw::sheet::test
