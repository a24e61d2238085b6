#pragma once
// Forms of others in .xlsx: an empty workbook and what each of its cells is bound to. A period
// fills it; what was sent is kept as it was. Safe from many threads.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "audit/vouch.h"
#include "document/xlsx_form.h"
#include "indicator/figures.h"
#include "ledger/ledger.h"

namespace zw::report {

enum class BindingKind { kFigure, kText, kList };
std::string_view BindingKindName(BindingKind kind);  // figure, text, list

struct FormBinding {
    std::string sheet;
    std::string cell;  // B7
    BindingKind kind = BindingKind::kFigure;
    // kFigure: a slot without braces, "vegetable_output_t@柳湾村:上年|万吨", filled in as a number;
    // kText: words with {{slots}}, {{period}} among them; kList: a record type.
    std::string what;
    // kList: from the cell to the right; "place" is the village.
    std::vector<std::string> fields = {};
    std::string filter = {};  // kList: a formula; {{period}}, {{first}}, {{last}} stand for '2023'
                              // and its first and last day, {{year}} for 2023
    int room = 0;             // kList: rows from the cell down

    bool operator==(const FormBinding&) const = default;
};

struct FormInfo {
    int64_t id = 0;
    std::string name;
    int64_t version = 1;
    int bindings = 0;
    int64_t at_millis = 0;  // of the last change
    std::string by;
};

struct Form {
    FormInfo info;
    std::string xlsx;
    std::vector<FormBinding> bindings;
};

// What became of a binding.
struct FilledCell {
    FormBinding binding;
    std::string value;  // as it stands in the cell: digits or text; empty: the cell is empty
    std::string unit;   // of a figure
    std::string
        state;         // filled, partial 17/18, missing, no_base, forecast, adopted; list: too_many
    std::string why;   // what it lacks; empty: nothing
    std::string note;  // to be known, lacks nothing: masked values, rows that count for nothing
    std::string label;  // the indicator's name with place and period
    std::string indicator;
    std::string place_code;
    std::string period;
    std::vector<std::string> ledgers = {};  // where what lacks is entered
    int rows = 0;                           // kList: records filled in
    // With the English words in place of the Chinese, where there are some.
    FilledCell InEnglish() const;
    // What a person who reads English is told; not kept with a form that is filed.
    struct {
        std::string why, note, label;
    } english = {};
};

struct FormFill {
    std::string xlsx;
    std::vector<FilledCell> cells;  // in the order of bindings

    int Lacking() const;  // cells with a `why`
};

// A filled form that was kept: 留存.
struct Filing {
    int64_t id = 0;
    int64_t form = 0;
    std::string form_name;
    std::string period;
    int64_t at_millis = 0;
    std::string by;
    std::string why;     // to whom, what for
    std::string digest;  // SM3 hex of the .xlsx
    // Filled by who sees personal data in clear, with a list in it: nobody else is given it.
    bool clear = false;
    std::string cells;  // JSON: bindings and values as they were
};

struct KeptFill {
    FormFill fill;
    Filing filing;
};

constexpr size_t kFormBytes = size_t{8} << 20U;
constexpr size_t kMostBindings = 2000;
constexpr int kMostRoom = 2000;

// Filings as the log vouches for them.
audit::VouchedTable VouchedFilings();

// Whoever changes or keeps something sees the whole town and may write reports, else "forbidden".
// Unknown ids throw not_found.
// Holds nothing of its own: cheap to make. Both must outlive it.
class Forms {
public:
    Forms(ledger::Ledger& ledger, indicator::Figures& figures);
    // Creates its tables.
    void Open();

    std::vector<FormInfo> List() const;  // by name
    Form Find(int64_t id) const;
    Form FindByName(const std::string& name) const;
    // A new form, or the new blank of one that is there; its bindings stay. Throws what
    // XlsxForm::Read throws; document_too_large above kFormBytes.
    FormInfo Put(const access::Actor& actor, const std::string& name, std::string_view xlsx);
    // All of its bindings anew. Throws stale_version, refused.
    FormInfo Bind(
        const access::Actor& actor,
        int64_t id,
        int64_t version,
        const std::vector<FormBinding>& bindings
    );
    // What is wrong with bindings: `row` is the binding's number from 1, `sheet` and `value` its
    // sheet and cell.
    std::vector<Finding> Check(
        const access::Actor& actor, int64_t id, const std::vector<FormBinding>& bindings
    ) const;
    // Figures and rows of the actor's scope. What lacks data leaves its cell empty and is told.
    FormFill Fill(const access::Actor& actor, int64_t id, const Period& period) const;
    // Fills and keeps what was filled. Throws reason_needed.
    KeptFill Keep(
        const access::Actor& actor,
        int64_t id,
        const Period& period,
        const std::string& why,
        const store::Along& along = nullptr
    );
    std::vector<Filing> Filings(int64_t form) const;  // newest first, without cells
    // Both throw "forbidden" for one in clear to who may not see it.
    Filing FindFiling(const access::Actor& actor, int64_t id) const;
    std::string FilingBytes(const access::Actor& actor, int64_t id) const;
    // Filings stay. Throws reason_needed.
    void Remove(const access::Actor& actor, int64_t id, const std::string& why);

private:
    ledger::Ledger& ledger_;
    indicator::Figures& figures_;
};

}  // namespace zw::report
