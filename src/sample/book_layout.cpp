#include "sample/book_layout.h"

#include <algorithm>
#include <map>

#include "base/exact.h"
#include "base/text.h"

namespace zw::sample {

namespace {

using Blocks = std::vector<std::vector<BookColumn>>;

bool SaysOneOf(
    const definition::Model& model,
    const char* list,
    const std::string& heading,
    bool (*says)(std::string_view, std::string_view)
) {
    const auto words = model.vocabulary.find(list);
    return words != model.vocabulary.end() &&
           std::any_of(words->second.begin(), words->second.end(), [&](const std::string& word) {
               return says(heading, word);
           });
}

// "其中…": a part of the column before, whichever that is.
bool IsPart(const definition::Model& model, const std::string& heading) {
    return SaysOneOf(
        model,
        "part_words",
        heading,
        [](std::string_view text, std::string_view word) { return StartsWith(text, word); }
    );
}

bool Adds(const definition::Model& model, const BookColumn& column) {
    const formula::Type& type = column.field->type;
    return type.IsNumber() && !type.unit.IsNone() &&
           type.unit.name.find('/') == std::string::npos &&
           !SaysOneOf(
               model,
               "not_adding_words",
               column.heading,
               [](std::string_view text, std::string_view word) { return EndsWith(text, word); }
           );
}

// "果园/产量": a tier that two fields or more of the record share; top → field → lower.
std::map<std::string, std::map<std::string, std::string>> TiersOf(
    const definition::Model& model, const definition::RecordType& record
) {
    std::map<std::string, std::map<std::string, std::string>> tiers;
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

// n when a = 10^n times b, -n when b = 10^n times a; absent when neither.
std::optional<int> TenPower(const Ratio& factor) {
    constexpr int kMost = 4;  // 万元 and 元
    for (int n = 0; n <= kMost; ++n) {
        const Int128 ten = PowerOfTen(n);
        if (factor.denominator == 1 && factor.numerator == ten) {
            return n;
        }
        if (factor.numerator == 1 && factor.denominator == ten) {
            return -n;
        }
    }
    return std::nullopt;
}

class LayoutMaker {
public:
    explicit LayoutMaker(const LayoutTask& task)
        : task_(task), model_(*task.plan.model), record_(*task.book.record) {}

    BookLayout Make() {
        DrawTotals();
        Blocks blocks = FieldBlocks();
        Mix(blocks);
        AddPlace(blocks);
        if (Chance("serial", 0.85) || task_.csv) {
            BookColumn serial;
            serial.heading = DrawWord(task_.plan, "book_serial", task_.key.With("no"));
            layout_.columns.push_back(serial);
        }
        for (const auto& block : blocks) {
            layout_.columns.insert(layout_.columns.end(), block.begin(), block.end());
        }
        for (BookColumn& column : layout_.columns) {
            column.plain = layout_.by_value && column.id == layout_.subtotals;
        }
        DrawUnits();
        HideOne();
        return std::move(layout_);
    }

private:
    bool Chance(std::string_view what, double chance) const {
        return Stream(task_.key.With(what)).Chance(chance);
    }
    void DrawTotals();
    Blocks FieldBlocks();
    std::vector<BookColumn> ColumnsOf(size_t period);
    BookColumn ColumnOf(const definition::Field& field) const;
    bool MaySayPart(const definition::Field& field, const definition::Field& whole) const;
    void Mix(Blocks& blocks) const;
    void AddPlace(Blocks& blocks) const;
    void DrawUnits();
    void Convert(BookColumn& column) const;
    Decimal Largest(const BookColumn& column) const;
    void HideOne();

    const LayoutTask& task_;
    const definition::Model& model_;
    const definition::RecordType& record_;
    BookLayout layout_;
};

void LayoutMaker::DrawTotals() {
    const double where = Stream(task_.key.With("totals")).Unit();
    layout_.totals = task_.csv || where < 0.1 ? TotalPlace::kNone
                     : where < 0.3            ? TotalPlace::kTop
                                              : TotalPlace::kBottom;
    layout_.formulas = Chance("formulas", 0.4);
    layout_.merge_places = !task_.csv && Chance("merge places", 0.4);
    if (layout_.totals != TotalPlace::kBottom || task_.book.subtotals.empty()) {
        return;
    }
    const std::string by = Draw(task_.book.subtotals, task_.key.With("subtotals"));
    if (!task_.without.contains(by)) {
        layout_.subtotals = by;
        const definition::Field* field = record_.FindField(by);
        layout_.by_value = field != nullptr && field->type.kind == formula::Kind::kChoice;
    }
}

BookColumn LayoutMaker::ColumnOf(const definition::Field& field) const {
    std::vector<std::string> names{field.name.zh, field.name.zh};
    for (const std::string& also : field.also) {
        if (also.find('/') == std::string::npos && !IsPart(model_, also)) {
            names.push_back(also);
        }
    }
    BookColumn column;
    column.id = field.id;
    column.field = &field;
    column.heading = Draw(names, task_.key.With(field.id));
    column.unit = field.type.IsNumber() ? field.type.unit.name : std::string();
    return column;
}

// Every line has both, the part no larger.
bool LayoutMaker::MaySayPart(const definition::Field& field, const definition::Field& whole) const {
    if (!field.type.IsNumber() || field.type.unit.IsNone() ||
        field.type.unit.name != whole.type.unit.name) {
        return false;
    }
    const auto number = [](const MadeRow& row, const std::string& id) -> std::optional<Decimal> {
        const auto value = row.values.find(id);
        return value == row.values.end() ? std::nullopt
                                         : ParseDecimal(formula::ToText(value->second));
    };
    return std::all_of(task_.lines.begin(), task_.lines.end(), [&](const BookLine& line) {
        return std::all_of(line.begin(), line.end(), [&](const NumberedRow* row) {
            const auto part = number(row->row, field.id);
            const auto all = number(row->row, whole.id);
            return part && all && Compare(*part, *all) <= 0;
        });
    });
}

std::vector<BookColumn> LayoutMaker::ColumnsOf(size_t period) {
    std::map<std::string, std::pair<std::string, std::string>> tiered;  // field → top, lower
    for (const auto& [top, fields] : TiersOf(model_, record_)) {
        const bool wanted = task_.periods.empty() && Chance("tier" + top, 0.5);
        for (const auto& [field, lower] : fields) {
            if (wanted && !tiered.contains(field)) {
                tiered[field] = {top, lower};
            }
        }
    }
    std::vector<BookColumn> columns;
    for (const definition::Field& field : record_.fields) {
        if (task_.without.contains(field.id)) {
            continue;
        }
        BookColumn column = ColumnOf(field);
        column.period = period;
        if (const auto tier = tiered.find(field.id); tier != tiered.end()) {
            column.top = tier->second.first;
            column.heading = tier->second.second;
        }
        column.adds = Adds(model_, column);
        // Two columns may not read alike.
        const bool taken =
            std::any_of(columns.begin(), columns.end(), [&](const BookColumn& other) {
                return other.top == column.top && other.heading == column.heading;
            });
        if (taken) {
            column.top.clear();
            column.heading = field.name.zh;
        }
        const auto part = std::find_if(field.also.begin(), field.also.end(), [&](const auto& also) {
            return also.find('/') == std::string::npos && IsPart(model_, also);
        });
        if (part != field.also.end() && !columns.empty() && column.top.empty() &&
            columns.back().top.empty() && !columns.back().part &&
            MaySayPart(field, *columns.back().field) && Chance("part" + field.id, 0.7)) {
            column.heading = *part;
            column.part = true;
        }
        columns.push_back(std::move(column));
    }
    return columns;
}

// Columns that stay together: those of one tier, a whole and its part, all of one period.
Blocks LayoutMaker::FieldBlocks() {
    Blocks blocks;
    if (!task_.periods.empty()) {
        for (size_t period = 0; period < task_.periods.size(); ++period) {
            blocks.push_back(ColumnsOf(period));
            for (BookColumn& column : blocks.back()) {
                column.top = task_.periods[period];
            }
        }
        return blocks;
    }
    for (BookColumn& column : ColumnsOf(0)) {
        const auto block = std::find_if(blocks.begin(), blocks.end(), [&](const auto& other) {
            return !column.top.empty() && other.front().top == column.top;
        });
        if (column.part) {
            blocks.back().push_back(column);
        } else if (block == blocks.end()) {
            blocks.push_back({column});
        } else {
            block->push_back(column);
        }
    }
    return blocks;
}

void LayoutMaker::Mix(Blocks& blocks) const {
    if (!task_.periods.empty()) {
        return;
    }
    for (size_t i = 1; i < blocks.size(); ++i) {
        if (Stream(task_.key.With("swap").With(static_cast<int64_t>(i))).Chance(0.4)) {
            std::swap(blocks[i - 1], blocks[i]);
        }
    }
}

void LayoutMaker::AddPlace(Blocks& blocks) const {
    if (task_.without.contains("place")) {
        return;
    }
    std::vector<std::string> names{record_.place_name.zh, record_.place_name.zh};
    names.insert(names.end(), record_.place_also.begin(), record_.place_also.end());
    BookColumn place;
    place.id = "place";
    place.heading = Draw(names, task_.key.With("place"));
    constexpr int64_t kFarthest = 4;
    const int64_t last = std::min(kFarthest, static_cast<int64_t>(blocks.size()));
    const int64_t at = task_.periods.empty() && Chance("place moves", 0.4)
                           ? Stream(task_.key.With("place at")).Between(0, last)
                           : 0;
    blocks.insert(blocks.begin() + at, {place});
}

Decimal LayoutMaker::Largest(const BookColumn& column) const {
    Decimal largest;
    for (const BookLine& line : task_.lines) {
        const auto value = ParseDecimal(formula::ToText(ValueAt(column, line)));
        largest = value && Compare(*value, largest) > 0 ? *value : largest;
    }
    return largest;
}

// Another unit that the office counts in: only such as make the numbers neither long nor tiny.
void LayoutMaker::Convert(BookColumn& column) const {
    if (column.unit.empty() || column.part || !column.adds || column.field->type.unit.IsNone()) {
        return;
    }
    const formula::Unit& own = column.field->type.unit;
    std::vector<std::pair<std::string, Ratio>> others;
    for (const std::string& name : model_.units.Names()) {
        const auto unit = model_.units.Parse(name);
        if (!unit || !unit->SameDimension(own) || name == own.name || Length(name) > 2) {
            continue;
        }
        const Ratio factor = formula::Conversion(own, *unit);
        const auto power = TenPower(factor);
        const Decimal one{1, 0};
        if (power && *power != 0 &&
            Compare(
                Round(
                    Multiply(
                        Ratio{Largest(column).units, PowerOfTen(Largest(column).scale)}, factor
                    ),
                    kMaxScale - 3
                ),
                one
            ) > 0) {
            others.emplace_back(name, factor);
        }
    }
    if (!others.empty()) {
        const StreamKey key = task_.key.With("unit").With(column.id);
        std::tie(column.unit, column.factor) = Draw(others, key);
    }
}

void LayoutMaker::DrawUnits() {
    std::vector<BookColumn>& columns = layout_.columns;
    for (size_t i = 0; i < columns.size(); ++i) {
        const bool whole = i + 1 < columns.size() && columns[i + 1].part;
        if (!columns[i].unit.empty() && !whole && Chance("convert" + columns[i].id, 0.2)) {
            Convert(columns[i]);
        }
    }
    std::set<std::string> units;
    for (const BookColumn& column : columns) {
        units.insert(column.unit);
    }
    units.erase("");
    const bool converts = std::any_of(columns.begin(), columns.end(), [](const BookColumn& column) {
        return column.Converts();
    });
    const double where = Stream(task_.key.With("units")).Unit();
    if (where < 0.15 && !task_.csv && !units.empty()) {
        layout_.units = UnitPlace::kRow;
    } else if (where < 0.4 && units.size() == 1 && !task_.csv) {
        layout_.units = UnitPlace::kTitle;
    } else if (where > 0.85 && !converts) {
        layout_.units = UnitPlace::kNone;
    }
}

// A column that the office has no eyes for: real data all the same.
void LayoutMaker::HideOne() {
    if (task_.csv || !Chance("hide", 0.3)) {
        return;
    }
    std::vector<size_t> may;
    for (size_t i = 1; i < layout_.columns.size(); ++i) {
        if (layout_.columns[i].field != nullptr && !layout_.columns[i].adds &&
            layout_.columns[i].top.empty()) {
            may.push_back(i);
        }
    }
    if (!may.empty()) {
        layout_.columns[Draw(may, task_.key.With("hidden"))].hidden = true;
    }
}

}  // namespace

BookLayout LayOut(const LayoutTask& task) {
    return LayoutMaker(task).Make();
}

formula::Value ValueAt(const BookColumn& column, const BookLine& line) {
    const ledger::Values& values = line[column.period]->row.values;
    const auto value = values.find(column.id);
    return value == values.end() ? formula::Value() : value->second;
}

const std::string& DrawWord(const Plan& plan, const std::string& name, const StreamKey& key) {
    const auto words = plan.words.find(name);
    if (words == plan.words.end() || words->second.empty()) {
        throw Problem(
            "sample_wrong",
            {{"file", "worklines"},
             {"line", "1"},
             {"what", "[words] 缺 " + name},
             {"what_en", "[words] lacks " + name}}
        );
    }
    return Draw(words->second, key);
}

}  // namespace zw::sample
