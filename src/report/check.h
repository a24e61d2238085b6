#pragma once
// What is looked at before a report goes out (shared report.md §3), and whether passages name
// things that exist.

#include <string>
#include <vector>

#include "base/problem.h"
#include "definition/model.h"
#include "report/reports.h"

namespace zw::report {

// Every passage and report of the definitions: slot syntax, unknown indicators, settings, phrases
// and units, wrong conditions, ids given twice, a phrase of one province that stands under no
// condition of it. Finding: file, row (line), column (code point),
// code, message.
std::vector<Finding> CheckDefinitions(const definition::Model& model);

// One paragraph's text with slots, as it is typed; columns from 1.
std::vector<Finding> CheckParagraph(const definition::Model& model, const std::string& text);

// Of a report as it reads: leftover placeholders (XXX, ××), words out of use and typing errors
// (phrase keys "instead.…"), phrases misquoted or out of date, other years than the report's, ID,
// card and phone numbers, links and advertising, marks of secrecy, phrases whose source is still
// to be checked (待核), and what CheckFigures finds. `row` is the paragraph, from 1.
std::vector<Finding> CheckText(const definition::Model& model, const Rendered& rendered);

// Of its figures: one figure with two values (refused); villages that are listed are more than the
// town, parts behind 其中 more than their whole, a share or percentage outside 0 to 100 (warnings).
std::vector<Finding> CheckFigures(const definition::Model& model, const Rendered& rendered);

}  // namespace zw::report
