// What is SQLite's own: files, damage, other processes. The contract is in tests/store/.

#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <future>
#include <thread>

#include "store/database.h"
#include "store/sqlite_connection.h"
#include "store/sqlite_error.h"
#include "tests/support/expect_problem.h"
#include "tests/support/temp_folder.h"

using namespace zw::store;  // NOLINT(google-build-using-namespace)
using zw::testing::ProblemOf;
using zw::testing::TempFolder;

namespace {

void Fill(Database& database, int rows) {
    database.Write([&](Connection& writer) {
        writer.Run(
            "create table note(town integer not null, id integer not null, body text, primary "
            "key(town,id)) strict"
        );
        for (int64_t id = 0; id < rows; ++id) {
            writer.Run("insert into note values(1,?,?)", {id, std::string(1000, 'x')});
        }
    });
}

void Overwrite(const std::filesystem::path& file, std::streamoff at, const std::string& bytes) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(at);
    stream << bytes;
}

}  // namespace

TEST_CASE("files that are no store") {
    const TempFolder folder;
    std::ofstream(folder / "letter.txt") << std::string(5000, 'a');
    CHECK(ProblemOf([&] { Database::OpenSqlite(folder / "letter.txt"); }) == "not_a_database");
    CHECK(ProblemOf([&] { Database::OpenSqlite(folder.path()); }) == "io_failed");
    CHECK(ProblemOf([&] {
              Database::OpenSqlite(folder.path() / "no" / "town.sqlite");
          }) == "io_failed");
}

TEST_CASE("damage is found by the check and told by reads") {
    const TempFolder folder;
    const auto file = folder / "town.sqlite";
    Fill(*Database::OpenSqlite(file), 200);
    CHECK(Database::OpenSqlite(file)->CheckIntegrity().empty());
    Overwrite(file, 24576, std::string(16384, '\x5a'));
    const auto database = Database::OpenSqlite(file);
    const bool found = [&] {
        try {
            return !database->CheckIntegrity().empty();
        } catch (const zw::Problem& problem) {
            return problem.code() == "database_damaged";
        }
    }();
    CHECK(found);
    const auto read_all = [&] {
        database->Read()->connection().Query("select * from note", {}, [](const Statement&) {});
    };
    CHECK(ProblemOf(read_all) == "database_damaged");
}

TEST_CASE("a broken reference is found by the check") {
    const TempFolder folder;
    const auto database = Database::OpenSqlite(folder / "town.sqlite");
    Fill(*database, 1);
    database->Write([](Connection& writer) {
        writer.Run(
            "create table line(town integer, note integer, foreign key(town,note) references "
            "note(town,id)) strict"
        );
    });
    sqlite3* behind = nullptr;
    sqlite3_open((folder / "town.sqlite").c_str(), &behind);
    sqlite3_exec(behind, "insert into line values(1,77)", nullptr, nullptr, nullptr);
    sqlite3_close(behind);
    const auto wrong = database->CheckIntegrity();
    REQUIRE(wrong.size() == 1);
    CHECK(wrong[0] == "line: row 1 refers to no row of note");
}

TEST_CASE("while another process writes, a writer waits, then says that it is busy") {
    const TempFolder folder;
    SqliteOptions impatient;
    impatient.busy_timeout = std::chrono::milliseconds(0);
    const auto ours = Database::OpenSqlite(folder / "town.sqlite", impatient);
    Fill(*ours, 1);
    sqlite3* theirs = nullptr;
    sqlite3_open((folder / "town.sqlite").c_str(), &theirs);
    sqlite3_exec(
        theirs, "begin immediate; insert into note values(2,1,'theirs')", nullptr, nullptr, nullptr
    );
    const auto write = [&] {
        ours->Write([](Connection& writer) { writer.Run("insert into note values(3,1,'ours')"); });
    };
    CHECK(ProblemOf(write) == "database_busy");
    CHECK_FALSE(ours->Read()->connection().First("select 1 from note where town=1").empty()
    );  // reading goes on
    sqlite3_exec(theirs, "commit", nullptr, nullptr, nullptr);
    sqlite3_close(theirs);
    CHECK(ProblemOf(write).empty());
    CHECK(std::get<int64_t>(ours->Read()->connection().First("select count(*) from note")[0]) == 3);
}

TEST_CASE("two programs on one town: neither loses a row") {
    const TempFolder folder;
    const auto file = folder / "town.sqlite";
    Fill(*Database::OpenSqlite(file), 0);
    constexpr int64_t kRows = 50;
    const auto write_rows = [&](int64_t town) {
        const auto database = Database::OpenSqlite(file);
        for (int64_t id = 0; id < kRows; ++id) {
            database->Write([&](Connection& writer) {
                writer.Run("insert into note values(?,?,'x')", {town, id});
            });
        }
    };
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const std::string problem = ProblemOf([&] { write_rows(1); });
        _exit(problem.empty() ? 0 : 1);
    }
    CHECK(ProblemOf([&] { write_rows(2); }).empty());
    int status = -1;
    waitpid(child, &status, 0);
    CHECK(status == 0);
    const auto count =
        Database::OpenSqlite(file)->Read()->connection().First("select count(*) from note");
    CHECK(std::get<int64_t>(count[0]) == 2 * kRows);
}

