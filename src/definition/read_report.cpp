// reports/ and the passages of lines.

#include <algorithm>
#include <map>

#include "base/text.h"
#include "definition/build.h"
#include "definition/read.h"

namespace zw::definition {

namespace {

void AddPassages(Build& build, const std::map<std::string, TextFile>& files) {
    for (const auto& [id, file] : files) {
        if (const Passage* first = build.model.FindPassage(id)) {
            build.errors.Add(
                file.origin,
                "duplicate_id",
                "段落“" + id + "”在 " + first->origin.file + " 已经有了；请换一个名称"
            );
            continue;
        }
        build.model.passages.push_back({id, file.bytes, file.origin});
    }
}

ReportChapter ReadChapter(Build& build, const Item& item, std::map<std::string, Origin>& used) {
    ReportChapter chapter{
        TextOf(item, "id"), TextOf(item, "heading"), FlagOf(item, "optional", false), {}};
    std::vector<std::string> known;
    for (const Passage& passage : build.model.passages) {
        known.push_back(passage.id);
    }
    for (const Item& name : ItemsOf(item, "passages")) {
        if (build.model.FindPassage(name.text) == nullptr) {
            build.errors.Add(
                name.origin,
                "missing_reference",
                "没有段落“" + name.text + "”" + Errors::WouldBe(name.text, known)
            );
            continue;
        }
        const auto [first, is_new] = used.emplace(name.text, name.origin);
        if (!is_new) {
            build.errors.Add(
                name.origin,
                "duplicate_id",
                "段落“" + name.text + "”在第 " + std::to_string(first->second.line) +
                    " 行已经用了；请删去一个"
            );
        }
        chapter.passages.push_back(name.text);
    }
    return chapter;
}

std::string NoTemplate(const std::string& report) {
    return "报告“" + report + "”没有版式文件；请放 reports/" + report + "/template.docx";
}

}  // namespace

void ReadReports(Build& build, const Sources& sources) {
    for (const auto& [id, line] : sources.lines) {
        AddPassages(build, line.passages);
    }
    for (const auto& [id, report] : sources.reports) {
        AddPassages(build, report.passages);
    }
    for (const auto& [id, source] : sources.reports) {
        if (!source.is_declared) {
            continue;
        }
        ReportDefinition report;
        report.id = id;
        const std::string en = TextOf(source.tree, "en");
        report.name = {TextOf(source.tree, "name"), en.empty() ? TextOf(source.tree, "name") : en};
        report.period = ParseGrain(TextOf(source.tree, "period")).value_or(Grain::kYear);
        report.title = TextOf(source.tree, "title");
        report.template_docx = source.template_docx;
        report.origin = source.origin;
        std::map<std::string, Origin> used;
        for (const Item& chapter : ItemsOf(source.tree, "chapter")) {
            report.chapters.push_back(ReadChapter(build, chapter, used));
        }
        if (report.template_docx.empty()) {
            build.errors.Add(source.origin, "no_template", NoTemplate(id));
        }
        build.model.reports.push_back(std::move(report));
    }
}

}  // namespace zw::definition
