#pragma once
// Sessions as rows. Only the hash of a token is stored: who reads the database cannot come in with
// it.

#include <cstdint>
#include <optional>
#include <string>

#include "access/accounts.h"
#include "store/database.h"

namespace zw::access {

struct StoredSession {
    SessionInfo info;
    int64_t ended_at = 0;  // 0: not ended
};

void CreateSessionTable(store::Connection& connection);
std::string TokenHash(const std::string& token);
void InsertSession(
    store::Connection& connection,
    int64_t town,
    const SessionInfo& session,
    const std::string& token_hash
);
std::optional<StoredSession> FindSession(
    store::Connection& connection, int64_t town, const std::string& token_hash
);

}  // namespace zw::access
