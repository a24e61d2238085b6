#include "ledger/import.h"

#include <algorithm>
#include <set>

#include "base/not_found.h"
#include "base/text.h"
#include "ledger/import_propose.h"
#include "ledger/import_run.h"
#include "ledger/mapping_memory.h"

namespace zw::ledger {
namespace {

// What is wrong with a file as a whole: the others are read all the same.
bool IsOfFile(const Problem& problem) {
    static const std::set<std::string> kCodes{
        "file_unknown",
        "file_no_table",
        "file_encrypted",
        "file_damaged",
        "file_too_large",
        "file_hostile",
        "file_empty",
        "file_lock"};
    return kCodes.contains(problem.code());
}

std::unique_ptr<sheet::Workbook> OpenSent(const std::filesystem::path& file) {
    const std::string name = file.filename().string();
    if (StartsWith(name, "~$") || StartsWith(name, ".~")) {
        throw Problem("file_lock", {{"file", name}});
    }
    std::error_code failed;
    if (std::filesystem::file_size(file, failed) == 0 && !failed) {
        throw Problem("file_empty", {{"file", name}});
    }
    return sheet::Workbook::Open(file);
}

void LeaveOut(SheetProposal& proposal, const std::string& code, const Details& why) {
    proposal.skipped = CatalogueWords(code, why);
    proposal.skipped_code = code;
    proposal.questions.clear();
}

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
            throw NotFound(Thing::kLedger, options.record, near);
        }
    }

    // Files in the order of the run; `name` as it is shown.
    void LookAt(const std::filesystem::path& file, const std::string& name) {
        const size_t before = proposals.size();
        try {
            LookInside(file, name);
        } catch (const Problem& problem) {
            if (!IsOfFile(problem)) {
                throw;
            }
            proposals.resize(before);
            digests.resize(before);
            AddUnreadable(name, problem);
        }
        ++files_;
    }

    std::vector<SheetProposal> proposals;
    std::vector<std::string> digests;  // as proposals

private:
    void LookInside(const std::filesystem::path& file, const std::string& name) {
        const auto workbook = OpenSent(file);
        for (const sheet::SheetInfo& info : workbook->sheets()) {
            if (!options_.sheet.empty() && !MatchesName(options_.sheet, info.name)) {
                continue;
            }
            const std::vector<TableScan> tables =
                ScanSheet(*workbook, info.index, reader_.vocabulary());
            if (tables.empty()) {
                AddEmpty(name, info);
            }
            for (size_t i = 0; i < tables.size(); ++i) {
                Add({name, info.name, static_cast<int>(i) + 1}, info, tables[i]);
            }
        }
    }

    void AddUnreadable(const std::string& file, const Problem& problem) {
        Details details = problem.details();
        details["file"] = file;
        SheetProposal proposal;
        proposal.file = file;
        proposal.file_index = files_;
        proposal.table = 0;
        LeaveOut(proposal, problem.code(), details);
        proposal.unreadable = true;
        proposals.push_back(std::move(proposal));
        digests.emplace_back();
    }

    void AddEmpty(const std::string& file, const sheet::SheetInfo& info) {
        SheetProposal proposal;
        proposal.file = file;
        proposal.sheet = info.name;
        proposal.file_index = files_;
        proposal.sheet_index = info.index;
        proposal.table = 0;
        proposal.mapping.match = info.name;
        proposal.skipped = CatalogueWords("no_table");
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

    // A mapping that says no more than the ledger leaves the columns to be proposed.
    SheetProposal Given(
        const TableContext& context, const TableScan& table, const SheetMapping& mapping
    ) const {
        const bool bare = !mapping.record.empty() && mapping.columns.empty() &&
                          mapping.codes.empty() && !mapping.unpivot;
        SheetMapping mine = mapping;
        if (bare) {
            const SheetMapping proposed = proposer_.Propose(context, table, mapping.record).mapping;
            mine.columns = proposed.columns;
            mine.unpivot = proposed.unpivot;
            mine.period = mine.period.kind == SourceKind::kNone ? proposed.period : mine.period;
            mine.place = mine.place.kind == SourceKind::kNone ? proposed.place : mine.place;
        }
        SheetProposal proposal = proposer_.Describe(context, table, mine, "given");
        AskWhatIsOpen(context, table, proposal);
        return proposal;
    }

    void Add(const TableContext& context, const sheet::SheetInfo& info, const TableScan& table) {
        const std::string digest = HeadingDigest(table.info);
        SheetProposal proposal;
        if (const SheetMapping* mapping = given_.Find(context.file, context.sheet, context.table)) {
            proposal = Given(context, table, *mapping);
        } else if (const auto remembered = Recall(digest)) {
            SheetMapping mine = *remembered;
            mine.match = context.sheet;
            proposal = proposer_.Describe(context, table, mine, "remembered");
            AskForPlacesAbove(table, proposal);
            AskWhatIsOpen(context, table, proposal);
        } else {
            proposal = proposer_.Propose(context, table, options_.record);
        }
        if (proposal.mapping_from != "given" && LiesOnSide(reader_, table.info)) {
            proposal.record.clear();
            LeaveOut(proposal, "table_on_side", {});
        } else if (info.hidden && options_.sheet.empty() && proposal.mapping_from != "given" &&
            !proposal.record.empty()) {
            // Old copies and lists to choose from are kept hidden: such a sheet must be asked for.
            LeaveOut(proposal, "hidden_sheet", {{"record", proposal.record_name}});
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
            if (HasSections(reader_, table)) {
                std::erase_if(proposal.questions, [](const ImportQuestion& question) {
                    return question.code == "missing_place";
                });
            }
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
            if (!question.has_proposal && proposal.skipped.zh.empty()) {
                proposal.skipped = question.text;
            }
            if (question.code == "ambiguous_month") {
                proposal.mapping.ambiguous_month = 1;
            }
        }
    }
}

