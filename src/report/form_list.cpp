#include "report/form_list.h"

#include <algorithm>

#include "base/problem.h"
#include "base/text.h"
#include "formula/type.h"
#include "ledger/row_titles.h"

namespace zw::report {

namespace {

constexpr const char* kPlace = "place";

class ListFilling {
public:
    ListFilling(const FormReading& reading, document::XlsxForm& xlsx, FilledCell& filled)
        : reading_(reading),
          xlsx_(xlsx),
          filled_(filled),
          type_(*reading.ledger.model().FindRecord(filled.binding.what)) {}

    void Run(const Period& period, const std::vector<std::vector<document::CellRef>>& cells) {
        // Rows of an earlier filling go, whether or not as many come.
        for (const auto& row : cells) {
            for (const document::CellRef& cell : row) {
                xlsx_.Clear(filled_.binding.sheet, cell);
            }
        }
        const int64_t all = Read(period, cells.size());
        const auto titles =
            ledger::RowTitles(reading_.ledger, reading_.actor, filled_.binding.what, rows_);
        const access::PlaceTree places = reading_.ledger.Places();
        for (size_t i = 0; i < rows_.size(); ++i) {
            for (size_t n = 0; n < filled_.binding.fields.size() && n < cells[i].size(); ++n) {
                Put(cells[i][n], filled_.binding.fields[n], rows_[i], titles[i], places);
            }
        }
        Tell(all);
    }

private:
    // At most `room` rows are read; returns how many there are.
    int64_t Read(const Period& period, size_t room) {
        ledger::Query query;
        query.record = filled_.binding.what;
        query.filter = FilterFor(filled_.binding.filter, period);
        const int64_t all = reading_.ledger.Count(reading_.actor, query);
        constexpr size_t kPage = 200;
        while (rows_.size() < room) {
            query.limit = static_cast<int>(std::min(kPage, room - rows_.size()));
            ledger::Page page = reading_.ledger.List(reading_.actor, query);
            std::move(page.rows.begin(), page.rows.end(), std::back_inserter(rows_));
            if (page.next.empty()) {
                break;
            }
            query.after = page.next;
        }
        return all;
    }

    void Put(
        const document::CellRef& cell,
        const std::string& field,
        const ledger::Record& row,
        const std::map<std::string, std::string>& titles,
        const access::PlaceTree& places
    ) {
        const std::string& sheet = filled_.binding.sheet;
        if (field == kPlace) {
            const access::Place* place = places.Find(row.place);
            xlsx_.SetText(sheet, cell, place == nullptr ? "" : place->name);
            return;
        }
        const auto value = row.values.find(field);
        if (value == row.values.end() || formula::IsNull(value->second)) {
            return;
        }
        const auto title = titles.find(field);
        const definition::Field* known = type_.FindField(field);
        if (title != titles.end()) {
            xlsx_.SetText(sheet, cell, title->second);
        } else if (const auto* yes = std::get_if<bool>(&value->second)) {
            xlsx_.SetText(sheet, cell, *yes ? "是" : "否");
        } else if (const auto* when = std::get_if<Period>(&value->second)) {
            xlsx_.SetText(sheet, cell, ToChinese(*when));
        } else if (known != nullptr && known->type.IsNumber() &&
                   !std::holds_alternative<Ratio>(value->second) &&
                   !std::holds_alternative<std::string>(value->second)) {
            xlsx_.SetNumber(sheet, cell, formula::ToText(value->second));
        } else {
            xlsx_.SetText(sheet, cell, formula::ToText(value->second));
        }
    }

    void Tell(int64_t all) {
        filled_.label = type_.name.zh;
        filled_.english.label = type_.name.English();
        filled_.rows = static_cast<int>(rows_.size());
        filled_.value = std::to_string(rows_.size()) + "行";
        filled_.state = "filled";
        if (all == 0) {
            filled_.value.clear();
            filled_.state = "missing";
            Lacks(Sentence("form_list_empty", {{"ledger", type_.name.Both()}}));
            filled_.ledgers = {type_.id};
        } else if (all > filled_.rows) {
            filled_.state = "too_many";
            Lacks(CatalogueWords(
                "form_list_full",
                {{"ledger", type_.name.zh},
                 {"ledger_en", type_.name.English()},
                 {"all", std::to_string(all)},
                 {"room", std::to_string(filled_.binding.room)},
                 {"left", std::to_string(all - filled_.rows)}}
            ));
        }
        const bool personal = std::any_of(
            filled_.binding.fields.begin(),
            filled_.binding.fields.end(),
            [this](const std::string& id) {
                const definition::Field* field = type_.FindField(id);
                return field != nullptr && (field->personal || field->secret);
            }
        );
        if (personal && !reading_.actor.unmask) {
            const Words note = CatalogueWords("form_masked");
            filled_.note = note.zh;
            filled_.english.note = note.en;
        }
    }

    void Lacks(const Words& why) {
        filled_.why = why.zh;
        filled_.english.why = why.en;
    }

    const FormReading& reading_;
    document::XlsxForm& xlsx_;
    FilledCell& filled_;
    const definition::RecordType& type_;
    std::vector<ledger::Record> rows_;
};

}  // namespace

void FillList(
    const FormReading& reading,
    const Period& period,
    const std::vector<std::vector<document::CellRef>>& cells,
    document::XlsxForm& xlsx,
    FilledCell& filled
) {
    ListFilling(reading, xlsx, filled).Run(period, cells);
}

}  // namespace zw::report
