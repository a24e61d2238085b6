#include "definition/keys.h"

#include <algorithm>

namespace zw::definition {

namespace {

using enum Holds;
using enum Layering;

constexpr bool kMust = true;
constexpr bool kMay = false;

// One key to a line.
// clang-format off
// ---- a record type ------------------------------------------------------------------------------------------------------------
constexpr Key kPlaceKeys[] = {
    {"name", kText, kMay, kReplaces, "", nullptr, "heading of the place column"},
    {"also", kTexts, kMay, kAdds, "", nullptr, "other headings of it"},
};
constexpr Table kPlace = {"place", "", kPlaceKeys};

constexpr Key kReportedKeys[] = {
    {"by", kText, kMust, kFixed, "village", nullptr, "who owes a return (报送)"},
    {"every", kText, kMust, kFixed, "year|quarter|month", nullptr, "how often"},
    {"at", kText, kMay, kFixed, "", nullptr,
     "period or date field that says which period a row reports; left out: the only period field, else the only date field"},
};
constexpr Table kReported = {"reported", "", kReportedKeys};

constexpr Key kSeriesKeys[] = {
    {"per", kTexts, kMust, kFixed, "", nullptr, "fields that make a row the same thing again; place may stand among them"},
    {"on", kText, kMust, kFixed, "", nullptr, "period field"},
};
constexpr Table kSeries = {"series", "", kSeriesKeys};

constexpr Key kNoOverlapKeys[] = {
    {"per", kTexts, kMust, kFixed, "", nullptr, "fields that make a row the same thing again"},
    {"from", kText, kMust, kFixed, "", nullptr, "date field: first day"},
    {"to", kText, kMust, kFixed, "", nullptr, "date field: first day no more"},
};
constexpr Table kNoOverlap = {"no_overlap", "", kNoOverlapKeys};

constexpr Key kFieldKeys[] = {
    {"id", kText, kMust, kFixed, "", nullptr, "lower case letters, digits, _; permanent"},
    {"name", kText, kMay, kReplaces, "", nullptr, "Chinese name, and the heading in sheets; required"},
    {"type", kText, kMay, kFixed, "text|bool|int|decimal|choice|date|period|ref", nullptr, "required"},
    {"scale", kInt, kMay, kFixed, "", nullptr, "decimal: digits after the point, 0 to 9; required there"},
    {"unit", kText, kMay, kFixed, "", nullptr, "int, decimal: a unit of rules/units.toml, or such composed by / and *"},
    {"grain", kText, kMay, kFixed, "year|quarter|month", nullptr, "period: required there"},
    {"of", kTextOrTexts, kMay, kAdds, "", nullptr, "choice: the id of a list, or the choices themselves"},
    {"to", kText, kMay, kFixed, "", nullptr, "ref: a record type, or place"},
    {"match", kTextLists, kMay, kFixed, "", nullptr,
     "ref: how a row is found from what a file says: alternatives in order, each the fields of the target that together name it; "
     "village stands for the row's place"},
    {"create", kText, kMay, kFixed, "draft", nullptr, "ref: an unknown target is made as a draft and listed"},
    {"min", kNumber, kMay, kFixed, "", nullptr, "int, decimal: smallest value, in the field's unit"},
    {"max", kNumber, kMay, kFixed, "", nullptr, "int, decimal: largest value"},
    {"required", kFlag, kMay, kFixed, "", nullptr, "a row without it is refused"},
    {"unique", kFlag, kMay, kFixed, "", nullptr, "no two live rows of a town have one value"},
    {"secret", kFlag, kMay, kFixed, "", nullptr, "text: encrypted at rest, masked, found only whole; default for id_number and bank_card"},
    {"personal", kFlag, kMay, kReplaces, "", nullptr, "masked unless opened"},
    {"reported_value", kFlag, kMay, kFixed, "", nullptr, "false: a standing fact, which makes no return by itself"},
    {"format", kText, kMay, kFixed, "id_number|bank_card|uscc|phone", nullptr, "text: digits are checked"},
    {"also", kTexts, kMay, kAdds, "", nullptr, "other headings"},
    {"value_also", kTextMap, kMay, kAdds, "", nullptr, "choice: other spelling = choice"},
    {"group", kText, kMay, kReplaces, "", nullptr, "part of the form it stands in"},
    {"help", kText, kMay, kReplaces, "", nullptr, "what to fill in"},
    {"was", kText, kMay, kFixed, "", nullptr, "former id: the column is renamed"},
    {"dropped", kText, kMay, kFixed, "", nullptr, "the field is given up, and why; nothing else but id is needed then"},
    {"hide", kFlag, kMay, kReplaces, "", nullptr, "not shown; what is in it stays"},
};
constexpr Table kField = {"fields", "id", kFieldKeys};

constexpr Key kComputedKeys[] = {
    {"id", kText, kMust, kFixed, "", nullptr, "as a field's"},
    {"name", kText, kMust, kReplaces, "", nullptr, "Chinese name"},
    {"formula", kFormula, kMust, kFixed, "", nullptr, "over the record's fields and what they refer to"},
    {"unit", kText, kMay, kFixed, "", nullptr, "unit the result is given in"},
    {"scale", kInt, kMay, kFixed, "", nullptr, "digits after the point"},
    {"group", kText, kMay, kReplaces, "", nullptr, "part of the form it stands in"},
    {"help", kText, kMay, kReplaces, "", nullptr, "how it comes about, in words"},
    {"hide", kFlag, kMay, kReplaces, "", nullptr, "not shown"},
};
constexpr Table kComputed = {"computed", "id", kComputedKeys};

constexpr Key kCheckKeys[] = {
    {"id", kText, kMust, kFixed, "", nullptr, "class of the finding"},
    {"at", kText, kMay, kFixed, "", nullptr, "field in whose column it is found; left out: the row"},
    {"when", kFormula, kMust, kFixed, "", nullptr, "check: refused when false; warn: warned when true"},
    {"say", kText, kMust, kReplaces, "", nullptr, "the finding in words"},
};
constexpr Table kCheck = {"check, warn", "id", kCheckKeys};

constexpr Key kGroupKeys[] = {
    {"name", kText, kMust, kFixed, "", nullptr, "heading of the part"},
    {"fields", kTexts, kMust, kReplaces, "", nullptr, "its fields"},
};
constexpr Table kGroup = {"group", "name", kGroupKeys};

constexpr Key kTargetKeys[] = {
    {"indicator", kText, kMust, kFixed, "", nullptr, "field that holds the indicator's id"},
    {"period", kText, kMust, kFixed, "", nullptr, "period field"},
    {"value", kText, kMust, kFixed, "", nullptr, "field that holds the value to reach"},
    {"document", kText, kMay, kFixed, "", nullptr, "field that holds the document that set it"},
    {"due", kText, kMay, kFixed, "", nullptr, "date field: by when"},
    {"unit", kText, kMay, kFixed, "", nullptr, "text field that says the value's unit: another than the indicator's is refused"},
};
constexpr Table kTarget = {"target", "", kTargetKeys};

constexpr Key kSettingRoleKeys[] = {
    {"key", kText, kMust, kFixed, "", nullptr, "text field that holds the setting's key"},
    {"value", kText, kMust, kFixed, "", nullptr, "text field that holds its value"},
};
constexpr Table kSettingRole = {"setting", "", kSettingRoleKeys};

constexpr Key kRecordKeys[] = {
    {"name", kText, kMust, kReplaces, "", nullptr, "Chinese name of the ledger (台账)"},
    {"also", kTexts, kMay, kAdds, "", nullptr, "words in titles, sheet and file names that speak for this ledger"},
    {"title", kText, kMust, kReplaces, "", nullptr, "how a reference to a row reads: text with {field} and {ref.field}"},
    {"key", kTexts, kMust, kFixed, "", nullptr, "fields that name a row; place may stand among them. Import updates by it"},
    {"place", kTable, kMay, kMerges, "", &kPlace, "the column of villages in sheets"},
    {"reported", kTable, kMay, kFixed, "", &kReported, "who owes returns, how often: no data is then not 0"},
    {"series", kTable, kMay, kFixed, "", &kSeries, "makes previous(field) possible"},
    {"no_overlap", kTable, kMay, kFixed, "", &kNoOverlap, "no two rows of one thing may overlap in time"},
    {"fields", kTables, kMust, kMergesOwn, "", &kField, "in the order people see"},
    {"computed", kTables, kMay, kMergesOwn, "", &kComputed, "fields worked out from others"},
    {"check", kTables, kMay, kMerges, "", &kCheck, "what a row must satisfy"},
    {"warn", kTables, kMay, kMerges, "", &kCheck, "what makes a row doubtful"},
    {"list", kTexts, kMay, kReplaces, "", nullptr, "columns of the list; left out: key fields and the first six"},
    {"group", kTables, kMay, kMerges, "", &kGroup, "parts of the form in order, instead of the fields' own group"},
    {"target", kTable, kMay, kFixed, "", &kTarget, "this record type holds targets (目标); one may"},
    {"setting", kTable, kMay, kFixed, "", &kSettingRole, "this record type holds the town's settings; one may"},
    {"hide", kFlag, kMay, kReplaces, "", nullptr, "not offered; what is in it stays"},
};
constexpr Table kRecord = {"[record.ID]", "", kRecordKeys};

// ---- an indicator -------------------------------------------------------------------------------------------------------------
constexpr Key kLatestKeys[] = {
    {"per", kTexts, kMust, kFixed, "", nullptr, "fields that make a row the same thing again"},
    {"on", kText, kMust, kFixed, "", nullptr, "period field: the row of the period's last one counts"},
    {"keep", kFlag, kMay, kFixed, "", nullptr, "true: where that row is missing, an older one counts"},
};
constexpr Table kLatest = {"latest", "", kLatestKeys};

constexpr Key kWithinKeys[] = {
    {"months", kInt, kMust, kFixed, "", nullptr, "length of the window"},
    {"on", kText, kMust, kFixed, "", nullptr, "date field: counts from this day on for so many months"},
    {"per", kTexts, kMay, kFixed, "", nullptr, "what is counted once; left out: the row"},
};
constexpr Table kWithin = {"within", "", kWithinKeys};

constexpr std::string_view kOfMeaning = "record type whose rows are counted";
constexpr std::string_view kAtMeaning = "flow (流量): date or period field that says when";
constexpr std::string_view kLifeMeaning =
    "stock (存量): [from] or [from, to], date fields; []: rows without dates, always there";
constexpr std::string_view kLatestMeaning = "stock: latest observation of each thing";
constexpr std::string_view kWithinMeaning = "stock: what happened within the last months; may stand beside life";
constexpr std::string_view kWhenMeaning = "which rows count; may hold no aggregate";
constexpr std::string_view kBasisMeaning = "how the figure is known (实测, 推算, 村报); printed with it";

constexpr Key kSourceKeys[] = {
    {"of", kText, kMust, kFixed, "", nullptr, kOfMeaning},
    {"basis", kText, kMust, kFixed, "", nullptr, kBasisMeaning},
    {"at", kText, kMay, kFixed, "", nullptr, kAtMeaning},
    {"life", kTexts, kMay, kFixed, "", nullptr, kLifeMeaning},
    {"latest", kTable, kMay, kFixed, "", &kLatest, kLatestMeaning},
    {"within", kTable, kMay, kFixed, "", &kWithin, kWithinMeaning},
    {"when", kFormula, kMay, kFixed, "", nullptr, kWhenMeaning},
    {"value", kFormula, kMust, kFixed, "", nullptr, "one aggregate"},
};
constexpr Table kSource = {"source", "", kSourceKeys};

constexpr Key kDoubtKeys[] = {
    {"id", kText, kMust, kFixed, "", nullptr, "its name, by which a later layer changes it"},
    {"when", kFormula, kMay, kReplaces, "", nullptr,
     "over figures of the same place and period; x.last is last year's. Doubtful when true; villages that are missing leave it open"},
    {"change", kText, kMay, kReplaces, "", nullptr, "instead of when: the rule (a %) beyond which a change from last year is doubtful"},
    {"say", kText, kMust, kReplaces, "", nullptr, "the doubt in words"},
};
constexpr Table kDoubt = {"doubt", "id", kDoubtKeys};

constexpr Key kIndicatorKeys[] = {
    {"name", kText, kMust, kReplaces, "", nullptr, "Chinese name"},
    {"unit", kText, kMust, kFixed, "", nullptr, "unit the value is given in"},
    {"scale", kInt, kMay, kFixed, "", nullptr, "digits after the point the value is kept with; left out: as many as are exact"},
    {"adds", kText, kMay, kFixed, "place+time|place|none", nullptr,
     "what it may be summed over: place+time (flow), place (stock), none (rates, distinct things); left out: none for derived ones "
     "and rates, else place+time for flows and place for stocks"},
    {"of", kText, kMay, kFixed, "", nullptr, "record type whose rows are counted; left out: derived from other indicators"},
    {"at", kText, kMay, kFixed, "", nullptr, kAtMeaning},
    {"life", kTexts, kMay, kFixed, "", nullptr, kLifeMeaning},
    {"latest", kTable, kMay, kFixed, "", &kLatest, kLatestMeaning},
    {"within", kTable, kMay, kFixed, "", &kWithin, kWithinMeaning},
    {"when", kFormula, kMay, kFixed, "", nullptr, kWhenMeaning},
    {"value", kFormula, kMay, kFixed, "", nullptr, "one aggregate over the rows, or a formula over other indicators; needed unless source is given"},
    {"basis", kText, kMay, kFixed, "", nullptr, kBasisMeaning},
    {"source", kTables, kMay, kFixed, "", &kSource, "sources in order, instead of of, at … value: the first that is complete counts"},
    {"print", kText, kMay, kReplaces, "", nullptr, "unit in prose, where it is not the unit itself"},
    {"print_scale", kInt, kMay, kReplaces, "", nullptr, "digits after the point that people see"},
    {"direction", kText, kMay, kReplaces, "up|down|range", nullptr, "which way is good"},
    {"open", kFlag, kMay, kReplaces, "", nullptr, "readers of one village may see the town's"},
    {"group", kText, kMay, kReplaces, "", nullptr, "part of the list of figures it stands in"},
    {"doubt", kTables, kMay, kMerges, "", &kDoubt, "what makes the figure doubtful (合理性): shown with it, refuses nothing"},
    {"help", kText, kMay, kReplaces, "", nullptr, "definition (指标定义) in a sentence"},
    {"hide", kFlag, kMay, kReplaces, "", nullptr, "not offered"},
};
constexpr Table kIndicator = {"[indicator.ID]", "", kIndicatorKeys};

constexpr Key kWorkLineKeys[] = {
    {"extends", kText, kMay, kFixed, "", nullptr, "chapter/line that this file adds to, in a later layer"},
    {"name", kText, kMust, kReplaces, "", nullptr, "Chinese name of the line (工作线)"},
    {"chapter", kText, kMust, kFixed, "", nullptr, "the folder it stands in"},
    {"record", kNamed, kMay, kMergesOwn, "", &kRecord, "ledgers"},
    {"indicator", kNamed, kMay, kMergesOwn, "", &kIndicator, "figures"},
};
constexpr Table kWorkLine = {"workline.toml", "", kWorkLineKeys};

// ---- English names ------------------------------------------------------------------------------------------------------------
constexpr Key kEnglishRecordKeys[] = {
    {"name", kText, kMay, kReplaces, "", nullptr, "name of the ledger"},
    {"fields", kTextMap, kMay, kAdds, "", nullptr, "field = name"},
    {"help", kTextMap, kMay, kAdds, "", nullptr, "field = what to fill in"},
    {"say", kTextMap, kMay, kAdds, "", nullptr, "check or warning = its words"},
};
constexpr Table kEnglishRecord = {"[record.ID] of en.toml", "", kEnglishRecordKeys};
constexpr Key kEnglishDoubtKeys[] = {{"say", kTextMap, kMust, kAdds, "", nullptr, "doubt = its words"}};
constexpr Table kEnglishDoubt = {"[doubt.INDICATOR] of en.toml", "", kEnglishDoubtKeys};
constexpr Key kEnglishKeys[] = {
    {"name", kText, kMay, kReplaces, "", nullptr, "name of the line"},
    {"record", kNamed, kMay, kMerges, "", &kEnglishRecord, "names of its ledgers"},
    {"indicator", kTextMap, kMay, kAdds, "", nullptr, "indicator = name"},
    {"help", kTextMap, kMay, kAdds, "", nullptr, "indicator = its definition in a sentence"},
    {"doubt", kNamed, kMay, kMerges, "", &kEnglishDoubt, "what is said of doubtful figures"},
};
constexpr Table kEnglish = {"en.toml", "", kEnglishKeys};

// ---- rules/ -------------------------------------------------------------------------------------------------------------------
constexpr Key kListItemKeys[] = {
    {"id", kText, kMust, kFixed, "", nullptr, "what is stored"},
    {"name", kText, kMay, kReplaces, "", nullptr, "what people read; left out: the id"},
    {"en", kText, kMay, kReplaces, "", nullptr, "English name"},
    {"also", kTexts, kMay, kAdds, "", nullptr, "other spellings"},
    {"categories", kTexts, kMay, kAdds, "", nullptr, "categories it belongs to: category('…') in formulas"},
};
constexpr Table kListItem = {"items", "id", kListItemKeys};
constexpr Key kListKeys[] = {
    {"name", kText, kMust, kReplaces, "", nullptr, "Chinese name"},
    {"items", kTables, kMust, kMerges, "", &kListItem, "choices in order"},
};
constexpr Table kList = {"[list.ID]", "", kListKeys};
constexpr Key kListsKeys[] = {{"list", kNamed, kMay, kMerges, "", &kList, "lists that choice fields are `of`"}};
constexpr Table kLists = {"rules/lists.toml", "", kListsKeys};

constexpr Key kRuleValueKeys[] = {
    {"value", kScalar, kMust, kFixed, "", nullptr, "of the rule's type, in its unit"},
    {"valid_from", kDate, kMay, kFixed, "", nullptr, "first day; left out: always"},
    {"valid_to", kDate, kMay, kFixed, "", nullptr, "last day; left out: still"},
    {"source", kText, kMust, kFixed, "", nullptr, "the document that says so"},
    {"confirmed", kFlag, kMay, kFixed, "", nullptr, "false: to be checked before anything hangs on it"},
};
constexpr Table kRuleValue = {"values", "", kRuleValueKeys};
constexpr Key kRuleKeys[] = {
    {"name", kText, kMust, kReplaces, "", nullptr, "Chinese name"},
    {"en", kText, kMay, kReplaces, "", nullptr, "English name"},
    {"type", kText, kMust, kFixed, "int|decimal|text|date|bool", nullptr, "type of its values"},
    {"unit", kText, kMay, kFixed, "", nullptr, "int, decimal"},
    {"scale", kInt, kMay, kFixed, "", nullptr, "decimal: digits after the point; required there"},
    {"binds", kText, kMay, kFixed, "step|start", nullptr, "at the step's date (default) or at the case's start"},
    {"values", kTables, kMust, kFirst, "", &kRuleValue, "values in time; where two are valid, a later layer's, then the one valid from the later day"},
};
constexpr Table kRule = {"[rule.KEY]", "", kRuleKeys};
constexpr Key kRulesKeys[] = {{"rule", kNamed, kMay, kMerges, "", &kRule, "numbers that law or county sets (规则)"}};
constexpr Table kRules = {"rules/*.toml", "", kRulesKeys};

constexpr Key kUnitKeys[] = {
    {"name", kText, kMust, kFixed, "", nullptr, "as it is written"},
    {"dimension", kText, kMust, kFixed, "", nullptr, "what it measures: units of one dimension convert"},
    {"quanta", kInt, kMay, kFixed, "", nullptr, "how many of the dimension's smallest part it is; left out: 1"},
    {"also", kTexts, kMay, kAdds, "", nullptr, "other spellings"},
};
constexpr Table kUnit = {"[[unit]]", "name", kUnitKeys};
constexpr Key kUnitsKeys[] = {{"unit", kTables, kMust, kMerges, "", &kUnit, "units"}};
constexpr Table kUnits = {"rules/units.toml", "", kUnitsKeys};

constexpr Key kVocabularyKeys[] = {
    {"total_words", kTexts, kMay, kAdds, "", nullptr, "a row whose label is or ends with one is a total"},
    {"whole_words", kTexts, kMay, kAdds, "", nullptr, "a row that begins with one and holds numbers is the total of all rows"},
    {"comparison_words", kTexts, kMay, kAdds, "", nullptr, "rows that compare and are no data"},
    {"note_words", kTexts, kMay, kAdds, "", nullptr, "a row that begins with one is a note or a signature"},
    {"unit_labels", kTexts, kMay, kAdds, "", nullptr, "before a unit in a title, or at the head of a row of units"},
    {"code_labels", kTexts, kMay, kAdds, "", nullptr, "at the head of a row of codes"},
    {"part_words", kTexts, kMay, kAdds, "", nullptr, "the column is a part of the one before"},
    {"not_adding_words", kTexts, kMay, kAdds, "", nullptr, "columns that do not add"},
    {"serial_words", kTexts, kMay, kAdds, "", nullptr, "a row number, no data"},
    {"as_of_words", kTexts, kMay, kAdds, "", nullptr, "before the day that a title's figures are of: 截至2023年12月31日"},
    {"filled_date_words", kTexts, kMay, kAdds, "", nullptr, "the day a form was filled in: never a period"},
    {"empty_marks", kTexts, kMay, kAdds, "", nullptr, "a cell with only this is empty"},
    {"not_yet_words", kTexts, kMay, kAdds, "", nullptr, "a date cell with only this is empty: the day has not come"},
    {"zero_words", kTexts, kMay, kAdds, "", nullptr, "a cell with only this is a zero that was returned"},
    {"current_words", kTexts, kMay, kAdds, "", nullptr, "comparison words whose row prints this period's total"},
    {"hint_words", kTexts, kMay, kAdds, "", nullptr, "a row whose cells begin with these says how to fill in the form"},
    {"count_units", kTexts, kMay, kAdds, "", nullptr, "units that count: a pair of them is no ratio"},
    {"counting_words", kTexts, kMay, kAdds, "", nullptr, "before a number at the foot of a list: 共12人"},
    {"place_headings", kTexts, kMay, kAdds, "", nullptr, "headings of the column of villages, in every ledger"},
    {"place_endings", kTexts, kMay, kAdds, "", nullptr, "behind the name of a village, mean nothing"},
    {"town_endings", kTexts, kMay, kAdds, "", nullptr, "behind the name of the town or its last word, mean the town itself: 镇政府"},
    {"group_endings", kTexts, kMay, kAdds, "", nullptr, "behind the number of a villagers' group: 上河村三组"},
    {"period_headings", kTexts, kMay, kAdds, "", nullptr, "headings of the column of quarters or months, in every ledger"},
    {"same_words", kTexts, kMay, kAdds, "", nullptr, "words that mean the same in headings, with spaces between: 株数 棵数"},
    {"name_endings", kTexts, kMay, kAdds, "", nullptr, "behind the heading of words, mean nothing: 合作社名称"},
    {"choice_endings", kTexts, kMay, kAdds, "", nullptr, "behind the heading of choices, mean nothing: 设施类别"},
    {"count_endings", kTexts, kMay, kAdds, "", nullptr, "behind the heading of numbers, mean nothing: 存栏数"},
    {"date_endings", kTexts, kMay, kAdds, "", nullptr, "behind the heading of dates, mean nothing: 验收日期"},
};
constexpr Table kVocabulary = {"rules/vocabulary.toml", "", kVocabularyKeys};

constexpr Key kPhraseKeys[] = {
    {"key", kText, kMust, kFixed, "", nullptr, "{{phrase:KEY}} in passages"},
    {"text", kText, kMust, kFixed, "", nullptr, "the exact words"},
    {"valid_from", kDate, kMay, kFixed, "", nullptr, "first day; left out: always"},
    {"valid_to", kDate, kMay, kFixed, "", nullptr, "last day; left out: still"},
    {"source", kText, kMay, kFixed, "", nullptr, "the document they stand in; 待核: still to be checked"},
    {"province", kText, kMay, kFixed, "", nullptr,
     "true only of this province (setting province_short): passages name it under {{if name.province_short = '…'}}"},
};
constexpr Table kPhrase = {"[[phrase]]", "", kPhraseKeys};
constexpr Key kPhrasesKeys[] = {{"phrase", kTables, kMay, kFirst, "", &kPhrase, "dated phrases (提法)"}};
constexpr Table kPhrases = {"rules/phrases.toml", "", kPhrasesKeys};

constexpr Key kHolidayYearKeys[] = {
    {"year", kInt, kMust, kFixed, "", nullptr, "calendar year"},
    {"holidays", kTexts, kMust, kReplaces, "", nullptr, "days off that are no weekend, and weekends inside holidays: 2023-01-22"},
    {"workdays", kTexts, kMay, kReplaces, "", nullptr, "weekend days worked (调休)"},
    {"source", kText, kMust, kReplaces, "", nullptr, "the State Council's notice"},
};
constexpr Table kHolidayYear = {"[[year]]", "year", kHolidayYearKeys};
constexpr Key kHolidaysKeys[] = {{"year", kTables, kMay, kMerges, "", &kHolidayYear, "holidays and worked weekends"}};
constexpr Table kHolidays = {"rules/holidays.toml", "", kHolidaysKeys};

constexpr Key kSettingKeys[] = {
    {"name", kText, kMust, kReplaces, "", nullptr, "Chinese name"},
    {"en", kText, kMay, kReplaces, "", nullptr, "English name"},
    {"type", kText, kMay, kFixed, "text|int|decimal|date", nullptr, "default text"},
    {"rule", kText, kMay, kFixed, "", nullptr, "its value becomes the value of this rule"},
    {"target", kText, kMay, kFixed, "", nullptr, "its value becomes a target of this indicator"},
    {"due", kText, kMay, kFixed, "", nullptr, "with target: the setting that says by when"},
    {"document", kText, kMay, kFixed, "", nullptr, "with target: the setting that names the document"},
    {"help", kText, kMay, kReplaces, "", nullptr, "what to type"},
    {"help_en", kText, kMay, kReplaces, "", nullptr, "the same in English"},
};
constexpr Table kSetting = {"[setting.KEY]", "", kSettingKeys};
constexpr Key kSettingsKeys[] = {{"setting", kNamed, kMay, kMerges, "", &kSetting, "what an officer types about the town"}};
constexpr Table kSettings = {"rules/settings.toml", "", kSettingsKeys};

// ---- reports/ -----------------------------------------------------------------------------------------------------------------
constexpr Key kChapterKeys[] = {
    {"id", kText, kMust, kFixed, "", nullptr, "names it"},
    {"heading", kText, kMay, kFixed, "", nullptr, "printed above; may hold slots"},
    {"optional", kFlag, kMay, kFixed, "", nullptr, "left out unless asked for"},
    {"passages", kTexts, kMust, kFixed, "", nullptr, "ids of passages (报告段落) in order"},
};
constexpr Table kChapter = {"[[chapter]]", "id", kChapterKeys};
constexpr Key kReportKeys[] = {
    {"name", kText, kMust, kFixed, "", nullptr, "Chinese name"},
    {"en", kText, kMay, kFixed, "", nullptr, "English name"},
    {"period", kText, kMay, kFixed, "year|quarter|month", nullptr, "what it reports on; default year"},
    {"title", kText, kMust, kFixed, "", nullptr, "with slots"},
    {"chapter", kTables, kMust, kFixed, "", &kChapter, "chapters in order"},
};
constexpr Table kReport = {"report.toml", "", kReportKeys};

constexpr FileKind kFileKinds[] = {
    {"worklines/<chapter>/<line>/workline.toml", "a work line (工作线): its ledgers and figures", &kWorkLine},
    {"worklines/<chapter>/<line>/en.toml", "English names; what is missing falls back to Chinese", &kEnglish},
    {"worklines/<chapter>/<line>/passage.md", "the line's paragraph of a report, with slots; its id is the line's folder", nullptr},
    {"worklines/<chapter>/<line>/sample.toml", "how a made-up town has such records", nullptr},
    {"worklines/<chapter>/<line>/cases/*.toml", "given rows and what must come of them", nullptr},
    {"rules/lists.toml", "lists of choices and their categories", &kLists},
    {"rules/units.toml", "units", &kUnits},
    {"rules/vocabulary.toml", "the words sheets are read with", &kVocabulary},
    {"rules/phrases.toml", "dated phrases", &kPhrases},
    {"rules/holidays.toml", "holidays and worked weekends", &kHolidays},
    {"rules/settings.toml", "settings of a town", &kSettings},
    {"rules/*.toml", "rule packs: any other name", &kRules},
    {"reports/<report>/report.toml", "a report: its chapters and passages", &kReport},
    {"reports/<report>/template.docx", "its layout", nullptr},
    {"reports/<report>/passages/*.md", "its own passages; the id is the file's name", nullptr},
};

// clang-format on

}  // namespace

const Key* Table::Find(std::string_view name) const {
    const auto found =
        std::find_if(keys.begin(), keys.end(), [&](const Key& key) { return key.name == name; });
    return found == keys.end() ? nullptr : &*found;
}

const Table& WorkLineTable() {
    return kWorkLine;
}
const Table& EnglishTable() {
    return kEnglish;
}
const Table& ListsTable() {
    return kLists;
}
const Table& RulesTable() {
    return kRules;
}
const Table& UnitsTable() {
    return kUnits;
}
const Table& VocabularyTable() {
    return kVocabulary;
}
const Table& PhrasesTable() {
    return kPhrases;
}
const Table& HolidaysTable() {
    return kHolidays;
}
const Table& SettingsTable() {
    return kSettings;
}
const Table& ReportTable() {
    return kReport;
}

std::span<const FileKind> FileKinds() {
    return kFileKinds;
}

}  // namespace zw::definition
