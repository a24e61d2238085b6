// A report that came back: from a text editor of XML, and from LibreOffice itself.

#include <cstdlib>

#include "base/text.h"
#include "document/docx_read.h"
#include "document/package.h"
#include "report/align.h"
#include "report/chosen_changes.h"
#include "report/compare_document.h"
#include "report/marked_text.h"
#include "tests/report/office.h"

using namespace zw;
using namespace zw::testing;

namespace {

bool NoOffice() {
    if (!Absent() && std::system("command -v soffice >/dev/null 2>&1") == 0) {
        return false;
    }
    MESSAGE("skipped: no LibreOffice here");
    return true;
}

// Runs LibreOffice with a profile of its own under `root`.
void Soffice(const std::filesystem::path& root, const std::string& arguments) {
    const std::string command =
        "cd " + root.string() + " && timeout 120 soffice -env:UserInstallation=file://" +
        root.string() + "/profile --headless " + arguments + " >/dev/null 2>&1";
    REQUIRE(std::system(command.c_str()) == 0);
}

// What an office does to a draft: a number typed over, a word changed, a paragraph added behind the
// one on livestock, the one on local duties taken out. By LibreOffice's own find-and-replace.
std::string Macro(const std::filesystem::path& root) {
    const std::string file = "file://" + root.string();
    return R"(<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">Sub Replace(document As Object, was As String, becomes As String)
  Dim search As Object
  search = document.createReplaceDescriptor()
  search.SearchString = was
  search.ReplaceString = becomes
  document.replaceAll(search)
End Sub

Sub Main()
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Dim document As Object
  document = StarDesktop.loadComponentFromURL(")" +
           file + R"(/a.docx", "_blank", 0, hidden())
  Replace(document, "276座", "300座")
  Replace(document, "推进大户承包", "鼓励大户承包")
  Dim paragraphs As Object, paragraph As Object, gone As Object
  paragraphs = document.Text.createEnumeration()
  Do While paragraphs.hasMoreElements()
    paragraph = paragraphs.nextElement()
    If paragraph.supportsService("com.sun.star.text.Paragraph") Then
      If Left(paragraph.String, 4) = "落实属地" Then gone = paragraph
    End If
  Loop
  gone.dispose()
  Dim search As Object, found As Object, cursor As Object
  search = document.createSearchDescriptor()
  search.SearchString = "加快新农村建设。"
  found = document.findFirst(search)
  cursor = document.Text.createTextCursorByRange(found.End)
  document.Text.insertControlCharacter(cursor, 0, False)
  document.Text.insertString(cursor, "全年未发生重大动物疫情。", False)
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName"
  filter(0).Value = "MS Word 2007 XML"
  document.storeToURL(")" +
           file + R"(/b.docx", filter())
  document.close(True)
End Sub
</script:module>
)";
}

std::string Load(const std::filesystem::path& file) {
    constexpr size_t kMost = 1U << 26U;
    return document::LoadFile(file, kMost);
}

report::MarkedParagraph Marked(
    const std::string& masked, std::map<std::string, std::string> texts
) {
    report::MarkedParagraph paragraph;
    paragraph.masked = masked;
    paragraph.texts = std::move(texts);
    return paragraph;
}

