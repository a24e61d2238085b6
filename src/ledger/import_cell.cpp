#include "ledger/import_cell.h"

#include <algorithm>

#include "base/exact.h"
#include "base/not_found.h"
#include "base/text.h"

namespace zw::ledger {
namespace {

constexpr Int128 kNoise =
    100'000'000;  // a difference below one part in 10^8 is what binary floating point leaves behind

constexpr size_t kShortText = 20;

// Units that stand in sheets with a power of ten before them: 千元, 百亩 (万 and 亿 are the units'
// own business).
constexpr std::pair<std::string_view, int64_t> kPowers[] = {{"十", 10}, {"百", 100}, {"千", 1000}};

Int128 Absolute(Int128 value) {
    return value < 0 ? -value : value;
}

// `value` of `from` in units of 10^-scale of `to`, and whether that is exact.
struct Scaled {
    int64_t units = 0;
    bool exact = true;
    bool noise = false;  // not exact, but as near as floating point gets
};

Scaled Convert(const Decimal& value, const Ratio& factor, int scale) {
    Int128 n = MultiplyChecked(value.units, factor.numerator, "单位换算");
    Int128 d = MultiplyChecked(factor.denominator, PowerOfTen(value.scale), "单位换算");
    n = MultiplyChecked(n, PowerOfTen(scale), "单位换算");
    const Int128 rounded = DivideRounded(n, d);
    const Int128 rest = Absolute(n - rounded * d);
    Scaled out;
    out.units = Narrow(rounded, "单位换算");
    out.exact = rest == 0;
    out.noise = !out.exact && rest <= Absolute(n) / kNoise;
    return out;
}

// With a few more decimals than `scale`, less the zeros at its end.
std::string MoreExact(const Decimal& value, const Ratio& factor, int scale) {
    constexpr int kMore = 4;
    Decimal out{0, std::min(scale + kMore, kMaxScale)};
    out.units = Convert(value, factor, out.scale).units;
    while (out.scale > scale && out.units % 10 == 0) {
        out.units /= 10;
        --out.scale;
    }
    return ToText(out);
}

// Names are spaced out to fill a column (朱　淑): in short texts a space beside a Chinese character
// means nothing.
std::string Tidy(const std::string& text) {
    const std::u32string points = ToCodePoints(Trim(text));
    if (points.size() > kShortText) {
        return ToUtf8(points);
    }
    std::u32string out;
    for (size_t i = 0; i < points.size(); ++i) {
        const bool space = RemoveSpaces(ToUtf8(points.substr(i, 1))).empty();
        const bool wide =
            (!out.empty() && out.back() > 0x7f) || (i + 1 < points.size() && points[i + 1] > 0x7f);
        if (!space || !wide) {
            out += points[i];
        }
    }
    return ToUtf8(out);
}

bool HasWord(
    const definition::Vocabulary& vocabulary, const std::string& topic, const std::string& text
) {
    const auto found = vocabulary.find(topic);
    return found != vocabulary.end() &&
           std::any_of(found->second.begin(), found->second.end(), [&](const std::string& word) {
               return Normalise(word) == text;
           });
}

}  // namespace

std::string GrainExample(Grain grain) {
    switch (grain) {
        case Grain::kYear:
            return "2023年";
        case Grain::kQuarter:
            return "2023年三季度";
        case Grain::kMonth:
            return "2023年6月";
        case Grain::kDay:
            break;
    }
    return "2023年6月30日";
}

std::string GrainWord(Grain grain) {
    switch (grain) {
        case Grain::kYear:
            return "年";
        case Grain::kQuarter:
            return "季度";
        case Grain::kMonth:
            return "月";
        case Grain::kDay:
            break;
    }
    return "日";
}

CellReader::CellReader(
    const definition::Model& model,
    const sheet::Vocabulary& vocabulary,
    const access::PlaceTree& places
)
    : model_(model), vocabulary_(vocabulary), places_(places) {}

const PlaceReader& CellReader::place_reader() const {
    if (!place_reader_) {
        place_reader_.emplace(model_, places_);
    }
    return *place_reader_;
}

const SameWords& CellReader::same_words() const {
    if (!same_words_) {
        same_words_.emplace(Words("same_words"));
    }
    return *same_words_;
}

const std::vector<std::string>& CellReader::Words(const std::string& topic) const {
    static const std::vector<std::string> kNone;
    const auto found = model_.vocabulary.find(topic);
    return found == model_.vocabulary.end() ? kNone : found->second;
}

std::optional<formula::Unit> CellReader::UnitOf(const std::string& text) const {
    const size_t slash = text.find('/');
    if (slash != std::string::npos) {
        auto left = model_.units.Parse(text.substr(0, slash));
        const auto right = model_.units.Parse(text.substr(slash + 1));
        if (left && right && left->SameDimension(*right) &&
            Compare(left->factor, right->factor) == 0) {
            return left;
        }
    }
    if (auto unit = model_.units.Parse(text)) {
        return unit;
    }
    for (const auto& [power, factor] : kPowers) {
        auto unit =
            StartsWith(text, power) ? model_.units.Parse(text.substr(power.size())) : std::nullopt;
        if (unit) {
            unit->name = text;
            unit->factor.numerator = MultiplyChecked(unit->factor.numerator, factor, "单位换算");
            return unit;
        }
    }
    return std::nullopt;
}

std::optional<CellReader::HeadingUnit> CellReader::TitleUnitFor(
    const definition::Field& field, const sheet::TableInfo& table
) const {
    std::optional<HeadingUnit> found;
    for (const std::string& text : table.title_units) {
        const auto unit = UnitOf(text);
        if (!unit || !unit->SameDimension(field.type.unit)) {
            continue;
        }
        const bool other = found && Compare(found->unit.factor, unit->factor) != 0;
        const bool own = Compare(unit->factor, field.type.unit.factor) == 0;
        if (!found || (other && own)) {
            found = HeadingUnit{*unit, false, other};
        } else if (other) {
            found->one_of = true;
        }
    }
    return found;
}

std::optional<CellReader::HeadingUnit> CellReader::UnitFor(
    const definition::Field& field, const sheet::TableInfo& table, const sheet::Column& column
) const {
    if (field.type.unit.IsNone()) {
        return std::nullopt;
    }
    if (column.unit.empty()) {
        return TitleUnitFor(field, table);
    }
    const auto unit = UnitOf(column.unit);
    if (unit && unit->SameDimension(field.type.unit)) {
        return HeadingUnit{*unit};
    }
    const size_t slash = field.type.unit.name.find('/');
    if (slash == std::string::npos) {
        return std::nullopt;
    }
    const std::string per = field.type.unit.name.substr(slash + 1);
    const auto whole = UnitOf(column.unit + "/" + per);
    if (!whole || !whole->SameDimension(field.type.unit)) {
        return std::nullopt;
    }
    return HeadingUnit{*whole, Normalise(column.name).find(per) == std::string::npos};
}

// 1.1元 under a heading in 元/斤 is 1.1元/斤: a cell leaves out what it is per.
std::optional<formula::Unit> CellReader::UnitOfCell(
    const std::string& said, const formula::Unit& wanted, const ColumnReading& reading
) const {
    auto unit = UnitOf(said);
    const std::string& name = reading.unit ? reading.unit->name : wanted.name;
    const size_t slash = name.find('/');
    if (!unit || unit->SameDimension(wanted) || slash == std::string::npos) {
        return unit;
    }
    const auto whole = UnitOf(said + name.substr(slash));
    return whole && whole->SameDimension(wanted) ? whole : unit;
}

CellValue CellReader::ReadNumeric(
    const definition::Field& field, const sheet::Cell& cell, const ColumnReading& reading
) const {
    const auto number = sheet::ReadNumber(cell, vocabulary_);
    if (!number) {
        return {};
    }
    std::optional<formula::Unit> unit = reading.unit;
    if (!number->unit.empty()) {
        unit = UnitOfCell(number->unit, field.type.unit, reading);
    } else if (cell.is_percent) {
        unit = formula::Unit{};
    }
    Ratio factor{1, 1};
    if (unit && !field.type.unit.IsNone()) {
        if (!unit->SameDimension(field.type.unit)) {
            throw Problem(
                "wrong_unit",
                {{"value", cell.text}, {"unit", unit->name}, {"expected", field.type.unit.name}}
            );
        }
        factor = formula::Conversion(*unit, field.type.unit);
    }
    const bool whole = field.type.kind == formula::Kind::kInt;
    const int scale = whole ? 0 : field.type.scale;
    const Scaled scaled = Convert(number->value, factor, scale);
    if (whole && !scaled.exact && !scaled.noise) {
        throw Problem("not_whole", {{"value", cell.text}});
    }
    CellValue out;
    out.value = whole ? Value(scaled.units) : Value(Decimal{scaled.units, scale});
    if (!scaled.exact && !scaled.noise) {
        out.note = "rounded";
        const bool converted = factor.numerator != factor.denominator;
        out.note_text =
            converted
                ? CatalogueWords(
                      "rounded_unit",
                      {{"value", ToText(number->value)},
                       {"from", unit->name},
                       {"exact", MoreExact(number->value, factor, scale)},
                       {"to", field.type.unit.name},
                       {"rounded", formula::ToText(out.value)}}
                  )
                : CatalogueWords(
                      "rounded", {{"value", cell.text}, {"rounded", formula::ToText(out.value)}}
                  );
    }
    if (cell.kind == sheet::CellKind::kNumber && cell.is_date && !cell.shown.empty()) {
        out.note = "date_in_number";
        out.note_text =
            CatalogueWords("date_in_number", {{"shown", cell.shown}, {"value", cell.text}});
    }
    return out;
}

CellValue CellReader::ReadDay(const sheet::Cell& cell, const ColumnReading& reading) const {
    CellValue out;
    if (HasWord(model_.vocabulary, "not_yet_words", Normalise(cell.text))) {
        out.note = "not_yet";
        out.note_text = CatalogueWords("not_yet", {{"value", cell.text}});
        return out;
    }
    const auto date = sheet::ReadDate(cell, vocabulary_);
    if (!date) {
        return {};
    }
    Date day = date->date;
    if (date->ambiguous) {
        const int month = reading.ambiguous_month == 10 ? 10 : 1;
        day = Date{day.year, month, DaysInMonth(day.year, month)};
        out.note = "ambiguous_month";
        out.note_text = CatalogueWords(
            "ambiguous_month", {{"value", cell.text}, {"month", std::to_string(month)}}
        );
    }
    if (date->time_dropped) {
        out.note = "time_dropped";
        out.note_text = CatalogueWords(
            "time_dropped", {{"value", cell.shown.empty() ? cell.text : cell.shown}}
        );
    }
    out.value = day;
    out.precision = date->precision == sheet::Precision::kYear    ? DatePrecision::kYear
                    : date->precision == sheet::Precision::kMonth ? DatePrecision::kMonth
                                                                  : DatePrecision::kDay;
    return out;
}

std::optional<Period> CellReader::PeriodPart(const std::string& text, Grain grain, int year) const {
    std::string part = Normalise(text);
    const bool bare =
        !part.empty() && part.size() <= 2 &&
        std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
    part += bare ? (grain == Grain::kQuarter ? "季度" : "月") : "";
    const auto found = sheet::FindPeriod(part) ? std::nullopt : sheet::FindPeriod(part, year);
    return found && found->grain == grain ? found : std::nullopt;
}

std::optional<Period> CellReader::PeriodIn(const std::string& text, Grain grain) const {
    const auto found = sheet::FindPeriod(text);
    if (!found) {
        return std::nullopt;
    }
    if (found->grain == grain) {
        return found;
    }
    // The end of the period names it: 2022年12月 on a yearly return.
    const Period whole = PeriodOf(found->last, grain);
    const bool finer = static_cast<int>(found->grain) < static_cast<int>(grain);
    return finer && whole.last == found->last ? std::optional(whole) : std::nullopt;
}

Period CellReader::ReadPeriod(const definition::Field& field, const sheet::Cell& cell) const {
    const Grain grain = field.type.grain;
    const std::string text = Normalise(cell.text);
    if (cell.is_date) {
        return PeriodOf(cell.date, grain);
    }
    if (const auto exact = ParsePeriod(text); exact && exact->grain == grain) {
        return *exact;
    }
    if (const auto found = PeriodIn(text, grain)) {
        return *found;
    }
    const auto year = text.size() == 4 ? ParseDecimal(text) : std::nullopt;
    if (grain == Grain::kYear && year && year->units >= 1900 && year->units < 2200) {
        return YearPeriod(static_cast<int>(year->units));
    }
    throw Problem(
        "bad_period",
        {{"value", cell.text}, {"grain", GrainWord(grain)}, {"example", GrainExample(grain)}}
    );
}

bool CellReader::ReadBool(const std::string& text) const {
    const std::string word = Normalise(text);
    if (HasWord(model_.vocabulary, "yes_words", word) || word == "true" || word == "TRUE") {
        return true;
    }
    if (HasWord(model_.vocabulary, "no_words", word) || word == "false" || word == "FALSE") {
        return false;
    }
    throw Problem("bad_bool", {{"value", text}});
}

std::optional<std::string> CellReader::Choice(
    const definition::Field& field, const std::string& text
) const {
    const std::string word = Normalise(text);
    for (const std::string& choice : field.type.choices) {
        if (Normalise(choice) == word) {
            return choice;
        }
    }
    for (const auto& [spelling, choice] : field.value_also) {
        if (Normalise(spelling) == word) {
            return choice;
        }
    }
    const definition::List* list = field.list.empty() ? nullptr : model_.FindList(field.list);
    for (size_t i = 0; list != nullptr && i < list->items.size(); ++i) {
        const definition::ListItem& item = list->items[i];
        const bool spelled = Normalise(item.name.zh) == word ||
                             std::any_of(item.also.begin(), item.also.end(), [&](const auto& one) {
                                 return Normalise(one) == word;
                             });
        if (spelled) {
            return item.id;
        }
    }
    return std::nullopt;
}

CellValue CellReader::Read(
    const definition::Field& field, const sheet::Cell& cell, const ColumnReading& reading
) const {
    const formula::Kind kind = field.type.kind;
    if (cell.kind == sheet::CellKind::kError && cell.text == sheet::kNotComputed) {
        throw Problem("formula_not_computed");
    }
    if (cell.kind == sheet::CellKind::kError && kind == formula::Kind::kText) {
        throw Problem("error_cell", {{"value", cell.text}});
    }
    if (kind == formula::Kind::kInt || kind == formula::Kind::kDecimal) {
        return ReadNumeric(field, cell, reading);
    }
    if (kind == formula::Kind::kDate) {
        return ReadDay(cell, reading);
    }
    const bool code = field.format != definition::Format::kNone;
    const auto text =
        code ? sheet::ReadCode(cell, vocabulary_) : sheet::ReadText(cell, vocabulary_);
    if (!text) {
        return {};
    }
    CellValue out;
    switch (kind) {
        case formula::Kind::kPeriod:
            out.value = ReadPeriod(field, cell);
            break;
        case formula::Kind::kBool:
            out.value = ReadBool(*text);
            break;
        case formula::Kind::kChoice:
            if (const auto choice = Choice(field, *text)) {
                out.value = *choice;
                break;
            }
            throw Problem(
                "unknown_choice", {{"value", *text}, {"options", Join(field.type.choices, "、")}}
            );
        default:
            out.value = Tidy(*text);
            break;
    }
    return out;
}

std::optional<int64_t> CellReader::ReadPlace(const sheet::Cell& cell) const {
    const auto text = sheet::ReadText(cell, vocabulary_);
    if (!text) {
        return std::nullopt;
    }
    if (const auto place = PlaceOf(*text)) {
        return place;
    }
    std::vector<std::string> names;
    for (const access::Place* one : place_reader().Candidates(*text)) {
        names.push_back(one->name);
    }
    if (names.size() > 1) {
        throw Problem("ambiguous_place", {{"value", *text}, {"candidates", Join(names, "、")}});
    }
    names.clear();
    for (const access::Place& one : places_.places()) {
        names.push_back(one.name);
    }
    const zw::Words near = PerhapsMeant(Nearest(Normalise(*text), names));
    throw Problem(
        "unknown_place",
        {{"value", *text},
         {"nearest", near.zh},
         {"nearest_en", near.en},
         {"town", places_.town_itself().name}}
    );
}

bool CellReader::Fits(
    const definition::Field& field, const sheet::Cell& cell, const ColumnReading& reading
) const {
    const bool id_number = field.format == definition::Format::kIdNumber;
    try {
        const CellValue read = Read(field, cell, reading);
        if (!id_number) {
            return true;
        }
        const std::string* text = std::get_if<std::string>(&read.value);
        return text == nullptr || text->size() == 18 || text->size() == 15;
    } catch (const Problem& problem) {
        return problem.code() == "id_lost_digits";
    }
}

}  // namespace zw::ledger
