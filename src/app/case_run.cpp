#include "app/case_run.h"

#include <algorithm>
#include <initializer_list>
#include <sstream>

#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"
#include "indicator/figure_text.h"
#include "ledger/list_feed.h"
#include "ledger/parse_value.h"
#include "ledger/returns.h"

namespace zw::app {

std::string CaseText(const toml::node& node) {
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

std::string CaseText(const toml::table& table, std::string_view key) {
    const toml::node* node = table.get(key);
    return node != nullptr ? CaseText(*node) : std::string();
}

namespace {

struct GivenRow {
    ledger::BatchRow row;
    std::string expect;
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
    static Period PeriodOf(const toml::table& table);
    ledger::Value ValueOf(
        const definition::RecordType& type, const std::string& field, const std::string& text
    );
    int64_t FindReferred(const definition::Field& field, const std::string& text);
    void Give(const toml::table& given);
    void Judge(const GivenRow& row, const std::vector<Finding>& findings, size_t number);
    void Return(const toml::table& table);
    void CheckFigure(const toml::table& figure);
    void CheckSentence(const toml::table& sentence);
    void RequireExpectations() const;
    void Fail(const std::string& what) { failures_.push_back(what); }

    App& app_;
    const toml::table& text_;
    std::vector<std::string>& failures_;
    access::PlaceTree places_;
    access::Actor actor_;
};

// A misspelt key would be an expectation that nobody looks at.
void RequireKeys(const toml::table& table, std::initializer_list<std::string_view> known) {
    for (const auto& [key, node] : table) {
        if (std::find(known.begin(), known.end(), key.str()) == known.end()) {
            const std::vector<std::string> names(known.begin(), known.end());
            throw Problem::Because(
                "wrong_use",
                {"算例没有“" + std::string(key.str()) + "”这一项，可以是" + Join(names, "、"),
                 "a case has no \"" + std::string(key.str()) + "\"; it may have " +
                     Join(names, ", ")}
            );
        }
    }
}

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
    const std::string id = CaseText(table, "record");
    const definition::RecordType* type = app_.model().FindRecord(id);
    if (type == nullptr) {
        throw NotFound(Thing::kLedger, id);
    }
    return *type;
}

int64_t CaseRun::PlaceOf(const std::string& name) const {
    if (name.empty() || name == "镇本级") {
        return name.empty() ? places_.town().id : places_.town_itself().id;
    }
    const auto id = places_.Match(name);
    if (!id) {
        throw NotFound(Thing::kVillage, name);
    }
    return *id;
}

Period CaseRun::PeriodOf(const toml::table& table) {
    const std::string text = CaseText(table, "period");
    const auto period = ParsePeriod(text);
    if (!period) {
        throw Problem::Because(
            "wrong_use",
            {"period = \"" + text + "\" 不是时期", "period = \"" + text + "\" is no period"}
        );
    }
    return *period;
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
    throw NotFound(field.name.Both(), text);
}

ledger::Value CaseRun::ValueOf(
    const definition::RecordType& type, const std::string& field, const std::string& text
) {
    const definition::Field* found = type.FindField(field);
    if (found == nullptr) {
        throw NotFound(Thing::kField, field);
    }
    if (found->type.kind == formula::Kind::kRef) {
        return FindReferred(*found, text);
    }
    const auto value = ledger::ParseValue(found->type, text);
    if (!value) {
        throw Problem::Because(
            "wrong_use",
            {field + " = " + text + " 不是该类型的值",
             field + " = " + text + " is no value of its type"}
        );
    }
    return *value;
}

void CaseRun::Give(const toml::table& given) {
    RequireKeys(given, {"record", "rows"});
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
                row.expect = CaseText(node);
            } else if (name == "place") {
                row.row.place = PlaceOf(CaseText(node));
            } else {
                row.row.values[name] = ValueOf(type, name, CaseText(node));
            }
        }
        rows.push_back(std::move(row));
    }
    ledger::ListFeed feed;
    for (const GivenRow& row : rows) {
        feed.Add(row.row);
    }
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
    RequireKeys(table, {"record", "place", "period", "zero"});
    const ledger::HandReturn what =
        table["zero"].value_or(false) ? ledger::HandReturn::kZero : ledger::HandReturn::kReturned;
    ledger::GiveReturn(
        app_.ledger(),
        actor_,
        Type(table).id,
        PlaceOf(CaseText(table, "place")),
        PeriodOf(table),
        what
    );
}

