#include "report/forms_store.h"

#include <boost/json.hpp>

#include "base/base64.h"
#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"
#include "report/edition_columns.h"
#include "report/forms_json.h"
#include "store/schema.h"

namespace zw::report {

namespace json = boost::json;

namespace {

constexpr const char* kInfoColumns = "id, version, bound, changed_at, name, changed_by";
constexpr const char* kFilingColumns =
    "id, form, at, clear, form_name, period, filed_by, why, digest";

FormInfo ReadInfo(const store::Statement& row) {
    FormInfo info;
    int column = 0;
    info.id = row.Int(column++);
    info.version = row.Int(column++);
    info.bindings = static_cast<int>(row.Int(column++));
    info.at_millis = row.Int(column++);
    info.name = row.Text(column++);
    info.by = row.Text(column++);
    return info;
}

Filing ReadFiling(const store::Statement& row) {
    Filing filing;
    int column = 0;
    filing.id = row.Int(column++);
    filing.form = row.Int(column++);
    filing.at_millis = row.Int(column++);
    filing.clear = row.Int(column++) != 0;
    filing.form_name = row.Text(column++);
    filing.period = row.Text(column++);
    filing.by = row.Text(column++);
    filing.why = row.Text(column++);
    filing.digest = row.Text(column++);
    return filing;
}

std::string Bytes(std::string_view stored) {
    auto bytes = FromBase64(stored);
    if (!bytes) {
        throw Problem("database_damaged", {{"what", "base64"}});
    }
    return std::move(*bytes);
}

}  // namespace

void CreateFormTables(store::Connection& connection) {
    store::EnsureTable(
        connection,
        {.name = "report_form",
         .columns = Columns(
             {"town", "id", "version", "bound", "changed_at"},
             {"name", "changed_by", "bindings", "xlsx"}
         ),
         .primary_key = {"town", "id"},
         .indexes = {{"report_form_name", {"town", "name"}, true, ""}}}
    );
    store::EnsureTable(
        connection,
        {.name = "report_filing",
         .columns = Columns(
             {"town", "id", "form", "at", "clear"},
             {"form_name", "period", "filed_by", "why", "digest", "cells", "xlsx"}
         ),
         .primary_key = {"town", "id"},
         .indexes = {{"report_filing_form", {"town", "form"}, false, ""}}}
    );
}

audit::VouchedTable VouchedFilings() {
    return {
        .table = "report_filing",
        .name = "留存报表",
        .key = {"id"},
        .columns =
            {"form",
             "at",
             "clear",
             "form_name",
             "period",
             "filed_by",
             "why",
             "digest",
             "cells",
             "xlsx"},
        .where = "",
        .children = {}};
}

std::vector<FormInfo> LoadForms(store::Connection& connection, int64_t town) {
    std::vector<FormInfo> forms;
    connection.Query(
        std::string("select ") + kInfoColumns + " from report_form where town = ? order by name",
        {town},
        [&](const store::Statement& row) { forms.push_back(ReadInfo(row)); }
    );
    return forms;
}

Form LoadForm(store::Connection& connection, int64_t town, int64_t id) {
    std::optional<Form> form;
    connection.Query(
        std::string("select ") + kInfoColumns +
            ", bindings, xlsx from report_form where town = ? and id = ?",
        {town, id},
        [&](const store::Statement& row) {
            constexpr int kBindings = 6;
            form.emplace();
            form->info = ReadInfo(row);
            form->bindings = BindingsOf(json::parse(std::string(row.Text(kBindings))));
            form->xlsx = Bytes(row.Text(kBindings + 1));
        }
    );
    if (!form) {
        throw NotFound(Thing::kForm, std::to_string(id));
    }
    return std::move(*form);
}

std::optional<int64_t> FindFormId(
    store::Connection& connection, int64_t town, const std::string& name
) {
    const auto row =
        connection.First("select id from report_form where town = ? and name = ?", {town, name});
    return row.empty() ? std::nullopt : std::optional(std::get<int64_t>(row.front()));
}

void SaveForm(store::Connection& connection, int64_t town, const Form& form) {
    DeleteForm(connection, town, form.info.id);
    connection.Run(
        std::string("insert into report_form (town, ") + kInfoColumns +
            ", bindings, xlsx) values (" + Questions(9) + ")",
        {town,
         form.info.id,
         form.info.version,
         int64_t{form.info.bindings},
         form.info.at_millis,
         form.info.name,
         form.info.by,
         json::serialize(ToJson(form.bindings)),
         ToBase64(form.xlsx)}
    );
}

void DeleteForm(store::Connection& connection, int64_t town, int64_t id) {
    connection.Run("delete from report_form where town = ? and id = ?", {town, id});
}

void InsertFiling(
    store::Connection& connection, int64_t town, const Filing& filing, const std::string& xlsx
) {
    connection.Run(
        std::string("insert into report_filing (town, ") + kFilingColumns +
            ", cells, xlsx) values (" + Questions(12) + ")",
        {town,
         filing.id,
         filing.form,
         filing.at_millis,
         int64_t{filing.clear},
         filing.form_name,
         filing.period,
         filing.by,
         filing.why,
         filing.digest,
         filing.cells,
         ToBase64(xlsx)}
    );
}

std::vector<Filing> LoadFilings(store::Connection& connection, int64_t town, int64_t form) {
    std::vector<Filing> filings;
    connection.Query(
        std::string("select ") + kFilingColumns +
            " from report_filing where town = ? and form = ? order by id desc",
        {town, form},
        [&](const store::Statement& row) { filings.push_back(ReadFiling(row)); }
    );
    return filings;
}

Filing LoadFiling(store::Connection& connection, int64_t town, int64_t id) {
    std::optional<Filing> filing;
    connection.Query(
        std::string("select ") + kFilingColumns +
            ", cells from report_filing where town = ? and id = ?",
        {town, id},
        [&](const store::Statement& row) {
            constexpr int kCells = 9;
            filing = ReadFiling(row);
            filing->cells = row.Text(kCells);
        }
    );
    if (!filing) {
        throw NotFound(Thing::kFiling, std::to_string(id));
    }
    return std::move(*filing);
}

std::string LoadFilingBytes(store::Connection& connection, int64_t town, int64_t id) {
    const auto row =
        connection.First("select xlsx from report_filing where town = ? and id = ?", {town, id});
    if (row.empty()) {
        throw NotFound(Thing::kFiling, std::to_string(id));
    }
    return Bytes(std::get<std::string>(row.front()));
}

}  // namespace zw::report
