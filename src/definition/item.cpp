#include "definition/item.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include <toml++/toml.h>

#include "base/text.h"
#include "definition/errors.h"
#include "definition/toml_text.h"

namespace zw::definition {

namespace {

// Cuts values as written out of the file: numbers (a float read as binary would no longer be exact)
// and strings (to find the place of a character behind escapes).
class Source {
public:
    Source(std::string_view bytes, std::string layer, std::string file)
        : lines_(Split(bytes, '\n')), layer_(std::move(layer)), file_(std::move(file)) {}

    Origin Place(const toml::source_position& position) const {
        return {layer_, file_, static_cast<int>(position.line), static_cast<int>(position.column)};
    }

    std::string Slice(const toml::source_region& region) const {
        if (region.begin.line != region.end.line || region.begin.line == 0 ||
            region.begin.line > lines_.size()) {
            return "";
        }
        const std::u32string line = ToCodePoints(lines_[region.begin.line - 1]);
        const size_t from = region.begin.column - 1;
        const size_t to = std::min<size_t>(region.end.column - 1, line.size());
        return from < to ? ToUtf8(std::u32string_view(line).substr(from, to - from)) : "";
    }

private:
    std::vector<std::string> lines_;
    std::string layer_;
    std::string file_;
};

Item Convert(const toml::node& node, const Source& source);

void ConvertScalar(const toml::node& node, const Source& source, Item& item) {
    if (const auto* text = node.as_string()) {
        item.kind = Item::Kind::kText;
        item.text = text->get();
        item.raw = source.Slice(node.source());
        if (StartsWith(item.raw, "'''") || StartsWith(item.raw, "\"\"\"")) {
            item.raw.clear();
        }
    } else if (const auto* integer = node.as_integer()) {
        item.kind = Item::Kind::kInt;
        item.integer = integer->get();
        item.text = std::to_string(item.integer);
    } else if (node.is_floating_point()) {
        item.kind = Item::Kind::kFloat;
        item.text = ReplaceAll(source.Slice(node.source()), "_", "");
    } else if (const auto* flag = node.as_boolean()) {
        item.kind = Item::Kind::kBool;
        item.flag = flag->get();
    } else if (const auto* date = node.as_date()) {
        item.kind = Item::Kind::kDate;
        item.date = {date->get().year, date->get().month, date->get().day};
    } else {
        item.kind = Item::Kind::kOther;
    }
}

void ConvertTable(const toml::table& table, const Source& source, Item& item) {
    item.kind = Item::Kind::kTable;
    for (const auto& [key, value] : table) {
        Item member = Convert(value, source);
        member.key = std::string(key.str());
        member.key_origin = source.Place(key.source().begin);
        item.items.push_back(std::move(member));
    }
    // toml++ keeps tables sorted by name; people see the order of the file.
    std::sort(item.items.begin(), item.items.end(), [](const Item& a, const Item& b) {
        return std::tie(a.key_origin.line, a.key_origin.column) <
               std::tie(b.key_origin.line, b.key_origin.column);
    });
}

Item Convert(const toml::node& node, const Source& source) {
    Item item;
    item.origin = source.Place(node.source().begin);
    item.key_origin = item.origin;
    if (const auto* table = node.as_table()) {
        ConvertTable(*table, source, item);
    } else if (const auto* array = node.as_array()) {
        item.kind = Item::Kind::kArray;
        for (const auto& element : *array) {
            item.items.push_back(Convert(element, source));
        }
    } else {
        ConvertScalar(node, source, item);
    }
    return item;
}

// Length of the escape that begins at text[at] (a backslash) in a basic string.
size_t EscapeLength(const std::u32string& text, size_t at) {
    const char32_t kind = at + 1 < text.size() ? text[at + 1] : U'\0';
    if (kind == U'u') {
        return 6;
    }
    return kind == U'U' ? 10 : 2;
}

Origin PlaceOfByte(
    std::string_view bytes, size_t at, const std::string& layer, const std::string& file
) {
    const std::string_view before = bytes.substr(0, at);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const size_t start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    return {
        layer, file, static_cast<int>(line), static_cast<int>(Length(before.substr(start)) + 1)};
}

// Length of the longest prefix that is UTF-8.
size_t ValidPrefix(std::string_view bytes) {
    size_t good = 0;
    while (good < bytes.size()) {
        size_t length = 1;
        while (length <= 4 && good + length <= bytes.size() &&
               !IsValidUtf8(bytes.substr(good, length))) {
            ++length;
        }
        if (length > 4 || good + length > bytes.size()) {
            return good;
        }
        good += length;
    }
    return good;
}

}  // namespace

const Item* Item::Find(std::string_view name) const {
    if (kind != Kind::kTable) {
        return nullptr;
    }
    const auto found = std::find_if(items.begin(), items.end(), [&](const Item& item) {
        return item.key == name;
    });
    return found == items.end() ? nullptr : &*found;
}

Item* Item::Find(std::string_view name) {
    return const_cast<Item*>(std::as_const(*this).Find(name));
}

Origin Item::At(size_t nth) const {
    Origin place = origin;
    const std::u32string written = ToCodePoints(raw);
    size_t at = 1;  // after the quote
    const bool escapes = !written.empty() && written[0] == U'"';
    for (size_t seen = 1; seen < nth && at < written.size(); ++seen) {
        at += escapes && written[at] == U'\\' ? EscapeLength(written, at) : 1;
    }
    place.column += static_cast<int>(raw.empty() ? 0 : at);
    return place;
}

bool IsPlainText(
    std::string_view bytes, const std::string& layer, const std::string& file, Errors& errors
) {
    if (StartsWith(bytes, "\xEF\xBB\xBF")) {
        errors.Add(
            {layer, file, 1, 1}, "bom", "文件以 BOM（字节顺序标记）开头；请另存为不带 BOM 的 UTF-8"
        );
        return false;
    }
    if (!IsValidUtf8(bytes)) {
        const Origin place = PlaceOfByte(bytes, ValidPrefix(bytes), layer, file);
        errors.Add(place, "not_utf8", "这里不是 UTF-8 文字；请把文件另存为 UTF-8 编码");
        return false;
    }
    return true;
}

std::optional<Item> ReadToml(
    std::string_view bytes, const std::string& layer, const std::string& file, Errors& errors
) {
    if (!IsPlainText(bytes, layer, file, errors)) {
        return std::nullopt;
    }
    const Source source(bytes, layer, file);
    try {
        const toml::table table = ParseToml(bytes, file);
        return Convert(table, source);
    } catch (const toml::parse_error& error) {
        errors.Add(
            source.Place(error.source().begin),
            "toml_syntax",
            "TOML 语法错误：" + std::string(error.description()) + "；请按 TOML 1.0 改正"
        );
        return std::nullopt;
    }
}

}  // namespace zw::definition
