#pragma once
// The page of official documents (党政机关公文格式, GB/T 9704-2012) as a .docx to be filled: A4,
// text area 156 × 225 mm, 22 lines of 28 characters, 3号仿宋; page number "— 1 —" in 4号宋体, odd
// pages right, even pages left. The layout shipped with a report is made by this; a town may
// redesign its copy in Word or WPS.

#include <string>
#include <vector>

namespace zw::document {

// A paragraph of the template: a style of content.h and a text, placeholders in it.
struct TemplateLine {
    std::string style;
    std::string text;
};

// A document with these lines; `title` (a placeholder as a rule) goes to the file's properties.
// Equal input, equal bytes.
std::string MakeOfficialTemplate(const std::vector<TemplateLine>& lines, const std::string& title);

// The template of a work report: {{title}}, {{body}}, {{signature}}, {{annex}}.
std::string MakeReportTemplate();

}  // namespace zw::document
