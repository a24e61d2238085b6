#include <map>

#include "audit/verify_parts.h"

namespace zw::audit {

namespace {

struct Newest {
    std::string digest;
    int64_t seq = 0;
};

std::map<std::string, Newest> NewestOf(
    store::Connection& connection, int64_t town, const std::string& table
) {
    std::map<std::string, Newest> newest;
    connection.Query(
        "select row_key, digest, seq from vouched where town = ? and source = ? order by seq",
        {town, table},
        [&](const store::Statement& row) {
            newest[std::string(row.Text(0))] = {std::string(row.Text(1)), row.Int(2)};
        }
    );
    return newest;
}

void Add(
    VerifyResult& result,
    const char* code,
    const VouchedTable& table,
    const std::string& key,
    int64_t seq
) {
    result.faults.push_back(
        {code,
         {{"record", table.name}, {"key", key}, {"seq", std::to_string(seq)}},
         table.name,
         0,
         0,
         seq}
    );
}

}  // namespace

void VerifyVouched(
    store::Connection& connection, const VerifyRequest& request, VerifyResult& result
) {
    for (const VouchedTable& table : request.vouched) {
        std::map<std::string, Newest> newest = NewestOf(connection, request.town, table.table);
        for (const VouchedRow& row : VouchFor(connection, request.town, table)) {
            const auto vouched = newest.find(row.key);
            if (vouched == newest.end()) {
                Add(result, "audit_beside_extra", table, row.key, 0);
                continue;
            }
            if (vouched->second.digest != row.digest) {
                Add(result, "audit_beside_changed", table, row.key, vouched->second.seq);
            }
            newest.erase(vouched);
        }
        for (const auto& [key, vouched] : newest) {
            Add(result, "audit_beside_missing", table, key, vouched.seq);
        }
    }
}

}  // namespace zw::audit
