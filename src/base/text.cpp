#include "base/text.h"

#include <unicode/ucnv.h>

#include <algorithm>

namespace zw {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

// Reads one code point at `at` and moves on; kReplacement for one bad byte.
char32_t NextPoint(std::string_view text, size_t& at, bool& valid) {
    const auto lead = static_cast<unsigned char>(text[at]);
    int more = 0;
    char32_t point = lead;
    char32_t least = 0;
    if (lead >= 0xF0 && lead <= 0xF4) {
        more = 3;
        point = lead & 0x07U;
        least = 0x10000;
    } else if (lead >= 0xE0 && lead < 0xF0) {
        more = 2;
        point = lead & 0x0FU;
        least = 0x800;
    } else if (lead >= 0xC2 && lead < 0xE0) {
        more = 1;
        point = lead & 0x1FU;
        least = 0x80;
    } else if (lead >= 0x80) {
        ++at;
        valid = false;
        return kReplacement;
    }
    if (at + static_cast<size_t>(more) >= text.size()) {
        if (more > 0) {
            ++at;
            valid = false;
            return kReplacement;
        }
    }
    for (int i = 1; i <= more; ++i) {
        const auto byte = static_cast<unsigned char>(text[at + static_cast<size_t>(i)]);
        if ((byte & 0xC0U) != 0x80) {
            ++at;
            valid = false;
            return kReplacement;
        }
        point = (point << 6U) | (byte & 0x3FU);
    }
    if (point < least || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
        ++at;
        valid = false;
        return kReplacement;
    }
    at += static_cast<size_t>(more) + 1;
    return point;
}

bool IsSpace(char32_t point) {
    return point == ' ' || (point >= 0x09 && point <= 0x0D) || point == 0xA0 || point == 0x3000 ||
           (point >= 0x2000 && point <= 0x200B) || point == 0xFEFF;
}

std::string Convert(std::string_view text, bool drop_spaces, bool half_width) {
    std::string out;
    out.reserve(text.size());
    for (char32_t point : ToCodePoints(text)) {
        if (drop_spaces && IsSpace(point)) {
            continue;
        }
        if (half_width && point >= 0xFF01 && point <= 0xFF5E) {
            point -= 0xFEE0;
        }
        AppendUtf8(out, point);
    }
    return out;
}

std::optional<std::string> Transcode(const char* to, const char* from, std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    UConverter* source = ucnv_open(from, &status);
    UConverter* target = ucnv_open(to, &status);
    ucnv_setToUCallBack(source, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    std::string out(text.size() * 4 + 16, '\0');
    const char* in = text.data();
    char* end = out.data();
    std::vector<UChar> pivot(4096);
    UChar* pivot_source = pivot.data();
    UChar* pivot_target = pivot.data();
    ucnv_convertEx(
        target,
        source,
        &end,
        out.data() + out.size(),
        &in,
        text.data() + text.size(),
        pivot.data(),
        &pivot_source,
        &pivot_target,
        pivot.data() + pivot.size(),
        1,
        1,
        &status
    );
    ucnv_close(source);
    ucnv_close(target);
    if (U_FAILURE(status)) {
        return std::nullopt;
    }
    out.resize(static_cast<size_t>(end - out.data()));
    return out;
}

int ChineseDigit(char32_t point) {
    constexpr std::u32string_view kDigits = U"零一二三四五六七八九";
    if (point == U'〇') {
        return 0;
    }
    if (point == U'两') {
        return 2;
    }
    const size_t found = kDigits.find(point);
    return found == std::u32string_view::npos ? -1 : static_cast<int>(found);
}

int ChineseUnit(char32_t point) {
    return point == U'十' ? 10 : (point == U'百' ? 100 : (point == U'千' ? 1000 : 0));
}

}  // namespace

bool IsValidUtf8(std::string_view text) {
    bool valid = true;
    for (size_t at = 0; at < text.size() && valid;) {
        NextPoint(text, at, valid);
    }
    return valid;
}

std::u32string ToCodePoints(std::string_view text) {
    std::u32string out;
    out.reserve(text.size());
    bool valid = true;
    for (size_t at = 0; at < text.size();) {
        out.push_back(NextPoint(text, at, valid));
    }
    return out;
}

void AppendUtf8(std::string& out, char32_t point) {
    if (point < 0x80) {
        out.push_back(static_cast<char>(point));
    } else if (point < 0x800) {
        out.push_back(static_cast<char>(0xC0U | (point >> 6U)));
        out.push_back(static_cast<char>(0x80U | (point & 0x3FU)));
    } else if (point < 0x10000) {
        out.push_back(static_cast<char>(0xE0U | (point >> 12U)));
        out.push_back(static_cast<char>(0x80U | ((point >> 6U) & 0x3FU)));
        out.push_back(static_cast<char>(0x80U | (point & 0x3FU)));
    } else {
        out.push_back(static_cast<char>(0xF0U | (point >> 18U)));
        out.push_back(static_cast<char>(0x80U | ((point >> 12U) & 0x3FU)));
        out.push_back(static_cast<char>(0x80U | ((point >> 6U) & 0x3FU)));
        out.push_back(static_cast<char>(0x80U | (point & 0x3FU)));
    }
}

std::string ToUtf8(std::u32string_view text) {
    std::string out;
    for (const char32_t point : text) {
        AppendUtf8(out, point);
    }
    return out;
}

size_t Length(std::string_view text) {
    return ToCodePoints(text).size();
}

std::string Trim(std::string_view text) {
    const std::u32string points = ToCodePoints(text);
    size_t first = 0;
    size_t last = points.size();
    while (first < last && IsSpace(points[first])) {
        ++first;
    }
    while (last > first && IsSpace(points[last - 1])) {
        --last;
    }
    return ToUtf8(std::u32string_view(points).substr(first, last - first));
}

std::string RemoveSpaces(std::string_view text) {
    return Convert(text, true, false);
}

std::string ToHalfWidth(std::string_view text) {
    return Convert(text, false, true);
}

std::string Normalise(std::string_view text) {
    return Convert(text, true, true);
}

std::vector<std::string> Split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    size_t at = 0;
    while (true) {
        const size_t next = text.find(separator, at);
        parts.emplace_back(text.substr(at, next == std::string_view::npos ? next : next - at));
        if (next == std::string_view::npos) {
            return parts;
        }
        at = next + 1;
    }
}

