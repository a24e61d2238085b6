#include "document/official_layout.h"

#include <fmt/format.h>

#include "document/content.h"
#include "document/package.h"
#include "document/xml.h"

namespace zw::document {

namespace {

// Twentieths of a point (twips) unless said otherwise. 37, 28, 26, 35 mm; the page number 7 mm
// below the text.
constexpr int kPageWidth = 11906;
constexpr int kPageHeight = 16838;
constexpr int kTop = 2098;
constexpr int kLeft = 1587;
constexpr int kRight = 1474;
constexpr int kBottom = 1984;
constexpr int kFooter = 1307;
constexpr int kLinePitch = 579;  // 22 lines in 225 mm
constexpr int kCondense = -5;    // 28 characters of 16 pt in 156 mm
constexpr int kCharacter = 315;  // one condensed character of 3号
constexpr int kSize2 = 44;       // half points: 2号
constexpr int kSize3 = 32;       // 3号
constexpr int kSize4 = 28;       // 4号
constexpr int kSizeSmall4 = 24;  // 小四
constexpr int kSize5 = 21;       // 五号

constexpr std::string_view kHead = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";
constexpr std::string_view kW =
    R"(xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main")";
constexpr std::string_view kR =
    R"(xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships")";
constexpr std::string_view kRelationTypes =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
constexpr std::string_view kContent =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.";

struct StyleSpec {
    const char* id;
    const char* name;
    const char* paragraph;  // inside w:pPr
    const char* font;
    int size;
    int spacing;
};

constexpr const char* kIndent2 = R"(<w:ind w:firstLineChars="200" w:firstLine="630"/>)";
constexpr const char* kSmall =
    R"(<w:snapToGrid w:val="0"/><w:spacing w:before="20" w:after="20"/><w:jc w:val="left"/>)";

std::vector<StyleSpec> StyleSpecs() {
    static constexpr const char* kSong = "方正小标宋简体";
    static constexpr const char* kFang = "仿宋";
    static constexpr const char* kKai = "楷体";
    static constexpr const char* kHei = "黑体";
    return {
        {"ZwTitle", style::kTitle, R"(<w:keepNext/><w:jc w:val="center"/>)", kSong, kSize2, 0},
        {"ZwSubtitle", style::kSubtitle, R"(<w:jc w:val="center"/>)", kKai, kSize3, kCondense},
        {"ZwHeading1",
         style::kHeading1,
         R"(<w:keepNext/><w:ind w:firstLineChars="200" w:firstLine="630"/><w:outlineLvl w:val="0"/>)",
         kHei,
         kSize3,
         kCondense},
        {"ZwHeading2",
         style::kHeading2,
         R"(<w:keepNext/><w:ind w:firstLineChars="200" w:firstLine="630"/><w:outlineLvl w:val="1"/>)",
         kKai,
         kSize3,
         kCondense},
        {"ZwHeading3", style::kHeading3, kIndent2, kFang, kSize3, kCondense},
        {"ZwBody", style::kBody, kIndent2, kFang, kSize3, kCondense},
        {"ZwFlush", style::kFlush, "", kFang, kSize3, kCondense},
        {"ZwSigned",
         style::kSigned,
         R"(<w:ind w:rightChars="400" w:right="1260"/><w:jc w:val="right"/>)",
         kFang,
         kSize3,
         kCondense},
        {"ZwTableTitle",
         style::kTableTitle,
         R"(<w:keepNext/><w:jc w:val="center"/>)",
         kHei,
         kSize3,
         kCondense},
        {"ZwTableText", style::kTableText, kSmall, kFang, kSize5, 0},
        {"ZwNote", style::kNote, kSmall, kFang, kSizeSmall4, 0},
    };
}

std::string Fonts(const char* name) {
    return fmt::format(
        R"(<w:rFonts w:ascii="{0}" w:hAnsi="{0}" w:eastAsia="{0}" w:cs="Times New Roman"/>)", name
    );
}

