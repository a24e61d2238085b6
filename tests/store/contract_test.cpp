// What store/database.h promises, for every back end.

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <latch>
#include <limits>
#include <stdexcept>
#include <thread>
#include <utility>

#include "base/turns.h"
#include "tests/store/backends.h"
#include "tests/support/expect_problem.h"

using namespace zw::testing;  // NOLINT(google-build-using-namespace)
using zw::store::Connection;
using zw::store::Database;
using zw::store::Savepoint;
using zw::store::SqliteOptions;
using zw::store::Statement;
using zw::store::Value;

namespace {

using Texts = std::vector<std::string>;

void MakeNotes(Database& database) {
    database.Write([](Connection& writer) {
        writer.Run(
            "create table note(town bigint not null, id bigint not null, body text, primary "
            "key(town,id))"
        );
    });
}

void AddNote(Connection& writer, int64_t id, const Value& body) {
    writer.Run("insert into note(town,id,body) values(1,?,?)", {id, body});
}

Texts Notes(Connection& connection) {
    Texts bodies;
    connection.Query(
        "select body from note where town=1 order by id",
        {},
        [&](const Statement& row) { bodies.emplace_back(row.Text(0)); }
    );
    return bodies;
}

Texts Notes(Database& database) {
    return Notes(database.Read()->connection());
}

void ForEachBackend(const std::function<void(Backend&)>& test) {
    for (const BackendKind& kind : BackendKinds()) {
        CAPTURE(kind.name);
        test(*kind.create());
    }
}

}  // namespace

TEST_CASE("values come back as they were given") {
    ForEachBackend([](Backend& backend) {
        const auto database = backend.Open();
        MakeNotes(*database);
        const std::string with_nul("a\0b", 3);
        database->Write([&](Connection& writer) {
            AddNote(writer, std::numeric_limits<int64_t>::min(), std::string("悦乐镇𠮷"));
            AddNote(writer, 0, std::monostate{});
            AddNote(writer, std::numeric_limits<int64_t>::max(), with_nul);
        });
        const auto reader = database->Read();
        std::vector<Value> read;
        reader->connection().Query(
            "select id, body from note where town=1 order by id",
            {},
            [&](const Statement& row) {
                read.push_back(row.Get(0));
                read.push_back(row.Get(1));
            }
        );
        const std::vector<Value> expected{
            std::numeric_limits<int64_t>::min(),
            std::string("悦乐镇𠮷"),
            int64_t{0},
            Value{},
            std::numeric_limits<int64_t>::max(),
            with_nul};
        CHECK(read == expected);
        CHECK(reader->connection().First("select body from note where town=1 and id=7").empty());
    });
}

TEST_CASE("a statement is prepared once and may run inside a loop over itself") {
    ForEachBackend([](Backend& backend) {
        const auto database = backend.Open();
        MakeNotes(*database);
        database->Write([](Connection& writer) {
            for (int64_t id = 1; id <= 3; ++id) {
                AddNote(writer, id, std::to_string(id));
            }
            CHECK(&writer.Prepare("select id from note") == &writer.Prepare("select id from note"));
        });
        const auto reader = database->Read();
        int pairs = 0;
        const auto count = [&](const Statement&) { ++pairs; };
        reader->connection().Query("select id from note", {}, [&](const Statement&) {
            reader->connection().Query("select id from note", {}, count);
        });
        CHECK(pairs == 9);
    });
}

TEST_CASE("a statement comes back without its old values") {
    ForEachBackend([](Backend& backend) {
        const auto database = backend.Open();
        const auto reader = database->Read();
        Statement& first = reader->connection().Prepare("select coalesce(?, 'none')");
        first.Bind(0, std::string("given"));
        REQUIRE(first.Step());
        CHECK(first.Text(0) == "given");
        first.Reset();
        REQUIRE(first.Step());
        CHECK(first.Text(0) == "none");
    });
}

