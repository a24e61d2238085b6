#include <algorithm>
#include <array>
#include <map>

#include "base/decimal.h"
#include "base/exact.h"
#include "base/text.h"
#include "report/check.h"

namespace zw::report {

namespace {

constexpr std::string_view kOfWhich = "其中";

// Plain figures of which the value is known.
std::optional<Decimal> ValueOf(const ResolvedSlot& slot) {
    return slot.kind == "figure" && slot.compare.empty() ? ParseDecimal(slot.value) : std::nullopt;
}

// Its name, and a number behind it.
Details Written(const ResolvedSlot& slot, const std::string& number) {
    const Words label = slot.Label();
    return {{"figure", label.zh + number}, {"figure_en", label.en + " " + number}};
}

Details With(Details details, const std::string& name, std::string value) {
    details[name] = std::move(value);
    return details;
}

class FigureChecker {
public:
    FigureChecker(const definition::Model& model, const Rendered& rendered)
        : model_(model), rendered_(rendered) {}

    std::vector<Finding> Run() {
        OneValue();
        Percentages();
        Villages();
        int number = 0;
        for (const auto& paragraph : rendered_.paragraphs) {
            ++number;
            Parts(number, paragraph.content.spans);
        }
        return std::move(findings_);
    }

private:
    void Add(
        Severity severity,
        const char* code,
        const Details& details,
        const std::string& slot,
        int row = 0,
        std::string_view said = {}  // the sentence, where it is not the one of the class
    ) {
        Finding finding = Finding::Of(severity, code, details, said);
        finding.row = row == 0 ? ParagraphOf(slot) : row;
        finding.value = slot;
        findings_.push_back(std::move(finding));
    }

    int ParagraphOf(const std::string& slot) const {
        int number = 0;
        for (const auto& paragraph : rendered_.paragraphs) {
            ++number;
            for (const auto& span : paragraph.content.spans) {
                if (span.mark == slot) {
                    return number;
                }
            }
        }
        return 0;
    }

    // Same indicator, place, period: one value.
    void OneValue() {
        std::map<std::array<std::string, 3>, const ResolvedSlot*> seen;
        for (const auto& slot : rendered_.slots) {
            if (!ValueOf(slot)) {
                continue;
            }
            const auto [found, fresh] =
                seen.insert({{slot.key, slot.place_code, slot.period}, &slot});
            if (!fresh && found->second->value != slot.value) {
                Add(Severity::kRefused,
                    "figure_differs",
                    {{"label", slot.label},
                     {"label_en", slot.Label().en},
                     {"first", found->second->value},
                     {"second", slot.value}},
                    slot.id);
            }
        }
    }

    void Percentages() {
        const Decimal hundred{100, 0};
        for (const auto& slot : rendered_.slots) {
            const auto value = slot.unit == "%" ? ValueOf(slot) : std::nullopt;
            if (value && (value->units < 0 || Compare(*value, hundred) > 0)) {
                Add(Severity::kWarning,
                    "percentage_out_of_range",
                    Written(slot, slot.value + slot.unit),
                    slot.id);
            }
            if (slot.compare == "占比" && ShareOf(slot.text) > 100) {
                Add(Severity::kWarning,
                    "part_exceeds_whole",
                    Written(slot, slot.text),
                    slot.id,
                    0,
                    "share_exceeds_whole");
            }
        }
    }

    // 占乡村人口的12.3% → 12.
    static int64_t ShareOf(const std::string& text) {
        const size_t begin = text.find_last_not_of("0123456789.%") + 1;
        const auto value =
            ParseDecimal(std::string_view(text).substr(begin, text.size() - begin - 1));
        return value ? Round(MakeRatio(value->units, PowerOfTen(value->scale)).value(), 0).units
                     : 0;
    }

    // Villages of the town that the report names, against the town's own figure.
    void Villages() {
        for (const auto& town : rendered_.slots) {
            const auto whole = ValueOf(town);
            const auto* indicator = model_.FindIndicator(town.key);
            if (!whole || indicator == nullptr || indicator->adds == definition::Adds::kNone) {
                continue;
            }
            std::map<std::string, Decimal> parts;
            for (const auto& slot : rendered_.slots) {
                const auto value = ValueOf(slot);
                if (value && slot.key == town.key && slot.period == town.period &&
                    IsPartOf(slot.place_code, town.place_code)) {
                    parts.emplace(slot.place_code, *value);
                }
            }
            Decimal sum{0, whole->scale};
            for (const auto& [place, value] : parts) {
                sum = zw::Add(sum, value);
            }
            if (Compare(sum, *whole) > 0) {
                this->Add(
                    Severity::kRefused,
                    "parts_exceed_whole",
                    With(
                        Written(town, town.value + town.unit), "sum", ToShortText(sum) + town.unit
                    ),
                    town.id,
                    0,
                    "villages_exceed_town"
                );
            }
        }
    }

    // Codes of villages begin with their town's: 621099101 000, 621099101 200.
    static bool IsPartOf(const std::string& place, const std::string& town) {
        constexpr size_t kTownDigits = 9;
        return place != town && EndsWith(town, "000") &&
               place.substr(0, kTownDigits) == town.substr(0, kTownDigits);
    }

    // “牛存栏100头，其中甲40头、乙70头”: the figures behind 其中, up to the end of the clause, with
    // the unit of the figure before it.
    void Parts(int number, const std::vector<document::Span>& spans) {
        const ResolvedSlot* last = nullptr;
        const ResolvedSlot* whole = nullptr;
        std::optional<Decimal> sum;
        const auto close = [&] {
            if (whole != nullptr && sum && Compare(*sum, *ValueOf(*whole)) > 0) {
                this->Add(
                    Severity::kWarning,
                    "parts_exceed_whole",
                    With(
                        Written(*whole, whole->value + whole->unit),
                        "sum",
                        ToShortText(*sum) + whole->unit
                    ),
                    whole->id,
                    number
                );
            }
            whole = nullptr;
            sum.reset();
        };
        for (const auto& span : spans) {
            const auto* slot = span.mark.empty() ? nullptr : rendered_.Find(span.mark);
            const auto value = slot == nullptr ? std::nullopt : ValueOf(*slot);
            if (value && whole != nullptr && slot->unit == whole->unit) {
                sum = sum ? zw::Add(*sum, *value) : *value;
            }
            last = value ? slot : last;
            if (slot != nullptr) {
                continue;
            }
            const size_t of_which = span.text.find(kOfWhich);
            const size_t end = std::min(span.text.find("。"), span.text.find("；"));
            if (end != std::string::npos) {
                close();
                last = of_which != std::string::npos && of_which > end ? nullptr : last;
            }
            if (of_which != std::string::npos && (end == std::string::npos || end > of_which)) {
                close();
                whole = last;
            }
            last = end == std::string::npos ? last : nullptr;
        }
        close();
    }

    const definition::Model& model_;
    const Rendered& rendered_;
    std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> CheckFigures(const definition::Model& model, const Rendered& rendered) {
    return FigureChecker(model, rendered).Run();
}

}  // namespace zw::report
