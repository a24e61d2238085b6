#include "ledger/batch.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/minute_text.h"
#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"
#include "ledger/conflict.h"
#include "ledger/masking.h"
#include "ledger/may_write.h"
#include "ledger/undo.h"
#include "ledger/write_session.h"

namespace zw::ledger {

namespace {

constexpr size_t kProgressRows = 1'000;
constexpr char kFileSeparator = '\n';

std::string_view FileOf(const BatchRow& row) {
    return row.file.empty() ? std::string_view(row.source).substr(0, row.source.find('|'))
                            : std::string_view(row.file);
}

// One attempt at a batch: rows that `left_out` names are refused unseen.
class BatchPass {
public:
    BatchPass(
        WriteSession& session,
        const RowReader& reader,
        const access::Actor& actor,
        int64_t town,
        const std::map<size_t, std::vector<Finding>>& left_out
    )
        : session_(session), reader_(reader), actor_(actor), town_(town), left_out_(left_out) {}

    void Run(RowFeed& feed, const BatchOptions& options);
    // CHILD checks; their warnings join the result. The rows that they refuse, with why.
    std::map<size_t, std::vector<Finding>> CheckFamilies();

    BatchResult result;

private:
    struct Touched {
        size_t row = 0;   // of the feed
        size_t file = 0;  // hash of the file's name
        size_t said = 0;  // hash of what the row said
    };

    void Take(size_t n, const BatchRow& row);
    void TakeNew(size_t n, const Table& table, const BatchRow& row, const Values& values);
    void TakeExisting(
        size_t n, const Table& table, const BatchRow& row, const Values& values, int64_t id
    );
    void TakeNamed(size_t n, const Table& table, const BatchRow& row, const Values& values);
    void Refuse(size_t n, Finding finding);
    void Settle(size_t n, RowOutcome outcome, int64_t id);
    bool Pass(size_t n, std::vector<Finding> findings);
    Finding Duplicate(const Table& table, const Record& first, const Values& values, bool same)
        const;
    std::optional<int64_t> FindByKey(const Table& table, const BatchRow& row, const Values& values)
        const;
    static size_t Said(const BatchRow& row, const Values& values);
    void Touch(const Table& table, int64_t id, size_t n, const BatchRow& row, const Values& values);

