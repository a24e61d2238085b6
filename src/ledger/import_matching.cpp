#include "ledger/import_matching.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace zw::ledger {
namespace {

constexpr double kSerialIsField = 0.9;  // a running number must be named clearly to be a field
constexpr size_t kEnoughToJudge = 2;
constexpr int kAnyYear = 2023;  // whether a text is a quarter hangs on no year

// 2022, 2022年: absent when it is no year.
std::optional<Period> YearOf(const std::string& text) {
    const std::string word = Normalise(text);
    const auto number = word.size() == 4 ? ParseDecimal(word) : std::nullopt;
    if (number && number->scale == 0 && number->units >= 1950 && number->units < 2150) {
        return YearPeriod(static_cast<int>(number->units));
    }
    const auto found = sheet::FindPeriod(word);
    return found && found->grain == Grain::kYear ? found : std::nullopt;
}

}  // namespace

struct Matching::Offer {
    size_t column = 0;
    const definition::Field* field = nullptr;
    bool computed = false;
    Fit fit;
};

std::optional<Period> AdaptPeriod(const std::optional<Period>& found, Grain grain) {
    if (!found || found->grain == grain) {
        return found;
    }
    const Period whole = PeriodOf(found->last, grain);
    const bool finer = static_cast<int>(found->grain) < static_cast<int>(grain);
    return finer && whole.last == found->last ? std::optional(whole) : std::nullopt;
}

Matching::Matching(const CellReader& reader, const TableContext& context, const TableScan& table)
    : reader_(reader), context_(context), table_(table), matcher_(reader, table) {}

std::string Matching::GroupOf(size_t column) const {
    const auto& period = table_.info.columns[column].period;
    return period ? ToText(*period) : std::string();
}

Candidate Matching::Try(const definition::RecordType& type) const {
    Candidate out;
    out.type = &type;
    FindUnpivot(out);
    Assign(out);
    TakePeriodColumns(out);
    if (out.period.kind == SourceKind::kNone) {
        out.period = FindPeriodSource(out);
    }
    out.place = FindPlaceSource(out);
    Judge(out);
    return out;
}

// ---- columns that are fields
// ------------------------------------------------------------------------------------------------

std::vector<Matching::Offer> Matching::Offers(const Candidate& candidate) const {
    std::vector<Offer> offers;
    for (size_t column = 0; column < table_.info.columns.size(); ++column) {
        if (IsReasonColumn(table_.info.columns[column]) || candidate.unpivoted.contains(column) ||
            candidate.strays.contains(column)) {
            continue;
        }
        const double least = matcher_.IsSerial(column) ? kSerialIsField : kLikely;
        const auto offer = [&](const definition::Field* field, bool computed, Fit fit) {
            if (fit.score >= least) {
                offers.push_back({column, field, computed, std::move(fit)});
            }
        };
        offer(nullptr, false, matcher_.FitPlace(column, *candidate.type));
        for (const definition::Field& field : candidate.type->fields) {
            if (!candidate.unpivot || !Fills(*candidate.unpivot, field)) {
                offer(&field, false, matcher_.FitField(column, field));
            }
        }
        for (const definition::Computed& computed : candidate.type->computed) {
            offer(&computed.field, true, matcher_.FitField(column, computed.field));
        }
    }
    std::stable_sort(offers.begin(), offers.end(), [](const Offer& a, const Offer& b) {
        return a.fit.score > b.fit.score;
    });
    return offers;
}

void Matching::Assign(Candidate& out) const {
    const std::vector<Offer> offers = Offers(out);
    Taken taken;
    for (const Offer& offer : offers) {
        const std::string group = GroupOf(offer.column);
        if (!out.columns.contains(offer.column) && !IsTaken(taken, offer.field, group)) {
            out.columns[offer.column] = {offer.field, offer.computed, offer.fit};
            taken.insert({offer.field, group});
        }
    }
    for (const Offer& offer : offers) {
        NoteRival(offer, taken, out);
        NoteClash(offer, out);
    }
    Eliminate(out);
}

// A column outside all groups of periods would fill its field in each of them: it excludes them,
// and they it.
bool Matching::IsTaken(
    const Taken& taken, const definition::Field* field, const std::string& group
) {
    if (taken.contains({field, group}) || taken.contains({field, ""})) {
        return true;
    }
    const auto any = taken.lower_bound({field, ""});
    return group.empty() && field != nullptr && any != taken.end() && any->first == field;
}

