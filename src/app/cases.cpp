#include "app/cases.h"

#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "app/setup.h"
#include "base/problem.h"
#include "base/text.h"
#include "definition/toml_text.h"
#include "ledger/batch.h"
#include "ledger/parse_value.h"
#include "ledger/returns.h"

namespace zw::app {

namespace {

namespace fs = std::filesystem;

// A folder of its own for one case, gone afterwards.
class CaseFolder {
public:
    explicit CaseFolder(RandomSource& random) {
        std::string name = "zhenwu-case-";
        for (const char byte : random.Bytes(8)) {
            name += static_cast<char>('a' + static_cast<unsigned char>(byte) % 26);
        }
        path_ = fs::temp_directory_path() / name;
    }
    ~CaseFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    CaseFolder(const CaseFolder&) = delete;
    CaseFolder& operator=(const CaseFolder&) = delete;
    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

std::string TextOf(const toml::node& node) {
    if (const auto text = node.value<std::string>(); text && node.is_string()) {
        return *text;
    }
    std::ostringstream out;
    node.visit([&out](const auto& value) {
        if constexpr (toml::is_value<decltype(value)>) {
            out << value.get();
        }
    });
    return out.str();
}

std::string Member(const toml::table& table, std::string_view key) {
    const toml::node* node = table.get(key);
    return node != nullptr ? TextOf(*node) : std::string();
}

struct GivenRow {
    ledger::BatchRow row;
    std::string expect;
};

class GivenFeed final : public ledger::RowFeed {
public:
    explicit GivenFeed(const std::vector<GivenRow>& rows) : rows_(rows) {}
    void Rewind() override { at_ = 0; }
    bool Next(ledger::BatchRow& row) override {
        if (at_ == rows_.size()) {
            return false;
        }
        row = rows_[at_++].row;
        return true;
    }

private:
    const std::vector<GivenRow>& rows_;
    size_t at_ = 0;
};

class CaseRun {
public:
    CaseRun(App& app, const toml::table& text, std::vector<std::string>& failures)
        : app_(app), text_(text), failures_(failures), places_(app.Places()) {
        actor_.name = "算例";
        actor_.unmask = true;
    }

    void Run();

private:
    template <typename Visit>
    void Each(std::string_view key, const Visit& visit) const;
    const definition::RecordType& Type(const toml::table& table) const;
    int64_t PlaceOf(const std::string& name) const;
    ledger::Value ValueOf(
        const definition::RecordType& type, const std::string& field, const std::string& text
    );
    int64_t FindReferred(const definition::Field& field, const std::string& text);
    void Give(const toml::table& given);
    void Judge(const GivenRow& row, const std::vector<Finding>& findings, size_t number);
    void Return(const toml::table& table);
    void CheckFigure(const toml::table& figure);
    void CheckSentence(const toml::table& sentence);
    void Fail(const std::string& what) { failures_.push_back(what); }

