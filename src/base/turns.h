#pragma once
// How many threads work at once, where there are more threads than that because most of them wait
// for somebody else: who waits gives its turn up meanwhile. What a thread needs while it works
// (memory, a processor) is so bounded by the turns and not by the threads. Thread-safe.

#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

namespace zw {

class Turns {
public:
    // At least one.
    explicit Turns(int count);
    Turns(const Turns&) = delete;
    Turns& operator=(const Turns&) = delete;

    // Whether this thread has one.
    bool IsAtWork() const;

    // A turn of this thread, as long as it lives; waits for one. `turns` null: there is no limit.
    class Turn {
    public:
        explicit Turn(Turns* turns);
        ~Turn();
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;

    private:
        Turns* turns_;
    };

    // This thread waits for something: its turn, if it has one, is somebody else's meanwhile, and
    // is waited for again at the end.
    class Aside {
    public:
        explicit Aside(Turns* turns);
        ~Aside();
        Aside(const Aside&) = delete;
        Aside& operator=(const Aside&) = delete;

    private:
        Turns* turns_;  // null: it had none
    };

private:
    void Take();
    bool GiveUp();  // false: this thread has none

    mutable std::mutex mutex_;
    std::condition_variable free_;
    int left_;
    std::set<std::thread::id> at_work_;
};

}  // namespace zw
