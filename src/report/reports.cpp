#include "report/reports.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "audit/digest.h"
#include "audit/log.h"
#include "base/problem.h"
#include "base/text.h"
#include "document/docx_template.h"
#include "document/html.h"
#include "document/official_layout.h"
#include "report/annex.h"
#include "report/check.h"
#include "report/compare_document.h"
#include "report/draft.h"
#include "report/edition_store.h"
#include "report/verify.h"

namespace zw::report {

namespace {

void RequireOpen(const EditionRow& row) {
    if (row.info.sealed) {
        throw Problem("edition_sealed", {{"edition", std::to_string(row.info.number)}});
    }
}

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
        throw Problem(
            "not_found",
            {{"kind", "报告"},
             {"name", id},
             {"nearest", nearest ? "，是不是“" + *nearest + "”" : ""}}
        );
    }
    return *report;
}

// What a person typed must be right before it is kept.
void RequireSound(const definition::Model& model, const std::string& text) {
    const auto findings = CheckParagraph(model, text);
    if (!findings.empty()) {
        std::vector<std::string> lines;
        for (const auto& finding : findings) {
            lines.push_back("第" + finding.column + "列：" + finding.message);
        }
        throw Problem("refused", {{"list", Join(lines, "\n")}});
    }
}

}  // namespace

std::vector<const ResolvedSlot*> Rendered::Pending() const {
    std::vector<const ResolvedSlot*> pending;
    for (const auto& slot : slots) {
        if (!slot.pending.empty()) {
            pending.push_back(&slot);
        }
    }
    return pending;
}

const ResolvedSlot* Rendered::Find(std::string_view slot) const {
    const auto found = std::find_if(slots.begin(), slots.end(), [&](const ResolvedSlot& one) {
        return one.id == slot;
    });
    return found == slots.end() ? nullptr : &*found;
}

struct Reports::Impl {
    ledger::Ledger& ledger;
    indicator::Figures& figures;

    const ledger::LedgerServices& services() const { return ledger.services(); }
    const definition::Model& model() const { return ledger.model(); }
    int64_t town() const { return services().town; }

    EditionRow Load(int64_t number) const {
        const auto reader = services().database.Read();
        return LoadEdition(reader->connection(), town(), number);
    }

    // One log row for what is done to an edition; returns its number.
    int64_t LogRow(store::Connection& connection, const access::Actor& actor, std::string why)
        const {
        audit::Entry entry;
        entry.town = town();
        entry.at = services().clock.NowMillis();
        entry.by = actor.name;
        entry.why = std::move(why);
        entry.definitions = model().digest;
        entry.rows_digest = audit::RowsDigest().Finish();
        return audit::Log(services().key).Append(connection, entry).seq;
    }

    Rendered RenderDraft(
        const access::Actor& actor,
        const EditionRow& row,
        const std::map<std::string, std::string>& waivers
    ) const {
        std::vector<EditionParagraph> paragraphs;
        {
            const auto reader = services().database.Read();
            paragraphs = LoadParagraphs(reader->connection(), town(), row.info.number);
        }
        const auto source = MakeLedgerSource(ledger, figures, actor);
        Rendered rendered = RenderParagraphs(row, paragraphs, *source, waivers);
        rendered.findings = CheckText(model(), rendered);
        return rendered;
    }

    audit::Head Newest() const {
        const auto reader = services().database.Read();
        return audit::Log::Newest(reader->connection(), town())
            .value_or(audit::Head{town(), 0, ""});
    }

    // The draft paragraphs of `edition` are written anew.
    void WriteParagraphs(
        store::Connection& connection,
        const access::Actor& actor,
        int64_t edition,
        std::vector<EditionParagraph> paragraphs,
        int64_t seq
    ) const {
        DeleteParagraphs(connection, town(), edition);
        for (auto& paragraph : paragraphs) {
            paragraph.at_millis = services().clock.NowMillis();
            paragraph.by = actor.name;
            paragraph.seq = seq;
            InsertParagraph(connection, town(), edition, paragraph);
        }
    }

