#pragma once
// JSON of the importer's answers (README, "Words of the program": import --json).

#include <boost/json/fwd.hpp>

#include "http/language.h"
#include "ledger/batch.h"
#include "ledger/import.h"

namespace zw::http {

// {"batch","files":[{"file","sheets":[{"sheet","record","rows":{…},"findings":[…]}]}]}; with
// `proposals` also what each sheet was taken for, its mapping as TOML and the questions.
boost::json::object ToJson(
    const ledger::ImportResult& result, bool proposals, Language language = Language::kChinese
);
boost::json::object ToJson(
    const ledger::SheetProposal& proposal, Language language = Language::kChinese
);
boost::json::object ToJson(const ledger::BatchInfo& batch);

}  // namespace zw::http
