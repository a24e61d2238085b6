#include "access/session_store.h"

#include "base/crypto.h"
#include "store/schema.h"

namespace zw::access {

void CreateSessionTable(store::Connection& connection) {
    using store::ColumnType;
    store::EnsureTable(
        connection,
        {.name = "web_session",
         .columns =
             {{"town", ColumnType::kBigint, true},
              {"id", ColumnType::kBigint, true},
              {"account", ColumnType::kBigint, true},
              {"token_hash", ColumnType::kText, true},
              {"begun_at", ColumnType::kBigint, true},
              {"used_at", ColumnType::kBigint, true},
              {"ended_at", ColumnType::kBigint, true},
              {"address", ColumnType::kText, true},
              {"agent", ColumnType::kText, true}},
         .primary_key = {"town", "id"},
         .indexes =
             {{.name = "web_session_token",
               .columns = {"town", "token_hash"},
               .unique = true,
               .where = {}},
              {.name = "web_session_account",
               .columns = {"town", "account"},
               .unique = false,
               .where = {}}}}
    );
}

std::string TokenHash(const std::string& token) {
    return ToHex(Sm3(token));
}

void InsertSession(
    store::Connection& connection,
    int64_t town,
    const SessionInfo& session,
    const std::string& token_hash
) {
    connection.Run(
        "insert into web_session (town, id, account, token_hash, begun_at, used_at, ended_at, "
        "address, agent) values (?, ?, ?, ?, ?, ?, 0, ?, ?)",
        {town,
         session.id,
         session.user,
         token_hash,
         session.begun_at,
         session.used_at,
         session.address,
         session.agent}
    );
}

std::optional<StoredSession> FindSession(
    store::Connection& connection, int64_t town, const std::string& token_hash
) {
    std::optional<StoredSession> found;
    connection.Query(
        "select id, account, begun_at, used_at, address, agent, ended_at from web_session where "
        "town = ? and token_hash = ?",
        {town, token_hash},
        [&](const store::Statement& row) {
            StoredSession session;
            session.info = {
                row.Int(0),
                row.Int(1),
                row.Int(2),
                row.Int(3),
                std::string(row.Text(4)),
                std::string(row.Text(5))};
            session.ended_at = row.Int(6);
            found = std::move(session);
        }
    );
    return found;
}

}  // namespace zw::access
