#include "cli/form_commands.h"

#include <boost/json.hpp>
#include <filesystem>
#include <iostream>

#include "base/files.h"
#include "base/problem.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/table.h"
#include "http/json_form.h"
#include "report/forms_json.h"

namespace zw::cli {

namespace {

namespace json = boost::json;

struct FormArguments {
    std::string folder;
    std::string form;
    std::string file;
    std::string name;
    std::string sheet;
    std::string cell;
    std::string what;
    std::string kind = "figure";
    std::string fields;
    std::string filter;
    std::string period;
    std::string out;
    std::string why;
    int room = 0;
    bool keep = false;
};

report::Forms FormsOf(app::App& app) {
    return {app.ledger(), app.figures()};
}

void RunAdd(const FormArguments& arguments, Context& context) {
    const auto town = context.Open(arguments.folder);
    const std::string name = arguments.name.empty()
                                 ? std::filesystem::path(arguments.file).filename().string()
                                 : arguments.name;
    const report::FormInfo form =
        FormsOf(*town).Put(CommandLineActor(), name, ReadFile(arguments.file));
    if (context.json) {
        context.out << json::serialize(http::ToJson(form)) << "\n";
    } else {
        context.out << "已放入表样 " << form.name << "（" << form.id << "）\n";
    }
}

// Binds one cell anew: what was bound to it goes. An empty slot only takes it away.
void RunBind(const FormArguments& arguments, Context& context) {
    const auto town = context.Open(arguments.folder);
    const report::Form form = FormsOf(*town).FindByName(arguments.form);
    std::vector<report::FormBinding> bindings;
    for (const report::FormBinding& one : form.bindings) {
        if (one.sheet != arguments.sheet || one.cell != arguments.cell) {
            bindings.push_back(one);
        }
    }
    if (!arguments.what.empty()) {
        json::object binding{
            {"sheet", arguments.sheet},
            {"cell", arguments.cell},
            {"kind", arguments.kind},
            {"what", arguments.what},
            {"filter", arguments.filter},
            {"room", arguments.room}};
        json::array fields;
        for (const std::string& field : Split(arguments.fields, ',')) {
            if (!field.empty()) {
                fields.emplace_back(field);
            }
        }
        binding["fields"] = std::move(fields);
        bindings.push_back(report::BindingsOf(json::array{binding}).front());
    }
    const report::FormInfo bound =
        FormsOf(*town).Bind(CommandLineActor(), form.info.id, form.info.version, bindings);
    if (context.json) {
        context.out << json::serialize(http::ToJson(bound)) << "\n";
    } else {
        context.out << bound.name << "：" << bound.bindings << " 处已设置\n";
    }
}

void RunList(const FormArguments& arguments, Context& context) {
    const auto town = context.Open(arguments.folder);
    json::array out;
    std::vector<std::vector<std::string>> rows;
    for (const report::FormInfo& form : FormsOf(*town).List()) {
        out.emplace_back(http::ToJson(form));
        rows.push_back({std::to_string(form.id), form.name, std::to_string(form.bindings)});
    }
    if (context.json) {
        context.out << json::serialize(out) << "\n";
    } else {
        context.out << TextTable({"编号", "表样", "已设置"}, rows);
    }
}

void PrintCells(const std::vector<report::FilledCell>& cells, Context& context) {
    for (const report::FilledCell& cell : cells) {
        const std::string& said = cell.why.empty() ? cell.note : cell.why;
        if (!said.empty()) {
            context.out << "    " << cell.binding.sheet << " " << cell.binding.cell << " "
                        << cell.label << "  " << said << "\n";
        }
    }
}

void RunFill(const FormArguments& arguments, Context& context) {
    if (arguments.keep && Trim(arguments.why).empty()) {
        throw Problem("reason_needed");
    }
    const auto town = context.Open(arguments.folder);
    const report::FormInfo form = FormsOf(*town).FindByName(arguments.form).info;
    const Period period = PeriodOf(arguments.period);
    report::FormFill fill;
    json::object filing;
    if (arguments.keep) {
        auto kept = FormsOf(*town).Keep(CommandLineActor(), form.id, period, arguments.why);
        fill = std::move(kept.fill);
        filing = http::ToJson(kept.filing);
    } else {
        fill = FormsOf(*town).Fill(CommandLineActor(), form.id, period);
    }
    json::object out = http::ToJson(fill);
    if (arguments.keep) {
        out["filing"] = std::move(filing);
    }
    WriteFile(arguments.out, fill.xlsx);
    if (context.json) {
        context.out << json::serialize(out) << "\n";
    } else {
        PrintCells(fill.cells, context);
        context.out << "已写出 " << arguments.out << "：" << fill.cells.size() << " 处，"
                    << fill.Lacking() << " 处缺数据" << (arguments.keep ? "，已留存" : "") << "\n";
    }
    context.exit = fill.Lacking() == 0 ? kDone : kFindings;
}

// All filings of a form, or one of them written out again.
void RunFilings(const FormArguments& arguments, Context& context) {
    const auto town = context.Open(arguments.folder);
    const report::FormInfo form = FormsOf(*town).FindByName(arguments.form).info;
    json::array out;
    std::vector<std::vector<std::string>> rows;
    for (const report::Filing& filing : FormsOf(*town).Filings(form.id)) {
        out.emplace_back(http::ToJson(filing));
        rows.push_back(
            {std::to_string(filing.id),
             filing.period,
             TimeToText(filing.at_millis),
             filing.by,
             filing.why}
        );
    }
    if (!arguments.out.empty()) {
        if (arguments.cell.empty() ||
            arguments.cell.find_first_not_of("0123456789") != std::string::npos) {
            throw Problem::Because(
                "wrong_use",
                {"--out 要写明取哪一份：FILING 为留存的编号",
                 "--out needs FILING, the number of a kept form"}
            );
        }
        WriteFile(
            arguments.out,
            FormsOf(*town).FilingBytes(CommandLineActor(), std::stoll(arguments.cell))
        );
    }
    if (context.json) {
        context.out << json::serialize(out) << "\n";
    } else {
        context.out << TextTable({"编号", "期间", "时间", "留存人", "用途"}, rows);
    }
}

}  // namespace

void AddFormCommands(CLI::App& root, Context& context) {
    auto* form = root.add_subcommand("form", "上级的 Excel 表样 / forms of others");
    form->require_subcommand(1);
    const auto arguments = Keep<FormArguments>();
    const auto add_verb = [&](const char* name, const char* what, auto run) {
        auto* verb = form->add_subcommand(name, what);
        verb->add_option("DIR", arguments->folder)->required();
        verb->callback([arguments, &context, run] { run(*arguments, context); });
        return verb;
    };
    auto* add = add_verb("add", "放入空白表样", RunAdd);
    add->add_option("FILE", arguments->file, ".xlsx")->required();
    add->add_option("--name", arguments->name, "the form's name; else the file's");

    auto* bind = add_verb("bind", "设置一个单元格填什么", RunBind);
    bind->add_option("FORM", arguments->form, "name or id")->required();
    bind->add_option("SHEET", arguments->sheet)->required();
    bind->add_option("CELL", arguments->cell, "B7")->required();
    bind->add_option("SLOT", arguments->what, "indicator@place:period|unit; empty: nothing")
        ->required();
    bind->add_option("--kind", arguments->kind, "figure, text or list");
    bind->add_option("--fields", arguments->fields, "of a list: id,id,…; place: the village");
    bind->add_option("--filter", arguments->filter, "of a list: a formula");
    bind->add_option("--room", arguments->room, "of a list: rows");

    add_verb("list", "各表样", RunList);

    auto* fill = add_verb("fill", "填一个期间的数", RunFill);
    fill->add_option("FORM", arguments->form, "name or id")->required();
    fill->add_option("--period", arguments->period, "2023")->required();
    fill->add_option("--out", arguments->out, ".xlsx")->type_name("FILE")->required();
    fill->add_flag("--keep", arguments->keep, "keep what was filled");
    fill->add_option("--reason", arguments->why, "kept: to whom, what for");

    auto* filings = add_verb("filings", "留存的报表", RunFilings);
    filings->add_option("FORM", arguments->form, "name or id")->required();
    filings->add_option("FILING", arguments->cell, "one of them");
    filings->add_option("--out", arguments->out, ".xlsx")->type_name("FILE");
}

}  // namespace zw::cli
