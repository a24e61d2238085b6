// Examples of shared compliance.md §4.

#include "base/mask.h"

#include <doctest/doctest.h>

using namespace zw;  // NOLINT(google-build-using-namespace)

TEST_CASE("names") {
    CHECK(MaskName("张三") == "张*");
    CHECK(MaskName("李春华") == "李*华");
    CHECK(MaskName("欧阳娜娜") == "欧**娜");
    CHECK(MaskName("𠮷𠮷田") == "𠮷*田");
    CHECK(MaskName("𠮷田") == "𠮷*");
    CHECK(MaskName("阿依古丽·买买提") == "阿依古丽·***");
    CHECK(MaskName("阿依古丽•买买提") == "阿依古丽•***");
    CHECK(MaskName("张") == "*");
    CHECK(MaskName(" 张三 ") == "张*");
    CHECK(MaskName("").empty());
}

TEST_CASE("numbers") {
    CHECK(MaskIdNumber("622827195601011234") == "622***********1234");
    CHECK(MaskPhone("13812345678") == "138****5678");
    CHECK(MaskBankCard("6222021000000006789") == "****6789");
    CHECK(MaskIdNumber("").empty());
    CHECK(MaskBankCard("").empty());
}

TEST_CASE("what is too short shows nothing") {
    CHECK(MaskIdNumber("1234567") == "*******");
    CHECK(MaskPhone("12345") == "*****");
    CHECK(MaskBankCard("6789") == "****");
}

TEST_CASE("addresses end at the village or group") {
    CHECK(MaskAddress("悦乐镇新堡村二组36号") == "悦乐镇新堡村二组***");
    CHECK(MaskAddress("新堡村二组") == "新堡村二组");
    CHECK(MaskAddress("新堡村36号") == "新堡村***");
    CHECK(MaskAddress("新村镇大庄村三社5号") == "新村镇大庄村三社***");
    CHECK(MaskAddress("大庄村村委会东侧") == "大庄村***");
    CHECK(MaskAddress("幸福社区3栋2单元") == "幸福社区***");
    CHECK(MaskAddress("人民路36号") == "***");
    CHECK(MaskAddress("").empty());
}

TEST_CASE("birth dates and the rest") {
    CHECK(MaskBirthDate("1956-03-02") == "1956");
    CHECK(MaskBirthDate("").empty());
    CHECK(MaskAll("尿毒症") == "***");
    CHECK(MaskAll("").empty());
}
