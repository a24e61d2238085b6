#pragma once
// Which place a text names, as offices write villages: with or without 村民委员会, after the town's
// name, before a villagers' group. The endings stand in rules/vocabulary.toml.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "access/place.h"
#include "definition/model.h"

namespace zw::ledger {

class PlaceReader {
public:
    // Both must outlive the reader.
    PlaceReader(const definition::Model& model, const access::PlaceTree& places);

    // By code, name or alias; else by what is left without town, group and ending. The town's own
    // name, 全镇 and 镇政府 mean 镇本级. Absent when unknown or ambiguous.
    std::optional<int64_t> Of(const std::string& text) const;
    // The village whose rows follow, of a line over them: "一、上河村（3户）:". Absent when the
    // line says anything else.
    std::optional<int64_t> OfSection(const std::string& text) const;
    // Those that the text may mean, several when it is ambiguous.
    std::vector<const access::Place*> Candidates(const std::string& text) const;
    // The one village that a longer text (a title, the name of a sheet or file) names; absent:
    // none, or several. The town's name in it says nothing.
    std::optional<int64_t> In(const std::string& text) const;

private:
    struct Names {
        const access::Place* place;
        std::vector<std::string> whole;  // normalised
        std::vector<std::string> cores;  // without ending
    };
    std::string WithoutTown(const std::string& text) const;
    std::string WithoutGroup(const std::string& text) const;
    std::string Core(const std::string& text) const;
    bool IsTownItself(const std::string& text) const;
    bool IsWholeTown(const std::string& text) const;

    const access::PlaceTree& places_;
    std::vector<std::string> endings_;
    std::vector<std::string> groups_;
    std::vector<std::string> whole_;
    std::vector<std::string> town_endings_;
    std::string town_;
    std::vector<Names> villages_;
};

}  // namespace zw::ledger
