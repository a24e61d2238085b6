#pragma once
// What a Ledger holds. For ledger*.cpp only.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/problem.h"
#include "ledger/count_cache.h"
#include "ledger/ledger.h"
#include "ledger/mapping.h"
#include "ledger/place_cache.h"
#include "ledger/row_store.h"
#include "ledger/untold.h"
#include "ledger/write_session.h"

namespace zw::ledger {

struct Ledger::Impl {
    explicit Impl(LedgerServices given)
        : services(std::move(given)),
          vocabulary(SheetVocabulary(*services.model)),
          untold(services.database) {}

    LedgerCore Core() { return {services, Opened(), *reader, untold, places}; }
    const Schema& Opened() const {
        if (!schema) {
            throw Problem("internal", {{"what", "Ledger::Open was not called"}});
        }
        return *schema;
    }
    const Table& TableOf(const std::string& record) const { return Opened().Of(record); }

    Record Current(
        WriteSession& session, const access::Actor& actor, const Table& table, int64_t id
    ) const;
    void RefuseStale(
        WriteSession& session,
        const access::Actor& actor,
        const Table& table,
        const Record& now,
        const Change& change
    ) const;
    void RefuseReferenced(WriteSession& session, const Table& table, int64_t id) const;
    void CheckNew(
        WriteSession& session, const Table& table, Record& record, std::vector<Finding>& findings
    ) const;
    void CheckWritten(
        WriteSession& session, const Table& table, std::optional<Record> before, Checked& checked
    ) const;
    void CheckFamilies(WriteSession& session, std::vector<Finding>& findings) const;
    WriteResult Change(
        Ledger& ledger,
        const access::Actor& actor,
        const Table& table,
        const ledger::Change& change,
        const std::string& why
    );

    LedgerServices services;
    const sheet::Vocabulary vocabulary;
    Untold untold;
    CountCache counts;
    mutable PlaceCache places;
    std::optional<Schema> schema;
    std::unique_ptr<RowReader> reader;
    std::vector<std::string> migrated;
};

}  // namespace zw::ledger
