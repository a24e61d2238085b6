// What stands around a table: period and place in its title, the name of its sheet or file.

#include <algorithm>
#include <filesystem>

#include "base/text.h"
#include "ledger/import_matching.h"
#include "ledger/import_propose.h"

namespace zw::ledger {
namespace {

constexpr size_t kFewestPlaces = 2;

std::string Stem(const std::string& file) {
    return std::filesystem::path(file).stem().string();
}

bool IsDigit(char c) {
    return c >= '0' && c <= '9';
}

// The year that the only number of a file's name is: 2023人口, 人口2023; not 2023上半年.
std::optional<Period> OnlyYear(const std::string& name) {
    for (const std::string_view part : {"半年", "季", "月"}) {
        if (name.find(part) != std::string::npos) {
            return std::nullopt;
        }
    }
    constexpr int64_t kFirst = 2000;
    constexpr int64_t kLast = 2099;
    const auto first = std::find_if(name.begin(), name.end(), IsDigit);
    const auto end = std::find_if_not(first, name.end(), IsDigit);
    const bool only = end - first == 4 && std::none_of(end, name.end(), IsDigit) &&
                      !StartsWith(std::string(end, name.end()), "年");
    const auto year = only ? ParseDecimal(std::string(first, end)) : std::nullopt;
    return year && year->units >= kFirst && year->units <= kLast
               ? std::optional(YearPeriod(static_cast<int>(year->units)))
               : std::nullopt;
}

// The one period that the words of a file's name say: 表7 2023年, where 7 is no part of the year.
std::optional<Period> PeriodOfName(const std::string& name) {
    if (const auto whole = sheet::FindPeriod(name)) {
        return whole;
    }
    std::optional<Period> found;
    for (const std::string& word : Split(name, ' ')) {
        const auto own = sheet::FindPeriod(word);
        if (own && found && *own != *found) {
            return std::nullopt;
        }
        found = own ? own : found;
    }
    return found ? found : OnlyYear(Normalise(name));
}

// 截至2023年12月31日 in a title.
std::optional<Period> AsOf(const CellReader& reader, const std::string& title, Grain grain) {
    const std::string text = Normalise(title);
    for (const std::string& word : reader.Words("as_of_words")) {
        const size_t at = text.find(word);
        const std::string rest = at == std::string::npos ? "" : text.substr(at + word.size());
        if (!rest.empty() && IsDigit(rest.front())) {
            if (const auto found = AdaptPeriod(sheet::FindPeriod(rest), grain)) {
                return found;
            }
        }
    }
    return std::nullopt;
}

}  // namespace

Words MissingPeriodText(Grain grain) {
    return CatalogueWords(
        "ask_period",
        {{"grain", GrainWord(grain)},
         {"grain_en", std::string(GrainName(grain))},
         {"example", GrainExample(grain)}}
    );
}

Words MissingPlaceText() {
    return CatalogueWords("ask_place");
}

std::vector<SourceKind> SourcesAround(const sheet::TableInfo& table) {
    // Below another table the own title says more than the name of the sheet, which is of both.
    if (table.below && !table.titles.empty()) {
        return {SourceKind::kTitle, SourceKind::kSheet, SourceKind::kFile};
    }
    return {SourceKind::kSheet, SourceKind::kTitle, SourceKind::kFile};
}

bool HasSections(const CellReader& reader, const TableScan& table) {
    return std::any_of(table.lone.begin(), table.lone.end(), [&](const std::string& text) {
        return reader.PlaceOfSection(text).has_value();
    });
}

bool LiesOnSide(const CellReader& reader, const sheet::TableInfo& table) {
    const auto is_place = [&](const sheet::Column& column) {
        return std::any_of(column.path.begin(), column.path.end(), [&](const std::string& tier) {
            const auto place = reader.PlaceOf(tier);
            return place && *place != reader.places().town_itself().id;
        });
    };
    const auto places =
        static_cast<size_t>(std::count_if(table.columns.begin(), table.columns.end(), is_place));
    return places >= kFewestPlaces && places * 2 >= table.columns.size() &&
           !is_place(table.columns.front());
}

const definition::Field* PeriodField(const definition::RecordType& type) {
    std::vector<std::string> ids;
    if (type.reported) {
        ids.push_back(type.reported->at);
    }
    if (type.series) {
        ids.push_back(type.series->on);
    }
    ids.insert(ids.end(), type.key.begin(), type.key.end());
    for (const std::string& id : ids) {
        const definition::Field* field = id == "place" ? nullptr : type.FindField(id);
        if (field != nullptr && field->type.kind == formula::Kind::kPeriod) {
            return field;
        }
    }
    return nullptr;
}

bool InKey(const definition::RecordType& type, const std::string& field) {
    return std::find(type.key.begin(), type.key.end(), field) != type.key.end();
}

bool NamesPlaceOnce(const TableScan& table, const std::string& path) {
    for (size_t i = 0; i < table.columns.size(); ++i) {
        if (PathKey(table.info.columns[i]) != path) {
            continue;
        }
        const ColumnStats& stats = table.columns[i];
        const int64_t blank = table.rows - stats.filled;
        // Villages with a single row among the others, but not one name that was forgotten.
        return stats.begins && stats.repeats == 0 && blank > 0 && blank * 2 >= stats.filled;
    }
    return false;
}

std::vector<std::string> IdleHeadings(const SheetMapping& mapping, const sheet::TableInfo& table) {
    std::vector<std::string> idle;
    for (const auto& [path, target] : mapping.columns) {
        const bool there = std::any_of(
            table.columns.begin(),
            table.columns.end(),
            [key = PathKey(path)](const sheet::Column& column) { return PathKey(column) == key; }
        );
        if (!there) {
            idle.push_back(path);
        }
    }
    return idle;
}

std::vector<std::string> ShownSamples(const ColumnStats& stats) {
    constexpr size_t kShownSamples = 3;
    std::vector<std::string> out;
    for (const sheet::Cell& cell : stats.samples) {
        const std::string& text = cell.shown.empty() ? cell.text : cell.shown;
        if (std::find(out.begin(), out.end(), text) == out.end()) {
            out.push_back(text);
        }
        if (out.size() == kShownSamples) {
            break;
        }
    }
    return out;
}

void AskForPlacesAbove(const TableScan& table, SheetProposal& out) {
    ValueSource& place = out.mapping.place;
    if (place.kind != SourceKind::kColumn || place.columns.size() != 1 ||
        !NamesPlaceOnce(table, PathKey(place.columns.front()))) {
        return;
    }
    place.down = true;
    for (size_t i = 0; i < table.info.columns.size(); ++i) {
        if (PathKey(table.info.columns[i]) == PathKey(place.columns.front())) {
            const std::string letter = sheet::ColumnLetters(table.info.columns[i].index);
            out.questions.push_back(
                {"unsure_column",
                 CatalogueWords(
                     "ask_place_above",
                     {{"column", letter},
                      {"heading", table.info.columns[i].name},
                      {"count", std::to_string(table.rows - table.columns[i].filled)}}
                 ),
                 letter,
                 {},
                 true}
            );
        }
    }
}

const definition::Field* PlacedBy(
    const definition::Model& model, const definition::RecordType& type
) {
    const auto without_place = [](const std::vector<std::string>& way) {
        return std::none_of(way.begin(), way.end(), [](const std::string& part) {
            return part == "place" || part == "village";
        });
    };
    for (const definition::Field& field : type.fields) {
        const bool refers = field.type.kind == formula::Kind::kRef && field.required &&
                            !field.create_draft && model.FindRecord(field.type.record) != nullptr;
        if (refers && std::any_of(field.match.begin(), field.match.end(), without_place)) {
            return &field;
        }
    }
    return nullptr;
}

bool NeedsPlace(const definition::RecordType& type) {
    // A sheet of targets that names no village is of the town itself.
    const bool of_town = !type.plays_target.empty();
    return type.reported.has_value() || (InKey(type, "place") && !of_town);
}

std::optional<Period> PeriodFrom(
    SourceKind kind,
    const CellReader& reader,
    const TableContext& context,
    const sheet::TableInfo& table,
    Grain grain
) {
    if (kind == SourceKind::kTitle) {
        auto found = AdaptPeriod(table.title_period, grain);
        for (size_t i = 0; !table.title_period && !found && i < table.titles.size(); ++i) {
            found = AsOf(reader, table.titles[i], grain);
        }
        return found;
    }
    if (kind == SourceKind::kFile) {
        return AdaptPeriod(PeriodOfName(Stem(context.file)), grain);
    }
    if (kind != SourceKind::kSheet) {
        return std::nullopt;
    }
    if (const auto own = reader.PeriodIn(context.sheet, grain)) {
        return own;
    }
    // A sheet 一季度 in a book of 2023.
    for (const auto& base : {table.title_period, PeriodOfName(Stem(context.file))}) {
        if (base && base->grain == Grain::kYear && grain != Grain::kYear) {
            if (const auto both =
                    AdaptPeriod(sheet::FindPeriod(context.sheet, base->last.year), grain)) {
                return both;
            }
        }
    }
    return std::nullopt;
}

std::optional<int64_t> PlaceFrom(
    SourceKind kind,
    const CellReader& reader,
    const TableContext& context,
    const sheet::TableInfo& table
) {
    if (kind == SourceKind::kSheet) {
        return reader.PlaceIn(context.sheet);
    }
    if (kind == SourceKind::kFile) {
        return reader.PlaceIn(Stem(context.file));
    }
    if (kind == SourceKind::kTitle) {
        for (const auto* titles : {&table.titles, &table.above}) {
            for (const std::string& title : *titles) {
                if (const auto place = reader.PlaceIn(title)) {
                    return place;
                }
            }
        }
    }
    return std::nullopt;
}

}  // namespace zw::ledger
