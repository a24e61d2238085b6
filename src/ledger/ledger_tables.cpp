#include "ledger/migration.h"
#include "store/schema.h"

namespace zw::ledger {

namespace {

using store::ColumnType;

store::ColumnSpec Number(const char* name, bool not_null = true) {
    return {name, ColumnType::kBigint, not_null};
}
store::ColumnSpec Words(const char* name, bool not_null = true) {
    return {name, ColumnType::kText, not_null};
}

store::TableSpec RecordNumbers() {
    return {
        .name = "record_number",
        .columns = {Number("town"), Words("record"), Number("number")},
        .primary_key = {"town", "record"},
        .indexes = {}};
}

store::TableSpec FieldNumbers() {
    return {
        .name = "field_number",
        .columns =
            {Number("town"),
             Words("record"),
             Words("field"),
             Number("number"),
             Words("kind"),
             Number("scale"),
             Words("unit"),
             Words("grain"),
             Words("target"),
             Words("choices"),
             Number("secret"),
             Words("formula"),
             Number("salted"),
             Words("dropped", false)},
        .primary_key = {"town", "record", "number"},
        .indexes = {}};
}

std::vector<store::TableSpec> DefinitionTrees() {
    return {
        {.name = "definition_tree",
         .columns = {Number("town"), Words("digest"), Number("at")},
         .primary_key = {"town", "digest"},
         .indexes = {}},
        {.name = "definition_file",
         .columns = {Number("town"), Words("digest"), Words("content")},
         .primary_key = {"town", "digest"},
         .indexes = {}},
        {.name = "definition_tree_file",
         .columns = {Number("town"), Words("tree"), Words("path"), Words("file")},
         .primary_key = {"town", "tree", "path"},
         .indexes = {}}};
}

store::TableSpec Batches() {
    return {
        .name = "batch",
        .columns =
            {Number("town"),
             Number("id"),
             Number("seq"),
             Number("at"),
             Words("by"),
             Words("why"),
             Words("files"),
             Number("created"),
             Number("changed"),
             Number("same"),
             Number("refused"),
             Number("drafts"),
             Number("undoes", false),
             Number("undone_by", false),
             Number("undone_seq", false)},
        .primary_key = {"town", "id"},
        .indexes = {{"batch_seq", {"town", "seq"}, false, ""}}};
}

// How many live rows make a place's return of a period, kept by every write.
store::TableSpec ReturnedRows() {
    return {
        .name = "returned_rows",
        .columns =
            {Number("town"),
             Words("record"),
             Number("place"),
             Words("period"),
             Number("with_value"),
             Number("not_zero"),
             Number("seq")},
        .primary_key = {"town", "record", "period", "place"},
        .indexes = {}};
}

store::TableSpec HandReturns() {
    return {
        .name = "hand_return",
        .columns =
            {Number("town"),
             Words("record"),
             Number("place"),
             Words("period"),
             Number("seq_from"),
             Number("seq_to"),
             Words("what"),
             Words("by"),
             Words("why"),
             Number("at")},
        .primary_key = {"town", "record", "period", "place", "seq_from"},
        .indexes = {{"hand_return_seq", {"town", "seq_from"}, false, ""}}};
}

// Answers to writes that carry a name (receipts.h).
store::TableSpec Receipts() {
    return {
        .name = "receipt",
        .columns =
            {Number("town"),
             Words("by"),
             Words("name"),
             Number("at"),
             Words("asked"),
             Words("answer")},
        .primary_key = {"town", "by", "name"},
        .indexes = {{"receipt_at", {"town", "at"}, false, ""}}};
}

}  // namespace

void CreateLedgerTables(store::Connection& connection) {
    std::vector<store::TableSpec> tables = DefinitionTrees();
    tables.insert(
        tables.end(),
        {RecordNumbers(), FieldNumbers(), Batches(), ReturnedRows(), HandReturns(), Receipts()}
    );
    for (const store::TableSpec& table : tables) {
        store::EnsureTable(connection, table);
    }
}

}  // namespace zw::ledger
