#pragma once
// Failed sign-ins, counted so that guessing is slow and nobody can lock out somebody else: per
// login and address together, per address, and per login from addresses it was never used from.
// What was typed is kept as a keyed hash: people type passwords into the wrong box.

#include <cstdint>
#include <string>

#include "access/policy.h"
#include "audit/key_file.h"
#include "store/database.h"

namespace zw::access {

class LoginFailures {
public:
    LoginFailures(int64_t town, const audit::KeyFile& key, const Policy& policy)
        : town_(town), key_(key), policy_(policy) {}

    static void CreateTable(store::Connection& connection);

    struct Try {
        std::string login;    // as typed, whether there is such a user or not
        std::string address;  // of the client
        bool known = false;   // that user has signed in from there before
        int64_t at = 0;
    };
    // Milliseconds until the next try is heard; 0: now.
    int64_t Wait(store::Connection& connection, const Try& one) const;
    // True when this failure is the one that locks.
    bool Failed(store::Connection& connection, const Try& one) const;
    void Succeeded(store::Connection& connection, const Try& one) const;

private:
    struct Count {
        int64_t failures = 0;
        int64_t last = 0;
    };
    Count Of(store::Connection& connection, const std::string& key, int64_t now) const;
    void Add(store::Connection& connection, const std::string& key, int64_t now) const;
    std::string PairKey(const Try& one) const;
    std::string AddressKey(const Try& one) const;
    std::string LoginKey(const Try& one) const;

    const int64_t town_;
    const audit::KeyFile& key_;
    const Policy& policy_;
};

}  // namespace zw::access
