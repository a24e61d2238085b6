// One field of a record type: its words, type, format and limits.

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "definition/build.h"
#include "definition/read.h"

namespace zw::definition {

namespace {

using formula::Kind;

class FieldReader {
public:
    explicit FieldReader(Build& build) : build_(build) {}

    Field Read(const Item& item) {
        Field field;
        field.id = TextOf(item, "id");
        field.origin = item.origin;
        const size_t before = build_.errors.size();
        CheckId(build_, field.id, PlaceOf(item, "id"));
        ReadWords(item, field);
        ReadType(item, field);
        ReadFormat(item, field);
        ReadLimits(item, field);
        CheckKeysOfType(item, field);
        if (build_.errors.size() != before) {
            build_.broken.insert(field.id);
        }
        return field;
    }

private:
    void Tell(const Origin& origin, std::string_view code, const std::string& message) {
        build_.errors.Add(origin, code, message);
    }

    void ReadWords(const Item& item, Field& field) {
        for (const std::string_view key : {"name", "type"}) {
            if (item.Find(key) == nullptr && (key == "name" || item.Find("formula") == nullptr)) {
                Tell(
                    item.origin,
                    "missing_key",
                    "字段“" + field.id + "”缺少“" + std::string(key) + "”；应为文字，如 \"…\""
                );
                build_.broken.insert(field.id);
            }
        }
        field.name = {TextOf(item, "name"), TextOf(item, "name")};
        field.also = TextsOf(item, "also");
        field.group = TextOf(item, "group");
        field.help.zh = TextOf(item, "help");
        field.was = TextOf(item, "was");
        field.required = FlagOf(item, "required", false);
        field.unique = FlagOf(item, "unique", false);
        field.personal = FlagOf(item, "personal", false);
        field.reported_value = FlagOf(item, "reported_value", true);
        field.hidden = FlagOf(item, "hide", false);
    }

    void ReadType(const Item& item, Field& field) {
        constexpr std::pair<std::string_view, Kind> kKinds[] = {
            {"text", Kind::kText},
            {"bool", Kind::kBool},
            {"int", Kind::kInt},
            {"decimal", Kind::kDecimal},
            {"choice", Kind::kChoice},
            {"date", Kind::kDate},
            {"period", Kind::kPeriod},
            {"ref", Kind::kRef},
        };
        const std::string type = TextOf(item, "type");
        const auto* kind =
            std::find_if(std::begin(kKinds), std::end(kKinds), [&](const auto& each) {
                return each.first == type;
            });
        if (kind == std::end(kKinds)) {
            build_.broken.insert(field.id);
            return;  // told already
        }
        field.type.kind = kind->second;
        switch (field.type.kind) {
            case Kind::kDecimal:
                Need(item, field, "scale", "decimal 要写小数位数，如 scale = 2");
                field.type.scale = ScaleOf(build_, item, 0);
                field.type.unit = UnitOf(build_, item).value_or(formula::Unit{});
                break;
            case Kind::kInt:
                field.type.unit = UnitOf(build_, item).value_or(formula::Unit{});
                break;
            case Kind::kPeriod:
                Need(
                    item,
                    field,
                    "grain",
                    "period 要写粒度：grain = \"year\"、\"quarter\" 或 \"month\""
                );
                field.type.grain = ParseGrain(TextOf(item, "grain")).value_or(Grain::kYear);
                break;
            case Kind::kChoice:
                ReadChoices(item, field);
                break;
            case Kind::kRef:
                ReadReference(item, field);
                break;
            default:
                break;
        }
    }

    void Need(const Item& item, const Field& field, std::string_view key, const std::string& what) {
        if (item.Find(key) == nullptr) {
            Tell(
                item.origin,
                "missing_key",
                "字段“" + field.id + "”缺少“" + std::string(key) + "”；" + what
            );
        }
    }

    void ReadChoices(const Item& item, Field& field) {
        Need(item, field, "of", "choice 要写清单的名称，或选项的数组");
        const Item* of = item.Find("of");
        if (of != nullptr && of->kind == Item::Kind::kText) {
            field.list = of->text;
            const List* list = build_.model.FindList(field.list);
            if (list == nullptr) {
                std::vector<std::string> known;
                for (const List& each : build_.model.lists) {
                    known.push_back(each.id);
                }
                Tell(
                    of->origin,
                    "missing_reference",
                    "没有清单“" + field.list + "”" + Errors::WouldBe(field.list, known)
                );
                return;
            }
            ReadList(*list, field);
        } else {
            field.type.choices = TextsOf(item, "of");
        }
        for (const Item& also : ItemsOf(item, "value_also")) {
            const auto& choices = field.type.choices;
            if (std::find(choices.begin(), choices.end(), also.text) == choices.end()) {
                Tell(
                    also.origin,
                    "unknown_choice",
                    "“" + also.text + "”不是可选项" + Errors::WouldBe(also.text, choices)
                );
            }
            field.value_also[also.key] = also.text;
        }
    }