    EditionInfo NewDraft(
        const access::Actor& actor,
        const DraftRequest& request,
        const DraftText& text,
        std::optional<int64_t> replaces
    ) const {
        EditionRow row;
        row.info.report = request.report;
        row.info.period = request.period;
        row.info.chapters = request.optional_chapters;
        row.info.from_edition = request.from_edition.value_or(0);
        row.info.created_millis = services().clock.NowMillis();
        row.info.created_by = actor.name;
        row.info.definitions = model().digest;
        row.title_text = text.title;
        services().database.Write([&](store::Connection& connection) {
            row.info.number = replaces ? *replaces : NextEdition(connection, town());
            const int64_t seq = LogRow(
                connection,
                actor,
                fmt::format("起草报告第{}版（{}）", row.info.number, ToChinese(request.period))
            );
            if (replaces) {
                UpdateEdition(connection, town(), row);
            } else {
                InsertEdition(connection, town(), row);
            }
            WriteParagraphs(connection, actor, row.info.number, text.paragraphs, seq);
        });
        return row.info;
    }

    // The open draft that the request is about.
    std::optional<EditionRow> OpenDraft(const DraftRequest& request) const {
        const auto reader = services().database.Read();
        for (auto& row : LoadEditions(reader->connection(), town())) {
            if (!row.info.sealed && row.info.report == request.report &&
                row.info.period == request.period) {
                return std::move(row);
            }
        }
        return std::nullopt;
    }

    // Changes one paragraph of a draft inside the writer; `change` makes the new version of the
    // standing one.
    EditionParagraph ChangeParagraph(
        const access::Actor& actor,
        int64_t edition,
        int64_t id,
        int64_t version,
        const std::function<void(EditionParagraph&)>& change
    ) const {
        EditionParagraph result;
        services().database.Write([&](store::Connection& connection) {
            EditionRow row = LoadEdition(connection, town(), edition);
            RequireOpen(row);
            const auto history = LoadHistory(connection, town(), edition, id);
            if (history.empty() || history.back().deleted) {
                throw Problem(
                    "not_found", {{"kind", "段落"}, {"name", std::to_string(id)}, {"nearest", ""}}
                );
            }
            result = history.back();
            if (result.version != version) {
                throw Problem("stale_version", {{"by", result.by}, {"list", result.text}});
            }
            change(result);
            ++result.version;
            result.at_millis = services().clock.NowMillis();
            result.by = actor.name;
            result.seq =
                LogRow(connection, actor, fmt::format("修改报告第{}版第{}段", edition, id));
            InsertParagraph(connection, town(), edition, result);
            row.edited = true;
            UpdateEdition(connection, town(), row);
        });
        return result;
    }

    // Ids for the slots of a text typed into this edition.
    std::string WithIds(int64_t edition, const std::string& text) const {
        std::vector<std::string> taken;
        const auto reader = services().database.Read();
        for (const auto& paragraph : LoadParagraphs(reader->connection(), town(), edition)) {
            GiveIds(paragraph.text, taken);
        }
        return GiveIds(text, taken);
    }
};

Reports::Reports(ledger::Ledger& ledger, indicator::Figures& figures)
    : impl_(new Impl{ledger, figures}) {}
Reports::~Reports() = default;

void Reports::Open() {
    impl_->services().database.Write([](store::Connection& connection) {
        CreateEditionTables(connection);
    });
}

EditionInfo Reports::Draft(const access::Actor& actor, const DraftRequest& request) {
    const auto& report = FindReport(impl_->model(), request.report);
    if (request.from_edition) {
        const EditionRow from = impl_->Load(*request.from_edition);
        const auto paragraphs = Paragraphs(*request.from_edition);
        DraftRequest copied = request;
        copied.optional_chapters = from.info.chapters;
        return impl_->NewDraft(actor, copied, TextFromEdition(from, paragraphs), std::nullopt);
    }
    const DraftText text = TextFromPassages(impl_->model(), report, request.optional_chapters);
    const auto open = impl_->OpenDraft(request);
    if (!open) {
        return impl_->NewDraft(actor, request, text, std::nullopt);
    }
    const bool as_asked = open->info.definitions == impl_->model().digest &&
                          open->info.chapters == request.optional_chapters;
    if (open->edited || open->info.from_edition != 0 || as_asked) {
        return open->info;
    }
    return impl_->NewDraft(actor, request, text, open->info.number);
}

Rendered Reports::Render(
    const access::Actor& actor, int64_t edition, const std::map<std::string, std::string>& waivers
) const {
    const EditionRow row = impl_->Load(edition);
    if (row.info.sealed) {
        const auto reader = impl_->services().database.Read();
        return LoadSealed(reader->connection(), impl_->town(), row.info);
    }
    return impl_->RenderDraft(actor, row, waivers);
}

