// The words of `zhenwu sheet --json`: scripts rely on this shape.
#include <doctest/doctest.h>

#include <boost/json.hpp>

#include <set>

#include "sheet/sheet_report.h"
#include "tests/sheet/made_files.h"

namespace zw::sheet::test {
namespace {

namespace json = boost::json;

json::value ReportOf(const TempFile& file) {
    return json::parse(ToJson(ReportSheets(file.path(), Words())));
}

std::set<std::string> Keys(const json::value& value) {
    std::set<std::string> keys;
    for (const auto& entry : value.as_object()) {
        keys.emplace(entry.key());
    }
    return keys;
}

bool HasAll(const json::value& value, const std::set<std::string>& wanted) {
    const std::set<std::string> keys = Keys(value);
    return std::includes(keys.begin(), keys.end(), wanted.begin(), wanted.end());
}

std::vector<int> Numbers(const json::value& list) {
    std::vector<int> numbers;
    for (const json::value& number : list.as_array()) {
        numbers.push_back(static_cast<int>(number.as_int64()));
    }
    return numbers;
}

TEST_CASE("sheet --json: sheets, tables, columns, rows, totals, notes") {
    const TempFile file("report.xlsx");
    SheetLayout layout;
    layout.name = "一\"季\"";
    layout.merges = {{2, 1, 3, 1}, {2, 2, 2, 3}, {2, 4, 3, 4}};
    XlsxWriter writer(file.path());
    writer.BeginSheet(layout);
    const std::vector<std::vector<std::string>> rows = {
        {"2023年统计表"},
        {"村名", "大棚", "", "单产"},
        {"", "面积（亩）", "产量(吨)", ""},
        {"甲村", "1.5", "20", "13"},
        {"乙村", "2.5", "30", "12"},
        {"丙村", "", "", ""},
        {"合计", "4", "51", "12.5"},
        {"注：丙村未报\\。"}};
    for (size_t i = 0; i < rows.size(); ++i) {
        writer.Row(Cells(rows[i]), i == 4);
    }
    layout = {};
    layout.name = "空";
    layout.hidden = true;
    writer.BeginSheet(layout);
    writer.Close();

    const json::value report = ReportOf(file);
    const json::array& sheets = report.at("sheets").as_array();
    REQUIRE(sheets.size() == 2);
    CHECK(sheets[0].at("name") == "一\"季\"");
    CHECK(sheets[0].at("hidden") == false);
    CHECK(sheets[1].at("hidden") == true);
    CHECK(sheets[1].at("tables").as_array().empty());
    REQUIRE(sheets[0].at("tables").as_array().size() == 1);
    const json::value& table = sheets[0].at("tables").at(0);
    CHECK(HasAll(table, {"heading_rows", "columns", "rows", "data_rows", "totals", "notes"}));
    CHECK(Numbers(table.at("heading_rows")) == std::vector<int>{2, 3});
    CHECK(table.at("rows") == 2);
    CHECK(Numbers(table.at("data_rows")) == std::vector<int>{4, 5, 6});
    CHECK(Numbers(table.at("not_returned")) == std::vector<int>{6});
    CHECK(Numbers(table.at("hidden")) == std::vector<int>{5});
    CHECK(Numbers(table.at("notes")) == std::vector<int>{8});
    CHECK(table.at("period") == "2023");

    const json::array& columns = table.at("columns").as_array();
    REQUIRE(columns.size() == 4);
    for (const json::value& column : columns) {
        CHECK(HasAll(column, {"index", "path", "name", "unit", "adds"}));
        CHECK(column.at("adds").is_bool());
    }
    CHECK(columns[1].at("index") == 2);
    CHECK(columns[1].at("path") == json::array{"大棚", "面积"});
    CHECK(columns[1].at("name") == "大棚/面积");
    CHECK(columns[1].at("unit") == "亩");
    CHECK(columns[1].at("adds") == true);
    CHECK(columns[3].at("adds") == false);

    const json::array& totals = table.at("totals").as_array();
    REQUIRE(totals.size() == 1);
    CHECK(totals[0].at("row") == 7);
    CHECK(totals[0].at("checked") == 2);
    CHECK(
        totals[0].at("differs") == json::array{{{"column", 3}, {"printed", "51"}, {"sum", "50"}}}
    );
    bool told = false;
    for (const json::value& finding : sheets[0].at("findings").as_array()) {
        CHECK(
            Keys(finding) == std::set<std::string>{"row", "column", "class", "severity", "message"}
        );
        told = told || (finding.at("class") == "total_mismatch" && finding.at("row") == 7 &&
                        finding.at("column") == "C" && finding.at("severity") == "total");
        if (finding.at("class") == "hidden_row") {
            CHECK(finding.at("column").is_null());
        }
    }
    CHECK(told);
    CHECK(ReportSheets(file.path(), Words()).has_faults());
}

TEST_CASE("sheet --json of a csv: its one sheet is Sheet1") {
    const TempFile file("report.csv", "姓名,金额(元)\n甲,1\n乙,2\n合计,3\n");
    const json::value report = ReportOf(file);
    CHECK(report.at("sheets").at(0).at("name") == "Sheet1");
    CHECK_FALSE(ReportSheets(file.path(), Words()).has_faults());
}

}  // namespace
}  // namespace zw::sheet::test
