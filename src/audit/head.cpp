#include "audit/head.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <sstream>

#include "audit/encoding.h"
#include "audit/small_file.h"
#include "base/problem.h"

namespace zw::audit {

namespace {

constexpr std::string_view kTitle = "zhenwu log head 1";

// Held while the file is read and replaced, against other processes on the same town.
class FolderLock {
public:
    explicit FolderLock(const std::filesystem::path& folder)
        : descriptor_(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
        if (descriptor_ < 0 || flock(descriptor_, LOCK_EX) != 0) {
            throw Problem(
                "io_failed", {{"path", folder.string()}, {"what", "cannot lock the folder"}}
            );
        }
    }
    ~FolderLock() { close(descriptor_); }
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;

private:
    int descriptor_;
};

}  // namespace

std::string HeadFile::Text(const Head& head) const {
    Encoder encoder;
    encoder.Number('t', head.town);
    encoder.Number('n', head.seq);
    encoder.Text('m', head.mac);
    std::ostringstream text;
    text << kTitle << '\n'
         << head.town << ' ' << head.seq << ' ' << head.mac << '\n'
         << ToHex(HmacSm3(key_.head_mac(), encoder.bytes())) << '\n';
    return text.str();
}

std::optional<Head> HeadFile::Read() const {
    const auto text = ReadSmallFile(path_);
    if (!text) {
        return std::nullopt;
    }
    std::istringstream lines(*text);
    std::string title;
    Head head;
    std::getline(lines, title);
    lines >> head.town >> head.seq >> head.mac;
    if (!lines || !EqualInConstantTime(*text, Text(head))) {
        throw Problem("head_damaged", {{"path", path_.string()}});
    }
    return head;
}

void HeadFile::Write(const Head& head) const {
    const FolderLock lock(path_.has_parent_path() ? path_.parent_path() : ".");
    const auto before = Read();
    if (!before || before->seq < head.seq) {
        ReplaceSmallFile(path_, Text(head));
    }
}

void HeadFile::Replace(const Head& head) const {
    const FolderLock lock(path_.has_parent_path() ? path_.parent_path() : ".");
    ReplaceSmallFile(path_, Text(head));
}

HeadKeeper::HeadKeeper(HeadFile file, LogNow log, std::chrono::milliseconds every)
    : file_(std::move(file)), log_(std::move(log)), every_(every) {
    first_ = !log_.newest();
    lost_ = !Fits();
    thread_ = std::thread([this] { Loop(); });
}

// The file is read before the log: what another process wrote into it is committed by then.
bool HeadKeeper::Fits() const {
    try {
        const auto on_file = file_.Read();
        return on_file ? log_.holds(*on_file) : first_;
    } catch (const Problem& problem) {
        if (problem.code() != "head_damaged") {
            throw;
        }
        return false;
    }
}

HeadKeeper::~HeadKeeper() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

std::optional<Head> HeadKeeper::Flush() {
    const std::lock_guard writing(writing_);
    auto head = log_.newest();
    if (!head || head == written_ || lost_) {
        return head;
    }
    lost_ = !Fits();
    if (!lost_) {
        file_.Write(*head);
        written_ = head;
        first_ = false;
    }
    return head;
}

bool HeadKeeper::Lost() {
    const std::lock_guard writing(writing_);
    lost_ = lost_ || !Fits();
    return lost_;
}

void HeadKeeper::Accept() {
    const std::lock_guard writing(writing_);
    if (const auto head = log_.newest()) {
        file_.Replace(*head);
        written_ = head;
        first_ = false;
        lost_ = false;
    }
}

void HeadKeeper::Loop() {
    bool stop = false;
    while (!stop) {
        {
            std::unique_lock lock(mutex_);
            stop = wake_.wait_for(lock, every_, [this] { return stopping_; });
        }
        std::string failure;
        try {
            Flush();
        } catch (const std::exception& problem) {
            failure = problem.what();
        }
        const std::lock_guard lock(mutex_);
        failure_ = failure;
    }
}

std::string HeadKeeper::LastFailure() const {
    const std::lock_guard lock(mutex_);
    return failure_;
}

}  // namespace zw::audit
