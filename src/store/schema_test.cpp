#include "store/schema.h"

#include <doctest/doctest.h>

#include <stdexcept>

#include "tests/support/expect_problem.h"
#include "tests/support/temp_folder.h"

using namespace zw::store;  // NOLINT(google-build-using-namespace)
using zw::testing::ProblemOf;
using zw::testing::TempFolder;

namespace {

const TableSpec kNote{
    "note",
    {{"town", ColumnType::kBigint, true},
     {"id", ColumnType::kBigint, true},
     {"body", ColumnType::kText},
     {"open", ColumnType::kBigint}},
    {"town", "id"},
    {{"note_open", {"town", "body"}, true, "open=1"}, {"note_body", {"town", "body"}, false, ""}}};

class Store {
public:
    Store() : database_(Database::OpenSqlite(folder_ / "town.sqlite")) {}

    void Do(const std::function<void(Connection&)>& work) { database_->Write(work); }
    std::string Problem(const std::string& sql) {
        return ProblemOf([&] { Do([&](Connection& writer) { writer.Run(sql); }); });
    }
    std::optional<TableShape> Shape(std::string_view table) {
        return ReadShape(database_->Read()->connection(), table);
    }
    std::vector<Value> First(std::string_view sql) {
        return database_->Read()->connection().First(sql);
    }

private:
    TempFolder folder_;
    std::unique_ptr<Database> database_;
};

}  // namespace

TEST_CASE("a table is made and read back") {
    Store store;
    CHECK_FALSE(store.Shape("note"));
    store.Do([](Connection& writer) { CreateTable(writer, kNote); });
    const auto shape = store.Shape("note");
    REQUIRE(shape);
    CHECK(shape->columns == kNote.columns);
    CHECK(shape->indexes == std::vector<std::string>{"note_body", "note_open"});
    CHECK(ProblemOf([&] {
              store.Do([](Connection& writer) { CreateTable(writer, kNote); });
          }) == "sql_failed");
}

TEST_CASE("keys, types and not null are enforced, also by SQLite") {
    Store store;
    store.Do([](Connection& writer) { CreateTable(writer, kNote); });
    CHECK(store.Problem("insert into note(town,id,body,open) values(1,1,'a',1)").empty());
    CHECK(store.Problem("insert into note(town,id) values(1,1)") == "sql_failed");     // key
    CHECK(store.Problem("insert into note(town,id) values(1,null)") == "sql_failed");  // not null
    CHECK(
        store.Problem("insert into note(town,id,open) values(1,2,'many')") == "sql_failed"
    );  // type
    CHECK(store.Problem("insert into note(town,id,open) values(1,2,0.5)") == "sql_failed");
    CHECK(
        store.Problem("insert into note(town,id,body,open) values(1,2,'a',1)") == "sql_failed"
    );  // one open note a body
    CHECK(store.Problem("insert into note(town,id,body,open) values(1,2,'a',0)").empty());
    CHECK(
        store.Problem("select \"nobody\" from note") == "sql_failed"
    );  // a misspelt column is no text
}

TEST_CASE("columns come, go and are renamed; rows stay") {
    Store store;
    store.Do([](Connection& writer) {
        CreateTable(writer, kNote);
        writer.Run("insert into note(town,id,body,open) values(1,1,'a',1)");
        AddColumn(writer, "note", {"extra", ColumnType::kBigint});
        RenameColumn(writer, "note", "body", "words");
        DropIndex(writer, "note_open");
        DropIndex(writer, "note_open");
        DropColumn(writer, "note", "open");
        RenameTable(writer, "note", "remark");
    });
    CHECK_FALSE(store.Shape("note"));
    const auto shape = store.Shape("remark");
    REQUIRE(shape);
    const std::vector<ColumnSpec> columns{
        {"town", ColumnType::kBigint, true},
        {"id", ColumnType::kBigint, true},
        {"words", ColumnType::kText},
        {"extra", ColumnType::kBigint}};
    CHECK(shape->columns == columns);
    CHECK(shape->indexes == std::vector<std::string>{"note_body"});
    CHECK(
        store.First("select words, extra from remark where town=1") ==
        std::vector<Value>{std::string("a"), Value{}}
    );
    store.Do([](Connection& writer) { DropTable(writer, "remark"); });
    CHECK_FALSE(store.Shape("remark"));
}

TEST_CASE("what a table lacks is added, what it has is left") {
    Store store;
    TableSpec wider = kNote;
    wider.columns.push_back({"more", ColumnType::kText});
    wider.indexes.push_back({"note_more", {"town", "more"}, false, ""});
    store.Do([&](Connection& writer) {
        EnsureTable(writer, kNote);
        writer.Run("insert into note(town,id,body) values(1,1,'a')");
        EnsureTable(writer, wider);
        EnsureTable(writer, wider);
        EnsureTable(writer, kNote);
    });
    CHECK(store.Shape("note")->columns == wider.columns);
    CHECK(
        store.Shape("note")->indexes ==
        std::vector<std::string>{"note_body", "note_more", "note_open"}
    );
    CHECK(store.First("select body from note where town=1").size() == 1);
}

TEST_CASE("a refused change leaves the tables as they were") {
    Store store;
    store.Do([](Connection& writer) { CreateTable(writer, kNote); });
    const auto half = [](Connection& writer) {
        AddColumn(writer, "note", {"extra", ColumnType::kText});
        throw std::runtime_error("refused");
    };
    CHECK_THROWS_AS(store.Do(half), std::runtime_error);
    CHECK(store.Shape("note")->columns == kNote.columns);
}

TEST_CASE("no name carries SQL") {
    Store store;
    const std::string long_name(64, 'a');
    for (const std::string& name :
         {std::string(),
          std::string("a b"),
          std::string("a;drop table note"),
          std::string("a\"b"),
          std::string("1a"),
          std::string("Note"),
          std::string("面积"),
          long_name}) {
        CAPTURE(name);
        const auto make = [&](Connection& writer) {
            CreateTable(writer, {name, {{"town"}}, {}, {}});
        };
        CHECK_THROWS_AS(store.Do(make), std::invalid_argument);
    }
    const auto not_null = [](Connection& writer) {
        AddColumn(writer, "note", {"x", ColumnType::kText, true});
    };
    CHECK_THROWS_AS(store.Do(not_null), std::invalid_argument);
}