TEST_CASE("a program killed while it writes leaves whole commits") {
    const TempFolder folder;
    const auto file = folder / "town.sqlite";
    Fill(*Database::OpenSqlite(file), 0);
    int acknowledged[2];
    REQUIRE(pipe(acknowledged) == 0);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const auto database = Database::OpenSqlite(file);
        for (int64_t id = 0;; ++id) {
            database->Write([&](Connection& writer) {
                writer.Run("insert into note values(1,?,'a')", {id});
                writer.Run("insert into note values(2,?,'b')", {id});
            });
            if (write(acknowledged[1], &id, sizeof id) != sizeof id) {
                _exit(1);
            }
        }
    }
    int64_t last = -1;
    while (last < 20) {
        REQUIRE(read(acknowledged[0], &last, sizeof last) == sizeof last);
    }
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    close(acknowledged[1]);
    while (read(acknowledged[0], &last, sizeof last) == sizeof last) {
    }
    close(acknowledged[0]);
    const auto database = Database::OpenSqlite(file);
    CHECK(database->CheckIntegrity().empty());
    const auto reader = database->Read();
    const auto count = [&](int64_t town) {
        return std::get<int64_t>(
            reader->connection().First("select count(*) from note where town=?", {town})[0]
        );
    };
    CHECK(count(1) > last);
    CHECK(count(1) == count(2));
}

TEST_CASE("a full disk takes nothing of the request, and the store goes on") {
    const TempFolder folder;
    const auto database = Database::OpenSqlite(folder / "town.sqlite");
    Fill(*database, 10);
    const auto too_much = [&] {
        database->Write([](Connection& writer) {
            writer.Run("pragma max_page_count=20");
            for (int64_t id = 100; id < 1000; ++id) {
                writer.Run("insert into note values(1,?,?)", {id, std::string(1000, 'x')});
            }
        });
    };
    CHECK(ProblemOf(too_much) == "disk_full");
    database->Write([](Connection& writer) {
        writer.Run("pragma max_page_count=1000000");
        writer.Run("insert into note values(1,50,'small')");
    });
    CHECK(
        std::get<int64_t>(database->Read()->connection().First("select count(*) from note")[0]) ==
        11
    );
}

TEST_CASE("the checkpointer empties the write-ahead log by itself") {
    const TempFolder folder;
    SqliteOptions options;
    options.checkpoint_every = std::chrono::milliseconds(1);
    const auto file = folder / "town.sqlite";
    const auto database = Database::OpenSqlite(file, options);
    Fill(*database, 2000);
    // Pages of the log have reached the file itself when it has grown to hold them.
    while (std::filesystem::file_size(file) < 2'000'000) {
        std::this_thread::yield();
    }
    CHECK(database->CheckIntegrity().empty());
}

TEST_CASE("what SQLite says becomes the program's words") {
    const auto code_of = [](int code) {
        return ProblemOf([&] { ThrowSqlite(nullptr, code, "x"); });
    };
    CHECK(code_of(SQLITE_FULL) == "disk_full");
    CHECK(code_of(SQLITE_CORRUPT_INDEX) == "database_damaged");
    CHECK(code_of(SQLITE_NOTADB) == "not_a_database");
    CHECK(code_of(SQLITE_BUSY_SNAPSHOT) == "database_busy");
    CHECK(code_of(SQLITE_READONLY_DIRECTORY) == "read_only");
    CHECK(code_of(SQLITE_IOERR_FSYNC) == "io_failed");
    CHECK(code_of(SQLITE_CANTOPEN) == "io_failed");
    CHECK(code_of(SQLITE_INTERRUPT) == "read_too_long");
    CHECK(code_of(SQLITE_CONSTRAINT_UNIQUE) == "sql_failed");
}

TEST_CASE("a zw_ function's overflow names what overflowed") {
    const TempFolder folder;
    SqliteConnection connection(
        folder / "town.sqlite", SqliteRole::kWriter, std::chrono::milliseconds(0)
    );
    const auto fail = [](sqlite3_context* context, int, sqlite3_value**) {
        sqlite3_result_error(context, "zw:overflow:总产量", -1);
    };
    sqlite3_create_function(
        connection.handle(), "fails", 0, SQLITE_UTF8, nullptr, fail, nullptr, nullptr
    );
    try {
        connection.First("select fails()");
        FAIL("no overflow");
    } catch (const zw::Problem& problem) {
        CHECK(problem.code() == "overflow");
        CHECK(problem.details().at("what") == "总产量");
    }
}
