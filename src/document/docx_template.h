#pragma once
// A .docx laid out by anyone in Word or WPS, filled: placeholders {{…}} (also when Word has split
// them over runs), blocks that repeat, paragraphs and tables put in place of one. What the template
// does not name stays untouched.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "document/content.h"
#include "document/package.h"

namespace zw::document {

// In place of a placeholder: spans where it stands in a sentence or cell (they take its type face),
// blocks where it is alone in its paragraph.
using Content = std::variant<std::vector<Span>, std::vector<Block>>;

// What placeholders mean at one place of the template.
struct Filling {
    // `placeholder` is the text between the braces, trimmed; absent: it stays as it stands and is
    // reported.
    std::function<std::optional<Content>(std::string_view placeholder)> value;
    // The items of {{each NAME}} … {{end}}: whole paragraphs between two that hold only the marks,
    // or table rows from the one that begins with the first mark to the one that holds the second.
    // Absent: unknown name. Inside, what an item does not know is asked of the place around it.
    std::function<std::optional<std::vector<Filling>>(std::string_view name)> each;
    // Whether the formula of {{if FORMULA}} … {{else}} … {{end}} holds: inside a paragraph, or
    // whole paragraphs between ones that hold only the marks. Absent: it is reported and stays.
    // Inside an item, what the item does not know is asked of the place around it.
    std::function<std::optional<bool>(std::string_view formula)> holds;
};

class DocxTemplate {
public:
    // Throws document_damaged, document_too_large.
    explicit DocxTemplate(const Package& package);
    ~DocxTemplate();
    DocxTemplate(DocxTemplate&&) noexcept;
    DocxTemplate& operator=(DocxTemplate&&) noexcept;

    // Distinct texts between braces, each-marks too, in order: main text, headers, footers,
    // properties.
    std::vector<std::string> Placeholders() const;

    // Returns the placeholders that nothing was known for, in order, each once. Throws
    // template_fault: a block placeholder inside a sentence, an {{each}} or {{if}} without {{end}}.
    std::vector<std::string> Fill(const Filling& filling);

    // The names of its paragraph styles.
    std::vector<std::string> Styles() const;

    std::string Bytes() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// zw_<mark>, letters, digits and underscores only, at most 40 characters (Word's limit).
std::string BookmarkName(std::string_view mark);

}  // namespace zw::document
