#include "ledger/import_run.h"

#include <algorithm>
#include <fstream>
#include <set>

#include "base/crypto.h"
#include "base/text.h"
#include "ledger/import_job.h"

namespace zw::ledger {
namespace {

constexpr int64_t kProgressRows = 1000;

// The same bytes are the same file, whatever it is called.
std::string ContentDigest(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    Sm3Hasher hasher;
    std::string block(1 << 16, '\0');
    while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0) {
        hasher.Update(std::string_view(block).substr(0, static_cast<size_t>(in.gcount())));
    }
    return hasher.Finish();
}

}  // namespace

// Hands the rows of a sheet to the jobs of its tables.
class ImportRun::Sink final : public sheet::TableSink {
public:
    Sink(ImportRun& run, size_t file, int sheet) : run_(run), file_(file), sheet_(sheet) {}

    void BeginTable(const sheet::TableInfo& table) override {
        ++table_;
        job_ = nullptr;
        for (size_t i = 0; i < run_.jobs_.size(); ++i) {
            TableJob& job = *run_.jobs_[i];
            if (job.file == file_ && job.sheet == sheet_ && job.proposal->table == table_) {
                job_ = &job;
                index_ = static_cast<uint32_t>(i);
                Begin(table);
            }
        }
    }

    void Row(const sheet::TableRow& row) override {
        if (job_ == nullptr || job_->converter == nullptr ||
            job_->TakesSection(row, run_.reader_)) {
            return;
        }
        if (row.kind == sheet::RowKind::kData) {
            run_.AddRow(*job_, index_, row);
        } else if (row.kind == sheet::RowKind::kTotal) {
            job_->place_above.reset();  // the group ends
        }
    }

    void Total(const sheet::TotalCheck& /*total*/) override {}
    void EndTable() override { job_ = nullptr; }

private:
    void Begin(const sheet::TableInfo& table) {
        job_->heading_first = table.heading_first;
        job_->rejected.heading_first = table.heading_first;
        job_->rejected.heading_last = table.heading_last;
        job_->rejected.titles = table.titles;
        job_->rejected.titles.insert(
            job_->rejected.titles.end(), table.above.begin(), table.above.end()
        );
        job_->rejected.first_column = table.columns.front().index;
        for (const sheet::Column& column : table.columns) {
            const int own = IsReasonColumn(column) ? 0 : column.index;
            job_->rejected.width = std::max(job_->rejected.width, own);
        }
        if (job_->proposal->record.empty() || !job_->proposal->skipped.zh.empty()) {
            return;
        }
        std::vector<ImportQuestion> open;
        const TableContext context{job_->proposal->file, job_->proposal->sheet, table_};
        job_->plan = MakePlan(run_.reader_, context, table, job_->proposal->mapping, open);
        const bool unplaced = std::any_of(open.begin(), open.end(), [](const ImportQuestion& one) {
            return one.code == "missing_place";
        });
        if (unplaced) {
            job_->plan.place.reset();  // the lines over the rows say it
        }
        job_->converter = std::make_unique<RowConverter>(
            job_->plan, run_.reader_, run_.ledger_.services().clock.Today()
        );
        for (Finding& finding : job_->converter->JudgeHeading(table.heading_last)) {
            job_->result.findings.push_back(std::move(finding));
        }
    }

    ImportRun& run_;
    const size_t file_;
    const int sheet_;
    int table_ = 0;
    TableJob* job_ = nullptr;
    uint32_t index_ = 0;
};

class ImportRun::Feed final : public RowFeed {
public:
    explicit Feed(ImportRun& run) : run_(run) {}
    void Rewind() override { run_.spool_.Rewind(); }

    bool Next(BatchRow& row) override {
        if (!run_.spool_.Next(spooled_)) {
            return false;
        }
        const TableContext& context = run_.jobs_[spooled_.plan]->plan.context;
        row.type = spooled_.type;
        row.id = spooled_.id;
        row.draft = spooled_.draft;
        row.erases = false;
        row.place = spooled_.place;
        row.values = spooled_.values;
        row.precision = spooled_.precision;
        row.file = run_.digests_[run_.jobs_[spooled_.plan]->file];
        row.source = context.file + "|" + context.sheet + "|" + std::to_string(spooled_.row);
        return true;
    }

private:
    ImportRun& run_;
    SpooledRow spooled_;
};

