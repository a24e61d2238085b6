#pragma once
// Places and accounts as the log vouches for them: who may do what is no less than a record.

#include "audit/vouch.h"

namespace zw::access {

audit::VouchedTable VouchedPlaces();
// With its lines and places, and the password as it is kept.
audit::VouchedTable VouchedAccounts();

}  // namespace zw::access
