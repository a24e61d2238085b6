#include "cli/table.h"

#include <algorithm>

#include "base/text.h"

namespace zw::cli {

namespace {

bool IsWide(char32_t point) {
    return (point >= 0x1100 && point <= 0x115F) || (point >= 0x2E80 && point <= 0xA4CF) ||
           (point >= 0xAC00 && point <= 0xD7A3) || (point >= 0xF900 && point <= 0xFAFF) ||
           (point >= 0xFE30 && point <= 0xFE6F) || (point >= 0xFF00 && point <= 0xFF60) ||
           point >= 0x20000;
}

// "-12.5", "3.4%", "—": what stands in a column of figures.
bool IsFigure(const std::string& cell) {
    return cell == "—" || (cell.find_first_of("0123456789") != std::string::npos &&
                           cell.find_first_not_of("+-.,%0123456789") == std::string::npos);
}

std::string Pad(const std::string& cell, size_t width, bool to_the_right) {
    const std::string space(width - DisplayWidth(cell), ' ');
    return to_the_right ? space + cell : cell + space;
}

}  // namespace

size_t DisplayWidth(const std::string& text) {
    size_t width = 0;
    for (const char32_t point : ToCodePoints(text)) {
        width += IsWide(point) ? 2 : 1;
    }
    return width;
}

std::string TextTable(
    const std::vector<std::string>& heading, const std::vector<std::vector<std::string>>& rows
) {
    std::vector<std::vector<std::string>> lines;
    if (!heading.empty()) {
        lines.push_back(heading);
    }
    lines.insert(lines.end(), rows.begin(), rows.end());
    std::vector<size_t> widths;
    std::vector<bool> figures;
    for (const auto& row : rows) {
        figures.resize(std::max(figures.size(), row.size()), true);
        for (size_t i = 0; i < row.size(); ++i) {
            figures[i] = figures[i] && (row[i].empty() || IsFigure(row[i]));
        }
    }
    for (const auto& line : lines) {
        widths.resize(std::max(widths.size(), line.size()));
        for (size_t i = 0; i < line.size(); ++i) {
            widths[i] = std::max(widths[i], DisplayWidth(line[i]));
        }
    }
    std::string out;
    for (const auto& line : lines) {
        std::string text;
        for (size_t i = 0; i < line.size(); ++i) {
            const bool to_the_right = i < figures.size() && figures[i];
            text += Pad(line[i], widths[i], to_the_right) + "  ";
        }
        text.erase(text.find_last_not_of(' ') + 1);
        out += text + "\n";
    }
    return out;
}

}  // namespace zw::cli
