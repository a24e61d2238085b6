#include "ledger/count_cache.h"

#include <doctest/doctest.h>

namespace zw::ledger {
namespace {

TEST_CASE("a number is kept until something is written") {
    CountCache cache;
    int counted = 0;
    const auto at = [&](int64_t seq, const std::string& key, int64_t rows) {
        return cache.At(seq, key, [&] {
            ++counted;
            return rows;
        });
    };
    CHECK(at(7, "a", 10) == 10);
    CHECK(at(7, "a", 99) == 10);
    CHECK(at(7, "b", 20) == 20);
    CHECK(counted == 2);
    CHECK(at(8, "a", 11) == 11);
    CHECK(at(8, "b", 21) == 21);
    CHECK(counted == 4);
    // A write to one ledger leaves the number of another as it is.
    CHECK(at(8, "b", 99) == 21);
    CHECK(counted == 4);
    // Whoever still reads the town as it stood before is counted for, and leaves nothing behind.
    CHECK(at(7, "a", 10) == 10);
    CHECK(at(8, "a", 99) == 11);
    CHECK(counted == 5);
}

TEST_CASE("what is kept does not grow without end") {
    CountCache cache;
    for (int64_t n = 0; n < 3000; ++n) {
        CHECK(cache.At(1, std::to_string(n), [n] { return n; }) == n);
    }
    CHECK(cache.At(1, "2999", [] { return int64_t{-1}; }) == 2999);
    CHECK(cache.At(1, "0", [] { return int64_t{-1}; }) == -1);
}

}  // namespace
}  // namespace zw::ledger
