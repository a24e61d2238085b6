#include "document/xlsx_cell.h"

#include <algorithm>

namespace zw::document {

namespace {

constexpr int kLetters = 26;
constexpr int kTen = 10;

}  // namespace

std::optional<CellRef> ParseCell(std::string_view text) {
    CellRef cell{0, 0};
    size_t at = 0;
    const auto skip_dollar = [&] { at += at < text.size() && text[at] == '$' ? 1 : 0; };
    skip_dollar();
    for (; at < text.size(); ++at) {
        const char upper =
            text[at] >= 'a' && text[at] <= 'z' ? static_cast<char>(text[at] - 'a' + 'A') : text[at];
        if (upper < 'A' || upper > 'Z') {
            break;
        }
        cell.column = cell.column * kLetters + (upper - 'A' + 1);
        if (cell.column > kMaxColumns) {
            return std::nullopt;
        }
    }
    skip_dollar();
    const size_t digits = at;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
        cell.row = cell.row * kTen + (text[at] - '0');
        if (cell.row > kMaxRows) {
            return std::nullopt;
        }
    }
    if (at != text.size() || at == digits || text[digits] == '0' || cell.column == 0) {
        return std::nullopt;
    }
    return cell;
}

std::optional<CellRange> ParseRange(std::string_view text) {
    const size_t colon = text.find(':');
    const auto first = ParseCell(text.substr(0, colon));
    const auto last = colon == std::string_view::npos ? first : ParseCell(text.substr(colon + 1));
    if (!first || !last || last->row < first->row || last->column < first->column) {
        return std::nullopt;
    }
    return CellRange{*first, *last};
}

std::string CellName(const CellRef& cell) {
    std::string letters;
    for (int left = cell.column; left > 0; left = (left - 1) / kLetters) {
        letters += static_cast<char>('A' + (left - 1) % kLetters);
    }
    std::reverse(letters.begin(), letters.end());
    return letters + std::to_string(cell.row);
}

}  // namespace zw::document