void CaseRun::CheckFigure(const toml::table& figure) {
    indicator::FigureQuery query;
    query.indicator = CaseText(figure, "of");
    query.place = PlaceOf(CaseText(figure, "place"));
    query.period = PeriodOf(figure);
    const indicator::Figure came = app_.figures().Get(actor_, query);
    const std::string value = came.value ? ToShortText(*came.value) : "";
    const std::string where =
        query.indicator + " " + CaseText(figure, "place") + " " + ToText(query.period);
    if (figure.contains("value") && CaseText(figure, "value") != value) {
        Fail(
            where + "：应为 " + CaseText(figure, "value") + "，实为 " +
            (value.empty() ? "无数据" : value)
        );
    }
    if (figure.contains("exact") &&
        CaseText(figure, "exact") != (came.exact ? ToText(*came.exact) : "")) {
        Fail(
            where + "：精确值应为 " + CaseText(figure, "exact") + "，实为 " +
            (came.exact ? ToText(*came.exact) : "无")
        );
    }
    const std::string state = indicator::StateText(came);
    if (figure.contains("state") && CaseText(figure, "state") != state) {
        Fail(where + "：状态应为 " + CaseText(figure, "state") + "，实为 " + state);
    }
}

void CaseRun::CheckSentence(const toml::table& sentence) {
    const definition::Passage* passage = app_.model().FindPassage(CaseText(sentence, "passage"));
    if (passage == nullptr) {
        throw NotFound(Thing::kParagraph, CaseText(sentence, "passage"));
    }
    const Period period = PeriodOf(sentence);
    const auto source = report::MakeLedgerSource(app_.ledger(), app_.figures(), actor_);
    report::ResolveContext context{*source, period, {}};
    report::Resolver resolver(context);
    const std::string printed = document::PlainText(resolver.Paragraph(passage->text, 1));
    if (sentence.contains("says") &&
        printed.find(CaseText(sentence, "says")) == std::string::npos) {
        Fail("段落里没有“" + CaseText(sentence, "says") + "”：" + printed);
    }
    if (sentence.contains("not") && printed.find(CaseText(sentence, "not")) != std::string::npos) {
        Fail("段落里不应有“" + CaseText(sentence, "not") + "”：" + printed);
    }
}

// A figure or sentence of which nothing is said passes whatever comes.
void CaseRun::RequireExpectations() const {
    size_t expected = 0;
    Each("given", [&](const toml::table& given) {
        if (const toml::array* rows = given["rows"].as_array()) {
            for (const toml::node& row : *rows) {
                expected += row.is_table() && row.as_table()->contains("expect") ? 1 : 0;
            }
        }
    });
    const auto require = [&](const toml::table& table, bool says) {
        if (!says) {
            throw Problem::Because(
                "wrong_use",
                {"“" + CaseText(table, "of") + CaseText(table, "passage") + "”没有写应为什么",
                 "nothing says what \"" + CaseText(table, "of") + CaseText(table, "passage") +
                     "\" should be"}
            );
        }
        ++expected;
    };
    // Keys first: a misspelt one is why nothing is said.
    Each("figure", [&](const toml::table& figure) {
        RequireKeys(figure, {"of", "period", "place", "value", "exact", "state"});
        require(
            figure, figure.contains("value") || figure.contains("exact") || figure.contains("state")
        );
    });
    Each("sentence", [&](const toml::table& sentence) {
        RequireKeys(sentence, {"passage", "period", "says", "not"});
        require(sentence, sentence.contains("says") || sentence.contains("not"));
    });
    if (expected == 0) {
        throw Problem::Because(
            "wrong_use", {"算例没有写应为什么", "the case does not say what should be"}
        );
    }
}

void CaseRun::Run() {
    RequireKeys(
        text_, {"name", "today", "villages", "settings", "given", "returns", "figure", "sentence"}
    );
    RequireExpectations();
    Each("given", [this](const toml::table& table) { Give(table); });
    Each("returns", [this](const toml::table& table) { Return(table); });
    Each("figure", [this](const toml::table& table) { CheckFigure(table); });
    Each("sentence", [this](const toml::table& table) { CheckSentence(table); });
}

}  // namespace

void RunCase(App& app, const toml::table& text, std::vector<std::string>& failures) {
    CaseRun(app, text, failures).Run();
}

}  // namespace zw::app