// Compares and takes over what LibreOffice's macro did.
void CheckReturned(Office& office, const report::Rendered& rendered, const std::string& bytes) {
    const auto number = rendered.edition.number;
    const auto changed = office.reports.Compare(office.town.actor, number, bytes, "b.docx");
    REQUIRE(changed.figures.size() == 1);
    CHECK(changed.figures[0].slot == "p9");
    CHECK(changed.figures[0].was == "276座");
    CHECK(changed.figures[0].now == "300座");
    REQUIRE(changed.sentences.size() == 3);
    CHECK(Has(changed.sentences[0].was, "推进大户承包"));
    CHECK(Has(changed.sentences[0].now, "鼓励大户承包"));
    CHECK_FALSE(changed.sentences[0].whole_paragraph);
    CHECK(changed.sentences[1].now == "全年未发生重大动物疫情。");
    CHECK(changed.sentences[1].was.empty());
    CHECK(changed.sentences[1].whole_paragraph);
    CHECK(StartsWith(changed.sentences[2].was, "落实属地管理责任"));
    CHECK(changed.sentences[2].now.empty());
    CHECK(changed.sentences[2].whole_paragraph);

    CHECK(office.reports.TakeOver(office.town.actor, number, bytes, "b.docx") == 3);
    const report::Rendered taken = office.reports.Render(office.town.actor, number);
    CHECK(taken.Find("p9")->text == "276座");  // a figure is never taken over
    std::string wanted = TextOf(rendered);
    wanted = ReplaceAll(wanted, "推进大户承包", "鼓励大户承包");
    wanted =
        ReplaceAll(wanted, "加快新农村建设。\n", "加快新农村建设。\n全年未发生重大动物疫情。\n");
    const size_t from = wanted.find("落实属地管理责任");
    wanted.erase(from, wanted.find('\n', from) + 1 - from);
    CHECK(TextOf(taken) == wanted);
    // Conditions of the edited paragraph are still conditions.
    bool conditional = false;
    for (const auto& paragraph : office.reports.Paragraphs(number)) {
        conditional = conditional || (Has(paragraph.text, "鼓励大户承包") &&
                                      Has(paragraph.text, "{{if chuan_coverage_percent"));
    }
    CHECK(conditional);
}

}  // namespace

TEST_CASE("compare finds changed figures and sentences of a returned .docx") {
    if (Absent()) {
        return;
    }
    Office office;
    office.ImportAll();
    const report::Rendered rendered = office.Draft();
    const std::string bytes = office.reports.Docx(rendered);
    const auto number = rendered.edition.number;
    CHECK(office.reports.Compare(office.town.actor, number, bytes, "a.docx").Same());
    document::Package dressed = document::Package::Read(bytes, "a.docx");
    dressed.Set(
        "word/document.xml", ReplaceAll(dressed.Part("word/document.xml"), ">276座<", ">２７６ 座<")
    );
    const auto same =
        office.reports.Compare(office.town.actor, number, dressed.Bytes(), "dressed.docx");
    CHECK(same.Same());
    REQUIRE(same.rewritten.size() == 1);
    CHECK(same.rewritten[0].slot == "p9");
    CHECK(same.rewritten[0].now == "２７６ 座");
    document::Package package = document::Package::Read(bytes, "a.docx");
    std::string xml = package.Part("word/document.xml");
    xml = ReplaceAll(xml, ">276座<", ">300座<");
    xml = ReplaceAll(xml, "推进大户承包", "鼓励大户承包");
    package.Set("word/document.xml", xml);
    const auto changed =
        office.reports.Compare(office.town.actor, number, package.Bytes(), "b.docx");
    REQUIRE(changed.figures.size() == 1);
    CHECK(changed.figures[0].slot == "p9");
    CHECK(changed.figures[0].now == "300座");
    REQUIRE(changed.sentences.size() == 1);
    CHECK(Has(changed.sentences[0].now, "鼓励大户承包"));
    CHECK(office.reports.TakeOver(office.town.actor, number, package.Bytes(), "b.docx") == 1);
    const report::Rendered taken = office.reports.Render(office.town.actor, number);
    CHECK(Has(TextOf(taken), "鼓励大户承包"));
    CHECK(taken.Find("p9")->text == "276座");  // a figure is never taken over
    CHECK(Has(office.reports.Html(office.town.actor, taken), "data-slot=\"p9\""));
}

