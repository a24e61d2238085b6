// From an empty town: the workbooks of the invented town, imported, give exactly the findings that
// its makers wrote down.

#include <doctest/doctest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "base/text.h"
#include "sheet/table.h"
#include "tests/import/town.h"

namespace json = boost::json;
using namespace zw;
using namespace zw::testing;

namespace {

std::filesystem::path Shared() {
    return SourceDir() / ".." / "shared" / "data" / "town";
}

bool Absent() {
    if (std::filesystem::exists(Shared() / "expected.json")) {
        return false;
    }
    MESSAGE("skipped: no ../shared/data/town beside the source");
    return true;
}

std::string Text(const json::value& value) {
    return value.is_null() ? "" : std::string(value.as_string());
}

json::value ReadJson(const std::string& name) {
    return json::parse(ReadAll(Shared() / name));
}

access::TownSetup Setup(const json::value& settings) {
    access::TownSetup out;
    out.code = Text(settings.at("town").at("code"));
    out.name = Text(settings.at("town").at("name"));
    for (const json::value& village : settings.at("villages").as_array()) {
        access::VillageSetup one;
        one.code = Text(village.at("code"));
        one.name = Text(village.at("name"));
        for (const json::value& alias : village.at("aliases").as_array()) {
            one.aliases.push_back(Text(alias));
        }
        one.groups = static_cast<int>(village.at("groups").as_int64());
        out.villages.push_back(one);
    }
    return out;
}

const std::vector<std::string> kFiles{
    "设施农业台账.xlsx",
    "蔬菜种植情况统计表.xlsx",
    "养殖情况季报.xls",
    "暖棚牛舍补贴花名册.xlsx",
    "应急救援队员花名册.csv",
    "人口基本情况.xlsx"};
const std::string kSupplement = "补报_沙河村.xlsx";

std::vector<std::filesystem::path> Paths(const std::vector<std::string>& names) {
    std::vector<std::filesystem::path> out;
    for (const std::string& name : names) {
        out.push_back(Shared() / name);
    }
    return out;
}

// "sheet|row|column|class"
using Lines = std::multiset<std::string>;

std::string Line(
    const std::string& sheet, int64_t row, const std::string& column, const std::string& code
) {
    return sheet + "|" + std::to_string(row) + "|" + column + "|" + code;
}

Lines Expected(const json::value& file, const char* list, const std::string& code = {}) {
    Lines out;
    for (const json::value& one : file.at(list).as_array()) {
        const std::string column = one.as_object().contains("column") ? Text(one.at("column")) : "";
        out.insert(Line(
            Text(one.at("sheet")),
            one.at("row").as_int64(),
            column,
            code.empty() ? Text(one.at("class")) : code
        ));
    }
    return out;
}

Lines Found(const ledger::FileResult& file, Severity severity, const std::string& code = {}) {
    Lines out;
    for (const ledger::SheetResult& sheet : file.sheets) {
        for (const Finding& finding : sheet.findings) {
            if (finding.severity == severity && (code.empty() || finding.code == code)) {
                CHECK_MESSAGE(!finding.message.empty(), finding.code);
                CHECK(finding.file == file.file);
                CHECK(finding.sheet == sheet.sheet);
                out.insert(Line(sheet.sheet, finding.row, finding.column, finding.code));
            }
        }
    }
    return out;
}

// One person in two squads may be refused as a conflict.
Lines WithoutEither(Lines found, const json::value& file, std::map<std::string, int>& refused) {
    for (const json::value& one : file.at("either").as_array()) {
        const std::string line = Line(
            Text(one.at("sheet")),
            one.at("row").as_int64(),
            Text(one.at("column")),
            "duplicate_conflict"
        );
        if (const auto at = found.find(line); at != found.end()) {
            found.erase(at);
            ++refused[Text(one.at("sheet"))];
        }
    }
    return found;
}

std::string Show(const Lines& lines) {
    std::string out;
    for (const std::string& line : lines) {
        out += line + "\n";
    }
    return out;
}

void CompareFile(const ledger::FileResult& found, const json::value& expected) {
    INFO("file ", found.file);
    std::map<std::string, int> either;
    CHECK(
        Show(WithoutEither(Found(found, Severity::kRefused), expected, either)) ==
        Show(Expected(expected, "refuse"))
    );
    CHECK(Show(Found(found, Severity::kWarning)) == Show(Expected(expected, "warn")));
    CHECK(
        Show(Found(found, Severity::kTotal)) ==
        Show(Expected(expected, "total_mismatch", "total_mismatch"))
    );
    CHECK(
        Show(Found(found, Severity::kNote, "not_reported")) ==
        Show(Expected(expected, "not_reported", "not_reported"))
    );
    std::set<std::string> seen;
    for (const ledger::SheetResult& sheet : found.sheets) {
        INFO("sheet ", sheet.sheet);
        const json::value* wanted = expected.at("sheets").as_object().if_contains(sheet.sheet);
        if (wanted == nullptr) {
            CHECK(sheet.rows.read == 0);
            continue;
        }
        seen.insert(sheet.sheet);
        CHECK(sheet.rows.read == wanted->at("data_rows").as_int64());
        CHECK(
            sheet.rows.read - sheet.rows.refused + either[sheet.sheet] ==
            wanted->at("accepted_rows").as_int64()
        );
        for (const json::value& row : wanted->at("hidden_rows").as_array()) {
            const auto notes = Found(found, Severity::kNote, "hidden_row");
            CHECK(notes.contains(Line(sheet.sheet, row.as_int64(), "", "hidden_row")));
        }
    }
    CHECK(seen.size() == expected.at("sheets").as_object().size());
}

void SayQuestions(const ledger::ImportResult& result) {
    for (const ledger::SheetProposal& proposal : result.proposals) {
        for (const ledger::ImportQuestion& question : proposal.questions) {
            MESSAGE(proposal.file << " " << proposal.sheet << ": " << question.text.zh);
        }
    }
}

struct Books {
    Books()
        : settings(ReadJson("settings.json")),
          expected(ReadJson("expected.json")),
          town(LoadModel(), Setup(settings)) {}

