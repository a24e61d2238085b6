#include "sample/generator.h"

#include <algorithm>
#include <cmath>

#include "base/problem.h"
#include "sample/value_maker.h"

namespace zw::sample {

struct Generator::Parent {
    PlaceOf place;
    StreamKey key;
    int64_t id = 0;
    const ledger::Values* values = nullptr;
};

namespace {

// The periods of one thing, oldest first: `years` whole years up to the report's.
std::vector<Period> PeriodsOf(const Make& make, int year) {
    std::vector<Period> periods;
    const Grain grain = make.record->FindField(make.along)->type.grain;
    const Date first{year - make.years + 1, 1, 1};
    for (Period period = PeriodOf(first, grain); period.last.year <= year; period = Next(period)) {
        periods.push_back(period);
    }
    return periods;
}

int64_t CountFor(const Count& count, double scale, Stream stream) {
    const int64_t drawn = stream.Between(count.low, count.high);
    if (!count.scaled || scale == 1) {
        return drawn;
    }
    const double wanted = static_cast<double>(drawn) * scale;
    const double whole = std::floor(wanted);
    return static_cast<int64_t>(whole) + (stream.Chance(wanted - whole) ? 1 : 0);
}

void ApplySpoils(
    const Make& make, RowSoFar& row, const StreamKey& key, std::vector<std::string>& warned
) {
    for (const Spoil& spoil : make.spoils) {
        const StreamKey own = key.With("spoil").With(spoil.code);
        if (!Stream(own).Chance(spoil.share) || (spoil.when && !Holds(*spoil.when, row))) {
            continue;
        }
        ledger::Values changed;
        for (const Spec& spec : spoil.set) {
            changed[spec.name] = MakeValue(spec, row, own.With(spec.name));
        }
        for (auto& [name, value] : changed) {
            row.values[name] = std::move(value);
        }
        warned.push_back(spoil.code);
        return;  // one mistake a row, so that each gives exactly its own warning
    }
}

ledger::Values FieldsOf(const Make& make, const ledger::Values& all) {
    ledger::Values fields;
    for (const auto& [name, value] : all) {
        if (make.record->FindField(name) != nullptr && !formula::IsNull(value)) {
            fields[name] = value;
        }
    }
    return fields;
}

}  // namespace

TownPlan MakeTownPlan(const Plan& plan, const SampleOptions& options) {
    TownPlan town = plan.town;
    if (options.villages > 0 &&
        static_cast<size_t>(options.villages) < town.places.villages.size()) {
        town.places.villages.resize(static_cast<size_t>(options.villages));
    }
    const StreamKey key = StreamKey(static_cast<uint64_t>(options.seed)).With("groups");
    for (access::VillageSetup& village : town.places.villages) {
        village.groups = static_cast<int>(
            Stream(key.With(village.code)).Between(town.group_range.first, town.group_range.second)
        );
    }
    return town;
}

void Generator::Run(
    const std::function<int64_t()>& new_id, const std::function<void(MadeRow&&)>& take
) {
    kept_.clear();
    things_ = 0;
    const definition::RecordType* record = nullptr;
    for (const Make& make : plan_.makes) {
        if (make.record != record) {
            keys_.clear();
            record = make.record;
        }
        RunMake(make, new_id, take);
    }
}

bool Generator::IsParent(const definition::RecordType& record) const {
    return std::any_of(plan_.makes.begin(), plan_.makes.end(), [&](const Make& make) {
        return make.parent == &record;
    });
}

std::vector<Generator::Parent> Generator::ParentsOf(const Make& make) const {
    const StreamKey root =
        StreamKey(static_cast<uint64_t>(options_.seed)).With(make.record->id).With(make.number);
    std::vector<Parent> parents;
    if (make.parent != nullptr) {
        if (const auto rows = kept_.find(make.parent); rows != kept_.end()) {
            for (const Kept& row : rows->second) {
                parents.push_back(
                    {row.place, root.With(static_cast<int64_t>(row.key)), row.id, &row.values}
                );
            }
        }
        return parents;
    }
    for (const PlaceOf& place : make.per_town ? std::vector{town_itself_} : villages_) {
        parents.push_back({place, root.With(place.code), 0, nullptr});
    }
    return parents;
}

std::vector<MadeRow> Generator::MakeThing(
    const Make& make, const Parent& parent, int64_t n, const StreamKey& key
) const {
    RowSoFar row{
        plan_,
        options_,
        make,
        parent.place,
        parent.values,
        parent.id,
        n,
        true,
        options_.year,
        {},
        {}};
    ledger::Values once;
    std::vector<MadeRow> rows;
    const std::vector<Period> periods = make.along.empty() ? std::vector{YearPeriod(options_.year)}
                                                           : PeriodsOf(make, options_.year);
    for (const Period& period : periods) {
        row.year = period.last.year;
        row.values.clear();
        if (!make.along.empty()) {
            row.values[make.along] = period;
        }
        const StreamKey own = make.along.empty() ? key : key.With(ToText(period));
        for (const Spec& spec : make.specs) {
            if (spec.once && !row.first) {
                row.values[spec.name] = once[spec.name];
                continue;
            }
            row.values[spec.name] = MakeValue(spec, row, (spec.once ? key : own).With(spec.name));
            if (spec.once) {
                once[spec.name] = row.values[spec.name];
            }
        }
        MadeRow made{&make, 0, parent.place.id, {}, {}, 0};
        ApplySpoils(make, row, own, made.warned);
        made.values = FieldsOf(make, row.values);
        rows.push_back(std::move(made));
        row.previous = row.values;
        row.first = false;
    }
    return rows;
}

bool Generator::NewKeys(const std::vector<MadeRow>& rows) {
    std::vector<std::string> keys;
    for (const MadeRow& row : rows) {
        std::string key;
        for (const std::string& field : row.make->record->key) {
            const auto value = row.values.find(field);
            key += (field == "place"            ? std::to_string(row.place)
                    : value == row.values.end() ? std::string()
                                                : formula::ToText(value->second)) +
                   '\n';
        }
        if (keys_.contains(key)) {
            return false;
        }
        keys.push_back(std::move(key));
    }
    if (!rows.empty() && !rows.front().make->record->key.empty()) {
        keys_.insert(keys.begin(), keys.end());
    }
    return true;
}

void Generator::RunMake(
    const Make& make,
    const std::function<int64_t()>& new_id,
    const std::function<void(MadeRow&&)>& take
) {
    constexpr int kAttempts = 20;  // names and seasons run out: then the thing is left out
    const bool keep = IsParent(*make.record);
    for (const Parent& parent : ParentsOf(make)) {
        const int64_t count =
            CountFor(make.count, options_.scale, Stream(parent.key.With("count")));
        for (int64_t n = 0; n < count; ++n) {
            for (int attempt = 0; attempt < kAttempts; ++attempt) {
                const StreamKey key = attempt == 0 ? parent.key.With(n)
                                                   : parent.key.With(n).With("again").With(attempt);
                std::vector<MadeRow> rows = MakeThing(make, parent, n, key);
                if (!NewKeys(rows)) {
                    continue;
                }
                ++things_;
                for (MadeRow& row : rows) {
                    row.id = new_id();
                    row.thing = things_;
                    if (keep) {
                        kept_[make.record].push_back({row.id, parent.place, key.value(), row.values}
                        );
                    }
                    take(std::move(row));
                }
                break;
            }
        }
    }
}

}  // namespace zw::sample
