#pragma once
// How far long work is, for whoever waits at a terminal.

#include <cstdint>
#include <string>

#include "cli/context.h"

namespace zw::cli {

// "写入 ██████░░░░░░░░░░░░░░ 30% 30,000/100,000 约剩14秒". Without a total ("已读 30,000") there is
// no bar; what is left is told once two seconds have shown how fast it goes.
std::string ProgressLine(
    const std::string& stage, int64_t done, int64_t total, int64_t elapsed_millis
);

// One line on a terminal's stderr, redrawn at most ten times a second and wiped at the end; nothing
// elsewhere.
class Progress {
public:
    explicit Progress(const Context& context) : context_(context) {}
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    // `total` 0: not known. Another stage begins a new reckoning of what is left.
    void Show(const std::string& stage, int64_t done, int64_t total);

private:
    const Context& context_;
    std::string stage_;
    int64_t began_millis_ = 0;
    int64_t last_millis_ = 0;
    bool shown_ = false;
};

}  // namespace zw::cli
