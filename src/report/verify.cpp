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
    std::string message,
    std::string value = ""
) {
    Finding finding;
    finding.severity = severity;
    finding.code = code;
    finding.message = std::move(message);
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
    const std::string edition = "第" + std::to_string(row.info.number) + "版";
    verification.recomputed_digest = SealDigest(sealed);
    if (verification.recomputed_digest != row.info.digest) {
        Add(verification,
            Severity::kRefused,
            "edition_text_changed",
            edition + "的正文或数字与定稿时的摘要不符");
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
            "日志中没有" + edition + "定稿时的第" + std::to_string(row.info.head.seq) + "条");
    }
    if (!seal_found) {
        Add(verification,
            Severity::kRefused,
            "edition_text_changed",
            edition + "的摘要与日志中的定稿记录不符");
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
                slot.label + "：定稿为" + slot.value + "，按定稿时的台账重算为" +
                    (then.empty() ? "无" : then),
                slot.id);
        }
        const std::string now = ValueNow(slot, source, std::nullopt);
        if (now != slot.value) {
            Add(verification,
                Severity::kNote,
                "figure_corrected",
                slot.label + "：定稿为" + slot.value + "，台账更正后为" +
                    (now.empty() ? "无" : now),
                slot.id);
        }
    }
}

}  // namespace zw::report
