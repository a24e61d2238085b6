#include "ledger/schema.h"

#include <algorithm>
#include <numeric>

#include "base/not_found.h"
#include "base/problem.h"

namespace zw::ledger {

namespace {

int64_t UnitsAt(const Decimal& value, int scale) {
    const Decimal scaled = Rescale(value, scale);
    if (Compare(scaled, value) != 0) {
        throw Problem(
            "wrong_use", {{"what", "more decimals than the field has: " + ToText(value)}}
        );
    }
    return scaled.units;
}

store::Value NumberToStore(const formula::Type& type, const formula::Value& value) {
    const int scale = type.kind == formula::Kind::kDecimal ? type.scale : 0;
    if (const auto* number = std::get_if<int64_t>(&value)) {
        return Rescale(Decimal{*number, 0}, scale).units;
    }
    if (const auto* decimal = std::get_if<Decimal>(&value)) {
        return UnitsAt(*decimal, scale);
    }
    throw Problem("wrong_use", {{"what", "no number: " + formula::ToText(value)}});
}

struct Numbered {
    int number = 0;
    bool salted = false;
};
using FieldNumbers = std::map<std::string, Numbered, std::less<>>;

FieldNumbers ReadNumbers(store::Connection& connection, int64_t town, const std::string& record) {
    FieldNumbers numbers;
    connection.Query(
        "select field, number, salted from field_number where town = ? and record = ? and dropped "
        "is null",
        {town, record},
        [&](const store::Statement& row) {
            numbers.emplace(row.Text(0), Numbered{static_cast<int>(row.Int(1)), row.Int(2) != 0});
        }
    );
    return numbers;
}

Column MakeColumn(
    const FieldNumbers& numbers,
    const definition::Field& field,
    const definition::Computed* computed
) {
    const auto found = numbers.find(field.id);
    if (found == numbers.end()) {
        throw NotFound(Thing::kField, field.id);
    }
    const Numbered& given = found->second;
    return {&field, computed, given.number, "f" + std::to_string(given.number), given.salted};
}

}  // namespace

const Column* Table::Find(std::string_view field) const {
    for (const Column& column : columns) {
        if (column.field->id == field) {
            return &column;
        }
    }
    return nullptr;
}

Schema Schema::Load(store::Connection& connection, int64_t town, const definition::Model& model) {
    Schema schema;
    for (const definition::RecordType& type : model.records) {
        const auto number = connection.First(
            "select number from record_number where town = ? and record = ?", {town, type.id}
        );
        if (number.empty()) {
            throw NotFound(Thing::kLedger, type.id);
        }
        Table table;
        table.type = &type;
        table.number = static_cast<int>(std::get<int64_t>(number[0]));
        table.name = TableName(type.id);
        table.versions = VersionTableName(type.id);
        const FieldNumbers numbers = ReadNumbers(connection, town, type.id);
        for (const definition::Field& field : type.fields) {
            table.columns.push_back(MakeColumn(numbers, field, nullptr));
        }
        for (const definition::Computed& computed : type.computed) {
            table.columns.push_back(MakeColumn(numbers, computed.field, &computed));
        }
        table.by_number.resize(table.columns.size());
        std::iota(table.by_number.begin(), table.by_number.end(), size_t{0});
        std::sort(table.by_number.begin(), table.by_number.end(), [&](size_t a, size_t b) {
            return table.columns[a].number < table.columns[b].number;
        });
        schema.by_record_[type.id] = schema.tables_.size();
        schema.tables_.push_back(std::move(table));
    }
    return schema;
}

const Table& Schema::Of(std::string_view record) const {
    const auto found = by_record_.find(record);
    if (found == by_record_.end()) {
        throw NotFound(Thing::kLedger, std::string(record));
    }
    return tables_[found->second];
}

std::string Schema::ColumnOf(std::string_view record, std::string_view field) const {
    if (field == "place" || field == "id" || field == "version" || field == "state") {
        return std::string(field);
    }
    const Column* column = Of(record).Find(field);
    if (column == nullptr) {
        throw NotFound(Thing::kField, std::string(record) + "." + std::string(field));
    }
    return column->Comparable();
}

std::string TableName(std::string_view record) {
    return "r_" + std::string(record);
}

std::string VersionTableName(std::string_view record) {
    return "v_" + std::string(record);
}

store::Value ToStore(const formula::Type& type, const formula::Value& value) {
    using formula::Kind;
    if (formula::IsNull(value)) {
        return {};
    }
    switch (type.kind) {
        case Kind::kInt:
        case Kind::kDecimal:
            return NumberToStore(type, value);
        case Kind::kBool:
            if (const auto* flag = std::get_if<bool>(&value)) {
                return static_cast<int64_t>(*flag ? 1 : 0);
            }
            break;
        case Kind::kRef:
            if (const auto* id = std::get_if<int64_t>(&value)) {
                return *id;
            }
            break;
        case Kind::kText:
        case Kind::kChoice:
            if (const auto* text = std::get_if<std::string>(&value)) {
                return text->empty() ? store::Value() : store::Value(*text);
            }
            break;
        case Kind::kDate:
            if (const auto* date = std::get_if<Date>(&value)) {
                return zw::ToText(*date);
            }
            break;
        case Kind::kPeriod:
            if (const auto* period = std::get_if<Period>(&value);
                period != nullptr && period->grain == type.grain) {
                return zw::ToText(period->last);
            }
            break;
        case Kind::kRatio:
            break;
    }
    throw Problem(
        "wrong_use", {{"what", "no " + formula::Describe(type) + ": " + formula::ToText(value)}}
    );
}

formula::Value FromStore(const formula::Type& type, const store::Value& value) {
    using formula::Kind;
    if (const auto* number = std::get_if<int64_t>(&value)) {
        switch (type.kind) {
            case Kind::kBool:
                return *number != 0;
            case Kind::kDecimal:
                return Decimal{*number, type.scale};
            default:
                return *number;
        }
    }
    if (const auto* text = std::get_if<std::string>(&value)) {
        if (type.kind != Kind::kDate && type.kind != Kind::kPeriod) {
            return *text;
        }
        const std::optional<Date> date = ParseIsoDate(*text);
        if (!date) {
            throw Problem("bad_date", {{"value", *text}});
        }
        return type.kind == Kind::kDate ? formula::Value(*date)
                                        : formula::Value(Period{*date, type.grain});
    }
    return {};
}

}  // namespace zw::ledger
