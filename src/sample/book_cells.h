#pragma once
// How a value is written in a cell, and how it is spoilt: chosen by seed.

#include "sample/book_layout.h"
#include "sheet/writer.h"

namespace zw::sample {

// How exactly the dates of one row are written: all alike, so that none comes before another that
// it follows.
enum class DateForm { kDay, kMonth, kYear };

// A value as the column shows it, in the column's unit.
sheet::WriteCell ValueCell(
    const BookColumn& column,
    const formula::Value& value,
    DateForm form,
    bool csv,
    const StreamKey& key
);
// 柳湾村, 柳湾 or 柳　湾　村.
std::string PlaceText(const access::VillageSetup& village, const StreamKey& key);
// 2022年, 2022年度, 2022年三季度, 2022年第三季度.
std::string PeriodText(const Period& period, const StreamKey& key);
// A cell that the importer must refuse or warn of as `code`; an empty one when the value gives no
// occasion for it.
sheet::WriteCell FaultyCell(
    const Plan& plan,
    const std::string& code,
    const definition::Field& field,
    const formula::Value& value,
    const StreamKey& key
);

}  // namespace zw::sample