namespace {

// AB → 28; 0 when it is no column of a sheet.
size_t ColumnIndex(const std::string& letters) {
    constexpr size_t kMostLetters = 3;
    size_t index = 0;
    for (const char c : letters) {
        if (c < 'A' || c > 'Z' || letters.size() > kMostLetters) {
            return 0;
        }
        index = index * 26 + static_cast<size_t>(c - 'A') + 1;
    }
    return index;
}

sheet::TableRow Mended(const sheet::TableRow& row, const std::map<size_t, std::string>& mends) {
    sheet::TableRow mended = row;
    for (const auto& [column, text] : mends) {
        if (column >= 1 && column <= mended.cells.size()) {
            sheet::Cell& cell = mended.cells[column - 1];
            cell = {};
            cell.kind = text.empty() ? sheet::CellKind::kEmpty : sheet::CellKind::kText;
            cell.text = text;
        }
    }
    return mended;
}

// What stands in the ledger is not what stands in the file: the batch's reason says where.
std::string WithMends(const ImportOptions& options) {
    constexpr size_t kNamed = 50;
    std::string why = options.why;
    for (size_t i = 0; i < std::min(kNamed, options.mends.size()); ++i) {
        const CellMend& mend = options.mends[i];
        why += (why.empty() ? "" : "；") + mend.file + " " + mend.sheet + "!" + mend.column +
               std::to_string(mend.row) + " 改为“" + mend.text + "”";
    }
    if (options.mends.size() > kNamed) {
        why += "；等" + std::to_string(options.mends.size()) + "格";
    }
    return why;
}

}  // namespace

ImportRun::ImportRun(
    Ledger& ledger,
    const CellReader& reader,
    const std::vector<std::filesystem::path>& files,
    const std::vector<SheetProposal>& proposals,
    const ImportOptions& options
)
    : ledger_(ledger),
      reader_(reader),
      files_(files),
      options_(options),
      names_(ShownNames(files)),
      store_(ledger.services().database.Read()),
      schema_(Schema::Load(store_->connection(), ledger.services().town, reader.model())),
      rows_(schema_, ledger.services().key),
      references_(store_->connection(), rows_, reader, ledger),
      spool_(reader.model()) {
    for (const std::filesystem::path& file : files_) {
        digests_.push_back(ContentDigest(file));
    }
    for (const SheetProposal& proposal : proposals) {
        auto job = std::make_unique<TableJob>();
        job->proposal = &proposal;
        job->file = proposal.file_index;
        job->sheet = proposal.sheet_index;
        job->result.sheet = proposal.sheet;
        job->result.record = proposal.skipped.zh.empty() ? proposal.record : "";
        job->rejected.sheet = job->sheet;
        job->rejected.table = proposal.table;
        for (const CellMend& mend : options.mends) {
            if (mend.file == proposal.file && mend.sheet == proposal.sheet) {
                job->mends[mend.row][ColumnIndex(mend.column)] = mend.text;
            }
        }
        total_rows_ += job->result.record.empty() ? 0 : proposal.rows;
        jobs_.push_back(std::move(job));
    }
    // Only rows that others of this run may refer to are kept in mind.
    for (const auto& job : jobs_) {
        const definition::RecordType* type = reader.model().FindRecord(job->result.record);
        const auto refers = [&](const auto& other) {
            return type != nullptr &&
                   std::any_of(
                       type->children.begin(),
                       type->children.end(),
                       [&](const auto& child) { return child.first == other->result.record; }
                   );
        };
        if (std::any_of(jobs_.begin(), jobs_.end(), refers)) {
            references_.Expect(type);
        }
    }
}

ImportRun::~ImportRun() = default;

void ImportRun::Progress(const std::string& stage, int64_t done, int64_t total) const {
    if (options_.progress) {
        options_.progress(stage, done, total);
    }
}

