#include "ledger/undo.h"

#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"
#include "ledger/record_sql.h"
#include "ledger/returns.h"
#include "ledger/title.h"

namespace zw::ledger {

namespace {

constexpr size_t kBlockersShown = 20;

}  // namespace

BatchUndo::BatchUndo(
    const Ledger& ledger, WriteSession& session, const access::Actor& actor, int64_t batch
)
    : ledger_(ledger),
      session_(session),
      connection_(session.connection()),
      actor_(actor),
      town_(ledger.services().town),
      batch_(batch) {}

void BatchUndo::ReadBatch() {
    const auto row = connection_.First(
        "select seq, undoes, undone_by from batch where town = ? and id = ?", {town_, batch_}
    );
    if (row.empty()) {
        throw NotFound(Thing::kBatch, std::to_string(batch_));
    }
    if (!std::holds_alternative<std::monostate>(row[2])) {
        throw Problem("batch_undone");
    }
    batch_seq_ = std::get<int64_t>(row[0]);
    undoes_ = std::holds_alternative<std::monostate>(row[1]) ? 0 : std::get<int64_t>(row[1]);
    connection_.Query(
        "select seq from batch where town = ? and (undone_by is not null or undoes is not null)",
        {town_},
        [&](const store::Statement& one) { void_seqs_.insert(one.Int(0)); }
    );
}

std::vector<BatchUndo::Touched> BatchUndo::RowsOf(const Table& table) const {
    std::vector<Touched> rows;
    connection_.Query(
        "select id, min(version), max(version) from " + table.versions +
            " where town = ? and seq_from = ? group by id order by id desc",
        {town_, batch_seq_},
        [&](const store::Statement& row) {
            rows.push_back({row.Int(0), row.Int(1), row.Int(2)});
        }
    );
    return rows;
}

void BatchUndo::ListLaterEdits(const Table& table, const Touched& row) {
    connection_.Query(
        "select v.seq_from, v.version, v.op, l.at, l.by, l.batch from " + table.versions +
            " v join log l on l.town = v.town and l.seq = v.seq_from where v.town = ? and v.id = ? "
            "and v.version > ? "
            "order by v.version",
        {town_, row.id, row.last},
        [&](const store::Statement& later) {
            if (void_seqs_.contains(later.Int(0))) {
                return;
            }
            blockers_.push_back(
                table.type->name.zh + " " + std::to_string(row.id) + " 第" +
                std::to_string(later.Int(1)) + "版：" + std::string(later.Text(4)) + " " +
                TimeToText(later.Int(3)) + "（批次" + std::to_string(later.Int(5)) + "）"
            );
        }
    );
}

void BatchUndo::TakeBack(const Table& table, const Touched& row) {
    const size_t known = blockers_.size();
    ListLaterEdits(table, row);
    if (blockers_.size() > known) {
        return;
    }
    std::optional<Record> now = ledger_.reader().Find(connection_, table, town_, row.id);
    std::optional<Record> then;
    connection_.Query(
        "select " + RowReader::Columns(table, "v") + " from " + table.versions +
            " v where v.town = ? and v.id = ? and v.version = ? and v.op <> 'delete'",
        {town_, row.id, row.first - 1},
        [&](const store::Statement& version) { then = ledger_.reader().Read(table, version); }
    );
    if ((now && !actor_.InScope(now->place)) || (then && !actor_.InScope(then->place))) {
        throw Problem::Because(
            "forbidden", {"批次中有不在您负责范围内的记录", "the batch has rows that are not yours"}
        );
    }
    changed_ += now || then ? 1 : 0;
    if (now && !then) {
        deleted_.emplace_back(&table, row.id);
        session_.Delete(table, std::move(*now));
    } else if (now && then) {
        put_back_.emplace_back(&table, row.id);
        session_.Update(table, std::move(*now), std::move(*then), {});
    } else if (then) {
        put_back_.emplace_back(&table, row.id);
        const auto newest = connection_.First(
            "select max(version) from " + table.versions + " where town = ? and id = ?",
            {town_, row.id}
        );
        then->version = std::get<int64_t>(newest.at(0));
        session_.Restore(table, std::move(*then));
    }
}

// Rows that refer to one that the undo takes away.
void BatchUndo::ListReferences(const Table& table) {
    for (const Column& column : table.columns) {
        if (column.field->type.kind != formula::Kind::kRef ||
            column.field->type.record == "place") {
            continue;
        }
        const Table& target = ledger_.schema().Of(column.field->type.record);
        for (const auto& [of, gone] : deleted_) {
            if (of != &target) {
                continue;
            }
            const int64_t id = gone;
            connection_.Query(
                "select id from " + table.name + " where town = ? and " + column.name + " = ?" +
                    OrderById("id"),
                {town_, id},
                [&](const store::Statement& row) {
                    blockers_.push_back(
                        table.type->name.zh + " " + std::to_string(row.Int(0)) + " 引用了" +
                        target.type->name.zh + " " + std::to_string(id)
                    );
                }
            );
        }
    }
}

// Rows that took the key of one that comes back.
void BatchUndo::ListRivals() {
    for (const auto& [table, id] : put_back_) {
        const std::optional<Record> row = ledger_.reader().Find(connection_, *table, town_, id);
        if (!row || table->type->key.empty()) {
            continue;
        }
        for (const int64_t rival :
             ledger_.reader().IdsWith(connection_, *table, town_, table->type->key, *row, 2)) {
            if (rival != id) {
                blockers_.push_back(
                    table->type->name.zh + " " + std::to_string(rival) + " 与要恢复的" +
                    std::to_string(id) + "是同一条"
                );
            }
        }
    }
}

// Returns given by hand in the batch: what stood before them stands again.
void BatchUndo::TakeBackReturns() {
    struct Given {
        std::string record;
        std::string period;
        int64_t place = 0;
    };
    std::vector<Given> given;
    connection_.Query(
        "select distinct record, period, place from hand_return where town = ? and (seq_from = ? "
        "or seq_to = ?) "
        "order by record, period, place",
        {town_, batch_seq_, batch_seq_},
        [&](const store::Statement& row) {
            given.push_back({std::string(row.Text(0)), std::string(row.Text(1)), row.Int(2)});
        }
    );
    for (const Given& one : given) {
        const std::string where = " where town = ? and record = ? and period = ? and place = ?";
        bool later = false;
        connection_.Query(
            "select seq_from from hand_return" + where + " and seq_from > ?",
            {town_, one.record, one.period, one.place, batch_seq_},
            [&](const store::Statement& row) { later = later || !void_seqs_.contains(row.Int(0)); }
        );
        if (later) {
            blockers_.push_back("报送 " + one.record + " " + one.period + "：之后又有手工登记");
            continue;
        }
        connection_.Run(
            "update hand_return set seq_to = ?" + where + " and seq_to = ?",
            {session_.seq(), town_, one.record, one.period, one.place, kStands}
        );
        connection_.Run(
            "insert into hand_return (town, record, place, period, seq_from, seq_to, what, by, "
            "why, at) "
            "select town, record, place, period, ?, ?, what, by, why, at from hand_return" +
                where + " and seq_to = ?",
            {session_.seq(), kStands, town_, one.record, one.period, one.place, batch_seq_}
        );
        VouchReturn(session_, town_, one.record, one.period, one.place);
        ++changed_;
    }
}

void BatchUndo::Finish(const std::string& why) {
    connection_.Run(
        "insert into batch (town, id, seq, at, by, why, files, created, changed, same, refused, "
        "drafts, undoes) "
        "select ?, ?, ?, ?, ?, ?, files, 0, ?, 0, 0, 0, ? from batch where town = ? and id = ?",
        {town_,
         session_.batch(),
         session_.seq(),
         ledger_.services().clock.NowMillis(),
         actor_.name,
         why,
         changed_,
         batch_,
         town_,
         batch_}
    );
    connection_.Run(
        "update batch set undone_by = ?, undone_seq = ? where town = ? and id = ?",
        {session_.batch(), session_.seq(), town_, batch_}
    );
    if (undoes_ != 0) {  // what had been undone stands again
        connection_.Run(
            "update batch set undone_by = null, undone_seq = null where town = ? and id = ?",
            {town_, undoes_}
        );
    }
}

void BatchUndo::Run(const std::string& why) {
    ReadBatch();
    // Those that refer before those they refer to.
    const std::vector<Table>& tables = ledger_.schema().tables();
    for (auto table = tables.rbegin(); table != tables.rend(); ++table) {
        for (const Touched& row : RowsOf(*table)) {
            TakeBack(*table, row);
        }
    }
    TakeBackReturns();
    session_.Flush();
    if (!deleted_.empty()) {
        for (const Table& table : tables) {
            ListReferences(table);
        }
    }
    ListRivals();
    if (!blockers_.empty()) {
        const size_t all = blockers_.size();
        if (all > kBlockersShown) {
            blockers_.resize(kBlockersShown);
            blockers_.push_back("……共" + std::to_string(all) + "处");
        }
        throw Problem("batch_built_upon", {{"list", Join(blockers_, "\n")}});
    }
    Finish(why);
}

}  // namespace zw::ledger
