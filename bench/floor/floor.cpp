// The floor that the program is measured against: its own SQL (record.cpp) on bare sqlite3, without
// its checks and without HTTP.
//
// `bench_floor writes DB RECORD TABLE BATCH SECONDS`: what changes rows, of each request that adds
// one to TABLE, and what the program did at the end of its batch; BATCH requests in a COMMIT.
//
// `bench_floor reads DB RECORD TABLE THREADS SECONDS`: the queries of TABLE, every column of every
// row read.
//
// Prints {"requests", "seconds", "statements", "rows"}. Exit 1 when a statement fails, 2 when the
// record holds none of it.

#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <thread>

#include "bare.h"

namespace bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Done {
    long requests = 0;
    long statements = 0;
    long rows = 0;
};

bool Says(const std::string& sql, const std::string& what, const std::string& table) {
    const size_t found = sql.find(what + table);
    const size_t end = found + what.size() + table.size();
    return found != std::string::npos &&
           (end == sql.size() || std::string(" (").find(sql[end]) != std::string::npos);
}

bool Changes(const std::string& sql) {
    return sql.starts_with("insert") || sql.starts_with("update") || sql.starts_with("delete");
}

// Of one connection, a savepoint begins a request; what only reads is a check of the program. What
// is done at the end of a batch, outside all savepoints, goes with the last request of it.
std::vector<std::vector<const Run*>> Requests(const Record& record, const std::string& table) {
    std::vector<std::vector<const Run*>> kept;
    std::map<int, std::vector<const Run*>> open;
    std::map<int, int> depth;
    std::map<int, size_t> before;  // requests that were there when its transaction began
    for (const Run& run : record.runs) {
        const std::string& sql = record.texts[static_cast<size_t>(run.sql)];
        if (sql.starts_with("savepoint")) {
            if (depth[run.connection]++ == 0) {
                open[run.connection].clear();
            }
        } else if (sql.starts_with("rollback")) {
            open[run.connection].clear();
        } else if (sql.starts_with("release")) {
            auto& request = open[run.connection];
            const auto adds = [&](const Run* one) {
                return Says(record.texts[static_cast<size_t>(one->sql)], "insert into ", table);
            };
            if (--depth[run.connection] == 0 && std::any_of(request.begin(), request.end(), adds)) {
                kept.push_back(request);
            }
        } else if (sql.starts_with("begin")) {
            before[run.connection] = kept.size();
        } else if (depth[run.connection] > 0 && Changes(sql)) {
            open[run.connection].push_back(&run);
        } else if (Changes(sql) && kept.size() > before[run.connection]) {
            kept.back().push_back(&run);
        }
    }
    return kept;
}

Done Writes(
    const Record& record,
    const std::string& file,
    const std::string& table,
    size_t batch,
    Clock::duration time,
    Clock::time_point& begun
) {
    Bare bare(file);
    const auto requests = Requests(record, table);
    Done done;
    begun = Clock::now();
    const auto until = begun + time;
    for (size_t at = 0; at < requests.size() && Clock::now() < until;) {
        bare.Do("begin immediate");
        for (const size_t end = std::min(at + batch, requests.size()); at < end; ++at) {
            for (const Run* run : requests[at]) {
                bare.Do(bare.Prepared(record.texts[static_cast<size_t>(run->sql)]), run->values);
                ++done.statements;
            }
            ++done.requests;
        }
        bare.Do("commit");
    }
    return done;
}

Done Reads(
    const Record& record, const std::string& file, const std::string& table, Clock::duration time
) {
    Bare bare(file);
    Done done;
    const auto until = Clock::now() + time;
    while (Clock::now() < until) {
        const long before = done.requests;
        for (const Run& run : record.runs) {
            const std::string& sql = record.texts[static_cast<size_t>(run.sql)];
            if (Says(sql, " from ", table) && Clock::now() < until) {
                done.rows += bare.Do(bare.Prepared(sql), run.values);
                ++done.requests;
            }
        }
        if (done.requests == before) {
            break;
        }
    }
    return done;
}

// As many connections as threads, each doing all of it.
Done InThreads(size_t threads, const std::function<Done()>& work) {
    std::vector<Done> done(threads);
    std::vector<std::thread> running;
    for (Done& one : done) {
        running.emplace_back([&one, &work] { one = work(); });
    }
    Done sum;
    for (size_t i = 0; i < threads; ++i) {
        running[i].join();
        sum.requests += done[i].requests;
        sum.statements += done[i].statements;
        sum.rows += done[i].rows;
    }
    return sum;
}

int Main(const std::vector<std::string>& words) {
    if (words.size() != 6) {
        std::cerr << "bench_floor writes|reads DB RECORD TABLE BATCH|THREADS SECONDS\n";
        return 2;
    }
    const Record record = ReadRecord(words[2]);
    const size_t many = std::stoul(words[4]);
    const std::chrono::milliseconds time(static_cast<int64_t>(1000 * std::stod(words[5])));
    Clock::time_point begun = Clock::now();
    const Done done =
        words[0] == "writes"
            ? Writes(record, words[1], words[3], many, time, begun)
            : InThreads(many, [&] { return Reads(record, words[1], words[3], time); });
    const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    std::cout << "{\"requests\": " << done.requests << ", \"seconds\": " << seconds
              << ", \"statements\": " << done.statements << ", \"rows\": " << done.rows << "}\n";
    return done.requests == 0 ? 2 : 0;
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
    try {
        return bench::Main({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
}
