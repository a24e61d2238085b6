#include "indicator/records.h"

#include <algorithm>

#include "indicator/derived.h"

namespace zw::indicator {

namespace {

struct Behind {
    int64_t id = 0;
    const SourceSet* set = nullptr;
    std::optional<Decimal> adds;
};

std::optional<Decimal> Adds(const SourceSet& set, const store::Statement& row) {
    if (row.IsNull(1) || !set.kept || set.aggregate() == formula::Aggregate::kAvg) {
        return std::nullopt;
    }
    Figure figure;
    if (const auto exact = ExactTotal(set, {row.Int(1), 1, 0})) {
        SetExact(*set.indicator, *exact, figure);
    }
    return figure.value;
}

void CollectFrom(
    View& view,
    const SourceSet& set,
    const std::vector<int64_t>& places,
    const Period& period,
    int limit,
    int64_t after_id,
    std::vector<Behind>& found
) {
    Sql sql = PiecesOf(set, view.context(), AllRows(set, view.context(), view.town().id));
    Append(sql, "select id, v from p where ");
    Append(sql, InPeriod(set, period));
    Append(sql, " and place in ");
    Append(sql, NumberList(places));
    Append(sql, " and id > ? order by id limit ?", {after_id, int64_t{limit}});
    view.connection().Query(sql.text, sql.values, [&](const store::Statement& row) {
        found.push_back({row.Int(0), &set, Adds(set, row)});
    });
}

void Collect(
    Evaluation& evaluation,
    const definition::Indicator& indicator,
    const Where& where,
    const Period& period,
    int limit,
    int64_t after_id,
    std::vector<Behind>& found
) {
    if (indicator.IsDerived()) {
        const Where known = evaluation.Known(indicator, where, period);
        for (const definition::Indicator* input : InputsOf(evaluation.view().town(), indicator)) {
            Collect(evaluation, *input, known, period, limit, after_id, found);
        }
        return;
    }
    std::map<const SourceSet*, std::vector<int64_t>> places;
    for (const Leaf& leaf : evaluation.Leaves(indicator, period)) {
        if (where.Holds(leaf.place) && leaf.state != State::kMissing) {
            std::vector<int64_t>& of_set = places[leaf.set];
            of_set.insert(of_set.end(), leaf.parts.begin(), leaf.parts.end());
        }
    }
    for (const auto& [set, of_set] : places) {
        CollectFrom(evaluation.view(), *set, of_set, period, limit, after_id, found);
    }
}

// In order of id, cut at the limit but not between rows of one id.
void Cut(std::vector<Behind>& found, int limit) {
    std::stable_sort(found.begin(), found.end(), [](const Behind& a, const Behind& b) {
        return a.id < b.id;
    });
    auto size = static_cast<size_t>(limit);
    while (size < found.size() && size > 0 && found[size].id == found[size - 1].id) {
        ++size;
    }
    if (size < found.size()) {
        found.resize(size);
    }
}

// The newest version at that log number says who entered it and where it came from.
void SetProvenance(
    const ledger::Ledger& ledger,
    const access::Actor& actor,
    std::optional<int64_t> as_of_seq,
    FigureRow& row
) {
    for (const ledger::VersionInfo& version : ledger.History(actor, row.record, row.row.id)) {
        const bool seen = !as_of_seq || version.seq <= *as_of_seq;
        if (seen && version.version <= row.row.version && version.at_millis >= row.at_millis) {
            row.by = version.by;
            row.at_millis = version.at_millis;
            row.source = version.source.empty() ? row.source : version.source;
        }
    }
}

std::map<int64_t, ledger::Record> ReadRows(
    const View& view, const access::Actor& actor, const std::vector<Behind>& found
) {
    std::map<const definition::RecordType*, std::vector<int64_t>> ids;
    for (const Behind& one : found) {
        ids[one.set->type].push_back(one.id);
    }
    std::map<int64_t, ledger::Record> rows;
    for (const auto& [type, of_type] : ids) {
        ledger::Query query;
        query.record = type->id;
        query.ids = of_type;
        query.limit = static_cast<int>(of_type.size());
        query.as_of_seq = view.as_of_seq();
        for (ledger::Record& row : view.town().ledger.List(actor, query).rows) {
            rows.emplace(row.id, std::move(row));
        }
    }
    return rows;
}

}  // namespace

std::vector<FigureRow> RecordsBehind(
    Evaluation& evaluation,
    const access::Actor& actor,
    const definition::Indicator& indicator,
    const Where& where,
    const Period& period,
    int limit,
    int64_t after_id
) {
    std::vector<Behind> found;
    Collect(evaluation, indicator, where, period, limit, after_id, found);
    Cut(found, limit);
    const View& view = evaluation.view();
    const ledger::Ledger& ledger = view.town().ledger;
    const std::map<int64_t, ledger::Record> rows = ReadRows(view, actor, found);
    std::vector<FigureRow> behind;
    for (const Behind& one : found) {
        const auto row = rows.find(one.id);
        if (row == rows.end()) {
            continue;  // written since, or not for this caller's eyes
        }
        FigureRow figure_row;
        figure_row.indicator = one.set->indicator->id;
        figure_row.record = one.set->type->id;
        figure_row.row = row->second;
        figure_row.adds = one.adds;
        figure_row.title = ledger.Title(actor, *one.set->type, row->second);
        SetProvenance(ledger, actor, view.as_of_seq(), figure_row);
        behind.push_back(std::move(figure_row));
    }
    return behind;
}

}  // namespace zw::indicator
