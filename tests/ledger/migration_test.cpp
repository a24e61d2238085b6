#include <doctest/doctest.h>

#include <algorithm>

#include "support.h"

using namespace zw;               // NOLINT(google-build-using-namespace)
using namespace zw::ledger;       // NOLINT(google-build-using-namespace)
using namespace zw::ledger_test;  // NOLINT(google-build-using-namespace)

namespace {

definition::Field& FieldOf(
    definition::Model& model, const std::string& record, const std::string& id
) {
    for (definition::Field& field : TypeOf(model, record).fields) {
        if (field.id == id) {
            return field;
        }
    }
    throw std::logic_error("no field " + id);
}

void Remove(definition::Model& model, const std::string& record, const std::string& id) {
    std::erase_if(TypeOf(model, record).fields, [&](const definition::Field& field) {
        return field.id == id;
    });
}

std::shared_ptr<definition::Model> Next() {
    auto model = MakeModel();
    model->digest = "definitions-2";
    return model;
}

}  // namespace

TEST_CASE("the same definitions again change nothing") {
    Town town;
    const int64_t seq = town.Seq();
    town.Reopen(MakeModel());
    CHECK(town.ledger().migrated().empty());
    CHECK(town.Seq() == seq);
}

TEST_CASE("a new field, a wider one, a renamed one, one given up: old rows and digests stay true") {
    Town town;
    const int64_t id =
        town.ledger()
            .Create(
                town.leader,
                "plot",
                {town.east,
                 {{"code", std::string("甲1")}, {"mu", D("12.34")}, {"terrain", std::string("川")}},
                 {},
                 {}}
            )
            .ids[0];
    town.ledger().Update(town.leader, "plot", {id, 1, {{"mu", D("12.35")}}, {}, {}});
    const int64_t then = town.Seq();
    auto model = Next();
    definition::Field fresh = MakeField("soil", Kind::kText);
    TypeOf(*model, "plot").fields.push_back(fresh);
    FieldOf(*model, "plot", "mu").type.scale = 4;
    FieldOf(*model, "plot", "code").was = "code";
    FieldOf(*model, "plot", "code").id = "number";
    FieldOf(*model, "plot", "number").was = "code";
    TypeOf(*model, "plot").key = {"place", "number"};
    TypeOf(*model, "plot").title = "{number}";
    Remove(*model, "plot", "terrain");
    TypeOf(*model, "plot").dropped = {{"terrain", "改由地图取得"}};
    town.Reopen(model);
    CHECK(town.ledger().migrated().size() >= 4);
    const auto row = town.ledger().Find(town.leader, "plot", id);
    REQUIRE(row);
    CHECK(formula::ToText(row->values.at("mu")) == "12.3500");
    CHECK(formula::ToText(row->values.at("number")) == "甲1");
    CHECK_FALSE(row->values.contains("terrain"));
    CHECK(town.Faults().empty());
    town.ledger().Update(
        town.leader,
        "plot",
        {id, 2, {{"soil", std::string("黄绵土")}, {"mu", D("12.3456", 4)}}, {}, {}}
    );
    CHECK(town.Faults().empty());
    CHECK(town.Snapshot("plot", then).find("12.3500") != std::string::npos);
    // The key still finds its row.
    BatchRow again;
    again.type = &town.type("plot");
    again.place = town.east;
    again.values = {{"number", std::string("甲1")}, {"mu", D("1", 4)}};
    Rows rows;
    rows.Add(again);
    CHECK(BatchWriter(town.ledger()).Apply(town.leader, rows, {}).counts.changed == 1);
}

