#include "base/problem.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <stdexcept>

#include "base/text.h"

using namespace zw;  // NOLINT(google-build-using-namespace)

namespace {

// Code → the files that throw it or name it in a finding.
using CodesUsed = std::map<std::string, std::set<std::string>>;

void CollectCodes(const std::string& text, const std::string& file, CodesUsed& codes) {
    static const std::regex thrown(R"re(\bProblem(?:\s+\w+)?\(\s*"([^"]*)")re");
    for (auto it = std::sregex_iterator(text.begin(), text.end(), thrown);
         it != std::sregex_iterator();
         ++it) {
        codes[(*it)[1]].insert(file);
    }
}

CodesUsed CodesOf(const std::filesystem::path& folder) {
    CodesUsed codes;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if ((EndsWith(name, ".cpp") || EndsWith(name, ".h")) && !EndsWith(name, "_test.cpp")) {
            std::ifstream file(entry.path());
            std::stringstream text;
            text << file.rdbuf();
            CollectCodes(text.str(), name, codes);
        }
    }
    return codes;
}

std::set<std::string> Placeholders(std::string_view text) {
    static const std::regex name(R"(\{(\w+)\})");
    const std::string copy(text);
    std::set<std::string> names;
    for (auto it = std::sregex_iterator(copy.begin(), copy.end(), name);
         it != std::sregex_iterator();
         ++it) {
        names.insert((*it)[1]);
    }
    return names;
}

}  // namespace

TEST_CASE("every code that src/ throws stands in the catalogue") {
    const CodesUsed codes = CodesOf(std::filesystem::path(ZW_SOURCE_DIR) / "src");
    REQUIRE(codes.size() > 5);
    for (const auto& [code, files] : codes) {
        CAPTURE(code);
        CAPTURE(*files.begin());
        CHECK(FindProblemKind(code).has_value());
    }
}

TEST_CASE("the search for codes sees them in every way of writing") {
    CodesUsed codes;
    CollectCodes(
        R"(throw Problem("one"); throw zw::Problem( "two", {}); const Problem problem("three"); Problems("none");)",
        "f",
        codes
    );
    CHECK(codes == CodesUsed{{"one", {"f"}}, {"two", {"f"}}, {"three", {"f"}}});
}

TEST_CASE("the catalogue names each code once, in both languages, with the same blanks to fill") {
    std::set<std::string_view> seen;
    for (const ProblemKind& kind : ProblemCatalogue()) {
        CAPTURE(kind.code);
        CHECK(seen.insert(kind.code).second);
        const bool note = kind.status == 200 && kind.exit == 0;  // said, but nothing is wrong
        const bool problem =
            kind.status >= 400 && kind.status < 600 && kind.exit >= 1 && kind.exit <= 3;
        CHECK(note != problem);
        CHECK_FALSE(kind.zh.empty());
        CHECK_FALSE(kind.en.empty());
        std::set<std::string> zh = Placeholders(kind.zh);
        for (const std::string& name : Placeholders(kind.en)) {
            const bool chinese_word = EndsWith(name, "_en") || zh.contains(name);
            CAPTURE(name);
            CHECK(chinese_word);
        }
    }
}

TEST_CASE("templates are filled, unknown names and stray braces stay") {
    CHECK(
        FillTemplate("读{path}失败：{what}", {{"path", "a.xls"}, {"what", "{path}"}}) ==
        "读a.xls失败：{path}"
    );
    CHECK(FillTemplate("{unknown} {", {{"path", "x"}}) == "{unknown} {");
    CHECK(FillTemplate("", {}).empty());
}

TEST_CASE("a problem tells its code, words and exits") {
    const Problem problem("not_a_number", {{"value", "约1.2"}});
    CHECK(problem.code() == "not_a_number");
    CHECK(problem.Message() == "“约1.2”不是数字");
    CHECK(problem.Message(true) == "\"约1.2\" is not a number");
    CHECK(problem.status() == 422);
    CHECK(problem.exit_code() == 1);
    CHECK(std::string(problem.what()) == "not_a_number: “约1.2”不是数字");
    CHECK_THROWS_AS(Problem("no_such_code"), std::logic_error);
    CHECK_FALSE(FindProblemKind("no_such_code"));
}

TEST_CASE("the catalogue's words come in both languages, and a finding says them") {
    const Words words = CatalogueWords("not_a_number", {{"value", "约1.2"}});
    CHECK(words.zh == "“约1.2”不是数字");
    CHECK(words.en == "\"约1.2\" is not a number");
    CHECK_THROWS_AS(CatalogueWords("no_such_code"), std::logic_error);
    Finding finding;
    finding.Say(words);
    CHECK(finding.message == words.zh);
    CHECK(finding.message_en == words.en);
}

TEST_CASE("severities have names") {
    CHECK(SeverityName(Severity::kNote) == "note");
    CHECK(SeverityName(Severity::kTotal) == "total");
    CHECK(SeverityName(Severity::kWarning) == "warning");
    CHECK(SeverityName(Severity::kRefused) == "refused");
}
