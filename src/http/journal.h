#pragma once
// What whoever runs the machine should see and a client should not: refused sign-ins and rights,
// and errors of the program with all they say. One JSON object a line, on the stream (systemd keeps
// it: journalctl -u zhenwu). Never a body, a query, a password or a token. From any thread.

#include <mutex>
#include <ostream>
#include <string>

#include "base/environment.h"
#include "http/message.h"

namespace zw::http {

class Journal {
public:
    // Both must outlive it.
    Journal(const Clock& clock, std::ostream& out) : clock_(clock), out_(out) {}

    // {"at","event":"refused","code","who","address","method","path"}
    void Refused(const Request& request, const Problem& problem);
    // The same with "event":"failed","reference","what". Returns the reference, by which the answer
    // names the line: the time in milliseconds and a number.
    std::string Failed(const Request& request, const std::string& what);

private:
    void Write(const std::string& line);

    const Clock& clock_;
    std::ostream& out_;
    std::mutex mutex_;
    int64_t failures_ = 0;
};

}  // namespace zw::http
