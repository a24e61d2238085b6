#pragma once
// How personal values are shown to those without the right to open them (compliance.md §4). By code
// points: rare characters beyond the basic plane count as one. Empty text stays empty.

#include <string>
#include <string_view>

namespace zw {

// Two characters: the first stays; three or more: the first and the last; with a middle dot
// (minority names): the part before it.
std::string MaskName(std::string_view name);           // 张*, 李*华, 欧**娜, 阿依古丽·**
std::string MaskIdNumber(std::string_view id_number);  // 622***********1234
std::string MaskPhone(std::string_view phone);         // 138****5678
std::string MaskBankCard(std::string_view card);       // ****6789
// Down to the village or group (组, 队, 社), what follows is hidden: XX村二组***.
std::string MaskAddress(std::string_view address);
std::string MaskBirthDate(std::string_view iso_date);  // 1956
std::string MaskAll(std::string_view text);            // ***

}  // namespace zw
