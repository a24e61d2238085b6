#include "sheet/side_by_side.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace zw::sheet {

namespace {

constexpr size_t kMostSides = 6;
constexpr size_t kFewestColumns = 2;

using Columns = std::vector<Column>;

bool HoldsText(const RowData& row, int column) {
    const auto index = static_cast<size_t>(column - 1);
    return index < row.cells.size() && !Normalise(row.cells[index].text).empty();
}

bool IsGap(const std::vector<RowData>& rows, const Heading& heading, int column) {
    return std::none_of(rows.begin(), rows.end(), [&](const RowData& row) {
        return row.number >= heading.first && HoldsText(row, column);
    });
}

// Runs of columns between those that hold nothing at all.
std::vector<Columns> Runs(const Heading& heading, const std::vector<RowData>& rows) {
    std::vector<Columns> runs;
    int before = 0;
    for (const Column& column : heading.columns) {
        if (IsGap(rows, heading, column.index)) {
            continue;  // only a group's name reaches over it
        }
        bool gap = runs.empty();
        for (int between = before + 1; between < column.index; ++between) {
            gap = gap || IsGap(rows, heading, between);
        }
        if (gap) {
            runs.emplace_back();
        }
        runs.back().push_back(column);
        before = column.index;
    }
    return runs;
}

bool SameNames(const Columns& a, const Columns& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Column& x, const Column& y) {
        return x.name == y.name && x.unit == y.unit;
    });
}

bool AllAlike(const std::vector<Columns>& runs) {
    return runs.size() > 1 && runs.size() <= kMostSides &&
           std::all_of(runs.begin(), runs.end(), [&](const Columns& run) {
               return run.size() >= kFewestColumns && SameNames(run, runs.front());
           });
}

// Tables of different things whose rows are named alike: A B C, then A D E.
bool AllKeyed(const std::vector<Columns>& runs) {
    return runs.size() > 1 && runs.size() <= kMostSides &&
           std::all_of(runs.begin(), runs.end(), [&](const Columns& run) {
               return run.size() >= kFewestColumns && run.front().name == runs.front().front().name;
           });
}

// Without a column between them: A B A B.
std::vector<Columns> Periodic(const Columns& columns) {
    for (size_t size = kFewestColumns; size * 2 <= columns.size(); ++size) {
        if (columns.size() % size != 0) {
            continue;
        }
        std::vector<Columns> runs;
        std::set<std::string> names;
        for (size_t i = 0; i < columns.size(); i += size) {
            runs.emplace_back(
                columns.begin() + static_cast<std::ptrdiff_t>(i),
                columns.begin() + static_cast<std::ptrdiff_t>(i + size)
            );
        }
        for (const Column& column : runs.front()) {
            names.insert(column.name);
        }
        if (names.size() == size && AllAlike(runs)) {
            return runs;
        }
    }
    return {};
}

// A name over each of them, 柳湾村 and 石咀村, is its title: the first tier goes.
bool TakeTitles(std::vector<Columns>& runs) {
    std::set<std::string> titles;
    for (Columns& run : runs) {
        for (Column& column : run) {
            if (column.path.size() < 2 || column.path.front() != run.front().path.front()) {
                return false;
            }
        }
        titles.insert(run.front().path.front());
    }
    if (titles.size() != runs.size()) {
        return false;
    }
    for (Columns& run : runs) {
        for (Column& column : run) {
            column.path.erase(column.path.begin());
            column.name = Join(column.path, "/");
        }
    }
    return true;
}

Side SideOf(
    const Columns& run, const Heading& heading, const std::vector<RowData>& rows, bool titled
) {
    Side side;
    side.first_column = run.front().index;
    side.last_column = run.back().index;
    side.first_row = rows.front().number;
    side.heading.columns = run;
    side.heading.first = heading.first + (titled ? 1 : 0);
    side.heading.last = heading.last;
    side.heading.repeats = heading.repeats;
    for (size_t i = titled ? 1 : 0; i < heading.tiers.size(); ++i) {
        side.heading.tiers.emplace_back();
        for (const auto& [column, text] : heading.tiers[i]) {
            if (column >= side.first_column && column <= side.last_column) {
                side.heading.tiers.back().emplace_back(column, text);
            }
        }
    }
    return side;
}

}  // namespace

std::vector<Side> SideBySide(const Heading& heading, const std::vector<RowData>& rows) {
    std::vector<Columns> runs = Runs(heading, rows);
    bool titled = false;
    if (!AllAlike(runs) && !AllKeyed(runs)) {
        std::vector<Columns> bare = runs;
        titled = TakeTitles(bare) && AllAlike(bare) && heading.last > heading.first;
        runs = titled ? bare : Periodic(heading.columns);
    }
    std::vector<Side> sides;
    sides.reserve(runs.size());
    for (const Columns& run : runs) {
        sides.push_back(SideOf(run, heading, rows, titled));
    }
    return sides;
}

RowData OfSide(const RowData& row, const Side& side) {
    const auto inside = [&](size_t i) {
        const auto column = static_cast<int>(i) + 1;
        return column >= side.first_column && column <= side.last_column;
    };
    const auto holds = [&](bool in) {
        for (size_t i = 0; i < row.cells.size(); ++i) {
            if (inside(i) == in && HoldsText(row, static_cast<int>(i) + 1)) {
                return true;
            }
        }
        return false;
    };
    RowData out = row;
    if (row.number < side.heading.first && !(holds(true) && holds(false))) {
        return out;
    }
    for (size_t i = 0; i < out.cells.size(); ++i) {
        if (!inside(i)) {
            out.cells[i] = Cell{};
        }
    }
    return out;
}

std::vector<Merge> OfSide(const std::vector<Merge>& merges, const Side& side) {
    std::vector<Merge> out;
    std::copy_if(merges.begin(), merges.end(), std::back_inserter(out), [&](const Merge& merge) {
        return merge.first_column >= side.first_column && merge.last_column <= side.last_column;
    });
    return out;
}

}  // namespace zw::sheet
