#include "ledger/written.h"

#include "base/not_found.h"
#include "base/text.h"
#include "ledger/checks.h"
#include "ledger/import_cell.h"
#include "ledger/import_reference.h"
#include "ledger/lookup.h"

namespace zw::ledger {

namespace {

// An id as answers give it. Other numbers may be as long: it is one only where a row has it.
std::optional<int64_t> IdOf(const std::string& text) {
    const std::optional<Decimal> number = ParseDecimal(text);
    return number && number->scale == 0 && text.front() != '-' ? std::optional(number->units)
                                                               : std::nullopt;
}

bool IsPart(
    const std::map<std::string, std::string>& parts, const char* part, std::string_view id
) {
    const auto found = parts.find(part);
    return found != parts.end() && found->second == id;
}

// The key of an indicator or a setting that goes by `text`; `text` itself when none does.
std::string DefinedKey(
    const definition::Model& model,
    const definition::RecordType& type,
    const definition::Field& field,
    const std::string& text
) {
    if (IsPart(type.plays_target, "indicator", field.id)) {
        for (const definition::Indicator& indicator : model.indicators) {
            if (indicator.name.zh == text) {
                return indicator.id;
            }
        }
    }
    if (IsPart(type.plays_setting, "key", field.id)) {
        for (const definition::Setting& setting : model.settings) {
            if (setting.name.zh == text) {
                return setting.key;
            }
        }
    }
    return text;
}

}  // namespace

struct WrittenReader::Impl {
    Impl(Ledger& whole, const access::Actor& who)
        : ledger(whole),
          actor(who),
          places(whole.Places()),
          cells(whole.model(), whole.vocabulary(), places),
          reader(whole.services().database.Read()),
          references(reader->connection(), whole.reader(), cells, whole) {}

    CellValue Read(
        const definition::RecordType& type,
        const definition::Field& field,
        const std::string& text,
        int64_t place
    );
    Value Reference(const definition::Field& field, const std::string& text, int64_t place);
    int64_t Find(
        const definition::Field& field,
        const definition::RecordType& type,
        const std::string& text,
        int64_t place
    );
    const std::map<std::string, int64_t>& TitlesOf(const definition::RecordType& type);

    Ledger& ledger;
    const access::Actor& actor;
    const access::PlaceTree places;
    const CellReader cells;
    std::unique_ptr<store::Reader> reader;
    ReferenceFinder references;
    std::map<std::string, std::map<std::string, int64_t>> titles;  // by record type, read once
};

// Titles as people write them → rows; 0 where several are called so.
const std::map<std::string, int64_t>& WrittenReader::Impl::TitlesOf(
    const definition::RecordType& type
) {
    const auto [entry, fresh] = titles.try_emplace(type.id);
    if (fresh) {
        for (const Named& one : FindByTitle(ledger, actor, type, {}, 0, kLookupScan).rows) {
            const auto [named, first] = entry->second.try_emplace(Normalise(one.title), one.id);
            named->second = first ? one.id : 0;
        }
    }
    return entry->second;
}

int64_t WrittenReader::Impl::Find(
    const definition::Field& field,
    const definition::RecordType& type,
    const std::string& text,
    int64_t place
) {
    std::optional<Problem> unknown;
    try {
        const ReferenceFinder::Result found = references.Find({&field, {{"", text}}}, place);
        if (!found.draft) {
            return found.id;
        }
    } catch (const Problem& problem) {
        unknown = problem;
    }
    const auto& names = TitlesOf(type);
    const auto named = names.find(Normalise(text));
    if (named != names.end() && named->second != 0) {
        return named->second;
    }
    if (unknown) {
        throw Problem(*unknown);
    }
    throw Problem("unknown_reference", {{"value", text}, {"record", type.name.zh}});
}

// Only rows that the actor sees can be named.
Value WrittenReader::Impl::Reference(
    const definition::Field& field, const std::string& text, int64_t place
) {
    const definition::RecordType* type = ledger.model().FindRecord(field.type.record);
    const std::optional<int64_t> given = IdOf(text);
    if (type == nullptr) {
        // A place: by code or name, too.
        const bool known = given && places.Find(*given) != nullptr;
        return known ? *given : references.Find({&field, {{"", text}}}, place).id;
    }
    if (given && ledger.Find(actor, type->id, *given)) {
        return *given;
    }
    const int64_t id = Find(field, *type, text, place);
    if (!ledger.Find(actor, type->id, id)) {
        throw Problem("unknown_reference", {{"value", text}, {"record", type->name.zh}});
    }
    return id;
}

CellValue WrittenReader::Impl::Read(
    const definition::RecordType& type,
    const definition::Field& field,
    const std::string& text,
    int64_t place
) {
    if (field.type.kind == formula::Kind::kRef) {
        return {Reference(field, text, place), std::nullopt, {}, {}};
    }
    if (field.type.kind == formula::Kind::kText && field.format == definition::Format::kNone) {
        return {Value(DefinedKey(ledger.model(), type, field, text)), std::nullopt, {}, {}};
    }
    sheet::Cell cell;
    cell.kind = sheet::CellKind::kText;
    cell.text = text;
    return cells.Read(field, cell);
}

WrittenReader::WrittenReader(Ledger& ledger, const access::Actor& actor)
    : impl_(std::make_unique<Impl>(ledger, actor)) {}
WrittenReader::~WrittenReader() = default;

Written WrittenReader::Read(const definition::RecordType& type, const Typed& typed) {
    Written out;
    for (const auto& [id, text] : typed.values) {
        const definition::Field* field = type.FindField(id);
        if (field == nullptr) {
            throw NotFound(Thing::kField, id);
        }
        if (type.FindComputed(id) != nullptr) {
            throw Problem::Because(
                "bad_request",
                {field->name.zh + "由程序计算，不能填写",
                 field->name.English() + " is computed and cannot be entered"}
            );
        }
        const std::string trimmed = text ? Trim(*text) : std::string();
        if (trimmed.empty()) {
            out.values[id] = Value();
            continue;
        }
        try {
            const CellValue read = impl_->Read(type, *field, trimmed, typed.place);
            out.values[id] = read.value;
            const auto given = typed.precision.find(id);
            if (given != typed.precision.end()) {
                out.precision[id] = given->second;
            } else if (read.precision) {
                out.precision[id] = *read.precision;
            }
            if (!read.note.empty()) {
                Finding note = MakeFinding(read.note, field, {}, Severity::kWarning);
                note.Say(read.note_text);
                out.findings.push_back(std::move(note));
            }
        } catch (const Problem& problem) {
            Finding finding = MakeFinding(problem.code(), field, problem.details());
            finding.value = field->secret ? std::string() : trimmed;
            out.findings.push_back(std::move(finding));
        }
    }
    return out;
}

}  // namespace zw::ledger