    WriteSession& session_;
    const RowReader& reader_;
    const access::Actor& actor_;
    const int64_t town_;
    const std::map<size_t, std::vector<Finding>>& left_out_;
    std::unordered_map<int64_t, Touched> touched_;
};

void Place(std::vector<Finding>& findings, const BatchRow& row) {
    const std::vector<std::string> parts = Split(row.source, '|');
    for (Finding& finding : findings) {
        finding.file = parts.empty() ? "" : parts[0];
        finding.sheet = parts.size() > 1 ? parts[1] : "";
        const auto number = parts.size() > 2 ? ParseDecimal(parts[2]) : std::nullopt;
        finding.row = number && number->scale == 0 ? static_cast<int>(number->units) : 0;
    }
}

void MergeInto(const Table& table, const BatchRow& row, const Values& values, Record& record) {
    for (const auto& [id, value] : values) {
        if (formula::IsNull(value) && !row.erases) {
            continue;
        }
        record.values[id] = value;
        if (table.Find(id)->Dated()) {
            record.precision.erase(id);
            const auto precision = row.precision.find(id);
            if (precision != row.precision.end() && precision->second != DatePrecision::kDay) {
                record.precision[id] = precision->second;
            }
        }
    }
}

void BatchPass::Settle(size_t n, RowOutcome outcome, int64_t id) {
    result.outcomes[n] = outcome;
    result.ids[n] = id;
}

void BatchPass::Refuse(size_t n, Finding finding) {
    result.findings[n].push_back(std::move(finding));
    Settle(n, RowOutcome::kRefused, 0);
}

// False when the row is refused; warnings are kept either way.
bool BatchPass::Pass(size_t n, std::vector<Finding> findings) {
    const bool refused = HasRefusal(findings);
    if (!findings.empty()) {
        auto& all = result.findings[n];
        all.insert(
            all.end(),
            std::make_move_iterator(findings.begin()),
            std::make_move_iterator(findings.end())
        );
    }
    if (refused) {
        Settle(n, RowOutcome::kRefused, 0);
    }
    return !refused;
}

size_t BatchPass::Said(const BatchRow& row, const Values& values) {
    std::string text = std::to_string(row.place);
    for (const auto& [id, value] : values) {
        if (!formula::IsNull(value)) {
            text += '\x1f' + id + '\x1e' + formula::ToText(value);
        }
    }
    return std::hash<std::string>{}(text);
}

void BatchPass::Touch(
    const Table& table, int64_t id, size_t n, const BatchRow& row, const Values& values
) {
    if (!table.type->key.empty()) {
        touched_[id] = {n, std::hash<std::string_view>{}(FileOf(row)), Said(row, values)};
    }
}

std::optional<int64_t> BatchPass::FindByKey(
    const Table& table, const BatchRow& row, const Values& values
) const {
    if (table.type->key.empty()) {
        return std::nullopt;
    }
    Record wanted;
    wanted.place = row.place;
    wanted.values = values;
    const auto ids =
        reader_.IdsWith(session_.connection(), table, town_, table.type->key, wanted, 1);
    return ids.empty() ? std::nullopt : std::optional(ids.front());
}

Finding BatchPass::Duplicate(
    const Table& table, const Record& first, const Values& values, bool same
) const {
    if (same) {
        return MakeFinding("duplicate_same", nullptr, {});
    }
    const definition::Field* at = nullptr;
    std::vector<std::string> lines;
    for (const Column& column : table.columns) {
        const auto value = values.find(column.field->id);
        const auto stored = first.values.find(column.field->id);
        const formula::Value said = value == values.end() ? formula::Value() : value->second;
        const formula::Value stands =
            stored == first.values.end() ? formula::Value() : stored->second;
        if (column.computed != nullptr || formula::ToText(said) == formula::ToText(stands)) {
            continue;
        }
        at = at == nullptr ? column.field : at;
        const auto shown = [&](const formula::Value& v) {
            return formula::ToText(actor_.unmask ? v : MaskValue(*column.field, v));
        };
        lines.push_back(column.field->name.zh + "“" + shown(stands) + "”与“" + shown(said) + "”");
    }
    return MakeFinding("duplicate_conflict", at, {{"list", Join(lines, "；")}});
}

void BatchPass::TakeNew(size_t n, const Table& table, const BatchRow& row, const Values& values) {
    Record record;
    record.id = row.id;
    record.place = row.place;
    record.state = row.draft ? "draft" : "live";
    MergeInto(table, row, values, record);
    Compute(session_.rows(), table, record);
    if (!Pass(
            n,
            row.draft ? session_.checks().CheckDraft(table, record)
                      : session_.checks().Check(table, record)
        )) {
        return;
    }
    if (record.id == 0) {
        record.id = session_.NewId();
    }
    Settle(n, row.draft ? RowOutcome::kDraft : RowOutcome::kNew, record.id);
    Touch(table, record.id, n, row, values);
    session_.Create(table, std::move(record), row.source);
}

void BatchPass::TakeExisting(
    size_t n, const Table& table, const BatchRow& row, const Values& values, int64_t id
) {
    Record before = *reader_.Find(session_.connection(), table, town_, id);
    if (const auto seen = touched_.find(id);
        seen != touched_.end() && seen->second.file == std::hash<std::string_view>{}(FileOf(row))) {
        return Refuse(n, Duplicate(table, before, values, seen->second.said == Said(row, values)));
    }
    if (!actor_.InScope(before.place)) {
        return Refuse(n, MakeFinding("out_of_scope", nullptr, {}));
    }
    Record after = before;
    if (!row.draft) {
        after.state = "live";
        after.place = row.place != 0 ? row.place : before.place;
        MergeInto(table, row, values, after);
        Compute(session_.rows(), table, after);
    }
    const bool same = SameContent(table, before, after);
    std::vector<Finding> findings;
    if (!row.draft) {
        findings = session_.checks().Check(table, after);
    }
    if (same) {
        // What stands is not refused by a check that came later; its warnings are said again.
        std::erase_if(findings, [](const Finding& finding) {
            return finding.severity == Severity::kRefused;
        });
    }
    if (!Pass(n, std::move(findings))) {
        return;
    }
    Settle(n, same ? RowOutcome::kSame : RowOutcome::kChanged, id);
    Touch(table, id, n, row, values);
    if (!same) {
        session_.Update(table, std::move(before), std::move(after), row.source);
    } else {
        session_.Visit(table, after);
    }
}

// The row that the caller saw, or nothing.
void BatchPass::TakeNamed(size_t n, const Table& table, const BatchRow& row, const Values& values) {
    const std::optional<Record> now = reader_.Find(session_.connection(), table, town_, row.id);
    if (!now) {
        return Refuse(n, MakeFinding("record_deleted", nullptr, {}));
    }
    if (!actor_.InScope(now->place)) {
        return Refuse(n, MakeFinding("out_of_scope", nullptr, {}));
    }
    if (now->version != row.version && !touched_.contains(row.id)) {
        return Refuse(n, StaleFinding(session_.connection(), actor_, table, town_, *now, values));
    }
    TakeExisting(n, table, row, values, row.id);
}

void BatchPass::Take(size_t n, const BatchRow& row) {
    if (const auto out = left_out_.find(n); out != left_out_.end()) {
        Pass(n, out->second);
        return;
    }
    if (!MayWrite(actor_, *row.type)) {
        return Refuse(n, MakeFinding("out_of_lines", nullptr, {}));
    }
    const bool stays = row.version != 0 && row.place == 0;
    if (!stays && !actor_.InScope(row.place)) {
        return Refuse(n, MakeFinding("out_of_scope", nullptr, {}));
    }
    const Table& table = reader_.schema().Of(row.type->id);
    const Values values = Coerce(session_.rows().context.model, table, row.values);
    if (row.version != 0) {
        return TakeNamed(n, table, row, values);
    }
    const std::optional<int64_t> existing =
        row.id != 0 ? std::nullopt : FindByKey(table, row, values);
    if (existing) {
        TakeExisting(n, table, row, values, *existing);
    } else {
        TakeNew(n, table, row, values);
    }
}

void BatchPass::Run(RowFeed& feed, const BatchOptions& options) {
    feed.Rewind();
    BatchRow row;
    for (size_t n = 0; feed.Next(row); ++n) {
        if (n >= kMaxBatchRows) {
            throw Problem("batch_too_large", {{"limit", std::to_string(kMaxBatchRows)}});
        }
        result.outcomes.push_back(RowOutcome::kRefused);
        result.ids.push_back(0);
        try {
            Take(n, row);
        } catch (const Problem& problem) {
            if (problem.code() != "overflow" && problem.code() != "wrong_use" &&
                problem.code() != "no_work_calendar") {
                throw;
            }
            Finding finding;
            finding.code = problem.code();
            finding.Say({problem.Message(), problem.Message(true)});
            Refuse(n, std::move(finding));
        }
        if (const auto findings = result.findings.find(n); findings != result.findings.end()) {
            Place(findings->second, row);
        }
        if (options.progress && (n + 1) % kProgressRows == 0) {
            options.progress(n + 1);
        }
    }
    for (const RowOutcome outcome : result.outcomes) {
        result.counts.created += outcome == RowOutcome::kNew ? 1 : 0;
        result.counts.changed += outcome == RowOutcome::kChanged ? 1 : 0;
        result.counts.same += outcome == RowOutcome::kSame ? 1 : 0;
        result.counts.refused += outcome == RowOutcome::kRefused ? 1 : 0;
        result.counts.drafts += outcome == RowOutcome::kDraft ? 1 : 0;
    }
}

std::map<size_t, std::vector<Finding>> BatchPass::CheckFamilies() {
    std::map<size_t, std::vector<Finding>> refused;
    const WriteSession::FamilyFindings families = session_.CheckFamilies();
    if (families.empty()) {
        return refused;
    }
    std::unordered_map<int64_t, size_t> row_of;
    for (size_t n = 0; n < result.ids.size(); ++n) {
        if (result.ids[n] != 0) {
            row_of[result.ids[n]] = n;
        }
    }
    for (const auto& [who, findings] : families) {
        // A parent that was not in the feed speaks through the child that touched it last.
        const auto own = row_of.find(who.second);
        const auto child =
            own != row_of.end() ? own : row_of.find(session_.LastToTouch(*who.first, who.second));
        if (child == row_of.end()) {
            continue;
        }
        const size_t n = child->second;
        for (const Finding& finding : findings) {
            auto& all =
                finding.severity == Severity::kRefused && result.outcomes[n] != RowOutcome::kSame
                    ? refused[n]
                    : result.findings[n];
            all.push_back(finding);
        }
    }
    return refused;
}

void WriteBatchRow(
    store::Connection& connection,
    int64_t town,
    const WriteSession& session,
    int64_t at,
    const std::string& by,
    const BatchOptions& options,
    const BatchCounts& counts
) {
    connection.Run(
        "insert into batch (town, id, seq, at, by, why, files, created, changed, same, refused, "
        "drafts) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {town,
         session.batch(),
         session.seq(),
         at,
         by,
         options.why,
         Join(options.files, std::string(1, kFileSeparator)),
         counts.created,
         counts.changed,
         counts.same,
         counts.refused,
         counts.drafts}
    );
}

BatchInfo ReadBatch(const store::Statement& row) {
    BatchInfo info;
    info.id = row.Int(0);
    info.seq = row.Int(1);
    info.at_millis = row.Int(2);
    info.by = row.Text(3);
    info.why = row.Text(4);
    if (!row.Text(5).empty()) {
        info.files = Split(row.Text(5), kFileSeparator);
    }
    info.counts = {row.Int(6), row.Int(7), row.Int(8), row.Int(9), row.Int(10)};
    info.undoes = row.IsNull(11) ? 0 : row.Int(11);
    info.undone_by = row.IsNull(12) ? 0 : row.Int(12);
    return info;
}

void RequireSomeWrite(const access::Actor& actor) {
    access::Actor::Require(
        actor.rights.write || actor.rights.settings,
        {"您只能查看，不能填报", "you may look, not enter"}
    );
}

constexpr std::string_view kBatchColumns =
    "select id, seq, at, by, why, files, created, changed, same, refused, drafts, undoes, "
    "undone_by from batch ";

}  // namespace