namespace {

// What keeps `rendered` from being sealed, or is wrong with the waivers.
void RequireReady(const Rendered& rendered, const std::map<std::string, std::string>& waivers) {
    for (const auto& [id, reason] : waivers) {
        const auto* slot = rendered.Find(id);
        if (Trim(reason).empty()) {
            throw Problem("wrong_use", {{"what", "特批" + id + "必须写明理由"}});
        }
        if (slot == nullptr || slot->waiver.empty()) {
            throw Problem("wrong_use", {{"what", "位号" + id + "不需要特批"}});
        }
    }
    std::vector<std::string> open;
    for (const auto* slot : rendered.Pending()) {
        open.push_back(slot->id + "：" + slot->pending);
    }
    for (const auto& finding : rendered.findings) {
        if (finding.severity == Severity::kRefused) {
            open.push_back("第" + std::to_string(finding.row) + "段：" + finding.message);
        }
    }
    if (!open.empty()) {
        throw Problem(
            "report_not_ready", {{"count", std::to_string(open.size())}, {"list", Join(open, "；")}}
        );
    }
}

}  // namespace

EditionInfo Reports::Seal(
    const access::Actor& actor, int64_t edition, const std::map<std::string, std::string>& waivers
) {
    constexpr int kTries = 8;
    for (int i = 0; i < kTries; ++i) {
        EditionRow row = impl_->Load(edition);
        RequireOpen(row);
        const audit::Head head = impl_->Newest();
        Rendered rendered = impl_->RenderDraft(actor, row, waivers);
        RequireReady(rendered, waivers);
        bool done = false;
        impl_->services().database.Write([&](store::Connection& connection) {
            const auto now = audit::Log::Newest(connection, impl_->town());
            if (now && !(*now == head)) {
                return;  // something was written since the figures were read: read them again
            }
            row = LoadEdition(connection, impl_->town(), edition);
            RequireOpen(row);
            row.info.sealed = true;
            row.info.title = rendered.title;
            row.info.sealed_millis = impl_->services().clock.NowMillis();
            row.info.sealed_by = actor.name;
            row.info.definitions = impl_->model().digest;
            row.info.head = head;
            rendered.edition = row.info;
            row.info.digest = SealDigest(rendered);
            row.sealed_seq = impl_->LogRow(
                connection, actor, fmt::format("报告第{}版定稿，摘要{}", edition, row.info.digest)
            );
            SaveSealed(connection, impl_->town(), rendered);
            UpdateEdition(connection, impl_->town(), row);
            done = true;
        });
        if (done) {
            return row.info;
        }
    }
    throw Problem("database_busy");
}

Verification Reports::Verify(const access::Actor& actor, int64_t edition) const {
    const EditionRow row = impl_->Load(edition);
    if (!row.info.sealed) {
        throw Problem("edition_open", {{"edition", std::to_string(edition)}});
    }
    const auto source = MakeLedgerSource(impl_->ledger, impl_->figures, actor);
    const auto reader = impl_->services().database.Read();
    const Rendered sealed = LoadSealed(reader->connection(), impl_->town(), row.info);
    Verification verification;
    verification.edition = row.info;
    VerifySeal(reader->connection(), impl_->town(), row, sealed, verification);
    VerifyFigures(sealed, *source, verification);
    return verification;
}

Comparison Reports::Compare(
    const access::Actor& actor, int64_t edition, std::string_view docx, std::string_view name
) const {
    const Rendered rendered = Render(actor, edition);
    const auto was = MarkedOf(rendered);
    const auto now = MarkedOf(document::ReadDocx(docx, name), rendered.slots);
    Comparison comparison;
    comparison.edition = rendered.edition;
    CompareFigures(rendered, now, comparison.figures);
    CompareSentences(was, now, comparison.sentences);
    return comparison;
}

int Reports::TakeOver(
    const access::Actor& actor, int64_t edition, std::string_view docx, std::string_view name
) {
    RequireOpen(impl_->Load(edition));
    const Rendered rendered = Render(actor, edition);
    const auto was = MarkedOf(rendered);
    const auto now = MarkedOf(document::ReadDocx(docx, name), rendered.slots);
    const auto pairs = Pair(was, now);
    const auto paragraphs = Paragraphs(edition);
    int changed = 0;
    for (size_t j = 0; j < now.size(); ++j) {
        const MarkedParagraph* old = pairs[j] < 0 ? nullptr : &was[static_cast<size_t>(pairs[j])];
        if (old == nullptr || old->paragraph == 0 || old->masked == now[j].masked) {
            continue;
        }
        const auto found =
            std::find_if(paragraphs.begin(), paragraphs.end(), [&](const EditionParagraph& one) {
                return one.id == old->paragraph;
            });
        if (found != paragraphs.end()) {
            Edit(actor, edition, found->id, found->version, WithSlots(now[j], found->text));
            ++changed;
        }
    }
    return changed;
}

