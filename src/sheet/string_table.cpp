#include "sheet/string_table.h"

#include <unistd.h>

#include <limits>

#include "base/problem.h"

namespace zw::sheet {

namespace {

constexpr size_t kInMemory = 4U << 20U;

[[noreturn]] void Fail(const char* what) {
    throw Problem("io_failed", {{"path", "shared strings"}, {"what", what}});
}

}  // namespace

void StringTable::Add(std::string_view text) {
    if (spilled_ + tail_.size() + text.size() > std::numeric_limits<uint32_t>::max()) {
        throw Problem("file_too_large", {{"what", "shared strings"}});
    }
    tail_.append(text);
    ends_.push_back(static_cast<uint32_t>(spilled_ + tail_.size()));
    if (tail_.size() > kInMemory) {
        Spill();
    }
}

void StringTable::Spill() {
    if (!file_) {
        file_.reset(std::tmpfile());
        if (!file_) {
            Fail("no temporary file");
        }
    }
    if (std::fwrite(tail_.data(), 1, tail_.size(), file_.get()) != tail_.size() ||
        std::fflush(file_.get()) != 0) {
        Fail("temporary file is full");
    }
    spilled_ += tail_.size();
    tail_.clear();
}

std::string StringTable::Get(size_t index) const {
    if (index >= ends_.size()) {
        return {};
    }
    const uint64_t begin = index == 0 ? 0 : ends_[index - 1];
    const uint64_t end = ends_[index];
    if (begin >= spilled_) {
        return tail_.substr(begin - spilled_, end - begin);
    }
    std::string text(end - begin, '\0');  // a string is never split: Spill() takes whole ones
    if (pread(fileno(file_.get()), text.data(), text.size(), static_cast<off_t>(begin)) !=
        static_cast<ssize_t>(text.size())) {
        Fail("临时文件读不出来");
    }
    return text;
}

}  // namespace zw::sheet
