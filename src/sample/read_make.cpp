#include "sample/read_make.h"

#include <algorithm>

#include "base/problem.h"
#include "base/text.h"
#include "sample/scope.h"

namespace zw::sample {

namespace {

using formula::Kind;
using formula::Type;
using formula::Value;

class MakeReader {
public:
    MakeReader(const TomlReader& in, const definition::Meaning& meaning)
        : in_(in), meaning_(meaning) {}

    Make Read(const toml::table& table);

private:
    void ReadParent(const toml::table& table);
    void ReadCount(const toml::node& node);
    void ReadAlong(const toml::node& node);
    void ReadSpecs(const toml::table& table);
    void ReadSpoil(const toml::table& table);
    Spec ReadSpec(const std::string& name, const toml::node& node, bool variable);
    Type VariableType(const toml::node& at, const toml::table* table);
    // The one key that says where values come from; sets spec.source.
    const toml::node& SourceOf(Spec& spec, const toml::table& table) const;
    void ReadPicks(Spec& spec, const toml::node& node);
    void ReadSource(Spec& spec, const toml::table& table);
    void ReadRange(Spec& spec, const toml::node& node);
    void ReadDate(Spec& spec, const toml::node& node);
    void ReadIdNumber(Spec& spec, const toml::table& table);
    void ReadModifiers(Spec& spec, const toml::table& table);
    Value Constant(const Type& type, const toml::node& node);
    formula::Formula Compile(const toml::node& node, const Type& expected);

