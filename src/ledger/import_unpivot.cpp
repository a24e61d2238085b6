// Wide tables: a heading tier holds values of a field.

#include <algorithm>

#include "base/text.h"
#include "ledger/import_matching.h"
#include "sheet/words.h"

namespace zw::ledger {

bool Fills(const Unpivot& unpivot, const definition::Field& field) {
    return unpivot.into == field.id ||
           std::any_of(unpivot.columns.begin(), unpivot.columns.end(), [&](const auto& entry) {
               return entry.second == field.id;
           });
}

std::map<size_t, std::string> StrayColumns(
    const CellReader& reader,
    const ColumnMatcher& matcher,
    const definition::RecordType& type,
    const Unpivot& unpivot
) {
    const definition::Field* into = type.FindField(unpivot.into);
    const auto tier = static_cast<size_t>(unpivot.tier - 1);
    const TableScan& table = matcher.table();
    std::map<size_t, std::string> out;
    for (size_t i = 0; into != nullptr && i < table.columns.size(); ++i) {
        const auto& path = table.info.columns[i].path;
        const ColumnStats& stats = table.columns[i];
        if (path.size() < 2 || tier >= path.size() || stats.filled == 0 ||
            stats.numbers * 2 < stats.filled || matcher.Compares(i)) {
            continue;
        }
        const std::string key = MeasureKey(path, tier);
        const bool measured =
            std::any_of(unpivot.columns.begin(), unpivot.columns.end(), [&](const auto& entry) {
                return !entry.first.empty() && PathKey(entry.first) == key;
            });
        const std::string said = Normalise(path[tier]);
        const bool total = !sheet::EndingWord(said, reader.vocabulary().total_words).empty();
        const bool known = unpivot.values.contains(said) || reader.Choice(*into, said) ||
                           reader.Choice(*into, matcher.Stripped(path[tier]));
        if (measured && !total && !known && !sheet::FindPeriod(said)) {
            out[i] = path[tier];
        }
    }
    return out;
}

std::pair<const definition::Field*, double> Matching::MeasureOf(
    const definition::RecordType& type, size_t column, size_t tier
) const {
    HeadingForms forms = matcher_.FormsOfTiers(WithoutTier(table_.info.columns[column].path, tier));
    const bool compares = matcher_.Compares(column);
    if (compares) {
        forms.tails.clear();
    }
    std::pair<const definition::Field*, double> best{nullptr, 0};
    std::vector<const definition::Field*> same_unit;
    for (const definition::Field& field : type.fields) {
        const auto unit = IsNumber(field) ? matcher_.UnitFit(column, field) : std::nullopt;
        if (!unit) {
            continue;
        }
        if (*unit > 0) {
            same_unit.push_back(&field);
        }
        const Fit fit = matcher_.FitName(forms, field);
        if (fit.score + *unit > best.second && fit.score > 0) {
            best = {&field, std::min(1.0, fit.score + *unit)};
        }
    }
    const bool bare = forms.whole.empty() && !compares;
    if (bare && same_unit.size() == 1) {
        return {same_unit.front(), kByElimination};
    }
    return best;
}

bool Matching::TryUnpivot(const definition::Field& into, size_t tier, Candidate& out) const {
    Unpivot unpivot;
    unpivot.tier = static_cast<int>(tier) + 1;
    unpivot.into = into.id;
    std::set<std::string> values;
    std::set<size_t> columns;
    double least = 1;
    for (size_t i = 0; i < table_.info.columns.size(); ++i) {
        const auto& path = table_.info.columns[i].path;
        if (tier >= path.size()) {
            continue;
        }
        const std::string said = matcher_.Stripped(path[tier]);
        const auto value = reader_.Choice(into, said);
        const auto [field, score] =
            value ? MeasureOf(*out.type, i, tier) : std::pair<const definition::Field*, double>{};
        if (field == nullptr || score < kLikely) {
            continue;
        }
        unpivot.columns[MeasureKey(path, tier)] = field->id;
        if (!reader_.Choice(into, path[tier])) {
            unpivot.values[Normalise(path[tier])] = *value;
        }
        values.insert(*value);
        columns.insert(i);
        least = std::min(least, score);
    }
    if (values.size() < 2 || columns.size() <= out.unpivoted.size()) {
        return false;
    }
    out.unpivot = std::move(unpivot);
    out.unpivoted = std::move(columns);
    out.unpivot_score = least;
    return true;
}

void Matching::FindUnpivot(Candidate& out) const {
    size_t tiers = 0;
    for (const sheet::Column& column : table_.info.columns) {
        tiers = std::max(tiers, column.path.size());
    }
    for (const definition::Field& field : out.type->fields) {
        for (size_t tier = 0; field.type.kind == formula::Kind::kChoice &&
                              InKey(*out.type, field.id) && tier < tiers;
             ++tier) {
            TryUnpivot(field, tier, out);
        }
    }
    if (out.unpivot) {
        out.strays = StrayColumns(reader_, matcher_, *out.type, *out.unpivot);
    }
}

}  // namespace zw::ledger
