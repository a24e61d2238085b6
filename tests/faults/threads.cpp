// Faults of threads, for LD_PRELOAD under a program that is built with ThreadSanitizer:
// tests/faults/threads.py.
//
// ZHENWU_THREADS names one:
//
//   race   every thread that steps through a statement counts it without a lock
//   order  two threads take two locks, each in its own order, one after the other
//   leak   a thread ends and nobody joins it
//   error  the database gives an error of reading for one statement

#include <dlfcn.h>
#include <pthread.h>

#include <atomic>
#include <cstdlib>
#include <mutex>
#include <string_view>
#include <thread>

struct sqlite3_stmt;

namespace {

constexpr int kIoError = 10;  // SQLITE_IOERR
// Long after the town was made and everybody signed in.
constexpr long kStepsBeforeError = 20'000;

const std::string_view kFault =
    std::getenv("ZHENWU_THREADS") == nullptr ? "" : std::getenv("ZHENWU_THREADS");
volatile long counted_without_a_lock = 0;
std::atomic<long> steps{0};

void TakeInBothOrders() {
    static std::mutex first;
    static std::mutex second;
    std::thread([] {
        const std::lock_guard one(first);
        const std::lock_guard other(second);
    }).join();
    std::thread([] {
        const std::lock_guard one(second);
        const std::lock_guard other(first);
    }).join();
}

void LeaveOneBehind() {
    pthread_t thread{};
    pthread_create(
        &thread, nullptr, [](void*) -> void* { return nullptr; }, nullptr
    );
}

}  // namespace

extern "C" int sqlite3_step(sqlite3_stmt* statement) {
    static const auto next =
        reinterpret_cast<int (*)(sqlite3_stmt*)>(dlsym(RTLD_NEXT, "sqlite3_step"));
    static std::once_flag once;
    std::call_once(once, [] {
        if (kFault == "order") {
            TakeInBothOrders();
        } else if (kFault == "leak") {
            LeaveOneBehind();
        }
    });
    if (kFault == "race") {
        counted_without_a_lock = counted_without_a_lock + 1;
    }
    if (kFault == "error" && ++steps == kStepsBeforeError) {
        return kIoError;
    }
    return next(statement);
}
