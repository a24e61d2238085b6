#pragma once
// The first start (首次启动): a program without a town, whose page makes one. Only from the machine
// that it runs on, as the first account (doc/access.md).

#include <functional>

#include "app/setup.h"
#include "http/router.h"

namespace zw::http {

// Makes the town and takes over from there; throws what InitTown throws.
using MakeTown = std::function<void(const app::TownSettings&)>;

// GET session (says that a town is wanted), GET divisions, POST setup, and the page's files.
void AddSetupRoutes(Router& router, MakeTown make);

}  // namespace zw::http
