#include "sheet/biff.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/problem.h"
#include "base/text.h"

namespace zw::sheet {

namespace {

[[noreturn]] void Damaged(const char* what) {
    throw Problem("file_damaged", {{"file", "xls"}, {"what", what}});
}

// UTF-16 code units to UTF-8; a lone surrogate becomes U+FFFD.
std::string FromUtf16(const std::u16string& units) {
    std::string text;
    for (size_t i = 0; i < units.size(); ++i) {
        char32_t point = units[i];
        if (point >= 0xD800 && point < 0xDC00 && i + 1 < units.size() && units[i + 1] >= 0xDC00 &&
            units[i + 1] < 0xE000) {
            point = 0x10000 + ((point - 0xD800) << 10U) + (units[++i] - 0xDC00U);
        } else if (point >= 0xD800 && point < 0xE000) {
            point = 0xFFFD;
        }
        AppendUtf8(text, point);
    }
    return text;
}

}  // namespace

std::string_view BiffReader::Take(size_t n) {
    if (bytes_.size() < n) {
        Damaged("a record ends early");
    }
    const std::string_view taken = bytes_.substr(0, n);
    bytes_.remove_prefix(n);
    return taken;
}

uint8_t BiffReader::U8() {
    return static_cast<uint8_t>(Take(1)[0]);
}

uint16_t BiffReader::U16() {
    const auto low = U8();
    return static_cast<uint16_t>(low | (U8() << 8U));
}

uint32_t BiffReader::U32() {
    const uint32_t low = U16();
    return low | (static_cast<uint32_t>(U16()) << 16U);
}

double BiffReader::F64() {
    const uint64_t low = U32();
    return std::bit_cast<double>(low | (static_cast<uint64_t>(U32()) << 32U));
}

double BiffReader::Rk() {
    const uint32_t packed = U32();
    double value = (packed & 2U) != 0
                       ? static_cast<double>(static_cast<int32_t>(packed) >> 2)
                       : std::bit_cast<double>(static_cast<uint64_t>(packed & ~3U) << 32U);
    if ((packed & 1U) != 0) {
        value /= 100;
    }
    return value;
}

void BiffReader::Skip(size_t n) {
    Take(n);
}

bool BiffCursor::Next() {
    if (stream_.size() < 4 || at_ > stream_.size() - 4) {
        return false;
    }
    BiffReader header(stream_.substr(at_, 4));
    id_ = header.U16();
    const size_t length = header.U16();
    if (length > stream_.size() - at_ - 4) {
        Damaged("the stream ends early");
    }
    start_ = at_;
    bytes_ = stream_.substr(at_ + 4, length);
    at_ += 4 + length;
    return true;
}

bool BiffCursor::NextIs(uint16_t id) const {
    return stream_.size() >= 4 && at_ <= stream_.size() - 4 &&
           BiffReader(stream_.substr(at_, 2)).U16() == id;
}

void BiffStringReader::Continue() {
    if (!cursor_.NextIs(kBiffContinue) || !cursor_.Next()) {
        Damaged("strings end early");
    }
    reader_ = BiffReader(cursor_.bytes());
}

uint8_t BiffStringReader::Byte() {
    while (reader_.left() == 0) {
        Continue();
    }
    return reader_.U8();
}

uint16_t BiffStringReader::U16() {
    const uint8_t low = Byte();
    return static_cast<uint16_t>(low | (Byte() << 8U));
}

uint32_t BiffStringReader::U32() {
    uint32_t value = 0;
    for (unsigned shift = 0; shift < 32; shift += 8) {
        value |= static_cast<uint32_t>(Byte()) << shift;
    }
    return value;
}

void BiffStringReader::Skip(uint32_t n) {
    while (n > 0) {
        if (reader_.left() == 0) {
            Continue();
            continue;
        }
        const auto step = static_cast<uint32_t>(std::min<size_t>(n, reader_.left()));
        reader_.Skip(step);
        n -= step;
    }
}

std::string BiffStringReader::Text(bool short_length) {
    const uint32_t length = short_length ? Byte() : U16();
    uint8_t flags = Byte();
    uint32_t runs = 0;
    uint32_t extended = 0;
    if ((flags & 8U) != 0) {
        runs = U16();
    }
    if ((flags & 4U) != 0) {
        extended = U32();
    }
    std::u16string units;
    units.reserve(length);
    while (units.size() < length) {
        if (reader_.left() == 0) {
            Continue();
            flags = reader_.U8();
            continue;
        }
        units += static_cast<char16_t>((flags & 1U) != 0 ? reader_.U16() : reader_.U8());
    }
    Skip(runs * 4);
    Skip(extended);
    return FromUtf16(units);
}

}  // namespace zw::sheet
