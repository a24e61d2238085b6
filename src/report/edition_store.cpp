#include "report/edition_store.h"

#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"
#include "report/edition_columns.h"
#include "report/figure_checks.h"

namespace zw::report {

namespace {

constexpr const char* kEditionColumns =
    "edition, created_at, sealed_at, from_edition, edited, sealed, sealed_seq, head_seq, report, "
    "period, title, title_text, "
    "chapters, created_by, sealed_by, definitions, head_mac, digest";
constexpr const char* kParagraphColumns =
    "id, version, position, deleted, at, seq, chapter, style, text, passage, changed_by";

EditionRow ReadEdition(const store::Statement& row, int64_t town) {
    EditionRow edition;
    EditionInfo& info = edition.info;
    int column = 0;
    info.number = row.Int(column++);
    info.created_millis = row.Int(column++);
    info.sealed_millis = row.Int(column++);
    info.from_edition = row.Int(column++);
    edition.edited = row.Int(column++) != 0;
    info.sealed = row.Int(column++) != 0;
    edition.sealed_seq = row.Int(column++);
    info.head.town = town;
    info.head.seq = row.Int(column++);
    info.report = row.Text(column++);
    const auto period = ParsePeriod(row.Text(column++));
    if (!period) {
        throw Problem("internal", {{"what", "report_edition " + std::to_string(info.number)}});
    }
    info.period = *period;
    info.title = row.Text(column++);
    edition.title_text = row.Text(column++);
    const std::string chapters(row.Text(column++));
    if (!chapters.empty()) {
        info.chapters = Split(chapters, ',');
    }
    info.created_by = row.Text(column++);
    info.sealed_by = row.Text(column++);
    info.definitions = row.Text(column++);
    info.head.mac = row.Text(column++);
    info.digest = row.Text(column++);
    return edition;
}

EditionParagraph ReadParagraph(const store::Statement& row) {
    EditionParagraph paragraph;
    int column = 0;
    paragraph.id = row.Int(column++);
    paragraph.version = row.Int(column++);
    paragraph.position = static_cast<int>(row.Int(column++));
    paragraph.deleted = row.Int(column++) != 0;
    paragraph.at_millis = row.Int(column++);
    paragraph.seq = row.Int(column++);
    paragraph.chapter = row.Text(column++);
    paragraph.style = row.Text(column++);
    paragraph.text = row.Text(column++);
    paragraph.passage = row.Text(column++);
    paragraph.by = row.Text(column++);
    return paragraph;
}

}  // namespace

void CreateEditionTables(store::Connection& connection) {
    store::EnsureTable(
        connection,
        {.name = "report_edition",
         .columns = Columns(
             {"town",
              "edition",
              "created_at",
              "sealed_at",
              "from_edition",
              "edited",
              "sealed",
              "sealed_seq",
              "head_seq"},
             {"report",
              "period",
              "title",
              "title_text",
              "chapters",
              "created_by",
              "sealed_by",
              "definitions",
              "head_mac",
              "digest"}
         ),
         .primary_key = {"town", "edition"},
         .indexes = {}}
    );
    store::EnsureTable(
        connection,
        {.name = "report_paragraph",
         .columns = Columns(
             {"town", "edition", "id", "version", "position", "deleted", "stands", "at", "seq"},
             {"chapter", "style", "text", "passage", "changed_by"}
         ),
         .primary_key = {"town", "edition", "id", "version"},
         .indexes = {}}
    );
    CreateSealTables(connection);
    CreateCheckTable(connection);
}

audit::VouchedTable VouchedEditions() {
    return {
        .table = "report_edition",
        .name = "报告定稿",
        .key = {"edition"},
        .columns = Split(ReplaceAll(kEditionColumns, " ", ""), ','),
        .where = "sealed = 1",
        .children = {}};
}

EditionRow LoadEdition(store::Connection& connection, int64_t town, int64_t number) {
    std::optional<EditionRow> found;
    connection.Query(
        std::string("select ") + kEditionColumns +
            " from report_edition where town = ? and edition = ?",
        {town, number},
        [&](const store::Statement& row) { found = ReadEdition(row, town); }
    );
    if (!found) {
        throw NotFound(Thing::kEdition, std::to_string(number));
    }
    return *found;
}

std::vector<EditionRow> LoadEditions(store::Connection& connection, int64_t town) {
    std::vector<EditionRow> rows;
    connection.Query(
        std::string("select ") + kEditionColumns +
            " from report_edition where town = ? order by edition desc",
        {town},
        [&](const store::Statement& row) { rows.push_back(ReadEdition(row, town)); }
    );
    return rows;
}

int64_t NextEdition(store::Connection& connection, int64_t town) {
    const auto row = connection.First(
        "select coalesce(max(edition), 0) + 1 from report_edition where town = ?", {town}
    );
    return std::get<int64_t>(row.at(0));
}

namespace {

std::vector<store::Value> EditionValues(const EditionRow& row) {
    const EditionInfo& info = row.info;
    return {
        info.created_millis,
        info.sealed_millis,
        info.from_edition,
        int64_t{row.edited},
        int64_t{info.sealed},
        row.sealed_seq,
        info.head.seq,
        info.report,
        ToText(info.period),
        info.title,
        row.title_text,
        Join(info.chapters, ","),
        info.created_by,
        info.sealed_by,
        info.definitions,
        info.head.mac,
        info.digest};
}

}  // namespace

void InsertEdition(store::Connection& connection, int64_t town, const EditionRow& row) {
    std::vector<store::Value> values = {town, row.info.number};
    for (auto& value : EditionValues(row)) {
        values.push_back(std::move(value));
    }
    connection.Run(
        std::string("insert into report_edition (town, ") + kEditionColumns + ") values (" +
            Questions(values.size()) + ")",
        values
    );
}

void UpdateEdition(store::Connection& connection, int64_t town, const EditionRow& row) {
    std::vector<store::Value> values = EditionValues(row);
    values.emplace_back(town);
    values.emplace_back(row.info.number);
    connection.Run(
        "update report_edition set created_at = ?, sealed_at = ?, from_edition = ?, edited = ?, "
        "sealed = ?, sealed_seq = ?, "
        "head_seq = ?, report = ?, period = ?, title = ?, title_text = ?, chapters = ?, created_by "
        "= ?, sealed_by = ?, "
        "definitions = ?, head_mac = ?, digest = ? where town = ? and edition = ?",
        values
    );
}

std::vector<EditionParagraph> LoadParagraphs(
    store::Connection& connection, int64_t town, int64_t edition
) {
    std::vector<EditionParagraph> paragraphs;
    connection.Query(
        std::string("select ") + kParagraphColumns +
            " from report_paragraph where town = ? and edition = ? and stands = 1 and deleted = 0 "
            "order by position, id",
        {town, edition},
        [&](const store::Statement& row) { paragraphs.push_back(ReadParagraph(row)); }
    );
    return paragraphs;
}

std::vector<EditionParagraph> LoadHistory(
    store::Connection& connection, int64_t town, int64_t edition, int64_t id
) {
    std::vector<EditionParagraph> versions;
    connection.Query(
        std::string("select ") + kParagraphColumns +
            " from report_paragraph where town = ? and edition = ? and id = ? order by version",
        {town, edition, id},
        [&](const store::Statement& row) { versions.push_back(ReadParagraph(row)); }
    );
    return versions;
}

void InsertParagraph(
    store::Connection& connection, int64_t town, int64_t edition, const EditionParagraph& paragraph
) {
    connection.Run(
        "update report_paragraph set stands = 0 where town = ? and edition = ? and id = ? and "
        "stands = 1",
        {town, edition, paragraph.id}
    );
    connection.Run(
        std::string("insert into report_paragraph (town, edition, stands, ") + kParagraphColumns +
            ") values (" + Questions(14) + ")",
        {town,
         edition,
         int64_t{1},
         paragraph.id,
         paragraph.version,
         int64_t{paragraph.position},
         int64_t{paragraph.deleted},
         paragraph.at_millis,
         paragraph.seq,
         paragraph.chapter,
         paragraph.style,
         paragraph.text,
         paragraph.passage,
         paragraph.by}
    );
}

void DeleteParagraphs(store::Connection& connection, int64_t town, int64_t edition) {
    connection.Run("delete from report_paragraph where town = ? and edition = ?", {town, edition});
}

}  // namespace zw::report
