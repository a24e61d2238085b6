#pragma once
// Tables of forms: report_form (one row a form; a form that was taken away leaves none) and
// report_filing. Files stand in base64: values of the store are text. Inside a transaction of the
// caller.

#include <optional>
#include <string>
#include <vector>

#include "report/forms.h"
#include "store/database.h"

namespace zw::report {

void CreateFormTables(store::Connection& connection);

std::vector<FormInfo> LoadForms(store::Connection& connection, int64_t town);  // by name
Form LoadForm(store::Connection& connection, int64_t town, int64_t id);        // throws not_found
std::optional<int64_t> FindFormId(
    store::Connection& connection, int64_t town, const std::string& name
);
void SaveForm(store::Connection& connection, int64_t town, const Form& form);  // new or changed
void DeleteForm(store::Connection& connection, int64_t town, int64_t id);

void InsertFiling(
    store::Connection& connection, int64_t town, const Filing& filing, const std::string& xlsx
);
std::vector<Filing> LoadFilings(store::Connection& connection, int64_t town, int64_t form);
Filing LoadFiling(store::Connection& connection, int64_t town, int64_t id);  // throws not_found
std::string LoadFilingBytes(store::Connection& connection, int64_t town, int64_t id);

}  // namespace zw::report
