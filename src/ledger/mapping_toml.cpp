#include <fmt/format.h>

#include <toml++/toml.h>
#include <sstream>

#include "base/text.h"
#include "definition/toml_text.h"
#include "ledger/mapping.h"

namespace zw::ledger {
namespace {

class Reader {
public:
    explicit Reader(const definition::Model& model) : model_(model) {}

    Mapping Read(const toml::table& root) {
        Mapping out;
        Only(root, {"sheets"});
        const toml::array* sheets = root["sheets"].as_array();
        if (sheets == nullptr) {
            Fail(root, "缺少 [[sheets]]");
        }
        for (const toml::node& node : *sheets) {
            out.sheets.push_back(ReadSheet(Table(node)));
        }
        return out;
    }

private:
    [[noreturn]] static void Fail(const toml::node& node, const std::string& what) {
        const toml::source_position at = node.source().begin;
        throw Problem(
            "bad_mapping", {{"where", fmt::format("{}:{}", at.line, at.column)}, {"what", what}}
        );
    }

    static void Only(const toml::table& table, const std::vector<std::string>& known) {
        for (const auto& [key, node] : table) {
            const std::string name(key.str());
            if (std::find(known.begin(), known.end(), name) == known.end()) {
                const auto near = Nearest(name, known);
                Fail(node, fmt::format("不认识“{}”{}", name, near ? "，是“" + *near + "”吗" : ""));
            }
        }
    }

    static const toml::table& Table(const toml::node& node) {
        if (node.as_table() == nullptr) {
            Fail(node, "这里应是一个表");
        }
        return *node.as_table();
    }

    static std::string Text(const toml::node& node) {
        if (!node.is_string()) {
            Fail(node, "这里应是文字");
        }
        return node.as_string()->get();
    }

    static int Number(const toml::node& node) {
        if (!node.is_integer()) {
            Fail(node, "这里应是整数");
        }
        return static_cast<int>(node.as_integer()->get());
    }

    static std::map<std::string, std::string> Texts(const toml::node& node) {
        std::map<std::string, std::string> out;
        for (const auto& [key, value] : Table(node)) {
            out[std::string(key.str())] = Text(value);
        }
        return out;
    }

    static ValueSource ReadSource(const toml::table& table) {
        Only(table, {"from", "column", "columns", "fixed", "down"});
        ValueSource out;
        if (const toml::node* node = table.get("column")) {
            out = {SourceKind::kColumn, {Text(*node)}, {}};
        } else if (const toml::node* list = table.get("columns");
                   list != nullptr && list->is_array()) {
            out.kind = SourceKind::kColumn;
            for (const toml::node& one : *list->as_array()) {
                out.columns.push_back(Text(one));
            }
        } else if (const toml::node* fixed = table.get("fixed")) {
            out = {SourceKind::kFixed, {}, Text(*fixed)};
        } else if (const toml::node* from = table.get("from")) {
            out.kind = ReadKind(*from);
        }
        if (const toml::node* down = table.get("down")) {
            if (!down->is_boolean()) {
                Fail(*down, "这里应是 true 或 false");
            }
            out.down = down->as_boolean()->get();
        }
        return out;
    }

    static SourceKind ReadKind(const toml::node& node) {
        const std::string name = Text(node);
        for (const SourceKind kind :
             {SourceKind::kNone,
              SourceKind::kColumn,
              SourceKind::kHeading,
              SourceKind::kSheet,
              SourceKind::kTitle,
              SourceKind::kFile}) {
            if (SourceName(kind) == name) {
                return kind;
            }
        }
        Fail(node, "来源只能是 column heading sheet title file");
    }

    const definition::Field& FieldOf(
        const definition::RecordType& type, const std::string& id, const toml::node& node
    ) const {
        if (const definition::Field* field = type.FindField(id)) {
            return *field;
        }
        std::vector<std::string> ids;
        for (const definition::Field& field : type.fields) {
            ids.push_back(field.id);
        }
        const auto near = Nearest(id, ids);
        Fail(
            node,
            fmt::format("“{}”没有字段“{}”{}", type.name.zh, id, near ? "，是“" + *near + "”吗" : "")
        );
    }

    void CheckTarget(
        const definition::RecordType& type, const std::string& target, const toml::node& node
    ) const {
        if (target.empty() || target == "place") {
            return;
        }
        const size_t dot = target.find('.');
        const definition::Field& field = FieldOf(type, target.substr(0, dot), node);
        if (dot == std::string::npos) {
            return;
        }
        const definition::RecordType* referred = model_.FindRecord(field.type.record);
        if (field.type.kind != formula::Kind::kRef || referred == nullptr) {
            Fail(node, fmt::format("“{}”不是对其他台账的引用", field.id));
        }
        FieldOf(*referred, target.substr(dot + 1), node);
    }

    std::map<std::string, std::string> ReadColumns(
        const definition::RecordType& type, const toml::node& node
    ) const {
        for (const auto& [key, value] : Table(node)) {
            CheckTarget(type, Text(value), value);
        }
        return Texts(node);
    }

    Unpivot ReadUnpivot(const definition::RecordType& type, const toml::table& table) const {
        Only(table, {"tier", "into", "columns", "values"});
        Unpivot out;
        const toml::node* into = table.get("into");
        const toml::node* columns = table.get("columns");
        if (into == nullptr || columns == nullptr) {
            Fail(table, "unpivot 需要 into 和 columns");
        }
        if (const toml::node* tier = table.get("tier")) {
            out.tier = Number(*tier);
        }
        out.into = FieldOf(type, Text(*into), *into).id;
        out.columns = ReadColumns(type, *columns);
        if (const toml::node* values = table.get("values")) {
            out.values = Texts(*values);
        }
        return out;
    }

