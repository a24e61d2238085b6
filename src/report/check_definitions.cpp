#include <algorithm>
#include <cstdlib>
#include <map>

#include "base/not_found.h"
#include "base/text.h"
#include "report/check.h"
#include "report/condition.h"

namespace zw::report {

namespace {

class Checker {
public:
    Checker(const definition::Model& model, std::vector<Finding>& findings)
        : model_(model), findings_(findings) {}

    void Text(const PassageParagraph& paragraph, const std::string& file) {
        paragraph_ = &paragraph;
        file_ = file;
        try {
            Nodes(ParseParagraph(paragraph.text));
        } catch (const Problem& problem) {
            const auto& details = problem.details();
            constexpr int kDecimal = 10;
            const auto column = std::strtoul(details.at("column").c_str(), nullptr, kDecimal);
            Add(problem.code(),
                {details.at("what") + details.at("would"),
                 details.at("what_en") + details.at("would_en")},
                ToUtf8(ToCodePoints(paragraph.text).substr(0, column - 1)).size());
        }
    }
    void Text(const std::string& text, const std::string& file, int line) {
        Text(PassageParagraph{line, "body", text, {0}}, file);
    }

private:
    // `at`: byte of the paragraph.
    void Add(const std::string& code, Words message, size_t at) {
        const auto& begins = paragraph_->begins;
        const auto behind = std::upper_bound(begins.begin(), begins.end(), at);
        const size_t begin = *std::prev(behind);
        const auto line = static_cast<int>(std::prev(behind) - begins.begin());
        Finding finding;
        finding.severity = Severity::kRefused;
        finding.code = code;
        finding.Say(std::move(message));
        finding.file = file_;
        finding.row = paragraph_->line + line;
        finding.column = std::to_string(
            Length(std::string_view(paragraph_->text).substr(begin, at - begin)) + 1
        );
        findings_.push_back(std::move(finding));
    }

    void Unknown(
        const Node& node,
        const Words& kind,
        const std::string& name,
        const std::vector<std::string>& known
    ) {
        const Problem problem = NotFound(kind, name, Nearest(name, known));
        Add(problem.code(), {problem.Message(), problem.Message(true)}, node.begin);
    }

    void Nodes(const std::vector<Node>& nodes) {
        for (const auto& node : nodes) {
            if (node.kind == Node::Kind::kSlot) {
                SlotNode(node);
            } else if (node.kind == Node::Kind::kCondition) {
                Condition(node);
                under_.push_back(node.formula);
                Nodes(node.yes);
                under_.pop_back();
                Nodes(node.no);
            }
        }
    }

    void Condition(const Node& node) {
        try {
            CompileCondition(node.formula, model_);
        } catch (const Problem& problem) {
            Add("wrong_condition",
                CatalogueWords(
                    "wrong_condition",
                    {{"condition", node.formula},
                     {"what", problem.Message()},
                     {"what_en", problem.Message(true)}}
                ),
                node.begin);
        }
    }

    std::vector<std::string> SettingKeys() const {
        std::vector<std::string> keys = BuiltInNames();
        for (const auto& setting : model_.settings) {
            keys.push_back(setting.key);
        }
        return keys;
    }

    void SlotNode(const Node& node) {
        const Slot& slot = node.slot;
        if (slot.kind != SlotKind::kFigure) {
            std::vector<std::string> keys = SettingKeys();
            if (slot.kind == SlotKind::kPhrase) {
                for (const auto& phrase : model_.phrases) {
                    keys.push_back(phrase.key);
                }
            }
            if (std::find(keys.begin(), keys.end(), slot.key) == keys.end()) {
                Unknown(
                    node,
                    slot.kind == SlotKind::kName ? Words{"名称", "name"} : Words{"提法", "phrase"},
                    slot.key,
                    keys
                );
            } else if (slot.kind == SlotKind::kPhrase) {
                Province(node);
            }
            return;
        }
        std::vector<std::string> indicators;
        for (const auto& indicator : model_.indicators) {
            indicators.push_back(indicator.id);
        }
        const auto* indicator = model_.FindIndicator(slot.key);
        if (indicator == nullptr) {
            Unknown(node, NameOf(Thing::kIndicator), slot.key, indicators);
            return;
        }
        if (!slot.whole.empty() && model_.FindIndicator(slot.whole) == nullptr) {
            Unknown(node, NameOf(Thing::kIndicator), slot.whole, indicators);
        }
        if (!SlotPeriod(slot.period, YearPeriod(2000))) {
            Unknown(node, NameOf(Thing::kPeriod), slot.period, PeriodWords());
        }
        CheckUnit(node, *indicator);
    }

