// The annual report of the invented town of ../shared/data/town: slots, claims, conditions, seal,
// files.

#include <doctest/doctest.h>

#include <algorithm>

#include "base/text.h"
#include "document/docx_read.h"
#include "report/check.h"
#include "tests/report/office.h"

using namespace zw;
using namespace zw::testing;

namespace {

// What the source report says, paragraph by paragraph, in its order.
const std::vector<std::vector<const char*>> kClaims = {
    {"总体思路",
     "习近平新时代中国特色社会主义思想",
     "二十大",
     "两次视察甘肃",
     "四个意识",
     "四个自信",
     "两个维护",
     "政治自觉",
     "形式主义、官僚主义",
     "强基兴农、产业富县",
     "双轮三带战略",
     "百村提升工程",
     "川菜塬果、牧旅并进",
     "乡村振兴"},
    {"一、重点工作完成情况"},
    {"（一）以组织强镇为基础",
     "一要",
     "脱贫攻坚",
     "一强三创",
     "四抓两整治",
     "整乡推进、整县提升",
     "容错纠错",
     "二要",
     "畏难",
     "真抓实干",
     "三要",
     "三会一课",
     "主题党日",
     "重温入党誓词",
     "党员帮带群众",
     "四要",
     "四议两公开",
     "坐班制",
     "碰头会",
     "民事明办",
     "软弱涣散",
     "优秀青年",
     "三个带头人",
     "后备干部库",
     "生力军"},
    {"（二）以产业兴乡为动能",
     "健全特色产业链条",
     "规模化、标准化、产业化、品牌化、市场化",
     "有机瓜菜、有机苹果、有机牛肉",
     "观光",
     "生态美、产业强、品质优、百姓富",
     "项目建设为支撑",
     "龙头企业",
     "连片承包",
     "示范区"},
    {"2023年底", "钢架大棚276座", "日光温室125座"},
    {"露地蔬菜2.08万亩",
     "间作套种2670亩",
     "川地",
     "大户承包",
     "总产量达到10.66万吨",
     "产值达到20785.31万元",
     "人均产值达到9502.72元"},
    {"果畜",
     "肉牛、生猪、黑山羊",
     "三大体系",
     "2023年",
     "规模养殖大户36户",
     "暖棚牛舍60座",
     "牛饲养量达到2440头以上",
     "种、养、加、贸",
     "农民收入"},
    {"暖棚牛舍24座"},
    {"（三）以文化靓乡为抓手",
     "社会主义核心价值观",
     "文化服务中心",
     "讲文明、除陋习、树新风",
     "好公婆、好媳妇",
     "天价彩礼",
     "法治文化广场",
     "交通、消防、公共卫生",
     "雪亮工程",
     "平安乡镇",
     "三农",
     "住得安心",
     "特困人员、低保、临时救助"},
    {"应急", "防汛", "2023年底前", "不少于300人", "286人", "还差14人"},
    {"属地管理", "违法违章建设", "动物疫病"},
    {"（四）以旅游活乡为契机",
     "望得见山、看得见水、记得住乡愁",
     "田园综合体",
     "陇东特色民宿",
     "瓜菜、核桃、毛桃、垂钓园区",
     "霁川杏花谷",
     "特而强",
     "绿水青山就是金山银山",
     "霁川镇的山更青",
     "面源污染",
     "低毒农药",
     "森林资源",
     "退耕地块",
     "河长制",
     "野外用火",
     "检查站点"},
};

}  // namespace

TEST_CASE("the shipped passages name only what exists") {
    for (const Finding& finding : report::CheckDefinitions(*LoadModel())) {
        FAIL_CHECK(
            finding.file << ":" << finding.row << ":" << finding.column << " " << finding.message
        );
    }
}

TEST_CASE("a passage that names what does not exist is refused with the nearest name") {
    const auto model = LoadModel();
    const auto one = [&](const std::string& text) {
        const auto findings = report::CheckParagraph(*model, text);
        return findings.size() == 1 ? findings[0].column + " " + findings[0].message : "";
    };
    CHECK(
        Has(one("产量{{vegetable_output}}"),
            "3 没有找到指标“vegetable_output”，是不是“vegetable_output_t”")
    );
    CHECK(Has(one("{{vegetable_output_t|万元}}"), "单位是吨"));
    CHECK(Has(one("{{phrase:party_congres}}"), "party_congress"));
    CHECK(Has(one("{{if vegetable_output_t > 1 亩}}x{{end}}"), "条件"));
    CHECK(Has(one("{{if no_such > 1}}x{{end}}"), "no_such"));
    CHECK(Has(one("{{if name.province_shor = '甘肃'}}x{{end}}"), "name.province_short"));
    // The condition is written out, to be copied.
    CHECK(
        Has(one("{{phrase:leader_visits}}视察"),
            "应写在条件{{if name.province_short = '甘肃'}}…{{end}}里")
    );
}

