#pragma once
// The town's settings (names, slogans, targets), kept as rows of the record type that plays
// `setting`; targets become rows of the one that plays `target`, and rules take their value from
// the settings that name them (RuleValues).

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.h"
#include "ledger/rules.h"
#include "ledger/schema.h"

namespace zw::ledger {

class Settings {
public:
    // Empty when no record type plays `setting`. As they stand, or stood at a log number.
    static Settings Load(
        store::Connection& connection,
        int64_t town,
        const definition::Model& model,
        const Schema& schema,
        std::optional<int64_t> as_of_seq = std::nullopt
    );

    // The text as it was given; absent when not set.
    std::optional<std::string> Get(std::string_view key) const;
    const std::map<std::string, std::string, std::less<>>& values() const { return values_; }
    // Throws "bad_setting" when the text of a rule's setting is no value of the rule's type.
    RuleValues Rules(const definition::Model& model) const;

private:
    std::map<std::string, std::string, std::less<>> values_;
};

// Writes settings (key → text; an empty text takes the setting away) and the targets they stand
// for. Keys the definitions do not know are refused all together: "unknown_setting". One batch.
// Nothing is written where nothing changes (then seq is 0).
WriteResult ApplySettings(
    Ledger& ledger,
    const access::Actor& actor,
    const std::map<std::string, std::string>& values,
    const std::string& why = {}
);

}  // namespace zw::ledger
