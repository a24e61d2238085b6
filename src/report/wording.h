#pragma once
// Comparisons as official prose says them: the verb by the sign, 持平 below 0.05 %, 个百分点
// between percentages, no rate on a base that is not above 0 (shared codes.md §6, report.md §2).

#include <optional>
#include <string>

#include "definition/model.h"
#include "indicator/figures.h"
#include "report/slot.h"

namespace zw::report {

// `text` as printed; absent when what it needs is not known, then `lacks` says what, in words.
struct Wording {
    std::optional<std::string> text;
    Words lacks;
};

// 同比 and 环比: 增长5.2%, 下降3%, 持平; of percentages 提高/降低3.24个百分点; 较年初: 增加71座.
Wording ChangeWording(
    CompareWord word,
    const definition::Indicator& indicator,
    const std::string& unit,
    const indicator::Figure& now,
    const indicator::Comparison& comparison
);
// 完成年度目标的112%; where less is better 控制在年度目标以内 or 超出年度目标12人.
Wording CompletionWording(
    const definition::Indicator& indicator,
    const std::string& unit,
    const indicator::Figure& now,
    const std::optional<indicator::Figures::Target>& target
);
// 还差14人 / 超出12人 / 恰好达到.
Wording GapWording(
    const definition::Indicator& indicator,
    const std::string& unit,
    const indicator::Figure& now,
    const std::optional<indicator::Figures::Target>& target
);
// 占乡村人口的12.3%.
Wording ShareWording(const definition::Indicator& whole, const std::optional<Ratio>& share);
// 2023年底 for a year's last day, else 2023年12月5日.
Wording DueWording(
    const definition::Indicator& indicator, const std::optional<indicator::Figures::Target>& target
);

}  // namespace zw::report
