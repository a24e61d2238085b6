#pragma once
// What people type or paste into cells, as values: numbers with their unit, dates as an office
// writes them, choices by any of their spellings, references by id or by how they read.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.h"

namespace zw::ledger {

struct Typed {
    // Field → text; absent: to be emptied.
    std::map<std::string, std::optional<std::string>> values;
    // Field → day, month, year; of dates that are given as a whole day.
    std::map<std::string, DatePrecision> precision;
    int64_t place = 0;  // what references are looked for in first; 0: anywhere
};

struct Written {
    Values values;
    std::map<std::string, DatePrecision> precision;
    std::vector<Finding> findings;  // of fields that are in no `values`
};

// One thread; sees the ledger as it stood when it was made.
class WrittenReader {
public:
    // `ledger` and `actor` must outlive it.
    WrittenReader(Ledger& ledger, const access::Actor& actor);
    ~WrittenReader();

    // Throws "not_found" for a field that the type has not, "bad_request" for a computed one.
    Written Read(const definition::RecordType& type, const Typed& typed);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace zw::ledger
