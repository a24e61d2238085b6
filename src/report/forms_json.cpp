#include "report/forms_json.h"

#include <boost/json.hpp>

#include "base/problem.h"

namespace zw::report {

namespace json = boost::json;

namespace {

[[noreturn]] void Bad(const std::string& what) {
    throw Problem("bad_request", {{"what", what}});
}

std::string TextOf(const json::object& from, const char* name) {
    const json::value* value = from.if_contains(name);
    if (value == nullptr) {
        return "";
    }
    if (!value->is_string()) {
        Bad(std::string(name) + " 应为文字");
    }
    return std::string(value->as_string());
}

BindingKind KindOf(const std::string& name) {
    for (const auto kind : {BindingKind::kFigure, BindingKind::kText, BindingKind::kList}) {
        if (BindingKindName(kind) == name) {
            return kind;
        }
    }
    Bad("kind 应为 figure、text 或 list");
}

FormBinding BindingOf(const json::value& value) {
    if (!value.is_object()) {
        Bad("bindings 应为 [{sheet, cell, kind, what}]");
    }
    const json::object& from = value.as_object();
    FormBinding binding;
    binding.sheet = TextOf(from, "sheet");
    binding.cell = TextOf(from, "cell");
    binding.kind = KindOf(TextOf(from, "kind"));
    binding.what = TextOf(from, "what");
    binding.filter = TextOf(from, "filter");
    if (const json::value* fields = from.if_contains("fields")) {
        if (!fields->is_array()) {
            Bad("fields 应为 [字段]");
        }
        for (const json::value& field : fields->as_array()) {
            if (!field.is_string()) {
                Bad("fields 应为 [字段]");
            }
            binding.fields.emplace_back(field.as_string());
        }
    }
    if (const json::value* room = from.if_contains("room")) {
        if (!room->is_int64() || room->as_int64() < 0 || room->as_int64() > kMostRoom) {
            Bad("room 应为 0 到 " + std::to_string(kMostRoom));
        }
        binding.room = static_cast<int>(room->as_int64());
    }
    return binding;
}

json::array Texts(const std::vector<std::string>& texts) {
    return json::array(texts.begin(), texts.end());
}

}  // namespace

std::string_view BindingKindName(BindingKind kind) {
    constexpr std::string_view kNames[] = {"figure", "text", "list"};
    return kNames[static_cast<int>(kind)];
}

json::object ToJson(const FormBinding& binding) {
    json::object out{
        {"sheet", binding.sheet},
        {"cell", binding.cell},
        {"kind", BindingKindName(binding.kind)},
        {"what", binding.what}};
    if (binding.kind == BindingKind::kList) {
        out["fields"] = Texts(binding.fields);
        out["filter"] = binding.filter;
        out["room"] = binding.room;
    }
    return out;
}

json::object ToJson(const FilledCell& cell) {
    json::object out = ToJson(cell.binding);
    out["value"] = cell.value;
    out["unit"] = cell.unit;
    out["state"] = cell.state;
    out["why"] = cell.why;
    out["note"] = cell.note;
    out["label"] = cell.label;
    out["indicator"] = cell.indicator;
    out["place"] = cell.place_code;
    out["period"] = cell.period;
    out["ledgers"] = Texts(cell.ledgers);
    out["rows"] = cell.rows;
    return out;
}

json::array ToJson(const std::vector<FormBinding>& bindings) {
    json::array out;
    for (const FormBinding& binding : bindings) {
        out.emplace_back(ToJson(binding));
    }
    return out;
}

json::array ToJson(const std::vector<FilledCell>& cells) {
    json::array out;
    for (const FilledCell& cell : cells) {
        out.emplace_back(ToJson(cell));
    }
    return out;
}

std::vector<FormBinding> BindingsOf(const json::value& value) {
    if (!value.is_array() || value.as_array().size() > kMostBindings) {
        Bad("bindings 应为 [{sheet, cell, kind, what}]，最多" + std::to_string(kMostBindings) + "个"
        );
    }
    std::vector<FormBinding> bindings;
    for (const json::value& one : value.as_array()) {
        bindings.push_back(BindingOf(one));
    }
    return bindings;
}

}  // namespace zw::report
