#pragma once
// Tables of editions: report_edition, report_paragraph (every version), report_span and report_slot
// (what was sealed). Inside a transaction of the caller.

#include <optional>
#include <string>
#include <vector>

#include "audit/vouch.h"
#include "report/reports.h"
#include "store/database.h"

namespace zw::report {

// An edition as it is kept: what EditionInfo says and what only the program needs.
struct EditionRow {
    EditionInfo info;
    std::string title_text;  // with slots
    bool edited = false;     // somebody has changed a paragraph
    int64_t sealed_seq = 0;  // log number of the seal
};

void CreateEditionTables(store::Connection& connection);

// Sealed editions as the log vouches for them; their text is under the seal's own digest.
audit::VouchedTable VouchedEditions();

// Throws not_found.
EditionRow LoadEdition(store::Connection& connection, int64_t town, int64_t number);
std::vector<EditionRow> LoadEditions(store::Connection& connection, int64_t town);  // newest first
int64_t NextEdition(store::Connection& connection, int64_t town);
void InsertEdition(store::Connection& connection, int64_t town, const EditionRow& row);
void UpdateEdition(store::Connection& connection, int64_t town, const EditionRow& row);

// Versions that stand, by position.
std::vector<EditionParagraph> LoadParagraphs(
    store::Connection& connection, int64_t town, int64_t edition
);
std::vector<EditionParagraph> LoadHistory(
    store::Connection& connection, int64_t town, int64_t edition, int64_t id
);
// A new version becomes the standing one.
void InsertParagraph(
    store::Connection& connection, int64_t town, int64_t edition, const EditionParagraph& paragraph
);
void DeleteParagraphs(
    store::Connection& connection, int64_t town, int64_t edition
);  // of a draft nobody has edited

void SaveSealed(store::Connection& connection, int64_t town, const Rendered& rendered);
// Title, paragraphs, slots as they were sealed.
Rendered LoadSealed(store::Connection& connection, int64_t town, const EditionInfo& info);

// SM3 hex over everything a seal holds: edition, head, text, slots. In order, every piece with its
// length.
std::string SealDigest(const Rendered& rendered);

}  // namespace zw::report
