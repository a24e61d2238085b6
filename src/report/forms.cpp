#include "report/forms.h"

#include <boost/json.hpp>

#include "base/base64.h"
#include "base/crypto.h"
#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"
#include "ledger/write_session.h"
#include "report/form_fill.h"
#include "report/forms_json.h"
#include "report/forms_store.h"

namespace zw::report {

namespace json = boost::json;

namespace {

void RequireForms(const access::Actor& actor) {
    access::Actor::Require(
        actor.rights.report && actor.WholeTown(), {"设置和留存报表", "setting up and keeping forms"}
    );
}

std::string Reason(const std::string& why) {
    std::string reason = Trim(why);
    if (reason.empty()) {
        throw Problem("reason_needed");
    }
    return reason;
}

[[noreturn]] void Refuse(const std::vector<Finding>& findings) {
    std::vector<Words> lines;
    lines.reserve(findings.size());
    for (const Finding& finding : findings) {
        const std::string where = finding.sheet + " " + finding.value;
        lines.push_back({where + "：" + finding.message, where + ": " + finding.message_en});
    }
    const Words list = Join(lines, {"\n", "\n"});
    throw Problem("refused", {{"list", list.zh}, {"list_en", list.en}});
}

std::string NameOf(const std::string& name) {
    std::string clean = Trim(name);
    constexpr std::string_view kEnding = ".xlsx";
    if (EndsWith(clean, kEnding)) {
        clean.resize(clean.size() - kEnding.size());
    }
    constexpr size_t kLongest = 80;
    if (clean.empty() || Length(clean) > kLongest ||
        clean.find_first_of("/\\\r\n\t") != std::string::npos) {
        throw Problem("bad_file_name", {{"name", name}});
    }
    return clean;
}

bool HoldsClear(const access::Actor& actor, const Form& form) {
    for (const FormBinding& binding : form.bindings) {
        if (actor.unmask && binding.kind == BindingKind::kList) {
            return true;
        }
    }
    return false;
}

}  // namespace

Forms::Forms(ledger::Ledger& ledger, indicator::Figures& figures)
    : ledger_(ledger), figures_(figures) {}

void Forms::Open() {
    ledger_.services().database.Write([](store::Connection& connection) {
        CreateFormTables(connection);
    });
}

std::vector<FormInfo> Forms::List() const {
    const auto reader = ledger_.services().database.Read();
    return LoadForms(reader->connection(), ledger_.services().town);
}

Form Forms::Find(int64_t id) const {
    const auto reader = ledger_.services().database.Read();
    return LoadForm(reader->connection(), ledger_.services().town, id);
}

Form Forms::FindByName(const std::string& name) const {
    std::vector<std::string> names;
    for (const FormInfo& form : List()) {
        if (form.name == name || std::to_string(form.id) == name) {
            return Find(form.id);
        }
        names.push_back(form.name);
    }
    const auto nearest = Nearest(name, names);
    throw NotFound(Thing::kForm, name, nearest);
}

FormInfo Forms::Put(const access::Actor& actor, const std::string& name, std::string_view xlsx) {
    RequireForms(actor);
    Form form;
    form.info.name = NameOf(name);
    if (xlsx.size() > kFormBytes) {
        throw Problem("document_too_large", {{"name", form.info.name}, {"what", "8 MB"}});
    }
    document::XlsxForm::Read(xlsx, form.info.name + ".xlsx");
    const auto& services = ledger_.services();
    ledger_.Commit(actor, "放入表样“" + form.info.name + "”", [&](ledger::WriteSession& session) {
        store::Connection& connection = session.connection();
        if (const auto old = FindFormId(connection, services.town, form.info.name)) {
            form = LoadForm(connection, services.town, *old);
            ++form.info.version;
        } else {
            form.info.id = session.NewId();
        }
        form.xlsx = xlsx;
        form.info.at_millis = services.clock.NowMillis();
        form.info.by = actor.name;
        SaveForm(connection, services.town, form);
        return true;
    });
    return form.info;
}

FormInfo Forms::Bind(
    const access::Actor& actor,
    int64_t id,
    int64_t version,
    const std::vector<FormBinding>& bindings
) {
    RequireForms(actor);
    if (const auto findings = Check(actor, id, bindings); !findings.empty()) {
        Refuse(findings);
    }
    const auto& services = ledger_.services();
    Form form = Find(id);
    ledger_.Commit(
        actor,
        "设置表样“" + form.info.name + "”的填写内容",
        [&](ledger::WriteSession& session) {
            form = LoadForm(session.connection(), services.town, id);
            if (form.info.version != version) {
                throw Problem("stale_version", {{"by", form.info.by}, {"list", form.info.name}});
            }
            ++form.info.version;
            form.bindings = bindings;
            form.info.bindings = static_cast<int>(bindings.size());
            form.info.at_millis = services.clock.NowMillis();
            form.info.by = actor.name;
            SaveForm(session.connection(), services.town, form);
            return true;
        }
    );
    return form.info;
}

std::vector<Finding> Forms::Check(
    const access::Actor& actor, int64_t id, const std::vector<FormBinding>& bindings
) const {
    const Form form = Find(id);
    return CheckBindings(
        {ledger_, figures_, actor},
        document::XlsxForm::Read(form.xlsx, form.info.name + ".xlsx"),
        bindings
    );
}

FormFill Forms::Fill(const access::Actor& actor, int64_t id, const Period& period) const {
    return FillCells({ledger_, figures_, actor}, Find(id), period);
}

KeptFill Forms::Keep(
    const access::Actor& actor,
    int64_t id,
    const Period& period,
    const std::string& why,
    const store::Along& along
) {
    RequireForms(actor);
    const auto& services = ledger_.services();
    const Form form = Find(id);
    FormFill fill = FillCells({ledger_, figures_, actor}, form, period);
    Filing filing;
    filing.form = id;
    filing.form_name = form.info.name;
    filing.period = ToText(period);
    filing.at_millis = services.clock.NowMillis();
    filing.by = actor.name;
    filing.why = Reason(why);
    filing.digest = ToHex(Sm3(fill.xlsx));
    filing.clear = HoldsClear(actor, form);
    filing.cells = json::serialize(ToJson(fill.cells));
    ledger_.Commit(
        actor,
        "留存报表“" + filing.form_name + "”（" + ToChinese(period) + "）：" + filing.why,
        [&](ledger::WriteSession& session) {
            filing.id = session.NewId();
            InsertFiling(session.connection(), services.town, filing, fill.xlsx);
            session.Vouch(audit::VouchFor(
                session.connection(), services.town, VouchedFilings(), "id = ?", {filing.id}
            ));
            if (along) {
                along(session.connection(), filing.id);
            }
            return true;
        }
    );
    return {std::move(fill), std::move(filing)};
}

std::vector<Filing> Forms::Filings(int64_t form) const {
    const auto reader = ledger_.services().database.Read();
    return LoadFilings(reader->connection(), ledger_.services().town, form);
}

Filing Forms::FindFiling(const access::Actor& actor, int64_t id) const {
    const auto reader = ledger_.services().database.Read();
    Filing filing = LoadFiling(reader->connection(), ledger_.services().town, id);
    access::Actor::Require(
        actor.unmask || !filing.clear,
        {"这份留存含有未隐去的个人信息，只能在办公室主机上取",
         "this kept form holds personal data in clear: it is to be had at the office machine only"}
    );
    return filing;
}

std::string Forms::FilingBytes(const access::Actor& actor, int64_t id) const {
    FindFiling(actor, id);
    const auto reader = ledger_.services().database.Read();
    return LoadFilingBytes(reader->connection(), ledger_.services().town, id);
}

void Forms::Remove(const access::Actor& actor, int64_t id, const std::string& why) {
    RequireForms(actor);
    const std::string reason = Reason(why);
    const Form form = Find(id);
    ledger_.Commit(
        actor,
        "撤下表样“" + form.info.name + "”：" + reason,
        [&](ledger::WriteSession& session) {
            DeleteForm(session.connection(), ledger_.services().town, id);
            return true;
        }
    );
}

}  // namespace zw::report
