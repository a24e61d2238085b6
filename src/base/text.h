#pragma once
// UTF-8 text as offices write it: full-width digits, ideographic spaces, old encodings.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zw {

bool IsValidUtf8(std::string_view text);
// Code points; bytes that are no UTF-8 become U+FFFD.
std::u32string ToCodePoints(std::string_view text);
std::string ToUtf8(std::u32string_view text);
void AppendUtf8(std::string& out, char32_t point);
// Number of code points.
size_t Length(std::string_view text);

// Spaces are: ASCII white space, U+00A0, U+3000, U+2000 to U+200B, U+FEFF.
std::string Trim(std::string_view text);
std::string RemoveSpaces(std::string_view text);
// Full-width ASCII (U+FF01 to U+FF5E) to ASCII; nothing else changes.
std::string ToHalfWidth(std::string_view text);
// Half width, no spaces at all: how names of people, places, headings and choices are compared.
std::string Normalise(std::string_view text);

std::vector<std::string> Split(std::string_view text, char separator);
std::string Join(const std::vector<std::string>& parts, std::string_view separator);
bool StartsWith(std::string_view text, std::string_view prefix);
bool EndsWith(std::string_view text, std::string_view suffix);
std::string ReplaceAll(std::string text, std::string_view from, std::string_view to);

// Smallest number of single code point edits.
size_t EditDistance(std::string_view a, std::string_view b);
// The candidate nearest to `name`, absent when none is near enough (more than a third of its length
// away).
std::optional<std::string> Nearest(
    std::string_view name, const std::vector<std::string>& candidates
);

// GB18030 to UTF-8; absent when a byte sequence is not valid GB18030.
std::optional<std::string> FromGb18030(std::string_view bytes);
std::string ToGb18030(std::string_view text);

// 十二 → 12, 〇 and 零 → 0, 二十 → 20; absent when it is no Chinese numeral up to 9999.
std::optional<int> ParseChineseNumber(std::string_view text);

}  // namespace zw
