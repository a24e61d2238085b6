// links: base boost json
// sources: http/beast.cpp http/body.cpp http/journal.cpp http/json_problem.cpp
// sources: http/language.cpp http/message.cpp http/router.cpp
// Any bytes as what comes in on a connection, read as Server::ServeOne reads it, with smaller
// limits. Every answer is whole, has the headers that it was given and no more, and is JSON where
// it says so; so is every line of the journal.
#include <sstream>
#include <string>

#include "base/environment.h"
#include "base/text.h"
#include "fuzz/demand.h"
#include "fuzz/http_routes.h"
#include "http/beast.h"
#include "http/journal.h"

namespace {

using zw::fuzz::Demand;
using namespace zw::http;
namespace bh = beast::http;
using HeadParser = bh::request_parser<bh::empty_body>;

constexpr std::uint32_t kHeaderLimit = 1024;
constexpr std::uint64_t kBodyLimit = 512;
constexpr std::uint64_t kUploadLimit = 2048;

// What the client sends, then its end; a few bytes at a time, so that limits and parsers meet
// pieces.
class Bytes {
public:
    Bytes(const uint8_t* data, size_t size) : data_(data), size_(size) {}

    template <class Buffers>
    size_t read_some(const Buffers& buffers) {
        beast::error_code error;
        return read_some(buffers, error);
    }
    template <class Buffers>
    size_t read_some(const Buffers& buffers, beast::error_code& error) {
        constexpr size_t kPiece = 61;
        const size_t left = std::min(size_ - at_, kPiece);
        const size_t count =
            boost::asio::buffer_copy(buffers, boost::asio::buffer(data_ + at_, left));
        at_ += count;
        error = count == 0 ? boost::asio::error::eof : beast::error_code();
        return count;
    }

private:
    const uint8_t* data_;
    size_t size_;
    size_t at_ = 0;
};

bool SaysJson(const BeastResponse& response) {
    const auto type = response[bh::field::content_type];
    return type.find("json") != beast::string_view::npos;
}

void CheckAnswer(const Response& response, const BeastRequest& request) {
    const BeastResponse out = ToBeast(response, request);
    std::ostringstream wire;
    wire << out;
    const std::string bytes = wire.str();
    bh::response_parser<bh::string_body> parser;
    parser.eager(true);
    parser.skip(request.method() == bh::verb::head);
    beast::error_code error;
    const size_t used = parser.put(boost::asio::buffer(bytes), error);
    Demand(!error && parser.is_done() && used == bytes.size());
    const BeastResponse& back = parser.get();
    Demand(back.result_int() == out.result_int() && back.body() == out.body());
    Demand(std::distance(back.begin(), back.end()) == std::distance(out.begin(), out.end()));
    if (SaysJson(back) && !back.body().empty()) {
        boost::json::parse(back.body(), error);
        Demand(!error);
    }
}

class Connection {
public:
    Connection(Bytes bytes, const Router& router, const Peer& peer)
        : bytes_(bytes), router_(router), peer_(peer) {}

    // True: another request may follow.
    bool One() {
        HeadParser head;
        head.header_limit(kHeaderLimit);
        head.body_limit(kUploadLimit);
        beast::error_code error;
        bh::read_header(bytes_, buffer_, head, error);
        if (error) {
            return Refused(error);
        }
        const std::string target(head.get().target());
        if (router_.TakesUpload(
                std::string(head.get().method_string()), target.substr(0, target.find('?'))
            )) {
            return Upload(head);
        }
        if (head.content_length() && *head.content_length() > kBodyLimit) {
            return Refused(bh::error::body_limit);
        }
        return Body(head, kBodyLimit, "");
    }

private:
    bool Upload(HeadParser& head) {
        BeastRequest request{head.get().base()};
        if (const auto refused = TurnAway(router_, request, peer_, names_)) {
            request.keep_alive(false);
            CheckAnswer(*refused, request);
            return false;
        }
        return Body(head, kUploadLimit, "upload-1");
    }

    bool Body(HeadParser& head, std::uint64_t limit, const std::string& upload) {
        bh::request_parser<bh::string_body> parser(std::move(head));
        parser.body_limit(limit);
        beast::error_code error;
        bh::read(bytes_, buffer_, parser, error);
        if (error) {
            return Refused(error);
        }
        const BeastRequest request = parser.release();
        Demand(request.body().size() <= limit);
        const Response response = Answer(router_, request, peer_, names_, upload);
        CheckAnswer(response, request);
        return request.keep_alive();
    }

    static bool Refused(const beast::error_code& error) {
        BeastRequest none{bh::verb::get, "/", 11};
        none.keep_alive(false);
        CheckAnswer(ProblemResponse(zw::Problem("bad_request", {{"what", error.message()}})), none);
        return false;
    }

    Bytes bytes_;
    const Router& router_;
    const Peer peer_;
    const std::set<std::string> names_ = {"localhost", "[::1]"};
    beast::flat_buffer buffer_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    static const zw::FixedClock clock(1'703'000'000'000);
    static std::ostringstream told;
    static Journal journal(clock, told);
    static const Router router = zw::fuzz::MadeRoutes(journal);
    for (const bool behind_proxy : {false, true}) {
        Connection connection({data, size}, router, {"192.168.1.7", behind_proxy, behind_proxy});
        while (connection.One()) {
        }
    }
    for (const std::string& line : zw::Split(told.str(), '\n')) {
        beast::error_code error;
        Demand(line.empty() || (boost::json::parse(line, error), !error));
    }
    told.str("");
    return 0;
}