// Ledgers that others refer to come first; else the order of the files stays.
std::vector<std::pair<size_t, int>> ImportRun::SheetsInOrder() const {
    std::vector<std::pair<size_t, std::pair<size_t, int>>> order;
    for (const auto& job : jobs_) {
        const definition::RecordType* type = reader_.model().FindRecord(job->result.record);
        const size_t rank = type == nullptr
                                ? reader_.model().records.size()
                                : static_cast<size_t>(type - reader_.model().records.data());
        const auto same = [&](const auto& one) {
            return one.second == std::make_pair(job->file, job->sheet);
        };
        const auto found = std::find_if(order.begin(), order.end(), same);
        if (found == order.end()) {
            order.push_back({rank, {job->file, job->sheet}});
        } else {
            found->first = std::min(found->first, rank);
        }
    }
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
        return a.first < b.first;
    });
    std::vector<std::pair<size_t, int>> out;
    out.reserve(order.size());
    for (const auto& [rank, where] : order) {
        out.push_back(where);
    }
    return out;
}

void ImportRun::Read() {
    std::unique_ptr<sheet::Workbook> workbook;
    size_t open = files_.size();
    for (const auto& [file, sheet] : SheetsInOrder()) {
        const auto wanted = [&, at = std::make_pair(file, sheet)](const auto& job) {
            return job->file == at.first && job->sheet == at.second && !job->result.record.empty();
        };
        if (std::none_of(jobs_.begin(), jobs_.end(), wanted)) {
            continue;
        }
        if (open != file) {
            workbook = sheet::Workbook::Open(files_[file]);
            open = file;
        }
        ReadSheet(file, sheet, *workbook);
    }
    Progress("读取", read_rows_, total_rows_);
}

void ImportRun::ReadSheet(size_t file, int sheet, sheet::Workbook& workbook) {
    Sink sink(*this, file, sheet);
    // In a return of the villages the row of the town is their total.
    sheet::Vocabulary vocabulary = reader_.vocabulary();
    const bool returns = std::all_of(jobs_.begin(), jobs_.end(), [&](const auto& job) {
        const definition::RecordType* type = reader_.model().FindRecord(job->result.record);
        return job->file != file || job->sheet != sheet || type == nullptr || type->reported;
    });
    if (returns) {
        vocabulary.whole_words.push_back(Normalise(reader_.places().town().name));
        vocabulary.total_words.insert(
            vocabulary.total_words.end(),
            vocabulary.whole_words.begin(),
            vocabulary.whole_words.end()
        );
    }
    vocabulary.same_name = [&](const std::string& name) {
        const auto place = reader_.PlaceOf(name);
        return place ? std::to_string(*place) : PeriodName(file, sheet, name);
    };
    TakeTableFindings(file, sheet, sheet::ReadTables(workbook, sheet, vocabulary, sink));
}

// 一季度, 1季度 and 2023年一季度 are one where the sheet says 2023.
std::string ImportRun::PeriodName(size_t file, int sheet, const std::string& name) const {
    std::optional<int> year;
    for (const auto& job : jobs_) {
        year = !year && job->file == file && job->sheet == sheet ? job->plan.year : year;
    }
    const bool number = name.find_first_not_of("0123456789.") == std::string::npos;
    auto found = sheet::FindPeriod(name);
    for (const Grain grain : {Grain::kQuarter, Grain::kMonth}) {
        found = !found && year && !number ? reader_.PeriodPart(name, grain, *year) : found;
    }
    const bool part = found && (found->grain == Grain::kQuarter || found->grain == Grain::kMonth);
    return part ? ToText(*found) : name;
}

void ImportRun::TakeTableFindings(size_t file, int sheet, const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) {
        TableJob* owner = nullptr;
        for (const auto& job : jobs_) {
            const bool here = job->file == file && job->sheet == sheet && job->converter != nullptr;
            if (here && (owner == nullptr || job->Owns(finding, *owner))) {
                owner = job.get();
            }
        }
        if (owner != nullptr) {
            owner->result.findings.push_back(finding);
            owner->result.findings.back().file = owner->proposal->file;
            owner->result.findings.back().sheet = owner->proposal->sheet;
        }
    }
}

