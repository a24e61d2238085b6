#include "base/not_found.h"

#include <stdexcept>
#include <string_view>

namespace zw {

namespace {

struct ThingName {
    Thing thing;
    std::string_view zh;
    std::string_view en;
};

constexpr ThingName kThings[] = {
    {Thing::kBatch, "批次", "batch"},
    {Thing::kChapter, "章节", "chapter"},
    {Thing::kDefinition, "定义", "definition"},
    {Thing::kEdition, "报告版次", "edition of a report"},
    {Thing::kField, "字段", "field"},
    {Thing::kFiling, "留存报表", "kept form"},
    {Thing::kFile, "文件", "file"},
    {Thing::kFolder, "文件夹", "folder"},
    {Thing::kForm, "表样", "form"},
    {Thing::kImport, "导入", "import"},
    {Thing::kIndicator, "指标", "indicator"},
    {Thing::kLedger, "台账", "ledger"},
    {Thing::kLine, "工作线", "line of work"},
    {Thing::kOptionalChapter, "可选章节", "optional chapter"},
    {Thing::kParagraph, "段落", "paragraph"},
    {Thing::kPeriod, "时期", "period"},
    {Thing::kPersonalField, "隐去的字段", "masked field"},
    {Thing::kPlace, "地方", "place"},
    {Thing::kRecord, "记录", "record"},
    {Thing::kRefusedRow, "退回的行", "file of refused rows"},
    {Thing::kReport, "报告", "report"},
    {Thing::kReportFigure, "报告里的数", "figure of the report"},
    {Thing::kReportParagraph, "报告段落", "paragraph of the report"},
    {Thing::kRoute, "接口", "route"},
    {Thing::kRule, "规则", "rule"},
    {Thing::kSession, "登录", "session"},
    {Thing::kSheet, "表格", "sheet"},
    {Thing::kTownCode, "乡镇代码", "code of a town"},
    {Thing::kUnit, "单位", "unit"},
    {Thing::kUser, "用户", "user"},
    {Thing::kVillage, "村", "village"},
};

}  // namespace

Words NameOf(Thing thing) {
    for (const ThingName& name : kThings) {
        if (name.thing == thing) {
            return {std::string(name.zh), std::string(name.en)};
        }
    }
    throw std::logic_error("a thing without a name");
}

Words PerhapsMeant(const std::optional<std::string>& nearest) {
    return nearest ? Words{"，是不是“" + *nearest + "”", "; is it \"" + *nearest + "\"?"} : Words{};
}

Problem NotFound(const Words& thing, std::string name, const std::optional<std::string>& nearest) {
    const Words perhaps = PerhapsMeant(nearest);
    return Problem(
        "not_found",
        {{"kind", thing.zh},
         {"kind_en", thing.en},
         {"name", std::move(name)},
         {"nearest", perhaps.zh},
         {"nearest_en", perhaps.en}}
    );
}

Problem NotFound(Thing thing, std::string name, const std::optional<std::string>& nearest) {
    return NotFound(NameOf(thing), std::move(name), nearest);
}

}  // namespace zw
