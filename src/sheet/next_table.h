#pragma once
// Where one table of a sheet ends and the next begins: what the lines between them are.

#include <optional>
#include <string>
#include <vector>

#include "sheet/heading.h"
#include "sheet/table.h"

namespace zw::sheet {

// A line between two tables: blank, or what stands in its cells.
struct Line {
    std::vector<std::string> cells;  // normalised
};

// How many of the last of `lines` are the title of a heading that stands under them; blank ones
// between count. `under_data`: the first of them stands right under a row of data, so that it may
// be a name without figures. `titles`: of the table above.
size_t TitleLines(
    const std::vector<Line>& lines,
    bool under_data,
    const std::vector<std::string>& titles,
    const Vocabulary& vocabulary
);

// Whether `lines` over a heading that the table above has too make another table of it (another
// village, another year), or only another page of the same one.
bool NamesAnother(
    const std::vector<Line>& lines,
    const std::vector<std::string>& titles,
    const Vocabulary& vocabulary
);

// `heading` where it stands again, from row `first` of `rows`; absent when they do not repeat all
// of it.
std::optional<Heading> Repeated(
    const Heading& heading,
    const std::vector<RowData>& rows,
    int first,
    const Vocabulary& vocabulary
);

}  // namespace zw::sheet
