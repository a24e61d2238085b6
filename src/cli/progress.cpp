#include "cli/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace zw::cli {

namespace {

constexpr int64_t kBarCells = 20;
constexpr int64_t kRedrawMillis = 100;
constexpr int64_t kKnowingMillis = 2'000;  // before that the speed is a guess

// 1234567 → 1,234,567.
std::string Grouped(int64_t number) {
    std::string text = std::to_string(number);
    for (int64_t at = static_cast<int64_t>(text.size()) - 3; at > 0; at -= 3) {
        text.insert(static_cast<size_t>(at), ",");
    }
    return text;
}

std::string Bar(int64_t done, int64_t total) {
    const int64_t full = kBarCells * done / total;
    std::string bar;
    for (int64_t i = 0; i < kBarCells; ++i) {
        bar += i < full ? "█" : "░";
    }
    return bar;
}

std::string TimeLeft(int64_t done, int64_t total, int64_t elapsed_millis) {
    if (elapsed_millis < kKnowingMillis || done == 0 || done >= total) {
        return "";
    }
    const double rest = static_cast<double>(elapsed_millis) * static_cast<double>(total - done) /
                        static_cast<double>(done);
    const auto seconds = static_cast<int64_t>(rest / 1000) + 1;
    return seconds < 60 ? fmt::format(" 约剩{}秒", seconds)
                        : fmt::format(" 约剩{}分{}秒", seconds / 60, seconds % 60);
}

}  // namespace

std::string ProgressLine(
    const std::string& stage, int64_t done, int64_t total, int64_t elapsed_millis
) {
    if (total <= 0) {
        return fmt::format("{} {}", stage, Grouped(done));
    }
    const int64_t shown = std::clamp<int64_t>(done, 0, total);
    return fmt::format(
        "{} {} {}% {}/{}{}",
        stage,
        Bar(shown, total),
        shown * 100 / total,
        Grouped(shown),
        Grouped(total),
        TimeLeft(shown, total, elapsed_millis)
    );
}

void Progress::Show(const std::string& stage, int64_t done, int64_t total) {
    if (!context_.err_terminal || context_.json) {
        return;
    }
    const int64_t now = context_.environment.clock.NowMillis();
    if (stage != stage_) {
        stage_ = stage;
        began_millis_ = now;
    }
    if (shown_ && now - last_millis_ < kRedrawMillis && done != total) {
        return;
    }
    last_millis_ = now;
    shown_ = true;
    context_.err << "\r\033[K" << ProgressLine(stage, done, total, now - began_millis_)
                 << std::flush;
}

Progress::~Progress() {
    if (shown_) {
        context_.err << "\r\033[K" << std::flush;
    }
}

}  // namespace zw::cli
