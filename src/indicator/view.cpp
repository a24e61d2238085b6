#include "indicator/view.h"

#include "audit/log.h"
#include "base/not_found.h"
#include "base/text.h"
#include "ledger/returns.h"
#include "ledger/settings.h"

namespace zw::indicator {

namespace {

Sql PlaceCondition(const std::vector<int64_t>& places) {
    Sql sql{" and place in ", {}};
    Append(sql, NumberList(places));
    return sql;
}

}  // namespace

std::vector<const SourceSet*> Town::SourcesOf(const definition::Indicator& indicator) const {
    std::vector<const SourceSet*> found;
    for (const SourceSet& set : sets) {
        if (set.indicator == &indicator) {
            found.push_back(&set);
        }
    }
    return found;
}

const definition::Indicator& Town::Find(const std::string& indicator) const {
    if (const definition::Indicator* found = model.FindIndicator(indicator)) {
        return *found;
    }
    std::vector<std::string> names;
    for (const definition::Indicator& known : model.indicators) {
        names.push_back(known.id);
    }
    const auto nearest = Nearest(indicator, names);
    throw NotFound(Thing::kIndicator, indicator, nearest);
}

View::View(const Town& town, std::optional<int64_t> as_of_seq)
    : town_(town),
      reader_(town.ledger.services().database.Read()),
      places_(access::PlaceTree::Load(connection(), town.id)),
      rules_(ledger::Settings::Load(connection(), town.id, town.model, town.schema, as_of_seq)
                 .Rules(town.model)),
      context_{town.model, town.schema, rules_, town.ledger.services().clock.Today(), as_of_seq},
      cells_(town.id),
      digests_(cells_.StoredDigests(connection())) {
    const auto newest = audit::Log::Newest(connection(), town.id);
    seq_ = as_of_seq ? *as_of_seq : newest ? newest->seq : 0;
}

const std::map<int64_t, Sums>& View::SumsOf(const SourceSet& set, const Period& period) {
    const auto found = sums_.find({&set, period});
    if (found != sums_.end()) {
        return found->second;
    }
    std::map<int64_t, Sums>& by_place = sums_[{&set, period}];
    const auto digest = digests_.find({set.indicator->id, set.position});
    const bool readable = set.kept && !as_of_seq() && digest != digests_.end() &&
                          digest->second == DigestOf(set, town_.model, rules_);
    if (readable) {
        by_place = cells_.Read(connection(), set, period);
        return by_place;
    }
    const Sql sql = indicator::SumsOf(set, context_, AllRows(set, context_, town_.id), period);
    connection().Query(sql.text, sql.values, [&](const store::Statement& row) {
        by_place[row.Int(0)] = {row.Int(1), row.Int(2), row.Int(3)};
    });
    return by_place;
}

View::Spread View::SpreadOf(
    const SourceSet& set, const Period& period, const std::vector<int64_t>& places
) {
    Spread spread;
    if (places.empty()) {
        return spread;
    }
    const bool distinct = set.aggregate() == formula::Aggregate::kCountDistinct;
    Sql sql = PiecesOf(set, context_, AllRows(set, context_, town_.id));
    Append(sql, "select v, count(*) as n from p where ");
    Append(sql, InPeriod(set, period));
    Append(sql, PlaceCondition(places));
    Append(sql, " group by v");
    connection().Query(sql.text, sql.values, [&](const store::Statement& row) {
        if (row.IsNull(0)) {
            spread.nulls += row.Int(1);
            return;
        }
        spread.n += row.Int(1);
        if (distinct) {
            spread.distinct.insert(row.Get(0));
            return;
        }
        const int64_t value = row.Int(0);
        spread.min = std::min(spread.min.value_or(value), value);
        spread.max = std::max(spread.max.value_or(value), value);
    });
    return spread;
}

const std::map<int64_t, bool>& View::Returned(
    const definition::RecordType& type, const Period& period
) {
    const auto [found, fresh] = returned_.try_emplace({&type, period});
    if (fresh) {
        const ledger::Returns returns = ledger::ReturnsFor(
            connection(), town_.schema, places_, town_.id, type, period, as_of_seq()
        );
        for (const ledger::PlaceReturn& one : returns.places) {
            found->second[one.place] = one.state != ledger::ReturnState::kMissing;
        }
    }
    return found->second;
}

bool View::RegisterStarted(const definition::RecordType& type) {
    const auto [found, fresh] = started_.try_emplace(&type);
    if (fresh) {
        found->second =
            ledger::RegisterStarted(connection(), town_.schema, town_.id, type, as_of_seq());
    }
    return found->second;
}

}  // namespace zw::indicator
