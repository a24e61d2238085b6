#include "ledger/codes_of.h"

namespace zw::ledger {

std::optional<CheckedCode> CheckFormat(
    definition::Format format, std::string_view text, const Date& today
) {
    switch (format) {
        case definition::Format::kIdNumber:
            return CheckIdNumber(text, today);
        case definition::Format::kBankCard:
            return CheckBankCard(text);
        case definition::Format::kUscc:
            return CheckCreditCode(text);
        case definition::Format::kPhone:
            return CheckPhone(text);
        case definition::Format::kNone:
            break;
    }
    return std::nullopt;
}

}  // namespace zw::ledger
