#include "sample/value_maker.h"

#include <algorithm>
#include <cmath>

#include "base/codes.h"
#include "base/exact.h"
#include "base/text.h"

namespace zw::sample {

namespace {

using formula::Kind;
using formula::Value;

class FormulaRow final : public formula::Row {
public:
    explicit FormulaRow(const RowSoFar& row) : row_(row) {}

    Value Get(const std::vector<std::string>& path) const override {
        if (path.size() == 2) {
            if (path[0] == "place") {
                return int64_t{row_.place.groups};
            }
            return row_.parent == nullptr ? Value() : Find(*row_.parent, path[1]);
        }
        if (path[0] == "n") {
            return row_.n;
        }
        if (path[0] == "first") {
            return row_.first;
        }
        if (path[0] == "scale") {
            constexpr int kDecimals = 4;
            return Decimal{
                std::llround(row_.options.scale * static_cast<double>(PowerOfTen(kDecimals))),
                kDecimals};
        }
        return Find(row_.values, path[0]);
    }
    Value Previous(const std::vector<std::string>& path) const override {
        return Find(row_.previous, path.back());
    }
    Value Rule(std::string_view key) const override {
        const definition::Rule* rule = row_.plan.model->FindRule(key);
        return rule == nullptr ? Value() : rule->At(Today());
    }
    Date Today() const override { return YearPeriod(row_.options.year).last; }

private:
    static Value Find(const ledger::Values& values, const std::string& name) {
        const auto found = values.find(name);
        return found == values.end() ? Value() : found->second;
    }

    const RowSoFar& row_;
};

std::optional<double> AsNumber(const Value& value) {
    if (const auto* whole = std::get_if<int64_t>(&value)) {
        return static_cast<double>(*whole);
    }
    if (const auto* decimal = std::get_if<Decimal>(&value)) {
        return static_cast<double>(decimal->units) /
               static_cast<double>(PowerOfTen(decimal->scale));
    }
    if (const auto* ratio = std::get_if<Ratio>(&value)) {
        return static_cast<double>(ratio->numerator) / static_cast<double>(ratio->denominator);
    }
    return std::nullopt;
}

// A double cannot hold all decimals: an untouched formula value stays exact (see MakeValue).
Value NumberOf(const formula::Type& type, double number) {
    if (type.kind == Kind::kInt) {
        return static_cast<int64_t>(std::llround(number));
    }
    return Decimal{std::llround(number * static_cast<double>(PowerOfTen(type.scale))), type.scale};
}

Value Fit(const formula::Type& type, const Value& value) {
    if (type.kind == Kind::kDecimal && std::holds_alternative<Decimal>(value)) {
        return Rescale(std::get<Decimal>(value), type.scale);
    }
    if (type.kind == Kind::kDecimal && std::holds_alternative<int64_t>(value)) {
        return Rescale(Decimal{std::get<int64_t>(value), 0}, type.scale);
    }
    if (type.kind == Kind::kInt && std::holds_alternative<Decimal>(value)) {
        return Rescale(std::get<Decimal>(value), 0).units;
    }
    if (type.IsNumber() && std::holds_alternative<Ratio>(value)) {
        return Fit(type, Round(std::get<Ratio>(value), type.kind == Kind::kInt ? 0 : type.scale));
    }
    return value;
}

class Maker {
public:
    Maker(const Spec& spec, const RowSoFar& row, const StreamKey& key)
        : spec_(spec), row_(row), formulas_(row), stream_(key) {}

    Value Make() {
        // Whether it is there is drawn first, so that a change of source does not change it.
        const bool there = stream_.Chance(spec_.chance);
        if (!there || (spec_.when && !Holds(*spec_.when, row_))) {
            return {};
        }
        Value value = Draw();
        if (spec_.type.kind == Kind::kDate) {
            return Moved(value);
        }
        return spec_.type.IsNumber() ? Changed(value) : value;
    }

private:
    Value Draw() {
        switch (spec_.source) {
            case Source::kConstant:
                return spec_.constant;
            case Source::kPick:
                return Picked();
            case Source::kFormula:
                return Fit(spec_.type, spec_.formula->Evaluate(formulas_));
            case Source::kRange:
                return Ranged();
            case Source::kNormal:
                return NumberOf(spec_.type, spec_.low + spec_.high * stream_.Normal());
            case Source::kDate:
                return InYear();
            case Source::kText:
                return Text(OneOf(spec_.texts));
            case Source::kIdNumber:
                return IdNumber();
            case Source::kDigits:
                return Digits();
            case Source::kParent:
                return row_.parent_id;
        }
        return {};
    }

    template <typename T>
    const T& OneOf(const std::vector<T>& list) {
        return list[static_cast<size_t>(stream_.Below(static_cast<int64_t>(list.size())))];
    }

    Value Picked() {
        double total = 0;
        for (const auto& [value, weight] : spec_.picks) {
            total += weight;
        }
        double left = stream_.Unit() * total;
        for (const auto& [value, weight] : spec_.picks) {
            left -= weight;
            if (left < 0) {
                return value;
            }
        }
        return spec_.picks.back().first;
    }

    Date DateBetween(const std::pair<Date, Date>& range) {
        return FromDays(stream_.Between(ToDays(range.first), ToDays(range.second)));
    }

