#pragma once
// What a report asks of the rest of the program: figures, places, settings, rules; all of one
// caller, as of one moment.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "access/place.h"
#include "definition/model.h"
#include "indicator/figures.h"

namespace zw::report {

class FigureSource {
public:
    virtual ~FigureSource() = default;
    virtual const definition::Model& model() const = 0;
    virtual const access::PlaceTree& places() const = 0;
    virtual indicator::Figure Get(const indicator::FigureQuery& query) const = 0;
    virtual indicator::Comparison CompareWith(
        const indicator::FigureQuery& query, indicator::Compare compare
    ) const = 0;
    virtual std::optional<Ratio> ShareOf(
        const indicator::FigureQuery& part, const std::string& whole
    ) const = 0;
    virtual std::optional<indicator::Figures::Target> TargetOf(const indicator::FigureQuery& query
    ) const = 0;
    virtual Words FormulaInWords(const indicator::FigureQuery& query) const = 0;
    // A setting's text; absent when the town has not typed it.
    virtual std::optional<std::string> Setting(std::string_view key) const = 0;
    // Null when no value is valid then.
    virtual formula::Value Rule(std::string_view key, const Date& on) const = 0;
    virtual Date Today() const = 0;
};

// Of a town's ledger, seen by `actor`; both must outlive it.
std::unique_ptr<FigureSource> MakeLedgerSource(
    const ledger::Ledger& ledger, const indicator::Figures& figures, const access::Actor& actor
);

}  // namespace zw::report
