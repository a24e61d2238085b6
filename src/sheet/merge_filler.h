#pragma once
// Cells that a merged cell reaches down over, as the rows go by.

#include <vector>

#include "sheet/table.h"

namespace zw::sheet {

class MergeFiller {
public:
    explicit MergeFiller(std::vector<Merge> merges);

    // Rows in order. What began at or above `heading_last` fills nothing.
    void Fill(TableRow& row, int heading_last);

private:
    struct Active {
        Merge merge;
        Cell value;
    };
    std::vector<Merge> merges_;
    size_t next_ = 0;
    std::vector<Active> active_;
};

}  // namespace zw::sheet
