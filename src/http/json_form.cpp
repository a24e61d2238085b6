#include "http/json_form.h"

#include <boost/json.hpp>

#include "base/environment.h"
#include "report/forms_json.h"

namespace zw::http {

namespace json = boost::json;

json::object ToJson(const report::FormInfo& form) {
    return {
        {"id", std::to_string(form.id)},
        {"name", form.name},
        {"version", std::to_string(form.version)},
        {"bindings", form.bindings},
        {"at", TimeToText(form.at_millis)},
        {"by", form.by}};
}

json::object ToJson(const document::FormSheet& sheet) {
    json::array cells;
    for (const document::FormCell& cell : sheet.cells) {
        cells.emplace_back(json::object{
            {"cell", document::CellName(cell.at)},
            {"row", cell.at.row},
            {"column", cell.at.column},
            {"text", cell.text},
            {"row_span", cell.row_span},
            {"column_span", cell.column_span},
            {"formula", cell.formula}});
    }
    return {
        {"name", sheet.name},
        {"hidden", sheet.hidden},
        {"rows", sheet.rows},
        {"columns", sheet.columns},
        {"widths", json::array(sheet.widths.begin(), sheet.widths.end())},
        {"cut", sheet.cut},
        {"cells", std::move(cells)}};
}

json::object ToJson(const report::FormFill& fill, Language language) {
    json::array cells;
    for (const report::FilledCell& cell : fill.cells) {
        cells.emplace_back(report::ToJson(language == Language::kEnglish ? cell.InEnglish() : cell)
        );
    }
    return {{"lacking", fill.Lacking()}, {"cells", std::move(cells)}};
}

json::object ToJson(const report::Filing& filing) {
    return {
        {"id", std::to_string(filing.id)},
        {"form", std::to_string(filing.form)},
        {"name", filing.form_name},
        {"period", filing.period},
        {"at", TimeToText(filing.at_millis)},
        {"by", filing.by},
        {"why", filing.why},
        {"digest", filing.digest},
        {"clear", filing.clear}};
}

}  // namespace zw::http
