#include "tests/indicator/naive.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace zw::testing {

namespace {

using ledger::Record;

template <typename T>
std::optional<T> Field(const Record& row, const std::string& name) {
    const auto found = row.values.find(name);
    if (found == row.values.end()) {
        return std::nullopt;
    }
    const T* value = std::get_if<T>(&found->second);
    return value == nullptr ? std::nullopt : std::optional(*value);
}

std::optional<Date> DateOf(const Record& row, const std::string& name) {
    return Field<Date>(row, name);
}

Period PeriodField(const Record& row, const std::string& name) {
    return Field<Period>(row, name).value();
}

// Steps at `scale` of a decimal or whole number.
std::optional<int64_t> Steps(const Record& row, const std::string& name, int scale) {
    if (const auto whole = Field<int64_t>(row, name)) {
        return *whole;
    }
    const auto decimal = Field<Decimal>(row, name);
    return decimal ? std::optional(Rescale(*decimal, scale).units) : std::nullopt;
}

bool Stands(const std::optional<Date>& from, const std::optional<Date>& to, const Date& on) {
    return from && *from <= on && (!to || *to > on);
}

Ratio Over(int64_t n, int64_t d) {
    return MakeRatio(n, d).value();
}

int Worse(const std::string& state) {
    const std::vector<std::string> order = {
        "filled", "adopted", "forecast", "no_base", "partial", "missing"};
    return static_cast<int>(std::find(order.begin(), order.end(), state) - order.begin());
}

}  // namespace

Naive::Naive(TestTown& town, int64_t big_herd)
    : town_(town.town()),
      itself_(town.itself()),
      big_herd_(big_herd),
      plots_(town.Rows("plot")),
      sheds_(town.Rows("shed")),
      herds_(town.Rows("herd")),
      trainings_(town.Rows("training")),
      harvests_(town.Rows("harvest")),
      returns_(town.Rows("yield_return")) {
    for (size_t i = 0; i < town.villages(); ++i) {
        villages_.push_back(town.village(i));
    }
}

const std::vector<std::string>& Naive::Indicators() {
    static const std::vector<std::string> kIds = {
        "sheds",
        "sheds_built",
        "river_area",
        "shed_mean",
        "shed_kinds",
        "shed_largest",
        "shed_rows",
        "herd_stock",
        "herd_known",
        "big_farms",
        "big_farms_known",
        "herd_out",
        "herd_fed",
        "out_rate",
        "trained",
        "trained_in_force",
        "yield"};
    return kIds;
}

std::vector<int64_t> Naive::LeavesOf(int64_t place) const {
    if (place != town_) {
        return {place};
    }
    std::vector<int64_t> leaves = villages_;
    leaves.push_back(itself_);
    return leaves;
}

Naive::Leaf Naive::Sheds(const std::string& indicator, int64_t place, const Period& period) const {
    Leaf leaf;
    for (const Record& row : sheds_) {
        if (row.place != place) {
            continue;
        }
        const auto built = DateOf(row, "built_on");
        const auto gone = DateOf(row, "gone_on");
        const auto area = Steps(row, "area", 2);
        if (indicator == "sheds_built") {
            leaf.n += built && period.Contains(*built) ? 1 : 0;
        } else if (indicator == "shed_rows") {
            ++leaf.n;
        } else if (indicator == "sheds") {
            leaf.n += Stands(built, gone, period.last) ? 1 : 0;
            leaf.nulls += !built && (!gone || *gone > period.last) ? 1 : 0;
        } else if (indicator == "river_area") {
            const auto plot = Field<int64_t>(row, "plot");
            const bool river = std::any_of(plots_.begin(), plots_.end(), [&](const Record& one) {
                return plot && one.id == *plot && Field<std::string>(one, "terrain") == "川";
            });
            const bool stands = Stands(built, gone, period.last);
            leaf.total += river && stands ? area.value_or(0) : 0;
            leaf.n += river && stands && area ? 1 : 0;
            leaf.nulls +=
                river && ((stands && !area) || (!built && (!gone || *gone > period.last))) ? 1 : 0;
        }
    }
    leaf.total = indicator == "river_area" ? leaf.total : leaf.n;
    return leaf;
}

bool Naive::Returned(
    const std::vector<Record>& rows,
    int64_t place,
    const Period& period,
    const std::string& at,
    const std::vector<std::string>& counting
) const {
    return std::any_of(rows.begin(), rows.end(), [&](const Record& row) {
        return row.place == place && PeriodField(row, at) == period &&
               std::any_of(counting.begin(), counting.end(), [&](const std::string& field) {
                   return Steps(row, field, 3);
               });
    });
}