    const TomlReader& in_;
    const definition::Meaning& meaning_;
    Make make_;
    std::unique_ptr<MakeScope> scope_;
};

// Numbers keep all decimals until they are stored.
Type Loose(Type type) {
    if (type.kind == Kind::kInt) {
        type.kind = Kind::kDecimal;
    }
    if (type.kind == Kind::kDecimal) {
        type.scale = formula::kAnyScale;
    }
    return type;
}

Type BoolType() {
    Type type;
    type.kind = Kind::kBool;
    return type;
}

formula::Formula MakeReader::Compile(const toml::node& node, const Type& expected) {
    std::string text = node.is_number() ? std::to_string(in_.Number(node)) : in_.Text(node);
    if (ParseIsoDate(text)) {
        text = "'" + text + "'";  // a date in the language is a text that a date is expected of
    }
    try {
        return formula::Formula::Compile(text, *scope_, formula::Profile::kChild, Loose(expected));
    } catch (const Problem& problem) {
        in_.Wrong(node, "公式“" + text + "”：" + problem.Message());
    }
}

Value MakeReader::Constant(const Type& type, const toml::node& node) {
    switch (type.kind) {
        case Kind::kBool:
            if (const auto* truth = node.as_boolean()) {
                return truth->get();
            }
            if (const auto* word = node.as_string();
                word != nullptr && (word->get() == "true" || word->get() == "false")) {
                return word->get() == "true";  // a key of pick
            }
            in_.Wrong(node, "应为 true 或 false");
        case Kind::kInt: {
            const auto number =
                node.is_string() ? ParseDecimal(in_.Text(node)) : Decimal{in_.Whole(node), 0};
            if (!number || number->scale != 0) {
                in_.Wrong(node, "应为整数");
            }
            return number->units;
        }
        case Kind::kDecimal: {
            const auto number = node.is_integer() ? ParseDecimal(std::to_string(in_.Whole(node)))
                                                  : ParseDecimal(in_.Text(node));
            if (!number) {
                in_.Wrong(node, "应为整数，或写成文字的小数");
            }
            return Rescale(*number, type.scale);
        }
        case Kind::kDate:
            return in_.DateOf(node);
        case Kind::kPeriod: {
            const auto period =
                ParsePeriod(node.is_integer() ? std::to_string(in_.Whole(node)) : in_.Text(node));
            if (!period || period->grain != type.grain) {
                in_.Wrong(node, "应为期别，如 \"2023\" 或 \"2023Q1\"");
            }
            return *period;
        }
        case Kind::kChoice: {
            const std::string choice = in_.Text(node);
            if (std::find(type.choices.begin(), type.choices.end(), choice) == type.choices.end()) {
                in_.Wrong(node, "“" + choice + "”不是可选的值");
            }
            return choice;
        }
        default:
            return in_.Text(node);
    }
}

void MakeReader::ReadRange(Spec& spec, const toml::node& node) {
    const auto [low, high] = in_.Pair(node);
    if (spec.type.kind == Kind::kDate) {
        spec.dates = {in_.DateOf(*low), in_.DateOf(*high)};
    } else if (spec.type.IsNumber()) {
        spec.low = in_.Number(*low);
        spec.high = in_.Number(*high);
    } else {
        in_.Wrong(node, "range 只用于数和日期");
    }
    if (spec.low > spec.high || spec.dates.first > spec.dates.second) {
        in_.Wrong(node, "前一个应不大于后一个");
    }
}

void MakeReader::ReadDate(Spec& spec, const toml::node& node) {
    const std::string text = in_.Text(node);
    const auto date = ParseIsoDate("2001-" + text);
    if (spec.type.kind != Kind::kDate || !date) {
        in_.Wrong(node, "date 应为本年的某日，如 \"07-01\"，用于日期字段");
    }
    spec.month_day = {date->month, date->day};
}

void MakeReader::ReadIdNumber(Spec& spec, const toml::table& table) {
    in_.OnlyKnown(table, {"region", "born", "male"});
    spec.texts = in_.Texts(table, "region");
    const toml::node* born = table.get("born");
    const toml::node* male = table.get("male");
    if (born == nullptr || spec.texts.empty()) {
        in_.Wrong(table, "id_number 应有 region 和 born");
    }
    const auto [from, to] = in_.Pair(*born);
    spec.dates = {in_.DateOf(*from), in_.DateOf(*to)};
    if (male != nullptr) {
        spec.formula = Compile(*male, BoolType());
    }
}

const toml::node& MakeReader::SourceOf(Spec& spec, const toml::table& table) const {
    const std::vector<std::pair<std::string_view, Source>> sources = {
        {"value", Source::kConstant},
        {"pick", Source::kPick},
        {"formula", Source::kFormula},
        {"range", Source::kRange},
        {"normal", Source::kNormal},
        {"date", Source::kDate},
        {"text", Source::kText},
        {"id_number", Source::kIdNumber},
        {"digits", Source::kDigits},
        {"parent", Source::kParent}};
    const toml::node* node = nullptr;
    for (const auto& [key, source] : sources) {
        if (const toml::node* found = table.get(key); found != nullptr) {
            if (node != nullptr) {
                in_.Wrong(table, "一个值只能有一个来源");
            }
            node = found;
            spec.source = source;
        }
    }
    if (node == nullptr) {
        in_.Wrong(
            table, "缺少来源：value pick formula range normal date text id_number digits parent"
        );
    }
    return *node;
}

void MakeReader::ReadPicks(Spec& spec, const toml::node& node) {
    if (const toml::array* list = node.as_array()) {
        for (const toml::node& one : *list) {
            spec.picks.emplace_back(Constant(spec.type, one), 1);
        }
    } else {
        for (const auto& [key, weight] : InOrder(in_.Table(node))) {
            spec.picks.emplace_back(
                Constant(spec.type, toml::value<std::string>(key)), in_.Number(*weight)
            );
        }
    }
    if (spec.picks.empty()) {
        in_.Wrong(node, "pick 至少要有一个值");
    }
}

void MakeReader::ReadSource(Spec& spec, const toml::table& table) {
    const toml::node* node = &SourceOf(spec, table);
    switch (spec.source) {
        case Source::kConstant:
            spec.constant = Constant(spec.type, *node);
            break;
        case Source::kPick:
            ReadPicks(spec, *node);
            break;
        case Source::kFormula:
            spec.formula = Compile(*node, spec.type);
            break;
        case Source::kRange:
            ReadRange(spec, *node);
            break;
        case Source::kNormal: {
            const auto [mean, deviation] = in_.Pair(*node);
            spec.low = in_.Number(*mean);
            spec.high = in_.Number(*deviation);
            break;
        }
        case Source::kDate:
            ReadDate(spec, *node);
            break;
        case Source::kIdNumber:
            ReadIdNumber(spec, in_.Table(*node));
            break;
        case Source::kText:
        case Source::kDigits:
            spec.texts = in_.Texts(*node);
            break;
        case Source::kParent:
            if (spec.type.kind != Kind::kRef || make_.parent == nullptr ||
                make_.parent->id != spec.type.record) {
                in_.Wrong(*node, "parent 只用于引用上级记录的字段");
            }
            break;
    }
}

void MakeReader::ReadModifiers(Spec& spec, const toml::table& table) {
    for (const auto& [key, node] : InOrder(table)) {
        if (key == "growth") {
            spec.growth = in_.Number(*node);
        } else if (key == "noise") {
            spec.noise = in_.Number(*node);
        } else if (key == "step") {
            spec.step = in_.Number(*node);
        } else if (key == "chance") {
            spec.chance = in_.Number(*node);
        } else if (key == "luhn") {
            spec.luhn = std::get<bool>(Constant(BoolType(), *node));
        } else if (key == "jitter") {
            spec.jitter = node->is_array() ? in_.WholePair(*node)
                                           : std::pair(-in_.Whole(*node), in_.Whole(*node));
        } else if (key == "min") {
            spec.min = Compile(*node, spec.type);
        } else if (key == "max") {
            spec.max = Compile(*node, spec.type);
        } else if (key == "when") {
            spec.when = Compile(*node, BoolType());
        }
    }
}

Type MakeReader::VariableType(const toml::node& at, const toml::table* table) {
    const toml::node* as = table == nullptr ? nullptr : table->get("as");
    if (as == nullptr) {
        in_.Wrong(at, "let 应写明类型：as = \"int\" decimal date text bool，或某个字段");
    }
    const std::string name = in_.Text(*as);
    if (const definition::Field* like = make_.record->FindField(name)) {
        return like->type;
    }
    constexpr int kDecimals = 4;
    const std::map<std::string, Kind> kinds = {
        {"int", Kind::kInt},
        {"decimal", Kind::kDecimal},
        {"date", Kind::kDate},
        {"text", Kind::kText},
        {"bool", Kind::kBool}};
    const auto kind = kinds.find(name);
    if (kind == kinds.end()) {
        in_.Wrong(*as, "不认识类型“" + name + "”");
    }
    Type type;
    type.kind = kind->second;
    type.scale = type.kind == Kind::kDecimal ? kDecimals : 0;
    if (const toml::node* unit_node = table->get("unit")) {
        const auto unit = meaning_.model.units.Parse(in_.Text(*unit_node));
        if (!unit) {
            in_.Wrong(*unit_node, "不认识单位“" + in_.Text(*unit_node) + "”");
        }
        type.unit = *unit;
    }
    return type;
}

Spec MakeReader::ReadSpec(const std::string& name, const toml::node& node, bool variable) {
    const toml::table* table = node.as_table();
    const definition::Field* field = make_.record->FindField(name);
    if ((field == nullptr) != variable) {
        in_.Wrong(node, (variable ? "是字段，应写 set." : "没有这个字段，变量应写 let.") + name);
    }
    Spec spec;
    spec.name = name;
    spec.field = !variable;
    spec.type = variable ? VariableType(node, table) : field->type;
    if (table == nullptr) {
        spec.constant = Constant(spec.type, node);
    } else {
        in_.OnlyKnown(*table, {"value", "pick",      "formula", "range",  "normal", "date",
                               "text",  "id_number", "digits",  "parent", "growth", "noise",
                               "step",  "chance",    "luhn",    "jitter", "min",    "max",
                               "when",  "as",        "unit"});
        ReadSource(spec, *table);
        ReadModifiers(spec, *table);
    }
    if (variable) {
        scope_->AddVariable(name, spec.type);
    }
    return spec;
}

void MakeReader::ReadParent(const toml::table& table) {
    const toml::node* per = table.get("per");
    const std::string text = per == nullptr ? "village" : in_.Text(*per);
    make_.per_town = text == "town";
    if (StartsWith(text, "record:")) {
        make_.parent = meaning_.model.FindRecord(text.substr(std::string_view("record:").size()));
        if (make_.parent == nullptr) {
            in_.Wrong(*per, "没有台账“" + text + "”");
        }
    } else if (!make_.per_town && text != "village") {
        in_.Wrong(*per, "per 应为 town、village 或 record:台账");
    }
}

void MakeReader::ReadCount(const toml::node& node) {
    if (node.is_integer()) {
        make_.count = {in_.Whole(node), in_.Whole(node), false};
        return;
    }
    const toml::table& table = in_.Table(node);
    in_.OnlyKnown(table, {"range", "scaled"});
    const toml::node* range = table.get("range");
    if (range == nullptr) {
        in_.Wrong(node, "count 应为整数或 { range = [从, 到] }");
    }
    const auto [low, high] = in_.WholePair(*range);
    make_.count = {low, high, make_.parent == nullptr};
    if (const toml::node* scaled = table.get("scaled")) {
        make_.count.scaled = std::get<bool>(Constant(BoolType(), *scaled));
    }
}

void MakeReader::ReadAlong(const toml::node& node) {
    const toml::table& table = in_.Table(node);
    in_.OnlyKnown(table, {"field", "years"});
    make_.along = in_.Text(table, "field", "");
    const definition::Field* field = make_.record->FindField(make_.along);
    if (field == nullptr || field->type.kind != Kind::kPeriod) {
        in_.Wrong(node, "along 应写明一个期别字段");
    }
    if (const toml::node* years = table.get("years")) {
        make_.years = static_cast<int>(in_.Whole(*years));
    }
}

void MakeReader::ReadSpecs(const toml::table& table) {
    // once, let and set are tables of their own in TOML: brought back into the order of the file.
    struct Item {
        std::string name;
        const toml::node* node;
        std::string word;
    };
    std::vector<Item> items;
    for (const char* word : {"once", "let", "set"}) {
        if (const toml::node* group = table.get(word)) {
            for (const auto& [name, node] : InOrder(in_.Table(*group))) {
                items.push_back({name, node, word});
            }
        }
    }
    std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) {
        return a.node->source().begin.line < b.node->source().begin.line;
    });
    for (const Item& item : items) {
        const bool unknown = make_.record->FindField(item.name) == nullptr;
        Spec spec =
            ReadSpec(item.name, *item.node, item.word == "let" || (item.word == "once" && unknown));
        spec.once = item.word == "once";
        make_.specs.push_back(std::move(spec));
    }
}

