#include "sheet/merge_filler.h"

#include <algorithm>

namespace zw::sheet {

MergeFiller::MergeFiller(std::vector<Merge> merges) : merges_(std::move(merges)) {
    std::erase_if(merges_, [](const Merge& merge) { return merge.last_row == merge.first_row; });
    std::stable_sort(merges_.begin(), merges_.end(), [](const Merge& a, const Merge& b) {
        return a.first_row < b.first_row;
    });
}

void MergeFiller::Fill(TableRow& row, int heading_last) {
    std::erase_if(active_, [&](const Active& active) {
        return active.merge.last_row < row.number;
    });
    for (; next_ < merges_.size() && merges_[next_].first_row <= row.number; ++next_) {
        const Merge& merge = merges_[next_];
        const auto index = static_cast<size_t>(merge.first_column - 1);
        if (merge.first_row == row.number && merge.first_row > heading_last &&
            index < row.cells.size()) {
            active_.push_back({merge, row.cells[index]});
        }
    }
    for (const Active& active : active_) {
        const auto index = static_cast<size_t>(active.merge.first_column - 1);
        if (active.merge.first_row == row.number) {
            continue;
        }
        if (index >= row.cells.size()) {
            row.cells.resize(index + 1);
        }
        row.filled.resize(row.cells.size());
        if (row.cells[index].kind == CellKind::kEmpty) {
            row.cells[index] = active.value;
            row.filled[index] = true;
        }
    }
}

}  // namespace zw::sheet
