#pragma once
// The parts of Verify. Each adds what it finds to the result.

#include "audit/verify.h"

namespace zw::audit {

// Macs, gaps, and for each entry the digest over the versions it wrote; versions that no entry
// vouches for.
void VerifyChain(
    store::Connection& connection,
    const KeyFile& key,
    const VerifyRequest& request,
    VerifyResult& result
);

// The log against the heads known elsewhere.
void VerifyHeads(
    store::Connection& connection,
    const KeyFile& key,
    const VerifyRequest& request,
    VerifyResult& result
);

// Each row beside the versions is what the log vouched for last, none is gone, and none is there
// that the log never vouched for.
void VerifyVouched(
    store::Connection& connection, const VerifyRequest& request, VerifyResult& result
);

// One record type: digest of each version, no gap between versions, the newest version is the row
// that stands, secret values open.
void VerifyTable(
    store::Connection& connection,
    const KeyFile& key,
    int64_t town,
    const VersionedTable& table,
    VerifyResult& result
);

}  // namespace zw::audit
