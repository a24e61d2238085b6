#pragma once
// What Reports holds and what its parts share. For this module's own files.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "audit/vouch.h"
#include "report/draft.h"
#include "report/reports.h"

namespace zw::report {

// Throws edition_sealed.
void RequireOpen(const EditionRow& row);

struct Reports::Impl {
    ledger::Ledger& ledger;
    indicator::Figures& figures;

    const ledger::LedgerServices& services() const { return ledger.services(); }
    const definition::Model& model() const { return ledger.model(); }
    int64_t town() const { return services().town; }

    EditionRow Load(int64_t number) const;
    // One log row for what is done to an edition; returns its number.
    int64_t LogRow(
        store::Connection& connection,
        const access::Actor& actor,
        std::string why,
        std::vector<audit::VouchedRow> vouched = {}
    ) const;
    Rendered RenderDraft(
        const access::Actor& actor,
        const EditionRow& row,
        const std::map<std::string, std::string>& waivers
    ) const;
    // A draft's title as it reads; names of the town only, so nobody's scope matters.
    std::string TitleNow(const EditionRow& row) const;
    audit::Head Newest() const;
    // In the writer: the draft is final as it was rendered at `head`. Completes `rendered.edition`.
    void SaveSeal(
        store::Connection& connection,
        const access::Actor& actor,
        const audit::Head& head,
        Rendered& rendered
    ) const;
    // `replaces`: an open draft that is written anew.
    EditionInfo NewDraft(
        const access::Actor& actor,
        const DraftRequest& request,
        const DraftText& text,
        std::optional<int64_t> replaces,
        const store::Along& along
    ) const;
    // The open draft that the request is about.
    std::optional<EditionRow> OpenDraft(const DraftRequest& request) const;
    // Changes one paragraph of a draft inside the writer; `change` makes the new version of the
    // standing one.
    EditionParagraph ChangeParagraph(
        const access::Actor& actor,
        int64_t edition,
        int64_t id,
        int64_t version,
        const std::function<void(EditionParagraph&)>& change
    ) const;
    // The draft shall have exactly these, in this order (id 0: new): whatever differs from `seen`
    // becomes a new version, in one step of the log. Returned as written, with their positions and
    // ids. `along` does more in the same transaction. Throws stale_version when somebody changed
    // what was seen.
    std::vector<EditionParagraph> WriteParagraphs(
        const access::Actor& actor,
        int64_t edition,
        const std::string& why,
        const std::vector<EditionParagraph>& seen,
        const std::vector<EditionParagraph>& wanted,
        const std::function<void(store::Connection&, const std::vector<EditionParagraph>& written)>&
            along = {}
    ) const;
    // Ids for the slots of a text typed into this edition.
    std::string WithIds(int64_t edition, const std::string& text) const;
};

}  // namespace zw::report