    App& app_;
    const toml::table& text_;
    std::vector<std::string>& failures_;
    access::PlaceTree places_;
    access::Actor actor_;
};

template <typename Visit>
void CaseRun::Each(std::string_view key, const Visit& visit) const {
    if (const toml::array* tables = text_[key].as_array()) {
        for (const toml::node& node : *tables) {
            if (const toml::table* table = node.as_table()) {
                visit(*table);
            }
        }
    }
}

const definition::RecordType& CaseRun::Type(const toml::table& table) const {
    const std::string id = Member(table, "record");
    const definition::RecordType* type = app_.model().FindRecord(id);
    if (type == nullptr) {
        throw Problem("not_found", {{"kind", "台账"}, {"name", id}, {"nearest", ""}});
    }
    return *type;
}

int64_t CaseRun::PlaceOf(const std::string& name) const {
    if (name.empty() || name == "镇本级") {
        return name.empty() ? places_.town().id : places_.town_itself().id;
    }
    const auto id = places_.Match(name);
    if (!id) {
        throw Problem("not_found", {{"kind", "村"}, {"name", name}, {"nearest", ""}});
    }
    return *id;
}

// A reference is given as the text that the referred record's title has.
int64_t CaseRun::FindReferred(const definition::Field& field, const std::string& text) {
    const definition::RecordType* to = app_.model().FindRecord(field.type.record);
    ledger::Query query;
    query.record = field.type.record;
    query.limit = 200;
    for (const ledger::Record& row : app_.ledger().List(actor_, query).rows) {
        if (to != nullptr && app_.ledger().Title(*to, row) == text) {
            return row.id;
        }
    }
    throw Problem("not_found", {{"kind", field.name.zh}, {"name", text}, {"nearest", ""}});
}

ledger::Value CaseRun::ValueOf(
    const definition::RecordType& type, const std::string& field, const std::string& text
) {
    const definition::Field* found = type.FindField(field);
    if (found == nullptr) {
        throw Problem("not_found", {{"kind", "字段"}, {"name", field}, {"nearest", ""}});
    }
    if (found->type.kind == formula::Kind::kRef) {
        return FindReferred(*found, text);
    }
    const auto value = ledger::ParseValue(found->type, text);
    if (!value) {
        throw Problem("wrong_use", {{"what", field + " = " + text + " 不是该类型的值"}});
    }
    return *value;
}

void CaseRun::Give(const toml::table& given) {
    const definition::RecordType& type = Type(given);
    std::vector<GivenRow> rows;
    const toml::array* tables = given["rows"].as_array();
    for (size_t i = 0; tables != nullptr && i < tables->size(); ++i) {
        GivenRow row;
        row.row.type = &type;
        row.row.place = places_.town_itself().id;
        row.row.source = "算例||" + std::to_string(i + 1);
        for (const auto& [key, node] : *(*tables)[i].as_table()) {
            const std::string name(key.str());
            if (name == "expect") {
                row.expect = TextOf(node);
            } else if (name == "place") {
                row.row.place = PlaceOf(TextOf(node));
            } else {
                row.row.values[name] = ValueOf(type, name, TextOf(node));
            }
        }
        rows.push_back(std::move(row));
    }
    GivenFeed feed(rows);
    const ledger::BatchResult result = ledger::BatchWriter(app_.ledger()).Apply(actor_, feed, {});
    for (size_t i = 0; i < rows.size(); ++i) {
        const auto found = result.findings.find(i);
        Judge(
            rows[i], found == result.findings.end() ? std::vector<Finding>() : found->second, i + 1
        );
    }
}

void CaseRun::Judge(const GivenRow& row, const std::vector<Finding>& findings, size_t number) {
    std::vector<std::string> codes;
    codes.reserve(findings.size());
    for (const Finding& finding : findings) {
        codes.push_back(finding.code);
    }
    const std::string came = codes.empty() ? "没有" : Join(codes, "、");
    const bool expected = row.expect.empty()
                              ? codes.empty()
                              : std::find(codes.begin(), codes.end(), row.expect) != codes.end();
    if (!expected) {
        Fail(
            "第" + std::to_string(number) + "行：应为" +
            (row.expect.empty() ? "无问题" : row.expect) + "，实为" + came
        );
    }
}

void CaseRun::Return(const toml::table& table) {
    const auto period = ParsePeriod(Member(table, "period"));
    if (!period) {
        throw Problem("wrong_use", {{"what", "returns 的 period"}});
    }
    const ledger::HandReturn what =
        table["zero"].value_or(false) ? ledger::HandReturn::kZero : ledger::HandReturn::kReturned;
    ledger::GiveReturn(
        app_.ledger(), actor_, Type(table).id, PlaceOf(Member(table, "place")), *period, what
    );
}

void CaseRun::CheckFigure(const toml::table& figure) {
    indicator::FigureQuery query;
    query.indicator = Member(figure, "of");
    query.place = PlaceOf(Member(figure, "place"));
    query.period = ParsePeriod(Member(figure, "period")).value_or(YearPeriod(1970));
    const indicator::Figure came = app_.figures().Get(actor_, query);
    const std::string value = came.value ? ToShortText(*came.value) : "";
    const std::string where =
        query.indicator + " " + Member(figure, "place") + " " + ToText(query.period);
    if (figure.contains("value") && Member(figure, "value") != value) {
        Fail(
            where + "：应为 " + Member(figure, "value") + "，实为 " +
            (value.empty() ? "无数据" : value)
        );
    }
    if (figure.contains("exact") &&
        Member(figure, "exact") != (came.exact ? ToText(*came.exact) : "")) {
        Fail(
            where + "：精确值应为 " + Member(figure, "exact") + "，实为 " +
            (came.exact ? ToText(*came.exact) : "无")
        );
    }
    std::string state = indicator::StateName(came.state);
    if (came.state == indicator::State::kPartial) {
        state += " " + std::to_string(came.returned) + "/" + std::to_string(came.owed);
    }
    if (figure.contains("state") && Member(figure, "state") != state) {
        Fail(where + "：状态应为 " + Member(figure, "state") + "，实为 " + state);
    }
}

void CaseRun::CheckSentence(const toml::table& sentence) {
    const definition::Passage* passage = app_.model().FindPassage(Member(sentence, "passage"));
    if (passage == nullptr) {
        throw Problem(
            "not_found", {{"kind", "段落"}, {"name", Member(sentence, "passage")}, {"nearest", ""}}
        );
    }
    const Period period = ParsePeriod(Member(sentence, "period")).value_or(YearPeriod(1970));
    const auto source = report::MakeLedgerSource(app_.ledger(), app_.figures(), actor_);
    report::ResolveContext context{*source, period, {}};
    report::Resolver resolver(context);
    const std::string printed = document::PlainText(resolver.Paragraph(passage->text, 1));
    if (sentence.contains("says") && printed.find(Member(sentence, "says")) == std::string::npos) {
        Fail("段落里没有“" + Member(sentence, "says") + "”：" + printed);
    }
    if (sentence.contains("not") && printed.find(Member(sentence, "not")) != std::string::npos) {
        Fail("段落里不应有“" + Member(sentence, "not") + "”：" + printed);
    }
}

void CaseRun::Run() {
    Each("given", [this](const toml::table& table) { Give(table); });
    Each("returns", [this](const toml::table& table) { Return(table); });
    Each("figure", [this](const toml::table& table) { CheckFigure(table); });
    Each("sentence", [this](const toml::table& table) { CheckSentence(table); });
}

TownSettings SettingsOf(const toml::table& text) {
    constexpr int64_t kTownCode = 990000001000;  // a region that does not exist
    TownSettings settings;
    settings.places.code = std::to_string(kTownCode);
    settings.places.name = "算例镇";
    std::vector<std::string> names = {"甲村", "乙村"};
    if (const toml::array* villages = text["villages"].as_array()) {
        names.clear();
        for (const toml::node& village : *villages) {
            names.push_back(TextOf(village));
        }
    }
    for (size_t i = 0; i < names.size(); ++i) {
        settings.places.villages.push_back(
            {std::to_string(kTownCode + 200 + static_cast<int64_t>(i)), names[i], {}, 0}
        );
    }
    if (const toml::table* values = text["settings"].as_table()) {
        for (const auto& [key, node] : *values) {
            settings.values[std::string(key.str())] = TextOf(node);
        }
    }
    return settings;
}

CaseResult RunCase(
    const DefinitionOptions& options,
    const std::string& path,
    const std::string& text,
    const Environment& environment
) {
    CaseResult result{path, {}};
    try {
        const toml::table table = definition::ParseToml(text, path);
        result.name += ": " + Member(table, "name");
        const auto today = ParseTime(Member(table, "today"));
        const FixedClock clock(today.value_or(environment.clock.NowMillis()));
        const Environment own{clock, environment.random};
        const CaseFolder folder(environment.random);
        InitTown(folder.path(), SettingsOf(table), options, own);
        const auto app = App::Open(folder.path(), options, own);
        CaseRun(*app, table, result.failures).Run();
    } catch (const toml::parse_error& error) {
        result.failures.push_back("TOML：" + std::string(error.description()));
    } catch (const Problem& problem) {
        result.failures.push_back(problem.Message());
    }
    return result;
}

}  // namespace

CasesResult RunCases(
    const DefinitionOptions& options,
    const definition::Model& model,
    const std::vector<std::string>& lines,
    const Environment& environment
) {
    for (const std::string& line : lines) {
        const bool known = std::any_of(
            model.lines.begin(),
            model.lines.end(),
            [&](const definition::WorkLine& one) { return one.id == line; }
        );
        if (!known) {
            throw Problem("not_found", {{"kind", "工作线"}, {"name", line}, {"nearest", ""}});
        }
    }
    const std::vector<definition::Layer> layers = DefinitionLayers(options, {});
    CasesResult result;
    for (const definition::WorkLine& line : model.lines) {
        if (!lines.empty() && std::find(lines.begin(), lines.end(), line.id) == lines.end()) {
            continue;
        }
        for (const std::string& path : line.cases) {
            const auto file = layers.front().files.find(path);
            result.cases.push_back(RunCase(
                options, path, file == layers.front().files.end() ? "" : file->second, environment
            ));
            ++(result.cases.back().failures.empty() ? result.passed : result.failed);
        }
    }
    return result;
}

}  // namespace zw::app
