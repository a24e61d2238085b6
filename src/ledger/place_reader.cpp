#include "ledger/place_reader.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace zw::ledger {
namespace {

constexpr size_t kShortestCore = 2;  // a single character stands in too many words

std::vector<std::string> WordsOf(const definition::Model& model, const std::string& topic) {
    const auto found = model.vocabulary.find(topic);
    std::vector<std::string> out;
    if (found != model.vocabulary.end()) {
        for (const std::string& word : found->second) {
            out.push_back(Normalise(word));
        }
    }
    return out;
}

std::string LongestEnding(const std::string& text, const std::vector<std::string>& words) {
    std::string longest;
    for (const std::string& word : words) {
        if (word.size() > longest.size() && EndsWith(text, word)) {
            longest = word;
        }
    }
    return longest;
}

void Add(std::vector<std::string>& list, const std::string& text) {
    if (Length(text) >= kShortestCore && std::find(list.begin(), list.end(), text) == list.end()) {
        list.push_back(text);
    }
}

}  // namespace

PlaceReader::PlaceReader(const definition::Model& model, const access::PlaceTree& places)
    : places_(places),
      endings_(WordsOf(model, "place_endings")),
      groups_(WordsOf(model, "group_endings")),
      whole_(WordsOf(model, "whole_words")),
      town_endings_(WordsOf(model, "town_endings")) {
    for (const access::Place& place : places.places()) {
        town_ = place.kind == access::PlaceKind::kTown ? Normalise(place.name) : town_;
    }
    for (const access::Place* place : places.Villages()) {
        Names names{place, {}, {}};
        std::vector<std::string> all = place->aliases;
        all.push_back(place->name);
        for (const std::string& name : all) {
            Add(names.whole, Normalise(name));
            Add(names.cores, Core(Normalise(name)));
        }
        villages_.push_back(std::move(names));
    }
}

std::string PlaceReader::WithoutTown(const std::string& text) const {
    const size_t at = town_.empty() ? std::string::npos : text.find(town_);
    return at == std::string::npos ? text : text.substr(at + town_.size());
}

// 上河村三组, 上河村第3村民小组 → 上河村.
std::string PlaceReader::WithoutGroup(const std::string& text) const {
    const std::string ending = LongestEnding(text, groups_);
    if (ending.empty()) {
        return text;
    }
    const std::u32string digits = U"0123456789一二三四五六七八九十";
    std::u32string points = ToCodePoints(text.substr(0, text.size() - ending.size()));
    const size_t before = points.size();
    while (!points.empty() && digits.find(points.back()) != std::u32string::npos) {
        points.pop_back();
    }
    if (points.size() == before) {
        return text;
    }
    if (!points.empty() && points.back() == U'第') {
        points.pop_back();
    }
    return ToUtf8(points);
}

// 上河村村民委员会, 上河村 → 上河.
std::string PlaceReader::Core(const std::string& text) const {
    std::string core = text;
    for (std::string ending = LongestEnding(core, endings_); !ending.empty();
         ending = LongestEnding(core, endings_)) {
        const std::string rest = core.substr(0, core.size() - ending.size());
        if (Length(rest) < kShortestCore) {
            break;
        }
        core = rest;
    }
    return core;
}

std::vector<const access::Place*> PlaceReader::Candidates(const std::string& text) const {
    auto exact = places_.Candidates(text);
    if (!exact.empty()) {
        return exact;
    }
    const std::string whole = WithoutTown(Normalise(text));
    if (whole.empty()) {
        return {};
    }
    exact = places_.Candidates(whole);
    if (!exact.empty()) {
        return exact;
    }
    for (const std::string& form : {whole, WithoutGroup(whole)}) {
        std::vector<const access::Place*> found;
        for (const Names& names : villages_) {
            const auto is = [&](const std::string& one) {
                return std::find(names.cores.begin(), names.cores.end(), one) != names.cores.end();
            };
            if (is(Core(form))) {
                found.push_back(names.place);
            }
        }
        if (!found.empty()) {
            return found;
        }
    }
    return {};
}

// 全镇 of 青石镇; 全县 and 全村 are no town.
bool PlaceReader::IsWholeTown(const std::string& text) const {
    const std::u32string points = ToCodePoints(text);
    return points.size() > 1 && EndsWith(town_, ToUtf8(points.substr(1))) &&
           std::find(whole_.begin(), whole_.end(), text) != whole_.end();
}

// 镇政府, 青石镇机关: a word behind the town's name or what that ends with.
bool PlaceReader::IsTownItself(const std::string& text) const {
    return std::any_of(town_endings_.begin(), town_endings_.end(), [&](const std::string& word) {
        const std::string before =
            EndsWith(text, word) ? text.substr(0, text.size() - word.size()) : std::string();
        return !before.empty() && !town_.empty() &&
               (EndsWith(town_, before) || EndsWith(before, town_));
    });
}

std::optional<int64_t> PlaceReader::Of(const std::string& text) const {
    if (IsWholeTown(Normalise(text)) || IsTownItself(Normalise(text))) {
        return places_.town_itself().id;
    }
    const auto found = Candidates(text);
    if (found.size() != 1) {
        return std::nullopt;
    }
    return found.front()->id == places_.town().id ? places_.town_itself().id : found.front()->id;
}

std::optional<int64_t> PlaceReader::OfSection(const std::string& text) const {
    std::string name = Normalise(text);
    name = name.substr(0, name.find_first_of("(:"));
    const size_t point = name.find("、");
    const std::u32string before = ToCodePoints(name.substr(0, point));
    const std::u32string digits = U"0123456789一二三四五六七八九十";
    const bool numbered =
        point != std::string::npos && before.find_first_not_of(digits) == std::u32string::npos;
    const auto place = Of(numbered ? name.substr(point + std::string_view("、").size()) : name);
    return place && *place != places_.town_itself().id ? place : std::nullopt;
}

std::optional<int64_t> PlaceReader::In(const std::string& text) const {
    if (const auto whole = Of(text); whole && *whole != places_.town_itself().id) {
        return whole;
    }
    const std::string in =
        town_.empty() ? Normalise(text) : ReplaceAll(Normalise(text), town_, " ");
    for (const bool cores : {false, true}) {
        std::map<int64_t, std::string> found;  // the longest name of each
        for (const Names& names : villages_) {
            for (const std::string& word : cores ? names.cores : names.whole) {
                std::string& best = found[names.place->id];
                best =
                    in.find(word) != std::string::npos && word.size() > best.size() ? word : best;
            }
        }
        // A name inside another's is not meant: 河湾 in 上河湾村.
        const auto inside = [&](const auto& one) {
            return one.second.empty() ||
                   std::any_of(found.begin(), found.end(), [&](const auto& other) {
                       return other.second.size() > one.second.size() &&
                              other.second.find(one.second) != std::string::npos;
                   });
        };
        std::vector<int64_t> named;
        for (const auto& one : found) {
            if (!inside(one)) {
                named.push_back(one.first);
            }
        }
        if (!named.empty()) {
            return named.size() == 1 ? std::optional(named.front()) : std::nullopt;
        }
    }
    return std::nullopt;
}

}  // namespace zw::ledger
