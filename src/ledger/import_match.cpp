#include "ledger/import_match.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "sheet/words.h"

namespace zw::ledger {
namespace {

constexpr double kWhole = 1.0;     // the heading is the name
constexpr double kTail = 0.92;     // its last tiers are
constexpr double kButWords = 0.1;  // less, when they are the name but for words that mean the same
constexpr double kSharedLeaf = 0.62;  // its last tier is, but others end so too
constexpr double kLaterName = 0.02;   // less, for a name that is not the first
constexpr double kAlike = 0.6;        // resemblance from which it is mentioned
constexpr double kResembles = 0.78;   // the most that resemblance alone can reach: below kSure
constexpr double kContentOnly =
    0.7;  // contents that only this field can have, under an unknown heading
constexpr double kGeneral = 0.05;      // less, for a heading that every ledger's place may have
constexpr double kSomePlaces = 0.3;    // share of places that bears a heading out
constexpr double kNoPlaces = 0.57;     // what is left of a heading under which no village stands
constexpr double kMostlyPlaces = 0.8;  // share that makes a column one of places by itself
constexpr double kOwnUnit = 0.04;      // more, for a unit that the field can have
constexpr double kHalfUnit = -0.25;    // less, for one that leaves out what it is per: asked
constexpr size_t kEnoughSamples = 3;

std::string WithoutBrackets(const std::string& text) {
    std::string out;
    int depth = 0;
    for (const char c : text) {
        if (c == '(') {
            ++depth;
        } else if (c == ')' && depth > 0) {
            --depth;
        } else if (depth == 0) {
            out += c;
        }
    }
    return out.empty() ? text : out;
}

// (一) 一、 1. 1、 ① a、 before a heading.
std::string WithoutNumbering(const std::string& text) {
    const std::u32string points = ToCodePoints(text);
    const std::u32string digits = U"一二三四五六七八九十0123456789abcdefgh";
    if (!points.empty() && points[0] >= U'①' && points[0] <= U'⑳') {
        return ToUtf8(points.substr(1));
    }
    size_t at = !points.empty() && points[0] == U'(' ? 1 : 0;
    const size_t start = at;
    while (at < points.size() && digits.find(points[at]) != std::u32string::npos) {
        ++at;
    }
    if (at == start || at >= points.size()) {
        return text;
    }
    const bool closed = start == 1
                            ? points[at] == U')'
                            : std::u32string(U"、.").find(points[at]) != std::u32string::npos;
    return closed && at + 1 < points.size() ? ToUtf8(points.substr(at + 1)) : text;
}

std::string StripTier(const std::string& tier, const sheet::Vocabulary& vocabulary) {
    std::string text = WithoutNumbering(Normalise(tier));
    for (const std::string& word : vocabulary.part_words) {
        const std::string part = Normalise(word);
        if (StartsWith(text, part) && text.size() > part.size()) {
            text = text.substr(part.size());
            break;
        }
    }
    while (StartsWith(text, ":")) {
        text = text.substr(1);
    }
    return WithoutNumbering(text);
}

// 园名/地名, 园名或地名 and 园名、地名 are one.
std::string Joined(const std::string& text) {
    std::string out = Normalise(text);
    for (const std::string_view mark : {"/", "或", "及", "、"}) {
        const std::string without = ReplaceAll(out, mark, "");
        out = without.empty() ? out : without;
    }
    return out;
}

// Names as short as one character are left whole: 数 and 名 are no endings of them.
std::string WithoutEnding(const std::string& text, const std::vector<std::string>& endings) {
    const std::string ending = sheet::EndingWord(text, endings);
    const std::string bare = text.substr(0, text.size() - ending.size());
    return Length(bare) > 1 ? bare : text;
}

std::string Bare(const std::string& text, const NameWords& words) {
    return WithoutEnding(words.same == nullptr ? text : words.same->Unified(text), words.endings);
}

// The topic of the vocabulary that lists endings of such headings.
const char* EndingsTopic(const definition::Field& field) {
    switch (field.type.kind) {
        case formula::Kind::kInt:
        case formula::Kind::kDecimal:
            return "count_endings";
        case formula::Kind::kDate:
            return "date_endings";
        case formula::Kind::kChoice:
            return "choice_endings";
        case formula::Kind::kText:
            return "name_endings";
        default:
            return "";
    }
}

// Households, and what is measured in 亩, are never given in percent.
bool MayBePercent(const definition::Field& field) {
    const bool whole = field.type.kind == formula::Kind::kInt;
    return field.type.unit.name == "%" || (!whole && field.type.unit.dims.empty());
}

size_t CommonLength(const std::u32string& a, const std::u32string& b) {
    std::vector<size_t> row(b.size() + 1, 0);
    for (const char32_t x : a) {
        size_t diagonal = 0;
        for (size_t j = 1; j <= b.size(); ++j) {
            const size_t above = row[j];
            row[j] = x == b[j - 1] ? diagonal + 1 : std::max(row[j], row[j - 1]);
            diagonal = above;
        }
    }
    return row.back();
}

// Shared characters in order, from 0 to 1.
double Resemblance(const std::u32string& x, const std::u32string& y) {
    // Of very different lengths they cannot resemble each other: spared, it is asked very often.
    const size_t shorter = std::min(x.size(), y.size());
    if (shorter == 0 ||
        2.0 * static_cast<double>(shorter) < kAlike * static_cast<double>(x.size() + y.size())) {
        return 0;
    }
    return 2.0 * static_cast<double>(CommonLength(x, y)) / static_cast<double>(x.size() + y.size());
}

HeadingForms FormsOf(const std::vector<std::string>& path, const sheet::Vocabulary& vocabulary) {
    std::vector<std::string> raw;
    std::vector<std::string> tiers;
    for (const std::string& tier : path) {
        const bool current = sheet::IsOneOf(Normalise(tier), vocabulary.current_words);
        if (!current && !sheet::FindPeriod(tier) && !Normalise(tier).empty()) {
            raw.push_back(Joined(tier));
            tiers.push_back(Joined(StripTier(tier, vocabulary)));
        }
    }
    HeadingForms out;
    for (const std::string& text :
         {Join(raw, ""), Join(tiers, ""), WithoutBrackets(Join(tiers, ""))}) {
        if (!text.empty() &&
            std::find(out.whole.begin(), out.whole.end(), text) == out.whole.end()) {
            out.whole.push_back(text);
        }
    }
    for (size_t from = 1; from < tiers.size(); ++from) {
        out.tails.push_back(
            Join({tiers.begin() + static_cast<std::ptrdiff_t>(from), tiers.end()}, "")
        );
    }
    return out;
}

}  // namespace

std::vector<KnownName> KnownNames(const std::vector<std::string>& names, const NameWords& words) {
    std::vector<KnownName> out;
    for (size_t i = 0; i < names.size(); ++i) {
        const std::string whole = Joined(names[i]);
        const std::string plain = WithoutBrackets(whole);
        for (const std::string& form : {whole, plain}) {
            if (out.empty() || out.back().name != names[i] || out.back().form != form) {
                out.push_back({names[i], form, Bare(form, words), ToCodePoints(form), i == 0});
            }
        }
    }
    return out;
}

Fit NameFit(
    const HeadingForms& heading, const std::vector<KnownName>& names, const NameWords& words
) {
    Fit best;
    const auto bares = [&](const std::vector<std::string>& forms) {
        std::vector<std::string> out;
        out.reserve(forms.size());
        for (const std::string& form : forms) {
            out.push_back(Bare(form, words));
        }
        return out;
    };
    const std::vector<std::string> wholes = bares(heading.whole);
    const std::vector<std::string> tails = bares(heading.tails);
    const std::u32string last =
        heading.whole.empty() ? std::u32string() : ToCodePoints(heading.whole.back());
    for (const KnownName& name : names) {
        const double order = name.first ? 0 : kLaterName;
        const auto offer = [&](double score, const char* how) {
            if (score > best.score) {
                best = {score, CatalogueWords(how, {{"name", name.name}})};
            }
        };
        const auto less = [&](const std::string& said, const std::string& bare) {
            return said == name.form   ? std::optional(order)
                   : bare == name.bare ? std::optional(order + kButWords)
                                       : std::nullopt;
        };
        for (size_t i = 0; i < wholes.size(); ++i) {
            if (const auto lost = less(heading.whole[i], wholes[i])) {
                offer(kWhole - *lost, "fit_whole");
            }
        }
        for (size_t i = 0; i < tails.size(); ++i) {
            const bool shared = i + 1 == tails.size() && heading.leaf_shared;
            if (const auto lost = less(heading.tails[i], tails[i])) {
                offer((shared ? kSharedLeaf : kTail) - *lost, "fit_tail");
            }
        }
        if (best.score < kResembles) {
            const double alike = Resemblance(last, name.points);
            if (alike >= kAlike) {
                offer(std::min(kResembles, kResembles * alike + 0.02), "fit_alike");
            }
        }
    }
    return best;
}

ColumnMatcher::ColumnMatcher(const CellReader& reader, const TableScan& table)
    : reader_(reader), table_(table), general_places_(KnownNames(reader.Words("place_headings"))) {
    std::map<std::string, std::set<std::string>> leaves;
    for (const sheet::Column& column : table.info.columns) {
        forms_.push_back(FormsOf(column.path, reader.vocabulary()));
        const HeadingForms& forms = forms_.back();
        const std::string whole = forms.whole.empty() ? "" : forms.whole.front();
        leaves[forms.tails.empty() ? whole : forms.tails.back()].insert(whole);
    }
    for (const ColumnStats& stats : table.columns) {
        place_share_.push_back(PlaceShare(stats));
    }
    for (HeadingForms& forms : forms_) {
        forms.leaf_shared = !forms.tails.empty() && leaves[forms.tails.back()].size() > 1;
    }
}

bool ColumnMatcher::IsSerial(size_t column) const {
    const std::vector<std::string>& whole = forms_[column].whole;
    const auto is = [&](const std::string& word) {
        return std::find(whole.begin(), whole.end(), Joined(word)) != whole.end();
    };
    const auto& words = reader_.vocabulary().serial_words;
    return std::any_of(words.begin(), words.end(), is) ||
           (whole.empty() && table_.columns[column].filled == 0);
}

double ColumnMatcher::PlaceShare(const ColumnStats& stats) const {
    size_t found = 0;
    for (const sheet::Cell& cell : stats.samples) {
        const auto text = sheet::ReadText(cell, reader_.vocabulary());
        const auto place = text ? reader_.PlaceOf(*text) : std::nullopt;
        // The town's own name in every row says nothing.
        found += place && *place != reader_.places().town_itself().id ? 1 : 0;
    }
    return stats.samples.empty()
               ? 0
               : static_cast<double>(found) / static_cast<double>(stats.samples.size());
}

bool ColumnMatcher::HoldsPlaces(size_t column) const {
    return place_share_[column] >= kMostlyPlaces;
}

std::optional<CellReader::HeadingUnit> ColumnMatcher::UnitFor(
    size_t column, const definition::Field& field
) const {
    return reader_.UnitFor(field, table_.info, table_.info.columns[column]);
}

double ColumnMatcher::ContentFit(size_t column, const definition::Field& field) const {
    const auto& samples = table_.columns[column].samples;
    if (samples.empty()) {
        return 1;
    }
    ColumnReading reading;
    if (const auto unit = UnitFor(column, field)) {
        reading.unit = unit->unit;
    }
    size_t fits = 0;
    for (const sheet::Cell& cell : samples) {
        fits += reader_.Fits(field, cell, reading) ? 1 : 0;
    }
    return static_cast<double>(fits) / static_cast<double>(samples.size());
}

// Its unit or a tier of its heading is in percent.
bool ColumnMatcher::SaysPercent(size_t column) const {
    const sheet::Column& own = table_.info.columns[column];
    return Normalise(own.unit) == "%" ||
           std::any_of(own.path.begin(), own.path.end(), [](const std::string& tier) {
               return EndsWith(Normalise(tier), "%");
           });
}

std::optional<double> ColumnMatcher::UnitFit(size_t column, const definition::Field& field) const {
    const std::string& text = table_.info.columns[column].unit;
    if (!MayBePercent(field) && SaysPercent(column)) {
        return std::nullopt;
    }
    if (field.type.unit.IsNone()) {
        return 0.0;
    }
    const auto own = UnitFor(column, field);
    if (own && (own->completed || own->one_of)) {
        return kHalfUnit;
    }
    if (text.empty()) {
        return 0.0;
    }
    if (own) {
        return kOwnUnit;
    }
    if (!reader_.UnitOf(text)) {
        return kHalfUnit;
    }
    // A unit from the sheet's title line is said of the columns that can have it.
    return text == table_.info.title_unit ? std::optional(0.0) : std::nullopt;
}

HeadingForms ColumnMatcher::FormsOfTiers(const std::vector<std::string>& tiers) const {
    return FormsOf(tiers, reader_.vocabulary());
}

std::string ColumnMatcher::Stripped(const std::string& tier) const {
    return StripTier(tier, reader_.vocabulary());
}

const ColumnMatcher::Names& ColumnMatcher::NamesOf(const definition::Field& field) const {
    const auto known = names_.find(&field);
    if (known != names_.end()) {
        return known->second;
    }
    std::vector<std::string> names{field.name.zh};
    names.insert(names.end(), field.also.begin(), field.also.end());
    NameWords words{reader_.Words(EndingsTopic(field)), &reader_.same_words()};
    std::vector<KnownName> ready = KnownNames(names, words);
    return names_.emplace(&field, Names{std::move(words), std::move(ready)}).first->second;
}

Fit ColumnMatcher::FitName(const HeadingForms& forms, const definition::Field& field) const {
    const Names& names = NamesOf(field);
    return NameFit(forms, names.known, names.words);
}

// Why the unit is asked about: it leaves out what it is per, is one of several of the title line,
// or is not known.
Words ColumnMatcher::UnitDoubt(size_t column, const definition::Field& field) const {
    const auto own = UnitFor(column, field);
    const std::string& read = (own ? own->unit : field.type.unit).name;
    const std::string& said = table_.info.columns[column].unit;
    if (!own) {
        return CatalogueWords("fit_unit_unknown", {{"unit", said}, {"read", read}});
    }
    return own->one_of ? CatalogueWords(
                             "fit_unit_one_of", {{"unit", table_.info.title_unit}, {"read", read}}
                         )
                       : CatalogueWords("fit_unit_short", {{"unit", said}, {"read", read}});
}

// A tier says that the column compares (增减%, 比上年增长, 上年): it is worked out from others, or
// is another year's.
bool ColumnMatcher::Compares(size_t column) const {
    const auto& path = table_.info.columns[column].path;
    const auto& current = reader_.vocabulary().current_words;
    return std::any_of(path.begin(), path.end(), [&](const std::string& tier) {
        std::string text = WithoutBrackets(Normalise(tier));
        std::string word = sheet::EndingWord(text, reader_.vocabulary().comparison_words);
        if (word.empty() && EndsWith(text, "%")) {
            text.pop_back();
            word = sheet::EndingWord(text, reader_.vocabulary().comparison_words);
        }
        return !word.empty() && std::find(current.begin(), current.end(), word) == current.end();
    });
}

Fit ColumnMatcher::FitField(size_t column, const definition::Field& field) const {
    // 增减/人口 is no 人口: a column that compares is a field of that whole name, or none.
    const bool compares = Compares(column);
    Fit fit =
        FitName(compares ? HeadingForms{forms_[column].whole, {}, false} : forms_[column], field);
    if (fit.score < kSure && compares) {
        return {};
    }
    const auto unit = UnitFit(column, field);
    if (!unit) {
        return {};
    }
    const bool telling =
        field.format == definition::Format::kIdNumber || field.type.kind == formula::Kind::kChoice;
    const bool enough = table_.columns[column].samples.size() >= kEnoughSamples;
    if (fit.score == 0 && !telling) {
        return {};
    }
    const double content = ContentFit(column, field);
    if (fit.score < kLikely && telling && enough && content >= 0.9) {
        return {
            std::max(fit.score, kContentOnly),
            CatalogueWords("fit_content", {{"field", field.name.zh}, {"field_en", field.name.en}})};
    }
    if (fit.score == 0) {
        return {};
    }
    if (content < 0.5) {
        // Its own name over cells that do not fit is asked about, lest a column be lost unseen.
        const double least = fit.score >= kSure ? kLikely : 0;
        fit.score = std::max(fit.score * (enough ? 0.4 : 0.8), least);
        fit.why += CatalogueWords("fit_content_not");
        return fit;
    }
    fit.score = std::min(1.0, fit.score + *unit);
    if (*unit < 0) {
        fit.why += UnitDoubt(column, field);
    }
    if (telling && enough && content >= 0.9 && fit.score >= kLikely && fit.score < kSure) {
        fit.score = kSure;
        fit.why += CatalogueWords("fit_content_too");
    }
    return fit;
}

const std::vector<KnownName>& ColumnMatcher::PlaceNames(const definition::RecordType& type) const {
    const auto known = place_names_.find(&type);
    if (known != place_names_.end()) {
        return known->second;
    }
    std::vector<std::string> names{type.place_name.zh};
    names.insert(names.end(), type.place_also.begin(), type.place_also.end());
    return place_names_.emplace(&type, KnownNames(names)).first->second;
}

Fit ColumnMatcher::FitPlace(size_t column, const definition::RecordType& type) const {
    Fit fit = NameFit(forms_[column], PlaceNames(type));
    const Fit general = NameFit(forms_[column], general_places_);
    if (general.score - kGeneral > fit.score) {
        fit = {general.score - kGeneral, general.why};
    }
    if (HoldsPlaces(column)) {
        // Which village a row is of shows in the cells, whatever the column is called.
        const double score = std::max(fit.score, 0.85);
        return {score, fit.score >= score ? fit.why : CatalogueWords("fit_places")};
    }
    if (table_.columns[column].samples.empty() || place_share_[column] >= kSomePlaces) {
        return fit;
    }
    // No place in it: only its name speaks, and weakly.
    fit.score *= place_share_[column] > 0 ? 0.8 : kNoPlaces;
    fit.why += CatalogueWords("fit_places_not");
    return fit;
}

}  // namespace zw::ledger
