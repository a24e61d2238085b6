#include "definition/errors.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/text.h"

namespace zw::definition {

namespace {

constexpr size_t kListedCandidates = 12;

auto Order(const DefinitionError& error) {
    return std::tie(
        error.origin.file, error.origin.line, error.origin.column, error.origin.layer, error.code, error.message
    );
}

}  // namespace

std::string DefinitionError::Text() const {
    std::string path = origin.layer == "builtin" || origin.layer.empty() ? origin.file : origin.layer + "/" + origin.file;
    return path + ":" + std::to_string(origin.line) + ":" + std::to_string(origin.column) + ": " + message;
}

void Errors::Add(const Origin& origin, std::string_view code, std::string message) {
    found_.push_back({origin, std::string(code), std::move(message)});
}

std::string Errors::WouldBe(std::string_view name, const std::vector<std::string>& candidates) {
    if (const auto nearest = Nearest(name, candidates)) {
        return "；是不是“" + *nearest + "”？";
    }
    if (candidates.empty() || candidates.size() > kListedCandidates) {
        return "";
    }
    return "；可用的有：" + Join(candidates, "、");
}

std::vector<DefinitionError> Errors::Take() {
    std::vector<DefinitionError> sorted = std::move(found_);
    found_.clear();
    std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return Order(a) < Order(b); });
    const auto same = [](const auto& a, const auto& b) { return Order(a) == Order(b); };
    sorted.erase(std::unique(sorted.begin(), sorted.end(), same), sorted.end());
    return sorted;
}

}  // namespace zw::definition