TEST_CASE("two editions: figures that came in since the first was sealed, a sentence written anew"
) {
    if (Absent()) {
        return;
    }
    Office office;
    office.ImportInTime();
    const report::Rendered first = office.Draft();
    std::map<std::string, std::string> waivers;
    for (const auto* slot : first.Pending()) {
        waivers[slot->id] = "沙河村待补报";
    }
    const auto sealed = office.reports.Seal(office.town.actor, first.edition.number, waivers);
    office.ImportLate();
    const report::Rendered second = office.Draft();
    REQUIRE(second.edition.number != sealed.number);
    const auto changes = [&] {
        return office.reports.Changes(office.town.actor, second.edition.number, sealed.number);
    };
    const report::Comparison came_in = changes();
    const auto sown = std::find_if(
        came_in.figures.begin(),
        came_in.figures.end(),
        [](const report::FigureChange& change) { return change.slot == "p11"; }
    );
    REQUIRE(sown != came_in.figures.end());
    CHECK(sown->label.zh == "露地蔬菜播种面积");
    CHECK(sown->label.en == "Open-field vegetable sown area");
    CHECK(Has(sown->was, "（不含沙河村）"));
    CHECK_FALSE(Has(sown->now, "不含"));
    // Sheds are none of that village's return: p9 says the same in both.
    for (const report::FigureChange& change : came_in.figures) {
        CHECK(change.slot != "p9");
    }
    const size_t sentences = came_in.sentences.size();
    document::Package package = document::Package::Read(office.reports.Docx(second), "a.docx");
    package.Set(
        "word/document.xml",
        ReplaceAll(package.Part("word/document.xml"), "推进大户承包", "鼓励大户承包")
    );
    REQUIRE(
        office.reports.TakeOver(
            office.town.actor, second.edition.number, package.Bytes(), "a.docx"
        ) == 1
    );
    const report::Comparison written = changes();
    REQUIRE(written.sentences.size() == sentences + 1);
    CHECK(std::any_of(
        written.sentences.begin(),
        written.sentences.end(),
        [](const report::SentenceChange& change) {
            return Has(change.was, "推进大户承包") && Has(change.now, "鼓励大户承包");
        }
    ));
    // Beside itself an edition is the same.
    CHECK(office.reports.Changes(office.town.actor, sealed.number, sealed.number).Same());
}

TEST_CASE("a document that LibreOffice only saved is the same; what it changed is found, no more") {
    if (NoOffice()) {
        return;
    }
    Office office;
    office.ImportAll();
    const report::Rendered rendered = office.Draft();
    const TempFolder folder;
    const std::filesystem::path root = folder.path();
    document::SaveFile(root / "a.docx", office.reports.Docx(rendered));
    Soffice(root, "--convert-to docx --outdir out a.docx");
    const auto saved = office.reports.Compare(
        office.town.actor, rendered.edition.number, Load(root / "out/a.docx"), "a.docx"
    );
    CHECK(saved.figures.empty());
    for (const auto& change : saved.sentences) {
        FAIL_CHECK(change.was << " → " << change.now);
    }
    // The profile is there now; a macro put into it before would have been overwritten.
    document::SaveFile(root / "profile/user/basic/Standard/Module1.xba", Macro(root));
    document::SaveFile(
        root / "profile/user/basic/Standard/script.xlb",
        R"(<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false"><library:element library:name="Module1"/></library:library>
)"
    );
    Soffice(root, "macro:///Standard.Module1.Main");
    REQUIRE(std::filesystem::exists(root / "b.docx"));
    CheckReturned(office, rendered, Load(root / "b.docx"));
}

TEST_CASE("paragraphs that were split, joined or moved say the same") {
    if (Absent()) {
        return;
    }
    Office office;
    office.ImportAll();
    const report::Rendered rendered = office.Draft();
    auto was = report::MarkedOf(rendered);
    auto now = was;
    const size_t second = now[3].masked.find("二要");
    REQUIRE(second != std::string::npos);
    report::MarkedParagraph tail = now[3];
    tail.masked = now[3].masked.substr(second);
    now[3].masked.resize(second);
    now.insert(now.begin() + 4, tail);
    report::RestoreMarks(was, now);
    report::Comparison comparison;
    report::CompareTexts(rendered, was, now, comparison);
    CHECK(comparison.Same());
}

