#pragma once
// One sample.toml being read: values with their place, so that what is wrong is said with file and
// line.

#include <toml++/toml.h>

#include <string>
#include <utility>
#include <vector>

#include "base/date.h"

namespace zw::sample {

class TomlReader {
public:
    // Throws "sample_wrong" when `text` is no TOML.
    TomlReader(std::string file, const std::string& text);

    const toml::table& root() const { return root_; }
    const std::string& file() const { return file_; }

    [[noreturn]] void Wrong(const toml::node& at, const std::string& what) const;

    // All throw "sample_wrong" when the node is of another kind; the ones with a key when it is
    // there and is.
    std::string Text(const toml::node& node) const;
    double Number(const toml::node& node) const;
    int64_t Whole(const toml::node& node) const;
    std::vector<std::string> Texts(const toml::node& node) const;  // a text, or a list of them
    std::pair<const toml::node*, const toml::node*> Pair(const toml::node& node) const;
    std::pair<int64_t, int64_t> WholePair(const toml::node& node) const;
    Date DateOf(const toml::node& node) const;  // "2023-04-12"
    std::string Text(const toml::table& table, std::string_view key, const std::string& fallback)
        const;
    std::vector<std::string> Texts(const toml::table& table, std::string_view key) const;
    const toml::table& Table(const toml::node& node) const;
    // The tables of [[key]], empty when there are none.
    std::vector<const toml::table*> Tables(const toml::table& table, std::string_view key) const;
    // A key that is not in `known` is wrong.
    void OnlyKnown(const toml::table& table, const std::vector<std::string_view>& known) const;

private:
    std::string file_;
    toml::table root_;
};

// Members in the order of the file.
std::vector<std::pair<std::string, const toml::node*>> InOrder(const toml::table& table);

}  // namespace zw::sample
