#include "tests/http/wire.h"

namespace zw::http::testing {

std::string Wire::ReadAnswer(bool head_only) {
    boost::system::error_code error;
    while (rest_.find("\r\n\r\n") == std::string::npos && !error) {
        char bytes[4096];
        const size_t n = socket_.read_some(boost::asio::buffer(bytes), error);
        rest_.append(bytes, n);
    }
    const size_t head = rest_.find("\r\n\r\n");
    if (head == std::string::npos) {
        return std::exchange(rest_, {});
    }
    size_t length = 0;
    const size_t field = rest_.find("Content-Length: ");
    if (!head_only && field != std::string::npos && field < head) {
        length = std::stoul(rest_.substr(field + 16));
    }
    while (rest_.size() < head + 4 + length && !error) {
        char bytes[4096];
        const size_t n = socket_.read_some(boost::asio::buffer(bytes), error);
        rest_.append(bytes, n);
    }
    const std::string answer = rest_.substr(0, head + 4 + length);
    rest_.erase(0, answer.size());
    return answer;
}

bool Wire::Closed() {
    boost::system::error_code error;
    char byte = 0;
    socket_.read_some(boost::asio::buffer(&byte, 1), error);
    return error == boost::asio::error::eof || error == boost::asio::error::connection_reset;
}

}  // namespace zw::http::testing