void MakeReader::ReadSpoil(const toml::table& table) {
    in_.OnlyKnown(table, {"class", "share", "when", "set"});
    Spoil spoil;
    spoil.code = in_.Text(table, "class", "");
    if (const toml::node* share = table.get("share")) {
        spoil.share = in_.Number(*share);
    }
    if (const toml::node* when = table.get("when")) {
        spoil.when = Compile(*when, BoolType());
    }
    const toml::node* set = table.get("set");
    if (set == nullptr || spoil.code.empty()) {
        in_.Wrong(table, "spoil 应有 class 和 set");
    }
    for (const auto& [name, node] : InOrder(in_.Table(*set))) {
        spoil.set.push_back(ReadSpec(name, *node, false));
    }
    make_.spoils.push_back(std::move(spoil));
}

Make MakeReader::Read(const toml::table& table) {
    in_.OnlyKnown(table, {"record", "per", "count", "along", "once", "let", "set", "spoil"});
    const std::string id = in_.Text(table, "record", "");
    make_.record = meaning_.model.FindRecord(id);
    if (make_.record == nullptr) {
        in_.Wrong(table, "没有台账“" + id + "”");
    }
    ReadParent(table);
    if (const toml::node* count = table.get("count")) {
        ReadCount(*count);
    }
    if (const toml::node* along = table.get("along")) {
        ReadAlong(*along);
    }
    scope_ =
        std::make_unique<MakeScope>(meaning_, *make_.record, make_.parent, !make_.along.empty());
    ReadSpecs(table);
    for (const toml::table* spoil : in_.Tables(table, "spoil")) {
        ReadSpoil(*spoil);
    }
    return std::move(make_);
}

}  // namespace

Make ReadMake(const TomlReader& in, const toml::table& table, const definition::Meaning& meaning) {
    return MakeReader(in, meaning).Read(table);
}

}  // namespace zw::sample
