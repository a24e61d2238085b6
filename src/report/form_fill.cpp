#include "report/form_fill.h"

#include <algorithm>

#include "base/decimal.h"
#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"
#include "document/content.h"
#include "report/form_list.h"
#include "report/resolve.h"
#include "report/slot_number.h"

namespace zw::report {

namespace {

constexpr const char* kPercent = "%";

class CellFilling {
public:
    CellFilling(const FormReading& reading, const Form& form, const Period& period)
        : reading_(reading),
          form_(form),
          source_(MakeLedgerSource(reading.ledger, reading.figures, reading.actor)),
          context_{*source_, period, {}},
          xlsx_(document::XlsxForm::Read(form.xlsx, form.info.name + ".xlsx")) {}

    FormFill Run() {
        FormFill fill;
        for (const FormBinding& binding : form_.bindings) {
            FilledCell filled;
            filled.binding = binding;
            try {
                Fill(filled);
            } catch (const Problem& problem) {
                // The definitions, the places or the blank have changed since it was bound.
                filled.state = "missing";
                filled.value.clear();
                filled.why = problem.Message();
                Empty(binding);
            }
            fill.cells.push_back(std::move(filled));
        }
        fill.xlsx = xlsx_.Bytes();
        return fill;
    }

private:
    void Fill(FilledCell& filled) {
        const FormBinding& binding = filled.binding;
        const auto cell = document::ParseCell(binding.cell);
        if (!cell) {
            throw Problem(
                "form_cell",
                {{"sheet", binding.sheet},
                 {"cell", binding.cell},
                 {"what", "不是单元格"},
                 {"what_en", "it is no cell"}}
            );
        }
        switch (binding.kind) {
            case BindingKind::kFigure:
                return Figure(*cell, filled);
            case BindingKind::kText:
                return Text(*cell, filled);
            case BindingKind::kList:
                if (reading_.ledger.model().FindRecord(binding.what) == nullptr) {
                    throw NotFound(Thing::kLedger, binding.what);
                }
                return FillList(
                    reading_, context_.period, ListCells(xlsx_, binding, *cell), xlsx_, filled
                );
        }
    }

    // Last year's number must not stand for this year's.
    void Empty(const FormBinding& binding) {
        const auto cell = document::ParseCell(binding.cell);
        if (cell && !xlsx_.Refusal(binding.sheet, *cell)) {
            xlsx_.Clear(binding.sheet, *cell);
        }
    }

    void Figure(const document::CellRef& cell, FilledCell& filled) {
        const FormBinding& binding = filled.binding;
        const std::string text = "{{" + binding.what + "}}";
        Resolver resolver(context_);
        resolver.Paragraph(text, 0);
        const auto nodes = ParseParagraph(text);
        if (nodes.size() != 1 || resolver.slots().size() != 1) {
            throw Problem::Because(
                "wrong_use",
                {"一个单元格只能填一个数：" + binding.what,
                 "a cell takes one figure: " + binding.what}
            );
        }
        const ResolvedSlot& slot = resolver.slots().front();
        Describe(slot, filled);
        const auto number = NumberOf(*source_, context_.period, nodes.front().slot);
        if (!number) {
            Lack(filled, slot);
            xlsx_.Clear(binding.sheet, cell);
            return;
        }
        Decimal value = number->value;
        filled.unit = number->unit;
        if (number->unit == kPercent && xlsx_.ShowsPercent(binding.sheet, cell)) {
            constexpr int kMore = 2;  // 12.5 % is 0.125 there
            value.scale += kMore;
            value = value.scale > kMaxScale ? Rescale(value, kMaxScale) : value;
        }
        filled.value = ToShortText(number->value);
        filled.why = slot.pending;
        filled.english.why = slot.english.pending;
        xlsx_.SetNumber(binding.sheet, cell, ToShortText(value));
    }

