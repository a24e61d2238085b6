#include "ledger/may_write.h"

namespace zw::ledger {

namespace {

bool OfTheTown(const definition::RecordType& type) {
    return !type.plays_setting.empty() || !type.plays_target.empty();
}

}  // namespace

bool MayWrite(const access::Actor& actor, const definition::RecordType& type) {
    return OfTheTown(type) ? actor.rights.settings : actor.MayWrite(type.line);
}

void RequireWrite(const access::Actor& actor, const definition::RecordType& type, int64_t place) {
    if (!OfTheTown(type)) {
        return actor.RequireWrite(type.line, place);
    }
    access::Actor::Require(
        actor.rights.settings, {"修改镇情设置和目标", "changing settings and targets"}
    );
    access::Actor::Require(
        actor.InScope(place), {"不在您负责的范围内", "it is not yours to look after"}
    );
}

}  // namespace zw::ledger
