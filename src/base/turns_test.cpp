#include "base/turns.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <latch>
#include <thread>
#include <vector>

using namespace zw;  // NOLINT(google-build-using-namespace)

TEST_CASE("never more work at once than there are turns") {
    constexpr int kTurns = 3;
    Turns turns(kTurns);
    std::atomic<int> now{0};
    std::atomic<int> most{0};
    std::vector<std::future<void>> threads(16);
    for (auto& thread : threads) {
        thread = std::async(std::launch::async, [&] {
            for (int n = 0; n < 200; ++n) {
                const Turns::Turn turn(&turns);
                const int at_work = ++now;
                int seen = most;
                while (seen < at_work && !most.compare_exchange_weak(seen, at_work)) {
                }
                std::this_thread::yield();
                --now;
            }
        });
    }
    for (auto& thread : threads) {
        thread.get();
    }
    CHECK(most >= 1);
    CHECK(most <= kTurns);
}

TEST_CASE("who waits lets others work, and works on when there is a turn again") {
    Turns turns(1);
    std::latch other_done(1);
    std::latch aside(1);
    bool worked_on = false;
    auto waiting = std::async(std::launch::async, [&] {
        const Turns::Turn turn(&turns);
        {
            const Turns::Aside away(&turns);
            aside.count_down();
            other_done.wait();
        }
        worked_on = true;
    });
    aside.wait();
    {
        // There is but one turn: this would stand still if the other had not given it up.
        const Turns::Turn turn(&turns);
        other_done.count_down();
        CHECK_FALSE(worked_on);
    }
    waiting.get();
    CHECK(worked_on);
}

TEST_CASE("who has no turn has none to give up") {
    Turns turns(1);
    const Turns::Turn turn(&turns);
    std::async(std::launch::async, [&] { const Turns::Aside away(&turns); }).get();
    std::atomic<bool> second{false};
    auto other = std::async(std::launch::async, [&] {
        const Turns::Turn its(&turns);
        second = true;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    CHECK_FALSE(second);
    {
        const Turns::Aside away(&turns);
        other.get();
    }
    CHECK(second);
    // No limit at all.
    const Turns::Turn none(nullptr);
    const Turns::Aside nobody(nullptr);
}
