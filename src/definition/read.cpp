#include "definition/read.h"

namespace zw::definition {

std::string TextOf(const Item& table, std::string_view name) {
    const Item* item = table.Find(name);
    return item != nullptr && item->kind == Item::Kind::kText ? item->text : "";
}

std::vector<std::string> TextsOf(const Item& table, std::string_view name) {
    const Item* item = table.Find(name);
    if (item != nullptr && item->kind == Item::Kind::kText) {
        return {item->text};
    }
    std::vector<std::string> texts;
    for (const Item& element : ItemsOf(table, name)) {
        if (element.kind == Item::Kind::kText) {
            texts.push_back(element.text);
        }
    }
    return texts;
}

std::optional<int64_t> IntOf(const Item& table, std::string_view name) {
    const Item* item = table.Find(name);
    return item != nullptr && item->kind == Item::Kind::kInt ? std::optional(item->integer)
                                                             : std::nullopt;
}

bool FlagOf(const Item& table, std::string_view name, bool otherwise) {
    const Item* item = table.Find(name);
    return item != nullptr && item->kind == Item::Kind::kBool ? item->flag : otherwise;
}

std::optional<Date> DateOf(const Item& table, std::string_view name) {
    const Item* item = table.Find(name);
    if (item == nullptr) {
        return std::nullopt;
    }
    return item->kind == Item::Kind::kDate ? std::optional(item->date) : ParseIsoDate(item->text);
}

const std::vector<Item>& ItemsOf(const Item& table, std::string_view name) {
    static const std::vector<Item> kNothing;
    const Item* item = table.Find(name);
    return item == nullptr ? kNothing : item->items;
}

Origin PlaceOf(const Item& table, std::string_view name) {
    const Item* item = table.Find(name);
    return item == nullptr ? table.key_origin : item->origin;
}

}  // namespace zw::definition
