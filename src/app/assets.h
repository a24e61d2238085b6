#pragma once
// Files that the program carries inside: worklines/…, rules/…, reports/… (definitions), web/… (the
// page), divisions/… (codes). Read-only, there for the whole run; safe from any thread.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace zw::app {

class Assets {
public:
    // The pack that was linked in. Throws Problem "internal" when it is damaged.
    static const Assets& Embedded();
    // A pack as cmake/pack_assets.cpp writes it: for each file a 64-bit length and path, a 64-bit
    // length and bytes.
    explicit Assets(std::string_view pack);

    // Absent when there is no such file.
    std::optional<std::string_view> Find(std::string_view path) const;
    const std::map<std::string_view, std::string_view>& files() const { return files_; }

private:
    std::map<std::string_view, std::string_view> files_;
};

// Unpacks gzip; throws Problem "internal" when it is none or holds over `limit` bytes.
std::string Gunzip(std::string_view bytes, size_t limit = size_t{256} << 20U);

}  // namespace zw::app
