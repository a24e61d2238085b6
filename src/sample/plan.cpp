#include "sample/plan.h"

#include <algorithm>
#include <functional>
#include <regex>
#include <set>

#include "base/exact.h"
#include "base/problem.h"
#include "base/text.h"
#include "sample/read_make.h"
#include "sample/toml_reader.h"

namespace zw::sample {

namespace {

void ReadTown(const TomlReader& in, const toml::table& table, TownPlan& town) {
    in.OnlyKnown(
        table,
        {"name",
         "code",
         "county",
         "villages",
         "first_village",
         "groups",
         "alias_without",
         "settings"}
    );
    town.places.name = in.Text(table, "name", "");
    town.places.code = in.Text(table, "code", "");
    town.values["town.name"] = town.places.name;
    town.values["town.code"] = town.places.code;
    if (const toml::node* county = table.get("county")) {
        town.values["county.name"] = in.Text(in.Table(*county), "name", "");
        town.values["county.code"] = in.Text(in.Table(*county), "code", "");
    }
    if (const toml::node* groups = table.get("groups")) {
        town.group_range = in.WholePair(*groups);
    }
    const std::string ending = in.Text(table, "alias_without", "");
    int64_t number =
        table.get("first_village") == nullptr ? 1 : in.Whole(*table.get("first_village"));
    for (const std::string& name : in.Texts(table, "villages")) {
        access::VillageSetup village{
            town.places.code.substr(0, 9) + std::to_string(1000 + number).substr(1), name, {}, 0};
        if (!ending.empty() && EndsWith(name, ending)) {
            village.aliases.push_back(name.substr(0, name.size() - ending.size()));
        }
        town.places.villages.push_back(std::move(village));
        ++number;
    }
    if (const toml::node* settings = table.get("settings")) {
        for (const auto& [key, node] : in.Table(*settings)) {
            town.values[std::string(key.str())] =
                node.is_integer() ? std::to_string(in.Whole(node)) : in.Text(node);
        }
    }
}

BookPlan ReadBook(const TomlReader& in, const toml::table& table, const definition::Model& model) {
    in.OnlyKnown(
        table, {"record", "files", "titles", "sheets", "kinds", "merged", "subtotals", "faults"}
    );
    BookPlan book;
    const std::string id = in.Text(table, "record", "");
    book.record = model.FindRecord(id);
    if (book.record == nullptr) {
        in.Wrong(table, "没有台账“" + id + "”");
    }
    book.files = in.Texts(table, "files");
    book.titles = in.Texts(table, "titles");
    book.sheets = in.Texts(table, "sheets");
    book.kinds = in.Texts(table, "kinds");
    book.merged = in.Texts(table, "merged");
    book.subtotals = in.Texts(table, "subtotals");
    if (book.files.empty() || book.titles.empty() || book.sheets.empty() || book.kinds.empty()) {
        in.Wrong(table, "workbook 应有 files、titles、sheets、kinds");
    }
    const std::set<std::string> known = {"one", "place", "period", "stacked", "beside"};
    for (const std::string& sheets : book.sheets) {
        if (!known.contains(sheets)) {
            in.Wrong(table, "sheets 应为 one、place、period、stacked 或 beside");
        }
    }
    for (const std::vector<std::string>* fields : {&book.merged, &book.subtotals}) {
        for (const std::string& field : *fields) {
            if (!field.empty() && field != "place" && book.record->FindField(field) == nullptr) {
                in.Wrong(table, "没有字段“" + field + "”");
            }
        }
    }
    if (const toml::node* faults = table.get("faults")) {
        for (const auto& [key, node] : in.Table(*faults)) {
            book.faults[std::string(key.str())] = in.Number(node);
        }
    }
    return book;
}

// A number with its unit, in `type`'s.
Decimal Bound(
    const TomlReader& in,
    const toml::node& at,
    const definition::Model& model,
    const formula::Type& type,
    const std::string& number,
    const std::string& unit_text
) {
    const auto value = ParseDecimal(number);
    const auto unit = unit_text.empty() ? std::optional(type.unit) : model.units.Parse(unit_text);
    if (!value || !unit || !unit->SameDimension(type.unit)) {
        in.Wrong(at, "“" + number + unit_text + "”与指标的单位不符");
    }
    const Ratio factor = formula::Conversion(*unit, type.unit);
    constexpr int kDecimals = 4;
    return Round(Multiply(Ratio{value->units, PowerOfTen(value->scale)}, factor), kDecimals);
}

Expectation ReadExpectation(
    const TomlReader& in, const toml::node& node, const definition::Model& model
) {
    static const std::regex kForm(
        R"(^\s*(\w+)\(([^)]+)\)\s+between\s+([\d.]+)\s*(\S*)\s+and\s+([\d.]+)\s*(\S*)\s*$)"
    );
    Expectation expectation;
    expectation.text = in.Text(node);
    expectation.file = in.file();
    expectation.line = static_cast<int>(node.source().begin.line);
    std::smatch match;
    if (!std::regex_match(expectation.text, match, kForm)) {
        in.Wrong(node, "应为“指标(2023) between A 单位 and B 单位”");
    }
    expectation.indicator = model.FindIndicator(match[1].str());
    const auto period = ParsePeriod(match[2].str());
    if (expectation.indicator == nullptr || !period) {
        in.Wrong(
            node, "没有这个指标，或期别写法不对：" + match[1].str() + "(" + match[2].str() + ")"
        );
    }
    expectation.period = *period;
    const formula::Type& type = expectation.indicator->type;
    expectation.low = Bound(in, node, model, type, match[3].str(), match[4].str());
    expectation.high = Bound(in, node, model, type, match[5].str(), match[6].str());
    return expectation;
}

// Does one part of the reading; `faults`: where what is wrong is kept, null: it is thrown.
void Try(std::vector<Problem>* faults, const std::function<void()>& part) {
    if (faults == nullptr) {
        part();
        return;
    }
    try {
        part();
    } catch (const Problem& problem) {
        if (problem.code() != "sample_wrong") {
            throw;
        }
        faults->push_back(problem);
    }
}

void ReadFile(
    const TomlReader& in,
    const definition::Meaning& meaning,
    Plan& plan,
    std::vector<Problem>* faults
) {
    Try(faults, [&] { in.OnlyKnown(in.root(), {"town", "words", "make", "workbook", "expect"}); });
    if (const toml::node* town = in.root().get("town")) {
        ReadTown(in, in.Table(*town), plan.town);
    }
    if (const toml::node* words = in.root().get("words")) {
        for (const auto& [key, node] : in.Table(*words)) {
            plan.words[std::string(key.str())] = in.Texts(node);
        }
    }
    for (const toml::table* make : in.Tables(in.root(), "make")) {
        Try(faults, [&] { plan.makes.push_back(ReadMake(in, *make, meaning)); });
    }
    for (const toml::table* book : in.Tables(in.root(), "workbook")) {
        Try(faults, [&] { plan.books.push_back(ReadBook(in, *book, meaning.model)); });
    }
    if (const toml::node* expect = in.root().get("expect");
        expect != nullptr && expect->is_array()) {
        for (const toml::node& one : *expect->as_array()) {
            Try(faults,
                [&] { plan.expectations.push_back(ReadExpectation(in, one, meaning.model)); });
        }
    }
}

// Model::records holds referred-to types first; makes follow it, those of one record in the order
// of their files.
void Order(Plan& plan) {
    std::map<const definition::RecordType*, size_t> place;
    for (size_t i = 0; i < plan.model->records.size(); ++i) {
        place[&plan.model->records[i]] = i;
    }
    std::stable_sort(plan.makes.begin(), plan.makes.end(), [&](const Make& a, const Make& b) {
        return place[a.record] < place[b.record];
    });
    std::map<const definition::RecordType*, int> numbers;
    for (Make& make : plan.makes) {
        make.number = numbers[make.record]++;
    }
}

Plan ReadPlan(std::shared_ptr<const definition::Model> model, std::vector<Problem>* faults) {
    Plan plan;
    plan.model = std::move(model);
    const definition::Meaning meaning{*plan.model, definition::CalendarOf(*plan.model), {}, {}};
    for (const definition::WorkLine& line : plan.model->lines) {
        if (!line.sample.empty()) {
            Try(faults, [&] {
                ReadFile(
                    TomlReader("worklines/" + line.id + "/sample.toml", line.sample),
                    meaning,
                    plan,
                    faults
                );
            });
        }
    }
    Order(plan);
    if (plan.town.places.name.empty() || plan.town.places.villages.empty()) {
        throw Problem(
            "sample_wrong",
            {{"file", "worklines"},
             {"line", "1"},
             {"column", "1"},
             {"what", "没有 sample.toml 写明 [town]"},
             {"what_en", "no sample.toml has [town]"}}
        );
    }
    return plan;
}

}  // namespace

Plan LoadPlan(std::shared_ptr<const definition::Model> model) {
    return ReadPlan(std::move(model), nullptr);
}

std::vector<Problem> PlanFaults(std::shared_ptr<const definition::Model> model) {
    std::vector<Problem> faults;
    Try(&faults, [&] { ReadPlan(std::move(model), &faults); });
    return faults;
}

}  // namespace zw::sample
