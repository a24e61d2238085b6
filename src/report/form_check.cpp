// What speaks against bindings.

#include <map>

#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"
#include "report/check.h"
#include "report/form_fill.h"
#include "report/slot_number.h"

namespace zw::report {

namespace {

class BindingChecker {
public:
    BindingChecker(const FormReading& reading, const document::XlsxForm& xlsx)
        : reading_(reading),
          xlsx_(xlsx),
          source_(MakeLedgerSource(reading.ledger, reading.figures, reading.actor)),
          period_(PeriodOf(source_->Today(), Grain::kYear)) {}

    std::vector<Finding> Run(const std::vector<FormBinding>& bindings) {
        for (const FormBinding& binding : bindings) {
            ++number_;
            binding_ = &binding;
            try {
                Cell();
                if (binding.kind == BindingKind::kList) {
                    List();
                } else {
                    Slots();
                }
            } catch (const Problem& problem) {
                Add(problem.code(), {problem.Message(), problem.Message(true)});
            }
        }
        return std::move(findings_);
    }

private:
    void Add(const std::string& code, Words message) {
        Finding finding;
        finding.code = code;
        finding.Say(std::move(message));
        finding.sheet = binding_->sheet;
        finding.row = number_;
        finding.value = binding_->cell;
        findings_.push_back(std::move(finding));
    }

    void Taken(const document::CellRef& cell) {
        const auto [at, fresh] = taken_.emplace(std::pair{binding_->sheet, cell}, number_);
        if (!fresh) {
            Add("form_cell",
                CatalogueWords(
                    "form_cell_taken",
                    {{"cell", document::CellName(cell)}, {"number", std::to_string(at->second)}}
                ));
        }
        if (const auto why = xlsx_.Refusal(binding_->sheet, cell)) {
            Add("form_cell",
                CatalogueWords(
                    "form_cell_not",
                    {{"cell", document::CellName(cell)}, {"what", why->zh}, {"what_en", why->en}}
                ));
        }
    }

    void Cell() {
        const auto cell = document::ParseCell(binding_->cell);
        if (!cell) {
            throw Problem(
                "form_cell",
                {{"sheet", binding_->sheet},
                 {"cell", binding_->cell},
                 {"what", "不是单元格，应如 B7"},
                 {"what_en", "it is no cell, as B7 is"}}
            );
        }
        if (binding_->kind != BindingKind::kList) {
            return Taken(*cell);
        }
        for (const auto& row : ListCells(xlsx_, *binding_, *cell)) {
            for (const document::CellRef& one : row) {
                Taken(one);
            }
        }
    }

    void Slots() {
        const bool figure = binding_->kind == BindingKind::kFigure;
        const std::string text =
            figure ? "{{" + binding_->what + "}}" : TextWithSlots(binding_->what);
        const auto findings = CheckParagraph(reading_.ledger.model(), text);
        for (const Finding& finding : findings) {
            Add(finding.code, {finding.message, finding.message_en});
        }
        if (!findings.empty()) {
            return;
        }
        const auto nodes = ParseParagraph(text);
        if (figure && (nodes.size() != 1 || nodes.front().kind != Node::Kind::kSlot ||
                       nodes.front().slot.kind != SlotKind::kFigure)) {
            Add("slot_syntax", CatalogueWords("form_one_figure"));
            return;
        }
        Names(nodes, figure);
    }

    // Places, periods and units are the town's: CheckParagraph knows only the definitions.
    void Names(const std::vector<Node>& nodes, bool figure) {
        for (const Node& node : nodes) {
            Names(node.yes, false);
            Names(node.no, false);
            if (node.kind != Node::Kind::kSlot || node.slot.kind != SlotKind::kFigure) {
                continue;
            }
            const Slot& slot = node.slot;
            QueryOf(*source_, period_, slot);
            if (const auto* indicator = source_->model().FindIndicator(slot.key)) {
                Convert(source_->model(), *indicator, slot, Decimal{});
            }
            const bool rounds = slot.style != StyleWord::kPlain && slot.style != StyleWord::kExact;
            if (figure && (rounds || slot.reach || slot.compare == CompareWord::kDue)) {
                Add("slot_syntax", CatalogueWords("form_plain_figure"));
            }
        }
    }

    void List() {
        const auto* type = reading_.ledger.model().FindRecord(binding_->what);
        if (type == nullptr) {
            throw NotFound(Thing::kLedger, binding_->what);
        }
        if (binding_->fields.empty() || binding_->room < 1 || binding_->room > kMostRoom) {
            Add("wrong_use",
                CatalogueWords("form_list_rows", {{"most", std::to_string(kMostRoom)}}));
        }
        for (const std::string& field : binding_->fields) {
            if (field != "place" && type->FindField(field) == nullptr) {
                Add("not_found",
                    CatalogueWords(
                        "form_no_field",
                        {{"ledger", type->name.zh},
                         {"ledger_en", type->name.English()},
                         {"field", field}}
                    ));
            }
        }
        ledger::Query query;
        query.record = binding_->what;
        query.filter = FilterFor(binding_->filter, period_);
        reading_.ledger.Count(reading_.actor, query);  // throws what is wrong with the filter
    }

    const FormReading& reading_;
    const document::XlsxForm& xlsx_;
    const std::unique_ptr<FigureSource> source_;
    const Period period_;
    const FormBinding* binding_ = nullptr;
    int number_ = 0;
    std::map<std::pair<std::string, document::CellRef>, int> taken_;
    std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> CheckBindings(
    const FormReading& reading,
    const document::XlsxForm& xlsx,
    const std::vector<FormBinding>& bindings
) {
    return BindingChecker(reading, xlsx).Run(bindings);
}

}  // namespace zw::report
