#include "ledger/import.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "ledger/import_propose.h"
#include "ledger/import_run.h"
#include "ledger/mapping_memory.h"

namespace zw::ledger {
namespace {

// First pass over all files: proposals, and the digest of each table's headings.
class Survey {
public:
    Survey(Ledger& ledger, const CellReader& reader, const ImportOptions& options)
        : ledger_(ledger), reader_(reader), options_(options), proposer_(reader) {
        if (!options.map.empty()) {
            given_ = ParseMapping(options.map, reader.model());
        }
        if (!options.record.empty() && reader.model().FindRecord(options.record) == nullptr) {
            std::vector<std::string> ids;
            for (const definition::RecordType& type : reader.model().records) {
                ids.push_back(type.id);
            }
            const auto near = Nearest(options.record, ids);
            throw Problem(
                "not_found",
                {{"kind", "台账"},
                 {"name", options.record},
                 {"nearest", near ? "，是“" + *near + "”吗" : ""}}
            );
        }
    }

    // Files in the order of the run.
    void LookAt(const std::filesystem::path& file) {
        const auto workbook = sheet::Workbook::Open(file);
        for (const sheet::SheetInfo& info : workbook->sheets()) {
            if (!options_.sheet.empty() && !MatchesName(options_.sheet, info.name)) {
                continue;
            }
            const std::vector<TableScan> tables =
                ScanSheet(*workbook, info.index, reader_.vocabulary());
            if (tables.empty()) {
                AddEmpty(file, info);
            }
            for (size_t i = 0; i < tables.size(); ++i) {
                Add({file.filename().string(), info.name, static_cast<int>(i) + 1}, info, tables[i]
                );
            }
        }
        ++files_;
    }

    std::vector<SheetProposal> proposals;
    std::vector<std::string> digests;  // as proposals

private:
    void AddEmpty(const std::filesystem::path& file, const sheet::SheetInfo& info) {
        SheetProposal proposal;
        proposal.file = file.filename().string();
        proposal.sheet = info.name;
        proposal.file_index = files_;
        proposal.sheet_index = info.index;
        proposal.table = 0;
        proposal.mapping.match = info.name;
        proposal.skipped = "没有找到表格";
        proposals.push_back(std::move(proposal));
        digests.emplace_back();
    }

    std::optional<SheetMapping> Recall(const std::string& digest) const {
        const auto reader = ledger_.services().database.Read();
        auto mapping =
            RecallMapping(reader->connection(), ledger_.services().town, digest, reader_.model());
        return mapping && (options_.record.empty() || mapping->record == options_.record)
                   ? mapping
                   : std::nullopt;
    }

    void Add(const TableContext& context, const sheet::SheetInfo& info, const TableScan& table) {
        const std::string digest = HeadingDigest(table.info);
        SheetProposal proposal;
        if (const SheetMapping* mapping = given_.Find(context.file, context.sheet, context.table)) {
            proposal = proposer_.Describe(context, table, *mapping, "given");
            AskWhatIsOpen(context, table, proposal);
        } else if (const auto remembered = Recall(digest)) {
            SheetMapping mine = *remembered;
            mine.match = context.sheet;
            proposal = proposer_.Describe(context, table, mine, "remembered");
            AskWhatIsOpen(context, table, proposal);
        } else {
            proposal = proposer_.Propose(context, table, options_.record);
        }
        // Old copies and lists to choose from are kept hidden: such a sheet must be asked for.
        if (info.hidden && options_.sheet.empty() && proposal.mapping_from != "given" &&
            !proposal.record.empty()) {
            proposal.skipped = CatalogueText("hidden_sheet", {{"record", proposal.record_name}});
            proposal.skipped_code = "hidden_sheet";
            proposal.questions.clear();
        }
        proposal.file_index = files_;
        proposal.sheet_index = info.index;
        proposals.push_back(std::move(proposal));
        digests.push_back(digest);
    }

    void AskWhatIsOpen(const TableContext& context, const TableScan& table, SheetProposal& proposal)
        const {
        if (!proposal.record.empty()) {
            MakePlan(reader_, context, table.info, proposal.mapping, proposal.questions);
        }
    }

