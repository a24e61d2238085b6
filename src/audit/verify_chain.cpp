#include <fmt/format.h>

#include <map>

#include "audit/log.h"
#include "audit/verify_parts.h"
#include "base/text.h"

namespace zw::audit {

namespace {

constexpr size_t kNamedVersions = 20;

struct VersionName {
    int64_t id = 0;
    int64_t version = 0;
};

// The versions of one record type in the order in which the log wrote them.
class VersionCursor {
public:
    VersionCursor(store::Connection& connection, const VersionedTable& of, int64_t town)
        : table(of),
          statement_(connection.Prepare(
              "select seq_from, id, version, digest from " + of.versions +
              " where town=? order by seq_from, id, version"
          )) {
        statement_.Bind(0, town);
        there_ = statement_.Step();
    }

    bool There() const { return there_; }
    int64_t Seq() const { return statement_.Int(0); }
    VersionName Name() const { return {statement_.Int(1), statement_.Int(2)}; }
    std::string_view Digest() const { return statement_.Text(3); }
    void Next() { there_ = statement_.Step(); }

    const VersionedTable& table;

private:
    store::Statement& statement_;
    bool there_ = false;
};

// What each log entry vouched for beside the versions, in the order of the log.
class VouchedCursor {
public:
    VouchedCursor(store::Connection& connection, const VerifyRequest& request)
        : statement_(connection.Prepare("select seq, source, row_key, digest from vouched where "
                                        "town = ? order by seq, source, row_key")) {
        for (const VouchedTable& table : request.vouched) {
            names_[table.table] = table.name;
        }
        statement_.Bind(0, request.town);
        there_ = statement_.Step();
    }

    bool There() const { return there_; }
    int64_t Seq() const { return statement_.Int(0); }
    VouchedRow Row() const {
        return {
            std::string(statement_.Text(1)),
            std::string(statement_.Text(2)),
            std::string(statement_.Text(3))};
    }
    std::string NameOf(const VouchedRow& row) const {
        const auto found = names_.find(row.table);
        return found == names_.end() ? row.table : found->second;
    }
    void Next() { there_ = statement_.Step(); }

private:
    std::map<std::string, std::string> names_;
    store::Statement& statement_;
    bool there_ = false;
};

class ChainCheck {
public:
    ChainCheck(
        store::Connection& connection,
        const KeyFile& key,
        const VerifyRequest& request,
        VerifyResult& result
    )
        : log_(key), result_(result), vouched_(connection, request) {
        for (const VersionedTable& table : request.tables) {
            cursors_.emplace_back(connection, table, request.town);
        }
    }

    void Take(const LoggedEntry& logged) {
        ++result_.entries;
        if (logged.seq != next_) {
            Add("audit_gap",
                logged.seq,
                {{"first", std::to_string(next_)}, {"last", std::to_string(logged.seq - 1)}});
        }
        if (!EqualInConstantTime(log_.MacOf(previous_mac_, logged.seq, logged.entry), logged.mac)) {
            Add("audit_mac", logged.seq, Describe(logged));
        }
        TakeVersions(logged);
        next_ = logged.seq + 1;
        previous_mac_ = logged.mac;
        result_.head = Head{logged.entry.town, logged.seq, logged.mac};
    }

    // Versions that say they were written before the first entry, between two, or after the last.
    void TakeUnloggedBefore(std::optional<int64_t> seq) {
        for (; vouched_.There() && (!seq || vouched_.Seq() < *seq); vouched_.Next()) {
            const VouchedRow row = vouched_.Row();
            Add("audit_beside_unlogged",
                vouched_.Seq(),
                {{"record", vouched_.NameOf(row)}, {"key", row.key}});
            result_.faults.back().record = vouched_.NameOf(row);
        }
        for (VersionCursor& cursor : cursors_) {
            for (; cursor.There() && (!seq || cursor.Seq() < *seq); cursor.Next()) {
                Fault fault{
                    "audit_unlogged",
                    {},
                    cursor.table.name,
                    cursor.Name().id,
                    cursor.Name().version,
                    cursor.Seq()};
                fault.details = {
                    {"record", fault.record},
                    {"id", std::to_string(fault.id)},
                    {"version", std::to_string(fault.version)},
                    {"seq", std::to_string(fault.seq)}};
                result_.faults.push_back(std::move(fault));
            }
        }
    }

private:
    void TakeVersions(const LoggedEntry& logged) {
        TakeUnloggedBefore(logged.seq);
        RowsDigest digest;
        std::vector<std::string> names;
        int64_t count = 0;
        const VersionedTable* only_table = nullptr;
        VersionName only;
        for (VersionCursor& cursor : cursors_) {
            for (; cursor.There() && cursor.Seq() == logged.seq; cursor.Next()) {
                only = cursor.Name();
                only_table = &cursor.table;
                digest.Add(cursor.table.record_number, only.id, only.version, cursor.Digest());
                if (++count; names.size() < kNamedVersions) {
                    names.push_back(
                        fmt::format("{} {} 第{}版", cursor.table.name, only.id, only.version)
                    );
                }
            }
        }
        std::vector<VouchedRow> beside;
        for (; vouched_.There() && vouched_.Seq() == logged.seq; vouched_.Next()) {
            beside.push_back(vouched_.Row());
            if (++count; names.size() < kNamedVersions) {
                names.push_back(vouched_.NameOf(beside.back()) + " " + beside.back().key);
            }
        }
        if (EqualInConstantTime(WithVouched(digest.Finish(), beside), logged.entry.rows_digest)) {
            return;
        }
        Details details = Describe(logged);
        details["count"] = std::to_string(count);
        details["rows"] =
            Join(names, "、") + (count > static_cast<int64_t>(names.size()) ? "…" : "");
        Add("audit_rows_digest", logged.seq, std::move(details));
        if (count == 1 && only_table != nullptr) {
            Fault& fault = result_.faults.back();
            fault.record = only_table->name;
            fault.id = only.id;
            fault.version = only.version;
        }
    }

    static Details Describe(const LoggedEntry& logged) {
        return {
            {"by", logged.entry.by},
            {"at", TimeToText(logged.entry.at)},
            {"why", logged.entry.why}};
    }

    void Add(const std::string& code, int64_t seq, Details details) {
        details["seq"] = std::to_string(seq);
        result_.faults.push_back({code, std::move(details), "", 0, 0, seq});
    }

    const Log log_;
    VerifyResult& result_;
    std::vector<VersionCursor> cursors_;
    VouchedCursor vouched_;
    std::string previous_mac_;
    int64_t next_ = 1;
};

}  // namespace

void VerifyChain(
    store::Connection& connection,
    const KeyFile& key,
    const VerifyRequest& request,
    VerifyResult& result
) {
    ChainCheck check(connection, key, request, result);
    Log::Each(connection, request.town, [&](const LoggedEntry& logged) { check.Take(logged); });
    check.TakeUnloggedBefore(std::nullopt);
}

}  // namespace zw::audit