    // A phrase that is true of one province stands under a condition that asks for it.
    void Province(const Node& node) {
        for (const auto& phrase : model_.phrases) {
            if (phrase.key != node.slot.key || phrase.province.empty()) {
                continue;
            }
            const bool asked =
                std::any_of(under_.begin(), under_.end(), [&](const std::string& formula) {
                    return formula.find("name.province_short") != std::string::npos &&
                           formula.find("'" + phrase.province + "'") != std::string::npos;
                });
            if (!asked) {
                Add("phrase_of_one_province",
                    CatalogueWords(
                        "phrase_of_one_province",
                        {{"phrase", phrase.text},
                         {"province", phrase.province},
                         {"condition",
                          "{{if name.province_short = '" + phrase.province + "'}}…{{end}}"}}
                    ),
                    node.begin);
                return;
            }
        }
    }

    void CheckUnit(const Node& node, const definition::Indicator& indicator) {
        const std::string& unit = node.slot.unit;
        if (unit.empty() || unit == indicator.unit_text || unit == indicator.print_unit) {
            return;
        }
        const auto wanted = model_.units.Parse(unit);
        if (!wanted) {
            std::vector<std::string> known = model_.units.Names();
            known.insert(known.end(), CompareWords().begin(), CompareWords().end());
            known.insert(known.end(), StyleWords().begin(), StyleWords().end());
            Unknown(node, {"单位、比较或写法", "unit, comparison or way of writing"}, unit, known);
            return;
        }
        const auto own = model_.units.Parse(indicator.unit_text);
        if (own && !own->SameDimension(*wanted)) {
            Add("wrong_unit",
                CatalogueWords(
                    "slot_unit",
                    {{"indicator", indicator.name.zh},
                     {"indicator_en", indicator.name.English()},
                     {"own", indicator.unit_text},
                     {"unit", unit}}
                ),
                node.begin);
        }
    }

    const definition::Model& model_;
    std::vector<Finding>& findings_;
    const PassageParagraph* paragraph_ = nullptr;
    std::string file_;
    std::vector<std::string> under_;  // conditions that hold where we are
};

void CollectIds(const std::vector<Node>& nodes, std::map<std::string, int>& ids) {
    for (const auto& node : nodes) {
        if (node.kind == Node::Kind::kSlot && !node.slot.id.empty()) {
            ++ids[node.slot.id];
        }
        CollectIds(node.yes, ids);
        CollectIds(node.no, ids);
    }
}

// A slot id may stand once in a report: links and bookmarks hang on it.
void CheckIds(
    const definition::Model& model,
    const definition::ReportDefinition& report,
    std::vector<Finding>& findings
) {
    std::map<std::string, int> ids;
    const auto collect = [&](const std::string& text) {
        try {
            CollectIds(ParseParagraph(text), ids);
        } catch (const Problem&) {
            return;  // said where the passage is checked
        }
    };
    collect(report.title);
    for (const auto& chapter : report.chapters) {
        collect(chapter.heading);
        for (const auto& id : chapter.passages) {
            const auto* passage = model.FindPassage(id);
            if (passage == nullptr) {
                continue;  // the loader says so
            }
            for (const auto& paragraph : SplitPassage(passage->text)) {
                collect(paragraph.text);
            }
        }
    }
    for (const auto& [id, times] : ids) {
        if (times > 1) {
            Finding finding = Finding::Of(
                Severity::kRefused,
                "slot_id_twice",
                {{"slot", id},
                 {"report", report.name.zh},
                 {"report_en", report.name.English()},
                 {"times", std::to_string(times)}}
            );
            finding.file = report.origin.file;
            finding.row = report.origin.line;
            findings.push_back(std::move(finding));
        }
    }
}

}  // namespace

std::vector<Finding> CheckDefinitions(const definition::Model& model) {
    std::vector<Finding> findings;
    Checker checker(model, findings);
    for (const auto& passage : model.passages) {
        for (const auto& paragraph : SplitPassage(passage.text)) {
            checker.Text(paragraph, passage.origin.file);
        }
    }
    for (const auto& report : model.reports) {
        checker.Text(report.title, report.origin.file, report.origin.line);
        for (const auto& chapter : report.chapters) {
            checker.Text(chapter.heading, report.origin.file, report.origin.line);
        }
        CheckIds(model, report, findings);
    }
    return findings;
}

std::vector<Finding> CheckParagraph(const definition::Model& model, const std::string& text) {
    std::vector<Finding> findings;
    Checker(model, findings).Text(text, "", 1);
    return findings;
}

}  // namespace zw::report
