#include "http/json_import.h"

#include <boost/json.hpp>

#include "http/json.h"

namespace zw::http {

namespace json = boost::json;

namespace {

json::object SheetJson(const ledger::SheetResult& sheet, Language language) {
    json::array findings;
    for (const Finding& finding : sheet.findings) {
        findings.emplace_back(ToJson(finding, language));
    }
    return {
        {"sheet", sheet.sheet},
        {"record", sheet.record},
        {"rows",
         {{"read", sheet.rows.read},
          {"new", sheet.rows.created},
          {"changed", sheet.rows.changed},
          {"same", sheet.rows.same},
          {"refused", sheet.rows.refused},
          {"draft", sheet.rows.draft}}},
        {"findings", std::move(findings)},
    };
}

json::object ColumnJson(const ledger::ColumnProposal& column, Language language) {
    return {
        {"column", column.letter},
        {"heading", column.heading},
        {"unit", column.unit},
        {"field", column.field},
        {"field_name", column.field_name},
        {"why", In(language, column.why)},
        {"left_out", column.left_out},
        {"samples", json::array(column.samples.begin(), column.samples.end())},
    };
}

}  // namespace

json::object ToJson(const ledger::SheetProposal& proposal, Language language) {
    json::array columns;
    for (const ledger::ColumnProposal& column : proposal.columns) {
        columns.emplace_back(ColumnJson(column, language));
    }
    json::array questions;
    for (const ledger::ImportQuestion& question : proposal.questions) {
        questions.emplace_back(json::object{
            {"code", question.code},
            {"text", In(language, question.text)},
            {"column", question.column},
            {"candidates", json::array(question.candidates.begin(), question.candidates.end())},
            {"has_proposal", question.has_proposal},
        });
    }
    return {
        {"file", proposal.file},
        {"sheet", proposal.sheet},
        {"table", proposal.table},
        {"heading_row", proposal.heading_row},
        {"rows", proposal.rows},
        {"record", proposal.record},
        {"record_name", proposal.record_name},
        {"why", In(language, proposal.why)},
        {"second", proposal.second},
        {"mapping_from", proposal.mapping_from},
        {"skipped", In(language, proposal.skipped)},
        {"columns", std::move(columns)},
        {"questions", std::move(questions)},
    };
}

json::object ToJson(const ledger::ImportResult& result, bool proposals, Language language) {
    json::array files;
    for (const ledger::FileResult& file : result.files) {
        json::array sheets;
        for (const ledger::SheetResult& sheet : file.sheets) {
            sheets.emplace_back(SheetJson(sheet, language));
        }
        json::object entry{{"file", file.file}, {"sheets", std::move(sheets)}};
        if (!file.rejects.empty()) {
            entry["rejects"] = file.rejects.string();
        }
        files.emplace_back(std::move(entry));
    }
    json::object out{
        {"batch",
         result.batch != 0 ? json::value(std::to_string(result.batch)) : json::value(nullptr)},
        {"files", std::move(files)},
    };
    if (proposals) {
        json::array sheets;
        for (const ledger::SheetProposal& proposal : result.proposals) {
            sheets.emplace_back(ToJson(proposal, language));
        }
        out["asked"] = result.asked;
        out["proposals"] = std::move(sheets);
        out["mapping"] = ledger::ToToml(ledger::MappingOf(result.proposals));
    }
    return out;
}

json::object ToJson(const ledger::BatchInfo& batch) {
    return {
        {"batch", std::to_string(batch.id)},
        {"seq", std::to_string(batch.seq)},
        {"at", TimeToText(batch.at_millis)},
        {"by", batch.by},
        {"why", batch.why},
        {"files", json::array(batch.files.begin(), batch.files.end())},
        {"new", batch.counts.created},
        {"changed", batch.counts.changed},
        {"same", batch.counts.same},
        {"refused", batch.counts.refused},
        {"undoes",
         batch.undoes != 0 ? json::value(std::to_string(batch.undoes)) : json::value(nullptr)},
        {"undone_by",
         batch.undone_by != 0 ? json::value(std::to_string(batch.undone_by))
                              : json::value(nullptr)},
    };
}

}  // namespace zw::http