std::vector<EditionInfo> Reports::List() const {
    std::vector<EditionInfo> list;
    const auto reader = impl_->services().database.Read();
    for (auto& row : LoadEditions(reader->connection(), impl_->town())) {
        list.push_back(std::move(row.info));
    }
    return list;
}

EditionInfo Reports::Find(int64_t edition) const {
    return impl_->Load(edition).info;
}

std::vector<EditionParagraph> Reports::Paragraphs(int64_t edition) const {
    const auto reader = impl_->services().database.Read();
    return LoadParagraphs(reader->connection(), impl_->town(), edition);
}

std::vector<EditionParagraph> Reports::History(int64_t edition, int64_t paragraph) const {
    const auto reader = impl_->services().database.Read();
    return LoadHistory(reader->connection(), impl_->town(), edition, paragraph);
}

EditionParagraph Reports::Edit(
    const access::Actor& actor,
    int64_t edition,
    int64_t paragraph,
    int64_t version,
    const std::string& text
) {
    RequireSound(impl_->model(), text);
    const std::string with_ids = impl_->WithIds(edition, text);
    return impl_->ChangeParagraph(actor, edition, paragraph, version, [&](EditionParagraph& one) {
        one.text = with_ids;
    });
}

EditionParagraph Reports::Add(
    const access::Actor& actor,
    int64_t edition,
    const std::string& chapter,
    int64_t after,
    const std::string& style,
    const std::string& text
) {
    RequireSound(impl_->model(), text);
    EditionParagraph added;
    added.chapter = chapter;
    added.style = style;
    added.text = impl_->WithIds(edition, text);
    added.passage = "typed";
    added.by = actor.name;
    impl_->services().database.Write([&](store::Connection& connection) {
        EditionRow row = LoadEdition(connection, impl_->town(), edition);
        RequireOpen(row);
        const auto all = LoadParagraphs(connection, impl_->town(), edition);
        added.position = PositionAfter(all, chapter, after);
        added.id = impl_->services().ids.Next();
        added.at_millis = impl_->services().clock.NowMillis();
        added.seq = impl_->LogRow(connection, actor, fmt::format("报告第{}版增加一段", edition));
        for (const auto& one : all) {  // room for it
            if (one.position >= added.position) {
                EditionParagraph moved = one;
                ++moved.position;
                ++moved.version;
                moved.seq = added.seq;
                moved.by = actor.name;
                moved.at_millis = added.at_millis;
                InsertParagraph(connection, impl_->town(), edition, moved);
            }
        }
        InsertParagraph(connection, impl_->town(), edition, added);
        row.edited = true;
        UpdateEdition(connection, impl_->town(), row);
    });
    return added;
}

void Reports::Remove(
    const access::Actor& actor, int64_t edition, int64_t paragraph, int64_t version
) {
    impl_->ChangeParagraph(actor, edition, paragraph, version, [](EditionParagraph& one) {
        one.deleted = true;
    });
}

std::vector<std::pair<std::string, audit::Head>> Reports::SealedHeads() const {
    std::vector<std::pair<std::string, audit::Head>> heads;
    for (const auto& info : List()) {
        if (info.sealed && info.head.seq > 0) {
            heads.emplace_back("报告第" + std::to_string(info.number) + "版", info.head);
        }
    }
    return heads;
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
            document::Span span;
            span.text = rendered.title;
            return std::vector<document::Span>{span};
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

std::string Reports::Html(const Rendered& rendered) const {
    document::HtmlPage page;
    page.title = rendered.title;
    page.blocks.emplace_back(document::TextParagraph(document::style::kTitle, rendered.title));
    for (auto& block : Body(rendered)) {
        page.blocks.push_back(std::move(block));
    }
    for (auto& block : Annex(rendered)) {
        page.blocks.push_back(std::move(block));
    }
    return document::WriteHtml(page);
}

}  // namespace zw::report
