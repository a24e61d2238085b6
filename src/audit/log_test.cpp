// Expected macs were computed by Python's hmac and hashlib (sm3) with the key derived from bytes 0
// to 31.

#include "audit/log.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <fstream>

#include "tests/support/expect_problem.h"
#include "tests/support/temp_folder.h"

using namespace zw::audit;  // NOLINT(google-build-using-namespace)
using zw::store::Connection;
using zw::testing::ProblemOf;
using zw::testing::TempFolder;

namespace {

class CountingRandom final : public zw::RandomSource {
public:
    std::string Bytes(size_t n) override {
        std::string bytes;
        for (size_t i = 0; i < n; ++i) {
            bytes += static_cast<char>(i);
        }
        return bytes;
    }
};

KeyFile KnownKey(const TempFolder& folder) {
    CountingRandom random;
    return KeyFile::Create(folder / "key", random);
}

std::string ReadAll(const std::filesystem::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("the log: numbers, macs and heads") {
    const TempFolder folder;
    const KeyFile key = KnownKey(folder);
    const Log log(key);
    const auto database = zw::store::Database::OpenSqlite(folder / "town.sqlite");
    database->Write([&](Connection& writer) {
        Log::CreateTable(writer);
        Log::CreateTable(writer);  // again: nothing happens
        CHECK(Log::NextSeq(writer, 3) == 1);
        CHECK_FALSE(Log::Newest(writer, 3));
        CHECK(Log::SeqAt(writer, 3, 1800000000000) == 0);
        const Head first = log.Append(writer, {3, 1700000000000, "li", "建账", 99, "dd", "rr"});
        CHECK(
            first == Head{3, 1, "39aedaaf1f3f801a0e18cb60308c3aea6dc15348b782fa4c78749208b63ce5aa"}
        );
        CHECK(Log::NextSeq(writer, 3) == 2);
        const Head second =
            log.Append(writer, {3, 1700000001000, "li", "", std::nullopt, "dd", "r2"});
        CHECK(
            second == Head{3, 2, "4b1437c15262b288e1e76095cba006f0bdd6a8750604f3389fa19aeda4652487"}
        );
        CHECK(Log::Newest(writer, 3) == second);
        CHECK(log.Append(writer, {4, 1700000001000, "li", "", std::nullopt, "dd", "r2"}).seq == 1);
        CHECK(Log::SeqAt(writer, 3, 1699999999999) == 0);
        CHECK(Log::SeqAt(writer, 3, 1700000000000) == 1);
        CHECK(Log::SeqAt(writer, 3, 1700000000999) == 1);
        CHECK(Log::SeqAt(writer, 3, 1700000001000) == 2);
    });
    std::vector<LoggedEntry> entries;
    const auto reader = database->Read();
    Log::Each(reader->connection(), 3, [&](const LoggedEntry& entry) { entries.push_back(entry); });
    REQUIRE(entries.size() == 2);
    CHECK(entries[0].entry.why == "建账");
    CHECK(entries[0].entry.batch == 99);
    CHECK(entries[1].entry.batch == std::nullopt);
    CHECK(entries[1].entry.rows_digest == "r2");
    CHECK(log.MacOf(entries[0].mac, 2, entries[1].entry) == entries[1].mac);
    CHECK(log.MacOf("", 2, entries[1].entry) != entries[1].mac);
}

TEST_CASE("the log's moments never fall, and what was as of one of them stays") {
    const TempFolder folder;
    const KeyFile key = KnownKey(folder);
    const Log log(key);
    const auto database = zw::store::Database::OpenSqlite(folder / "town.sqlite");
    database->Write([&](Connection& writer) {
        Log::CreateTable(writer);
        constexpr int64_t kNoon = 1700000000000;
        for (const int64_t at : {kNoon, kNoon, kNoon - 86'400'000, kNoon - 5, kNoon + 9}) {
            log.Append(writer, {3, at, "li", "", std::nullopt, "dd", "rr"});
        }
        log.Append(writer, {4, kNoon - 1, "li", "", std::nullopt, "dd", "rr"});
        CHECK(Log::SeqAt(writer, 3, kNoon - 1) == 0);
        CHECK(Log::SeqAt(writer, 3, kNoon) == 2);
        CHECK(Log::SeqAt(writer, 3, kNoon + 1) == 3);
        CHECK(Log::SeqAt(writer, 3, kNoon + 2) == 4);
        CHECK(Log::SeqAt(writer, 3, kNoon + 9) == 5);
    });
    std::string before;
    const auto reader = database->Read();
    Log::Each(reader->connection(), 3, [&](const LoggedEntry& entry) {
        CHECK(log.MacOf(before, entry.seq, entry.entry) == entry.mac);
        before = entry.mac;
    });
}

TEST_CASE("the key file: made once, read by its owner only") {
    const TempFolder folder;
    zw::SystemRandom random;
    const auto path = folder / "key";
    CHECK(ProblemOf([&] { KeyFile::Load(path); }) == "key_missing");
    const KeyFile made = KeyFile::Create(path, random);
    CHECK(
        std::filesystem::status(path).permissions() ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)
    );
    const KeyFile loaded = KeyFile::Load(path);
    CHECK(loaded.log_mac() == made.log_mac());
    CHECK(loaded.head_mac() == made.head_mac());
    CHECK(loaded.log_mac() != loaded.head_mac());
    CHECK(ProblemOf([&] { KeyFile::Create(path, random); }) == "io_failed");
    CHECK(KeyFile::Load(path).log_mac() == made.log_mac());

    std::filesystem::permissions(
        path, std::filesystem::perms::group_read, std::filesystem::perm_options::add
    );
    CHECK(ProblemOf([&] { KeyFile::Load(path); }) == "key_exposed");
    std::filesystem::permissions(
        path, std::filesystem::perms::group_read, std::filesystem::perm_options::remove
    );
    for (const char* text :
         {"", "zhenwu key 1\n", "zhenwu key 1\nabcd\n", "zhenwu key 2\n", "garbage"}) {
        std::ofstream(path) << text;
        CHECK(ProblemOf([&] { KeyFile::Load(path); }) == "key_damaged");
    }
}

TEST_CASE("keys derive as another program derives them") {
    const TempFolder folder;
    const KeyFile key = KnownKey(folder);
    CHECK(
        zw::ToHex(key.log_mac()) ==
        "f2f0a2805b863461401be1640c010a1c0813aaad1094ab6e23a5dae655b079e7"
    );
    CHECK(
        key.Blind("11010519491231002X") ==
        "b33605503375de3e1733fb13c563493e200807e1693b6b46a2ae278d38518ba6"
    );
}

TEST_CASE("secret fields open where they were sealed only") {
    const TempFolder folder;
    zw::SystemRandom random;
    const KeyFile key = KeyFile::Create(folder / "key", random);
    const KeyFile other = KeyFile::Create(folder / "other", random);
    const std::string sealed = key.SealField(7, 3, "11010519491231002X", random);
    CHECK(sealed.find("1101") == std::string::npos);
    CHECK(key.OpenField(7, 3, sealed) == "11010519491231002X");
    CHECK_FALSE(key.OpenField(7, 4, sealed));
    CHECK_FALSE(key.OpenField(73, 3, sealed));
    CHECK_FALSE(other.OpenField(7, 3, sealed));
    CHECK_FALSE(key.OpenField(7, 3, "not base64!"));
    CHECK(key.SealField(7, 3, "same", random) != key.SealField(7, 3, "same", random));
    CHECK(key.Blind("１１ ") == key.Blind("11"));
    CHECK(key.Blind("11") != other.Blind("11"));
}

TEST_CASE("the head file: whole, bound to the key, never set back") {
    const TempFolder folder;
    const KeyFile key = KnownKey(folder);
    const HeadFile file(folder / "log.head", key);
    CHECK_FALSE(file.Read());
    file.Write({3, 2, "abcd"});
    CHECK(
        ReadAll(folder / "log.head") ==
        "zhenwu log head 1\n3 2 "
        "abcd\n0083bbd8c2006f5a84201c34cc559745fc392008bcb15205dfdf9ae5e2ed8d8d\n"
    );
    CHECK(file.Read() == Head{3, 2, "abcd"});
    file.Write({3, 1, "older"});
    CHECK(file.Read() == Head{3, 2, "abcd"});
    file.Write({3, 3, "newer"});
    CHECK(file.Read() == Head{3, 3, "newer"});
    for (const char* text :
         {"",
          "zhenwu log head 1\n",
          "zhenwu log head 1\n3 3 newer\n00\n",
          "x",
          "zhenwu log head 1\n3 -1 a\nb\nc"}) {
        std::ofstream(folder / "log.head") << text;
        CHECK(ProblemOf([&] { file.Read(); }) == "head_damaged");
    }
}

TEST_CASE("the keeper writes at stop and when asked") {
    const TempFolder folder;
    const KeyFile key = KnownKey(folder);
    std::optional<Head> newest;
    const auto read = [&] { return HeadFile(folder / "log.head", key).Read(); };
    {
        HeadKeeper keeper(
            HeadFile(folder / "log.head", key),
            {[&] { return newest; }, [](const Head&) { return true; }},
            std::chrono::hours(1)
        );
        CHECK_FALSE(keeper.Flush());
        CHECK_FALSE(read());
        newest = Head{3, 1, "a"};
        CHECK(keeper.Flush() == newest);
        CHECK(read() == newest);
        newest = Head{3, 2, "b"};
        CHECK(read() == Head{3, 1, "a"});
        CHECK(keeper.LastFailure().empty());
    }
    CHECK(read() == newest);
}

TEST_CASE("the keeper that cannot write says so") {
    const TempFolder folder;
    const KeyFile key = KnownKey(folder);
    std::atomic<bool> logged = false;  // after the keeper was made
    HeadKeeper keeper(
        HeadFile(folder.path() / "no" / "log.head", key),
        {[&]() -> std::optional<Head> {
             return logged.exchange(true) ? std::optional(Head{3, 1, "a"}) : std::nullopt;
         },
         [](const Head&) { return true; }},
        std::chrono::milliseconds(1)
    );
    CHECK(ProblemOf([&] { keeper.Flush(); }) == "io_failed");
    while (keeper.LastFailure().empty()) {
        std::this_thread::yield();
    }
    CHECK(keeper.LastFailure().find("io_failed") == 0);
}

TEST_CASE("a head that the log does not bear out is kept as it is until it is accepted") {
    const TempFolder folder;
    const KeyFile key = KnownKey(folder);
    const auto path = folder / "log.head";
    const HeadFile file(path, key);
    std::vector<Head> log = {{3, 1, "a"}, {3, 2, "b"}};
    const LogNow now{
        [&] { return std::optional(log.back()); },
        [&](const Head& head) { return std::find(log.begin(), log.end(), head) != log.end(); }};
    int written = 0;
    const auto write = [&] {
        log.push_back({3, log.back().seq + 1, "mac" + std::to_string(++written)});
    };
    const auto work = [&] {
        HeadKeeper keeper(file, now, std::chrono::hours(1));
        write();
        CHECK(keeper.Flush() == log.back());
        return keeper.Lost();
    };
    const auto accept = [&] {
        HeadKeeper keeper(file, now, std::chrono::hours(1));
        REQUIRE(keeper.Lost());
        keeper.Accept();
        CHECK_FALSE(keeper.Lost());
        CHECK(file.Read() == log.back());
    };
    // Gone before the program began.
    CHECK(work());
    CHECK(work());
    CHECK_FALSE(file.Read());
    accept();
    CHECK_FALSE(work());
    CHECK(file.Read() == log.back());
    // The tail cut, and the log grown past it again.
    const Head cut = log.back();
    log.pop_back();
    log.back() = {3, log.back().seq, "another"};
    CHECK(work());
    CHECK(work());
    CHECK(file.Read() == cut);
    accept();
    // Damaged.
    std::ofstream(path) << "x";
    CHECK(work());
    CHECK(ReadAll(path) == "x");
    accept();
    // Gone while the program runs.
    {
        HeadKeeper keeper(file, now, std::chrono::hours(1));
        write();
        keeper.Flush();
        std::filesystem::remove(path);
        write();
        keeper.Flush();
        CHECK(keeper.Lost());
    }
    CHECK_FALSE(file.Read());
}
