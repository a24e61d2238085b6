#pragma once
// What names mean in formulas over a record type, and over indicators.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/work_calendar.h"
#include "definition/model.h"

namespace zw::definition {

// The last name that a formula asked for in vain, and what there would have been.
struct Missed {
    std::string name;
    std::vector<std::string> known;
    std::string Would() const;  // as Errors::WouldBe
};

// What all scopes of one model share. `computed` gives the type of a computed field, `indicator`
// that of a figure; both may compile it first, and are absent when it has none or hangs on itself.
struct Meaning {
    const Model& model;
    std::shared_ptr<const WorkCalendar> calendar;
    std::function<std::optional<formula::Type>(const RecordType&, const Computed&)> computed;
    std::function<std::optional<formula::Type>(const Indicator&)> indicator;
    std::shared_ptr<Missed> missed = nullptr;
};

class ModelScope : public formula::Scope {
public:
    explicit ModelScope(const Meaning& meaning) : meaning_(meaning) {}
    std::optional<std::vector<std::string>> Category(std::string_view name) const override;
    std::optional<formula::Type> Rule(std::string_view key) const override;
    const formula::Units& units() const override { return meaning_.model.units; }
    std::shared_ptr<const WorkCalendar> Calendar() const override { return meaning_.calendar; }

protected:
    const Meaning& meaning() const { return meaning_; }

private:
    const Meaning& meaning_;
};

// Fields, computed fields, place, and what references lead to.
class RecordScope final : public ModelScope {
public:
    RecordScope(const Meaning& meaning, const RecordType& record)
        : ModelScope(meaning), record_(record) {}
    std::optional<formula::Type> Resolve(const std::vector<std::string>& path) const override;
    std::vector<std::string> Candidates(const std::vector<std::string>& path) const override;
    const formula::Scope* Child(std::string_view name) const override;
    bool HasSeries() const override { return record_.series.has_value(); }

private:
    const RecordType& record_;
    mutable std::map<std::string, std::unique_ptr<RecordScope>> children_;  // made when asked for
};

// Other indicators, by id; with kWithLast x.last too, the same figure a year before.
class FigureScope final : public ModelScope {
public:
    enum class Years { kThis, kWithLast };
    explicit FigureScope(const Meaning& meaning, Years years = Years::kThis)
        : ModelScope(meaning), years_(years) {}
    std::optional<formula::Type> Resolve(const std::vector<std::string>& path) const override;
    std::vector<std::string> Candidates(const std::vector<std::string>& path) const override;

private:
    Years years_;
};

std::shared_ptr<const WorkCalendar> CalendarOf(const Model& model);

}  // namespace zw::definition
