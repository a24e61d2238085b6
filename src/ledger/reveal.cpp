#include "ledger/reveal.h"

#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"
#include "ledger/schema.h"
#include "ledger/write_session.h"

namespace zw::ledger {

namespace {

// A date as precisely as it is known.
std::string TextOf(const Record& row, const std::string& field, const formula::Value& value) {
    constexpr size_t kYear = 4;
    constexpr size_t kMonth = 7;
    std::string text = formula::ToText(value);
    const auto precision = row.precision.find(field);
    if (precision == row.precision.end() || precision->second == DatePrecision::kDay) {
        return text;
    }
    return text.substr(0, precision->second == DatePrecision::kYear ? kYear : kMonth);
}

}  // namespace

std::string Reveal(
    Ledger& ledger,
    const access::Actor& actor,
    const std::string& record,
    int64_t id,
    const std::string& field,
    const std::string& why
) {
    const std::string reason = Trim(why);
    if (reason.empty()) {
        throw Problem("reason_needed");
    }
    const definition::RecordType& type = *ledger.schema().Of(record).type;
    access::Actor::Require(actor.rights.reveal, {"查看隐去的内容", "opening what is masked"});
    access::Actor::Require(
        !actor.lines || actor.MayWrite(type.line),
        {"这本台账不属于您负责的工作线", "this ledger is of no line of work of yours"}
    );
    const definition::Field* definition = type.FindField(field);
    if (definition == nullptr) {
        throw NotFound(Thing::kField, field);
    }
    if (!definition->personal && !definition->secret) {
        throw Problem("not_masked", {{"name", definition->name.zh}});
    }
    access::Actor opening = actor;
    opening.unmask = true;
    const std::optional<Record> row = ledger.Find(opening, record, id);
    if (!row) {
        throw NotFound(type.name.Both(), std::to_string(id));
    }
    ledger.Commit(
        actor,
        "查看隐去内容：" + type.name.zh + " " + std::to_string(id) + " 的“" + definition->name.zh +
            "”；" + reason,
        [](WriteSession&) { return true; }
    );
    const auto value = row->values.find(field);
    return value == row->values.end() || formula::IsNull(value->second)
               ? std::string()
               : TextOf(*row, field, value->second);
}

}  // namespace zw::ledger
