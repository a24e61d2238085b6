#include "report/form.h"

#include <map>

#include "base/problem.h"
#include "base/text.h"
#include "document/docx_template.h"
#include "report/condition.h"

namespace zw::report {

namespace {

class FormFilling {
public:
    FormFilling(const FigureSource& source, const Period& period) : context_{source, period, {}} {}

    FilledForm Run(std::string_view docx, std::string_view name) {
        document::DocxTemplate form(document::Package::Read(docx, name));
        Prepare(form.Placeholders());
        document::Filling filling;
        filling.value = [this](std::string_view what) { return Value(std::string(what)); };
        filling.holds = [this](std::string_view formula) { return Holds(formula); };
        for (const auto& unknown : form.Fill(filling)) {
            Finding finding;
            finding.severity = Severity::kWarning;
            finding.code = "placeholder_left";
            const auto why = why_.find(unknown);
            finding.message =
                "{{" + unknown + "}}" + (why == why_.end() ? "没有填写" : "：" + why->second);
            finding.value = unknown;
            result_.findings.push_back(std::move(finding));
        }
        for (const auto& placeholder : order_) {
            const auto found = slots_.find(placeholder);
            if (found != slots_.end()) {
                result_.slots.insert(
                    result_.slots.end(), found->second.begin(), found->second.end()
                );
            }
        }
        result_.docx = form.Bytes();
        return std::move(result_);
    }

private:
    // Ids in the order of the form, not in that of filling.
    void Prepare(const std::vector<std::string>& placeholders) {
        std::vector<std::string> taken;
        for (const auto& placeholder : placeholders) {
            try {
                texts_[placeholder] = GiveIds("{{" + placeholder + "}}", taken);
                order_.push_back(placeholder);
            } catch (const Problem& problem) {
                why_[placeholder] = problem.Message();  // marks of conditions among them
            }
        }
    }

    std::optional<document::Content> Value(const std::string& placeholder) {
        const auto text = texts_.find(placeholder);
        if (text == texts_.end()) {
            return std::nullopt;
        }
        try {
            Resolver resolver(context_);
            auto spans = resolver.Paragraph(text->second, 0);
            slots_[placeholder] = resolver.slots();
            return spans;
        } catch (const Problem& problem) {
            why_[placeholder] = problem.Message();
            return std::nullopt;
        }
    }

    std::optional<bool> Holds(std::string_view formula) {
        try {
            const auto& town = context_.source.places().town();
            const auto result =
                EvaluateCondition(formula, context_.source, town.id, context_.period);
            const auto* value = std::get_if<bool>(&result.value);
            return value != nullptr && *value;
        } catch (const Problem& problem) {
            why_["if " + std::string(formula)] = problem.Message();
            return std::nullopt;
        }
    }

    const ResolveContext context_;
    std::vector<std::string> order_;
    std::map<std::string, std::string> texts_;                // placeholder → text with ids
    std::map<std::string, std::vector<ResolvedSlot>> slots_;  // placeholder → what it became
    std::map<std::string, std::string> why_;                  // placeholder → why it stays
    FilledForm result_;
};

}  // namespace

FilledForm FillForm(
    const FigureSource& source, const Period& period, std::string_view docx, std::string_view name
) {
    return FormFilling(source, period).Run(docx, name);
}

}  // namespace zw::report
