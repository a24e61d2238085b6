#include "ledger/import_reference.h"

#include <algorithm>

#include "base/text.h"

namespace zw::ledger {
namespace {

constexpr int kShownCandidates = 5;

bool IsPlace(const std::string& field) {
    return field == "place" || field == "village";
}

std::string Said(const ReferenceText& reference) {
    std::vector<std::string> parts;
    for (const auto& [field, text] : reference.parts) {
        parts.push_back(text);
    }
    return Join(parts, " ");
}

}  // namespace

ReferenceFinder::ReferenceFinder(
    store::Connection& connection, const RowReader& rows, const CellReader& cells, Ledger& ledger
)
    : connection_(connection), rows_(rows), cells_(cells), ledger_(ledger) {}

std::vector<ReferenceFinder::Way> ReferenceFinder::Ways(
    const definition::Field& field,
    const definition::RecordType& type,
    const ReferenceText& reference,
    int64_t place
) const {
    std::vector<Way> ways;
    for (const auto& key : field.match) {
        Way way;
        bool complete = true;
        const auto own = std::count_if(key.begin(), key.end(), [](const std::string& one) {
            return !IsPlace(one);
        });
        for (const std::string& part : key) {
            if (IsPlace(part)) {
                way.fields.emplace_back("place");
                way.record.place = place;
                continue;
            }
            auto text = reference.parts.find(part);
            if (text == reference.parts.end() && own == 1) {
                text = reference.parts.find("");
            }
            const definition::Field* target = type.FindField(part);
            complete = complete && text != reference.parts.end() && target != nullptr;
            if (!complete) {
                break;
            }
            sheet::Cell cell;
            cell.kind = sheet::CellKind::kText;
            cell.text = text->second;
            try {
                way.record.values[part] = cells_.Read(*target, cell).value;
            } catch (const Problem&) {
                complete = false;
                break;
            }
            way.fields.push_back(part);
        }
        if (complete) {
            ways.push_back(std::move(way));
        }
    }
    return ways;
}

size_t ReferenceFinder::KeyOf(const definition::RecordType& type, const Way& way) {
    std::string key = type.id;
    for (const std::string& field : way.fields) {
        const std::string text = field == "place" ? std::to_string(way.record.place)
                                                  : formula::ToText(way.record.values.at(field));
        key += "|" + field + "=" + Normalise(text);
    }
    return std::hash<std::string>{}(key);
}

void ReferenceFinder::Remember(size_t key, int64_t id) {
    const auto [first, last] = announced_.equal_range(key);
    if (std::none_of(first, last, [&](const auto& entry) { return entry.second == id; })) {
        announced_.emplace(key, id);
    }
}

std::vector<int64_t> ReferenceFinder::Ids(const definition::RecordType& type, const Way& way)
    const {
    std::vector<int64_t> ids = rows_.IdsWith(
        connection_,
        rows_.schema().Of(type.id),
        ledger_.services().town,
        way.fields,
        way.record,
        kShownCandidates
    );
    const auto [first, last] = announced_.equal_range(KeyOf(type, way));
    for (auto entry = first; entry != last; ++entry) {
        if (std::find(ids.begin(), ids.end(), entry->second) == ids.end()) {
            ids.push_back(entry->second);
        }
    }
    return ids;
}

std::string ReferenceFinder::Name(const definition::RecordType& type, int64_t id) const {
    const auto record =
        rows_.Find(connection_, rows_.schema().Of(type.id), ledger_.services().town, id);
    return record ? ledger_.Title(type, *record) : "本次导入的一行";
}

ReferenceFinder::Result ReferenceFinder::MakeDraft(
    const definition::RecordType& type, const Way& way, int64_t place
) {
    SpooledRow draft;
    draft.type = &type;
    draft.id = ledger_.services().ids.Next();
    draft.draft = true;
    draft.place = place;
    draft.values = way.record.values;
    Remember(KeyOf(type, way), draft.id);
    return {draft.id, std::move(draft)};
}

ReferenceFinder::Result ReferenceFinder::Find(const ReferenceText& reference, int64_t place) {
    const definition::Field& field = *reference.field;
    const definition::RecordType* type = cells_.model().FindRecord(field.type.record);
    const std::string said = Said(reference);
    if (type == nullptr) {
        // A reference to a place.
        if (const auto found = cells_.PlaceOf(said)) {
            return {*found, std::nullopt};
        }
        throw Problem(
            "unknown_place",
            {{"value", said}, {"nearest", ""}, {"town", cells_.places().town_itself().name}}
        );
    }
    const std::vector<Way> ways = Ways(field, *type, reference, place);
    for (const Way& way : ways) {
        const std::vector<int64_t> ids = Ids(*type, way);
        if (ids.size() == 1) {
            return {ids.front(), std::nullopt};
        }
        if (ids.size() > 1) {
            std::vector<std::string> names;
            names.reserve(ids.size());
            for (const int64_t id : ids) {
                names.push_back(Name(*type, id));
            }
            throw Problem(
                "ambiguous_reference",
                {{"value", said}, {"record", type->name.zh}, {"candidates", Join(names, "、")}}
            );
        }
    }
    if (field.create_draft && !ways.empty()) {
        return MakeDraft(*type, ways.front(), place);
    }
    throw Problem("unknown_reference", {{"value", said}, {"record", type->name.zh}});
}

int64_t ReferenceFinder::PlaceOf(const ReferenceText& reference, int64_t id) const {
    if (const auto announced = places_.find(id); announced != places_.end()) {
        return announced->second;
    }
    const definition::RecordType* type = cells_.model().FindRecord(reference.field->type.record);
    const auto row =
        type == nullptr
            ? std::nullopt
            : rows_.Find(connection_, rows_.schema().Of(type->id), ledger_.services().town, id);
    return row ? row->place : 0;
}

void ReferenceFinder::Announce(SpooledRow& row) {
    if (!expected_.contains(row.type)) {
        return;
    }
    const definition::RecordType& type = *row.type;
    Way own{type.key, {}};
    own.record.place = row.place;
    own.record.values = row.values;
    const bool keyed = std::all_of(type.key.begin(), type.key.end(), [&](const std::string& field) {
        return field == "place" || row.values.contains(field);
    });
    const std::vector<int64_t> stored =
        keyed && !type.key.empty() ? Ids(type, own) : std::vector<int64_t>{};
    if (!stored.empty()) {
        return;
    }
    row.id = ledger_.services().ids.Next();
    places_[row.id] = row.place;
    Remember(KeyOf(type, own), row.id);
    for (const definition::RecordType& other : cells_.model().records) {
        for (const definition::Field& field : other.fields) {
            const bool refers =
                field.type.kind == formula::Kind::kRef && field.type.record == type.id;
            for (size_t i = 0; refers && i < field.match.size(); ++i) {
                Way way;
                way.record = own.record;
                bool complete = true;
                for (const std::string& part : field.match[i]) {
                    complete = complete && (IsPlace(part) || row.values.contains(part));
                    way.fields.push_back(IsPlace(part) ? "place" : part);
                }
                if (complete) {
                    Remember(KeyOf(type, way), row.id);
                }
            }
        }
    }
}

}  // namespace zw::ledger
