#include "audit/verify.h"

#include <algorithm>

#include "audit/verify_parts.h"

namespace zw::audit {

namespace {

int64_t CountOf(store::Connection& connection, const std::string& table, int64_t town) {
    return std::get<int64_t>(
        connection.First("select count(*) from " + table + " where town=?", {town})[0]
    );
}

}  // namespace

std::string Fault::Message(bool english) const {
    const Words words = CatalogueWords(code, details);
    return english ? words.en : words.zh;
}

VerifyResult Verify(
    store::Connection& connection, const KeyFile& key, const VerifyRequest& request
) {
    VerifyRequest ordered = request;
    std::sort(
        ordered.tables.begin(),
        ordered.tables.end(),
        [](const VersionedTable& a, const VersionedTable& b) {
            return a.record_number < b.record_number;
        }
    );
    VerifyResult result;
    int64_t total = CountOf(connection, "log", request.town);
    for (const VersionedTable& table : ordered.tables) {
        total += CountOf(connection, table.versions, request.town);
    }
    const auto tell = [&] {
        if (request.progress) {
            request.progress(result.entries + result.versions, total);
        }
    };
    VerifyChain(connection, key, ordered, result);
    VerifyHeads(connection, key, ordered, result);
    VerifyVouched(connection, ordered, result);
    tell();
    for (const VersionedTable& table : ordered.tables) {
        VerifyTable(connection, key, request.town, table, result);
        tell();
    }
    return result;
}

}  // namespace zw::audit
