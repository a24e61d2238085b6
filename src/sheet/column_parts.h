#pragma once
// Which columns are parts (其中…) of which.

#include <vector>

#include "sheet/table.h"

namespace zw::sheet {

// Sets Column::part_of. The whole of a part is the nearest column at its left that is itself no
// part: under another group (（一）叶菜类 | 其中：芹菜) the one of the same measure, beside single
// names the one of the same unit. A column that goes on counting where its neighbour began
// (1.用材林 | 其中 … 2.经济林) stands beside it and is no part of it, wherever the 其中 is merged.
void LinkParts(std::vector<Column>& columns, const Vocabulary& vocabulary);

}  // namespace zw::sheet
