#pragma once
// Reports (DESIGN.md §6): editions whose paragraphs are records of their own, drafted from the
// lines' passages or from an earlier edition, read with today's figures until they are sealed and
// with their own ever after. Safe from many threads.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "audit/head.h"
#include "document/content.h"
#include "indicator/figures.h"
#include "ledger/ledger.h"
#include "report/form.h"
#include "report/resolve.h"

namespace zw::report {

struct EditionInfo {
    int64_t number = 0;  // 1, 2 …: what people call it
    std::string report;  // annual
    Period period;
    bool sealed = false;
    std::string title;                  // of a draft: as it reads now
    std::vector<std::string> chapters;  // optional ones that it has
    int64_t from_edition = 0;           // 沿用: copied from that one; 0: from the passages
    int64_t created_millis = 0;
    std::string created_by;
    int64_t sealed_millis = 0;
    std::string sealed_by;
    std::string definitions;  // digest of the tree in force
    audit::Head head;         // sealed: the log as it was
    std::string digest;       // sealed: SM3 hex over text, figures, conditions, waivers and head
};

struct EditionParagraph {
    int64_t id = 0;  // stays through versions
    int64_t version = 1;
    int position = 0;  // order; gaps are allowed
    std::string chapter;
    std::string style;    // body, heading1, heading2, heading3
    std::string text;     // with slots
    std::string passage;  // where it was taken from: vegetable, or edition:3
    bool deleted = false;
    int64_t at_millis = 0;
    std::string by;
    int64_t seq = 0;  // log number of the change
};

// One printed paragraph and the record it came from (0: title, headings of chapters).
struct RenderedParagraph {
    int64_t paragraph = 0;
    std::string chapter;
    document::Paragraph content;
};

struct Rendered {
    EditionInfo edition;
    std::string title;
    std::vector<document::Span> title_spans;    // the same with its slots
    std::vector<RenderedParagraph> paragraphs;  // without the title
    std::vector<ResolvedSlot> slots;            // in order of reading; conditions among them
    std::vector<Finding> findings;  // layout and wording checks (check.h); of a sealed edition none

    // What keeps it from being final: slots with `pending`.
    std::vector<const ResolvedSlot*> Pending() const;
    const ResolvedSlot* Find(std::string_view slot) const;
};

struct DraftRequest {
    std::string report = "annual";
    Period period;
    std::optional<int64_t> from_edition;         // 沿用 its paragraphs
    std::vector<std::string> optional_chapters;  // ids
};

// What `verify` says of one thing. Codes: edition_text_changed (what is stored is not what was
// sealed), edition_log_changed (the log no longer has the head that was sealed),
// figure_not_recomputed (as of the seal the ledgers give another value), figure_corrected (a note:
// today's value differs, the edition keeps its own).
struct Verification {
    EditionInfo edition;
    std::string recomputed_digest;
    int figures = 0;
    std::vector<Finding> findings;
    bool Sound() const;  // no finding above a note
};

struct FigureChange {
    std::string slot;
    Words label;
    std::string was;
    std::string now;  // empty: gone
};
struct SentenceChange {
    int64_t paragraph = 0;         // 0: the title, or a paragraph that is new
    std::string was;               // empty: added
    std::string now;               // empty: taken out
    bool whole_paragraph = false;  // the whole paragraph was added or taken out
};
struct Comparison {
    EditionInfo edition;
    std::vector<FigureChange> figures;
    std::vector<FigureChange> rewritten;  // the same value in other digits: no change
    std::vector<SentenceChange> sentences;
    bool Same() const { return figures.empty() && sentences.empty(); }
};

// Which changes of a returned document are taken over: all, or these of Comparison::sentences.
struct TakeOverChoice {
    bool all = true;
    std::set<size_t> places;
};

// What somebody adds to a draft.
struct NewParagraph {
    std::string chapter;
    int64_t after = 0;  // a paragraph of the chapter; 0: first of it
    std::string style;
    std::string text;
};

// A report is of the whole town: who sees a part of it throws "forbidden", and so does who changes
// a text without the right to, or seals.
class Reports {
public:
    Reports(ledger::Ledger& ledger, indicator::Figures& figures);
    ~Reports();
    // Creates its tables.
    void Open();

    // The open draft of this report and period, or a new one: from `from_edition` (always new) or
    // the passages. A draft nobody has edited is brought up to the passages as they are now; one
    // that a mere reader asks for first is the program's own. Throws not_found, report_period (a
    // quarter's of a report that is written by the year).
    // `along`: of a draft that is made.
    EditionInfo Draft(
        const access::Actor& actor, const DraftRequest& request, const store::Along& along = nullptr
    );
    // With `waivers` (slot id → reason) as if a leader had let those pass.
    Rendered Render(
        const access::Actor& actor,
        int64_t edition,
        const std::map<std::string, std::string>& waivers = {}
    ) const;
    // Throws report_not_ready with the list, edition_sealed. A waiver for a slot that is not
    // pending, or without a reason: wrong_use.
    EditionInfo Seal(
        const access::Actor& actor,
        int64_t edition,
        const std::map<std::string, std::string>& waivers
    );
    // Throws edition_open, not_found.
    Verification Verify(const access::Actor& actor, int64_t edition) const;
    // A .docx that came back from Word or WPS against what the edition says. Throws
    // document_damaged, not_found.
    Comparison Compare(
        const access::Actor& actor, int64_t edition, std::string_view docx, std::string_view name
    ) const;
    // What `edition` says otherwise than `since`, an earlier edition of the same report or of
    // another period. Figures by their slots. Throws not_found.
    Comparison Changes(const access::Actor& actor, int64_t edition, int64_t since) const;
    // Takes changed prose of a returned .docx over into a draft: new versions of its paragraphs,
    // new ones, ones that are gone; figures stay what they are. Returns how many paragraphs
    // changed. Throws edition_sealed, refused (the returned text holds a slot that is wrong).
    int TakeOver(
        const access::Actor& actor,
        int64_t edition,
        std::string_view docx,
        std::string_view name,
        const TakeOverChoice& choice = {}
    );

    std::vector<EditionInfo> List() const;                            // newest first
    EditionInfo Find(int64_t edition) const;                          // throws not_found
    std::vector<EditionParagraph> Paragraphs(int64_t edition) const;  // as they stand
    std::vector<EditionParagraph> History(int64_t edition, int64_t paragraph)
        const;  // oldest first
    // A new version; another version than `version` there: stale_version. Syntax is checked, names
    // too. Throws edition_sealed.
    EditionParagraph Edit(
        const access::Actor& actor,
        int64_t edition,
        int64_t paragraph,
        int64_t version,
        const std::string& text
    );
    EditionParagraph Add(
        const access::Actor& actor,
        int64_t edition,
        const NewParagraph& paragraph,
        const store::Along& along = nullptr
    );
    void Remove(const access::Actor& actor, int64_t edition, int64_t paragraph, int64_t version);
    // Heads of the log printed in sealed editions: for `audit verify`.
    std::vector<std::pair<std::string, audit::Head>> SealedHeads() const;

    // The edition as files, with the annex of figures. The .docx is laid out by the report's
    // template.docx.
    std::string Docx(const Rendered& rendered) const;
    // Each figure of the .html opens to its row of the annex, and from there to its villages and
    // months, within the file.
    std::string Html(const access::Actor& actor, const Rendered& rendered) const;
    // A form of somebody else, filled for `period`. Throws what form.h says.
    FilledForm FillForm(
        const access::Actor& actor,
        const Period& period,
        std::string_view docx,
        std::string_view name
    ) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace zw::report
