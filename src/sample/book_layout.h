#pragma once
// How one office lays out one ledger: columns, headings, tiers; chosen by seed.

#include <set>
#include <string>
#include <vector>

#include "sample/plan.h"
#include "sample/stream.h"

namespace zw::sample {

struct BookColumn {
    std::string id;  // field id, "place"; empty: the serial number
    const definition::Field* field = nullptr;
    std::string top;  // upper tier, empty: one tier
    std::string heading;
    bool adds = false;  // gets a total
};

// `without`: fields said by the sheet or its title, or never set.
std::vector<BookColumn> LayOutColumns(
    const definition::Model& model,
    const BookPlan& book,
    const std::set<std::string>& without,
    const StreamKey& key
);

// One of a list.
template <typename T>
const T& Draw(const std::vector<T>& list, const StreamKey& key) {
    return list[static_cast<size_t>(Stream(key).Below(static_cast<int64_t>(list.size())))];
}

}  // namespace zw::sample
