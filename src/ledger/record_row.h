#pragma once
// A record as the memory back end of formulas reads it. Referred rows, children and previous rows
// are read when asked for, from the connection given, and kept for the life of the source. One
// thread.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "formula/formula.h"
#include "ledger/ledger.h"
#include "ledger/record_sql.h"

namespace zw::ledger {

class RowReader;

// Where RecordRow finds other rows. Forget() after rows were written.
class RowSource {
public:
    RowSource(
        store::Connection& connection,
        const RowReader& reader,
        const SqlContext& context,
        int64_t town
    );
    ~RowSource();
    // nullptr when it is not there. Valid until Forget.
    const Record* Find(const definition::RecordType& type, int64_t id);
    void Forget();
    void Forget(const definition::RecordType& type, int64_t id);

    store::Connection& connection;
    const RowReader& reader;
    const SqlContext& context;
    const int64_t town;

private:
    std::map<std::pair<const definition::RecordType*, int64_t>, std::optional<Record>> kept_;
};

class RecordRow final : public formula::Row {
public:
    // `record` and `source` must outlive the row.
    RecordRow(RowSource& source, const definition::RecordType& type, const Record& record);
    formula::Value Get(const std::vector<std::string>& path) const override;
    formula::Value Previous(const std::vector<std::string>& path) const override;
    formula::Value Rule(std::string_view key) const override;
    Date Today() const override;
    void EachChild(std::string_view child, const std::function<void(const formula::Row&)>& visit)
        const override;

private:
    formula::Value GetFrom(
        const definition::RecordType& type,
        const Record& record,
        const std::vector<std::string>& path,
        size_t at
    ) const;

    RowSource& source_;
    const definition::RecordType& type_;
    const Record& record_;
};

}  // namespace zw::ledger
