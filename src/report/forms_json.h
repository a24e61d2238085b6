#pragma once
// Bindings and what became of them as JSON: as they are kept and as the page reads them.

#include <boost/json/fwd.hpp>
#include <string>
#include <vector>

#include "report/forms.h"

namespace zw::report {

// {"sheet","cell","kind","what"[,"fields","filter","room"]}
boost::json::object ToJson(const FormBinding& binding);
// The binding with "value","unit","state","why","note","label","indicator","place","period",
// "ledgers","rows".
boost::json::object ToJson(const FilledCell& cell);
boost::json::array ToJson(const std::vector<FormBinding>& bindings);
boost::json::array ToJson(const std::vector<FilledCell>& cells);
// Throws bad_request saying what is missing or of another kind.
std::vector<FormBinding> BindingsOf(const boost::json::value& value);

}  // namespace zw::report
