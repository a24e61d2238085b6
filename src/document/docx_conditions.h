#pragma once
// {{if FORMULA}} … {{else}} … {{end}} of a template: what does not hold is taken out, the marks
// too. For this module's own files.

#include <pugixml.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace zw::document {

// Absent: the formula is not known; then the marks stay as they are.
using Holds = std::function<std::optional<bool>(std::string_view formula)>;

// The formula when `mark` is "if FORMULA".
std::optional<std::string> IfFormula(std::string_view mark);

// Conditions inside one paragraph, nested ones too. Unknown formulas go to `unknown`. False when
// one of them has no {{end}} in the paragraph.
bool DecideInline(
    const pugi::xml_node& paragraph,
    const Holds& holds,
    const std::function<void(const std::string& mark)>& unknown
);

// Whole paragraphs between `mark`, which holds only {{if …}}, and one that holds only {{end}}.
// `lone`: the placeholder that is all a paragraph holds. Returns the sibling to go on with; absent
// when there is no {{end}}.
std::optional<pugi::xml_node> DecideParagraphs(
    const pugi::xml_node& mark,
    bool holds,
    const std::function<std::optional<std::string>(const pugi::xml_node&)>& lone
);

}  // namespace zw::document