    static void ReadList(const List& list, Field& field) {
        for (const ListItem& choice : list.items) {
            field.type.choices.push_back(choice.id);
            for (const std::string& also : choice.also) {
                field.value_also[also] = choice.id;
            }
            if (choice.name.zh != choice.id) {
                field.value_also[choice.name.zh] = choice.id;
            }
        }
    }

    void ReadReference(const Item& item, Field& field) {
        Need(item, field, "to", "ref 要写所引台账的名称");
        field.type.record = PlaceWord(TextOf(item, "to"));
        field.create_draft = item.Find("create") != nullptr;
        for (const Item& keys : ItemsOf(item, "match")) {
            std::vector<std::string> names;
            for (const Item& key : keys.items) {
                names.push_back(PlaceWord(key.text));
            }
            field.match.push_back(std::move(names));
        }
    }

    void ReadFormat(const Item& item, Field& field) {
        constexpr std::pair<std::string_view, Format> kFormats[] = {
            {"id_number", Format::kIdNumber},
            {"bank_card", Format::kBankCard},
            {"uscc", Format::kUscc},
            {"phone", Format::kPhone}};
        const std::string name = TextOf(item, "format");
        for (const auto& [each, format] : kFormats) {
            if (each == name) {
                field.format = format;
            }
        }
        const bool by_format =
            field.format == Format::kIdNumber || field.format == Format::kBankCard;
        field.secret = FlagOf(item, "secret", by_format);
    }

    void ReadLimits(const Item& item, Field& field) {
        for (const auto& [key, limit] :
             {std::pair<std::string_view, std::optional<Decimal>*>{"min", &field.min},
              {"max", &field.max}}) {
            const Item* written = item.Find(key);
            const auto value = written == nullptr ? std::nullopt : ParseDecimal(written->text);
            const int scale = field.type.kind == Kind::kDecimal ? field.type.scale : 0;
            if (value && field.type.IsNumber() && value->scale > scale) {
                Tell(
                    written->origin,
                    "wrong_scale",
                    std::string(key) + " 有 " + std::to_string(value->scale) +
                        " 位小数，字段只有 " + std::to_string(scale) + " 位"
                );
            } else if (value) {
                *limit = value;
            }
        }
        if (field.min && field.max && Compare(*field.min, *field.max) > 0) {
            Tell(PlaceOf(item, "max"), "wrong_limits", "max 小于 min；请对调");
        }
    }

    // Keys that mean nothing for the field's type are mistakes, not ornaments.
    void CheckKeysOfType(const Item& item, const Field& field) {
        struct Only {
            std::string_view key;
            std::vector<Kind> kinds;
            std::string_view types;
        };
        static const std::vector<Only> kOnly = {
            {"scale", {Kind::kDecimal}, "decimal"},
            {"unit", {Kind::kInt, Kind::kDecimal}, "int、decimal"},
            {"min", {Kind::kInt, Kind::kDecimal}, "int、decimal"},
            {"max", {Kind::kInt, Kind::kDecimal}, "int、decimal"},
            {"grain", {Kind::kPeriod}, "period"},
            {"of", {Kind::kChoice}, "choice"},
            {"value_also", {Kind::kChoice}, "choice"},
            {"to", {Kind::kRef}, "ref"},
            {"match", {Kind::kRef}, "ref"},
            {"create", {Kind::kRef}, "ref"},
            {"format", {Kind::kText}, "text"},
            {"secret", {Kind::kText}, "text"},
        };
        if (item.Find("type") == nullptr || build_.broken.contains(field.id)) {
            return;
        }
        for (const Only& only : kOnly) {
            const Item* written = item.Find(only.key);
            if (written != nullptr &&
                std::find(only.kinds.begin(), only.kinds.end(), field.type.kind) ==
                    only.kinds.end()) {
                Tell(
                    written->key_origin,
                    "key_of_other_type",
                    "“" + std::string(only.key) + "”只用于 " + std::string(only.types) + "，字段“" +
                        field.id + "”是 " + TextOf(item, "type") + "；请删去这一项，或改 type"
                );
            }
        }
    }

    Build& build_;
};

}  // namespace

std::string PlaceWord(const std::string& name) {
    return name == "village" ? "place" : name;
}

Field ReadField(Build& build, const Item& item) {
    return FieldReader(build).Read(item);
}

}  // namespace zw::definition