std::string Join(const std::vector<std::string>& parts, std::string_view separator) {
    std::string out;
    for (const std::string& part : parts) {
        if (&part != &parts.front()) {
            out += separator;
        }
        out += part;
    }
    return out;
}

bool StartsWith(std::string_view text, std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix;
}

bool EndsWith(std::string_view text, std::string_view suffix) {
    return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

std::string ReplaceAll(std::string text, std::string_view from, std::string_view to) {
    for (size_t at = text.find(from); at != std::string::npos && !from.empty();
         at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

size_t EditDistance(std::string_view a, std::string_view b) {
    const std::u32string x = ToCodePoints(a);
    const std::u32string y = ToCodePoints(b);
    std::vector<size_t> row(y.size() + 1);
    for (size_t j = 0; j <= y.size(); ++j) {
        row[j] = j;
    }
    for (size_t i = 1; i <= x.size(); ++i) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= y.size(); ++j) {
            const size_t above = row[j];
            const size_t changed = diagonal + (x[i - 1] == y[j - 1] ? 0 : 1);
            row[j] = std::min({above + 1, row[j - 1] + 1, changed});
            diagonal = above;
        }
    }
    return row[y.size()];
}

std::optional<std::string> Nearest(
    std::string_view name, const std::vector<std::string>& candidates
) {
    std::optional<std::string> best;
    size_t least = std::max<size_t>(1, Length(name) / 3) + 1;
    for (const std::string& candidate : candidates) {
        const size_t distance = EditDistance(name, candidate);
        if (distance < least) {
            least = distance;
            best = candidate;
        }
    }
    return best;
}

std::optional<std::string> FromGb18030(std::string_view bytes) {
    return Transcode("UTF-8", "gb18030", bytes);
}

std::string ToGb18030(std::string_view text) {
    return Transcode("gb18030", "UTF-8", text).value_or("");
}

std::optional<int> ParseChineseNumber(std::string_view text) {
    int total = 0;
    int digit = -1;
    bool any = false;
    for (const char32_t point : ToCodePoints(text)) {
        if (const int unit = ChineseUnit(point); unit > 0) {
            total += (digit < 0 ? 1 : digit) * unit;
            digit = -1;
        } else if (const int value = ChineseDigit(point); value >= 0) {
            if (digit > 0) {
                return std::nullopt;  // 二三: not a number up to 9999 in words
            }
            digit = value;
        } else {
            return std::nullopt;
        }
        any = true;
    }
    if (!any || total > 9999) {
        return std::nullopt;
    }
    return total + std::max(digit, 0);
}

}  // namespace zw
