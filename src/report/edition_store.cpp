#include "report/edition_store.h"

#include "audit/encoding.h"
#include "base/crypto.h"
#include "base/problem.h"
#include "base/text.h"
#include "store/schema.h"

namespace zw::report {

namespace {

using store::ColumnType;

// Text fields of a sealed slot, in the order of their columns and of the seal.
constexpr std::pair<const char*, std::string ResolvedSlot::*> kSlotTexts[] = {
    {"id", &ResolvedSlot::id},
    {"kind", &ResolvedSlot::kind},
    {"what", &ResolvedSlot::key},
    {"label", &ResolvedSlot::label},
    {"text", &ResolvedSlot::text},
    {"compare", &ResolvedSlot::compare},
    {"place_code", &ResolvedSlot::place_code},
    {"place_name", &ResolvedSlot::place_name},
    {"period", &ResolvedSlot::period},
    {"value", &ResolvedSlot::value},
    {"exact", &ResolvedSlot::exact},
    {"unit", &ResolvedSlot::unit},
    {"state", &ResolvedSlot::state},
    {"basis", &ResolvedSlot::basis},
    {"computed", &ResolvedSlot::computed},
    {"formula", &ResolvedSlot::formula},
    {"waiver", &ResolvedSlot::waiver},
    {"note", &ResolvedSlot::note},
};
constexpr std::pair<const char*, int64_t ResolvedSlot::*> kSlotNumbers[] = {
    {"place", &ResolvedSlot::place},
    {"records", &ResolvedSlot::records},
    {"seq", &ResolvedSlot::seq}};

std::string SlotColumns() {
    std::string columns;
    for (const auto& [name, member] : kSlotTexts) {
        columns += std::string(name) + ", ";
    }
    for (const auto& [name, member] : kSlotNumbers) {
        columns += std::string(name) + ", ";
    }
    return columns + "missing";
}

std::string Questions(size_t n) {
    std::string marks = "?";
    for (size_t i = 1; i < n; ++i) {
        marks += ", ?";
    }
    return marks;
}

store::TableSpec SlotTable() {
    store::TableSpec table{
        .name = "report_slot",
        .columns =
            {{"town", ColumnType::kBigint, true},
             {"edition", ColumnType::kBigint, true},
             {"n", ColumnType::kBigint, true}},
        .primary_key = {"town", "edition", "n"},
        .indexes = {}};
    for (const auto& [name, member] : kSlotTexts) {
        table.columns.push_back({name, ColumnType::kText, true});
    }
    for (const auto& [name, member] : kSlotNumbers) {
        table.columns.push_back({name, ColumnType::kBigint, true});
    }
    table.columns.push_back({"missing", ColumnType::kText, true});
    return table;
}

std::vector<store::ColumnSpec> Columns(
    const std::vector<const char*>& numbers, const std::vector<const char*>& texts
) {
    std::vector<store::ColumnSpec> columns;
    for (const char* name : numbers) {
        columns.push_back({name, ColumnType::kBigint, true});
    }
    for (const char* name : texts) {
        columns.push_back({name, ColumnType::kText, true});
    }
    return columns;
}

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
    store::EnsureTable(
        connection,
        {.name = "report_span",
         .columns = Columns(
             {"town", "edition", "block", "n", "paragraph", "pending"},
             {"chapter", "style", "text", "mark", "look", "link"}
         ),
         .primary_key = {"town", "edition", "block", "n"},
         .indexes = {}}
    );
    store::EnsureTable(connection, SlotTable());
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
        throw Problem(
            "not_found", {{"kind", "报告版次"}, {"name", std::to_string(number)}, {"nearest", ""}}
        );
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

void SaveSealed(store::Connection& connection, int64_t town, const Rendered& rendered) {
    const int64_t edition = rendered.edition.number;
    int64_t block = 0;
    for (const auto& paragraph : rendered.paragraphs) {
        ++block;
        int64_t n = 0;
        for (const auto& span : paragraph.content.spans) {
            connection.Run(
                "insert into report_span (town, edition, block, n, paragraph, pending, chapter, "
                "style, text, mark, look, link) "
                "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                {town,
                 edition,
                 block,
                 ++n,
                 paragraph.paragraph,
                 int64_t{span.pending},
                 paragraph.chapter,
                 paragraph.content.style,
                 span.text,
                 span.mark,
                 span.look,
                 span.link}
            );
        }
    }
    const std::string insert = "insert into report_slot (town, edition, n, " + SlotColumns() +
                               ") values (" +
                               Questions(std::size(kSlotTexts) + std::size(kSlotNumbers) + 4) + ")";
    int64_t n = 0;
    for (const auto& slot : rendered.slots) {
        std::vector<store::Value> values = {town, edition, ++n};
        for (const auto& [name, member] : kSlotTexts) {
            values.emplace_back(slot.*member);
        }
        for (const auto& [name, member] : kSlotNumbers) {
            values.emplace_back(slot.*member);
        }
        values.emplace_back(Join(slot.missing, "\n"));
        connection.Run(insert, values);
    }
}

namespace {

void LoadSlots(store::Connection& connection, int64_t town, Rendered& rendered) {
    connection.Query(
        "select " + SlotColumns() + " from report_slot where town = ? and edition = ? order by n",
        {town, rendered.edition.number},
        [&](const store::Statement& row) {
            ResolvedSlot slot;
            int column = 0;
            for (const auto& [name, member] : kSlotTexts) {
                slot.*member = row.Text(column++);
            }
            for (const auto& [name, member] : kSlotNumbers) {
                slot.*member = row.Int(column++);
            }
            const std::string missing(row.Text(column));
            if (!missing.empty()) {
                slot.missing = Split(missing, '\n');
            }
            rendered.slots.push_back(std::move(slot));
        }
    );
}

}  // namespace

Rendered LoadSealed(store::Connection& connection, int64_t town, const EditionInfo& info) {
    Rendered rendered;
    rendered.edition = info;
    rendered.title = info.title;
    LoadSlots(connection, town, rendered);
    int64_t last = 0;
    connection.Query(
        "select block, paragraph, pending, chapter, style, text, mark, look, link from report_span "
        "where town = ? and edition = ? order by block, n",
        {town, info.number},
        [&](const store::Statement& row) {
            if (rendered.paragraphs.empty() || row.Int(0) != last) {
                last = row.Int(0);
                RenderedParagraph paragraph;
                paragraph.paragraph = row.Int(1);
                paragraph.chapter = row.Text(3);
                paragraph.content.style = row.Text(4);
                rendered.paragraphs.push_back(std::move(paragraph));
            }
            document::Span span;
            span.pending = row.Int(2) != 0;
            span.text = row.Text(5);
            span.mark = row.Text(6);
            span.look = row.Text(7);
            span.link = row.Text(8);
            if (const auto* slot = rendered.Find(span.mark)) {
                span.data = SlotData(*slot);
            }
            rendered.paragraphs.back().content.spans.push_back(std::move(span));
        }
    );
    return rendered;
}

std::string SealDigest(const Rendered& rendered) {
    audit::Encoder encoder;
    const EditionInfo& info = rendered.edition;
    encoder.Number('e', info.number);
    encoder.Text('r', info.report);
    encoder.Text('p', ToText(info.period));
    encoder.Text('t', rendered.title);
    encoder.Text('d', info.definitions);
    encoder.Number('h', info.head.seq);
    encoder.Text('m', info.head.mac);
    for (const auto& paragraph : rendered.paragraphs) {
        encoder.Number('P', paragraph.paragraph);
        encoder.Text('c', paragraph.chapter);
        encoder.Text('y', paragraph.content.style);
        for (const auto& span : paragraph.content.spans) {
            encoder.Text('s', span.text);
            encoder.Text('k', span.mark);
            encoder.Text('l', span.look);
            encoder.Text('L', span.link);
            encoder.Number('w', span.pending ? 1 : 0);
        }
    }
    for (const auto& slot : rendered.slots) {
        for (const auto& [name, member] : kSlotTexts) {
            encoder.Text('v', slot.*member);
        }
        for (const auto& [name, member] : kSlotNumbers) {
            encoder.Number('n', slot.*member);
        }
        encoder.Text('g', Join(slot.missing, "\n"));
    }
    return ToHex(Sm3(encoder.bytes()));
}

}  // namespace zw::report