TEST_CASE("a phrase of one province stands under a condition of the town's province") {
    const auto model = LoadModel();
    const auto codes = [&](const std::string& text) {
        std::string all;
        for (const Finding& finding : report::CheckParagraph(*model, text)) {
            all += finding.code;
        }
        return all;
    };
    CHECK(codes("{{phrase:leader_visits}}视察") == "phrase_of_one_province");
    CHECK(
        codes("{{if name.province_short = '河南'}}{{phrase:leader_visits}}{{end}}视察") ==
        "phrase_of_one_province"
    );
    CHECK(
        codes("{{if name.province_short = '甘肃'}}x{{else}}{{phrase:leader_visits}}{{end}}") ==
        "phrase_of_one_province"
    );
    CHECK(codes("{{if name.province_short = '甘肃'}}{{phrase:leader_visits}}{{end}}视察").empty());
    CHECK(codes("{{phrase:three_meetings_one_lesson}}").empty());
}

TEST_CASE("a town of another province does not say what is true of Gansu only") {
    if (Absent()) {
        return;
    }
    Office office;
    ledger::ApplySettings(*office.town.ledger, office.town.actor, {{"province_short", "河南"}});
    const std::string text = TextOf(office.Draft());
    CHECK(Has(text, "习近平总书记视察河南重要讲话"));
    for (const char* gansu : {"两次", "一强三创", "四抓两整治", "三个带头人", "陇东"}) {
        CHECK_FALSE_MESSAGE(Has(text, gansu), gansu);
    }
}

TEST_CASE(
    "every claim of the source report is there, in order; all slots are filled; data refutes what "
    "it can"
) {
    if (Absent()) {
        return;
    }
    Office office;
    office.ImportAll();
    const report::Rendered rendered = office.Draft();
    CHECK(rendered.title == "霁川镇2023年工作汇报");
    REQUIRE(rendered.paragraphs.size() == kClaims.size());
    for (size_t i = 0; i < kClaims.size(); ++i) {
        const std::string text = document::PlainText(rendered.paragraphs[i].content.spans);
        CAPTURE(text);
        size_t at = 0;
        for (const char* claim : kClaims[i]) {
            const size_t found = text.find(claim, at);
            CHECK_MESSAGE(found != std::string::npos, claim);
            at = found == std::string::npos ? at : found;
        }
    }
    for (int i = 1; i <= 20; ++i) {
        const auto* slot = rendered.Find("p" + std::to_string(i));
        REQUIRE_MESSAGE(slot != nullptr, i);
        CHECK_MESSAGE(slot->state == "filled", i);
    }
    for (const char* id : {"f1", "f2", "f3"}) {
        REQUIRE(rendered.Find(id) != nullptr);
    }
    CHECK(rendered.Find("f1")->value == "106644.38");
    CHECK(rendered.Find("f2")->text == "300人");
    CHECK(rendered.Find("f3")->value == "2023-12-31");
    CHECK(rendered.Find("p17")->value == "2445");
    // Sheds without the day they were paid are records and not in the figure: the annex says so.
    const auto* sheds = rendered.Find("p16");
    CHECK(sheds->value == "60");
    REQUIRE(sheds->records > 60);
    const std::string uncounted =
        "其中" + std::to_string(sheds->records - 60) + "条记录缺少计数所需的值，未计入";
    CHECK(sheds->note == uncounted);
    CHECK(Has(office.reports.Html(office.town.actor, rendered), uncounted));
    CHECK(rendered.Find("p9")->note.empty());
    const std::string text = TextOf(rendered);
    CHECK_FALSE(Has(text, "实现川区蔬菜生产川地全覆盖"));
    CHECK(Has(text, "98.9%，尚未实现全覆盖"));
    CHECK_FALSE(Has(text, "目标已经实现"));
    CHECK(Has(text, "同比增长3.8%"));
    CHECK_FALSE(Has(text, "XX"));
    CHECK_FALSE(Has(text, "五保"));
    CHECK_FALSE(Has(text, "建全"));
    CHECK(rendered.Pending().empty());
    std::set<std::string> unverified;
    for (const Finding& finding : rendered.findings) {
        CHECK_MESSAGE(finding.code == "phrase_unverified", finding.message);
        unverified.insert(rendered.Find(finding.value)->key);
    }
    CHECK(unverified.contains("leader_visits"));  // 待核 in its source
    CHECK_FALSE(unverified.contains("three_meetings_one_lesson"));
    const std::string whole = TextOf(office.Draft({"problems", "plan"}));
    CHECK(Has(whole, "二、存在问题"));
    CHECK(Has(whole, "2024年，重点做好"));
}

