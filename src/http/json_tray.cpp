#include "http/json_tray.h"

#include <boost/json.hpp>

#include "http/body.h"
#include "http/json.h"
#include "http/json_import.h"

namespace zw::http {

namespace json = boost::json;

namespace {

int SmallNumber(const json::value& value, const char* name) {
    constexpr int64_t kMost = 2'000'000;
    if (!value.is_int64() || value.as_int64() < 0 || value.as_int64() > kMost) {
        BadRequest({std::string(name) + " 应为整数", std::string(name) + " is a whole number"});
    }
    return static_cast<int>(value.as_int64());
}

}  // namespace

json::object ToJson(const app::TrayView& tray, Language language) {
    json::array files;
    for (const app::TrayFile& file : tray.files) {
        files.emplace_back(json::object{{"name", file.name}, {"bytes", file.bytes}});
    }
    json::array mends;
    for (const ledger::CellMend& mend : tray.mends) {
        mends.emplace_back(json::object{
            {"file", mend.file},
            {"sheet", mend.sheet},
            {"row", mend.row},
            {"column", mend.column},
            {"value", mend.text}});
    }
    json::object out{
        {"id", tray.id},
        {"state", app::TrayStateName(tray.state)},
        {"files", std::move(files)},
        {"progress", {{"stage", tray.stage}, {"done", tray.done}, {"total", tray.total}}},
        {"decisions", tray.mapping.sheets.size()},
        {"mends", std::move(mends)},
        {"result", nullptr},
        {"problem", nullptr},
    };
    if (tray.result) {
        out["result"] = ToJson(*tray.result, true, language);
    }
    if (tray.problem) {
        out["problem"] = json::object{
            {"code", tray.problem->code()},
            {"title", tray.problem->Message()},
            {"title_en", tray.problem->Message(true)}};
    }
    return out;
}

ledger::CellMend MendOf(const json::object& body) {
    constexpr size_t kMostText = 2000;
    ledger::CellMend mend;
    mend.file = TextMember(body, "file");
    mend.sheet = TextMember(body, "sheet");
    mend.column = TextMember(body, "column");
    const json::value* row = body.if_contains("row");
    mend.row = row == nullptr ? 0 : SmallNumber(*row, "row");
    mend.text = OptionalText(body, "value").value_or("");
    if (mend.row < 1 || mend.text.size() > kMostText) {
        BadRequest(
            {"row 应为行号，value 不超过2000字节",
             "row is the number of a row, value has at most 2000 bytes"}
        );
    }
    return mend;
}

app::TableDecision DecisionOf(const json::object& body) {
    app::TableDecision decision;
    decision.file = TextMember(body, "file");
    decision.sheet = TextMember(body, "sheet");
    if (const json::value* table = body.if_contains("table")) {
        decision.table = SmallNumber(*table, "table");
    }
    decision.record = OptionalText(body, "record");
    decision.place = OptionalText(body, "place");
    decision.period = OptionalText(body, "period");
    if (const json::value* month = body.if_contains("ambiguous_month")) {
        decision.ambiguous_month = SmallNumber(*month, "ambiguous_month");
    }
    if (const json::value* columns = body.if_contains("columns")) {
        if (!columns->is_object()) {
            BadRequest({"columns 应为 {表头: 字段}", "columns is {heading: field}"});
        }
        for (const auto& [heading, field] : columns->as_object()) {
            decision.columns[std::string(heading)] = TextMember(columns->as_object(), heading);
        }
    }
    return decision;
}

}  // namespace zw::http