    void Text(const document::CellRef& cell, FilledCell& filled) {
        const std::string& sheet = filled.binding.sheet;
        Resolver resolver(context_);
        const auto spans = resolver.Paragraph(TextWithSlots(filled.binding.what), 0);
        filled.state = "filled";
        filled.label = filled.binding.what;
        for (const ResolvedSlot& slot : resolver.slots()) {
            if (!slot.pending.empty()) {
                Describe(slot, filled);
                Lack(filled, slot);
                xlsx_.Clear(sheet, cell);
                return;
            }
        }
        filled.value = document::PlainText(spans);
        xlsx_.SetText(sheet, cell, filled.value);
    }

    void Describe(const ResolvedSlot& slot, FilledCell& filled) {
        filled.label = slot.label + slot.compare;
        filled.english.label =
            slot.english.label + (slot.compare.empty() ? "" : " " + slot.compare);
        filled.english.note = slot.english.note;
        filled.indicator = slot.kind == "figure" ? slot.key : "";
        filled.place_code = slot.place_code;
        filled.period = slot.period;
        filled.state = slot.state;
        filled.note = slot.note;
        if (!slot.pending.empty() && !filled.indicator.empty()) {
            indicator::FigureQuery query;
            query.indicator = slot.key;
            query.place = slot.place;
            query.period = ParsePeriod(slot.period).value_or(context_.period);
            filled.ledgers = reading_.figures.Explain(reading_.actor, query).ledgers;
        }
    }

    static void Lack(FilledCell& filled, const ResolvedSlot& slot) {
        filled.value.clear();
        filled.state = slot.state == "no_base" ? slot.state : "missing";
        filled.why =
            slot.pending.empty() ? slot.label + slot.compare + "：" + slot.text : slot.pending;
        filled.english.why =
            slot.pending.empty() ? filled.english.label + ": " + slot.text : slot.english.pending;
    }

    const FormReading& reading_;
    const Form& form_;
    const std::unique_ptr<FigureSource> source_;
    const ResolveContext context_;
    document::XlsxForm xlsx_;
};

}  // namespace

FormFill FillCells(const FormReading& reading, const Form& form, const Period& period) {
    return CellFilling(reading, form, period).Run();
}

std::string TextWithSlots(const std::string& text) {
    return ReplaceAll(text, "{{period}}", "{{name:period}}");
}

std::string FilterFor(const std::string& filter, const Period& period) {
    std::string text = ReplaceAll(filter, "{{period}}", "'" + ToText(period) + "'");
    text = ReplaceAll(std::move(text), "{{first}}", "'" + ToText(period.First()) + "'");
    text = ReplaceAll(std::move(text), "{{last}}", "'" + ToText(period.last) + "'");
    return ReplaceAll(std::move(text), "{{year}}", std::to_string(period.last.year));
}

std::vector<std::vector<document::CellRef>> ListCells(
    const document::XlsxForm& xlsx, const FormBinding& binding, const document::CellRef& first
) {
    std::vector<std::vector<document::CellRef>> rows;
    int row = first.row;
    for (int i = 0; i < binding.room && row <= document::kMaxRows; ++i) {
        rows.emplace_back();
        int column = first.column;
        for (size_t n = 0; n < binding.fields.size() && column <= document::kMaxColumns; ++n) {
            rows.back().push_back({row, column});
            column += xlsx.Span(binding.sheet, {row, column}).column;
        }
        row += xlsx.Span(binding.sheet, {row, first.column}).row;
    }
    return rows;
}

FilledCell FilledCell::InEnglish() const {
    FilledCell cell = *this;
    cell.why = english.why.empty() ? why : english.why;
    cell.note = english.note.empty() ? note : english.note;
    cell.label = english.label.empty() ? label : english.label;
    return cell;
}

int FormFill::Lacking() const {
    return static_cast<int>(std::count_if(cells.begin(), cells.end(), [](const FilledCell& cell) {
        return !cell.why.empty();
    }));
}

}  // namespace zw::report
