#include "ledger/import_match.h"

#include <doctest/doctest.h>

using namespace zw;
using namespace zw::ledger;

namespace {

// A table of headings; the last one is compared.
HeadingForms FormsOf(const std::vector<std::vector<std::string>>& paths) {
    static const definition::Model model;
    static const access::PlaceTree places;
    static sheet::Vocabulary vocabulary;
    vocabulary.part_words = {"其中"};
    static std::vector<std::unique_ptr<TableScan>> kept;
    kept.push_back(std::make_unique<TableScan>());
    TableScan& table = *kept.back();
    for (const auto& path : paths) {
        sheet::Column column;
        column.path = path;
        table.info.columns.push_back(column);
        table.columns.emplace_back();
    }
    const CellReader reader(model, vocabulary, places);
    const ColumnMatcher matcher(reader, table);
    return matcher.forms(paths.size() - 1);
}

double Score(
    const std::vector<std::vector<std::string>>& paths, const std::vector<std::string>& names
) {
    return NameFit(FormsOf(paths), KnownNames(names)).score;
}

}  // namespace

TEST_CASE("a heading that is a name is sure, however it is spaced, numbered or tiered") {
    CHECK(Score({{"园　号"}}, {"园号"}) >= kSure);
    CHECK(Score({{"（一）园号"}}, {"园号"}) >= kSure);
    CHECK(Score({{"3、园号"}}, {"园号"}) >= kSure);
    CHECK(Score({{"其中：园号"}}, {"园号"}) >= kSure);
    CHECK(Score({{"园号（必填）"}}, {"园号"}) >= kSure);
    CHECK(Score({{"果园", "编码"}}, {"果园编码"}) >= kSure);
    CHECK(Score({{"果园", "编码"}}, {"果园/编码"}) >= kSure);
    CHECK(Score({{"基本情况", "园号"}}, {"园号"}) >= kSure);
    CHECK(Score({{"2022年", "采收量"}}, {"采收量"}) >= kSure);
    CHECK(Score({{"采收"}}, {"别名", "采收"}) >= kSure);
}

TEST_CASE("a last tier that others share is no certainty") {
    CHECK(Score({{"苹果", "数量"}, {"梨", "数量"}}, {"数量"}) < kSure);
    CHECK(Score({{"苹果", "数量"}, {"梨", "数量"}}, {"梨数量"}) >= kSure);
    CHECK(Score({{"2021年", "数量"}, {"2022年", "数量"}}, {"数量"}) >= kSure);
}

TEST_CASE("resemblance alone is never sure, and other words are nothing") {
    const double close = Score({{"果园采收总量"}}, {"果园采收量"});
    CHECK(close >= kLikely);
    CHECK(close < kSure);
    CHECK(Score({{"议题"}}, {"园号", "采收量"}) == 0);
    CHECK(Score({{}}, {"园号"}) == 0);
    // A number without its mark is part of the word: 一组 is no numbering.
    CHECK(Score({{"一组"}}, {"组"}) < kSure);
}