std::string StylesXml() {
    std::string xml = fmt::format(
        R"({}<w:styles {}><w:docDefaults><w:rPrDefault><w:rPr>{}<w:sz w:val="{}"/><w:szCs w:val="{}"/>)"
        R"(<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>)"
        R"(<w:pPrDefault/></w:docDefaults>)"
        R"(<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>)"
        // Word's own default, written out: LibreOffice reads the element the other way round, and
        // where it hangs punctuation into the margin, marks that do not fit there are lost.
        R"(<w:pPr><w:widowControl w:val="0"/><w:overflowPunct w:val="1"/><w:jc w:val="both"/></w:pPr></w:style>)",
        kHead,
        kW,
        Fonts("仿宋"),
        kSize3,
        kSize3
    );
    for (const auto& spec : StyleSpecs()) {
        const std::string spacing =
            spec.spacing == 0 ? "" : fmt::format(R"(<w:spacing w:val="{}"/>)", spec.spacing);
        xml += fmt::format(
            R"(<w:style w:type="paragraph" w:customStyle="1" w:styleId="{}"><w:name w:val="{}"/>)"
            R"(<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{}</w:pPr>)"
            R"(<w:rPr>{}{}<w:sz w:val="{}"/><w:szCs w:val="{}"/></w:rPr></w:style>)",
            spec.id,
            spec.name,
            spec.paragraph,
            Fonts(spec.font),
            spacing,
            spec.size,
            spec.size
        );
    }
    xml += fmt::format(
        R"(<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/>)"
        R"(<w:pPr><w:snapToGrid w:val="0"/></w:pPr><w:rPr>{}<w:sz w:val="{}"/><w:szCs w:val="{}"/></w:rPr></w:style>)"
        R"(</w:styles>)",
        Fonts("宋体"),
        kSize4,
        kSize4
    );
    return xml;
}

// Named, not embedded; where a font is missing, the next of its family is taken.
std::string FontTableXml() {
    struct Font {
        const char* name;
        const char* others;
    };
    static constexpr Font kFonts[] = {
        {"仿宋", "FangSong,仿宋_GB2312,STFangsong"},
        {"楷体", "KaiTi,楷体_GB2312,STKaiti"},
        {"黑体", "SimHei,STHeiti"},
        {"宋体", "SimSun,STSong"},
        {"方正小标宋简体", "方正小标宋_GBK,FZXiaoBiaoSong-B05S,STZhongsong,宋体"},
    };
    std::string xml = fmt::format("{}<w:fonts {}>", kHead, kW);
    for (const auto& font : kFonts) {
        xml += fmt::format(
            R"(<w:font w:name="{}"><w:altName w:val="{}"/><w:charset w:val="86"/><w:family w:val="auto"/>)"
            R"(<w:pitch w:val="default"/></w:font>)",
            font.name,
            font.others
        );
    }
    return xml + "</w:fonts>";
}

std::string FooterXml(bool odd) {
    // One character (空一字) from the edge of the text.
    const char* place = odd ? R"(<w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/>)"
                            : R"(<w:ind w:leftChars="100" w:left="280"/><w:jc w:val="left"/>)";
    return fmt::format(
        R"({}<w:ftr {}><w:p><w:pPr><w:pStyle w:val="Footer"/>{}</w:pPr>)"
        R"(<w:r><w:t xml:space="preserve">— </w:t></w:r>)"
        R"(<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>)"
        R"(<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>)",
        kHead,
        kW,
        place
    );
}

std::string SettingsXml() {
    return fmt::format(
        R"({}<w:settings {}><w:mirrorMargins/><w:defaultTabStop w:val="{}"/><w:evenAndOddHeaders/>)"
        R"(<w:characterSpacingControl w:val="doNotCompress"/>)"
        R"(<w:compat><w:useFELayout/><w:compatSetting w:name="compatibilityMode" )"
        R"(w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>)"
        R"(<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>)",
        kHead,
        kW,
        kCharacter
    );
}

