#pragma once
// Rows by how a reference to them reads: what a field that refers to them is filled from.

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace zw::ledger {

struct Named {
    int64_t id = 0;
    int64_t place = 0;
    std::string title;
};

struct Lookup {
    std::vector<Named> rows;
    bool more = false;  // there are others: a longer text narrows it
};

// Live rows within the actor's places whose title holds `text`, or the first letters of its pinyin
// do (all for an empty one), by place and title; of a long ledger the first kLookupScan rows and
// those whose own texts hold it. `place` not 0: rows of that place first.
constexpr int kLookupScan = 20'000;
Lookup FindByTitle(
    const Ledger& ledger,
    const access::Actor& actor,
    const definition::RecordType& type,
    const std::string& text,
    int64_t place,
    size_t limit
);

}  // namespace zw::ledger