BatchResult BatchWriter::Apply(
    const access::Actor& actor, RowFeed& feed, const BatchOptions& options
) {
    RequireSomeWrite(actor);
    BatchResult result;
    std::map<size_t, std::vector<Finding>> left_out;
    const LedgerServices& services = ledger_.services();
    for (bool again = true; again;) {
        again = false;
        const auto write = [&](WriteSession& session) {
            BatchPass pass(session, ledger_.reader(), actor, services.town, left_out);
            pass.Run(feed, options);
            for (auto& [n, findings] : pass.CheckFamilies()) {
                left_out[n] = std::move(findings);
                again = true;
            }
            result = std::move(pass.result);
            const BatchCounts& counts = result.counts;
            const bool writes = counts.created + counts.changed + counts.drafts > 0;
            if (again || options.dry_run || !writes) {
                return false;
            }
            result.batch = session.batch();
            WriteBatchRow(
                session.connection(),
                services.town,
                session,
                services.clock.NowMillis(),
                actor.name,
                options,
                counts
            );
            if (options.along) {
                options.along(session, result);
            }
            return true;
        };
        result.seq = ledger_.Commit(actor, options.why, write, true);
    }
    return result;
}

BatchInfo BatchWriter::Undo(const access::Actor& actor, int64_t batch, const std::string& why) {
    RequireSomeWrite(actor);
    const std::optional<BatchInfo> info = Find(batch);
    if (!info) {
        throw NotFound(Thing::kBatch, std::to_string(batch));
    }
    const std::string reason =
        why.empty() ? "撤销 " + MinuteText(info->at_millis) + " 的一批" : why;
    int64_t undo = 0;
    const auto write = [&](WriteSession& session) {
        BatchUndo work(ledger_, session, actor, batch);
        work.Run(reason);
        undo = session.batch();
        return true;
    };
    ledger_.Commit(actor, reason, write, true);
    return *Find(undo);
}

std::vector<BatchInfo> BatchWriter::List(int limit, int64_t before) const {
    std::vector<BatchInfo> batches;
    const auto reader = ledger_.services().database.Read();
    reader->connection().Query(
        std::string(kBatchColumns) + "where town = ? and id < ? order by id desc limit ?",
        {ledger_.services().town, before == 0 ? kStands : before, static_cast<int64_t>(limit)},
        [&](const store::Statement& row) { batches.push_back(ReadBatch(row)); }
    );
    return batches;
}

std::optional<BatchInfo> BatchWriter::Find(int64_t batch) const {
    std::optional<BatchInfo> found;
    const auto reader = ledger_.services().database.Read();
    reader->connection().Query(
        std::string(kBatchColumns) + "where town = ? and id = ?",
        {ledger_.services().town, batch},
        [&](const store::Statement& row) { found = ReadBatch(row); }
    );
    return found;
}

}  // namespace zw::ledger
