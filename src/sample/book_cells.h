#pragma once
// How a value is written in a cell, and how it is spoilt: chosen by seed.

#include "sample/book_layout.h"
#include "sheet/writer.h"

namespace zw::sample {

// How exactly the dates of one row are written: all alike, so that none comes before another that
// it follows.
enum class DateForm { kDay, kMonth, kYear };

sheet::WriteCell ValueCell(
    const definition::Field& field,
    const formula::Value& value,
    DateForm form,
    bool csv,
    const StreamKey& key
);
// 柳湾村, 柳湾 or 柳　湾　村.
std::string PlaceText(const access::VillageSetup& village, const StreamKey& key);
// A cell that the importer must refuse or warn of as `code`; an empty one when the value gives no
// occasion for it.
sheet::WriteCell FaultyCell(
    const std::string& code,
    const definition::Field& field,
    const formula::Value& value,
    const StreamKey& key
);

}  // namespace zw::sample
