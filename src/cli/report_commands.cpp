#include <fmt/format.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "base/files.h"
#include "base/problem.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/table.h"
#include "http/json.h"
#include "http/json_report.h"

namespace zw::cli {

namespace {

namespace json = boost::json;

struct ReportArguments {
    std::string folder;
    std::string report;
    std::string period;
    std::string out;
    std::vector<std::string> waive;
    std::vector<std::string> reasons;
    std::vector<std::string> chapters;
    std::string from_edition;
    bool final = false;
};

int64_t EditionOf(const std::string& text) {
    if (text.empty() || text.size() > 9 ||
        text.find_first_not_of("0123456789") != std::string::npos) {
        throw Problem::Because(
            "wrong_use", {"EDITION 应为版本号，如 1", "EDITION is a number, as 1"}
        );
    }
    return std::stoll(text);
}

std::map<std::string, std::string> WaiversOf(const ReportArguments& arguments) {
    std::map<std::string, std::string> waivers;
    for (size_t i = 0; i < arguments.waive.size(); ++i) {
        // One reason may serve all waivers; else each has its own, in order.
        const std::string reason = arguments.reasons.size() == 1  ? arguments.reasons.front()
                                   : i < arguments.reasons.size() ? arguments.reasons[i]
                                                                  : "";
        waivers[arguments.waive[i]] = reason;
    }
    return waivers;
}

void WriteOut(app::App& town, const report::Rendered& rendered, const std::string& file) {
    if (file.empty()) {
        return;
    }
    const bool html = EndsWith(file, ".html");
    if (!html && !EndsWith(file, ".docx")) {
        throw Problem::Because(
            "wrong_use", {"--out 应以 .docx 或 .html 结尾", "--out ends in .docx or .html"}
        );
    }
    WriteFile(
        file,
        html ? town.reports().Html(CommandLineActor(), rendered) : town.reports().Docx(rendered)
    );
}

// A final edition of the period that stands is shown again rather than drafted anew.
int64_t StandingEdition(
    app::App& town, const ReportArguments& arguments, const report::DraftRequest& request
) {
    if (arguments.final || request.from_edition) {
        return 0;
    }
    for (const report::EditionInfo& edition : town.reports().List()) {
        if (edition.report == request.report && edition.period == request.period) {
            return edition.sealed ? edition.number : 0;
        }
    }
    return 0;
}

void PrintReport(
    const report::Rendered& rendered, const ReportArguments& arguments, Context& context
) {
    if (context.json) {
        context.out << json::serialize(http::ToJson(rendered, false)) << "\n";
        return;
    }
    context.out << rendered.title << "：" << (rendered.edition.sealed ? "定稿" : "草稿") << "，第 "
                << rendered.edition.number << " 版，" << rendered.slots.size() << " 处数据\n";
    for (const report::ResolvedSlot* slot : rendered.Pending()) {
        context.out << "    " << slot->id << " " << slot->text << "  " << slot->pending << "\n";
    }
    for (const Finding& finding : rendered.findings) {
        context.out << "    " << finding.message << "\n";
    }
    if (!arguments.out.empty()) {
        context.out << "已写出 " << arguments.out << "\n";
    }
}

void RunReport(const ReportArguments& arguments, Context& context) {
    const auto town = context.Open(arguments.folder);
    report::DraftRequest request;
    request.report = arguments.report;
    request.period = PeriodOf(arguments.period);
    request.optional_chapters = arguments.chapters;
    if (!arguments.from_edition.empty()) {
        request.from_edition = EditionOf(arguments.from_edition);
    }
    const std::map<std::string, std::string> waivers = WaiversOf(arguments);
    int64_t edition = StandingEdition(*town, arguments, request);
    if (edition == 0) {
        edition = town->reports().Draft(CommandLineActor(), request).number;
    }
    if (arguments.final) {
        edition = town->reports().Seal(CommandLineActor(), edition, waivers).number;
    }
    const report::Rendered rendered = town->reports().Render(CommandLineActor(), edition);
    WriteOut(*town, rendered, arguments.out);
    PrintReport(rendered, arguments, context);
    context.exit = rendered.edition.sealed || rendered.Pending().empty() ? kDone : kFindings;
}

struct EditionArguments {
    std::string since;
    std::string folder;
    std::string edition;
    std::string file;
};

void RunVerify(const EditionArguments& arguments, Context& context) {
    const auto town = context.Open(arguments.folder);
    const report::Verification result =
        town->reports().Verify(CommandLineActor(), EditionOf(arguments.edition));
    if (context.json) {
        context.out << json::serialize(http::ToJson(result)) << "\n";
    } else {
        for (const Finding& finding : result.findings) {
            context.out << "    " << finding.message << "\n";
        }
        context.out << (result.Sound() ? "完好" : "与封存时不一致") << "：第 "
                    << result.edition.number << " 版，" << result.figures << " 个数字\n";
    }
    context.exit = result.Sound() ? kDone : kFindings;
}

report::Comparison Compared(const EditionArguments& arguments, app::App& town) {
    const int64_t edition = EditionOf(arguments.edition);
    if (!arguments.since.empty()) {
        return town.reports().Changes(CommandLineActor(), edition, EditionOf(arguments.since));
    }
    if (arguments.file.empty()) {
        throw Problem::Because(
            "wrong_use",
            {"zhenwu report compare DIR EDITION FILE.docx 或 --since 另一稿",
             "zhenwu report compare DIR EDITION FILE.docx or --since another edition"}
        );
    }
    const std::string name = std::filesystem::path(arguments.file).filename().string();
    return town.reports().Compare(CommandLineActor(), edition, ReadFile(arguments.file), name);
}

void RunCompare(const EditionArguments& arguments, Context& context) {
    const auto town = context.Open(arguments.folder);
    const report::Comparison result = Compared(arguments, *town);
    const bool returned = arguments.since.empty();
    if (context.json) {
        context.out << json::serialize(http::ToJson(result)) << "\n";
    } else {
        for (const report::FigureChange& change : result.figures) {
            context.out << "数字 " << change.slot << " " << change.label.zh << "：" << change.was
                        << " → " << change.now << "\n";
        }
        for (const report::FigureChange& change : result.rewritten) {
            context.out << "写法 " << change.slot << " " << change.label.zh << "：" << change.was
                        << " → " << change.now << "（数值未变，不算改动）\n";
        }
        for (const report::SentenceChange& change : result.sentences) {
            context.out << "文字：" << (change.was.empty() ? "（新增）" : change.was) << "\n   → "
                        << (change.now.empty() ? "（删去）" : change.now) << "\n";
        }
        context.out
            << (result.Same() ? "没有改动。\n"
                : returned ? "数字的改动只能作为采用数录入（zhenwu figure enter）。\n"
                           : "");
    }
    context.exit = result.Same() ? kDone : kFindings;
}

struct FormArguments {
    std::string folder;
    std::string form;
    std::string period;
    std::string out;
};

void RunForm(const FormArguments& arguments, Context& context) {
    const auto town = context.Open(arguments.folder);
    const std::string name = std::filesystem::path(arguments.form).filename().string();
    const report::FilledForm filled = town->reports().FillForm(
        CommandLineActor(), PeriodOf(arguments.period), ReadFile(arguments.form), name
    );
    WriteFile(arguments.out, filled.docx);
    size_t open = filled.findings.size();
    json::array slots;
    json::array findings;
    for (const report::ResolvedSlot& slot : filled.slots) {
        slots.emplace_back(http::ToJson(slot));
        open += slot.pending.empty() ? 0 : 1;
        if (!context.json && !slot.pending.empty()) {
            context.out << "    " << slot.id << " " << slot.text << "  " << slot.pending << "\n";
        }
    }
    for (const Finding& finding : filled.findings) {
        findings.emplace_back(http::ToJson(finding));
        if (!context.json) {
            context.out << "    " << finding.message << "\n";
        }
    }
    if (context.json) {
        context.out << json::serialize(json::object{
                           {"slots", std::move(slots)}, {"findings", std::move(findings)}})
                    << "\n";
    } else {
        context.out << "已写出 " << arguments.out << "：" << filled.slots.size() << " 处数据\n";
    }
    context.exit = open == 0 ? kDone : kFindings;
}

void RunEditions(const std::string& folder, Context& context) {
    const auto town = context.Open(folder);
    json::array out;
    std::vector<std::vector<std::string>> rows;
    for (const report::EditionInfo& edition : town->reports().List()) {
        out.emplace_back(http::ToJson(edition));
        rows.push_back(
            {std::to_string(edition.number),
             ToText(edition.period),
             edition.title,
             edition.sealed ? "定稿" : "草稿"}
        );
    }
    if (context.json) {
        context.out << json::serialize(out) << "\n";
    } else {
        context.out << TextTable({"版本", "期间", "标题", ""}, rows);
    }
}

void AddReportOptions(CLI::App& report, ReportArguments& arguments) {
    report.add_option("DIR", arguments.folder);
    report.add_option("REPORT", arguments.report, "annual");
    report.add_option("--period", arguments.period, "2023");
    report.add_option("--out", arguments.out, ".docx or .html")->type_name("FILE");
    report.add_flag("--final", arguments.final, "seal it");
    report.add_option("--waive", arguments.waive, "a slot that a leader lets pass")
        ->type_name("SLOT");
    report.add_option("--reason", arguments.reasons, "why");
    report.add_option("--chapter", arguments.chapters, "an optional chapter")->type_name("ID");
    report
        .add_option("--from-edition", arguments.from_edition, "take the paragraphs of that edition")
        ->type_name("N");
}

}  // namespace

void AddReportCommands(CLI::App& root, Context& context) {
    auto* report = root.add_subcommand("report", "报告 / the report, its editions");
    const auto arguments = Keep<ReportArguments>();
    AddReportOptions(*report, *arguments);

    const auto edition = Keep<EditionArguments>();
    auto* verify = report->add_subcommand("verify", "重算定稿");
    verify->add_option("DIR", edition->folder)->required();
    verify->add_option("EDITION", edition->edition)->required();
    verify->callback([edition, &context] { RunVerify(*edition, context); });

    auto* compare = report->add_subcommand("compare", "改回来的 Word 或另一稿改了什么");
    compare->add_option("DIR", edition->folder)->required();
    compare->add_option("EDITION", edition->edition)->required();
    compare->add_option("FILE", edition->file, "the .docx that came back");
    compare->add_option("--since", edition->since, "an earlier EDITION instead of a file");
    compare->callback([edition, &context] { RunCompare(*edition, context); });

    const auto form_arguments = Keep<FormArguments>();
    auto* form = report->add_subcommand("form", "填写别人的 Word 表样");
    form->add_option("DIR", form_arguments->folder)->required();
    form->add_option("FORM", form_arguments->form, ".docx with {{slots}}")->required();
    form->add_option("--period", form_arguments->period, "2023")->required();
    form->add_option("--out", form_arguments->out, ".docx")->type_name("FILE")->required();
    form->callback([form_arguments, &context] { RunForm(*form_arguments, context); });

    auto* list = report->add_subcommand("list", "各版本");
    list->add_option("DIR", edition->folder)->required();
    list->callback([edition, &context] { RunEditions(edition->folder, context); });

    report->callback([report, arguments, &context] {
        if (!report->get_subcommands().empty()) {
            return;
        }
        if (arguments->folder.empty() || arguments->report.empty() || arguments->period.empty()) {
            throw Problem::Because(
                "wrong_use",
                {"zhenwu report DIR annual --period 2023 --out 报告.docx",
                 "zhenwu report DIR annual --period 2023 --out report.docx"}
            );
        }
        RunReport(*arguments, context);
    });
}

}  // namespace zw::cli
