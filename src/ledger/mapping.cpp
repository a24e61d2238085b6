#include "ledger/mapping.h"

#include <algorithm>
#include <set>

#include "base/crypto.h"
#include "base/text.h"

namespace zw::ledger {
namespace {

bool MatchFrom(std::u32string_view pattern, std::u32string_view name) {
    if (pattern.empty()) {
        return name.empty();
    }
    if (pattern.front() == U'*') {
        for (size_t skip = 0; skip <= name.size(); ++skip) {
            if (MatchFrom(pattern.substr(1), name.substr(skip))) {
                return true;
            }
        }
        return false;
    }
    return !name.empty() && (pattern.front() == U'?' || pattern.front() == name.front()) &&
           MatchFrom(pattern.substr(1), name.substr(1));
}

std::string KeyOfTiers(const std::vector<std::string>& tiers) {
    std::vector<std::string> kept;
    for (const std::string& tier : tiers) {
        const std::string text = Normalise(tier);
        if (!text.empty() && !sheet::FindPeriod(text)) {
            kept.push_back(text);
        }
    }
    // A heading that is nothing but a period names itself.
    return kept.empty() ? Normalise(Join(tiers, "/")) : Join(kept, "/");
}

std::string NthSuffix(const sheet::Column& column) {
    return column.nth > 1 ? "#" + std::to_string(column.nth) : "";
}

}  // namespace

std::string_view SourceName(SourceKind kind) {
    switch (kind) {
        case SourceKind::kColumn:
            return "column";
        case SourceKind::kHeading:
            return "heading";
        case SourceKind::kSheet:
            return "sheet";
        case SourceKind::kTitle:
            return "title";
        case SourceKind::kFile:
            return "file";
        case SourceKind::kFixed:
            return "fixed";
        case SourceKind::kNone:
            break;
    }
    return "none";
}

const SheetMapping* Mapping::Find(std::string_view file, std::string_view sheet, int table) const {
    const auto fits = [&](const SheetMapping& one) {
        return (one.table == 0 || one.table == table) && MatchesName(one.file, file) &&
               MatchesName(one.match, sheet);
    };
    const auto found = std::find_if(sheets.begin(), sheets.end(), fits);
    return found == sheets.end() ? nullptr : &*found;
}

bool MatchesName(std::string_view pattern, std::string_view name) {
    return MatchFrom(ToCodePoints(Normalise(pattern)), ToCodePoints(Normalise(name)));
}

std::vector<std::string> WithoutTier(const std::vector<std::string>& path, size_t tier) {
    std::vector<std::string> rest = path;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(tier));
    return rest;
}

std::string MeasureKey(const std::vector<std::string>& path, size_t tier) {
    const std::vector<std::string> rest = WithoutTier(path, tier);
    return rest.empty() ? "" : PathKey(Join(rest, "/"));
}

std::string PathKey(const sheet::Column& column) {
    return KeyOfTiers(column.path) + NthSuffix(column);
}

std::string PathKey(std::string_view path) {
    return KeyOfTiers(Split(path, '/'));
}

std::string ShownPath(const sheet::Column& column) {
    return column.name + NthSuffix(column);
}

std::optional<std::string> TargetOf(const SheetMapping& mapping, const sheet::Column& column) {
    const std::string code = Normalise(column.code);
    for (const auto& [said, target] : mapping.codes) {
        if (!code.empty() && Normalise(said) == code) {
            return target;
        }
    }
    const std::string key = PathKey(column);
    for (const auto& [path, target] : mapping.columns) {
        if (PathKey(path) == key) {
            return target;
        }
    }
    return std::nullopt;
}

bool IsReasonColumn(const sheet::Column& column) {
    const std::string leaf = column.path.empty() ? "" : Normalise(column.path.back());
    return leaf == kReasonHeading || leaf == kFormerRowHeading;
}

std::string HeadingDigest(const sheet::TableInfo& table) {
    std::set<std::string> keys;
    for (const sheet::Column& column : table.columns) {
        if (!IsReasonColumn(column)) {
            keys.insert(PathKey(column));
        }
    }
    Sm3Hasher hasher;
    for (const std::string& key : keys) {
        hasher.Update(key);
        hasher.Update(std::string_view("\n", 1));
    }
    return ToHex(hasher.Finish());
}

sheet::Vocabulary SheetVocabulary(const definition::Model& model) {
    const auto words = [&](const std::string& topic) {
        const auto found = model.vocabulary.find(topic);
        return found == model.vocabulary.end() ? std::vector<std::string>{} : found->second;
    };
    sheet::Vocabulary out;
    out.total_words = words("total_words");
    out.whole_words = words("whole_words");
    out.comparison_words = words("comparison_words");
    out.note_words = words("note_words");
    out.unit_labels = words("unit_labels");
    out.code_labels = words("code_labels");
    out.part_words = words("part_words");
    out.not_adding_words = words("not_adding_words");
    out.serial_words = words("serial_words");
    out.filled_date_words = words("filled_date_words");
    out.empty_marks = words("empty_marks");
    out.zero_words = words("zero_words");
    out.current_words = words("current_words");
    out.hint_words = words("hint_words");
    out.count_units = words("count_units");
    out.counting_words = words("counting_words");
    out.units = model.units.Names();
    return out;
}

}  // namespace zw::ledger
