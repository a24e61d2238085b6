// Codes named in shared codes.md §2 and §3 (from public pages), and check digits computed by
// Python.

#include "base/codes.h"

#include <doctest/doctest.h>

#include "base/problem.h"

using namespace zw;  // NOLINT(google-build-using-namespace)

namespace {

constexpr Date kToday{2023, 12, 31};

std::string IdFault(std::string_view text) {
    return std::string(CheckIdNumber(text, kToday).fault);
}

}  // namespace

TEST_CASE("ID numbers that are right") {
    for (const char* text :
         {"11010519491231002X", "440524188001010014", "622827195601010014", "622827200402291232"}) {
        CAPTURE(text);
        CHECK(CheckIdNumber(text, kToday).sound());
    }
    CHECK(CheckIdNumber("11010519491231002X", kToday).sound());
    CHECK(CheckIdNumber("440524188001010014", kToday).sound());
    const CheckedCode untidy = CheckIdNumber(" １１０１０５ 19491231002x　", kToday);
    CHECK(untidy.sound());
    CHECK(untidy.value == "11010519491231002X");
}

TEST_CASE("ID numbers that are wrong: each in its way") {
    CHECK(IdFault("") == "id_length");
    CHECK(IdFault("1101051949123100") == "id_length");
    CHECK(IdFault("11010519491231002XX") == "id_length");
    CHECK(IdFault("1101051949123100X2") == "id_character");
    CHECK(IdFault("1101O519491231002X") == "id_character");
    CHECK(IdFault("110105194912310021") == "id_check_digit");
    CHECK(IdFault("110105194912320020") == "id_birth_date");
    CHECK(IdFault("110105202302290020") == "id_birth_date");
    CHECK(IdFault("110105184912310020") == "id_birth_date");
    CHECK(IdFault("110105202401010020") == "id_birth_date");           // not born yet
    CHECK_FALSE(CheckIdNumber("110105194912310021", kToday).refused);  // some cards were issued so
    CHECK(CheckIdNumber("110105194912310021", kToday).value == "110105194912310021");
}

TEST_CASE("one digit mistyped or two neighbours swapped is always seen") {
    const std::string right = "11010519491231002X";
    for (size_t i = 0; i < 17; ++i) {
        std::string wrong = right;
        wrong[i] = wrong[i] == '9' ? '0' : static_cast<char>(wrong[i] + 1);
        CHECK_FALSE(CheckIdNumber(wrong, kToday).sound());
        wrong = right;
        std::swap(wrong[i], wrong[i + 1]);
        CHECK((wrong == right || !CheckIdNumber(wrong, kToday).sound()));
    }
}

TEST_CASE("ID numbers of the old form are written with 18") {
    const CheckedCode old = CheckIdNumber("110105491231002", kToday);
    CHECK(old.sound());
    CHECK(old.value == "11010519491231002X");
    CHECK(CheckIdNumber("440524800101001", kToday).value.substr(0, 17) == "44052419800101001");
    CHECK(CheckIdNumber("622827960101996", kToday).value == "622827189601019966");  // a centenarian
    CHECK(CheckIdNumber("11010549123100X", kToday).fault == "id_character");
    CHECK(CheckIdNumber("110105491331002", kToday).fault == "id_birth_date");
}

TEST_CASE("what an ID number says of its holder") {
    CHECK(BirthDateOf("11010519491231002X") == Date{1949, 12, 31});
    CHECK(IsMale("11010519491231002X") == false);
    CHECK(IsMale("440524188001010014") == true);
    CHECK_FALSE(BirthDateOf("110105194912310021"));
    CHECK_FALSE(IsMale("110105491231002"));
}