    ledger::ImportResult Import(const std::vector<std::string>& names) {
        ledger::ImportResult result = town.Import(Paths(names));
        SayQuestions(result);
        REQUIRE_FALSE(result.asked);
        return result;
    }
    void Compare(const ledger::ImportResult& result) const {
        for (const ledger::FileResult& file : result.files) {
            CompareFile(file, expected.at("files").at(file.file));
        }
    }

    json::value settings;
    json::value expected;
    Town town;
};

}  // namespace

TEST_CASE("each workbook on its own: every finding is the expected one, without a question") {
    if (Absent()) {
        return;
    }
    Books books;
    std::vector<std::string> order = kFiles;
    order.push_back(kSupplement);
    for (const std::string& name : order) {
        const ledger::ImportResult result = books.Import({name});
        CHECK(result.batch != 0);
        books.Compare(result);
    }
}

TEST_CASE("all workbooks in one run, in another order: the same findings, one batch") {
    if (Absent()) {
        return;
    }
    Books books;
    std::vector<std::string> order(kFiles.rbegin(), kFiles.rend());
    order.push_back(kSupplement);
    const ledger::ImportResult result = books.Import(order);
    books.Compare(result);
    CHECK(ledger::BatchWriter(*books.town.ledger).List().size() == 1);
}

