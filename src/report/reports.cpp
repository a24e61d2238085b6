#include "report/reports.h"

#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"
#include "document/docx_template.h"
#include "document/html.h"
#include "document/official_layout.h"
#include "ledger/import_cell.h"
#include "report/annex.h"
#include "report/openings.h"
#include "report/reports_impl.h"

namespace zw::report {

namespace {

const definition::ReportDefinition& FindReport(
    const definition::Model& model, const std::string& id
) {
    const auto* report = model.FindReport(id);
    if (report == nullptr) {
        std::vector<std::string> names;
        for (const auto& known : model.reports) {
            names.push_back(known.id);
        }
        const auto nearest = Nearest(id, names);
        throw NotFound(Thing::kReport, id, nearest);
    }
    return *report;
}

// A year's report has no figures of a quarter: its slots ask for years.
void RequirePeriod(const definition::ReportDefinition& report, const Period& period) {
    if (period.grain != report.period) {
        throw Problem(
            "report_period",
            {{"name", report.name.zh},
             {"grain", ledger::GrainWord(report.period)},
             {"value", ToText(period)},
             {"example", ToText(PeriodOf(period.First(), report.period))}}
        );
    }
}

}  // namespace

Reports::Reports(ledger::Ledger& ledger, indicator::Figures& figures)
    : impl_(new Impl{ledger, figures}) {}
Reports::~Reports() = default;

void Reports::Open() {
    impl_->services().database.Write([](store::Connection& connection) {
        CreateEditionTables(connection);
    });
}

EditionInfo Reports::Draft(
    const access::Actor& actor, const DraftRequest& request, const store::Along& along
) {
    const auto& report = FindReport(impl_->model(), request.report);
    RequirePeriod(report, request.period);
    if (request.from_edition || !request.optional_chapters.empty()) {
        access::Actor::Require(actor.rights.report, {"编写报告", "writing the report"});
    }
    if (request.from_edition) {
        const EditionRow from = impl_->Load(*request.from_edition);
        const auto paragraphs = Paragraphs(*request.from_edition);
        DraftRequest copied = request;
        copied.optional_chapters = from.info.chapters;
        return impl_->NewDraft(
            actor, copied, TextFromEdition(from, paragraphs), std::nullopt, along
        );
    }
    const DraftText text = TextFromPassages(impl_->model(), report, request.optional_chapters);
    const auto open = impl_->OpenDraft(request);
    // Who only reads begins no text of theirs: the program lays the passages out.
    access::Actor author = actor;
    author.name = actor.rights.report ? actor.name : "程序";
    if (!open) {
        return impl_->NewDraft(author, request, text, std::nullopt, along);
    }
    const bool as_asked = open->info.definitions == impl_->model().digest &&
                          open->info.chapters == request.optional_chapters;
    if (open->edited || open->info.from_edition != 0 || as_asked) {
        return open->info;
    }
    return impl_->NewDraft(author, request, text, open->info.number, along);
}

Rendered Reports::Render(
    const access::Actor& actor, int64_t edition, const std::map<std::string, std::string>& waivers
) const {
    access::Actor::Require(
        actor.WholeTown(),
        {"报告是全镇的内容，您只负责其中一部分",
         "a report is of the whole town, and a part of it is yours"}
    );
    const EditionRow row = impl_->Load(edition);
    if (row.info.sealed) {
        const auto reader = impl_->services().database.Read();
        return LoadSealed(reader->connection(), impl_->town(), row.info);
    }
    return impl_->RenderDraft(actor, row, waivers);
}

std::vector<EditionInfo> Reports::List() const {
    std::vector<EditionRow> rows;
    {
        const auto reader = impl_->services().database.Read();
        rows = LoadEditions(reader->connection(), impl_->town());
    }
    std::vector<EditionInfo> list;
    for (auto& row : rows) {
        if (!row.info.sealed) {
            row.info.title = impl_->TitleNow(row);
        }
        list.push_back(std::move(row.info));
    }
    return list;
}

EditionInfo Reports::Find(int64_t edition) const {
    EditionRow row = impl_->Load(edition);
    if (!row.info.sealed) {
        row.info.title = impl_->TitleNow(row);
    }
    return row.info;
}

std::vector<EditionParagraph> Reports::Paragraphs(int64_t edition) const {
    const auto reader = impl_->services().database.Read();
    return LoadParagraphs(reader->connection(), impl_->town(), edition);
}

std::vector<EditionParagraph> Reports::History(int64_t edition, int64_t paragraph) const {
    const auto reader = impl_->services().database.Read();
    return LoadHistory(reader->connection(), impl_->town(), edition, paragraph);
}

std::string Reports::Docx(const Rendered& rendered) const {
    const auto* report = impl_->model().FindReport(rendered.edition.report);
    const std::string layout = report == nullptr || report->template_docx.empty()
                                   ? document::MakeReportTemplate()
                                   : report->template_docx;
    document::DocxTemplate form(document::Package::Read(layout, "template.docx"));
    document::Filling filling;
    filling.value = [&](std::string_view name) -> std::optional<document::Content> {
        if (name == "title") {
            return rendered.title_spans;
        }
        if (name == "body") {
            return Body(rendered);
        }
        if (name == "annex") {
            return Annex(rendered);
        }
        if (name == "signature") {
            return std::vector<document::Block>{};
        }
        return std::nullopt;
    };
    form.Fill(filling);
    return form.Bytes();
}

std::string Reports::Html(const access::Actor& actor, const Rendered& rendered) const {
    const Openings openings(impl_->ledger, impl_->figures, actor, rendered);
    document::HtmlPage page;
    page.title = rendered.title;
    page.blocks.emplace_back(document::Paragraph{
        document::style::kTitle, rendered.title_spans, false});
    for (auto& block : Body(rendered)) {
        page.blocks.push_back(std::move(block));
    }
    const auto link_of = [&](const std::string& slot) { return openings.LinkOf(slot); };
    for (auto& block : Annex(rendered, link_of)) {
        page.blocks.push_back(std::move(block));
    }
    for (auto& block : openings.Blocks()) {
        page.blocks.push_back(std::move(block));
    }
    return document::WriteHtml(page);
}

FilledForm Reports::FillForm(
    const access::Actor& actor, const Period& period, std::string_view docx, std::string_view name
) const {
    const auto source = MakeLedgerSource(impl_->ledger, impl_->figures, actor);
    return report::FillForm(*source, period, docx, name);
}

}  // namespace zw::report
