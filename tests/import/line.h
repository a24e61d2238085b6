#pragma once
// A line of work of the tests' own, so that nothing hangs on the built-in ones, and a town of three
// villages.

#include "tests/import/town.h"

namespace zw::testing {

constexpr const char* kOrchardLine = R"TOML(
name    = "果业"
chapter = "industry"

[record.orchard]
name   = "果园登记册"
also   = ["果园"]
title  = "{place.name}{name}"
key    = ["code"]
place  = { name = "所属村", also = ["村庄"] }
fields = [
  { id = "code",      name = "园号",     type = "text", required = true },
  { id = "name",      name = "园名",     type = "text" },
  { id = "owner",     name = "园主",     type = "text", personal = true, also = ["承包人"] },
  { id = "area",      name = "园地规模", type = "decimal", scale = 2, unit = "亩", min = 0 },
  { id = "variety",   name = "主栽品种", type = "choice", of = ["富士", "秦冠"], value_also = { "红富士" = "富士" } },
  { id = "trees",     name = "株数",     type = "int" },
  { id = "planted",   name = "定植日",   type = "date" },
]
check = [{ id = "no_area", at = "area", when = "area > 0", say = "园地规模应大于零" }]
warn  = [{ id = "area_large", at = "area", when = "area > 500", say = "园地规模过大，请核对" }]

[record.orchard_return]
name     = "果品产销年报"
also     = ["果品产销"]
title    = "{place.name}{year}果品"
key      = ["place", "year"]
reported = { by = "village", every = "year", at = "year" }
place    = { name = "所属村", also = ["村庄"] }
fields   = [
  { id = "year",    name = "报告年",   type = "period", grain = "year", required = true },
  { id = "picked",  name = "采收量",   type = "decimal", scale = 3, unit = "吨", min = 0, also = ["采收/数量"] },
  { id = "stored",  name = "入库量",   type = "decimal", scale = 3, unit = "吨", min = 0 },
  { id = "income",  name = "销售收入", type = "decimal", scale = 4, unit = "万元", min = 0 },
]

[record.orchard_quarter]
name   = "果园用工季报"
title  = "{place.name}{quarter}"
key    = ["place", "quarter"]
place  = { name = "所属村" }
fields = [
  { id = "quarter", name = "报告季", type = "period", grain = "quarter", required = true },
  { id = "hands",   name = "用工人数", type = "int", unit = "人" },
]

[record.picking]
name   = "采摘日志"
title  = "{orchard.name}{on}"
key    = ["orchard", "on"]
place  = { name = "所属村" }
fields = [
  { id = "orchard", name = "采摘园", type = "ref", to = "orchard", match = [["code"], ["village", "name"]], required = true },
  { id = "on",      name = "采摘日", type = "date", required = true },
  { id = "amount",  name = "采摘数量", type = "decimal", scale = 2, unit = "公斤" },
]

[record.visit]
name   = "果园走访记录"
title  = "{orchard.name}{on}"
key    = ["orchard", "on"]
place  = { name = "所属村" }
fields = [
  { id = "orchard", name = "走访园", type = "ref", to = "orchard", match = [["code"]], create = "draft", required = true },
  { id = "on",      name = "走访日", type = "date", required = true },
]

[record.variety_return]
name     = "品种采收年报"
title    = "{place.name}{year}{variety}"
key      = ["place", "year", "variety"]
place    = { name = "所属村" }
fields   = [
  { id = "year",    name = "报告年", type = "period", grain = "year", required = true },
  { id = "variety", name = "品种名", type = "choice", of = ["富士", "秦冠", "嘎啦"], required = true },
  { id = "planted", name = "挂果规模", type = "decimal", scale = 2, unit = "亩" },
  { id = "picked",  name = "采收量", type = "decimal", scale = 2, unit = "吨" },
]
)TOML";

// A work line of a town's own, worklines/industry/<name>/.
inline definition::Layer LocalLine(const std::string& name, const char* text) {
    return {"local", {{"worklines/industry/" + name + "/workline.toml", text}}, {}};
}

inline definition::Layer OrchardLayer() {
    return LocalLine("orchard", kOrchardLine);
}

inline access::TownSetup ThreeVillages() {
    return {
        "620000000000",
        "青石镇",
        {{"620000000201", "河东村", {"河东"}, 2},
         {"620000000202", "河西村", {"河西"}, 3},
         {"620000000203", "上川村", {}, 1}}};
}

struct OrchardTown : Town {
    OrchardTown() : Town(LoadModel({OrchardLayer()}), ThreeVillages()) {}

    ledger::ImportResult Csv(
        const std::string& name, const std::string& text, const ledger::ImportOptions& options = {}
    ) {
        return Import({Write(name, text)}, options);
    }
};

// "row column class" of all findings but notes, in order; notes too with `notes`.
inline std::string Findings(const ledger::ImportResult& result, bool notes = false) {
    std::string out;
    for (const ledger::FileResult& file : result.files) {
        for (const ledger::SheetResult& sheet : file.sheets) {
            for (const Finding& finding : sheet.findings) {
                if (notes || finding.severity != Severity::kNote) {
                    out += std::to_string(finding.row) + " " + finding.column + " " + finding.code +
                           "; ";
                }
            }
        }
    }
    return out;
}

inline std::string Questions(const ledger::ImportResult& result) {
    std::string out;
    for (const ledger::SheetProposal& proposal : result.proposals) {
        for (const ledger::ImportQuestion& question : proposal.questions) {
            out += question.code + (question.column.empty() ? "" : " " + question.column) + "; ";
        }
    }
    return out;
}

inline std::string Value(const ledger::Record& row, const std::string& field) {
    const auto found = row.values.find(field);
    return found == row.values.end() ? "" : formula::ToText(found->second);
}

}  // namespace zw::testing