TEST_CASE("with other rows the other sentence is read") {
    if (Absent()) {
        return;
    }
    Office office;
    office.ImportAll();
    // A lower target is reached; no team has to be invented.
    ledger::ApplySettings(
        *office.town.ledger, office.town.actor, {{"emergency_team_target", "280"}}
    );
    const std::string text = TextOf(office.Draft());
    CHECK(Has(text, "不少于280人"));
    CHECK(Has(text, "目标已经实现"));
    CHECK_FALSE(Has(text, "还差"));
}

TEST_CASE(
    "what is missing or partial is said and blocks; a waiver lets it pass and is kept; the seal "
    "verifies"
) {
    if (Absent()) {
        return;
    }
    Office office;
    const std::string empty = TextOf(office.Draft());
    CHECK(Has(empty, "【待填：蔬菜总产量】"));
    CHECK_FALSE(Has(empty, "0座"));
    office.ImportInTime();
    const report::Rendered before = office.Draft();
    CHECK(Has(TextOf(before), "【缺1村：沙河村】"));
    REQUIRE_FALSE(before.Pending().empty());
    try {
        office.reports.Seal(office.town.actor, before.edition.number, {});
        FAIL("sealed with figures missing");
    } catch (const Problem& problem) {
        CHECK(problem.code() == "report_not_ready");
    }
    std::map<std::string, std::string> waivers;
    for (const auto* slot : before.Pending()) {
        waivers[slot->id] = "沙河村待补报，主要领导同意";
    }
    const auto sealed = office.reports.Seal(office.town.actor, before.edition.number, waivers);
    CHECK(sealed.digest.size() == 64);
    const auto sound = office.reports.Verify(office.town.actor, sealed.number);
    for (const Finding& finding : sound.findings) {
        FAIL_CHECK(finding.code << " " << finding.message);
    }
    CHECK(sound.figures > 20);
    // Nor does a later setting: the figure was computed by the rules of its day.
    const auto farms = [&] {
        return office.reports.Render(office.town.actor, sealed.number).Find("p15")->value;
    };
    const std::string farms_then = farms();
    CHECK(farms_then != "0");
    ledger::ApplySettings(
        *office.town.ledger, office.town.actor, {{"big_cattle_farm_head", "1000"}}
    );
    const auto other_rule = office.reports.Verify(office.town.actor, sealed.number);
    CHECK(other_rule.Sound());
    CHECK(farms() == farms_then);
    CHECK(std::any_of(
        other_rule.findings.begin(),
        other_rule.findings.end(),
        [](const Finding& finding) { return finding.code == "figure_corrected"; }
    ));
    // Later rows change no sealed figure: they are notes.
    office.ImportLate();
    const auto corrected = office.reports.Verify(office.town.actor, sealed.number);
    CHECK(corrected.Sound());
    CHECK_FALSE(corrected.findings.empty());
    CHECK(corrected.findings[0].code == "figure_corrected");
    const report::Rendered kept = office.reports.Render(office.town.actor, sealed.number);
    CHECK(Has(TextOf(kept), "不含沙河村"));
    // 17 villages of this year against 18 of the last are not compared.
    CHECK(Has(TextOf(kept), "同比因缺沙河村未计算"));
    CHECK_FALSE(Has(TextOf(kept), "同比下降1.6%"));
    const auto annex = office.reports.Docx(kept);
    std::string all;
    const auto read_annex = document::ReadDocx(annex, "a.docx");
    for (const auto* paragraph : read_annex.Paragraphs()) {
        all += paragraph->text + "\n";
    }
    CHECK(Has(all, "主要领导同意"));
    CHECK_FALSE(Has(all, "coverage.full"));  // rules by their names
    CHECK(Has(all, sealed.digest));
    // Tampered with behind the program: found.
    office.town.database->Write([](store::Connection& connection) {
        connection.Run("update report_slot set text = '900座' where town = 1 and id = 'p9'");
    });
    CHECK_FALSE(office.reports.Verify(office.town.actor, sealed.number).Sound());
}
