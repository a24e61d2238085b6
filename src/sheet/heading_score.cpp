#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "sheet/heading_rows.h"
#include "sheet/words.h"

namespace zw::sheet {

namespace {

constexpr int kRowsJudged = 20;

}  // namespace

double Score(
    const Heading& heading, const std::map<int, Look>& looks, const Vocabulary& vocabulary
) {
    std::set<int> named;
    std::set<std::string> names;
    double bonus = 0;
    for (const Column& column : heading.columns) {
        named.insert(column.index);
        names.insert(column.name);
        bonus += IsOneOf(Normalise(column.path.back()), vocabulary.serial_words) ? 1 : 0;
    }
    if (names.size() < 2) {
        return 0;
    }
    std::set<int> used;
    int judged = 0;
    int before = heading.last;
    for (auto at = looks.upper_bound(heading.last); at != looks.end() && judged < kRowsJudged;
         ++at, ++judged) {
        if (judged > 0 && at->first > before + 1) {
            break;  // behind a blank row another table may stand
        }
        before = at->first;
        if (at->second.texts.size() > 1) {
            for (const auto& [column, text] : at->second.texts) {
                used.insert(column);
            }
        }
    }
    const auto both = std::count_if(used.begin(), used.end(), [&](int column) {
        return named.count(column) > 0;
    });
    const double coverage =
        used.empty() ? 1.0 : static_cast<double>(both) / static_cast<double>(used.size());
    return (static_cast<double>(names.size()) + std::min(bonus, 2.0)) * coverage;
}

}  // namespace zw::sheet