void ImportRun::Refuse(TableJob& job, int row, const Finding& finding) {
    const std::string where = finding.column.empty() ? "" : finding.column + "列：";
    job.rejected.reasons[row].push_back(where + finding.message);
}

ConvertedRow ImportRun::Convert(TableJob& job, const sheet::TableRow& row) const {
    const auto mends = job.mends.find(row.number);
    if (mends != job.mends.end()) {
        const sheet::TableRow mended = Mended(row, mends->second);
        return job.converter->Convert(
            job.WithPlaceAbove(mended, reader_.vocabulary()).value_or(mended)
        );
    }
    const auto filled = job.WithPlaceAbove(row, reader_.vocabulary());
    return job.converter->Convert(filled ? *filled : row);
}

void ImportRun::AddRow(TableJob& job, uint32_t plan, const sheet::TableRow& row) {
    if (++read_rows_ % kProgressRows == 0) {
        Progress("读取", read_rows_, total_rows_);
    }
    ConvertedRow converted = Convert(job, row);
    for (ConvertedRecord& record : converted.records) {
        SpoolRecord(job, plan, row, record, converted);
    }
    for (Finding& finding : converted.findings) {
        if (finding.severity == Severity::kRefused) {
            Refuse(job, row.number, finding);
        }
        job.result.findings.push_back(std::move(finding));
    }
    if (converted.refused) {
        job.Count(RowOutcome::kRefused);
    }
}

void ImportRun::SpoolRecord(
    TableJob& job,
    uint32_t plan,
    const sheet::TableRow& row,
    ConvertedRecord& record,
    ConvertedRow& converted
) {
    SpooledRow spooled;
    spooled.plan = plan;
    spooled.group = static_cast<uint32_t>(record.group);
    spooled.row = row.number;
    spooled.type = job.plan.type;
    spooled.place = record.place;
    spooled.values = std::move(record.values);
    spooled.precision = std::move(record.precision);
    for (const ReferenceText& reference : record.references) {
        Finding finding;
        finding.column = job.plan.LetterOf(reference.field->id, record.group);
        finding.field = reference.field->id;
        finding.file = job.plan.context.file;
        finding.sheet = job.plan.context.sheet;
        finding.row = row.number;
        try {
            ReferenceFinder::Result found = references_.Find(reference, record.place);
            spooled.values[reference.field->id] = found.id;
            if (job.plan.placed_by == reference.field && spooled.place == 0) {
                spooled.place = references_.PlaceOf(reference, found.id);
            }
            if (found.draft) {
                found.draft->plan = plan;
                found.draft->row = row.number;
                spool_.Add(*found.draft);
                const std::string said = reference.parts.begin()->second;
                finding.severity = Severity::kWarning;
                finding.code = "draft_reference";
                finding.Say(CatalogueWords(
                    finding.code, {{"record", found.draft->type->name.zh}, {"value", said}}
                ));
                converted.findings.push_back(finding);
                ++job.result.rows.draft;
            }
        } catch (const Problem& problem) {
            finding.severity = Severity::kRefused;
            finding.code = problem.code();
            finding.Say({problem.Message(), problem.Message(true)});
            converted.findings.push_back(finding);
            converted.refused = true;
        }
    }
    if (!converted.refused) {
        references_.Announce(spooled);
        spool_.Add(spooled);
    }
}

void ImportRun::Apply(const access::Actor& actor, ImportResult& result) {
    store_.reset();
    BatchResult batch;
    if (spool_.size() > 0) {
        BatchOptions options;
        options.why = WithMends(options_);
        options.dry_run = options_.dry_run;
        options.progress = [&](size_t rows) {
            Progress("写入", static_cast<int64_t>(rows), static_cast<int64_t>(spool_.size()));
        };
        options.files = names_;
        Feed feed(*this);
        batch = BatchWriter(ledger_).Apply(actor, feed, options);
        Judge(batch);
    }
    result.batch = batch.batch;
    result.seq = batch.seq;
    Report(result);
}

}  // namespace zw::ledger
