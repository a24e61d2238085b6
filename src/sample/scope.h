#pragma once
// What names mean in the formulas of sample.toml: the record's own fields and the file's variables,
// parent.field, place.groups, n (the number of the thing under its parent, from 0), first (the
// thing's first period), scale; previous(x) is the period before.

#include <map>
#include <string>
#include <vector>

#include "definition/scope.h"

namespace zw::sample {

class MakeScope final : public definition::ModelScope {
public:
    MakeScope(
        const definition::Meaning& meaning,
        const definition::RecordType& record,
        const definition::RecordType* parent,
        bool series
    );
    void AddVariable(const std::string& name, const formula::Type& type) {
        variables_[name] = type;
    }
    bool Knows(const std::string& name) const;

    std::optional<formula::Type> Resolve(const std::vector<std::string>& path) const override;
    std::vector<std::string> Candidates(const std::vector<std::string>& path) const override;
    bool HasSeries() const override { return series_; }

private:
    const definition::RecordType& record_;
    const definition::RecordType* parent_;
    const bool series_;
    std::map<std::string, formula::Type, std::less<>> variables_;
};

}  // namespace zw::sample
