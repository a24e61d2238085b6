#include "support.h"

#include "audit/verify.h"
#include "definition/scope.h"

namespace zw::ledger_test {

namespace {

formula::Formula Compile(
    const definition::Model& model,
    const definition::RecordType& type,
    const std::string& text,
    formula::Profile profile,
    const std::optional<formula::Type>& expected = std::nullopt
) {
    const definition::Meaning meaning{
        model,
        definition::CalendarOf(model),
        [](const definition::RecordType&, const definition::Computed& computed) {
            return std::optional(computed.field.type);
        },
        [](const definition::Indicator&) { return std::optional<formula::Type>(); },
        std::make_shared<definition::Missed>()};
    return formula::Formula::Compile(
        text, definition::RecordScope(meaning, type), profile, expected
    );
}

}  // namespace

definition::Field MakeField(const std::string& id, Kind kind, int scale) {
    definition::Field field;
    field.id = id;
    field.name = {id, id};
    field.type.kind = kind;
    field.type.scale = scale;
    return field;
}

definition::Check MakeCheck(
    const definition::Model& model,
    const definition::RecordType& type,
    const std::string& id,
    const std::string& when,
    bool warning,
    formula::Profile profile
) {
    definition::Check check;
    check.id = id;
    check.say = {id + "不成立", id};
    check.warning = warning;
    check.profile = profile;
    check.when = Compile(model, type, when, profile);
    return check;
}

definition::RecordType& TypeOf(definition::Model& model, const std::string& id) {
    for (definition::RecordType& type : model.records) {
        if (type.id == id) {
            return type;
        }
    }
    throw std::logic_error("no record type " + id);
}

namespace {

definition::RecordType Plot() {
    definition::RecordType plot;
    plot.id = "plot";
    plot.name = {"地块", "plot"};
    plot.title = "{place.name}{code}";
    plot.key = {"place", "code"};
    plot.fields = {
        MakeField("code", Kind::kText),
        MakeField("terrain", Kind::kChoice),
        MakeField("mu", Kind::kDecimal, 2),
        MakeField("holder", Kind::kText),
        MakeField("holder_id", Kind::kText),
        MakeField("leased_on", Kind::kDate)};
    plot.fields[0].required = true;
    plot.fields[1].type.choices = {"川", "塬", "山"};
    plot.fields[2].min = Decimal{0, 0};
    plot.fields[2].max = Decimal{1000, 0};
    plot.fields[3].personal = true;
    plot.fields[4].secret = true;
    plot.fields[4].unique = true;
    plot.fields[4].format = definition::Format::kIdNumber;
    plot.children = {{"planting", "plot"}};
    return plot;
}

definition::RecordType Planting() {
    definition::RecordType planting;
    planting.id = "planting";
    planting.name = {"种植", "planting"};
    planting.title = "{plot}{year}{crop}";
    planting.key = {"plot", "year", "crop"};
    planting.reported = definition::Reported{Grain::kYear, "year"};
    planting.fields = {
        MakeField("plot", Kind::kRef),
        MakeField("year", Kind::kPeriod),
        MakeField("crop", Kind::kText),
        MakeField("sown", Kind::kDecimal, 2),
        MakeField("yield", Kind::kInt),
        MakeField("note", Kind::kText)};
    planting.fields[0].type.record = "plot";
    planting.fields[0].required = true;
    planting.fields[1].required = true;
    planting.fields[5].reported_value = false;
    return planting;
}

definition::RecordType Herd() {
    definition::RecordType herd;
    herd.id = "herd";
    herd.name = {"养殖", "herd"};
    herd.title = "{farm}{quarter}";
    herd.key = {"place", "farm", "quarter"};
    herd.series = definition::Series{{"place", "farm"}, "quarter"};
    herd.fields = {
        MakeField("farm", Kind::kText),
        MakeField("quarter", Kind::kPeriod),
        MakeField("opening", Kind::kInt),
        MakeField("closing", Kind::kInt)};
    herd.fields[1].type.grain = Grain::kQuarter;
    return herd;
}

definition::RecordType Setting() {
    definition::RecordType setting;
    setting.id = "setting";
    setting.name = {"设置", "setting"};
    setting.title = "{key}";
    setting.key = {"key"};
    setting.fields = {MakeField("key", Kind::kText), MakeField("value", Kind::kText)};
    setting.plays_setting = {{"key", "key"}, {"value", "value"}};
    return setting;
}

definition::RecordType Target() {
    definition::RecordType target;
    target.id = "target";
    target.name = {"目标", "target"};
    target.title = "{indicator}{year}";
    target.key = {"place", "indicator", "year"};
    target.fields = {
        MakeField("indicator", Kind::kText),
        MakeField("year", Kind::kPeriod),
        MakeField("value", Kind::kDecimal, 2),
        MakeField("due", Kind::kDate),
        MakeField("document", Kind::kText)};
    target.plays_target = {
        {"indicator", "indicator"},
        {"period", "year"},
        {"value", "value"},
        {"due", "due"},
        {"document", "document"}};
    return target;
}

void AddRules(definition::Model& model) {
    definition::Rule rule;
    rule.key = "yield.max";
    rule.name = {"单产上限", "highest yield"};
    rule.type.kind = Kind::kInt;
    rule.values = {
        {int64_t{5000}, Date{2000, 1, 1}, Date{2022, 12, 31}, "甲文", true, {}},
        {int64_t{8000}, Date{2023, 1, 1}, {}, "乙文", true, {}}};
    model.rules.push_back(rule);
    definition::Setting own;
    own.key = "yield_limit";
    own.name = {"本镇单产上限", "yield limit"};
    own.type = "int";
    own.rule = "yield.max";
    definition::Setting team;
    team.key = "team_target";
    team.name = {"队伍目标", "team target"};
    team.type = "int";
    team.target = "team_size";
    team.due = "team_due";
    definition::Setting due;
    due.key = "team_due";
    due.name = {"队伍目标时限", "due"};
    due.type = "date";
    definition::Setting slogan;
    slogan.key = "slogan";
    slogan.name = {"口号", "slogan"};
    model.settings = {own, team, due, slogan};
    definition::Indicator size;
    size.id = "team_size";
    size.name = {"队伍人数", "team size"};
    size.unit_text = "人";
    model.indicators.push_back(size);
}

void AddFormulas(definition::Model& model) {
    definition::RecordType& planting = TypeOf(model, "planting");
    definition::Computed weight;
    weight.field = MakeField("weight", Kind::kDecimal, 0);
    weight.formula = Compile(
        model, planting, "round(sown * yield, 0)", formula::Profile::kRow, weight.field.type
    );
    definition::Computed share;
    share.field = MakeField("share", Kind::kDecimal, 4);
    share.formula = Compile(
        model, planting, "round(sown / plot.mu, 4)", formula::Profile::kRow, share.field.type
    );
    planting.computed = {weight, share};
    planting.checks = {
        MakeCheck(model, planting, "sown_over_plot", "sown <= plot.mu", false),
        MakeCheck(model, planting, "yield_high", "yield > rule('yield.max')", true)};
    planting.checks[0].at = "sown";
    definition::RecordType& plot = TypeOf(model, "plot");
    plot.checks = {MakeCheck(
        model,
        plot,
        "sown_twice_over",
        "sum(planting.sown) <= mu * 2",
        false,
        formula::Profile::kChild
    )};
    definition::RecordType& herd = TypeOf(model, "herd");
    herd.checks = {MakeCheck(
        model,
        herd,
        "opening_not_closing",
        "opening <> previous(closing)",
        true,
        formula::Profile::kChild
    )};
}

}  // namespace

std::shared_ptr<definition::Model> MakeModel() {
    auto model = std::make_shared<definition::Model>();
    model->digest = "definitions-1";
    model->records = {Plot(), Planting(), Herd(), Setting(), Target()};
    AddRules(*model);
    AddFormulas(*model);
    return model;
}

std::string CountingRandom::Bytes(size_t n) {
    const std::lock_guard lock(mutex_);
    std::string bytes;
    for (size_t i = 0; i < n; ++i) {
        next_ ^= next_ << 13;
        next_ ^= next_ >> 7;
        next_ ^= next_ << 17;
        bytes.push_back(static_cast<char>(next_ & 0xff));
    }
    return bytes;
}

Decimal D(const std::string& text, int scale) {
    return Rescale(*ParseDecimal(text), scale);
}

Town::Town(std::shared_ptr<definition::Model> model) {
    static int number = 0;
    folder_ = std::filesystem::temp_directory_path() /
              ("zw_ledger_" + std::to_string(getpid()) + "_" + std::to_string(number++));
    std::filesystem::create_directories(folder_);
    key_ = std::make_unique<audit::KeyFile>(audit::KeyFile::Create(folder_ / "key", random_));
    database_ = store::Database::OpenSqlite(folder_ / "town.sqlite");
    Reopen(std::move(model));
    database_->Write([](store::Connection& connection) {
        access::InitPlaces(
            connection,
            1,
            {"620000000000",
             "青石镇",
             {{"620000000201", "河东村", {}, 3},
              {"620000000202", "河西村", {}, 2},
              {"620000000203", "上川村", {}, 1}}},
            {2024, 1, 1}
        );
    });
    const access::PlaceTree places = ledger_->Places();
    east = *places.Match("河东村");
    west = *places.Match("河西村");
    upper = *places.Match("上川村");
}

Town::~Town() {
    ledger_.reset();
    database_.reset();
    std::filesystem::remove_all(folder_);
}

ledger::LedgerServices Town::Services(std::shared_ptr<const definition::Model> model) {
    return {*database_, std::move(model), clock, ids_, random_, *key_, 1, {}};
}

void Town::Reopen(std::shared_ptr<definition::Model> model) {
    auto fresh = std::make_unique<ledger::Ledger>(Services(model));
    fresh->Open();
    ledger_ = std::move(fresh);
    model_ = std::move(model);
}

int64_t Town::Plot(const std::string& code, const std::string& mu, int64_t place) {
    return ledger_
        ->Create(
            leader, "plot", {place == 0 ? east : place, {{"code", code}, {"mu", D(mu)}}, {}, {}}
        )
        .ids.at(0);
}

ledger::BatchRow Town::PlotRow(
    const std::string& code, const std::string& mu, const std::string& source
) {
    ledger::BatchRow row;
    row.type = &type("plot");
    row.place = east;
    row.values = {{"code", code}, {"mu", D(mu)}};
    row.source = source;
    return row;
}

ledger::BatchRow Town::PlantingRow(
    int64_t plot,
    int year,
    const std::string& crop,
    const std::string& sown,
    const std::string& source
) {
    ledger::BatchRow row;
    row.type = &type("planting");
    row.place = east;
    row.values = {
        {"plot", plot},
        {"year", YearPeriod(year)},
        {"crop", crop},
        {"sown", D(sown)},
        {"yield", int64_t{1000}}};
    row.source = source;
    return row;
}

std::vector<std::string> Town::Faults() {
    const auto reader = database_->Read();
    audit::VerifyRequest request;
    request.town = 1;
    request.tables = ledger_->VersionedTables(reader->connection());
    std::vector<std::string> lines;
    for (const audit::Fault& fault : audit::Verify(reader->connection(), *key_, request).faults) {
        lines.push_back(fault.Message());
    }
    for (const Finding& finding : ledger_->CheckReturns()) {
        lines.push_back(finding.message);
    }
    for (const Finding& finding : ledger_->CheckComputed()) {
        lines.push_back(finding.message);
    }
    return lines;
}

std::string Town::Snapshot(const std::string& record, std::optional<int64_t> as_of) {
    ledger::Query query;
    query.record = record;
    query.as_of_seq = as_of;
    query.limit = 1000;
    std::string text;
    for (const ledger::Record& row : ledger_->List(leader, query).rows) {
        text += std::to_string(row.id) + "@" + std::to_string(row.place);
        for (const auto& [field, value] : row.values) {
            text += " " + field + "=" + formula::ToText(value);
        }
        text += "\n";
    }
    return text;
}

int64_t Town::Seq() {
    return audit::Log::Newest(database_->Read()->connection(), 1)->seq;
}

}  // namespace zw::ledger_test
