#include "base/environment.h"

#include <doctest/doctest.h>

#include <set>
#include <thread>
#include <vector>

using namespace zw;  // NOLINT(google-build-using-namespace)

TEST_CASE("the township's day begins at 16:00 UTC") {
    FixedClock clock(1703001599999);  // 2023-12-19T15:59:59.999Z
    CHECK(clock.Today() == Date{2023, 12, 19});
    clock.Set(1703001600000);
    CHECK(clock.Today() == Date{2023, 12, 20});
}

TEST_CASE("times as text, both ways") {
    CHECK(TimeToText(1703035800123) == "2023-12-20T09:30:00.123+08:00");  // date -d @1703035800
    CHECK(ParseTime("2023-12-20T09:30:00.123+08:00") == 1703035800123);
    CHECK(ParseTime("2023-12-20T09:30:00") == 1703035800999);
    CHECK(ParseTime("2023-12-20 09:30") == ParseTime("2023-12-20T09:30:59.999"));
    CHECK(ParseTime("2023-12-20") == ParseTime("2023-12-20T23:59:59.999+08:00"));
    CHECK(ParseTime(TimeToText(0)) == 0);
}

TEST_CASE("what is no time of the township") {
    for (const char* text :
         {"",
          "2023",
          "2023-02-30",
          "2023-12-20T",
          "2023-12-20T25:00:00",
          "2023-12-20T09:60",
          "2023-12-20T-1:30",
          "2023-12-20x09:30",
          "2023-12-20T09:30:00Z",
          "2023-12-20T09:30:00+09:00",
          "2023-12-20T09:30 approx",
          "2023-12-20T09:30:00.1234"}) {
        CAPTURE(text);
        CHECK_FALSE(ParseTime(text));
    }
}

TEST_CASE("ids grow, also when the clock stands still or is set back") {
    FixedClock clock(1703035800000);
    IdGenerator ids(clock, 5);
    int64_t last = 0;
    for (int i = 0; i < 10000; ++i) {
        if (i == 5000) {
            clock.Set(1703035700000);
        }
        const int64_t id = ids.Next();
        REQUIRE(id > last);
        const int64_t node = id >> 12 & 0x3FF;
        REQUIRE(node == 5);
        last = id;
    }
    clock.Set(1803035800000);
    const int64_t millis = ids.Next() >> 22;
    CHECK(millis == 1803035800000 - 1577836800000);
}

TEST_CASE("ids of many threads are all different") {
    const SystemClock clock;
    IdGenerator ids(clock);
    std::vector<std::vector<int64_t>> made(4);
    std::vector<std::thread> threads;
    for (auto& mine : made) {
        threads.emplace_back([&] {
            for (int i = 0; i < 2000; ++i) {
                mine.push_back(ids.Next());
            }
        });
    }
    std::set<int64_t> all;
    for (size_t i = 0; i < threads.size(); ++i) {
        threads[i].join();
        all.insert(made[i].begin(), made[i].end());
    }
    CHECK(all.size() == 8000);
}

TEST_CASE("random bytes") {
    SystemRandom random;
    CHECK(random.Bytes(0).empty());
    CHECK(random.Bytes(32).size() == 32);
    CHECK(random.Bytes(32) != random.Bytes(32));
}