TEST_CASE("tables and columns are told") {
    ForEachBackend([](Backend& backend) {
        const auto database = backend.Open();
        MakeNotes(*database);
        const auto reader = database->Read();
        CHECK(reader->connection().TableExists("note"));
        CHECK_FALSE(reader->connection().TableExists("nothing"));
        CHECK(reader->connection().TableColumns("note") == Texts{"town", "id", "body"});
        CHECK(reader->connection().TableColumns("nothing").empty());
    });
}

TEST_CASE("changes are counted") {
    ForEachBackend([](Backend& backend) {
        const auto database = backend.Open();
        MakeNotes(*database);
        database->Write([](Connection& writer) {
            AddNote(writer, 1, std::string("a"));
            AddNote(writer, 2, std::string("b"));
            writer.Run("update note set body='c' where town=1");
            CHECK(writer.Changes() == 2);
            writer.Run("update note set body='d' where town=2");
            CHECK(writer.Changes() == 0);
        });
    });
}

TEST_CASE("what was written is there after closing and opening") {
    ForEachBackend([](Backend& backend) {
        {
            const auto database = backend.Open();
            MakeNotes(*database);
            database->Write([](Connection& writer) { AddNote(writer, 1, std::string("kept")); });
        }
        CHECK(Notes(*backend.Open()) == Texts{"kept"});
    });
}

// A first request that holds the writer until it is let go: what is asked meanwhile waits behind
// it.
class HeldWriter {
public:
    explicit HeldWriter(Database& database)
        : first_(std::async(std::launch::async, [this, &database] {
              database.Write([&, again = false](Connection& writer) mutable {
                  if (!std::exchange(again, true)) {
                      holds_.count_down();
                      others_wait_.get_future().wait();
                  }
                  AddNote(writer, 1, std::string("first"));
              });
          })) {
        holds_.wait();
    }
    void LetGo() {
        others_wait_.set_value();
        first_.wait();
    }

private:
    std::promise<void> others_wait_;
    std::latch holds_{1};
    std::future<void> first_;  // last: it uses the others
};

TEST_CASE("a failed request takes back only itself") {
    ForEachBackend([](Backend& backend) {
        SqliteOptions options;
        options.batch_time = std::chrono::hours(1);
        const auto database = backend.Open(options);
        MakeNotes(*database);
        // All three are one batch.
        HeldWriter first(*database);
        auto second = std::async(std::launch::async, [&] {
            database->Write([&](Connection& writer) {
                AddNote(writer, 2, std::string("second"));
                throw std::runtime_error("refused");
            });
        });
        auto third = std::async(std::launch::async, [&] {
            database->Write([&](Connection& writer) { AddNote(writer, 3, std::string("third")); });
        });
        first.LetGo();
        CHECK_THROWS_WITH_AS(second.get(), "refused", std::runtime_error);
        third.get();
        CHECK(Notes(*database) == Texts{"first", "third"});
    });
}

TEST_CASE("who writes alone finds what readers see, and is joined by nobody") {
    ForEachBackend([](Backend& backend) {
        SqliteOptions options;
        options.batch_time = std::chrono::hours(1);
        const auto database = backend.Open(options);
        MakeNotes(*database);
        HeldWriter first(*database);
        Texts read;
        Texts found;
        auto alone = std::async(std::launch::async, [&] {
            database->WriteAlone([&](Connection& writer) {
                read = Notes(*database);
                found = Notes(writer);
                AddNote(writer, 2, std::string("alone"));
            });
        });
        auto third = std::async(std::launch::async, [&] {
            database->Write([&](Connection& writer) { AddNote(writer, 3, std::string("third")); });
        });
        first.LetGo();
        alone.get();
        third.get();
        // `third` may have come before or behind: committed or not there, never in between.
        CHECK(read == found);
        CHECK(Notes(*database) == Texts{"first", "alone", "third"});
    });
}

