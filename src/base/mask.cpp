#include "base/mask.h"

#include "base/text.h"

namespace zw {

namespace {

constexpr std::u32string_view kMiddleDots = U"·•‧・･";

// The first `head` and last `tail` characters; when nothing would be hidden, all of it is.
std::string Between(std::string_view text, size_t head, size_t tail) {
    const std::u32string points = ToCodePoints(text);
    std::u32string masked = points;
    const bool short_text = points.size() <= head + tail;
    for (size_t i = short_text ? 0 : head; i < points.size() - (short_text ? 0 : tail); ++i) {
        masked[i] = U'*';
    }
    return ToUtf8(masked);
}

// Behind the village (村, 社区) and its group (组, 队, 社); 0 when neither is named.
size_t EndOfPlace(const std::u32string& points) {
    size_t end = 0;
    for (size_t i = 0; i < points.size(); ++i) {
        const char32_t next = i + 1 < points.size() ? points[i + 1] : U' ';
        if (points[i] == U'社' && next == U'区') {
            end = i + 2;
        } else if (points[i] == U'村' && next != U'委') {
            end = i + 1;
        } else if (end > 0 && std::u32string_view(U"组队社").find(points[i]) != std::u32string_view::npos) {
            return i + 1;
        }
    }
    return end;
}

}  // namespace

std::string MaskName(std::string_view name) {
    std::u32string points = ToCodePoints(Trim(name));
    const size_t dot = points.find_first_of(kMiddleDots);
    size_t from = 1;
    size_t to = points.size() > 2 ? points.size() - 1 : points.size();
    if (dot != std::u32string::npos && dot > 0) {
        from = dot + 1;
        to = points.size();
    }
    if (points.size() == 1) {
        from = 0;
    }
    for (size_t i = from; i < to; ++i) {
        points[i] = U'*';
    }
    return ToUtf8(points);
}

std::string MaskIdNumber(std::string_view id_number) {
    return Between(id_number, 3, 4);
}

std::string MaskPhone(std::string_view phone) {
    return Between(phone, 3, 4);
}

std::string MaskBankCard(std::string_view card) {
    const std::u32string points = ToCodePoints(card);
    constexpr size_t kShown = 4;
    if (points.empty()) {
        return {};
    }
    return "****" + (points.size() > kShown
                         ? ToUtf8(std::u32string_view(points).substr(points.size() - kShown))
                         : "");
}

std::string MaskAddress(std::string_view address) {
    const std::u32string points = ToCodePoints(address);
    const size_t kept = EndOfPlace(points);
    if (kept == 0) {
        return MaskAll(address);
    }
    const std::string shown = ToUtf8(std::u32string_view(points).substr(0, kept));
    return kept == points.size() ? shown : shown + "***";
}

std::string MaskBirthDate(std::string_view iso_date) {
    return std::string(iso_date.substr(0, 4));
}

std::string MaskAll(std::string_view text) {
    return text.empty() ? "" : "***";
}

}  // namespace zw
