#include "report/reports_impl.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/digest.h"
#include "audit/log.h"
#include "base/not_found.h"
#include "base/problem.h"
#include "report/check.h"

namespace zw::report {

void RequireOpen(const EditionRow& row) {
    if (row.info.sealed) {
        throw Problem("edition_sealed", {{"edition", std::to_string(row.info.number)}});
    }
}

EditionRow Reports::Impl::Load(int64_t number) const {
    const auto reader = services().database.Read();
    return LoadEdition(reader->connection(), town(), number);
}

int64_t Reports::Impl::LogRow(
    store::Connection& connection,
    const access::Actor& actor,
    std::string why,
    std::vector<audit::VouchedRow> vouched
) const {
    audit::Entry entry;
    entry.town = town();
    entry.at = services().clock.NowMillis();
    entry.by = actor.name;
    entry.why = std::move(why);
    entry.definitions = model().digest;
    entry.rows_digest = audit::RowsDigest().Finish();
    entry.vouched = std::move(vouched);
    return audit::Log(services().key).Append(connection, entry).seq;
}

Rendered Reports::Impl::RenderDraft(
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

std::string Reports::Impl::TitleNow(const EditionRow& row) const {
    return RenderParagraphs(row, {}, *MakeLedgerSource(ledger, figures, {}), {}).title;
}

audit::Head Reports::Impl::Newest() const {
    const auto reader = services().database.Read();
    return audit::Log::Newest(reader->connection(), town()).value_or(audit::Head{town(), 0, ""});
}

EditionInfo Reports::Impl::NewDraft(
    const access::Actor& actor,
    const DraftRequest& request,
    const DraftText& text,
    std::optional<int64_t> replaces,
    const store::Along& along
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
        DeleteParagraphs(connection, town(), row.info.number);
        for (EditionParagraph paragraph : text.paragraphs) {
            paragraph.at_millis = row.info.created_millis;
            paragraph.by = actor.name;
            paragraph.seq = seq;
            InsertParagraph(connection, town(), row.info.number, paragraph);
        }
        if (along) {
            along(connection, row.info.number);
        }
    });
    return row.info;
}

std::optional<EditionRow> Reports::Impl::OpenDraft(const DraftRequest& request) const {
    const auto reader = services().database.Read();
    for (auto& row : LoadEditions(reader->connection(), town())) {
        if (!row.info.sealed && row.info.report == request.report &&
            row.info.period == request.period) {
            return std::move(row);
        }
    }
    return std::nullopt;
}

EditionParagraph Reports::Impl::ChangeParagraph(
    const access::Actor& actor,
    int64_t edition,
    int64_t id,
    int64_t version,
    const std::function<void(EditionParagraph&)>& change
) const {
    access::Actor::Require(actor.rights.report, {"编写报告", "writing the report"});
    EditionParagraph result;
    services().database.Write([&](store::Connection& connection) {
        EditionRow row = LoadEdition(connection, town(), edition);
        RequireOpen(row);
        const auto history = LoadHistory(connection, town(), edition, id);
        if (history.empty() || history.back().deleted) {
            throw NotFound(Thing::kParagraph, std::to_string(id));
        }
        result = history.back();
        if (result.version != version) {
            throw Problem("stale_version", {{"by", result.by}, {"list", result.text}});
        }
        change(result);
        ++result.version;
        result.at_millis = services().clock.NowMillis();
        result.by = actor.name;
        result.seq = LogRow(connection, actor, fmt::format("修改报告第{}版第{}段", edition, id));
        InsertParagraph(connection, town(), edition, result);
        row.edited = true;
        UpdateEdition(connection, town(), row);
    });
    return result;
}

namespace {

// Every paragraph that was seen stands as it was seen.
void RequireUnchanged(
    const std::vector<EditionParagraph>& standing, const std::vector<EditionParagraph>& seen
) {
    for (const auto& one : seen) {
        const auto found =
            std::find_if(standing.begin(), standing.end(), [&](const EditionParagraph& other) {
                return other.id == one.id && other.version == one.version;
            });
        if (found == standing.end()) {
            throw Problem("stale_version", {{"by", one.by}, {"list", one.text}});
        }
    }
    if (standing.size() != seen.size()) {
        throw Problem("stale_version", {{"by", standing.back().by}, {"list", ""}});
    }
}

bool SameText(const EditionParagraph& a, const EditionParagraph& b) {
    return a.position == b.position && a.text == b.text && a.style == b.style &&
           a.chapter == b.chapter;
}

}  // namespace

std::vector<EditionParagraph> Reports::Impl::WriteParagraphs(
    const access::Actor& actor,
    int64_t edition,
    const std::string& why,
    const std::vector<EditionParagraph>& seen,
    const std::vector<EditionParagraph>& wanted,
    const std::function<void(store::Connection&, const std::vector<EditionParagraph>& written)>&
        along
) const {
    access::Actor::Require(actor.rights.report, {"编写报告", "writing the report"});
    std::vector<EditionParagraph> written;
    services().database.Write([&](store::Connection& connection) {
        written = wanted;
        EditionRow row = LoadEdition(connection, town(), edition);
        RequireOpen(row);
        RequireUnchanged(LoadParagraphs(connection, town(), edition), seen);
        const int64_t seq = LogRow(connection, actor, why);
        const auto put = [&](EditionParagraph& paragraph, int64_t version) {
            paragraph.version = version;
            paragraph.at_millis = services().clock.NowMillis();
            paragraph.by = actor.name;
            paragraph.seq = seq;
            InsertParagraph(connection, town(), edition, paragraph);
        };
        const auto same = [](const std::vector<EditionParagraph>& list, int64_t id) {
            return std::find_if(list.begin(), list.end(), [&](const EditionParagraph& one) {
                return one.id == id;
            });
        };
        int position = 0;
        for (auto& paragraph : written) {
            paragraph.position = ++position;
            const auto old = same(seen, paragraph.id);
            if (paragraph.id == 0) {
                paragraph.id = services().ids.Next();
                put(paragraph, 1);
            } else if (old == seen.end() || !SameText(*old, paragraph)) {
                put(paragraph, paragraph.version + 1);
            }
        }
        for (EditionParagraph gone : seen) {
            if (same(written, gone.id) == written.end()) {
                gone.deleted = true;
                put(gone, gone.version + 1);
            }
        }
        row.edited = true;
        UpdateEdition(connection, town(), row);
        if (along) {
            along(connection, written);
        }
    });
    return written;
}

std::string Reports::Impl::WithIds(int64_t edition, const std::string& text) const {
    std::vector<std::string> taken;
    GiveIds(Load(edition).title_text, taken);
    const auto reader = services().database.Read();
    for (const auto& paragraph : LoadParagraphs(reader->connection(), town(), edition)) {
        GiveIds(paragraph.text, taken);
    }
    return GiveIds(text, taken);
}

}  // namespace zw::report