TEST_CASE("of changed sentences some are taken over, within a paragraph too") {
    const auto text = [](const std::vector<report::MarkedParagraph>& paragraphs) {
        std::string out;
        for (const auto& one : paragraphs) {
            out += one.masked + "\n";
        }
        return out;
    };
    auto was = std::vector{
        Marked("一要抓春耕备耕。二要抓动物防疫。三要抓项目落地。", {}),
        Marked("会议强调纪律。", {}),
        Marked("另有一事说明如下。", {})};
    auto now = std::vector{
        Marked("一要抓好春耕备耕。二要抓动物防疫。三要抓紧项目落地。", {}),
        Marked("另有一事说明如下。", {}),
        Marked("以上请审阅。", {})};
    was[0].paragraph = 7;
    was[1].paragraph = 8;
    was[2].paragraph = 9;
    // Changes: 0 the first sentence, 1 the third, 2 the paragraph taken out, 3 the new one.
    const auto chosen = [&](const std::set<size_t>& places) {
        return report::WithChosen(was, now, places);
    };
    CHECK(text(chosen({}).now) == text(was));
    CHECK(text(chosen({0, 1, 2, 3}).now) == text(now));
    const auto third = chosen({1});
    CHECK(third.now[0].masked == "一要抓春耕备耕。二要抓动物防疫。三要抓紧项目落地。");
    CHECK(third.now[1].masked == "会议强调纪律。");
    CHECK(third.now.size() == 3);
    CHECK(third.paragraphs == std::set<int64_t>{7});
    const auto out_and_new = chosen({2, 3});
    CHECK(
        text(out_and_new.now) == was[0].masked + "\n" + was[2].masked + "\n" + now[2].masked + "\n"
    );
    CHECK(out_and_new.paragraphs == std::set<int64_t>{8});
    CHECK(out_and_new.touched == std::vector<bool>{false, false, true});
    CHECK_THROWS_AS(chosen({4}), Problem);
}

TEST_CASE("a figure whose bookmark was lost is found by the words around it") {
    const std::string p1 = report::MarkOf("p1");
    const std::string p2 = report::MarkOf("p2");
    const std::vector<report::MarkedParagraph> was = {
        Marked("建成大棚" + p1 + "，温室" + p2 + "。", {{"p1", "276座"}, {"p2", "125座"}})};
    const auto restored = [&](report::MarkedParagraph now) {
        std::vector<report::MarkedParagraph> list = {std::move(now)};
        report::RestoreMarks(was, list);
        return list[0].texts["p1"] + "|" + list[0].texts["p2"] + "|" + list[0].Shown();
    };
    CHECK(
        restored(Marked("建成大棚300座，温室" + p2 + "。", {{"p2", "125座"}})) ==
        "300座|125座|建成大棚300座，温室125座。"
    );
    CHECK(
        restored(Marked("建成大棚" + p1 + "00座，温室" + p2 + "。", {{"p1", "3"}, {"p2", "125座"}})
        ) == "300座|125座|建成大棚300座，温室125座。"
    );
    CHECK(
        restored(Marked("建成大棚300座，温室120座。", {})) ==
        "300座|120座|建成大棚300座，温室120座。"
    );
    // Words put before an unchanged figure stay words; a figure that is gone is gone.
    CHECK(
        restored(
            Marked("建成大棚共" + p1 + "，温室" + p2 + "。", {{"p1", "276座"}, {"p2", "125座"}})
        ) == "276座|125座|建成大棚共276座，温室125座。"
    );
    CHECK(
        restored(Marked("建成大棚，温室" + p2 + "。", {{"p2", "125座"}})) ==
        "|125座|建成大棚，温室125座。"
    );
}

TEST_CASE("texts are aligned in order") {
    using Pairs = std::vector<std::pair<size_t, size_t>>;
    CHECK(
        report::CommonInOrder({"a", "b", "c", "d"}, {"a", "x", "c", "d"}) ==
        Pairs{{0, 0}, {2, 2}, {3, 3}}
    );
    CHECK(report::CommonInOrder({}, {"a"}).empty());
    CHECK(
        report::PairInOrder({"甲乙丙丁", "子丑寅卯"}, {"全新一段", "子丑寅辰"}, 0.4) ==
        Pairs{{1, 1}}
    );
    CHECK(report::Likeness("甲乙丙", "甲乙丙") == 1);
    CHECK(report::Likeness("甲乙丙", "丁戊己") == 0);
}
