#include "store/byte_stream.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "base/problem.h"

namespace zw::store {

namespace {

constexpr std::string_view kSealedTitle = "zhenwu sealed back-up 1\n";
constexpr size_t kChunk = 64UL * 1024;
constexpr size_t kSealedChunk = kChunk + crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr size_t kSealedHead = crypto_pwhash_SALTBYTES + 2 * sizeof(uint64_t) +
                               crypto_secretstream_xchacha20poly1305_HEADERBYTES;
// A file that asks for more than this to be opened is not one of ours.
constexpr uint64_t kMostPasses = 64;
constexpr uint64_t kMostMemory = 4ULL << 30U;

using Key = std::array<unsigned char, crypto_secretstream_xchacha20poly1305_KEYBYTES>;

unsigned char* Bytes(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

const unsigned char* Bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

[[noreturn]] void FailedIo(const std::filesystem::path& file) {
    const std::string what = std::generic_category().message(errno);
    if (errno == ENOSPC) {
        throw Problem("disk_full", {{"what", file.string()}});
    }
    throw Problem(
        errno == EEXIST ? "file_exists" : "io_failed", {{"path", file.string()}, {"what", what}}
    );
}

[[noreturn]] void Damaged(const std::filesystem::path& file, int64_t offset) {
    throw Problem("backup_damaged", {{"path", file.string()}, {"where", std::to_string(offset)}});
}

std::string Number(uint64_t value) {
    std::string bytes;
    for (unsigned shift = 64; shift > 0; shift -= 8) {
        bytes += static_cast<char>(value >> (shift - 8));
    }
    return bytes;
}

uint64_t NumberIn(std::string_view bytes) {
    uint64_t value = 0;
    for (const char c : bytes.substr(0, sizeof(uint64_t))) {
        value = value << 8U | static_cast<unsigned char>(c);
    }
    return value;
}

void Start() {
    if (sodium_init() < 0) {
        throw Problem("internal", {{"what", "libsodium"}});
    }
}

Key DeriveKey(std::string_view passphrase, std::string_view salt, const PassphraseCost& cost) {
    Key key{};
    const int failed = crypto_pwhash(
        key.data(),
        key.size(),
        passphrase.data(),
        passphrase.size(),
        Bytes(salt),
        cost.passes,
        cost.memory_bytes,
        crypto_pwhash_ALG_ARGON2ID13
    );
    if (failed != 0) {
        throw Problem("internal", {{"what", "not enough memory for the passphrase"}});
    }
    return key;
}

class Descriptor {
public:
    Descriptor(std::filesystem::path file, int flags)
        : file_(std::move(file)), number_(open(file_.c_str(), flags | O_CLOEXEC, 0600)) {
        if (number_ < 0) {
            FailedIo(file_);
        }
    }
    ~Descriptor() { close(number_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int Number() const { return number_; }
    const std::filesystem::path& File() const { return file_; }

private:
    std::filesystem::path file_;
    int number_;
};

class PlainSink final : public ByteSink {
public:
    explicit PlainSink(const std::filesystem::path& file)
        : out_(file, O_WRONLY | O_CREAT | O_EXCL) {}

    void Write(std::string_view bytes) override {
        while (!bytes.empty()) {
            const ssize_t written = write(out_.Number(), bytes.data(), bytes.size());
            if (written < 0 && errno != EINTR) {
                FailedIo(out_.File());
            }
            bytes.remove_prefix(written > 0 ? static_cast<size_t>(written) : 0);
        }
    }

    void Finish() override {
        if (fsync(out_.Number()) != 0) {
            FailedIo(out_.File());
        }
    }

private:
    Descriptor out_;
};

class PlainSource final : public ByteSource {
public:
    explicit PlainSource(const std::filesystem::path& file) : in_(file, O_RDONLY) {}

    std::string Read(size_t n) override {
        std::string bytes(n, '\0');
        size_t size = 0;
        while (size < n) {
            const ssize_t got = read(in_.Number(), bytes.data() + size, n - size);
            if (got == 0) {
                break;
            }
            if (got < 0 && errno != EINTR) {
                FailedIo(in_.File());
            }
            size += got > 0 ? static_cast<size_t>(got) : 0;
        }
        bytes.resize(size);
        offset_ += static_cast<int64_t>(size);
        return bytes;
    }

    int64_t offset() const override { return offset_; }

    void Rewind() {
        lseek(in_.Number(), 0, SEEK_SET);
        offset_ = 0;
    }

private:
    Descriptor in_;
    int64_t offset_ = 0;
};

class SealedSink final : public ByteSink {
public:
    SealedSink(
        const std::filesystem::path& file, std::string_view passphrase, const PassphraseCost& cost
    )
        : out_(file) {
        Start();
        std::string salt(crypto_pwhash_SALTBYTES, '\0');
        randombytes_buf(salt.data(), salt.size());
        const Key key = DeriveKey(passphrase, salt, cost);
        std::string header(crypto_secretstream_xchacha20poly1305_HEADERBYTES, '\0');
        crypto_secretstream_xchacha20poly1305_init_push(&state_, Bytes(header), key.data());
        out_.Write(
            std::string(kSealedTitle) + salt + Number(cost.passes) + Number(cost.memory_bytes) +
            header
        );
    }

    void Write(std::string_view bytes) override {
        waiting_ += bytes;
        size_t done = 0;
        // One chunk is always kept back: the last must be marked as such.
        for (; waiting_.size() - done > kChunk; done += kChunk) {
            Push(std::string_view(waiting_).substr(done, kChunk), 0);
        }
        waiting_.erase(0, done);
    }

    void Finish() override {
        Push(waiting_, crypto_secretstream_xchacha20poly1305_TAG_FINAL);
        out_.Finish();
    }

private:
    void Push(std::string_view chunk, unsigned char tag) {
        std::string sealed(chunk.size() + crypto_secretstream_xchacha20poly1305_ABYTES, '\0');
        crypto_secretstream_xchacha20poly1305_push(
            &state_, Bytes(sealed), nullptr, Bytes(chunk), chunk.size(), nullptr, 0, tag
        );
        out_.Write(sealed);
    }

    PlainSink out_;
    crypto_secretstream_xchacha20poly1305_state state_{};
    std::string waiting_;
};

class SealedSource final : public ByteSource {
public:
    // `in` stands behind the title.
    SealedSource(
        std::unique_ptr<PlainSource> in, std::filesystem::path file, std::string_view passphrase
    )
        : in_(std::move(in)), file_(std::move(file)) {
        Start();
        const std::string head = in_->Read(kSealedHead);
        if (head.size() != kSealedHead) {
            Damaged(file_, in_->offset());
        }
        const std::string_view rest = std::string_view(head).substr(crypto_pwhash_SALTBYTES);
        const PassphraseCost cost{NumberIn(rest), NumberIn(rest.substr(sizeof(uint64_t)))};
        const bool possible =
            cost.passes >= crypto_pwhash_OPSLIMIT_MIN && cost.passes <= kMostPasses &&
            cost.memory_bytes >= crypto_pwhash_MEMLIMIT_MIN && cost.memory_bytes <= kMostMemory;
        if (!possible) {
            Damaged(file_, static_cast<int64_t>(kSealedTitle.size()));
        }
        const Key key = DeriveKey(passphrase, head.substr(0, crypto_pwhash_SALTBYTES), cost);
        crypto_secretstream_xchacha20poly1305_init_pull(
            &state_, Bytes(rest.substr(2 * sizeof(uint64_t))), key.data()
        );
        if (!Pull()) {
            throw Problem("wrong_passphrase", {{"path", file_.string()}});
        }
    }

    std::string Read(size_t n) override {
        std::string bytes;
        while (bytes.size() < n) {
            if (at_ == opened_.size()) {
                if (last_) {
                    break;
                }
                const int64_t start = in_->offset();
                if (!Pull()) {
                    Damaged(file_, start);
                }
                continue;
            }
            const size_t part = std::min(n - bytes.size(), opened_.size() - at_);
            bytes.append(opened_, at_, part);
            at_ += part;
        }
        return bytes;
    }

    int64_t offset() const override { return in_->offset(); }

private:
    // The next chunk; false when it does not open.
    bool Pull() {
        const std::string sealed = in_->Read(kSealedChunk);
        if (sealed.size() < crypto_secretstream_xchacha20poly1305_ABYTES) {
            return false;
        }
        opened_.resize(sealed.size() - crypto_secretstream_xchacha20poly1305_ABYTES);
        at_ = 0;
        unsigned char tag = 0;
        const int failed = crypto_secretstream_xchacha20poly1305_pull(
            &state_, Bytes(opened_), nullptr, &tag, Bytes(sealed), sealed.size(), nullptr, 0
        );
        last_ = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
        return failed == 0;
    }

    std::unique_ptr<PlainSource> in_;
    const std::filesystem::path file_;
    crypto_secretstream_xchacha20poly1305_state state_{};
    std::string opened_;
    size_t at_ = 0;
    bool last_ = false;
};

}  // namespace

std::unique_ptr<ByteSink> CreatePlain(const std::filesystem::path& file) {
    return std::make_unique<PlainSink>(file);
}

std::unique_ptr<ByteSink> CreateSealed(
    const std::filesystem::path& file, std::string_view passphrase, const PassphraseCost& cost
) {
    return std::make_unique<SealedSink>(file, passphrase, cost);
}

std::unique_ptr<ByteSource> OpenPlain(const std::filesystem::path& file) {
    return std::make_unique<PlainSource>(file);
}

std::unique_ptr<ByteSource> OpenPlainOrSealed(
    const std::filesystem::path& file, std::string_view passphrase
) {
    auto plain = std::make_unique<PlainSource>(file);
    if (plain->Read(kSealedTitle.size()) != kSealedTitle) {
        plain->Rewind();
        return plain;
    }
    if (passphrase.empty()) {
        throw Problem("passphrase_needed", {{"path", file.string()}});
    }
    return std::make_unique<SealedSource>(std::move(plain), file, passphrase);
}

}  // namespace zw::store
