#include "report/verify.h"

#include <algorithm>

#include "audit/log.h"
#include "base/problem.h"
#include "indicator/figure_text.h"

namespace zw::report {

namespace {

void Add(
    Verification& verification,
    Severity severity,
    const char* code,
    const Details& details,
    std::string value = "",
    std::string_view said = {}  // the sentence, where it is not the one of the class
) {
    Finding finding = Finding::Of(severity, code, details, said);
    finding.value = std::move(value);
    verification.findings.push_back(std::move(finding));
}

std::string TargetText(
    const ResolvedSlot& slot, const std::optional<indicator::Figures::Target>& target
) {
    if (!target) {
        return "";
    }
    if (slot.compare == "目标期限") {
        return target->due ? ToText(*target->due) : "";
    }
    return indicator::ValueText(target->value);
}

// The value that the slot would have now, as of `as_of_seq`.
std::string ValueNow(
    const ResolvedSlot& slot, const FigureSource& source, std::optional<int64_t> as_of_seq
) {
    indicator::FigureQuery query;
    query.indicator = slot.key;
    query.place = slot.place;
    query.period = ParsePeriod(slot.period).value_or(Period());
    query.as_of_seq = as_of_seq;
    if (slot.compare == "目标" || slot.compare == "目标期限") {
        return TargetText(slot, source.TargetOf(query));
    }
    const auto figure = source.Get(query);
    return figure.value ? indicator::ValueText(*figure.value) : "";
}

Details Difference(const ResolvedSlot& slot, const std::string& now) {
    return {
        {"label", slot.label},
        {"label_en", slot.Label().en},
        {"sealed", slot.value},
        {"now", now.empty() ? "无" : now},
        {"now_en", now.empty() ? "none" : now}};
}

}  // namespace

bool Verification::Sound() const {
    return std::all_of(findings.begin(), findings.end(), [](const Finding& finding) {
        return finding.severity == Severity::kNote;
    });
}

void VerifySeal(
    store::Connection& connection,
    int64_t town,
    const EditionRow& row,
    const Rendered& sealed,
    Verification& verification
) {
    const Details edition{{"edition", std::to_string(row.info.number)}};
    verification.recomputed_digest = SealDigest(sealed);
    if (verification.recomputed_digest != row.info.digest) {
        Add(verification, Severity::kRefused, "edition_text_changed", edition);
    }
    bool head_found = row.info.head.seq == 0;
    bool seal_found = false;
    audit::Log::Each(connection, town, [&](const audit::LoggedEntry& entry) {
        head_found =
            head_found || (entry.seq == row.info.head.seq && entry.mac == row.info.head.mac);
        seal_found = seal_found || (entry.seq == row.sealed_seq &&
                                    entry.entry.why.find(row.info.digest) != std::string::npos);
    });
    if (!head_found) {
        Add(verification,
            Severity::kRefused,
            "edition_log_changed",
            {{"edition", std::to_string(row.info.number)},
             {"seq", std::to_string(row.info.head.seq)}});
    }
    if (!seal_found) {
        Add(verification,
            Severity::kRefused,
            "edition_text_changed",
            edition,
            "",
            "edition_seal_changed");
    }
}

void VerifyFigures(const Rendered& sealed, const FigureSource& source, Verification& verification) {
    for (const auto& slot : sealed.slots) {
        if (slot.kind != "figure" || source.model().FindIndicator(slot.key) == nullptr) {
            continue;
        }
        ++verification.figures;
        // Adopted and forecast figures are entries with a log number of their own: as of the seal
        // they are found like rows.
        const std::string then = ValueNow(slot, source, sealed.edition.head.seq);
        if (then != slot.value) {
            Add(verification,
                Severity::kRefused,
                "figure_not_recomputed",
                Difference(slot, then),
                slot.id);
        }
        const std::string now = ValueNow(slot, source, std::nullopt);
        if (now != slot.value) {
            Add(verification, Severity::kNote, "figure_corrected", Difference(slot, now), slot.id);
        }
    }
}

}  // namespace zw::report
