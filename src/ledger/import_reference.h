#pragma once
// References as files name them → ids of records: by the ways that Field::match gives, in the store
// and among the rows of the same import.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/import_convert.h"
#include "ledger/import_spool.h"
#include "ledger/row_store.h"

namespace zw::ledger {

class ReferenceFinder {
public:
    // All must outlive the finder.
    ReferenceFinder(
        store::Connection& connection,
        const RowReader& rows,
        const CellReader& cells,
        Ledger& ledger
    );

    struct Result {
        int64_t id = 0;
        std::optional<SpooledRow> draft;  // to be added before the row that refers to it
    };
    // Throws unknown_reference, ambiguous_reference.
    Result Find(const ReferenceText& reference, int64_t place);
    // The place of the row that was found; 0 when the reference is to no row.
    int64_t PlaceOf(const ReferenceText& reference, int64_t id) const;
    // A row of this import that others may refer to: gives it an id when the store has no row of
    // its key. Call before it is added.
    void Announce(SpooledRow& row);
    // Announced rows are of these types.
    void Expect(const definition::RecordType* type) { expected_[type] = true; }

private:
    struct Way {
        std::vector<std::string> fields;
        Record record;
    };
    std::vector<Way> Ways(
        const definition::Field& field,
        const definition::RecordType& type,
        const ReferenceText& reference,
        int64_t place
    ) const;
    std::vector<int64_t> Ids(const definition::RecordType& type, const Way& way) const;
    // Keys of announced rows are kept as hashes: 100,000 rows cost some 10 MB.
    void Remember(size_t key, int64_t id);
    static size_t KeyOf(const definition::RecordType& type, const Way& way);
    Result MakeDraft(const definition::RecordType& type, const Way& way, int64_t place);
    std::string Name(const definition::RecordType& type, int64_t id) const;

    store::Connection& connection_;
    const RowReader& rows_;
    const CellReader& cells_;
    Ledger& ledger_;
    std::map<const definition::RecordType*, bool> expected_;
    std::unordered_multimap<size_t, int64_t> announced_;
    std::unordered_map<int64_t, int64_t> places_;  // of announced rows
};

}  // namespace zw::ledger
