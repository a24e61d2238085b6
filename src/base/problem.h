#pragma once
// The one exception type of the program, and the finding that imports and checks return instead of
// throwing. Every code stands in the catalogue of problem.cpp with its words; a code that is not
// there is a programming error.

#include <exception>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zw {

// Names and values that complete a message: {"field", "树龄"}, {"value", "约1.2"} …
using Details = std::map<std::string, std::string>;

// What a code means. `status`: HTTP status; `exit`: exit code of the command line (1 refused, 2
// wrong use, 3 failure).
struct ProblemKind {
    std::string_view code;
    int status;
    int exit;
    std::string_view zh;  // sentence with {names} of details
    std::string_view en;
};

// The entry of `code`; absent when the catalogue has none.
std::optional<ProblemKind> FindProblemKind(std::string_view code);
const std::vector<ProblemKind>& ProblemCatalogue();

// `template_text` with each {name} replaced by details[name]; an unknown name stays as written.
std::string FillTemplate(std::string_view template_text, const Details& details);

// One sentence for people, in both languages. `en` is empty where only Chinese is known.
struct Words {
    std::string zh;
    std::string en;

    bool empty() const { return zh.empty(); }
    Words& operator+=(const Words& more);
};
Words operator+(Words first, const Words& more);
// Of a list, with what stands between two: 、 and ", " are usual.
Words Join(const std::vector<Words>& list, const Words& between);

// The words of the catalogue for `code`, filled with `details`; the English ones take name_en of
// the details before name, where it is there. Throws std::logic_error when the
// catalogue lacks `code`.
Words CatalogueWords(std::string_view code, const Details& details = {});

// The same with details that are told in both languages.
Words Sentence(std::string_view code, const std::vector<std::pair<std::string, Words>>& parts);

class Problem : public std::exception {
public:
    // Throws std::logic_error when the catalogue lacks `code`.
    explicit Problem(std::string_view code, Details details = {});
    // One whose message holds a {what}, told in both languages: details what and what_en.
    static Problem Because(std::string_view code, Words what);

    const std::string& code() const { return code_; }
    const Details& details() const { return details_; }
    int status() const { return kind_.status; }
    int exit_code() const { return kind_.exit; }
    std::string Message(bool english = false) const;
    const char* what() const noexcept override { return what_.c_str(); }

private:
    std::string code_;
    Details details_;
    ProblemKind kind_;
    std::string what_;
};

enum class Severity { kNote, kTotal, kWarning, kRefused };
std::string_view SeverityName(Severity severity);  // note total warning refused

// One thing an import or a check says about one place of its input. Rows from 1; `column` is the
// letter of a sheet's column, empty for the whole row.
struct Finding {
    Severity severity = Severity::kRefused;
    std::string code;     // the finding's class: not_a_number, duplicate_same, a check's own id …
    std::string message;  // Chinese
    std::string message_en;  // the same in English; empty when only Chinese is known
    std::string file;
    std::string sheet;
    int row = 0;
    std::string column;
    std::string field;
    std::string value;  // as written

    void Say(Words words);  // both messages
    // With the catalogue's words for `said`, of `code` where `said` is empty. Throws as
    // CatalogueWords.
    static Finding Of(
        Severity severity, std::string code, const Details& details, std::string_view said = {}
    );
};

}  // namespace zw
