#pragma once
// Chinese by its sounds, for look-ups by the first letters of pinyin (拼音首字母).

#include <memory>
#include <string>
#include <string_view>

namespace zw {

// One thread at a time.
class Pinyin {
public:
    Pinyin();
    ~Pinyin();
    // 东村A-12 → dca-12: the first letter of each character's usual reading, other characters as
    // Normalise gives them.
    std::string Initials(std::string_view text) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace zw
