#include "audit/encoding.h"
#include "base/crypto.h"
#include "base/text.h"
#include "report/edition_columns.h"
#include "report/edition_store.h"

namespace zw::report {

namespace {

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

store::TableSpec SlotTable() {
    store::TableSpec table{
        .name = "report_slot",
        .columns =
            {{"town", store::ColumnType::kBigint, true},
             {"edition", store::ColumnType::kBigint, true},
             {"n", store::ColumnType::kBigint, true}},
        .primary_key = {"town", "edition", "n"},
        .indexes = {}};
    for (const auto& [name, member] : kSlotTexts) {
        table.columns.push_back({name, store::ColumnType::kText, true});
    }
    for (const auto& [name, member] : kSlotNumbers) {
        table.columns.push_back({name, store::ColumnType::kBigint, true});
    }
    table.columns.push_back({"missing", store::ColumnType::kText, true});
    return table;
}

}  // namespace

std::vector<store::ColumnSpec> Columns(
    const std::vector<const char*>& numbers, const std::vector<const char*>& texts
) {
    std::vector<store::ColumnSpec> columns;
    columns.reserve(numbers.size() + texts.size());
    for (const char* name : numbers) {
        columns.push_back({name, store::ColumnType::kBigint, true});
    }
    for (const char* name : texts) {
        columns.push_back({name, store::ColumnType::kText, true});
    }
    return columns;
}

std::string Questions(size_t n) {
    std::string marks = "?";
    for (size_t i = 1; i < n; ++i) {
        marks += ", ?";
    }
    return marks;
}

void CreateSealTables(store::Connection& connection) {
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

namespace {

// Block 0 is the title.
void SaveBlock(
    store::Connection& connection,
    int64_t town,
    int64_t edition,
    int64_t block,
    const RenderedParagraph& paragraph
) {
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

RenderedParagraph TitleOf(const Rendered& rendered) {
    return {0, "", {document::style::kTitle, rendered.title_spans, false}};
}

void Encode(audit::Encoder& encoder, const RenderedParagraph& paragraph) {
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

}  // namespace

void SaveSealed(store::Connection& connection, int64_t town, const Rendered& rendered) {
    const int64_t edition = rendered.edition.number;
    int64_t block = 0;
    SaveBlock(connection, town, edition, block, TitleOf(rendered));
    for (const auto& paragraph : rendered.paragraphs) {
        SaveBlock(connection, town, edition, ++block, paragraph);
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
            const int64_t block = row.Int(0);
            if (block != 0 && block != last) {
                last = block;
                rendered.paragraphs.push_back(
                    {row.Int(1), std::string(row.Text(3)), {std::string(row.Text(4)), {}, false}}
                );
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
            auto& spans =
                block == 0 ? rendered.title_spans : rendered.paragraphs.back().content.spans;
            spans.push_back(std::move(span));
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
    Encode(encoder, TitleOf(rendered));
    for (const auto& paragraph : rendered.paragraphs) {
        Encode(encoder, paragraph);
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