TEST_CASE("unified social credit codes") {
    for (const char* text :
         {"91350100M000100Y43",
          "91512081MA62K0260E",
          "9131000063159284XQ",
          " 9131000063159284xq "}) {
        CAPTURE(text);
        CHECK(CheckCreditCode(text).sound());
    }
    const CheckedCode doubtful = CheckCreditCode("91350211M0000XUF46");  // a real one
    CHECK(doubtful.fault == "uscc_check_digit");
    CHECK_FALSE(doubtful.refused);
    CHECK(CheckCreditCode("91350100M000100Y44").fault == "uscc_check_digit");
    for (const char* text :
         {"",
          "91350100M000100Y4",
          "91350100M000100YI3",
          "9135O100M000100Y43",
          "9135010AM000100Y43"}) {
        CAPTURE(text);
        CHECK(CheckCreditCode(text).fault == "uscc_form");
        CHECK(CheckCreditCode(text).refused);
    }
}

TEST_CASE("organisation codes") {
    CHECK(CheckOrganisationCode("M000100Y4").sound());
    CHECK(CheckOrganisationCode("63159284-X").value == "63159284X");
    CHECK(CheckOrganisationCode("63159284-x").sound());
    CHECK(CheckOrganisationCode("631592841").fault == "org_code_check_digit");
    CHECK_FALSE(CheckOrganisationCode("631592841").refused);
    CHECK(CheckOrganisationCode("6315928").fault == "org_code_form");
    CHECK(CheckOrganisationCode("63159284Y").fault == "org_code_form");
}

TEST_CASE("bank cards: digits are counted, no check digit is asked for") {
    CHECK(CheckBankCard("4111 1111 1111 1111").sound());
    CHECK(CheckBankCard("4111-1111-1111-1111").value == "4111111111111111");
    CHECK(CheckBankCard("4111111111111112").sound());
    for (const char* text : {"", "41111111111", "41111111111111111111", "411111111111111X"}) {
        CHECK(CheckBankCard(text).fault == "card_form");
        CHECK(CheckBankCard(text).refused);
    }
}

TEST_CASE("phones") {
    const std::pair<const char*, const char*> phones[] = {
        {"13812345678", "13812345678"},
        {"+86 138-1234-5678", "13812345678"},
        {"0086 13812345678", "13812345678"},
        {"１３８１２３４５６７８", "13812345678"},
        {"0934-8612345", "09348612345"},
        {"(0934)8612345", "09348612345"},
        {"010-12345678", "01012345678"},
        {"0934-8612345-801", "09348612345-801"},
        {"09348612345-801", "09348612345-801"},
        {"12345", "12345"},
        {"119", "119"},
    };
    for (const auto& written : phones) {
        CAPTURE(written.first);
        const CheckedCode phone = CheckPhone(written.first);
        CHECK(phone.sound());
        CHECK(phone.value == written.second);
    }
    for (const char* text :
         {"",
          "12812345678",
          "1381234567",
          "138123456789",
          "8612345",
          "0034-8612345",
          "138****5678",
          "无",
          "13812345678-1"}) {
        CAPTURE(text);
        CHECK(CheckPhone(text).fault == "phone_form");
    }
}

TEST_CASE("division codes") {
    CHECK(LevelOfDivision("620000000000") == DivisionLevel::kProvince);
    CHECK(LevelOfDivision("620900000000") == DivisionLevel::kCity);
    CHECK(LevelOfDivision("620921000000") == DivisionLevel::kCounty);
    CHECK(LevelOfDivision("620921100000") == DivisionLevel::kTown);
    CHECK(LevelOfDivision("620921100201") == DivisionLevel::kVillage);
    CHECK(ParentDivision("620921100201") == "620921100000");
    CHECK(ParentDivision("620921100000") == "620921000000");
    CHECK(ParentDivision("620900000000") == "620000000000");
    CHECK_FALSE(ParentDivision("620000000000"));
    for (const char* text : {"", "620921", "000000000000", "62092110020x", "6209211002011"}) {
        CHECK_FALSE(LevelOfDivision(text));
        CHECK_FALSE(ParentDivision(text));
    }
}

TEST_CASE("every fault is a class of the catalogue") {
    for (const char* code :
         {"id_length",
          "id_character",
          "id_birth_date",
          "id_check_digit",
          "uscc_form",
          "uscc_check_digit",
          "org_code_form",
          "org_code_check_digit",
          "card_form",
          "phone_form"}) {
        CHECK(FindProblemKind(code).has_value());
    }
}