namespace {

// Writes one note of all that the requests of a batch have left to it.
class Gathered final : public zw::store::BatchEnd {
public:
    explicit Gathered(Database& database) : database_(database) { database_.AddBatchEnd(*this); }
    ~Gathered() override { database_.RemoveBatchEnd(*this); }
    Gathered(const Gathered&) = delete;
    Gathered& operator=(const Gathered&) = delete;

    void Leave(const std::string& text) { left_.push_back(text); }
    size_t Left() const override { return left_.size(); }
    void Cut(size_t count) override { left_.resize(std::min(count, left_.size())); }
    void Run(Connection& connection) override {
        Texts all;
        all.swap(left_);
        ++runs;
        std::string text;
        for (const std::string& one : all) {
            text += one + " ";
            if (one == refused) {
                throw std::runtime_error("refused " + one);
            }
        }
        if (!text.empty()) {
            AddNote(connection, 100 + ++notes_, text);
        }
    }

    std::string refused;
    int runs = 0;

private:
    Database& database_;
    Texts left_;
    int64_t notes_ = 0;
};

// Notes 1 to `count` in one batch; what went wrong with each, empty where nothing did.
Texts WriteTogether(
    Database& database, const std::function<void(Connection&, int64_t)>& write, int64_t count
) {
    HeldWriter first(database);
    std::vector<std::future<void>> writers;
    for (int64_t id = 2; id <= count; ++id) {
        writers.push_back(std::async(std::launch::async, [&database, &write, id] {
            database.Write([&](Connection& writer) { write(writer, id); });
        }));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // so that they mostly wait by then
    first.LetGo();
    Texts wrong;
    for (auto& writer : writers) {
        try {
            writer.get();
            wrong.emplace_back();
        } catch (const std::exception& error) {
            wrong.emplace_back(error.what());
        }
    }
    return wrong;
}

SqliteOptions OneBatch() {
    SqliteOptions options;
    options.batch_time = std::chrono::hours(1);
    return options;
}

}  // namespace

TEST_CASE("what requests leave to the end of their batch is done once, in its commit") {
    ForEachBackend([](Backend& backend) {
        const auto database = backend.Open(OneBatch());
        MakeNotes(*database);
        Gathered end(*database);
        // They need not all have come before the first is done: then there are several batches.
        for (int tries = 0; tries < 100 && end.runs != 1; ++tries) {
            database->Write([](Connection& writer) { writer.Run("delete from note"); });
            end.runs = 0;
            const Texts wrong = WriteTogether(
                *database,
                [&](Connection& writer, int64_t id) {
                    end.Leave("left");
                    AddNote(writer, id, "note");
                    if (id == 3) {
                        throw std::runtime_error("no");
                    }
                },
                4
            );
            CHECK(wrong == Texts{"", "no", ""});
            CHECK(end.Left() == 0);
        }
        CHECK(end.runs == 1);
        // Not what the third has left: it was taken back.
        CHECK(Notes(*database) == Texts{"first", "note", "note", "left left "});
    });
}

TEST_CASE("an end that cannot be done fails only the request whose it is") {
    ForEachBackend([](Backend& backend) {
        const auto database = backend.Open(OneBatch());
        MakeNotes(*database);
        Gathered end(*database);
        end.refused = "three";
        const Texts wrong = WriteTogether(
            *database,
            [&](Connection& writer, int64_t id) {
                end.Leave(id == 3 ? "three" : "left");
                AddNote(writer, id, "note");
            },
            4
        );
        CHECK(wrong == Texts{"", "refused three", ""});
        const Texts notes = Notes(*database);
        CHECK(std::count(notes.begin(), notes.end(), "note") == 2);
        CHECK(end.Left() == 0);
        // Alone too; and the next are well.
        CHECK_THROWS_WITH_AS(
            database->WriteAlone([&](Connection& writer) {
                end.Leave("three");
                AddNote(writer, 9, "alone");
            }),
            "refused three",
            std::runtime_error
        );
        CHECK(Notes(*database) == notes);
        database->Write([&](Connection& writer) { AddNote(writer, 9, "after"); });
        CHECK(Notes(*database).size() == notes.size() + 1);
    });
}

TEST_CASE("who waits for the writer gives its turn up") {
    ForEachBackend([](Backend& backend) {
        zw::Turns turns(1);
        SqliteOptions options;
        options.turns = &turns;
        const auto database = backend.Open(options);
        MakeNotes(*database);
        HeldWriter first(*database);
        std::latch has_turn(1);
        auto waiting = std::async(std::launch::async, [&] {
            const zw::Turns::Turn turn(&turns);
            has_turn.count_down();
            database->Write([&](Connection& writer) { AddNote(writer, 2, std::string("second")); });
            return turns.IsAtWork();
        });
        has_turn.wait();
        auto other = std::async(std::launch::async, [&] {
            const zw::Turns::Turn turn(&turns);
            return true;
        });
        CHECK(other.wait_for(std::chrono::seconds(20)) == std::future_status::ready);
        first.LetGo();
        CHECK(waiting.get());  // and has one again afterwards
        CHECK(Notes(*database) == Texts{"first", "second"});
    });
}

TEST_CASE("a wrong statement is told and takes back its request") {
    ForEachBackend([](Backend& backend) {
        const auto database = backend.Open();
        MakeNotes(*database);
        const auto duplicate = [&] {
            database->Write([](Connection& writer) {
                AddNote(writer, 1, std::string("once"));
                AddNote(writer, 1, std::string("twice"));
            });
        };
        CHECK(ProblemOf(duplicate) == "sql_failed");
        CHECK(ProblemOf([&] {
                  database->Write([](Connection& writer) { writer.Run("selec 1"); });
              }) == "sql_failed");
        CHECK(ProblemOf([&] {
                  database->Write([](Connection& writer) { writer.Run("select 1; select 2"); });
              }) == "sql_failed");
        CHECK(Notes(*database).empty());
    });
}

TEST_CASE("savepoints nest") {
    ForEachBackend([](Backend& backend) {
        const auto database = backend.Open();
        MakeNotes(*database);
        database->Write([](Connection& writer) {
            Savepoint outer(writer);
            AddNote(writer, 1, std::string("outer"));
            {
                const Savepoint inner(writer);
                AddNote(writer, 2, std::string("taken back"));
            }
            {
                Savepoint inner(writer);
                AddNote(writer, 3, std::string("inner"));
                inner.Release();
            }
            outer.Release();
        });
        CHECK(Notes(*database) == Texts{"outer", "inner"});
    });
}

TEST_CASE("writing inside a write is a programming error, not a standstill") {
    ForEachBackend([](Backend& backend) {
        const auto database = backend.Open();
        const auto nested = [&] {
            database->Write([&](Connection&) { database->Write([](Connection&) {}); });
        };
        CHECK_THROWS_AS(nested(), std::logic_error);
    });
}

TEST_CASE("a reader keeps its view while others write") {
    ForEachBackend([](Backend& backend) {
        const auto database = backend.Open();
        MakeNotes(*database);
        auto before = database->Read();
        database->Write([](Connection& writer) { AddNote(writer, 1, std::string("new")); });
        CHECK(Notes(before->connection()).empty());
        before.reset();
        CHECK(Notes(*database) == Texts{"new"});
    });
}

TEST_CASE("a reader cannot write") {
    ForEachBackend([](Backend& backend) {
        const auto database = backend.Open();
        MakeNotes(*database);
        const auto reader = database->Read();
        CHECK(ProblemOf([&] {
                  AddNote(reader->connection(), 1, std::string("no"));
              }) == "read_only");
    });
}

TEST_CASE("a view held beyond the limit answers no more, and the next reader is well") {
    ForEachBackend([](Backend& backend) {
        SqliteOptions options;
        options.read_limit = std::chrono::milliseconds(0);
        const auto database = backend.Open(options);
        MakeNotes(*database);
        for (int i = 0; i < 2; ++i) {
            const auto reader = database->Read();
            CHECK(ProblemOf([&] { Notes(reader->connection()); }) == "read_too_long");
        }
        CHECK(Notes(database->ReadWithoutLimit()->connection()).empty());
    });
}

TEST_CASE("many threads write and read at once and nothing is lost") {
    ForEachBackend([](Backend& backend) {
        constexpr int kThreads = 8;
        constexpr int kNotes = 40;
        {
            const auto database = backend.Open();
            MakeNotes(*database);
            std::atomic<int> wrong = 0;
            std::vector<std::thread> threads;
            for (int thread = 0; thread < kThreads; ++thread) {
                threads.emplace_back([&, thread] {
                    for (int note = 0; note < kNotes; ++note) {
                        const int64_t id = thread * kNotes + note;
                        database->Write([&](Connection& writer) {
                            AddNote(writer, id, std::string("x"));
                        });
                        // Read your own write.
                        const auto reader = database->Read();
                        const auto found = reader->connection().First(
                            "select 1 from note where town=1 and id=?", {id}
                        );
                        wrong += found.empty() ? 1 : 0;
                    }
                });
            }
            for (std::thread& thread : threads) {
                thread.join();
            }
            CHECK(wrong == 0);
        }
        CHECK(Notes(*backend.Open()).size() == kThreads * kNotes);
    });
}

TEST_CASE("integers beyond 64 bits are an error, never a real number") {
    ForEachBackend([](Backend& backend) {
        const auto database = backend.Open();
        const auto reader = database->Read();
        const auto product = [&] {
            reader->connection().First("select 9223372036854775807 * ?", {int64_t{2}});
        };
        CHECK(ProblemOf(product) == "overflow");
        const auto sum = [&] {
            reader->connection().First(
                "select sum(n) from (select 9223372036854775807 as n union all select 1) as t"
            );
        };
        CHECK(ProblemOf(sum) == "overflow");
    });
}

TEST_CASE("a copy holds one moment while writes go on") {
    ForEachBackend([](Backend& backend) {
        const TempFolder folder;
        const auto database = backend.Open();
        MakeNotes(*database);
        database->Write([](Connection& writer) {
            for (int64_t id = 0; id < 3000; ++id) {
                AddNote(writer, id, std::string(2000, 'x'));
            }
        });
        std::vector<int64_t> done;
        int64_t all = 0;
        database->CopyTo(folder / "copy", [&](int64_t pages, int64_t total) {
            if (done.empty()) {
                database->Write([](Connection& writer) {
                    AddNote(writer, 9999, std::string("later"));
                });
            }
            done.push_back(pages);
            all = total;
        });
        CHECK(done.size() > 1);
        CHECK(std::is_sorted(done.begin(), done.end()));
        CHECK(done.back() == all);
        const auto copy = Database::OpenSqlite(folder / "copy");
        CHECK(Notes(*copy).size() == 3000);
        CHECK(copy->CheckIntegrity().empty());
        CHECK(Notes(*database).size() == 3001);
        CHECK(ProblemOf([&] { database->CopyTo(folder / "copy", {}); }) == "io_failed");
        CHECK(Notes(*copy).size() == 3000);
    });
}

TEST_CASE("a sound store is sound, a broken reference is not") {
    ForEachBackend([](Backend& backend) {
        const auto database = backend.Open();
        MakeNotes(*database);
        CHECK(database->CheckIntegrity().empty());
        database->Write([](Connection& writer) {
            writer.Run(
                "create table line(town bigint not null, id bigint not null, note bigint, primary "
                "key(town,id),"
                " foreign key(town,note) references note(town,id))"
            );
        });
        const auto orphan = [&] {
            database->Write([](Connection& writer) {
                writer.Run("insert into line values(1,1,77)");
            });
        };
        CHECK(ProblemOf(orphan) == "sql_failed");
        CHECK(database->CheckIntegrity().empty());
    });
}
