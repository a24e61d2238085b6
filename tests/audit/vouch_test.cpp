// Rows beside the versions of records: what the log vouched for, tampered with.

#include "audit/vouch.h"

#include <doctest/doctest.h>

#include "store/schema.h"
#include "tests/audit/hand_made_store.h"

using namespace zw::testing;  // NOLINT(google-build-using-namespace)
using zw::audit::VouchedTable;

namespace {

constexpr int64_t kTown = HandMadeStore::kTown;

VouchedTable Notes() {
    return {
        .table = "note",
        .name = "便条",
        .key = {"kind", "id"},
        .columns = {"text"},
        .where = "kind <> 'draft'",
        .children = {{"note_tag", "kind", "tag"}}};
}

// A store beside whose records stand three notes, one of them a draft, and a tag.
struct NoteStore : HandMadeStore {
    NoteStore() {
        Create({{101, Shed{}}});
        database().Write([&](zw::store::Connection& writer) {
            using zw::store::ColumnType;
            zw::store::CreateTable(
                writer,
                {"note",
                 {{"town", ColumnType::kBigint, true},
                  {"kind", ColumnType::kText, true},
                  {"id", ColumnType::kBigint, true},
                  {"text", ColumnType::kText}},
                 {"town", "kind", "id"},
                 {}}
            );
            zw::store::CreateTable(
                writer,
                {"note_tag",
                 {{"town", ColumnType::kBigint, true},
                  {"kind", ColumnType::kText, true},
                  {"tag", ColumnType::kText, true}},
                 {"town", "kind", "tag"},
                 {}}
            );
        });
        Log(
            {"insert into note values (620921, 'a', 1, '甲')",
             "insert into note values (620921, 'b', 2, null)",
             "insert into note values (620921, 'draft', 3, '草稿')",
             "insert into note_tag values (620921, 'a', '急')"}
        );
        Log({"update note set text = '乙' where id = 1"});
    }

    // One entry that writes notes and vouches for all of them.
    void Log(const std::vector<std::string>& statements) {
        database().Write([&](zw::store::Connection& writer) {
            for (const std::string& statement : statements) {
                writer.Run(statement);
            }
            zw::audit::Log(key()).Append(
                writer,
                {kTown,
                 1,
                 "李文书",
                 "登记",
                 std::nullopt,
                 "definitions",
                 zw::audit::RowsDigest().Finish(),
                 zw::audit::VouchFor(writer, kTown, Notes())}
            );
        });
    }

    std::string Codes() {
        zw::audit::VerifyRequest request;
        request.town = kTown;
        request.tables = {{kShed, "大棚", "r_shed", "v_shed", ShedFields()}};
        request.vouched = {Notes()};
        const auto reader = database().ReadWithoutLimit();
        std::string codes;
        for (const auto& fault : zw::audit::Verify(reader->connection(), key(), request).faults) {
            codes += fault.code + " " + fault.details.at("key") + "; ";
        }
        return codes;
    }
};

std::string After(const std::string& sql) {
    NoteStore town;
    town.Tamper(sql);
    return town.Codes();
}

}  // namespace

TEST_CASE("rows beside the versions, as they were vouched for last") {
    NoteStore town;
    CHECK(town.Codes().empty());
    town.Tamper("update note set text = '改' where kind = 'draft'");
    CHECK(town.Codes().empty());
}

TEST_CASE("rows beside the versions changed, removed and added") {
    CHECK(After("update note set text = '甲' where id = 1") == "audit_beside_changed a|1; ");
    CHECK(After("update note set text = '' where id = 2") == "audit_beside_changed b|2; ");
    CHECK(After("update note_tag set tag = '缓'") == "audit_beside_changed a|1; ");
    CHECK(After("delete from note where id = 2") == "audit_beside_missing b|2; ");
    CHECK(After("update note set kind = 'draft' where id = 1") == "audit_beside_missing a|1; ");
    CHECK(After("update note set kind = 'c' where kind = 'draft'") == "audit_beside_extra c|3; ");
}

TEST_CASE("what vouches, made to fit") {
    // Entry 2 of the log wrote the notes, entry 3 changed one.
    const auto first = [](const std::string& sql) {
        NoteStore town;
        town.Tamper(sql);
        const auto result = [&] {
            zw::audit::VerifyRequest request;
            request.town = kTown;
            request.tables = {
                {HandMadeStore::kShed, "大棚", "r_shed", "v_shed", town.ShedFields()}};
            request.vouched = {Notes()};
            const auto reader = town.database().ReadWithoutLimit();
            return zw::audit::Verify(reader->connection(), town.key(), request);
        }();
        REQUIRE_FALSE(result.sound());
        return result.faults.front().code + " " + std::to_string(result.faults.front().seq);
    };
    CHECK(first("update vouched set digest = 'x' where seq = 3") == "audit_rows_digest 3");
    CHECK(first("delete from vouched where seq = 2") == "audit_rows_digest 2");
    CHECK(first("update vouched set seq = 9 where seq = 3") == "audit_rows_digest 3");
    CHECK(
        first("insert into vouched values (620921, 'note', 'z|9', 9, 'x')") ==
        "audit_beside_unlogged 9"
    );
    CHECK(
        first("insert into vouched values (620921, 'note', 'z|9', 3, 'x')") == "audit_rows_digest 3"
    );
}

TEST_CASE("what was put under the next number is not taken into the next entry") {
    NoteStore town;
    town.Tamper("insert into note values (620921, 'c', 7, '塞进来的')");
    town.Tamper("insert into vouched values (620921, 'note', 'c|7', 4, 'x')");
    town.Create({{102, Shed{}}});
    CHECK(town.Codes() == "audit_beside_extra c|7; ");
}