// Columns of a field of which one stands under a period and the other does not: which of them is
// meant cannot be seen.
void Matching::NoteClash(const Offer& offer, Candidate& out) const {
    const bool lost = offer.field != nullptr && !offer.computed &&
                      !out.columns.contains(offer.column) &&
                      table_.columns[offer.column].filled > 0;
    if (!lost) {
        return;
    }
    const auto leaf = [&](size_t column) {
        const HeadingForms& forms = matcher_.forms(column);
        return forms.tails.empty() ? forms.whole : std::vector{forms.tails.back()};
    };
    for (const auto& [column, assigned] : out.columns) {
        const bool across = GroupOf(column).empty() != GroupOf(offer.column).empty();
        if (assigned.field == offer.field && across &&
            (offer.fit.score >= kSure || leaf(column) == leaf(offer.column))) {
            out.clashes.emplace(offer.column, column);
        }
    }
}

// A field or a column that would have fitted just as well and got nothing makes the choice unsure.
void Matching::NoteRival(const Offer& offer, const Taken& taken, Candidate& out) const {
    const std::string group = GroupOf(offer.column);
    const auto own = out.columns.find(offer.column);
    if (own != out.columns.end()) {
        const bool better = offer.fit.score > own->second.rival;
        if (own->second.field != offer.field && offer.field != nullptr && better &&
            !taken.contains({offer.field, group})) {
            own->second.rival = offer.fit.score;
            own->second.rival_name = offer.field->name.zh;
            own->second.rival_field = offer.field->id;
        }
        return;
    }
    for (auto& [column, assigned] : out.columns) {
        const bool same =
            assigned.field == offer.field && GroupOf(column) == group && offer.field != nullptr;
        if (same && offer.fit.score > assigned.rival) {
            assigned.rival = offer.fit.score;
            assigned.rival_name =
                sheet::ColumnLetters(table_.info.columns[offer.column].index) + "列";
            assigned.rival_field.clear();
        }
    }
}

// Where one field is left and one column that can only be it, that is proposed, and asked.
void Matching::Eliminate(Candidate& out) const {
    std::map<size_t, std::vector<const definition::Field*>> by_column;
    std::map<const definition::Field*, int> chances;
    for (size_t i = 0; i < table_.columns.size(); ++i) {
        const bool open =
            !out.columns.contains(i) && !out.unpivoted.contains(i) && !out.clashes.contains(i) &&
            !out.strays.contains(i) && !matcher_.IsSerial(i) && !matcher_.HoldsPlaces(i) &&
            !matcher_.Compares(i) && table_.columns[i].samples.size() >= kEnoughToJudge &&
            !IsReasonColumn(table_.info.columns[i]);
        for (const definition::Field& field : out.type->fields) {
            if (out.unpivot && Fills(*out.unpivot, field)) {
                continue;
            }
            const bool dated = field.type.kind == formula::Kind::kDate &&
                               (field.required || InKey(*out.type, field.id));
            const bool measured = IsNumber(field) && !field.type.unit.IsNone() &&
                                  matcher_.UnitFit(i, field).value_or(0) > 0;
            const bool can = open && (dated || measured) && Of(out, &field) == nullptr &&
                             matcher_.ContentFit(i, field) >= 0.9;
            if (can && !(dated && table_.columns[i].numbers == table_.columns[i].filled &&
                         table_.columns[i].counts_up)) {
                by_column[i].push_back(&field);
                ++chances[&field];
            }
        }
    }
    for (const auto& [column, fields] : by_column) {
        if (fields.size() == 1 && chances[fields.front()] == 1) {
            out.columns[column] = {
                fields.front(), false, {kByElimination, CatalogueWords("fit_only")}};
        }
    }
}

const Assigned* Matching::Of(const Candidate& candidate, const definition::Field* field) const {
    for (const auto& [column, assigned] : candidate.columns) {
        if (assigned.field == field) {
            return &assigned;
        }
    }
    return nullptr;
}

// ---- period and place
// -------------------------------------------------------------------------------------------------------