// What a table without a ledger is told. One that was meant for a ledger and could not be taken is
// a refusal; one of no ledger is only said.
Finding LeftOut(const SheetProposal& proposal) {
    const auto open = std::find_if(
        proposal.questions.begin(),
        proposal.questions.end(),
        [&](const ImportQuestion& one) { return one.text.zh == proposal.skipped.zh; }
    );
    Finding out;
    out.severity = Severity::kNote;
    out.code = "no_ledger";
    if (!proposal.record.empty() && open != proposal.questions.end()) {
        out.severity = Severity::kRefused;
        out.code = open->code;
    } else if (!proposal.skipped_code.empty()) {
        const bool lost = proposal.unreadable || proposal.skipped_code == "table_on_side";
        out.severity = lost ? Severity::kRefused : Severity::kWarning;
        out.code = proposal.skipped_code;
    }
    out.Say(proposal.skipped);
    out.file = proposal.file;
    out.sheet = proposal.sheet;
    out.row = proposal.heading_row;
    return out;
}

// The results of a file stand in the order of its proposals.
void SayWhatWasLeftOut(const std::vector<SheetProposal>& proposals, ImportResult& result) {
    std::vector<size_t> next(result.files.size(), 0);
    for (const SheetProposal& proposal : proposals) {
        SheetResult& sheet = result.files[proposal.file_index].sheets[next[proposal.file_index]++];
        const bool said = proposal.table != 0 || proposal.unreadable;
        if (sheet.record.empty() && !proposal.skipped.zh.empty() && said) {
            sheet.findings.push_back(LeftOut(proposal));
        }
    }
}

}  // namespace

std::vector<std::string> ShownNames(const std::vector<std::filesystem::path>& files) {
    std::vector<std::string> out;
    for (const std::filesystem::path& file : files) {
        const auto same = std::count_if(files.begin(), files.end(), [&](const auto& other) {
            return other.filename() == file.filename();
        });
        const std::filesystem::path folder =
            std::filesystem::absolute(file).parent_path().filename();
        out.push_back((same > 1 ? folder / file.filename() : file.filename()).string());
    }
    return out;
}

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

Mapping MappingOf(const std::vector<SheetProposal>& proposals) {
    const bool several =
        std::any_of(proposals.begin(), proposals.end(), [&](const SheetProposal& one) {
            return one.file != proposals.front().file;
        });
    Mapping out;
    for (const SheetProposal& one : proposals) {
        if (one.unreadable) {
            continue;
        }
        SheetMapping mapping = one.mapping;
        // Sheets of two files may have one name.
        mapping.file = several && mapping.file == "*" ? one.file : mapping.file;
        if (std::find(out.sheets.begin(), out.sheets.end(), mapping) == out.sheets.end()) {
            out.sheets.push_back(std::move(mapping));
        }
    }
    return out;
}

std::vector<SheetProposal> Importer::Propose(
    const std::vector<std::filesystem::path>& files, const ImportOptions& options
) const {
    const access::PlaceTree places = ledger_.Places();
    const CellReader reader(ledger_.model(), ledger_.vocabulary(), places);
    Survey survey(ledger_, reader, options);
    const std::vector<std::string> names = ShownNames(files);
    for (size_t i = 0; i < files.size(); ++i) {
        survey.LookAt(files[i], names[i]);
    }
    return std::move(survey.proposals);
}

ImportResult Importer::Import(
    const access::Actor& actor,
    const std::vector<std::filesystem::path>& files,
    const ImportOptions& options
) {
    access::Actor::Require(actor.rights.import, {"导入文件", "importing files"});
    const access::PlaceTree places = ledger_.Places();
    const CellReader reader(ledger_.model(), ledger_.vocabulary(), places);
    Survey survey(ledger_, reader, options);
    const std::vector<std::string> names = ShownNames(files);
    for (size_t i = 0; i < files.size(); ++i) {
        if (options.progress) {
            options.progress("识别", static_cast<int64_t>(i), static_cast<int64_t>(files.size()));
        }
        survey.LookAt(files[i], names[i]);
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
            if (from_person && one.skipped.zh.empty() && !one.record.empty()) {
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
