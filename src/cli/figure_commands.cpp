#include <fmt/format.h>
#include <boost/json.hpp>
#include <iostream>

#include "base/files.h"
#include "base/not_found.h"
#include "base/problem.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/table.h"
#include "http/json.h"
#include "indicator/figure_text.h"
#include "report/figure_sheet.h"

namespace zw::cli {

namespace {

using indicator::Compare;
using indicator::Figure;
using indicator::FigureQuery;

struct FigureArguments {
    std::string folder;
    std::string indicator;
    std::string period;
    std::string place;
    std::string by;
    std::string compare;
    std::string as_of;
    std::string tree;
    std::string sheet;
    bool explain = false;
    bool records = false;
};

Compare CompareOf(const std::string& word) {
    if (word.empty()) {
        return Compare::kNone;
    }
    if (word == "同比") {
        return Compare::kYearOnYear;
    }
    if (word == "环比") {
        return Compare::kPeriodOnPeriod;
    }
    if (word == "较年初") {
        return Compare::kSinceYearStart;
    }
    throw Problem::Because(
        "wrong_use", {"--compare 应为 同比、环比 或 较年初", "--compare is 同比, 环比 or 较年初"}
    );
}

std::optional<int64_t> SeqOf(app::App& town, const std::string& as_of) {
    if (as_of.empty()) {
        return std::nullopt;
    }
    const auto time = ParseTime(as_of);
    if (!time) {
        throw Problem::Because(
            "wrong_use",
            {"--as-of 应为 2023-12-31 或 2023-12-31T09:30",
             "--as-of is 2023-12-31 or 2023-12-31T09:30"}
        );
    }
    const auto reader = town.database().Read();
    return audit::Log::SeqAt(reader->connection(), town.town(), *time);
}

// --tree 2022 or 2022-06-30: the villages as they stood at that period's end.
std::optional<Date> TreeOn(const std::string& tree) {
    return tree.empty() ? std::nullopt : std::optional(PeriodOf(tree).last);
}

std::vector<std::string> IndicatorsOf(const app::App& town, const std::string& word) {
    std::vector<std::string> ids;
    for (const definition::Indicator& indicator : town.model().indicators) {
        if (word == "all" || word == indicator.id || word == indicator.name.zh) {
            ids.push_back(indicator.id);
        }
    }
    if (ids.empty()) {
        std::vector<std::string> known;
        for (const definition::Indicator& indicator : town.model().indicators) {
            known.push_back(indicator.id);
        }
        const auto nearest = Nearest(word, known);
        throw NotFound(Thing::kIndicator, word, nearest);
    }
    return ids;
}

// What a comparison says for people: 缺石咀村等2村，不比 where the two sides are of other villages.
std::string DifferenceWords(
    const access::PlaceTree& places, const indicator::Comparison& comparison
) {
    if (comparison.difference) {
        return indicator::ValueText(*comparison.difference);
    }
    if (comparison.uneven.empty()) {
        return "";
    }
    const access::Place* first = places.Find(comparison.uneven.front());
    return fmt::format(
        "{}等{}村没有报齐，不比", first != nullptr ? first->name : "", comparison.uneven.size()
    );
}

// One figure as a row for people: name, place, value with unit, what is wrong with it, comparison.
std::vector<std::string> Row(
    const app::App& town,
    const access::PlaceTree& places,
    const Figure& figure,
    const indicator::Comparison& comparison
) {
    const definition::Indicator* indicator = town.model().FindIndicator(figure.indicator);
    const access::Place* place = places.Find(figure.place);
    return {
        indicator != nullptr ? indicator->name.zh : figure.indicator,
        place != nullptr ? place->NameOn(figure.period.last) : "",
        figure.value ? indicator::ValueText(*figure.value) + figure.unit : "—",
        indicator::StateWord(figure),
        DifferenceWords(places, comparison),
        comparison.percent ? ToText(*comparison.percent) + "%" : "",
        Join(figure.doubts, {"；", "; "}).zh,
    };
}

struct Printed {
    boost::json::array json;
    std::vector<std::vector<std::string>> rows;
};

void Print(
    app::App& town,
    const access::PlaceTree& places,
    const Figure& figure,
    const indicator::Comparison& comparison,
    Compare compare,
    Printed& printed
) {
    printed.json.push_back(
        http::ToJson(figure, places, compare == Compare::kNone ? nullptr : &comparison)
    );
    printed.rows.push_back(Row(town, places, figure, comparison));
}

FigureQuery QueryOf(
    app::App& town,
    const access::PlaceTree& places,
    const FigureArguments& arguments,
    const std::string& indicator
) {
    return {
        indicator,
        PlaceOf(places, arguments.place),
        PeriodOf(arguments.period),
        SeqOf(town, arguments.as_of),
        TreeOn(arguments.tree)};
}

Printed Collect(app::App& town, const FigureArguments& arguments) {
    const access::PlaceTree places = town.Places();
    const Compare compare = CompareOf(arguments.compare);
    Printed printed;
    for (const std::string& id : IndicatorsOf(town, arguments.indicator)) {
        FigureQuery query = QueryOf(town, places, arguments, id);
        if (arguments.by.empty()) {
            const auto [figure, comparison, target] =
                town.figures().GetInContext(CommandLineActor(), query, compare);
            Print(town, places, figure, comparison, compare, printed);
            continue;
        }
        for (const Figure& figure : town.figures().ByVillage(CommandLineActor(), query)) {
            query.place = figure.place;
            const indicator::Comparison comparison =
                compare == Compare::kNone
                    ? indicator::Comparison{}
                    : town.figures().CompareWith(CommandLineActor(), query, compare);
            Print(town, places, figure, comparison, compare, printed);
        }
    }
    return printed;
}

void PrintExplanation(app::App& town, const FigureQuery& query, Context& context) {
    const access::PlaceTree places = town.Places();
    const indicator::Breakdown breakdown = town.figures().Explain(CommandLineActor(), query);
    if (context.json) {
        context.out << boost::json::serialize(http::ToJson(breakdown, places)) << "\n";
        return;
    }
    context.out << "口径：" << breakdown.formula_in_words.zh << "\n";
    const auto section = [&](const char* title, const std::vector<Figure>& parts, bool by_period) {
        if (parts.empty()) {
            return;
        }
        std::vector<std::vector<std::string>> rows;
        for (const Figure& part : parts) {
            std::vector<std::string> row = Row(town, places, part, {});
            if (by_period) {
                row[1] = ToChinese(part.period);
            }
            rows.push_back({row[0], row[1], row[2], row[3]});
        }
        context.out << title << "\n" << TextTable({}, rows);
    };
    section("由以下指标算出：", breakdown.inputs, false);
    section("分村：", breakdown.by_place, false);
    section("分月：", breakdown.by_month, true);
}

void PrintRecords(app::App& town, const FigureQuery& query, Context& context) {
    constexpr int kPage = 500;
    int64_t after = 0;
    boost::json::array json;
    std::vector<std::vector<std::string>> rows;
    while (true) {
        const auto page = town.figures().Records(CommandLineActor(), query, kPage, after);
        for (const indicator::FigureRow& row : page) {
            json.push_back(http::ToJson(row));
            rows.push_back(
                {row.title,
                 row.adds ? indicator::ValueText(*row.adds) : "",
                 row.source,
                 row.by,
                 TimeToText(row.at_millis)}
            );
            after = row.row.id;
        }
        if (static_cast<int>(page.size()) < kPage) {
            break;
        }
    }
    if (context.json) {
        context.out << boost::json::serialize(json) << "\n";
    } else {
        context.out << TextTable({"记录", "计入", "来源(文件|表|行)", "录入人", "时间"}, rows);
    }
}

// The A4 page. What else was asked for has printed its JSON already: one answer a run.
void WriteSheet(
    app::App& town, const FigureQuery& query, const FigureArguments& arguments, Context& context
) {
    WriteFile(
        arguments.sheet,
        report::FigureSheet(town.ledger(), town.figures(), CommandLineActor(), query)
    );
    if (!context.json) {
        context.err << "已写出 " << arguments.sheet << "\n";
    } else if (!arguments.explain && !arguments.records) {
        const access::PlaceTree places = town.Places();
        boost::json::object out{
            {"indicator", query.indicator},
            {"place", places.Find(query.place)->code},
            {"period", ToText(query.period)},
            {"file", arguments.sheet},
        };
        context.out << boost::json::serialize(out) << "\n";
    }
}

// One figure of one place, opened in one of the three ways.
void OpenFigure(app::App& town, const FigureArguments& arguments, Context& context) {
    const FigureQuery query =
        QueryOf(town, town.Places(), arguments, IndicatorsOf(town, arguments.indicator).front());
    if (arguments.explain) {
        PrintExplanation(town, query, context);
    }
    if (arguments.records) {
        PrintRecords(town, query, context);
    }
    if (!arguments.sheet.empty()) {
        WriteSheet(town, query, arguments, context);
    }
}

void RunFigure(const FigureArguments& arguments, Context& context) {
    const auto town = context.Open(arguments.folder);
    const bool one = arguments.indicator != "all" && arguments.by.empty();
    if (arguments.explain || arguments.records || !arguments.sheet.empty()) {
        if (!one) {
            throw Problem::Because(
                "wrong_use",
                {"--explain、--records、--sheet 一次只能看一个指标、一个地方",
                 "--explain, --records and --sheet take one indicator and one place"}
            );
        }
        if (context.json && arguments.explain && arguments.records) {
            throw Problem::Because(
                "wrong_use",
                {"--json 时 --explain 与 --records 只能选一个",
                 "with --json take one of --explain and --records"}
            );
        }
        OpenFigure(*town, arguments, context);
        return;
    }
    const Printed printed = Collect(*town, arguments);
    if (context.json) {
        context.out << boost::json::serialize(
                           one ? printed.json.front() : boost::json::value(printed.json)
                       )
                    << "\n";
    } else {
        context.out << TextTable(
            {"指标", "地方", "数值", "状态", "增减", "增减%", "存疑"}, printed.rows
        );
    }
}

struct EnterArguments {
    std::string folder;
    std::string indicator;
    std::string period;
    std::string place;
    std::string value;
    std::string kind;
    std::string organ;
    std::string document;
    std::string reason;
};

void RunEnter(const EnterArguments& arguments, Context& context) {
    const auto town = context.Open(arguments.folder);
    const auto value = ParseDecimal(arguments.value);
    if (!value) {
        throw Problem("not_a_number", {{"value", arguments.value}});
    }
    if (arguments.kind != "adopted" && arguments.kind != "forecast") {
        throw Problem::Because(
            "wrong_use",
            {"--kind 应为 adopted(采用) 或 forecast(预计)", "--kind is adopted or forecast"}
        );
    }
    indicator::EntryRequest entry;
    entry.indicator = IndicatorsOf(*town, arguments.indicator).front();
    entry.place = PlaceOf(town->Places(), arguments.place);
    entry.period = PeriodOf(arguments.period);
    entry.value = *value;
    entry.adopted = arguments.kind == "adopted";
    entry.organ = arguments.organ;
    entry.document = arguments.document;
    entry.reason = arguments.reason;
    const int64_t id = town->figures().Enter(CommandLineActor(), entry);
    if (context.json) {
        context.out << boost::json::serialize(boost::json::object{{"entry", std::to_string(id)}})
                    << "\n";
    } else {
        context.out << "已记入，编号 " << id << "。台账和报送数据不变，计算值仍并列保留。\n";
    }
}

struct EntriesArguments {
    std::string folder;
    std::string period;
};

// All that was ever entered beside what the records say, newest first.
void RunEntries(const EntriesArguments& arguments, Context& context) {
    const auto town = context.Open(arguments.folder);
    const access::PlaceTree places = town->Places();
    std::optional<Period> period;
    if (!arguments.period.empty()) {
        period = PeriodOf(arguments.period);
    }
    boost::json::array json;
    std::vector<std::vector<std::string>> rows;
    for (const indicator::Entry& entry : town->figures().Entries()) {
        if (period && entry.period != *period) {
            continue;
        }
        const boost::json::object one = http::ToJson(entry, town->model(), places);
        const auto text = [&](const char* key) { return std::string(one.at(key).as_string()); };
        rows.push_back(
            {text("name"),
             text("place_name"),
             text("period"),
             entry.adopted ? "采用" : "预计",
             text("value") + text("unit"),
             entry.organ,
             entry.document,
             entry.reason,
             entry.by,
             text("at")}
        );
        json.push_back(one);
    }
    if (context.json) {
        context.out << boost::json::serialize(json) << "\n";
    } else if (rows.empty()) {
        context.out << "没有录入过采用数或预计数。\n";
    } else {
        context.out << TextTable(
            {"指标", "地方", "期间", "", "数值", "核定机关", "文件", "理由", "经手", "时间"}, rows
        );
    }
}

void AddEnter(CLI::App& figure, Context& context) {
    auto* enter = figure.add_subcommand("enter", "采用数 / 预计数");
    const auto entry = Keep<EnterArguments>();
    enter->add_option("DIR", entry->folder)->required();
    enter->add_option("INDICATOR", entry->indicator)->required();
    enter->add_option("--period", entry->period)->required();
    enter->add_option("--place", entry->place);
    enter->add_option("--value", entry->value)->required();
    enter->add_option("--kind", entry->kind, "adopted or forecast")->required();
    enter->add_option("--organ", entry->organ, "who fixed it, where the document does not say so");
    enter->add_option("--document", entry->document, "adopted: the document that fixed it");
    enter->add_option("--reason", entry->reason)->required();
    enter->callback([entry, &context] { RunEnter(*entry, context); });

    auto* list = figure.add_subcommand("entries", "录入过的采用数、预计数");
    const auto entries = Keep<EntriesArguments>();
    list->add_option("DIR", entries->folder)->required();
    list->add_option("--period", entries->period, "all when left out");
    list->callback([entries, &context] { RunEntries(*entries, context); });
}

}  // namespace

void AddFigureCommands(CLI::App& root, Context& context) {
    auto* figure = root.add_subcommand("figure", "指标数值 / figures, how they open, entries");
    const auto arguments = Keep<FigureArguments>();
    figure->add_option("DIR", arguments->folder, "the town's folder");
    figure->add_option("INDICATOR", arguments->indicator, "an indicator's id or name, or all");
    figure->add_option("--period", arguments->period, "2023, 2023Q4, 2023-06");
    figure->add_option("--place", arguments->place, "code or name; the town when left out");
    figure->add_option("--by", arguments->by, "village")->check(CLI::IsMember({"village"}));
    figure->add_option("--compare", arguments->compare, "同比, 环比 or 较年初");
    figure->add_option("--as-of", arguments->as_of, "as the records stood at that time");
    figure->add_option("--tree", arguments->tree, "villages as they stood then: 2022, 2022-06");
    figure->add_flag("--explain", arguments->explain, "formula, villages, months");
    figure->add_flag("--records", arguments->records, "the records behind it");
    figure->add_option("--sheet", arguments->sheet, "one A4 page as .docx")->type_name("FILE.docx");

    AddEnter(*figure, context);

    figure->callback([figure, arguments, &context] {
        if (!figure->get_subcommands().empty()) {
            return;
        }
        if (arguments->folder.empty() || arguments->indicator.empty() ||
            arguments->period.empty()) {
            throw Problem::Because(
                "wrong_use",
                {"zhenwu figure DIR 指标|all --period 2023",
                 "zhenwu figure DIR INDICATOR|all --period 2023"}
            );
        }
        RunFigure(*arguments, context);
    });
}

}  // namespace zw::cli
