#pragma once
// What the lines' sample.toml files say together (DESIGN.md §7, doc/sample.md): the made-up town,
// its words, how its records come about, how offices write them down, what must come out.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/place.h"
#include "base/date.h"
#include "base/problem.h"
#include "definition/model.h"
#include "formula/formula.h"

namespace zw::sample {

// Lists of words by name, {surname} in a text: one is drawn. A word that stands twice is drawn
// twice as often.
using Words = std::map<std::string, std::vector<std::string>, std::less<>>;

struct TownPlan {
    access::TownSetup places;  // groups 0: drawn from group_range
    std::map<std::string, std::string>
        values;  // settings, town.name, county.code … under dotted keys
    std::pair<int64_t, int64_t> group_range{3, 7};
};

enum class Source {
    kConstant,
    kPick,
    kFormula,
    kRange,
    kNormal,
    kDate,
    kText,
    kIdNumber,
    kDigits,
    kParent
};

// How one value comes about: a source, then what is done to it, in this order: growth, noise,
// jitter, min, max, step; and whether it is there at all (chance, when).
struct Spec {
    std::string name;
    formula::Type type;
    bool field = true;  // false: a variable of this file only
    bool once = false;  // drawn once a thing, the same in all its periods
    Source source = Source::kConstant;
    formula::Value constant;
    std::vector<std::pair<formula::Value, double>> picks;
    std::optional<formula::Formula> formula;  // kFormula; kIdNumber: whether the person is male
    double low = 0;                           // kRange; kNormal: mean
    double high = 0;                          // kRange; kNormal: deviation
    std::pair<Date, Date> dates;              // kRange of dates, kIdNumber: born
    std::optional<std::pair<int, int>> month_day;  // kDate: within the row's own year
    std::vector<std::string>
        texts;          // kText templates, kDigits patterns, kIdNumber regions: one is drawn
    bool luhn = false;  // kDigits: the last digit is Luhn's
    double growth = 1;  // a year after the first
    double noise = 0;   // ± this part
    std::pair<int64_t, int64_t> jitter{0, 0};  // days
    std::optional<formula::Formula> min;
    std::optional<formula::Formula> max;
    std::optional<formula::Formula> when;
    double chance = 1;
    double step = 0;  // a multiple of this; 0: the type's own
};

// A mistake that real ledgers hold and the checks only warn of: `share` of the rows get `set` after
// all else.
struct Spoil {
    std::string code;  // the warning that it must give
    double share = 0;
    std::optional<formula::Formula> when;
    std::vector<Spec> set;
};

struct Count {
    int64_t low = 1;
    int64_t high = 1;
    bool scaled = false;  // multiplied by the scale
};

struct Make {
    const definition::RecordType* record = nullptr;
    const definition::RecordType* parent = nullptr;  // per = "record:…"; nullptr: by place
    bool per_town = false;
    Count count;
    std::string along;  // the period field the rows of one thing follow; empty: one row a thing
    int years = 2;
    std::vector<Spec> specs;  // in the order of the file
    std::vector<Spoil> spoils;
    int number = 0;  // of this record's makes
};

// How an office writes one ledger down.
struct BookPlan {
    const definition::RecordType* record = nullptr;
    std::vector<std::string> files;   // names, one drawn
    std::vector<std::string> titles;  // above the heading; {year} and {town}
    // Over sheets: "one", "place" or "period" a sheet; over tables of one sheet: periods "stacked";
    // over columns: periods "beside" each other. One drawn.
    std::vector<std::string> sheets;
    std::vector<std::string> kinds;  // "xlsx", "csv": one drawn
    std::vector<std::string>
        merged;  // fields merged downwards where rows of one thing stand together
    std::vector<std::string>
        subtotals;  // field, or "place", by whose value rows get a 小计; one drawn, "" for none
    std::map<std::string, double> faults;  // class → share of the rows
};

struct Expectation {
    std::string text;
    std::string file;
    int line = 0;
    const definition::Indicator* indicator = nullptr;
    Period period;
    Decimal low;  // in the indicator's unit
    Decimal high;
};

struct Plan {
    std::shared_ptr<const definition::Model> model;
    TownPlan town;
    Words words;
    std::vector<Make> makes;  // referred-to records before those that refer to them
    std::vector<BookPlan> books;
    std::vector<Expectation> expectations;
};

// Throws "sample_wrong" (file, line, column, what) for whatever does not fit the definitions.
Plan LoadPlan(std::shared_ptr<const definition::Model> model);
// All that LoadPlan would throw, one for each [[make]], [[workbook]], expectation or file.
std::vector<Problem> PlanFaults(std::shared_ptr<const definition::Model> model);

}  // namespace zw::sample
