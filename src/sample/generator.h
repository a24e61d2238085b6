#pragma once
// Makes the rows of a made-up town from a plan, in the order of references. The same plan, seed,
// scale, year and villages give the same rows in the same order on every machine.

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "access/place.h"
#include "ledger/ledger.h"
#include "sample/plan.h"
#include "sample/stream.h"

namespace zw::sample {

struct SampleOptions {
    int64_t seed = 1;
    double scale = 1;  // multiplies the number of records of each village
    int year = 2023;   // the report's year; the rows reach back from it
    int villages = 0;  // only the first so many of the list; 0: all
};

// Where rows come from and go to: a village as the generator sees it.
struct PlaceOf {
    int64_t id = 0;
    std::string code;
    int groups = 0;
};

struct MadeRow {
    const Make* make = nullptr;
    int64_t id = 0;  // its record id, from `new_id`
    int64_t place = 0;
    ledger::Values values;
    std::vector<std::string> warned;  // warnings that it was made to give (Spoil::code)
    int64_t thing = 0;                // rows with one number are periods of one thing
};

// The town's settings and villages, groups drawn.
TownPlan MakeTownPlan(const Plan& plan, const SampleOptions& options);

class Generator {
public:
    Generator(
        const Plan& plan,
        const SampleOptions& options,
        const std::vector<PlaceOf>& villages,
        const PlaceOf& town_itself
    )
        : plan_(plan), options_(options), villages_(villages), town_itself_(town_itself) {}

    // `new_id` gives each row its record id, `take` gets the rows. Throws "sample_wrong" when a
    // formula fails on a row.
    void Run(const std::function<int64_t()>& new_id, const std::function<void(MadeRow&&)>& take);

private:
    struct Parent;
    void RunMake(
        const Make& make,
        const std::function<int64_t()>& new_id,
        const std::function<void(MadeRow&&)>& take
    );
    std::vector<Parent> ParentsOf(const Make& make) const;
    std::vector<MadeRow> MakeThing(
        const Make& make, const Parent& parent, int64_t n, const StreamKey& key
    ) const;
    bool NewKeys(const std::vector<MadeRow>& rows);
    bool IsParent(const definition::RecordType& record) const;

    struct Kept {
        int64_t id = 0;
        PlaceOf place;
        uint64_t key = 0;
        ledger::Values values;
    };

    const Plan& plan_;
    const SampleOptions options_;
    const std::vector<PlaceOf> villages_;
    const PlaceOf town_itself_;
    std::map<const definition::RecordType*, std::vector<Kept>> kept_;  // rows that others hang on
    std::set<std::string> keys_;  // of the records of the make being run
    int64_t things_ = 0;
};

}  // namespace zw::sample