Naive::Leaf Naive::Herds(const std::string& indicator, int64_t place, const Period& period) const {
    Leaf leaf;
    const bool flow = indicator == "herd_out";
    const bool big = indicator == "big_farms" || indicator == "big_farms_known";
    const bool keep = indicator == "herd_known" || indicator == "big_farms_known";
    Period last = PeriodOf(period.last, Grain::kQuarter);
    last = last.last > period.last ? Previous(last) : last;
    if (flow && period.grain < Grain::kQuarter) {
        leaf.state = "missing";
        return leaf;
    }
    std::map<std::tuple<int64_t, std::string, std::string>, const Record*> latest;
    for (const Record& row : herds_) {
        const Period quarter = PeriodField(row, "quarter");
        if (flow && row.place == place && quarter.last >= period.First() &&
            quarter.last <= period.last) {
            const auto out = Steps(row, "out", 0);
            leaf.total += out.value_or(0);
            ++(out ? leaf.n : leaf.nulls);
        }
        if (!flow && quarter.last <= last.last && (keep || quarter == last)) {
            const int64_t where = indicator == "big_farms_known" ? 0 : row.place;
            const Record*& kept =
                latest[{where, *Field<std::string>(row, "farm"), *Field<std::string>(row, "kind")}];
            const bool later =
                kept == nullptr || PeriodField(*kept, "quarter").last < quarter.last ||
                (PeriodField(*kept, "quarter").last == quarter.last && kept->id < row.id);
            kept = later ? &row : kept;
        }
    }
    for (const auto& [thing, row] : latest) {
        const auto closing = Steps(*row, "closing", 0);
        if (row->place != place || (big && (!closing || *closing < big_herd_))) {
            continue;
        }
        leaf.total += big ? 1 : closing.value_or(0);
        ++(big || closing ? leaf.n : leaf.nulls);
    }
    if (place == itself_) {
        // Owes no return; an empty value is an empty value.
        const bool returned_any = false;
        leaf.state = returned_any || leaf.n > 0 || leaf.nulls == 0 || big ? "filled" : "missing";
        return leaf;
    }
    int returned = 0;
    int owed = 0;
    for (Period part = flow ? PeriodOf(period.First(), Grain::kQuarter) : last;
         part.last <= (flow ? period.last : last.last);
         part = Next(part)) {
        ++owed;
        returned += Returned(herds_, place, part, "quarter", {"closing", "out"}) ? 1 : 0;
    }
    if (returned == owed) {
        leaf.state = !big && leaf.n == 0 && leaf.nulls > 0 ? "missing" : "filled";
    } else {
        leaf.state = returned > 0 && leaf.n > 0 ? "partial" : "missing";
    }
    return leaf;
}

Naive::Leaf Naive::Trained(int64_t place, const Period& period) const {
    // A day counts for the place of the window that first covers it: earliest start, then earliest
    // end, then id.
    struct Window {
        Date from, to;
        int64_t id, place;
    };
    std::map<std::string, std::vector<Window>> people;
    for (const Record& row : trainings_) {
        const Date on = *DateOf(row, "on");
        people[*Field<std::string>(row, "person")].push_back(
            {on, AddMonths(on, 12), row.id, row.place}
        );
    }
    Leaf leaf;
    for (auto& [person, windows] : people) {
        std::sort(windows.begin(), windows.end(), [](const Window& a, const Window& b) {
            return std::tie(a.from, a.to, a.id) < std::tie(b.from, b.to, b.id);
        });
        const auto first = std::find_if(windows.begin(), windows.end(), [&](const Window& one) {
            return one.from <= period.last && period.last < one.to;
        });
        leaf.n += first != windows.end() && first->place == place ? 1 : 0;
    }
    leaf.total = leaf.n;
    return leaf;
}

Naive::Leaf Naive::InForce(int64_t place, const Period& period) const {
    Leaf leaf;
    for (const Record& row : trainings_) {
        const Date on = *DateOf(row, "on");
        const bool recent = on <= period.last && period.last < AddMonths(on, 6);
        leaf.n += row.place == place && recent &&
                          Stands(DateOf(row, "joined_on"), DateOf(row, "left_on"), period.last)
                      ? 1
                      : 0;
    }
    leaf.total = leaf.n;
    return leaf;
}

Naive::Leaf Naive::Yield(int64_t place, const Period& period) const {
    Leaf leaf;
    if (period.grain != Grain::kYear) {
        leaf.state = "missing";
        return leaf;
    }
    const auto sum =
        [&](const std::vector<Record>& rows, const std::string& field, int scale, int64_t factor) {
            Leaf one;
            for (const Record& row : rows) {
                if (row.place == place && PeriodField(row, "year") == period) {
                    const auto value = Steps(row, field, scale);
                    one.total += value.value_or(0) * factor;
                    ++(value ? one.n : one.nulls);
                }
            }
            return one;
        };
    // Both in 0.0001 t: 0.1 kg is one, 0.001 t is ten.
    Leaf measured = sum(harvests_, "weight", 1, 1);
    Leaf told = sum(returns_, "output", 3, 10);
    const bool owes = place != itself_;
    const auto judge = [&](Leaf& one, bool returned) {
        one.state = !owes ? "filled" : returned ? "filled" : "missing";
        one.state = one.state == "filled" && one.n == 0 && one.nulls > 0 ? "missing" : one.state;
    };
    judge(measured, Returned(harvests_, place, period, "year", {"weight"}));
    judge(told, Returned(returns_, place, period, "year", {"output", "note"}));
    const auto complete = [&](const Leaf& one) {
        return one.state == "filled" && (owes || one.n + one.nulls > 0);
    };
    if (complete(measured)) {
        return measured;
    }
    if (complete(told)) {
        return told;
    }
    return measured.counted() ? measured : told.counted() ? told : measured;
}

