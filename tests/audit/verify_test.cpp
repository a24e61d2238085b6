// The log tampered with, each in another way: found, and the record named.

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

#include "base/text.h"
#include "tests/audit/hand_made_store.h"

using namespace zw::testing;  // NOLINT(google-build-using-namespace)
using zw::audit::Fault;
using zw::audit::VerifyResult;

namespace {

// Entries 1 to 6: three sheds; 101 changed; 102 deleted; 102 restored; 103 deleted; 101 changed
// again.
void Fill(HandMadeStore& town) {
    Shed owned;
    owned.id_number = "11010519491231002X";
    owned.phone = "13812345678";
    owned.twice = 2500;
    town.Create({{101, owned}, {102, Shed{}}, {103, Shed{.name = "三号棚"}}});
    Shed larger = owned;
    larger.area = 1300;
    town.Update(101, larger);
    town.Delete(102);
    town.Restore(102);
    town.Delete(103);
    larger.area = 1400;
    town.Update(101, larger);
}

std::vector<std::string> Codes(const VerifyResult& result) {
    std::vector<std::string> codes;
    for (const Fault& fault : result.faults) {
        codes.push_back(fault.code);
    }
    return codes;
}

// Whether the very record, version is named in a fault of this code.
bool Names(const VerifyResult& result, const std::string& code, int64_t id, int64_t version) {
    return std::any_of(result.faults.begin(), result.faults.end(), [&](const Fault& fault) {
        return fault.code == code && fault.record == "大棚" && fault.id == id &&
               fault.version == version;
    });
}

bool NamesEntry(const VerifyResult& result, const std::string& code, int64_t seq) {
    return std::any_of(result.faults.begin(), result.faults.end(), [&](const Fault& fault) {
        return fault.code == code && fault.seq == seq;
    });
}

VerifyResult AfterTampering(
    const std::string& sql, const std::vector<zw::store::Value>& values = {}
) {
    HandMadeStore town;
    Fill(town);
    town.Tamper(sql, values);
    return town.Verify();
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a clean log has no faults") {
    HandMadeStore town;
    CHECK(town.Verify().sound());  // nothing logged, no head
    Fill(town);
    const VerifyResult result = town.Verify({{"年度报告第1版", town.head()}});
    CHECK(Codes(result).empty());
    CHECK(result.entries == 6);
    CHECK(result.versions == 8);
    CHECK(result.head == town.head());
}

TEST_CASE("progress is told") {
    HandMadeStore town;
    Fill(town);
    zw::audit::VerifyRequest request;
    request.town = HandMadeStore::kTown;
    request.tables = {
        {HandMadeStore::kShed, "大棚", "r_shed", "v_shed", HandMadeStore::ShedFields()}};
    std::vector<std::pair<int64_t, int64_t>> told;
    request.progress = [&](int64_t done, int64_t all) { told.emplace_back(done, all); };
    const auto reader = town.database().ReadWithoutLimit();
    zw::audit::Verify(reader->connection(), town.key(), request);
    REQUIRE_FALSE(told.empty());
    CHECK(told.back() == std::pair<int64_t, int64_t>(14, 14));
}

TEST_CASE("a changed value of the row that stands") {
    const auto result = AfterTampering("update r_shed set f2=9999 where id=101");
    CHECK(Codes(result) == Texts{"audit_current_differs"});
    CHECK(Names(result, "audit_current_differs", 101, 3));
    CHECK(result.faults[0].Message() == "大棚 101 的现状与第3版不同，被改动过");
}

TEST_CASE("a changed value in both tables") {
    HandMadeStore town;
    Fill(town);
    town.Tamper("update r_shed set f2=9999 where id=101");
    town.Tamper("update v_shed set f2=9999 where id=101 and version=3");
    CHECK(Names(town.Verify(), "audit_row_digest", 101, 3));
}

TEST_CASE("a changed value of an old version") {
    const auto result = AfterTampering("update v_shed set f1='假棚' where id=101 and version=1");
    CHECK(Codes(result) == Texts{"audit_row_digest"});
    CHECK(Names(result, "audit_row_digest", 101, 1));
}

TEST_CASE("a value set to null, place, state, op and date precision changed") {
    for (const char* change :
         {"f2=null",
          "place=43",
          "state='draft'",
          "op='restore'",
          "f4_p='month'",
          "f4='2023-12-30'",
          "f5='1'"}) {
        CAPTURE(change);
        const auto result = AfterTampering(
            std::string("update v_shed set ") + change + " where id=101 and version=2"
        );
        CHECK(Codes(result) == Texts{"audit_row_digest"});
        CHECK(Names(result, "audit_row_digest", 101, 2));
    }
}

TEST_CASE("a version with its digest made to fit") {
    HandMadeStore town;
    Fill(town);
    const auto fields = HandMadeStore::ShedFields();
    zw::audit::RowDigest digest({HandMadeStore::kShed, 102, 1, "create", 42, "live"});
    digest.Field(fields[0], "一号棚");
    digest.Field(fields[1], "99.99");
    digest.Field(fields[3], "2023-12-31/year");
    town.Tamper(
        "update v_shed set f2=9999, digest=? where id=102 and version=1", {digest.Finish()}
    );
    const auto result = town.Verify();
    CHECK(Codes(result) == Texts{"audit_rows_digest"});
    CHECK(NamesEntry(result, "audit_rows_digest", 1));
    CHECK(result.faults[0].details.at("rows").find("大棚 102 第1版") != std::string::npos);
    CHECK(result.faults[0].details.at("count") == "3");
}

TEST_CASE("a version with its digest made to fit, alone in its entry: the record itself is named") {
    HandMadeStore town;
    Fill(town);
    const auto fields = HandMadeStore::ShedFields();
    zw::audit::RowDigest digest({HandMadeStore::kShed, 102, 3, "restore", 42, "live"});
    digest.Field(fields[0], "假棚");
    town.Tamper(
        "update v_shed set f1='假棚', f2=null, f4=null, digest=? where id=102 and version=3",
        {digest.Finish()}
    );
    CHECK(Names(town.Verify(), "audit_rows_digest", 102, 3));
}

TEST_CASE("a version removed from the middle") {
    const auto result = AfterTampering("delete from v_shed where id=101 and version=2");
    CHECK(Names(result, "audit_version_gap", 101, 3));
    CHECK(NamesEntry(result, "audit_rows_digest", 2));
}

TEST_CASE("the newest version removed and the row put back") {
    HandMadeStore town;
    Fill(town);
    town.Tamper("delete from v_shed where id=101 and version=3");
    CHECK(Names(town.Verify(), "audit_newest_missing", 101, 2));
    town.Tamper("update v_shed set seq_to=9223372036854775807 where id=101 and version=2");
    town.Tamper(
        "update r_shed set version=2, f2=1300, f3=(select f3 from v_shed where id=101 and "
        "version=2) where id=101"
    );
    const auto result = town.Verify();
    CHECK(Codes(result) == Texts{"audit_rows_digest"});
    CHECK(NamesEntry(result, "audit_rows_digest", 6));
}

TEST_CASE("a whole record removed") {
    HandMadeStore town;
    Fill(town);
    town.Tamper("delete from v_shed where id=103");
    const auto result = town.Verify();
    CHECK(NamesEntry(result, "audit_rows_digest", 1));
    CHECK(NamesEntry(result, "audit_rows_digest", 5));
}

TEST_CASE("a version added") {
    const auto result = AfterTampering(
        "insert into v_shed(town,id,version,seq_from,seq_to,op,place,state,digest,f1) "
        "values(620921,200,1,3,9223372036854775807,'create',42,'live','00','假棚')"
    );
    CHECK(Names(result, "audit_row_digest", 200, 1));
    CHECK(Names(result, "audit_current_missing", 200, 1));
    CHECK(NamesEntry(result, "audit_rows_digest", 3));
}

TEST_CASE("a version added beyond the log") {
    const auto result = AfterTampering(
        "insert into v_shed(town,id,version,seq_from,seq_to,op,place,state,digest,f1) "
        "values(620921,200,1,7,9223372036854775807,'create',42,'live','00','假棚')"
    );
    CHECK(Names(result, "audit_unlogged", 200, 1));
}

TEST_CASE("a row added, a row removed, a deleted row put back") {
    auto result = AfterTampering(
        "insert into r_shed(town,id,place,version,state,f1) values(620921,200,42,1,'live','假棚')"
    );
    CHECK(Codes(result) == Texts{"audit_current_extra"});
    CHECK(Names(result, "audit_current_extra", 200, 1));
    result = AfterTampering("delete from r_shed where id=102");
    CHECK(Codes(result) == Texts{"audit_current_missing"});
    CHECK(Names(result, "audit_current_missing", 102, 3));
    result = AfterTampering(
        "insert into r_shed(town,id,place,version,state,f1) select town,id,place,version,state,f1 "
        "from v_shed where id=103 and version=2"
    );
    CHECK(Names(result, "audit_current_extra", 103, 2));
}

TEST_CASE("life of a version moved") {
    auto result = AfterTampering("update v_shed set seq_to=5 where id=101 and version=1");
    CHECK(Codes(result) == Texts{"audit_version_chain"});
    CHECK(Names(result, "audit_version_chain", 101, 2));
    result = AfterTampering("update v_shed set seq_from=4 where id=101 and version=2");
    CHECK(Names(result, "audit_version_chain", 101, 2));
    CHECK(NamesEntry(result, "audit_rows_digest", 2));
}

TEST_CASE("a derived value changed in one table") {
    CHECK(Names(
        AfterTampering("update r_shed set f6=1 where id=101"), "audit_current_differs", 101, 3
    ));
}

TEST_CASE("a value of a dropped field changed") {
    CHECK(Names(
        AfterTampering("update v_shed set f7='x' where id=102 and version=1"),
        "audit_row_digest",
        102,
        1
    ));
}

TEST_CASE("secrets: another's ciphertext, a broken one, another index") {
    HandMadeStore town;
    Fill(town);
    town.Tamper("update v_shed set f3=substr(f3,5) where id=101 and version=1");
    CHECK(Names(town.Verify(), "audit_secret_damaged", 101, 1));
    HandMadeStore other;
    Fill(other);
    other.Tamper(
        "update v_shed set f3_b=? where id=101 and version=1",
        {other.key().Blind("110105194912310011")}
    );
    CHECK(Names(other.Verify(), "audit_blind_index", 101, 1));
}

TEST_CASE("log entries changed") {
    for (const char* change :
         {"at=at+1",
          "by='王文书'",
          "why='改'",
          "batch=null",
          "batch=6",
          "definitions='x'",
          "rows_digest='x'",
          "mac='00'"}) {
        CAPTURE(change);
        const auto result =
            AfterTampering(std::string("update log set ") + change + " where seq=3");
        CHECK(NamesEntry(result, "audit_mac", 3));
    }
}

TEST_CASE("a log entry removed") {
    const auto result = AfterTampering("delete from log where seq=2");
    CHECK(NamesEntry(result, "audit_gap", 3));
    CHECK(Names(result, "audit_unlogged", 101, 2));
    CHECK(result.faults[0].Message() == "日志缺少第2至2条");
}

TEST_CASE("the first log entry removed") {
    const auto result = AfterTampering("delete from log where seq=1");
    CHECK(NamesEntry(result, "audit_gap", 2));
    CHECK(NamesEntry(result, "audit_mac", 2));
}

TEST_CASE("an entry put at the end by one who lacks the key") {
    const auto result = AfterTampering(
        "insert into log(town,seq,at,by,why,definitions,rows_digest,mac) "
        "select town,7,at,by,why,definitions,rows_digest,mac from log where seq=6"
    );
    CHECK(NamesEntry(result, "audit_mac", 7));
}

TEST_CASE("the tail cut cleanly: the heads tell") {
    HandMadeStore town;
    Fill(town);
    const auto sealed = town.head();
    const auto head_text = [&] {
        std::ifstream file(town.head_path());
        return std::string(std::istreambuf_iterator<char>(file), {});
    }();
    town.Tamper("delete from log where seq=6");
    town.Tamper("delete from v_shed where seq_from=6");
    town.Tamper("update v_shed set seq_to=9223372036854775807 where seq_to=6");
    town.Tamper(
        "update r_shed set version=2, f2=1300, f3=(select f3 from v_shed where id=101 and "
        "version=2) where id=101"
    );
    auto result = town.Verify({{"年度报告第1版", sealed}});
    CHECK(Codes(result) == Texts{"audit_tail_cut", "audit_tail_cut"});  // log.head and the edition
    CHECK(NamesEntry(result, "audit_tail_cut", 6));

    std::filesystem::remove(town.head_path());
    result = town.Verify({{"年度报告第1版", sealed}});
    CHECK(Codes(result) == Texts{"audit_head_missing", "audit_tail_cut"});

    std::ofstream(town.head_path()) << zw::ReplaceAll(head_text, " 6 ", " 5 ");
    result = town.Verify();
    CHECK(Codes(result) == Texts{"audit_head_damaged"});
}

TEST_CASE("a log written anew after its tail was cut is not the one that was sealed") {
    HandMadeStore town;
    Fill(town);
    const auto sealed = town.head();
    town.Tamper("delete from log where seq=6");
    town.Tamper("delete from v_shed where seq_from=6");
    town.Tamper("update v_shed set seq_to=9223372036854775807 where seq_to=6");
    town.Tamper(
        "update r_shed set version=2, f2=1300, f3=(select f3 from v_shed where id=101 and "
        "version=2) where id=101"
    );
    town.Update(102, Shed{.name = "别的棚"});
    const auto result = town.Verify({{"年度报告第1版", sealed}});
    CHECK(
        Codes(result) == Texts{"audit_head_differs", "audit_head_differs"}
    );  // log.head still says the sealed one
}

TEST_CASE("the right to deletion: value and salt gone, and the chain still verifies") {
    HandMadeStore town;
    Fill(town);
    town.Update(101, Shed{});  // without the person's values: this entry says why
    for (int64_t version = 1; version <= 3; ++version) {
        town.Erase(101, version);
    }
    const auto result = town.Verify();
    CHECK(Codes(result).empty());
    CHECK(town.database()
              .Read()
              ->connection()
              .First("select 1 from v_shed where id=101 and (f3 is not null or f5 is not null or "
                     "salt not like 'erased%')")
              .empty());
    // What is left is still vouched for.
    town.Tamper("update v_shed set f2=1 where id=101 and version=2");
    CHECK(Names(town.Verify(), "audit_row_digest", 101, 2));
}

TEST_CASE("an erase that no logged version asks for is a fault") {
    HandMadeStore town;
    Fill(town);
    town.Erase(101, 1);
    CHECK(Names(town.Verify(), "audit_unlawful_erase", 101, 1));
    town.Erase(101, 2);
    town.Erase(101, 3);
    const auto result = town.Verify();
    CHECK(Names(result, "audit_unlawful_erase", 101, 3));
    CHECK(Names(result, "audit_current_differs", 101, 3));
}

TEST_CASE("a salt simply set to null is a fault") {
    CHECK(Names(
        AfterTampering(
            "update v_shed set salt=null, f3=null, f3_b=null, f5=null where id=101 and version=1"
        ),
        "audit_row_digest",
        101,
        1
    ));
}

TEST_CASE("another town's log and versions are another matter") {
    HandMadeStore town;
    Fill(town);
    town.Tamper("insert into log values(1,1,1,'x','',null,'','','bad')");
    CHECK(Codes(town.Verify()).empty());
    auto foreign = town.head();
    foreign.town = 1;
    CHECK(Codes(town.Verify({{"备份", foreign}})) == Texts{"audit_head_differs"});
}

TEST_CASE("a town that is being written to while it is looked at has no cut tail") {
    HandMadeStore town;
    Fill(town);
    zw::audit::VerifyRequest request;
    request.town = HandMadeStore::kTown;
    request.tables = {
        {HandMadeStore::kShed, "大棚", "r_shed", "v_shed", HandMadeStore::ShedFields()}};
    request.head_on_file = zw::audit::ReadHeadOnFile(town.head_path(), town.key());
    const auto reader = town.database().ReadWithoutLimit();
    town.Update(101, Shed{.name = "后来的"});
    CHECK(Codes(zw::audit::Verify(reader->connection(), town.key(), request)).empty());
    request.head_on_file->head->seq = 7;
    CHECK(
        Codes(zw::audit::Verify(reader->connection(), town.key(), request)) ==
        Texts{"audit_tail_cut"}
    );
}