std::string DocumentXml(const std::vector<TemplateLine>& lines) {
    std::string body;
    for (const auto& line : lines) {
        std::string id = "Normal";
        for (const auto& spec : StyleSpecs()) {
            if (line.style == spec.name) {
                id = spec.id;
            }
        }
        body += fmt::format(R"(<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr>)", id);
        if (!line.text.empty()) {
            body += fmt::format(
                R"(<w:r><w:t xml:space="preserve">{}</w:t></w:r>)", EscapeXml(line.text)
            );
        }
        body += "</w:p>";
    }
    return fmt::format(
        R"({}<w:document {} {}><w:body>{}<w:sectPr><w:footerReference w:type="even" r:id="rId4"/>)"
        R"(<w:footerReference w:type="default" r:id="rId5"/><w:pgSz w:w="{}" w:h="{}"/>)"
        R"(<w:pgMar w:top="{}" w:right="{}" w:bottom="{}" w:left="{}" w:header="851" w:footer="{}" w:gutter="0"/>)"
        R"(<w:docGrid w:type="lines" w:linePitch="{}"/></w:sectPr></w:body></w:document>)",
        kHead,
        kW,
        kR,
        body,
        kPageWidth,
        kPageHeight,
        kTop,
        kRight,
        kBottom,
        kLeft,
        kFooter,
        kLinePitch
    );
}

std::string ContentTypesXml() {
    return fmt::format(
        R"({0}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">)"
        R"(<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>)"
        R"(<Default Extension="xml" ContentType="application/xml"/>)"
        R"(<Override PartName="/word/document.xml" ContentType="{1}document.main+xml"/>)"
        R"(<Override PartName="/word/styles.xml" ContentType="{1}styles+xml"/>)"
        R"(<Override PartName="/word/settings.xml" ContentType="{1}settings+xml"/>)"
        R"(<Override PartName="/word/fontTable.xml" ContentType="{1}fontTable+xml"/>)"
        R"(<Override PartName="/word/footer1.xml" ContentType="{1}footer+xml"/>)"
        R"(<Override PartName="/word/footer2.xml" ContentType="{1}footer+xml"/>)"
        R"(<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>)"
        R"(</Types>)",
        kHead,
        kContent
    );
}

std::string RelationsXml(const std::vector<std::pair<std::string, std::string>>& targets) {
    std::string xml = fmt::format(
        R"({}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)",
        kHead
    );
    int n = 0;
    for (const auto& [type, target] : targets) {
        xml +=
            fmt::format(R"(<Relationship Id="rId{}" Type="{}" Target="{}"/>)", ++n, type, target);
    }
    return xml + "</Relationships>";
}

std::string CoreXml(const std::string& title) {
    return fmt::format(
        R"({}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" )"
        R"(xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></cp:coreProperties>)",
        kHead,
        EscapeXml(title)
    );
}

}  // namespace

std::string MakeOfficialTemplate(const std::vector<TemplateLine>& lines, const std::string& title) {
    const std::string office(kRelationTypes);
    Package package;
    package.Set("[Content_Types].xml", ContentTypesXml());
    package.Set(
        "_rels/.rels",
        RelationsXml(
            {{office + "officeDocument", "word/document.xml"},
             {"http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
              "core-properties",
              "docProps/core.xml"}}
        )
    );
    package.Set("docProps/core.xml", CoreXml(title));
    package.Set("word/document.xml", DocumentXml(lines));
    package.Set(
        "word/_rels/document.xml.rels",
        RelationsXml(
            {{office + "styles", "styles.xml"},
             {office + "settings", "settings.xml"},
             {office + "fontTable", "fontTable.xml"},
             {office + "footer", "footer2.xml"},
             {office + "footer", "footer1.xml"}}
        )
    );
    package.Set("word/styles.xml", StylesXml());
    package.Set("word/settings.xml", SettingsXml());
    package.Set("word/fontTable.xml", FontTableXml());
    package.Set("word/footer1.xml", FooterXml(true));
    package.Set("word/footer2.xml", FooterXml(false));
    return package.Bytes();
}

std::string MakeReportTemplate() {
    return MakeOfficialTemplate(
        {{style::kTitle, "{{title}}"},
         {style::kBody, ""},
         {style::kBody, "{{body}}"},
         {style::kBody, "{{signature}}"},
         {style::kBody, "{{annex}}"}},
        "{{title}}"
    );
}

}  // namespace zw::document
