#include "base/codes.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace zw {

namespace {

constexpr size_t kIdLength = 18;
constexpr size_t kOldIdLength = 15;
constexpr Date kEarliestBirth{1850, 1, 1};
constexpr size_t kDivisionLength = 12;
constexpr std::array<size_t, 5> kDivisionDigits{2, 4, 6, 9, 12};

bool IsDigit(char c) {
    return c >= '0' && c <= '9';
}

bool AllDigits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), IsDigit);
}

// One way of writing: half width, no spaces, capitals.
std::string Written(std::string_view text) {
    std::string value = Normalise(text);
    std::transform(value.begin(), value.end(), value.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return value;
}

char IdCheckDigit(std::string_view first_seventeen) {
    constexpr std::array<int, 17> kWeights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    constexpr std::string_view kDigits = "10X98765432";
    int sum = 0;
    for (size_t i = 0; i < kWeights.size(); ++i) {
        sum += (first_seventeen[i] - '0') * kWeights[i];
    }
    return kDigits[static_cast<size_t>(sum % 11)];
}

std::optional<Date> BirthIn(std::string_view id_number) {
    return ParseIsoDate(
        std::string(id_number.substr(6, 4)) + "-" + std::string(id_number.substr(10, 2)) + "-" +
        std::string(id_number.substr(12, 2))
    );
}

std::string UpgradeIdNumber(std::string_view old) {
    const std::string_view century = old.substr(12) >= "996" ? "18" : "19";
    std::string upgraded =
        std::string(old.substr(0, 6)) + std::string(century) + std::string(old.substr(6));
    upgraded += IdCheckDigit(upgraded);
    return upgraded;
}

CheckedCode Refused(std::string value, std::string_view fault) {
    return {std::move(value), fault, true};
}

// Value of a character: 0 to 9, A = 10 to Z = 35; -1 for others.
int ValueOf(char c) {
    if (IsDigit(c)) {
        return c - '0';
    }
    return c >= 'A' && c <= 'Z' ? c - 'A' + 10 : -1;
}

char OrganisationCheck(std::string_view first_eight) {
    constexpr std::array<int, 8> kWeights{3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (size_t i = 0; i < kWeights.size(); ++i) {
        sum += ValueOf(first_eight[i]) * kWeights[i];
    }
    const int check = 11 - sum % 11;
    return check == 10 ? 'X' : static_cast<char>('0' + check % 11);
}

bool IsOrganisationCode(std::string_view code) {
    return code.size() == 9 &&
           std::all_of(code.begin(), code.end() - 1, [](char c) { return ValueOf(c) >= 0; }) &&
           (IsDigit(code[8]) || code[8] == 'X');
}

char CreditCheck(std::string_view first_seventeen) {
    constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    size_t weight = 1;
    size_t sum = 0;
    for (const char c : first_seventeen) {
        sum += kAlphabet.find(c) * weight;
        weight = weight * 3 % 31;
    }
    return kAlphabet[(31 - sum % 31) % 31];
}

// 0 and 2 or 3 digits of area, 7 or 8 of the line.
bool IsFixedLine(std::string_view digits) {
    return digits.size() >= 10 && digits.size() <= 12 && digits[0] == '0' && digits[1] != '0';
}

bool IsMobile(std::string_view digits) {
    return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3' && digits[1] <= '9';
}

bool IsPublicNumber(std::string_view digits) {
    return digits.size() >= 3 && digits.size() <= 5 && digits[0] == '1';
}

}  // namespace

CheckedCode CheckIdNumber(std::string_view text, const Date& today) {
    std::string value = Written(text);
    if (value.size() != kIdLength && value.size() != kOldIdLength) {
        return Refused(std::move(value), "id_length");
    }
    const bool old = value.size() == kOldIdLength;
    const bool last_is_x = !old && value.back() == 'X';
    if (!AllDigits(std::string_view(value).substr(0, value.size() - (last_is_x ? 1 : 0)))) {
        return Refused(std::move(value), "id_character");
    }
    if (old) {
        value = UpgradeIdNumber(value);
    }
    const auto birth = BirthIn(value);
    if (!birth || *birth < kEarliestBirth || *birth > today) {
        return Refused(std::move(value), "id_birth_date");
    }
    if (value.back() != IdCheckDigit(value)) {
        return {std::move(value), "id_check_digit", false};
    }
    return {std::move(value), {}, false};
}

std::optional<Date> BirthDateOf(std::string_view id_number) {
    const bool sound =
        CheckIdNumber(id_number, {9999, 12, 31}).sound() && id_number.size() == kIdLength;
    return sound ? BirthIn(id_number) : std::nullopt;
}

std::optional<bool> IsMale(std::string_view id_number) {
    return BirthDateOf(id_number) ? std::optional((id_number[16] - '0') % 2 == 1) : std::nullopt;
}

CheckedCode CheckCreditCode(std::string_view text) {
    constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    std::string value = Written(text);
    const bool form = value.size() == kIdLength &&
                      value.find_first_not_of(kAlphabet) == std::string::npos &&
                      AllDigits(std::string_view(value).substr(2, 6)) &&
                      IsOrganisationCode(std::string_view(value).substr(8, 9));
    if (!form) {
        return Refused(std::move(value), "uscc_form");
    }
    const std::string_view inner = std::string_view(value).substr(8, 9);
    const bool checks = value.back() == CreditCheck(std::string_view(value).substr(0, 17)) &&
                        inner.back() == OrganisationCheck(inner.substr(0, 8));
    return {std::move(value), checks ? "" : "uscc_check_digit", false};
}

CheckedCode CheckOrganisationCode(std::string_view text) {
    std::string value = Written(text);
    if (value.size() == 10 && value[8] == '-') {
        value.erase(8, 1);
    }
    if (!IsOrganisationCode(value)) {
        return Refused(std::move(value), "org_code_form");
    }
    const bool checks = value.back() == OrganisationCheck(std::string_view(value).substr(0, 8));
    return {std::move(value), checks ? "" : "org_code_check_digit", false};
}

CheckedCode CheckBankCard(std::string_view text) {
    std::string value = ReplaceAll(Written(text), "-", "");
    if (value.size() < 12 || value.size() > 19 || !AllDigits(value)) {
        return Refused(std::move(value), "card_form");
    }
    return {std::move(value), {}, false};
}

CheckedCode CheckPhone(std::string_view text) {
    std::string value =
        ReplaceAll(ReplaceAll(ReplaceAll(Written(text), "(", ""), ")", "-"), "—", "-");
    for (const std::string_view prefix : {"+86", "0086"}) {
        if (StartsWith(value, prefix)) {
            value.erase(0, prefix.size());
            break;
        }
    }
    std::vector<std::string> parts = Split(value, '-');
    // 0934-8612345-801: what follows the line is an extension, not a part of it.
    std::string extension;
    const bool whole_line = parts.size() == 3 || (parts.size() == 2 && parts[0].size() >= 10);
    if (whole_line && StartsWith(parts[0], "0") && !parts.back().empty() &&
        parts.back().size() <= 6) {
        extension = "-" + parts.back();
        parts.pop_back();
    }
    const std::string digits = Join(parts, "");
    const bool line =
        IsFixedLine(digits) || (extension.empty() && (IsMobile(digits) || IsPublicNumber(digits)));
    const bool number = AllDigits(digits) &&
                        AllDigits(std::string_view(extension).substr(extension.empty() ? 0 : 1));
    std::string written = digits + extension;
    if (!line || !number) {
        return Refused(std::move(written), "phone_form");
    }
    return {std::move(written), {}, false};
}

std::optional<DivisionLevel> LevelOfDivision(std::string_view code) {
    if (code.size() != kDivisionLength || !AllDigits(code) || code.substr(0, 2) == "00") {
        return std::nullopt;
    }
    for (size_t level = 0; level < kDivisionDigits.size(); ++level) {
        if (code.find_first_not_of('0', kDivisionDigits[level]) == std::string_view::npos) {
            return static_cast<DivisionLevel>(level);
        }
    }
    return std::nullopt;
}

std::optional<std::string> ParentDivision(std::string_view code) {
    const auto level = LevelOfDivision(code);
    if (!level || *level == DivisionLevel::kProvince) {
        return std::nullopt;
    }
    std::string parent(code.substr(0, kDivisionDigits[static_cast<size_t>(*level) - 1]));
    parent.resize(kDivisionLength, '0');
    return parent;
}

}  // namespace zw