// A year and its quarter (or month) side by side; or the quarter alone, the year standing around.
std::optional<ValueSource> Matching::PeriodColumns(
    const Candidate& candidate, const definition::Field& field
) const {
    const Grain grain = field.type.grain;
    const std::vector<KnownName> periods = KnownNames(reader_.Words("period_headings"));
    std::string year;
    std::string part;
    double best = 0;
    for (size_t i = 0; i < table_.columns.size(); ++i) {
        const auto assigned = candidate.columns.find(i);
        const bool taken = assigned != candidate.columns.end() && assigned->second.field != &field;
        if (taken || matcher_.IsSerial(i) || table_.columns[i].samples.empty()) {
            continue;
        }
        const auto is_year = [](const std::string& text) { return YearOf(text).has_value(); };
        if (year.empty() && MostSamples(i, is_year)) {
            year = PathKey(table_.info.columns[i]);
            continue;
        }
        const auto is_part = [&](const std::string& text) {
            return reader_.PeriodPart(text, grain, kAnyYear).has_value();
        };
        const double named = std::max(
            matcher_.FitName(matcher_.forms(i), field).score,
            NameFit(matcher_.forms(i), periods).score
        );
        // 1 to 4 may count anything: such a column must be named.
        const bool spoken = table_.columns[i].numbers == 0;
        const double score = named >= kLikely ? named : spoken ? kLikely : 0;
        // Some rows may write the year with it.
        const auto is_whole = [&](const std::string& text) {
            return reader_.PeriodIn(text, grain).has_value();
        };
        const auto is_either = [&](const std::string& text) {
            return is_part(text) || (year.empty() && is_whole(text));
        };
        if (score > best && AnySample(i, is_part) && MostSamples(i, is_either)) {
            best = score;
            part = PathKey(table_.info.columns[i]);
        }
    }
    if (part.empty()) {
        return std::nullopt;
    }
    return ValueSource{
        SourceKind::kColumn, year.empty() ? std::vector{part} : std::vector{year, part}, {}};
}

bool Matching::AnySample(size_t column, const std::function<bool(const std::string&)>& holds)
    const {
    const auto& samples = table_.columns[column].samples;
    return std::any_of(samples.begin(), samples.end(), [&](const sheet::Cell& cell) {
        return holds(cell.text);
    });
}

bool Matching::MostSamples(size_t column, const std::function<bool(const std::string&)>& holds)
    const {
    const auto& samples = table_.columns[column].samples;
    const auto held = std::count_if(samples.begin(), samples.end(), [&](const sheet::Cell& cell) {
        return holds(cell.text);
    });
    return static_cast<size_t>(held) * 3 >= samples.size() * 2;
}

// Columns that say the period together are no field by themselves.
void Matching::TakePeriodColumns(Candidate& out) const {
    const definition::Field* field = PeriodField(*out.type);
    if (field == nullptr || field->type.grain == Grain::kYear) {
        return;
    }
    const auto columns = PeriodColumns(out, *field);
    if (!columns) {
        return;
    }
    out.period = *columns;
    for (size_t i = 0; i < table_.info.columns.size(); ++i) {
        const auto& paths = columns->columns;
        const bool used =
            std::find(paths.begin(), paths.end(), PathKey(table_.info.columns[i])) != paths.end();
        const auto assigned = out.columns.find(i);
        const bool own = assigned != out.columns.end() && assigned->second.field == field;
        if (used || own) {
            out.columns.erase(i);
        }
        if (used) {
            out.period_columns.insert(i);
        }
    }
}

ValueSource Matching::FindPeriodSource(const Candidate& candidate) const {
    const definition::Field* field = PeriodField(*candidate.type);
    if (field == nullptr || Of(candidate, field) != nullptr) {
        return {};
    }
    const auto grouped = [&](size_t column) {
        return AdaptPeriod(table_.info.columns[column].period, field->type.grain).has_value();
    };
    if (std::any_of(
            candidate.columns.begin(),
            candidate.columns.end(),
            [&](const auto& entry) { return grouped(entry.first); }
        ) ||
        std::any_of(candidate.unpivoted.begin(), candidate.unpivoted.end(), grouped)) {
        return {SourceKind::kHeading, {}, {}};
    }
    for (const SourceKind kind : SourcesAround(table_.info)) {
        if (PeriodFrom(kind, reader_, context_, table_.info, field->type.grain)) {
            return {kind, {}, {}};
        }
    }
    return {};
}