TEST_CASE("imported again nothing changes; a dry run writes nothing; undone, the town is empty") {
    if (Absent()) {
        return;
    }
    Books books;
    ledger::ImportOptions dry;
    dry.dry_run = true;
    CHECK(books.town.Import(Paths(kFiles), dry).batch == 0);
    CHECK(ledger::BatchWriter(*books.town.ledger).List().empty());

    std::vector<int64_t> batches;
    for (const std::string& name : kFiles) {
        batches.push_back(books.Import({name}).batch);
    }
    batches.push_back(books.Import({kSupplement}).batch);
    std::map<std::string, int64_t> counts;
    for (const definition::RecordType& type : books.town.model->records) {
        counts[type.id] = books.town.Count(type.id);
    }
    const size_t before = ledger::BatchWriter(*books.town.ledger).List().size();
    for (const std::string& name : kFiles) {
        const ledger::ImportResult again = books.Import({name});
        CHECK(again.batch == 0);
        for (const ledger::FileResult& file : again.files) {
            for (const ledger::SheetResult& sheet : file.sheets) {
                CHECK(sheet.rows.created + sheet.rows.changed == 0);
            }
        }
    }
    CHECK(ledger::BatchWriter(*books.town.ledger).List().size() == before);
    for (const auto& [record, count] : counts) {
        CHECK(books.town.Count(record) == count);
    }
    ledger::BatchWriter writer(*books.town.ledger);
    // In an order of no meaning.
    std::swap(batches.front(), batches.back());
    for (const int64_t batch : batches) {
        writer.Undo(books.town.actor, batch);
    }
    for (const definition::RecordType& type : books.town.model->records) {
        CHECK(books.town.Count(type.id) == 0);
    }
}

namespace {

// The word is a period and nothing else: 2022年, 三季度, 年度. (2022年面积 is more.)
bool IsPurePeriod(const std::string& word) {
    static const std::u32string kLetters = U"0123456789一二三四五六七八九十年月日第上下半季度末底";
    const std::u32string points = ToCodePoints(word);
    return std::all_of(points.begin(), points.end(), [](char32_t point) {
        return kLetters.find(point) != std::u32string::npos;
    });
}

// Every tier of every heading of two letters or more that is not a period and nothing else.
class Headings final : public sheet::TableSink {
public:
    void BeginTable(const sheet::TableInfo& table) override {
        for (const sheet::Column& column : table.columns) {
            for (const std::string& tier : column.path) {
                const std::string word = Normalise(tier);
                (Length(word) < 2 || IsPurePeriod(word) ? left_out : words).insert(word);
            }
        }
    }
    void Row(const sheet::TableRow& /*row*/) override {}
    void Total(const sheet::TotalCheck& /*total*/) override {}
    void EndTable() override {}

    std::set<std::string> words;
    std::set<std::string> left_out;
};

}  // namespace

TEST_CASE("no heading of the workbooks stands in src/") {
    if (Absent()) {
        return;
    }
    const auto model = LoadModel();
    const sheet::Vocabulary vocabulary = ledger::SheetVocabulary(*model);
    Headings headings;
    std::vector<std::string> names = kFiles;
    names.push_back(kSupplement);
    for (const std::string& name : names) {
        const auto workbook = sheet::Workbook::Open(Shared() / name);
        for (const sheet::SheetInfo& info : workbook->sheets()) {
            sheet::ReadTables(*workbook, info.index, vocabulary, headings);
        }
    }
    // The seven workbooks name 62 things: 58 headings, two years, 年度, and 村.
    CHECK(headings.words.size() == 58);
    CHECK(headings.left_out == std::set<std::string>{"2022年", "2023年", "年度", "村"});
    MESSAGE(headings.words.size() << " headings, " << headings.left_out.size() << " left out");
    for (const char* known : {"面积", "备注", "使用状态", "拆除/损毁时间", "身份证号"}) {
        CHECK_MESSAGE(headings.words.contains(known), known);
    }
    size_t read = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(SourceDir() / "src")) {
        const std::string name = entry.path().string();
        const bool source = EndsWith(name, ".cpp") || EndsWith(name, ".h");
        if (!source || EndsWith(name, "_test.cpp")) {
            continue;
        }
        ++read;
        const std::string text = Normalise(ReadAll(entry.path()));
        for (const std::string& word : headings.words) {
            CHECK_MESSAGE(text.find(word) == std::string::npos, word << " stands in " << name);
        }
    }
    CHECK(read > 50);
}