    SheetMapping ReadSheet(const toml::table& table) const {
        Only(
            table,
            {"file",
             "match",
             "record",
             "table",
             "period",
             "place",
             "columns",
             "codes",
             "unpivot",
             "ambiguous_month"}
        );
        SheetMapping out;
        if (const toml::node* node = table.get("file")) {
            out.file = Text(*node);
        }
        if (const toml::node* node = table.get("match")) {
            out.match = Text(*node);
        }
        if (const toml::node* node = table.get("record")) {
            out.record = Text(*node);
        }
        if (const toml::node* node = table.get("table")) {
            out.table = Number(*node);
        }
        if (const toml::node* node = table.get("ambiguous_month")) {
            out.ambiguous_month = Number(*node);
            if (out.ambiguous_month != 1 && out.ambiguous_month != 10) {
                Fail(*node, "ambiguous_month 只能是 1 或 10");
            }
        }
        if (const toml::node* node = table.get("period")) {
            out.period = ReadSource(Table(*node));
        }
        if (const toml::node* node = table.get("place")) {
            out.place = ReadSource(Table(*node));
        }
        ReadRecordPart(table, out);
        return out;
    }

    void ReadRecordPart(const toml::table& table, SheetMapping& out) const {
        if (out.record.empty()) {
            return;
        }
        const definition::RecordType* type = model_.FindRecord(out.record);
        if (type == nullptr) {
            std::vector<std::string> ids;
            for (const definition::RecordType& one : model_.records) {
                ids.push_back(one.id);
            }
            const auto near = Nearest(out.record, ids);
            Fail(
                *table.get("record"),
                fmt::format("没有台账“{}”{}", out.record, near ? "，是“" + *near + "”吗" : "")
            );
        }
        if (const toml::node* node = table.get("columns")) {
            out.columns = ReadColumns(*type, *node);
        }
        if (const toml::node* node = table.get("codes")) {
            out.codes = ReadColumns(*type, *node);
        }
        if (const toml::node* node = table.get("unpivot")) {
            out.unpivot = ReadUnpivot(*type, Table(*node));
        }
    }

    const definition::Model& model_;
};

std::string Quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
        } else {
            out += c;
        }
    }
    return out + "\"";
}

std::string InlineTable(const std::map<std::string, std::string>& values) {
    std::vector<std::string> parts;
    parts.reserve(values.size());
    for (const auto& [key, value] : values) {
        parts.push_back(Quoted(key) + " = " + Quoted(value));
    }
    return parts.empty() ? "{}" : "{ " + Join(parts, ", ") + " }";
}

std::string SourceToml(const ValueSource& source) {
    if (source.kind == SourceKind::kFixed) {
        return "{ fixed = " + Quoted(source.fixed) + " }";
    }
    if (source.kind != SourceKind::kColumn) {
        return "{ from = " + Quoted(SourceName(source.kind)) + " }";
    }
    const std::string down = source.down ? ", down = true" : "";
    if (source.columns.size() == 1) {
        return "{ column = " + Quoted(source.columns.front()) + down + " }";
    }
    std::vector<std::string> parts;
    for (const std::string& column : source.columns) {
        parts.push_back(Quoted(column));
    }
    return "{ columns = [" + Join(parts, ", ") + "]" + down + " }";
}

}  // namespace

Mapping ParseMapping(std::string_view toml_text, const definition::Model& model) {
    try {
        return Reader(model).Read(definition::ParseToml(toml_text));
    } catch (const toml::parse_error& error) {
        const toml::source_position at = error.source().begin;
        throw Problem(
            "bad_mapping",
            {{"where", fmt::format("{}:{}", at.line, at.column)},
             {"what", std::string(error.description())}}
        );
    }
}

std::string ToToml(const Mapping& mapping) {
    std::string out;
    for (const SheetMapping& one : mapping.sheets) {
        out += "[[sheets]]\n" +
               (one.file == "*" ? std::string() : "file = " + Quoted(one.file) + "\n") +
               "match = " + Quoted(one.match) + "\nrecord = " + Quoted(one.record) + "\n";
        if (one.table != 0) {
            out += fmt::format("table = {}\n", one.table);
        }
        if (one.period.kind != SourceKind::kNone) {
            out += "period = " + SourceToml(one.period) + "\n";
        }
        if (one.place.kind != SourceKind::kNone) {
            out += "place = " + SourceToml(one.place) + "\n";
        }
        if (one.ambiguous_month != 0) {
            out += fmt::format("ambiguous_month = {}\n", one.ambiguous_month);
        }
        if (!one.columns.empty()) {
            out += "columns = " + InlineTable(one.columns) + "\n";
        }
        if (!one.codes.empty()) {
            out += "codes = " + InlineTable(one.codes) + "\n";
        }
        if (one.unpivot) {
            out += fmt::format(
                "unpivot = {{ tier = {}, into = {}, columns = {}",
                one.unpivot->tier,
                Quoted(one.unpivot->into),
                InlineTable(one.unpivot->columns)
            );
            out +=
                (one.unpivot->values.empty() ? "" : ", values = " + InlineTable(one.unpivot->values)
                ) +
                " }\n";
        }
        out += "\n";
    }
    return out;
}

}  // namespace zw::ledger
