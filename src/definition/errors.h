#pragma once
// Collects what is wrong in the definitions while reading goes on.

#include <string>
#include <string_view>
#include <vector>

#include "definition/loader.h"

namespace zw::definition {

// Not thread-safe; one load has one.
class Errors {
public:
    void Add(const Origin& origin, std::string_view code, std::string message);
    // "；是不是“unit”？" with the candidate nearest to `name`, else "；可用的有：…" when there are
    // few, else empty.
    static std::string WouldBe(std::string_view name, const std::vector<std::string>& candidates);

    size_t size() const { return found_.size(); }
    // Sorted by file, line, column; the same error at the same place once.
    std::vector<DefinitionError> Take();

private:
    std::vector<DefinitionError> found_;
};

}  // namespace zw::definition
