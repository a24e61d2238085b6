#pragma once
// Who asks, found from the session's cookie, and whether they may (router.h, Rule). Everything that
// changes something must come from the page itself: the token of the session, and no other origin.

#include <string>

#include "app/app.h"
#include "http/router.h"

namespace zw::http {

// `app` must outlive it. A town without users is open for reading on its own machine, as a file
// would be: "users_first" for the rest. With users, whatever is not open needs a session
// ("login_first", "password_first", "csrf", "forbidden").
Guard MakeGuard(app::App& app);

bool IsLoopback(const std::string& address);

// Cookies are shared by all ports of a host: the name tells towns apart. `secure`: came encrypted.
std::string SessionCookieName(int64_t town, bool secure = false);
// The value of Set-Cookie that hands the token to the browser; an empty token takes it away.
std::string SessionCookie(const Request& request, int64_t town, const std::string& token);

}  // namespace zw::http
