#include "audit/small_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/problem.h"

namespace zw::audit {

namespace {

constexpr size_t kLargest = 64UL * 1024;

[[noreturn]] void Fail(const std::filesystem::path& path) {
    throw Problem(
        "io_failed", {{"path", path.string()}, {"what", std::generic_category().message(errno)}}
    );
}

class Descriptor {
public:
    Descriptor(const std::filesystem::path& path, int flags)
        : number_(open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
    ~Descriptor() {
        if (number_ >= 0) {
            close(number_);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int Number() const { return number_; }

private:
    int number_;
};

void WriteAll(const std::filesystem::path& path, int flags, std::string_view text) {
    const Descriptor file(path, O_WRONLY | O_CREAT | flags);
    if (file.Number() < 0) {
        Fail(path);
    }
    while (!text.empty()) {
        const ssize_t written = write(file.Number(), text.data(), text.size());
        if (written < 0 && errno != EINTR) {
            Fail(path);
        }
        text.remove_prefix(written > 0 ? static_cast<size_t>(written) : 0);
    }
    if (fsync(file.Number()) != 0) {
        Fail(path);
    }
}

// The name of a new file is on disk only when its folder is.
void SyncFolder(const std::filesystem::path& path) {
    const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
    const Descriptor descriptor(folder, O_RDONLY | O_DIRECTORY);
    if (descriptor.Number() < 0 || fsync(descriptor.Number()) != 0) {
        Fail(folder);
    }
}

}  // namespace

std::optional<std::string> ReadSmallFile(const std::filesystem::path& path) {
    const Descriptor file(path, O_RDONLY);
    if (file.Number() < 0) {
        if (errno == ENOENT) {
            return std::nullopt;
        }
        Fail(path);
    }
    std::string text(kLargest + 1, '\0');
    size_t size = 0;
    while (size < text.size()) {
        const ssize_t read_now = read(file.Number(), text.data() + size, text.size() - size);
        if (read_now == 0) {
            break;
        }
        if (read_now < 0 && errno != EINTR) {
            Fail(path);
        }
        size += read_now > 0 ? static_cast<size_t>(read_now) : 0;
    }
    if (size > kLargest) {
        errno = EFBIG;
        Fail(path);
    }
    text.resize(size);
    return text;
}

void CreateSmallFile(const std::filesystem::path& path, std::string_view text) {
    WriteAll(path, O_EXCL, text);
    SyncFolder(path);
}

void ReplaceSmallFile(const std::filesystem::path& path, std::string_view text) {
    const std::filesystem::path fresh = path.string() + ".new";
    WriteAll(fresh, O_TRUNC, text);
    if (rename(fresh.c_str(), path.c_str()) != 0) {
        Fail(path);
    }
    SyncFolder(path);
}

}  // namespace zw::audit