Naive::Leaf Naive::LeafOf(const std::string& indicator, int64_t place, const Period& period) const {
    if (indicator == "trained") {
        return Trained(place, period);
    }
    if (indicator == "trained_in_force") {
        return InForce(place, period);
    }
    if (indicator == "yield") {
        return Yield(place, period);
    }
    const bool herd = indicator.starts_with("herd") || indicator.starts_with("big");
    return herd ? Herds(indicator, place, period) : Sheds(indicator, place, period);
}

Expected Naive::Aggregated(const std::string& indicator, int64_t place, const Period& period)
    const {
    const std::vector<int64_t> leaves = LeavesOf(place);
    int64_t total = 0;
    int64_t n = 0;
    std::optional<int64_t> largest;
    std::set<std::string> kinds;
    Expected expected;
    for (const Record& row : sheds_) {
        if (std::find(leaves.begin(), leaves.end(), row.place) == leaves.end()) {
            continue;
        }
        const auto built = DateOf(row, "built_on");
        const auto area = Steps(row, "area", 2);
        if (built && period.Contains(*built) && area) {
            largest = std::max(largest.value_or(*area), *area);
        }
        if (Stands(built, DateOf(row, "gone_on"), period.last)) {
            total += area.value_or(0);
            n += area ? 1 : 0;
            if (const auto kind = Field<std::string>(row, "kind")) {
                kinds.insert(*kind);
            }
        }
    }
    expected.state = "filled";
    if (indicator == "shed_kinds") {
        expected.value = Over(static_cast<int64_t>(kinds.size()), 1);
    } else if (indicator == "shed_mean" && n > 0) {
        expected.value = Over(total, 100 * n);
    } else if (indicator == "shed_largest" && largest) {
        expected.value = Over(*largest, 100);
    } else {
        expected.state = "no_base";
    }
    return expected;
}

Expected Naive::Derived(const std::string& indicator, int64_t place, const Period& period) const {
    const Expected stock = Get("herd_stock", place, period);
    const Expected out = Get("herd_out", place, period);
    Expected expected;
    expected.state = Worse(stock.state) > Worse(out.state) ? stock.state : out.state;
    if (expected.state == "missing") {
        return expected;
    }
    if (indicator == "herd_fed" && place == town_ && expected.state == "partial") {
        // It adds: the villages of which both are known.
        // None: no value, for nobody said 0.
        for (const int64_t leaf : LeavesOf(place)) {
            if (const Expected part = Derived(indicator, leaf, period); part.value) {
                const Ratio so_far = expected.value.value_or(Over(0, 1));
                expected.value =
                    Over(static_cast<int64_t>(so_far.numerator + part.value->numerator), 1);
            }
        }
    } else if (indicator == "herd_fed") {
        expected.value =
            Over(static_cast<int64_t>(stock.value->numerator + out.value->numerator), 1);
    } else if (stock.value->numerator > 0) {
        expected.value = Over(
            static_cast<int64_t>(out.value->numerator * 100),
            static_cast<int64_t>(stock.value->numerator)
        );
    } else {
        expected.state = expected.state == "partial" ? "partial" : "no_base";
    }
    return expected;
}

Expected Naive::Get(const std::string& indicator, int64_t place, const Period& period) const {
    if (indicator.starts_with("shed_") && indicator != "shed_rows") {
        return Aggregated(indicator, place, period);
    }
    if (indicator == "herd_fed" || indicator == "out_rate") {
        return Derived(indicator, place, period);
    }
    Expected expected;
    int64_t total = 0;
    int incomplete = 0;
    int returned = 0;
    bool any_rows = false;
    const std::vector<int64_t> leaves = LeavesOf(place);
    std::string only;
    for (const int64_t one : leaves) {
        const Leaf leaf = LeafOf(indicator, one, period);
        only = leaf.state;
        total += leaf.counted() ? leaf.total : 0;
        expected.records += leaf.counted() ? leaf.n + leaf.nulls : 0;
        incomplete += leaf.state == "filled" ? 0 : 1;
        returned += leaf.state == "filled" && one != itself_ ? 1 : 0;
        any_rows = any_rows || (leaf.counted() && leaf.n > 0);
    }
    expected.state = leaves.size() == 1         ? only
                     : incomplete == 0          ? "filled"
                     : returned > 0 || any_rows ? "partial"
                                                : "missing";
    if (expected.state != "missing") {
        expected.value = Over(
            total,
            indicator == "river_area" ? 100
            : indicator == "yield"    ? 10'000
                                      : 1
        );
    }
    return expected;
}

}  // namespace zw::testing
