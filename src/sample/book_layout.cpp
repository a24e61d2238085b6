#include "sample/book_layout.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace zw::sample {

namespace {

// "其中…" is a part of the column before, wherever the field may stand.
bool IsPart(const definition::Model& model, const std::string& heading) {
    const auto words = model.vocabulary.find("part_words");
    return words != model.vocabulary.end() &&
           std::any_of(words->second.begin(), words->second.end(), [&](const std::string& word) {
               return StartsWith(heading, word);
           });
}

// The heading of row numbers, as offices write it most.
std::string SerialWord(const definition::Model& model) {
    const auto words = model.vocabulary.find("serial_words");
    return words == model.vocabulary.end() || words->second.empty() ? "No." : words->second.front();
}

// "果园/产量": a tier that two fields or more of the record share.
std::map<std::string, std::map<std::string, std::string>> TiersOf(
    const definition::Model& model, const definition::RecordType& record
) {
    std::map<std::string, std::map<std::string, std::string>> tiers;  // top → field → lower
    for (const definition::Field& field : record.fields) {
        for (const std::string& heading : field.also) {
            if (const size_t slash = heading.find('/'); slash != std::string::npos) {
                const std::string lower = heading.substr(slash + 1);
                if (!IsPart(model, lower)) {
                    tiers[heading.substr(0, slash)].emplace(field.id, lower);
                }
            }
        }
    }
    std::erase_if(tiers, [](const auto& tier) { return tier.second.size() < 2; });
    return tiers;
}

bool Adds(const definition::Model& model, const BookColumn& column) {
    if (column.field == nullptr || !column.field->type.IsNumber() ||
        column.field->type.unit.IsNone() ||
        column.field->type.unit.name.find('/') != std::string::npos) {
        return false;
    }
    const auto words = model.vocabulary.find("not_adding_words");
    return words == model.vocabulary.end() ||
           std::none_of(words->second.begin(), words->second.end(), [&](const std::string& word) {
               return EndsWith(column.heading, word);
           });
}

std::string OneTier(
    const definition::Model& model, const definition::Field& field, const StreamKey& key
) {
    std::vector<std::string> names{field.name.zh, field.name.zh};
    for (const std::string& also : field.also) {
        if (also.find('/') == std::string::npos && !IsPart(model, also)) {
            names.push_back(also);
        }
    }
    return Draw(names, key);
}

std::string WithUnit(
    const definition::Field& field, const std::string& heading, const StreamKey& key
) {
    const std::string& unit = field.type.unit.name;
    if (unit.empty() || !field.type.IsNumber()) {
        return heading;
    }
    return heading + Draw(std::vector<std::string>{"(" + unit + ")", "（" + unit + "）"}, key);
}

// Two columns may not read alike.
bool Taken(const std::vector<BookColumn>& columns, const BookColumn& wanted) {
    return std::any_of(columns.begin(), columns.end(), [&](const BookColumn& column) {
        return column.top == wanted.top && column.heading == wanted.heading;
    });
}

}  // namespace

std::vector<BookColumn> LayOutColumns(
    const definition::Model& model,
    const BookPlan& book,
    const std::set<std::string>& without,
    const StreamKey& key
) {
    const definition::RecordType& record = *book.record;
    std::map<std::string, std::pair<std::string, std::string>> tiered;  // field → top, lower
    for (const auto& [top, fields] : TiersOf(model, record)) {
        const bool wanted = Stream(key.With("tier").With(top)).Chance(0.5);
        for (const auto& [field, lower] : fields) {
            if (wanted && !tiered.contains(field)) {
                tiered[field] = {top, lower};
            }
        }
    }
    std::vector<std::string> places{record.place_name.zh, record.place_name.zh};
    places.insert(places.end(), record.place_also.begin(), record.place_also.end());
    std::vector<BookColumn> columns{
        {"", nullptr, "", SerialWord(model), false},
        {"place", nullptr, "", Draw(places, key.With("place")), false}};
    std::vector<BookColumn> rest;
    for (const definition::Field& field : record.fields) {
        if (without.contains(field.id)) {
            continue;
        }
        const StreamKey own = key.With(field.id);
        BookColumn column{field.id, &field, "", OneTier(model, field, own), false};
        if (const auto tier = tiered.find(field.id); tier != tiered.end()) {
            column.top = tier->second.first;
            column.heading = tier->second.second;
        }
        column.adds = Adds(model, column);
        if (Taken(columns, column) || Taken(rest, column)) {
            column.top.clear();
            column.heading = field.name.zh;
        }
        column.heading = WithUnit(field, column.heading, own.With("unit"));
        rest.push_back(std::move(column));
    }
    // Blocks of one tier stay together; the blocks change places here and there.
    std::vector<std::vector<BookColumn>> blocks;
    for (BookColumn& column : rest) {
        const auto block = std::find_if(blocks.begin(), blocks.end(), [&](const auto& b) {
            return !column.top.empty() && b.front().top == column.top;
        });
        block == blocks.end() ? blocks.push_back({column}) : block->push_back(column);
    }
    for (size_t i = 1; i < blocks.size(); ++i) {
        if (Stream(key.With("swap").With(static_cast<int64_t>(i))).Chance(0.3)) {
            std::swap(blocks[i - 1], blocks[i]);
        }
    }
    for (const auto& block : blocks) {
        columns.insert(columns.end(), block.begin(), block.end());
    }
    return columns;
}

}  // namespace zw::sample
