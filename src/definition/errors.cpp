#include "definition/errors.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/text.h"

namespace zw::definition {

namespace {

constexpr size_t kListedCandidates = 32;

// Two neighbours written the wrong way round (uint for unit): one slip, though two edits.
bool IsSwapped(const std::u32string& a, const std::u32string& b) {
    if (a.size() != b.size()) {
        return false;
    }
    const auto differs = std::mismatch(a.begin(), a.end(), b.begin());
    if (differs.first == a.end() || differs.first + 1 == a.end()) {
        return false;
    }
    std::u32string swapped = a;
    const auto at = differs.first - a.begin();
    std::swap(swapped[static_cast<size_t>(at)], swapped[static_cast<size_t>(at) + 1]);
    return swapped == b;
}

std::optional<std::string> NearestSlip(
    std::string_view name, const std::vector<std::string>& candidates
) {
    const std::u32string written = ToCodePoints(name);
    for (const std::string& candidate : candidates) {
        if (IsSwapped(written, ToCodePoints(candidate))) {
            return candidate;
        }
    }
    const auto nearest = Nearest(name, candidates);
    // All of it another: no likeness.
    return nearest && EditDistance(name, *nearest) < written.size() ? nearest : std::nullopt;
}

auto Order(const DefinitionError& error) {
    return std::tie(
        error.origin.file,
        error.origin.line,
        error.origin.column,
        error.origin.layer,
        error.code,
        error.message
    );
}

}  // namespace

std::string DefinitionError::Text() const {
    std::string path = origin.layer == "builtin" || origin.layer.empty()
                           ? origin.file
                           : origin.layer + "/" + origin.file;
    return path + ":" + std::to_string(origin.line) + ":" + std::to_string(origin.column) + ": " +
           message;
}

void Errors::Add(const Origin& origin, std::string_view code, std::string message) {
    found_.push_back({origin, std::string(code), std::move(message)});
}

std::string Errors::WouldBe(std::string_view name, const std::vector<std::string>& candidates) {
    if (const auto nearest = NearestSlip(name, candidates)) {
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
    std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
        return Order(a) < Order(b);
    });
    const auto same = [](const auto& a, const auto& b) { return Order(a) == Order(b); };
    sorted.erase(std::unique(sorted.begin(), sorted.end(), same), sorted.end());
    return sorted;
}

}  // namespace zw::definition
