#include "app/assets.h"

#include <zlib.h>

#include <vector>

#include "base/problem.h"

// Names of the assembler: cmake/Assets.cmake.
// NOLINTBEGIN(readability-identifier-naming)
extern "C" {
extern const char zw_assets_begin[];
extern const char zw_assets_end[];
}
// NOLINTEND(readability-identifier-naming)

namespace zw::app {

namespace {

std::string_view TakeText(std::string_view& pack) {
    uint64_t size = 0;
    if (pack.size() < 8) {
        throw Problem("internal", {{"what", "assets are cut short"}});
    }
    for (size_t i = 0; i < 8; ++i) {
        size |= static_cast<uint64_t>(static_cast<unsigned char>(pack[i])) << (8 * i);
    }
    pack.remove_prefix(8);
    if (size > pack.size()) {
        throw Problem("internal", {{"what", "assets are cut short"}});
    }
    const std::string_view text = pack.substr(0, size);
    pack.remove_prefix(size);
    return text;
}

}  // namespace

Assets::Assets(std::string_view pack) {
    while (!pack.empty()) {
        const std::string_view path = TakeText(pack);
        files_[path] = TakeText(pack);
    }
}

const Assets& Assets::Embedded() {
    static const Assets kEmbedded(
        std::string_view(zw_assets_begin, static_cast<size_t>(zw_assets_end - zw_assets_begin))
    );
    return kEmbedded;
}

std::optional<std::string_view> Assets::Find(std::string_view path) const {
    const auto found = files_.find(path);
    return found == files_.end() ? std::nullopt : std::optional(found->second);
}

std::string Gunzip(std::string_view bytes, size_t limit) {
    z_stream stream{};
    constexpr int kGzip = 15 + 16;
    if (inflateInit2(&stream, kGzip) != Z_OK) {
        throw Problem("internal", {{"what", "inflateInit2"}});
    }
    std::vector<Bytef> input(bytes.begin(), bytes.end());
    stream.next_in = input.data();
    stream.avail_in = static_cast<uInt>(input.size());
    std::string out;
    std::vector<char> chunk(1U << 16U);
    int status = Z_OK;
    while (status == Z_OK && out.size() <= limit) {
        stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
        stream.avail_out = static_cast<uInt>(chunk.size());
        status = inflate(&stream, Z_NO_FLUSH);
        out.append(chunk.data(), chunk.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    if (status != Z_STREAM_END || out.size() > limit) {
        throw Problem("internal", {{"what", "gzip is damaged or too large"}});
    }
    return out;
}

}  // namespace zw::app
