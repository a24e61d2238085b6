#pragma once
// Routes: method and path pattern → who may ask, and the handler. Patterns have path parameters:
// /api/v1/records/{record}/{id}. Filled once at start, read from any thread afterwards.

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/message.h"

namespace zw::http {

using Handler = std::function<Response(const Request&)>;

// Who may ask a route at all. What of it the caller then reads or writes is cut by Request::actor.
enum class Rule {
    kNone,    // nobody has said: such a route is not taken
    kOpen,    // anybody: signing in
    kSelf,    // whoever is signed in, the first password not yet changed
    kRead,    // whoever is signed in
    kTown,    // who sees the whole town
    kWrite,   // who may write records
    kImport,  // and so on: the rights of access::Rights
    kReveal,
    kReport,
    kSeal,
    kAdopt,
    kSettings,
    kUsers,
};

// Finds out who asks and throws what keeps it from asking ("login_first", "forbidden" …).
using Guard = std::function<void(Request&, Rule)>;

struct RouteInfo {
    std::string method;
    std::string pattern;
    Rule rule = Rule::kNone;
    bool upload = false;
};

class Journal;

class Router {
public:
    // Throws std::logic_error when the same method and pattern stand twice, or nobody has said who
    // may ask.
    void Add(const std::string& method, const std::string& pattern, Rule rule, Handler handler);
    // A PUT whose body may be large: the server asks Admit with the head alone, then writes the
    // body to a file (Request::upload).
    void AddUpload(const std::string& pattern, Rule rule, Handler handler);
    // What answers everything else under GET (the page's files), to anybody.
    void Otherwise(Handler handler) { otherwise_ = std::move(handler); }
    // Asked before every handler. Without one only open routes answer.
    void Protect(Guard guard) { guard_ = std::move(guard); }

    // Where refusals and errors of the program are written down; it must outlive this. Without one
    // nowhere.
    void Tell(Journal& journal) { journal_ = &journal; }

    // From now on `to` answers everything, requests that stand in line too; it must outlive this.
    // From any thread: the first start hands the server over to the town that it has made.
    void HandOver(const Router& to) { *next_ = &to; }

    // Never throws: problems become their answers, anything else "internal". What an error of the
    // program says is for the journal: the answer has its reference. 405 names the methods
    // that are allowed.
    Response Handle(Request request) const;
    bool TakesUpload(const std::string& method, const std::string& path) const;
    // The answer that turns an upload away before its body is read; absent when it may come.
    std::optional<Response> Admit(Request request) const;
    // In order of adding.
    std::vector<RouteInfo> Routes() const;

private:
    struct Route {
        RouteInfo info;
        std::vector<std::string> segments;
        Handler handler;
    };

    const Route* FindUpload(const std::string& method, const std::string& path) const;
    Response Dispatch(Request& request) const;
    // The answer of `answer`, or of what it threw. Never throws.
    Response Guarded(const Request& request, const std::function<Response()>& answer) const;
    Response Refusal(const Request& request, const Problem& problem) const;
    Response Failure(const Request& request, const std::string& what) const;
    void Check(Request& request, Rule rule) const;

    std::vector<Route> routes_;
    Handler otherwise_;
    Guard guard_;
    Journal* journal_ = nullptr;
    // Apart, so that a router may be moved while it is filled.
    std::unique_ptr<std::atomic<const Router*>> next_ =
        std::make_unique<std::atomic<const Router*>>(nullptr);
};

}  // namespace zw::http
