#include "store/tar.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/problem.h"
#include "base/text.h"

namespace zw::store {

namespace {

constexpr size_t kBlock = 512;
constexpr size_t kPiece = 256UL * 1024;
constexpr int64_t kOctalLimit = 1LL << 33U;  // 11 octal digits

// A header's fields: where and how long.
struct Part {
    size_t at;
    size_t size;
};
constexpr Part kName{0, 100};
constexpr Part kMode{100, 8};
constexpr Part kOwner{108, 8};
constexpr Part kGroup{116, 8};
constexpr Part kSize{124, 12};
constexpr Part kTime{136, 12};
constexpr Part kChecksum{148, 8};
constexpr size_t kType = 156;
constexpr Part kMagic{257, 8};
constexpr Part kPrefix{345, 155};

void Put(std::string& header, const Part& part, std::string_view text) {
    header.replace(part.at, std::min(part.size, text.size()), text.substr(0, part.size));
}

std::string_view Get(std::string_view header, const Part& part) {
    const std::string_view field = header.substr(part.at, part.size);
    return field.substr(0, field.find('\0'));
}

bool IsBlank(std::string_view bytes) {
    return bytes.find_first_not_of('\0') == std::string_view::npos;
}

// Octal digits and a NUL; beyond 8 GiB the binary form of GNU and POSIX 2001 readers.
void PutSize(std::string& header, int64_t size) {
    if (size < kOctalLimit) {
        Put(header, kSize, fmt::format("{:011o}", size));
        return;
    }
    header[kSize.at] = '\x80';
    for (size_t i = 1; i <= 8; ++i) {
        header[kSize.at + kSize.size - i] =
            static_cast<char>(static_cast<uint64_t>(size) >> (8 * (i - 1)));
    }
}

int64_t GetSize(std::string_view header) {
    int64_t size = 0;
    if (header[kSize.at] == '\x80') {
        for (size_t i = 4; i < kSize.size; ++i) {
            size = size << 8U | static_cast<unsigned char>(header[kSize.at + i]);
        }
        return size;
    }
    for (const char c : Get(header, kSize)) {
        size = c >= '0' && c <= '7' ? size * 8 + (c - '0') : size;
    }
    return size;
}

std::string ChecksumField(std::string header) {
    Put(header, kChecksum, "        ");
    unsigned sum = 0;
    for (const char c : header) {
        sum += static_cast<unsigned char>(c);
    }
    return fmt::format("{:06o}", sum) + '\0' + ' ';
}

void PutName(std::string& header, const std::string& name) {
    if (name.size() <= kName.size) {
        Put(header, kName, name);
        return;
    }
    const size_t slash = name.find('/', name.size() - kName.size - 1);
    if (slash == std::string::npos || slash > kPrefix.size) {
        throw Problem("name_too_long", {{"name", name}});
    }
    Put(header, kPrefix, name.substr(0, slash));
    Put(header, kName, name.substr(slash + 1));
}

}  // namespace

void TarWriter::Begin(const std::string& name, int64_t size) {
    Pad();
    std::string header(kBlock, '\0');
    PutName(header, name);
    Put(header, kMode, "0000600");
    Put(header, kOwner, "0000000");
    Put(header, kGroup, "0000000");
    PutSize(header, size);
    Put(header, kTime, "00000000000");
    header[kType] = '0';
    Put(header,
        kMagic,
        std::string_view(
            "ustar\0"
            "00",
            8
        ));
    Put(header, kChecksum, ChecksumField(header));
    sink_.Write(header);
    size_ = size;
    left_ = size;
}

void TarWriter::Data(std::string_view bytes) {
    left_ -= static_cast<int64_t>(bytes.size());
    sink_.Write(bytes);
}

// Fills the last block of the entry before.
void TarWriter::Pad() {
    if (left_ != 0) {
        throw Problem("internal", {{"what", "an entry of a back-up is not as long as was said"}});
    }
    const auto over = static_cast<size_t>(size_) % kBlock;
    if (over != 0) {
        sink_.Write(std::string(kBlock - over, '\0'));
    }
    size_ = 0;
}

void TarWriter::Finish() {
    Pad();
    sink_.Write(std::string(2 * kBlock, '\0'));
}

void TarReader::Damaged() const {
    throw Problem(
        "backup_damaged",
        {{"path", path_},
         {"where", fmt::format("{}{}{}", source_.offset(), name_.empty() ? "" : ", ", name_)}}
    );
}

std::string TarReader::ReadBlock() {
    std::string block = source_.Read(kBlock);
    if (block.size() != kBlock) {
        Damaged();
    }
    return block;
}

std::optional<TarEntry> TarReader::Next() {
    const std::string header = ReadBlock();
    if (IsBlank(header)) {
        // As the writer ends: one more, and nothing behind it that nobody looks at.
        if (!IsBlank(ReadBlock()) || !source_.Read(1).empty()) {
            Damaged();
        }
        return std::nullopt;
    }
    const bool sound = Get(header, kMagic) == "ustar" && header[kType] == '0' &&
                       header.substr(kChecksum.at, kChecksum.size) == ChecksumField(header) &&
                       GetSize(header) >= 0;
    if (!sound) {
        Damaged();
    }
    const std::string prefix(Get(header, kPrefix));
    name_ = (prefix.empty() ? "" : prefix + "/") + std::string(Get(header, kName));
    size_ = GetSize(header);
    return TarEntry{name_, size_};
}

void TarReader::Data(const std::function<void(std::string_view)>& piece) {
    for (int64_t left = size_; left > 0;) {
        const std::string bytes =
            source_.Read(static_cast<size_t>(std::min<int64_t>(left, kPiece)));
        if (bytes.empty()) {
            Damaged();
        }
        piece(bytes);
        left -= static_cast<int64_t>(bytes.size());
    }
    const auto over = static_cast<size_t>(size_) % kBlock;
    if (over != 0) {
        const std::string rest = source_.Read(kBlock - over);
        if (rest.size() != kBlock - over || !IsBlank(rest)) {
            Damaged();
        }
    }
}

}  // namespace zw::store
