#include "base/turns.h"

#include <algorithm>

namespace zw {

Turns::Turns(int count) : left_(std::max(1, count)) {}

void Turns::Take() {
    std::unique_lock lock(mutex_);
    free_.wait(lock, [this] { return left_ > 0; });
    --left_;
    at_work_.insert(std::this_thread::get_id());
}

bool Turns::IsAtWork() const {
    const std::lock_guard lock(mutex_);
    return at_work_.contains(std::this_thread::get_id());
}

bool Turns::GiveUp() {
    {
        const std::lock_guard lock(mutex_);
        if (at_work_.erase(std::this_thread::get_id()) == 0) {
            return false;
        }
        ++left_;
    }
    free_.notify_one();
    return true;
}

Turns::Turn::Turn(Turns* turns) : turns_(turns) {
    if (turns_ != nullptr) {
        turns_->Take();
    }
}

Turns::Turn::~Turn() {
    if (turns_ != nullptr) {
        turns_->GiveUp();
    }
}

Turns::Aside::Aside(Turns* turns) : turns_(turns != nullptr && turns->GiveUp() ? turns : nullptr) {}

Turns::Aside::~Aside() {
    if (turns_ != nullptr) {
        turns_->Take();
    }
}

}  // namespace zw
