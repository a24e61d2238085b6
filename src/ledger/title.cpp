#include "ledger/title.h"

#include "base/text.h"
#include "ledger/masking.h"

namespace zw::ledger {

namespace {

constexpr int kMaxDepth = 4;  // titles that name each other end
constexpr std::string_view kElsewhere = "（不在您负责的范围内）";

std::string TitleOf(
    RowSource& source,
    const definition::RecordType& type,
    const Record& row,
    const access::Actor& actor,
    int depth
);

std::string PlaceName(RowSource& source, int64_t place, const std::string& attribute) {
    const auto row = source.connection.First(
        attribute == "code" ? "select code from place where town = ? and id = ?"
                            : "select name from place where town = ? and id = ?",
        {source.town, place}
    );
    return row.empty() ? "" : std::get<std::string>(row[0]);
}

std::string Display(
    RowSource& source,
    const definition::Field& field,
    const formula::Value& value,
    const access::Actor& actor,
    int depth
) {
    if (formula::IsNull(value)) {
        return {};
    }
    if (const auto* period = std::get_if<Period>(&value)) {
        return ToChinese(*period);
    }
    if (field.type.kind == formula::Kind::kRef) {
        const int64_t id = std::get<int64_t>(value);
        if (field.type.record == "place") {
            return PlaceName(source, id, "name");
        }
        const definition::RecordType& target = *source.context.schema.Of(field.type.record).type;
        const Record* referred = source.Find(target, id);
        if (referred == nullptr) {
            return {};
        }
        if (!actor.InScope(referred->place)) {
            return std::string(kElsewhere);
        }
        Record shown = *referred;
        if (!actor.unmask) {
            MaskRecord(target, shown);
        }
        return TitleOf(source, target, shown, actor, depth + 1);
    }
    if (field.type.kind == formula::Kind::kChoice && !field.list.empty()) {
        if (const definition::List* list = source.context.model.FindList(field.list)) {
            for (const definition::ListItem& item : list->items) {
                if (item.id == formula::ToText(value)) {
                    return item.name.zh;
                }
            }
        }
    }
    return formula::ToText(value);
}

std::string Part(
    RowSource& source,
    const definition::RecordType& type,
    const Record& row,
    const std::vector<std::string>& path,
    size_t at,
    const access::Actor& actor,
    int depth
) {
    const std::string& id = path[at];
    if (id == "place") {
        return PlaceName(source, row.place, at + 1 < path.size() ? path[at + 1] : "name");
    }
    const definition::Field* field = type.FindField(id);
    const auto value = row.values.find(id);
    if (field == nullptr || value == row.values.end()) {
        return {};
    }
    if (at + 1 == path.size()) {
        if (auto name = DefinedName(source.context.model, type, *field, value->second)) {
            return *name;
        }
        return Display(source, *field, value->second, actor, depth);
    }
    const auto* referred_id = std::get_if<int64_t>(&value->second);
    if (referred_id == nullptr) {
        return {};
    }
    if (field->type.record == "place") {
        return PlaceName(source, *referred_id, path[at + 1]);
    }
    const definition::RecordType& target = *source.context.schema.Of(field->type.record).type;
    const Record* referred = source.Find(target, *referred_id);
    if (referred == nullptr) {
        return {};
    }
    if (!actor.InScope(referred->place)) {
        return std::string(kElsewhere);
    }
    Record shown = *referred;
    if (!actor.unmask) {
        MaskRecord(target, shown);
    }
    return Part(source, target, shown, path, at + 1, actor, depth);
}

std::string TitleOf(
    RowSource& source,
    const definition::RecordType& type,
    const Record& row,
    const access::Actor& actor,
    int depth
) {
    if (depth > kMaxDepth) {
        return {};
    }
    std::string title;
    std::string_view rest = type.title;
    while (!rest.empty()) {
        const size_t open = rest.find('{');
        const size_t close = open == std::string_view::npos ? open : rest.find('}', open);
        if (close == std::string_view::npos) {
            break;
        }
        title += rest.substr(0, open);
        const std::vector<std::string> path = Split(rest.substr(open + 1, close - open - 1), '.');
        title += Part(source, type, row, path, 0, actor, depth);
        rest.remove_prefix(close + 1);
    }
    title += rest;
    return title.empty() ? type.name.zh + " " + std::to_string(row.id) : title;
}

}  // namespace

std::string MakeTitle(
    RowSource& source,
    const definition::RecordType& type,
    const Record& row,
    const access::Actor& actor
) {
    return TitleOf(source, type, row, actor, 0);
}

std::optional<std::string> DefinedName(
    const definition::Model& model,
    const definition::RecordType& type,
    const definition::Field& field,
    const formula::Value& value
) {
    const auto* key = std::get_if<std::string>(&value);
    if (key == nullptr) {
        return std::nullopt;
    }
    if (type.TargetField("indicator") == field.id) {
        const definition::Indicator* indicator = model.FindIndicator(*key);
        return indicator != nullptr ? std::optional(indicator->name.zh) : std::nullopt;
    }
    const auto names_setting = type.plays_setting.find("key");
    if (names_setting != type.plays_setting.end() && names_setting->second == field.id) {
        for (const definition::Setting& setting : model.settings) {
            if (setting.key == *key) {
                return setting.name.zh;
            }
        }
    }
    return std::nullopt;
}

std::string DisplayText(
    RowSource& source,
    const definition::Field& field,
    const formula::Value& value,
    const access::Actor& actor
) {
    return Display(source, field, value, actor, 0);
}

}  // namespace zw::ledger
