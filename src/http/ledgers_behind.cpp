#include "http/ledgers_behind.h"

#include <boost/json.hpp>
#include <set>

#include "base/text.h"
#include "report/condition.h"

namespace zw::http {

namespace json = boost::json;

namespace {

using Records = std::set<std::string>;

void Gather(
    const definition::Model& model, const definition::Indicator& indicator, Records& records
) {
    for (const definition::IndicatorSource& source : indicator.sources) {
        records.insert(source.record);
    }
    if (!indicator.IsDerived()) {
        return;
    }
    // The definitions are free of rings: inputs end.
    for (const std::string& path : indicator.derived->paths()) {
        if (const definition::Indicator* input = model.FindIndicator(path)) {
            Gather(model, *input, records);
        }
    }
}

void GatherCondition(
    const definition::Model& model, const std::string& condition, Records& records
) {
    const formula::Formula formula = report::CompileCondition(condition, model);
    for (const std::string& path : formula.paths()) {
        const std::vector<std::string> parts = Split(path, '.');
        if (const definition::Indicator* indicator = model.FindIndicator(parts.front())) {
            Gather(model, *indicator, records);
        }
        const definition::RecordType* settings = model.SettingRecord();
        if (parts.front() == "name" && settings != nullptr) {
            records.insert(settings->id);
        }
        const definition::RecordType* targets = model.TargetRecord();
        if (parts.back() == "target" && targets != nullptr) {
            records.insert(targets->id);
        }
    }
}

json::array ToJson(const definition::Model& model, const Records& records, Language language) {
    json::array out;
    for (const definition::RecordType& type : model.records) {
        if (records.contains(type.id)) {
            out.emplace_back(json::object{
                {"record", type.id},
                {"name", In(language, type.name)},
                {"reported",
                 type.reported ? json::value(GrainName(type.reported->every))
                               : json::value(nullptr)}});
        }
    }
    return out;
}

}  // namespace

json::array LedgersBehind(
    const definition::Model& model, const indicator::Breakdown& breakdown, Language language
) {
    return ToJson(model, {breakdown.ledgers.begin(), breakdown.ledgers.end()}, language);
}

json::array LedgersBehind(
    const definition::Model& model, const report::ResolvedSlot& slot, Language language
) {
    Records records;
    if (slot.kind == "figure") {
        if (const definition::Indicator* indicator = model.FindIndicator(slot.key)) {
            Gather(model, *indicator, records);
        }
    } else if (slot.kind == "condition") {
        GatherCondition(model, slot.key, records);
    } else if (const definition::RecordType* settings = model.SettingRecord()) {
        records.insert(settings->id);
    }
    return ToJson(model, records, language);
}

}  // namespace zw::http
