#include "ledger/mapping.h"

#include <doctest/doctest.h>

#include "base/problem.h"

using namespace zw;
using namespace zw::ledger;

namespace {

definition::Model& TestModel() {
    static definition::Model model;
    if (model.records.empty()) {
        definition::RecordType type;
        type.id = "nest";
        type.name.zh = "巢";
        for (const char* id : {"year", "eggs", "tree"}) {
            definition::Field field;
            field.id = id;
            field.name.zh = id;
            type.fields.push_back(field);
        }
        model.records.push_back(type);
    }
    return model;
}

sheet::Column Heading(std::vector<std::string> path) {
    sheet::Column column;
    column.path = std::move(path);
    return column;
}

}  // namespace

TEST_CASE("a mapping is written as it is read") {
    Mapping mapping;
    SheetMapping one;
    one.file = "a*.xls";
    one.match = "20*年 \"甲\"";
    one.record = "nest";
    one.table = 2;
    one.period = {SourceKind::kFixed, {}, "2023"};
    one.place = {SourceKind::kColumn, {"甲/乙", "丙"}, {}};
    one.columns = {{"蛋\\数", "eggs"}, {"备", ""}, {"处", "place"}};
    one.codes = {{"0135", "eggs"}, {"0136", ""}};
    one.unpivot = Unpivot{2, "tree", {{"", "eggs"}, {"数", "eggs"}}, {{"四、杨", "杨"}}};
    one.ambiguous_month = 10;
    SheetMapping skipped;
    skipped.match = "封面";
    mapping.sheets = {one, skipped};
    CHECK(ParseMapping(ToToml(mapping), TestModel()) == mapping);
}

TEST_CASE("a column is found by its code before its heading") {
    SheetMapping mapping;
    mapping.columns = {{"蛋", "eggs"}};
    mapping.codes = {{"14", "tree"}};
    sheet::Column column = Heading({"蛋"});
    CHECK(TargetOf(mapping, column) == "eggs");
    column.code = " １４";
    CHECK(TargetOf(mapping, column) == "tree");
    column.code = "15";
    CHECK(TargetOf(mapping, column) == "eggs");
    CHECK_FALSE(TargetOf(mapping, Heading({"窝"})).has_value());
}

TEST_CASE("names are matched as files are, spaces and width apart") {
    CHECK(MatchesName("20*年", "2023 年"));
    CHECK(MatchesName("20??年", "２０２３年"));
    CHECK(MatchesName("*", ""));
    CHECK_FALSE(MatchesName("20*年", "2023年一季度"));
    CHECK_FALSE(MatchesName("?", ""));
}

TEST_CASE("a heading set is one, whatever its order") {
    sheet::TableInfo a;
    a.columns = {Heading({"甲", "数 量"}), Heading({"乙"})};
    sheet::TableInfo b;
    b.columns = {Heading({"乙"}), Heading({"甲", "数量"})};
    sheet::TableInfo c;
    c.columns = {Heading({"乙"}), Heading({"甲", "重量"})};
    CHECK(HeadingDigest(a) == HeadingDigest(b));
    CHECK(HeadingDigest(a) != HeadingDigest(c));
}

TEST_CASE("a mapping with a mark of the Chinese keyboard is refused at its place") {
    const auto where = [](const std::string& toml) {
        try {
            ParseMapping(toml, TestModel());
        } catch (const Problem& problem) {
            return problem.details().at("where") + " " + problem.details().at("what");
        }
        return std::string("read");
    };
    CHECK(
        where("[[sheets]]\nrecord = \"nest\"\ncolumns = { \"蛋，数\" = \"eggs\"， }\n") ==
        "3:27 引号和注释之外不能有“，”，是“,”吗"
    );
    CHECK(where("[[sheets]]\nrecord = \"nest\" # 巢。\nmatch = '、。“'\n") == "read");
}

TEST_CASE("wrong mappings say where") {
    const auto where = [](const char* toml) {
        try {
            ParseMapping(toml, TestModel());
        } catch (const Problem& problem) {
            return problem.code() + " " + problem.details().at("where");
        }
        return std::string("none");
    };
    CHECK(where("[[sheets]]\nrecord = \"nest\"\nambiguous_month = 4\n") == "bad_mapping 3:19");
    CHECK(where("[[sheets]]\nrecord = \"nets\"\n") == "bad_mapping 2:10");
    CHECK(
        where("[[sheets]]\nrecord = \"nest\"\nperiod = { from = \"moon\" }\n") == "bad_mapping 3:19"
    );
    CHECK(where("sheets = 3\n") == "bad_mapping 1:1");
}