TEST_CASE("int becomes decimal, a choice becomes text") {
    Town town;
    const int64_t plot = town.Plot("甲1", "100");
    town.ledger().Update(town.leader, "plot", {plot, 1, {{"terrain", std::string("塬")}}, {}, {}});
    Rows rows;
    rows.Add(town.PlantingRow(plot, 2023, "辣椒", "2", "a|b|1"));
    const int64_t id = BatchWriter(town.ledger()).Apply(town.leader, rows, {}).ids[0];
    auto model = Next();
    FieldOf(*model, "planting", "yield").type.kind = Kind::kDecimal;
    FieldOf(*model, "planting", "yield").type.scale = 1;
    FieldOf(*model, "plot", "terrain").type.kind = Kind::kText;
    town.Reopen(model);
    CHECK(
        formula::ToText(town.ledger().Find(town.leader, "planting", id)->values.at("yield")) ==
        "1000.0"
    );
    CHECK(
        formula::ToText(town.ledger().Find(town.leader, "plot", plot)->values.at("terrain")) == "塬"
    );
    CHECK(town.Faults().empty());
}

TEST_CASE("a migration that would hurt is refused with every reason and row, and hurts nothing") {
    Town town;
    const int64_t id = town.Plot("甲1", "12.34");
    town.ledger().Update(
        town.leader,
        "plot",
        {id, 1, {{"terrain", std::string("川")}, {"holder", std::string("老王")}}, {}, {}}
    );
    const std::string before = town.Snapshot("plot");
    const int64_t seq = town.Seq();
    auto model = Next();
    FieldOf(*model, "plot", "mu").type.scale = 1;
    FieldOf(*model, "plot", "terrain").type.choices = {"塬", "山"};
    Remove(*model, "plot", "holder");
    FieldOf(*model, "plot", "code").type.kind = Kind::kInt;
    TypeOf(*model, "plot").fields.push_back(MakeField("soil", Kind::kText));
    const auto open = [&] { town.Reopen(model); };
    CHECK(CodeOf(open) == "migration_refused");
    const std::string list = ListOf(open);
    CHECK(std::count(list.begin(), list.end(), '\n') == 3);
    for (const char* part : {"mu", "terrain", "holder", "code", "小数位", "消失", "“川”"}) {
        CAPTURE(part);
        CHECK(list.find(part) != std::string::npos);
    }
    CHECK(list.find(std::to_string(id)) != std::string::npos);
    CHECK(town.Snapshot("plot") == before);
    CHECK(town.Seq() == seq);
    const auto reader = town.ledger().services().database.Read();
    const Schema& schema = town.ledger().schema();
    CHECK(
        reader->connection().TableColumns("r_plot").size() ==
        5 + 2 + schema.Of("plot").columns.size()
    );  // a precision, a blind index
}

TEST_CASE("another unit is refused where there are values, free where there never were") {
    Town town;
    auto model = Next();
    model->units.Add({"亩", "area", 2000, {}});
    FieldOf(*model, "plot", "mu").type.unit = *model->units.Parse("亩");
    town.Reopen(model);  // no value yet
    town.Plot("甲1", "12.34");
    auto third = Next();
    third->units.Add({"亩", "area", 2000, {}});
    third->units.Add({"公顷", "area", 30000, {}});
    FieldOf(*third, "plot", "mu").type.unit = *third->units.Parse("公顷");
    CHECK(ListOf([&] { town.Reopen(third); }).find("计量单位") != std::string::npos);
}

TEST_CASE("a changed formula is computed anew for the rows of today and of then") {
    Town town;
    const int64_t plot = town.Plot("甲1", "10");
    Rows rows;
    rows.Add(town.PlantingRow(plot, 2023, "辣椒", "2", "a|b|1"));
    const int64_t id = BatchWriter(town.ledger()).Apply(town.leader, rows, {}).ids[0];
    const int64_t then = town.Seq();
    town.ledger().Update(town.leader, "planting", {id, 1, {{"sown", D("4")}}, {}, {}});
    auto model = Next();
    definition::RecordType& planting = TypeOf(*model, "planting");
    planting.computed.erase(planting.computed.begin());
    definition::Computed twice = planting.computed[0];
    twice.field = MakeField("weight", Kind::kDecimal, 4);
    planting.computed.insert(planting.computed.begin(), twice);  // weight is now the share
    town.Reopen(model);
    CHECK(
        formula::ToText(town.ledger().Find(town.leader, "planting", id)->values.at("weight")) ==
        "0.4000"
    );
    CHECK(town.Snapshot("planting", then).find("weight=0.2000") != std::string::npos);
    CHECK(town.Faults().empty());
}
