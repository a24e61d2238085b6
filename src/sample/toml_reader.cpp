#include "sample/toml_reader.h"

#include <algorithm>

#include "base/problem.h"
#include "base/text.h"
#include "definition/toml_text.h"

namespace zw::sample {

TomlReader::TomlReader(std::string file, const std::string& text) : file_(std::move(file)) {
    try {
        root_ = definition::ParseToml(text, file_);
    } catch (const toml::parse_error& error) {
        throw Problem(
            "sample_wrong",
            {{"file", file_},
             {"line", std::to_string(error.source().begin.line)},
             {"column", std::to_string(error.source().begin.column)},
             {"what", std::string(error.description())}}
        );
    }
}

void TomlReader::Wrong(const toml::node& at, const std::string& what) const {
    throw Problem(
        "sample_wrong",
        {{"file", file_},
         {"line", std::to_string(at.source().begin.line)},
         {"column", std::to_string(at.source().begin.column)},
         {"what", what}}
    );
}

std::string TomlReader::Text(const toml::node& node) const {
    if (const auto* text = node.as_string()) {
        return text->get();
    }
    Wrong(node, "应为文字");
}

double TomlReader::Number(const toml::node& node) const {
    if (const auto number = node.value<double>(); number && node.is_number()) {
        return *number;
    }
    Wrong(node, "应为数字");
}

int64_t TomlReader::Whole(const toml::node& node) const {
    if (const auto* number = node.as_integer()) {
        return number->get();
    }
    Wrong(node, "应为整数");
}

std::vector<std::string> TomlReader::Texts(const toml::node& node) const {
    const toml::array* list = node.as_array();
    if (list == nullptr) {
        return {Text(node)};
    }
    std::vector<std::string> texts;
    for (const toml::node& one : *list) {
        texts.push_back(Text(one));
    }
    return texts;
}

std::pair<const toml::node*, const toml::node*> TomlReader::Pair(const toml::node& node) const {
    const toml::array* list = node.as_array();
    if (list == nullptr || list->size() != 2) {
        Wrong(node, "应为 [从, 到]");
    }
    return {list->get(0), list->get(1)};
}

std::pair<int64_t, int64_t> TomlReader::WholePair(const toml::node& node) const {
    const auto [low, high] = Pair(node);
    const std::pair<int64_t, int64_t> pair{Whole(*low), Whole(*high)};
    if (pair.first > pair.second) {
        Wrong(node, "前一个数应不大于后一个数");
    }
    return pair;
}

Date TomlReader::DateOf(const toml::node& node) const {
    const auto date = ParseIsoDate(Text(node));
    if (!date) {
        Wrong(node, "应为日期，如 \"2023-04-12\"");
    }
    return *date;
}

std::string TomlReader::Text(
    const toml::table& table, std::string_view key, const std::string& fallback
) const {
    const toml::node* node = table.get(key);
    return node == nullptr ? fallback : Text(*node);
}

std::vector<std::string> TomlReader::Texts(const toml::table& table, std::string_view key) const {
    const toml::node* node = table.get(key);
    return node == nullptr ? std::vector<std::string>() : Texts(*node);
}

const toml::table& TomlReader::Table(const toml::node& node) const {
    if (const auto* table = node.as_table()) {
        return *table;
    }
    Wrong(node, "应为 {…}");
}

std::vector<const toml::table*> TomlReader::Tables(const toml::table& table, std::string_view key)
    const {
    std::vector<const toml::table*> tables;
    const toml::node* node = table.get(key);
    if (node == nullptr) {
        return tables;
    }
    const toml::array* list = node->as_array();
    if (list == nullptr) {
        Wrong(*node, "应为 [[" + std::string(key) + "]]");
    }
    for (const toml::node& one : *list) {
        tables.push_back(&Table(one));
    }
    return tables;
}

void TomlReader::OnlyKnown(const toml::table& table, const std::vector<std::string_view>& known)
    const {
    for (const auto& [key, node] : table) {
        if (std::find(known.begin(), known.end(), key.str()) != known.end()) {
            continue;
        }
        std::vector<std::string> names(known.begin(), known.end());
        const auto nearest = Nearest(key.str(), names);
        Wrong(
            node,
            "不认识“" + std::string(key.str()) + "”" + (nearest ? "，是否指“" + *nearest + "”" : "")
        );
    }
}

std::vector<std::pair<std::string, const toml::node*>> InOrder(const toml::table& table) {
    std::vector<std::pair<std::string, const toml::node*>> members;
    for (const auto& [key, node] : table) {
        members.emplace_back(std::string(key.str()), &node);
    }
    std::stable_sort(members.begin(), members.end(), [](const auto& a, const auto& b) {
        const auto& from = a.second->source().begin;
        const auto& to = b.second->source().begin;
        return std::pair(from.line, from.column) < std::pair(to.line, to.column);
    });
    return members;
}

}  // namespace zw::sample