ValueSource Matching::FindPlaceSource(const Candidate& candidate) const {
    for (const auto& [column, assigned] : candidate.columns) {
        if (assigned.field == nullptr) {
            return {SourceKind::kColumn, {PathKey(table_.info.columns[column])}, {}};
        }
    }
    for (const SourceKind kind : SourcesAround(table_.info)) {
        if (PlaceFrom(kind, reader_, context_, table_.info)) {
            return {kind, {}, {}};
        }
    }
    return HasSections(reader_, table_) ? ValueSource{SourceKind::kTitle, {}, {}} : ValueSource{};
}

// ---- the whole
// --------------------------------------------------------------------------------------------------------------

bool Matching::IsNamed(const definition::RecordType& type) const {
    std::vector<std::string> words = type.also;
    words.push_back(type.name.zh);
    std::string said = Normalise(context_.sheet) + "\n" + Normalise(context_.file);
    for (const std::string& title : table_.info.titles) {
        said += "\n" + Normalise(title);
    }
    // The same form again, of another village or year: what it is stands at the top only.
    for (size_t i = 0; table_.info.repeats && i < table_.info.above.size(); ++i) {
        said += "\n" + Normalise(table_.info.above[i]);
    }
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return !Normalise(word).empty() && said.find(Normalise(word)) != std::string::npos;
    });
}

double Matching::KeyCoverage(const Candidate& candidate) const {
    const definition::RecordType& type = *candidate.type;
    if (type.key.empty()) {
        return 1;
    }
    double covered = 0;
    for (const std::string& id : type.key) {
        const definition::Field* field = id == "place" ? nullptr : type.FindField(id);
        const bool from_around = field == nullptr ? candidate.place.kind != SourceKind::kNone
                                                  : field == PeriodField(type) &&
                                                        candidate.period.kind != SourceKind::kNone;
        const bool from_tier = candidate.unpivot && candidate.unpivot->into == id;
        covered += from_around || from_tier || Of(candidate, field) != nullptr ? 1 : 0;
    }
    return covered / static_cast<double>(type.key.size());
}

void Matching::Judge(Candidate& out) const {
    double sum = out.unpivot_score * static_cast<double>(out.unpivoted.size());
    std::set<std::string> fields;
    sum += static_cast<double>(out.period_columns.size());
    for (const auto& [column, assigned] : out.columns) {
        sum += assigned.fit.score;
        if (assigned.field != nullptr) {
            fields.insert(assigned.field->id);
        }
    }
    if (out.unpivot) {
        fields.insert(out.unpivot->into);
        for (const auto& [rest, field] : out.unpivot->columns) {
            fields.insert(field);
        }
    }
    double meaning = 0;
    for (size_t i = 0; i < table_.columns.size(); ++i) {
        const bool counts =
            out.columns.contains(i) || out.unpivoted.contains(i) ||
            out.period_columns.contains(i) ||
            (!matcher_.IsSerial(i) && !matcher_.HoldsPlaces(i) &&
             !IsReasonColumn(table_.info.columns[i]) && table_.columns[i].filled > 0);
        meaning += counts ? 1 : 0;
    }
    const double columns = meaning > 0 ? sum / meaning : 0;
    const double share =
        out.type->fields.empty()
            ? 0
            : static_cast<double>(fields.size()) / static_cast<double>(out.type->fields.size());
    const double keys = KeyCoverage(out);
    out.named = IsNamed(*out.type);
    // A ledger of which only the place was found says nothing.
    out.score = fields.empty() ? 0
                               : 0.5 * columns + 0.15 * std::min(1.0, share) + 0.2 * keys +
                                     (out.named ? 0.15 : 0);
    const size_t matched = out.columns.size() + out.unpivoted.size() + out.period_columns.size();
    out.why = CatalogueWords(
        out.named ? "ledger_fits_named" : "ledger_fits",
        {{"columns", std::to_string(table_.info.columns.size())},
         {"matched", std::to_string(matched)},
         {"keys", fmt::format("{:.0f}", keys * 100)}}
    );
}

}  // namespace zw::ledger
