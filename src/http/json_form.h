#pragma once
// JSON of forms (doc/api.md). Bindings and filled cells: report/forms_json.h.

#include <boost/json/fwd.hpp>

#include "http/language.h"
#include "report/forms.h"

namespace zw::http {

// {"id","name","version","bindings","at","by"}
boost::json::object ToJson(const report::FormInfo& form);
// {"name","hidden","rows","columns","widths","cut","cells":[{"cell","row","column","text",
// "row_span","column_span","formula"}]}
boost::json::object ToJson(const document::FormSheet& sheet);
// {"lacking","cells"}
boost::json::object ToJson(const report::FormFill& fill, Language language = Language::kChinese);
// {"id","form","name","period","at","by","why","digest","clear"}
boost::json::object ToJson(const report::Filing& filing);

}  // namespace zw::http