    Value Ranged() {
        if (spec_.type.kind == Kind::kDate) {
            return DateBetween(spec_.dates);
        }
        const double steps =
            spec_.type.kind == Kind::kInt ? 1 : static_cast<double>(PowerOfTen(spec_.type.scale));
        const int64_t units =
            stream_.Between(std::llround(spec_.low * steps), std::llround(spec_.high * steps));
        return spec_.type.kind == Kind::kInt ? Value(units)
                                             : Value(Decimal{units, spec_.type.scale});
    }

    Value InYear() const {
        const auto [month, day] = *spec_.month_day;
        return Date{row_.year, month, std::min(day, DaysInMonth(row_.year, month))};
    }

    // {list} draws a word, {name} is a value of the row, {parent.name} one of its parent's, {n} the
    // thing's number from 1.
    std::string Text(const std::string& form) {
        std::string text;
        size_t at = 0;
        while (at < form.size()) {
            const size_t open = form.find('{', at);
            const size_t close = form.find('}', open);
            if (open == std::string::npos || close == std::string::npos) {
                return text + form.substr(at);
            }
            text += form.substr(at, open - at) + Slot(form.substr(open + 1, close - open - 1));
            at = close + 1;
        }
        return text;
    }

    std::string Slot(const std::string& name) {
        if (const auto words = row_.plan.words.find(name); words != row_.plan.words.end()) {
            return OneOf(words->second);
        }
        if (name == "place.code") {
            return row_.place.code;
        }
        if (StartsWith(name, "n:")) {  // {n:5}: five digits
            const std::string digits = std::to_string(row_.n + 1);
            const size_t width = static_cast<size_t>(std::stoi(name.substr(2)));
            return digits.size() < width ? std::string(width - digits.size(), '0') + digits
                                         : digits;
        }
        return formula::ToText(formulas_.Get(Split(name, '.')));
    }

    std::string FilledDigits(const std::string& pattern) {
        std::string digits = pattern;
        for (char& c : digits) {
            if (c == '#') {
                c = static_cast<char>('0' + stream_.Below(10));
            }
        }
        return digits;
    }

    Value Digits() {
        std::string digits = FilledDigits(OneOf(spec_.texts));
        while (spec_.luhn && !CheckBankCard(digits).sound()) {
            digits.back() = digits.back() == '9' ? '0' : static_cast<char>(digits.back() + 1);
        }
        return digits;
    }

    // GB 11643: region, birth date, order (odd: male), check character.
    Value IdNumber() {
        const std::string region = OneOf(spec_.texts);
        std::string birth = ReplaceAll(ToText(DateBetween(spec_.dates)), "-", "");
        const bool male = spec_.formula ? Holds(*spec_.formula, row_) : stream_.Chance(0.5);
        const int64_t order = 2 * stream_.Below(500) + (male ? 1 : 0);
        const std::string body = region + birth + std::to_string(1000 + order).substr(1);
        for (const char check : std::string_view("0123456789X")) {
            if (CheckIdNumber(body + check, formulas_.Today()).sound()) {
                return body + check;
            }
        }
        return body + "0";
    }

    Value Moved(const Value& value) {
        if (formula::IsNull(value)) {
            return {};
        }
        Date date = AddDays(
            std::get<Date>(value), stream_.Between(spec_.jitter.first, spec_.jitter.second)
        );
        if (spec_.min) {
            const Value least = spec_.min->Evaluate(formulas_);
            date = formula::IsNull(least) ? date : std::max(date, std::get<Date>(least));
        }
        if (spec_.max) {
            const Value most = spec_.max->Evaluate(formulas_);
            date = formula::IsNull(most) ? date : std::min(date, std::get<Date>(most));
        }
        return date;
    }

    Value Changed(const Value& value) {
        const std::optional<double> drawn = AsNumber(value);
        if (!drawn) {
            return {};
        }
        double number = *drawn;
        for (int year = row_.options.year - row_.make.years + 1; year < row_.year; ++year) {
            number *= spec_.growth;
        }
        number *= 1 + spec_.noise * (2 * stream_.Unit() - 1);
        if (const auto least =
                spec_.min ? AsNumber(spec_.min->Evaluate(formulas_)) : std::nullopt) {
            number = std::max(number, *least);
        }
        if (const auto most = spec_.max ? AsNumber(spec_.max->Evaluate(formulas_)) : std::nullopt) {
            number = std::min(number, *most);
        }
        if (spec_.step > 0) {
            number = std::round(number / spec_.step) * spec_.step;
        }
        return number == *drawn ? value : NumberOf(spec_.type, number);
    }

    const Spec& spec_;
    const RowSoFar& row_;
    const FormulaRow formulas_;
    Stream stream_;
};

}  // namespace

Value MakeValue(const Spec& spec, const RowSoFar& row, const StreamKey& key) {
    return Maker(spec, row, key).Make();
}

bool Holds(const formula::Formula& condition, const RowSoFar& row) {
    const Value value = condition.Evaluate(FormulaRow(row));
    const bool* truth = std::get_if<bool>(&value);
    return truth != nullptr && *truth;
}

}  // namespace zw::sample
