#pragma once
// JSON of editions (README, "Words of the program": report --json; doc/api.md: the page's
// paragraphs).

#include <boost/json/fwd.hpp>

#include "http/language.h"
#include "report/reports.h"

namespace zw::http {

boost::json::object ToJson(const report::EditionInfo& edition);
boost::json::object ToJson(const report::EditionParagraph& paragraph);
boost::json::object ToJson(const report::ResolvedSlot& slot);
// {"edition", …,
// "slots":[{"id","text","indicator","place","period","value","unit","state","basis","records"…}],
// "findings"}; with `paragraphs` also the text as pieces, those of slots under their ids.
boost::json::object ToJson(
    const report::Rendered& rendered, bool paragraphs, Language language = Language::kChinese
);
boost::json::object ToJson(
    const report::Verification& verification, Language language = Language::kChinese
);
boost::json::object ToJson(
    const report::Comparison& comparison, Language language = Language::kChinese
);

}  // namespace zw::http
