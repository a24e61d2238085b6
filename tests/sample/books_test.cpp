// The made-up town's workbooks, imported into an empty town: its figures are those of the town made
// directly, less exactly what was refused, and the importer says of each row what the workbooks'
// maker knows of it.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>

#include "sample/books.h"
#include "tests/sample/town.h"

using namespace zw;
using namespace zw::testing;

namespace {

// sheet, row, column, class.
using Said = std::vector<std::string>;

std::string Line(
    const std::string& sheet, int row, const std::string& column, const std::string& code
) {
    return sheet + " " + std::to_string(row) + " " + column + " " + code;
}

void Add(Said& said, const std::vector<sample::BookFinding>& findings) {
    for (const sample::BookFinding& finding : findings) {
        said.push_back(Line(finding.sheet, finding.row, finding.column, finding.code));
    }
}

Said Wanted(const sample::Book& book) {
    Said wanted;
    Add(wanted, book.refused);
    Add(wanted, book.warned);
    Add(wanted, book.totals);
    Add(wanted, book.not_reported);
    std::sort(wanted.begin(), wanted.end());
    return wanted;
}

Said Found(const ledger::FileResult& file) {
    Said found;
    for (const ledger::SheetResult& sheet : file.sheets) {
        for (const Finding& finding : sheet.findings) {
            if (finding.severity != Severity::kNote || finding.code == "not_reported") {
                found.push_back(Line(sheet.sheet, finding.row, finding.column, finding.code));
            }
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

// Says what is too much and what is missing.
void CheckSame(const Said& wanted, const Said& found) {
    Said missing;
    Said more;
    std::set_difference(
        wanted.begin(), wanted.end(), found.begin(), found.end(), std::back_inserter(missing)
    );
    std::set_difference(
        found.begin(), found.end(), wanted.begin(), wanted.end(), std::back_inserter(more)
    );
    for (const std::string& line : missing) {
        FAIL_CHECK("not said: " << line);
    }
    for (const std::string& line : more) {
        FAIL_CHECK("said for nothing: " << line);
    }
    CHECK(found.size() == wanted.size());
}

void CheckRows(const sample::Book& book, const ledger::FileResult& file) {
    std::map<std::string, std::pair<int64_t, int64_t>> wanted;  // sheet → read, refused
    for (const sample::BookSheet& sheet : book.sheets) {
        wanted[sheet.name].first += sheet.data_rows;
        wanted[sheet.name].second += sheet.refused;
    }
    std::map<std::string, std::pair<int64_t, int64_t>> found;
    for (const ledger::SheetResult& sheet : file.sheets) {
        if (!sheet.record.empty()) {
            found[sheet.sheet].first += sheet.rows.read;
            found[sheet.sheet].second += sheet.rows.refused;
        }
    }
    CHECK(found == wanted);
}

void CheckNothingNew(const ledger::ImportResult& again) {
    for (const ledger::FileResult& file : again.files) {
        for (const ledger::SheetResult& sheet : file.sheets) {
            CHECK(sheet.rows.created == 0);
            CHECK(sheet.rows.changed == 0);
        }
    }
}

void CheckSeed(const sample::Plan& plan, int64_t seed) {
    CAPTURE(seed);
    const sample::SampleOptions options{seed, 0.4, 2023, 6};
    TempFolder folder;
    SampleTown imported(plan, options);
    const sample::Books books = sample::WriteBooks(
        plan,
        options,
        sample::MakeTownPlan(plan, options),
        sample::VillagesOf(*imported.town.ledger),
        sample::TownItselfOf(*imported.town.ledger),
        folder.path()
    );
    std::vector<std::filesystem::path> files;
    for (const sample::Book& book : books.books) {
        files.push_back(folder / book.file);
    }
    const ledger::ImportResult result = imported.town.Import(files);
    for (const ledger::SheetProposal& proposal : result.proposals) {
        for (const ledger::ImportQuestion& question : proposal.questions) {
            FAIL_CHECK(proposal.file << " " << proposal.sheet << ": " << question.text.zh);
        }
    }
    REQUIRE_FALSE(result.asked);
    REQUIRE(result.files.size() == books.books.size());
    for (size_t i = 0; i < files.size(); ++i) {
        CAPTURE(books.books[i].file);
        CheckSame(Wanted(books.books[i]), Found(result.files[i]));
        CheckRows(books.books[i], result.files[i]);
    }
    CheckNothingNew(imported.town.Import(files));
    SampleTown direct(plan, options);
    sample::Fill(*direct.town.ledger, direct.town.actor, plan, options, books.left_out);
    const auto wanted = direct.AllFigures(options.year);
    for (const auto& [figure, value] : imported.AllFigures(options.year)) {
        CAPTURE(figure);
        CHECK(value == wanted.at(figure));
    }
}

}  // namespace

TEST_CASE(
    "an empty town that imports the workbooks has the figures of the town made directly, less what "
    "was refused"
) {
    const sample::Plan plan = sample::PlanOfBooks(sample::LoadPlan(LoadModel()));
    const char* asked = std::getenv("ZW_SEED");
    if (asked != nullptr) {
        CheckSeed(plan, std::atoi(asked));
        return;
    }
    constexpr int kSeeds = 20;
    for (int seed = 1; seed <= kSeeds; ++seed) {
        CheckSeed(plan, seed);
    }
}

TEST_CASE("examples/town is what the generator writes, byte for byte") {
    const sample::Plan plan = sample::PlanOfBooks(sample::LoadPlan(LoadModel()));
    const sample::SampleOptions options;  // as `zhenwu sample DIR --workbooks examples/town`
    TempFolder folder;
    SampleTown direct(plan, options);
    const sample::TownPlan town = sample::MakeTownPlan(plan, options);
    const sample::Books books = sample::WriteBooks(
        plan,
        options,
        town,
        sample::VillagesOf(*direct.town.ledger),
        sample::TownItselfOf(*direct.town.ledger),
        folder.path()
    );
    sample::Fill(*direct.town.ledger, direct.town.actor, plan, options, books.left_out);
    const std::filesystem::path examples = SourceDir() / "examples/town";
    for (const sample::Book& book : books.books) {
        CAPTURE(book.file);
        CHECK((ReadAll(folder / book.file) == ReadAll(examples / book.file)));
    }
    CHECK(sample::SettingsJson(town) + "\n" == ReadAll(examples / "settings.json"));
    const std::string answers =
        sample::AnswersJson(books, direct.figures, direct.town.actor, *direct.town.ledger, options);
    CHECK((answers + "\n" == ReadAll(examples / "answers.json")));
}
