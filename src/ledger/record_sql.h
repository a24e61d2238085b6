#pragma once
// Formulas over record types as SQL: the names formula::ToSql asks for. Paths through references
// become correlated subqueries that always carry town (portable-sql.md); a path through a deleted
// row is null. As of a log number the versions that stood then take the place of the rows of today,
// on every hop.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "formula/formula.h"
#include "ledger/rules.h"
#include "ledger/schema.h"

namespace zw::ledger {

// What all names of one query share. References must outlive the names made with it.
struct SqlContext {
    const definition::Model& model;
    const Schema& schema;
    const RuleValues& rules;
    Date today;
    std::optional<int64_t> as_of_seq;
};

class RecordSql final : public formula::SqlNames {
public:
    // `alias`: of the row's table in the query, "r" in "… from r_plot r …". `rule_date`: SQL of the
    // date that rules are taken at; empty: the row's own date (OwnDateField).
    RecordSql(
        const SqlContext& context,
        const definition::RecordType& type,
        std::string alias,
        std::string rule_date = {}
    );
    ~RecordSql() override;

    // "place", "id", "version", "state", fields; {"place","code"|"name"}; paths through references.
    // Secret fields give their blind index: equal values are equal, nothing else holds.
    std::string Column(const std::vector<std::string>& path) const override;
    std::string Previous(const std::vector<std::string>& path) const override;
    formula::Sql Rule(std::string_view key) const override;
    Date Today() const override;
    std::string ChildSelect(
        std::string_view child, const std::string& what, const std::string& when
    ) const override;
    const formula::SqlNames* ChildNames(std::string_view child) const override;

    const definition::RecordType& type() const { return type_; }
    const std::string& alias() const { return alias_; }

private:
    std::string Hop(
        const std::string& owner,
        const definition::RecordType& type,
        const std::vector<std::string>& path,
        size_t at,
        int depth
    ) const;

    const SqlContext& context_;
    const definition::RecordType& type_;
    std::string alias_;
    std::string rule_date_;
    mutable std::map<std::string, std::unique_ptr<RecordSql>, std::less<>> children_;
};

// "r_plot r where r.town = 1 and r.state = 'live'", or the versions that stood as of a log number:
// what follows "from" in every select over rows. With `live_only` false drafts come too.
std::string FromRows(
    const Table& table,
    const std::string& alias,
    int64_t town,
    std::optional<int64_t> as_of_seq,
    bool live_only = true
);
// The condition by which versions of `alias` stand for the rows as of `seq`.
std::string StoodAt(const std::string& alias, int64_t seq);
// " order by …": by id, for few rows that an index finds by other columns.
std::string OrderById(const std::string& id);

}  // namespace zw::ledger