    Ledger& ledger_;
    const CellReader& reader_;
    const ImportOptions& options_;
    Proposer proposer_;
    Mapping given_;
    size_t files_ = 0;
};

// `yes`: proposals stand; a sheet whose questions have no proposal is left out.
void AnswerYes(std::vector<SheetProposal>& proposals) {
    for (SheetProposal& proposal : proposals) {
        for (const ImportQuestion& question : proposal.questions) {
            if (!question.has_proposal && proposal.skipped.empty()) {
                proposal.skipped = question.text;
            }
            if (question.code == "ambiguous_month") {
                proposal.mapping.ambiguous_month = 1;
            }
        }
    }
}

void SayWhatWasLeftOut(const std::vector<SheetProposal>& proposals, ImportResult& result) {
    for (FileResult& file : result.files) {
        for (SheetResult& sheet : file.sheets) {
            for (const SheetProposal& proposal : proposals) {
                const bool same = proposal.file == file.file && proposal.sheet == sheet.sheet &&
                                  sheet.record.empty();
                if (!same || proposal.skipped.empty() || proposal.table == 0 ||
                    !sheet.findings.empty()) {
                    continue;
                }
                // A table that was meant for a ledger and could not be taken is a refusal; one of
                // no ledger is only said.
                const auto open = std::find_if(
                    proposal.questions.begin(),
                    proposal.questions.end(),
                    [&](const ImportQuestion& one) { return one.text == proposal.skipped; }
                );
                const bool refused = !proposal.record.empty() && open != proposal.questions.end();
                const bool hidden = proposal.skipped_code == "hidden_sheet";
                sheet.findings.push_back(
                    {refused  ? Severity::kRefused
                     : hidden ? Severity::kWarning
                              : Severity::kNote,
                     refused  ? open->code
                     : hidden ? proposal.skipped_code
                              : "no_ledger",
                     proposal.skipped,
                     file.file,
                     sheet.sheet,
                     proposal.heading_row,
                     "",
                     "",
                     ""}
                );
            }
        }
    }
}

}  // namespace

bool ImportResult::HasFaults() const {
    for (const FileResult& file : files) {
        for (const SheetResult& sheet : file.sheets) {
            const bool fault = std::any_of(
                sheet.findings.begin(),
                sheet.findings.end(),
                [](const Finding& finding) { return finding.severity != Severity::kNote; }
            );
            if (fault) {
                return true;
            }
        }
    }
    return false;
}

std::vector<SheetProposal> Importer::Propose(
    const std::vector<std::filesystem::path>& files, const ImportOptions& options
) const {
    const sheet::Vocabulary vocabulary = SheetVocabulary(ledger_.model());
    const access::PlaceTree places = ledger_.Places();
    const CellReader reader(ledger_.model(), vocabulary, places);
    Survey survey(ledger_, reader, options);
    for (const std::filesystem::path& file : files) {
        survey.LookAt(file);
    }
    return std::move(survey.proposals);
}

ImportResult Importer::Import(
    const access::Actor& actor,
    const std::vector<std::filesystem::path>& files,
    const ImportOptions& options
) {
    const sheet::Vocabulary vocabulary = SheetVocabulary(ledger_.model());
    const access::PlaceTree places = ledger_.Places();
    const CellReader reader(ledger_.model(), vocabulary, places);
    Survey survey(ledger_, reader, options);
    for (size_t i = 0; i < files.size(); ++i) {
        if (options.progress) {
            options.progress("识别", static_cast<int64_t>(i), static_cast<int64_t>(files.size()));
        }
        survey.LookAt(files[i]);
    }
    ImportResult result;
    result.proposals = survey.proposals;
    const auto open = [](const SheetProposal& one) { return !one.questions.empty(); };
    if (!options.yes && std::any_of(result.proposals.begin(), result.proposals.end(), open)) {
        result.asked = true;
        return result;
    }
    AnswerYes(result.proposals);
    ImportRun run(ledger_, reader, files, result.proposals, options);
    run.Read();
    run.Apply(actor, result);
    SayWhatWasLeftOut(result.proposals, result);
    if (options.dry_run) {
        return result;
    }
    ledger_.services().database.Write([&](store::Connection& connection) {
        for (size_t i = 0; i < result.proposals.size(); ++i) {
            const SheetProposal& one = result.proposals[i];
            const bool from_person = one.mapping_from == "given" ||
                                     (one.mapping_from == "proposed" && !one.questions.empty());
            if (from_person && one.skipped.empty() && !one.record.empty()) {
                RememberMapping(
                    connection,
                    ledger_.services().town,
                    survey.digests[i],
                    one.mapping,
                    ledger_.services().clock.NowMillis()
                );
            }
        }
    });
    return result;
}

}  // namespace zw::ledger
