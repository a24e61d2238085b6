#include "store/backup.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>

#include "base/crypto.h"
#include "base/problem.h"
#include "store/tar.h"
#include "tests/support/expect_problem.h"
#include "tests/support/temp_folder.h"

using namespace zw::store;  // NOLINT(google-build-using-namespace)
using zw::testing::ProblemOf;
using zw::testing::TempFolder;
namespace fs = std::filesystem;

namespace {

constexpr PassphraseCost kCheap{1, 8192};

std::string ReadAll(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void WriteAll(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

// A town's folder with something of everything.
class Town {
public:
    Town() : folder_(root_ / "town") {
        fs::create_directory(folder_);
        database_ = Database::OpenSqlite(folder_ / "town.sqlite");
        database_->Write([](Connection& writer) {
            writer.Run(
                "create table note(town integer, id integer, body text, primary key(town,id)) "
                "strict"
            );
            for (int64_t id = 0; id < 500; ++id) {
                writer.Run(
                    "insert into note values(1,?,?)", {id, "第" + std::to_string(id) + "条"}
                );
            }
        });
        WriteAll(folder_ / "key", "zhenwu key 1\nsecret\n");
        WriteAll(folder_ / "log.head", "head");
        WriteAll(folder_ / "files" / "ab" / std::string(64, 'c'), std::string(200'000, 'p'));
        WriteAll(folder_ / "files" / "ab" / "empty", "");
        WriteAll(folder_ / "local" / "industry" / "大棚补充" / "workline.toml", "name = '大棚'\n");
    }

    void Backup(const fs::path& file, std::string_view passphrase = {}) {
        WriteBackup(*database_, folder_, file, passphrase, {}, kCheap);
    }
    Database& Store() { return *database_; }
    const fs::path& Folder() const { return folder_; }
    fs::path operator/(const std::string& name) const { return root_ / name; }

private:
    TempFolder root_;
    fs::path folder_;
    std::unique_ptr<Database> database_;
};

void CheckRestored(const fs::path& restored, const fs::path& original) {
    for (const char* name :
         {"key", "log.head", "files/ab/empty", "local/industry/大棚补充/workline.toml"}) {
        CAPTURE(name);
        CHECK(ReadAll(restored / name) == ReadAll(original / name));
    }
    CHECK(ReadAll(restored / "files" / "ab" / std::string(64, 'c')) == std::string(200'000, 'p'));
    CHECK(
        fs::status(restored / "key").permissions() ==
        (fs::perms::owner_read | fs::perms::owner_write)
    );
    const auto database = Database::OpenSqlite(restored / "town.sqlite");
    CHECK(database->CheckIntegrity().empty());
    const auto reader = database->Read();
    CHECK(
        reader->connection().First("select count(*) from note where town=1") ==
        std::vector<Value>{int64_t{500}}
    );
    CHECK(
        reader->connection().First("select body from note where town=1 and id=7") ==
        std::vector<Value>{std::string("第7条")}
    );
}

// Names and bytes of what is in a folder, to see that nothing was left behind.
std::vector<std::string> Names(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) {
        names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

using Listed = std::vector<std::string>;

zw::Details RefusalOf(const fs::path& file, const fs::path& folder, const std::string& code) {
    try {
        RestoreBackup(file, folder, {}, {});
    } catch (const zw::Problem& problem) {
        CHECK(problem.code() == code);
        CHECK_FALSE(fs::exists(folder));
        return problem.details();
    }
    FAIL("restored");
    return {};
}

}  // namespace

TEST_CASE("a town goes into one file and comes back") {
    Town town;
    std::vector<std::pair<int64_t, int64_t>> told;
    WriteBackup(town.Store(), town.Folder(), town / "b.tar", {}, [&](int64_t done, int64_t total) {
        CHECK(done <= total);
        told.emplace_back(done, total);
    });
    REQUIRE_FALSE(told.empty());
    CHECK(told.back().first == told.back().second);
    told.clear();
    RestoreBackup(town / "b.tar", town / "restored", {}, [&](int64_t done, int64_t total) {
        told.emplace_back(done, total);
    });
    CHECK(told.back().first == told.back().second);
    CheckRestored(town / "restored", town.Folder());
    CHECK(Names(town / ".") == Listed{"b.tar", "restored", "town"});
    CHECK(
        fs::status(town / "b.tar").permissions() == (fs::perms::owner_read | fs::perms::owner_write)
    );
}

TEST_CASE("an empty folder may be restored into, a full one is left alone") {
    Town town;
    town.Backup(town / "b.tar");
    fs::create_directory(town / "empty");
    RestoreBackup(town / "b.tar", town / "empty", {}, {});
    CheckRestored(town / "empty", town.Folder());
    WriteAll(town / "full" / "letter", "dear");
    CHECK(ProblemOf([&] {
              RestoreBackup(town / "b.tar", town / "full", {}, {});
          }) == "folder_not_empty");
    CHECK(Names(town / "full") == Listed{"letter"});
    CHECK(ProblemOf([&] {
              RestoreBackup(town / "b.tar", town / "b.tar", {}, {});
          }) == "folder_not_empty");
    CHECK(ProblemOf([&] { town.Backup(town / "b.tar"); }) == "file_exists");
}

TEST_CASE("any tar opens a plain back-up") {
    Town town;
    town.Backup(town / "b.tar");
    fs::create_directory(town / "out");
    const std::string command =
        "tar -xf " + (town / "b.tar").string() + " -C " + (town / "out").string();
    REQUIRE(std::system(command.c_str()) == 0);
    CHECK(ReadAll(town / "out" / "BACKUP") == "zhenwu back-up 1\n");
    CHECK(ReadAll(town / "out" / "key") == ReadAll(town.Folder() / "key"));
    CHECK(ReadAll(town / "out" / "local/industry/大棚补充/workline.toml") == "name = '大棚'\n");
    const std::string sums = ReadAll(town / "out" / "SM3SUMS");
    CHECK(sums.find(zw::ToHex(zw::Sm3("head")) + "  log.head\n") != std::string::npos);
}

TEST_CASE("a damaged back-up is refused, naming the place, and nothing is left") {
    Town town;
    town.Backup(town / "b.tar");
    const std::string sound = ReadAll(town / "b.tar");
    const auto damage = [&](const std::string& bytes) {
        WriteAll(town / "bad.tar", bytes);
        const auto details = RefusalOf(town / "bad.tar", town / "restored", "backup_damaged");
        CHECK(Names(town / ".") == Listed{"b.tar", "bad.tar", "town"});
        return details.at("where");
    };
    const auto flipped = [&](size_t at) {
        std::string bytes = sound;
        bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
        return bytes;
    };
    CHECK(damage(flipped(sound.find("pppppp") + 1000)).find("files/ab/ccc") == 0);
    CHECK(damage(flipped(sound.find("secret"))) == "key");
    CHECK(damage(flipped(sound.find("SQLite format"))) == "town.sqlite");
    CHECK(damage(flipped(sound.find("  log.head") + 4)) == "SM3SUMS");
    CHECK(
        damage(sound.substr(0, sound.find("SQLite format") + 2000)).find("town.sqlite") !=
        std::string::npos
    );
    CHECK(damage(sound.substr(0, sound.size() - 1024)).find("SM3SUMS") != std::string::npos);
    const size_t header = sound.find("log.head");
    CHECK(damage(flipped(header)).find("key") != std::string::npos);  // behind the key
    // What no entry holds: the rest of a block, of the checksum's field, the end mark, and behind
    // it.
    CHECK(damage(flipped(1024 - 1)).find("1024") == 0);
    CHECK(damage(flipped(1024 + 155)).find("1536") == 0);
    CHECK(damage(flipped(sound.size() - 1)).find("SM3SUMS") != std::string::npos);
    CHECK(damage(sound.substr(0, sound.size() - 1)).find("SM3SUMS") != std::string::npos);
    CHECK(damage(sound + '\0').find("SM3SUMS") != std::string::npos);
    CHECK(damage(sound + std::string(512, 'x')).find("SM3SUMS") != std::string::npos);
    // An entry taken out whole.
    CHECK(damage(sound.substr(0, header) + sound.substr(header + 1024)) == "town.sqlite");
}

TEST_CASE("what is no back-up") {
    Town town;
    WriteAll(town / "letter", "dear");
    WriteAll(town / "long", std::string(5000, 'x'));
    RefusalOf(town / "letter", town / "restored", "not_a_backup");
    RefusalOf(town / "long", town / "restored", "not_a_backup");
    RefusalOf(town / "nothing", town / "restored", "io_failed");
}

TEST_CASE("no entry leads out of the folder") {
    const TempFolder folder;
    for (const char* name :
         {"../evil",
          "/etc/evil",
          "files/../../evil",
          "files/./x",
          "files//x",
          "local",
          "evil",
          "town.sqlite-wal"}) {
        CAPTURE(name);
        const fs::path file = folder / "evil.tar";
        fs::remove(file);
        {
            const auto sink = CreatePlain(file);
            TarWriter tar(*sink);
            tar.Begin("BACKUP", 17);
            tar.Data("zhenwu back-up 1\n");
            tar.Begin(name, 1);
            tar.Data("x");
            tar.Finish();
            sink->Finish();
        }
        CHECK(RefusalOf(file, folder / "restored", "backup_damaged").at("where") == name);
        CHECK(Names(folder.path()) == Listed{"evil.tar"});
    }
}

TEST_CASE("a sealed back-up opens with its passphrase only") {
    Town town;
    town.Backup(town / "b", "三 个 词");
    const std::string sealed = ReadAll(town / "b");
    CHECK(sealed.find("secret") == std::string::npos);
    CHECK(sealed.find("town.sqlite") == std::string::npos);
    RestoreBackup(town / "b", town / "restored", "三 个 词", {});
    CheckRestored(town / "restored", town.Folder());
    const auto restore = [&](const std::string& passphrase) {
        return ProblemOf([&] { RestoreBackup(town / "b", town / "again", passphrase, {}); });
    };
    CHECK(restore("") == "passphrase_needed");
    CHECK(restore("三个词") == "wrong_passphrase");
    CHECK_FALSE(fs::exists(town / "again"));
}

TEST_CASE("a sealed back-up that was changed or cut is refused at the place") {
    Town town;
    town.Backup(town / "b", "p");
    const std::string sealed = ReadAll(town / "b");
    const auto damage = [&](const std::string& bytes) -> std::string {
        WriteAll(town / "bad", bytes);
        try {
            RestoreBackup(town / "bad", town / "restored", "p", {});
        } catch (const zw::Problem& problem) {
            CHECK_FALSE(fs::exists(town / "restored"));
            return problem.code() + " " +
                   (problem.details().contains("where") ? problem.details().at("where") : "");
        }
        return "restored";
    };
    constexpr size_t kHead = 24 + 16 + 16 + 24;
    constexpr size_t kChunk = 65536 + 17;
    std::string changed = sealed;
    changed[kHead + kChunk + 5] = static_cast<char>(changed[kHead + kChunk + 5] ^ 1);
    CHECK(damage(changed) == "backup_damaged " + std::to_string(kHead + kChunk));
    changed = sealed;
    changed[kHead] = static_cast<char>(changed[kHead] ^ 1);
    CHECK(damage(changed) == "wrong_passphrase ");
    CHECK(
        damage(sealed.substr(0, kHead + 2 * kChunk)) ==
        "backup_damaged " + std::to_string(kHead + 2 * kChunk)
    );
    CHECK(damage(sealed.substr(0, 30)).find("backup_damaged") == 0);
    changed = sealed;
    changed[24 + 16 + 8] = '\x7f';  // asks for more memory than there is
    CHECK(damage(changed).find("backup_damaged") == 0);
    // Two chunks changed places.
    changed = sealed;
    std::swap_ranges(
        changed.begin() + kHead + kChunk,
        changed.begin() + kHead + 2 * kChunk,
        changed.begin() + kHead + 2 * kChunk
    );
    CHECK(damage(changed) == "backup_damaged " + std::to_string(kHead + kChunk));
}

TEST_CASE("the default cost of a passphrase works on this machine") {
    const TempFolder folder;
    {
        const auto sink = CreateSealed(folder / "sealed", "p");
        sink->Write("abc");
        sink->Finish();
    }
    CHECK(OpenPlainOrSealed(folder / "sealed", "p")->Read(10) == "abc");
}

TEST_CASE("tar: sizes and names at the edges") {
    const TempFolder folder;
    const std::string long_name = std::string(150, 'd') + "/" + std::string(100, 'n');
    {
        const auto sink = CreatePlain(folder / "t.tar");
        TarWriter tar(*sink);
        for (const size_t size : {0, 1, 511, 512, 513}) {
            tar.Begin("s" + std::to_string(size), static_cast<int64_t>(size));
            tar.Data(std::string(size, 'x'));
        }
        tar.Begin(long_name, 0);
        CHECK(ProblemOf([&] { tar.Begin(std::string(101, 'n'), 0); }) == "name_too_long");
        CHECK(ProblemOf([&] { tar.Begin(std::string(156, 'd') + "/n", 0); }) == "name_too_long");
        tar.Finish();
        sink->Finish();
    }
    const auto source = OpenPlain(folder / "t.tar");
    TarReader tar(*source, "t.tar");
    std::map<std::string, size_t> read;
    while (const auto entry = tar.Next()) {
        size_t size = 0;
        tar.Data([&](std::string_view bytes) { size += bytes.size(); });
        CHECK(static_cast<int64_t>(size) == entry->size);
        read[entry->name] = size;
    }
    CHECK(
        read ==
        std::map<std::string, size_t>{
            {"s0", 0}, {"s1", 1}, {"s511", 511}, {"s512", 512}, {"s513", 513}, {long_name, 0}}
    );
}

TEST_CASE("tar: an entry of more than 8 GiB keeps its size") {
    const TempFolder folder;
    const int64_t size = 20LL << 30U;
    {
        const auto sink = CreatePlain(folder / "t.tar");
        TarWriter(*sink).Begin("large", size);
        sink->Finish();
    }
    const auto source = OpenPlain(folder / "t.tar");
    CHECK(TarReader(*source, "t.tar").Next()->size == size);
}
