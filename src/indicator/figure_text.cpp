#include "indicator/figure_text.h"

#include <fmt/format.h>

namespace zw::indicator {

std::string ValueText(const Decimal& value) {
    std::string text = ToShortText(value);
    const size_t point = text.find('.');
    if (point != std::string::npos && point + 2 == text.size()) {
        text += '0';
    }
    return text;
}

std::string StateName(State state) {
    switch (state) {
        case State::kFilled:
            return "filled";
        case State::kPartial:
            return "partial";
        case State::kMissing:
            return "missing";
        case State::kNoBase:
            return "no_base";
        case State::kForecast:
            return "forecast";
        case State::kAdopted:
            return "adopted";
    }
    return "missing";
}

std::string StateText(const Figure& figure) {
    if (figure.state == State::kPartial) {
        return fmt::format("partial {}/{}", figure.returned, figure.owed);
    }
    return StateName(figure.state);
}

std::string StateWord(const Figure& figure) {
    switch (figure.state) {
        case State::kPartial:
            return "缺报（" + std::to_string(figure.returned) + "/" + std::to_string(figure.owed) +
                   "）";
        case State::kMissing:
            return "无数据";
        case State::kNoBase:
            return "无基数";
        case State::kForecast:
            return "预计数";
        case State::kAdopted:
            return "采用数";
        case State::kFilled:
            break;
    }
    return "";
}

}  // namespace zw::indicator
