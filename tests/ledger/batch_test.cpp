#include <doctest/doctest.h>

#include <future>

#include "support.h"

using namespace zw;               // NOLINT(google-build-using-namespace)
using namespace zw::ledger;       // NOLINT(google-build-using-namespace)
using namespace zw::ledger_test;  // NOLINT(google-build-using-namespace)

namespace {

std::string Outcomes(const BatchResult& result) {
    std::string text;
    for (const RowOutcome outcome : result.outcomes) {
        text += std::string("nc=rd").substr(static_cast<size_t>(outcome), 1);
    }
    return text;
}

std::string CodeAt(const BatchResult& result, size_t n) {
    const auto found = result.findings.find(n);
    return found == result.findings.end() ? "" : found->second.at(0).code;
}

}  // namespace

TEST_CASE("a batch: new, changed, the same; the same file again changes nothing") {
    Town town;
    BatchWriter writer(town.ledger());
    Rows rows;
    rows.Add(town.PlotRow("甲1", "10", "地块.xlsx|表|2"));
    rows.Add(town.PlotRow("甲2", "-1", "地块.xlsx|表|3"));
    rows.Add(town.PlotRow("甲3", "30", "地块.xlsx|表|4"));
    BatchOptions options;
    options.files = {"地块.xlsx"};
    const BatchResult first = writer.Apply(town.leader, rows, options);
    CHECK(Outcomes(first) == "nrn");
    CHECK(CodeAt(first, 1) == "below_min");
    CHECK(first.findings.at(1).at(0).row == 3);
    CHECK(first.findings.at(1).at(0).file == "地块.xlsx");
    CHECK(first.findings.at(1).at(0).field == "mu");
    const int64_t seq = town.Seq();
    const BatchResult again = writer.Apply(town.leader, rows, options);
    CHECK(Outcomes(again) == "=r=");
    CHECK(again.seq == 0);
    CHECK(town.Seq() == seq);
    Rows changed;
    changed.Add(town.PlotRow("甲1", "11", "地块2.xlsx|表|2"));
    CHECK(Outcomes(writer.Apply(town.leader, changed, {})) == "c");
    CHECK(writer.List().size() == 2);
    CHECK(writer.List().back().files == std::vector<std::string>{"地块.xlsx"});
    CHECK(writer.List().back().counts.created == 2);
    CHECK(town.Faults().empty());
}

TEST_CASE("a blank never erases; a dry run does everything and leaves nothing") {
    Town town;
    BatchWriter writer(town.ledger());
    Rows rows;
    BatchRow row = town.PlotRow("甲1", "10", "a|b|1");
    row.values["terrain"] = std::string("川");
    rows.Add(row);
    BatchOptions dry;
    dry.dry_run = true;
    CHECK(Outcomes(writer.Apply(town.leader, rows, dry)) == "n");
    CHECK(town.Snapshot("plot").empty());
    CHECK(writer.List().empty());
    const int64_t id = writer.Apply(town.leader, rows, {}).ids[0];
    Rows blank;
    row.values["terrain"] = formula::Value();
    row.values["mu"] = D("12");
    blank.Add(row);
    CHECK(Outcomes(writer.Apply(town.leader, blank, {})) == "c");
    CHECK(
        formula::ToText(town.ledger().Find(town.leader, "plot", id)->values.at("terrain")) == "川"
    );
}

TEST_CASE("one key twice in a file: the same row, and another; in another file a change") {
    Town town;
    Rows rows;
    rows.Add(town.PlotRow("甲1", "10", "a|b|1"));
    rows.Add(town.PlotRow("甲1", "10", "a|b|2"));
    rows.Add(town.PlotRow("甲1", "12", "a|b|3"));
    rows.Add(town.PlotRow("甲1", "13", "补报|b|1"));
    const BatchResult result = BatchWriter(town.ledger()).Apply(town.leader, rows, {});
    CHECK(Outcomes(result) == "nrrc");
    CHECK(CodeAt(result, 1) == "duplicate_same");
    CHECK(CodeAt(result, 2) == "duplicate_conflict");
    CHECK(result.findings.at(2)[0].field == "mu");
    CHECK(result.findings.at(2)[0].message.find("10.00") != std::string::npos);
    CHECK(result.findings.at(2)[0].message.find("12.00") != std::string::npos);
}

TEST_CASE("keys with secrets and empty parts find their rows") {
    auto model = MakeModel();
    TypeOf(*model, "plot").key = {"holder_id", "leased_on"};
    Town town(model);
    BatchWriter writer(town.ledger());
    const auto row = [&](const std::string& id, std::optional<Date> on, const std::string& mu) {
        BatchRow made = town.PlotRow("甲", mu, "f" + mu + "|s|1");
        made.values["holder_id"] = id;
        made.values["leased_on"] = on ? formula::Value(*on) : formula::Value();
        return made;
    };
    TypeOf(*model, "plot").fields[4].unique = false;
    Rows rows;
    rows.Add(row("11010519491231002X", Date{2020, 1, 1}, "1"));
    rows.Add(row("11010519491231002X", std::nullopt, "2"));
    rows.Add(row("１１０１０５１９４９１２３１００２x", Date{2020, 1, 1}, "3"));
    rows.Add(row("11010519491231002X", std::nullopt, "4"));
    CHECK(Outcomes(writer.Apply(town.leader, rows, {})) == "nncc");
}

TEST_CASE("drafts: made for what is not known yet, confirmed by a later row or by hand") {
    Town town;
    BatchWriter writer(town.ledger());
    const int64_t draft_id = town.ledger().services().ids.Next();
    const int64_t other_id = town.ledger().services().ids.Next();
    Rows rows;
    BatchRow draft = town.PlotRow("甲1", "10", "a|b|1");
    draft.id = draft_id;
    draft.draft = true;
    draft.values.erase("mu");
    rows.Add(draft);
    draft.id = other_id;
    draft.values = {{"terrain", std::string("川")}};  // even the code is missing
    rows.Add(draft);
    rows.Add(town.PlantingRow(draft_id, 2023, "辣椒", "3", "a|b|1"));
    CHECK(Outcomes(writer.Apply(town.leader, rows, {})) == "ddn");
    Query query;
    query.record = "plot";
    CHECK(town.ledger().Count(town.leader, query) == 0);
    query.state = "draft";
    CHECK(town.ledger().Count(town.leader, query) == 2);
    Rows known;
    known.Add(town.PlotRow("甲1", "10", "c|d|1"));
    CHECK(Outcomes(writer.Apply(town.leader, known, {})) == "c");
    CHECK(town.ledger().Find(town.leader, "plot", draft_id)->state == "live");
    CHECK(CodeOf([&] { town.ledger().Confirm(town.leader, "plot", other_id, 1); }) == "refused");
    town.ledger().Confirm(town.leader, "plot", other_id, 1, {{"code", std::string("甲9")}});
    CHECK(town.ledger().Find(town.leader, "plot", other_id)->state == "live");
    CHECK(town.Faults().empty());
}

TEST_CASE("a row that CHILD checks refuse is left out and the others go in") {
    Town town;
    const int64_t plot = town.Plot("甲1", "10");
    Rows rows;
    for (const char* crop : {"辣椒", "番茄", "西瓜"}) {
        rows.Add(town.PlantingRow(plot, 2023, crop, "9", std::string("a|b|") + crop));
    }
    const BatchResult result = BatchWriter(town.ledger()).Apply(town.leader, rows, {});
    CHECK(result.counts.created == 2);
    CHECK(result.counts.refused == 1);
    CHECK(CodeAt(result, 2) == "sown_twice_over");
    CHECK(town.Faults().empty());
}

TEST_CASE("batches are undone in any order") {
    for (const bool first_first : {true, false}) {
        CAPTURE(first_first);
        Town town;
        BatchWriter writer(town.ledger());
        Rows a;
        a.Add(town.PlotRow("甲1", "10", "a|b|1"));
        Rows b;
        b.Add(town.PlotRow("甲2", "20", "c|d|1"));
        const int64_t batch_a = writer.Apply(town.leader, a, {}).batch;
        const std::string after_a = town.Snapshot("plot");
        const int64_t batch_b = writer.Apply(town.leader, b, {}).batch;
        writer.Undo(town.leader, first_first ? batch_a : batch_b);
        if (!first_first) {
            CHECK(town.Snapshot("plot") == after_a);
        }
        writer.Undo(town.leader, first_first ? batch_b : batch_a);
        CHECK(town.Snapshot("plot").empty());
        CHECK(CodeOf([&] { writer.Undo(town.leader, batch_a); }) == "batch_undone");
        CHECK(town.Faults().empty());
    }
}

TEST_CASE("an undo that later edits stand on is refused with them, and goes once they are undone") {
    Town town;
    BatchWriter writer(town.ledger());
    Rows a;
    a.Add(town.PlotRow("甲1", "10", "a|b|1"));
    Rows b;
    b.Add(town.PlotRow("甲1", "11", "c|d|1"));
    const BatchResult made = writer.Apply(town.leader, a, {});
    const std::string after_a = town.Snapshot("plot");
    const int64_t batch_b = writer.Apply(town.leader, b, {}).batch;
    const std::string after_b = town.Snapshot("plot");
    const std::string list = ListOf([&] { writer.Undo(town.leader, made.batch); });
    CHECK(list.find(std::to_string(made.ids[0])) != std::string::npos);
    CHECK(list.find("第2版") != std::string::npos);
    CHECK(town.Snapshot("plot") == after_b);
    const int64_t undo_b = writer.Undo(town.leader, batch_b).id;
    CHECK(town.Snapshot("plot") == after_a);
    // The undo is a batch itself: taken back, then done again.
    writer.Undo(town.leader, undo_b);
    CHECK(town.Snapshot("plot") == after_b);
    CHECK(writer.Find(batch_b)->undone_by == 0);
    CHECK(CodeOf([&] { writer.Undo(town.leader, made.batch); }) == "batch_built_upon");
    writer.Undo(town.leader, batch_b);
    writer.Undo(town.leader, made.batch);
    CHECK(town.Snapshot("plot").empty());
    CHECK(town.Faults().empty());
}

TEST_CASE("an edit by hand, and a row that refers, stand in the way of an undo") {
    Town town;
    BatchWriter writer(town.ledger());
    Rows a;
    a.Add(town.PlotRow("甲1", "10", "a|b|1"));
    const BatchResult made = writer.Apply(town.leader, a, {});
    Rows b;
    b.Add(town.PlantingRow(made.ids[0], 2023, "辣椒", "1", "c|d|1"));
    const int64_t batch_b = writer.Apply(town.leader, b, {}).batch;
    CHECK(ListOf([&] { writer.Undo(town.leader, made.batch); }).find("引用") != std::string::npos);
    writer.Undo(town.leader, batch_b);
    town.ledger().Update(town.leader, "plot", {made.ids[0], 1, {{"mu", D("12")}}, {}, {}});
    CHECK(CodeOf([&] { writer.Undo(town.leader, made.batch); }) == "batch_built_upon");
    CHECK(CodeOf([&] { writer.Undo(town.leader, 42); }) == "not_found");
    CHECK(town.Faults().empty());
}

TEST_CASE("rows outside the actor's places are refused one by one") {
    Town town;
    Rows rows;
    rows.Add(town.PlotRow("甲1", "10", "a|b|1"));
    BatchRow west = town.PlotRow("乙1", "10", "a|b|2");
    west.place = town.west;
    rows.Add(west);
    const BatchResult result =
        BatchWriter(town.ledger()).Apply({"河西文书", {town.west}, false}, rows, {});
    CHECK(Outcomes(result) == "rn");
    CHECK(CodeAt(result, 0) == "out_of_scope");
}

TEST_CASE("observers see every change inside its transaction") {
    class Counter final : public WriteObserver {
    public:
        void AfterRows(store::Connection& connection, const std::vector<RowChange>& changes)
            override {
            for (const RowChange& change : changes) {
                seen += OpText(change) + " ";
                const auto rows = connection.First("select count(*) from r_plot");
                stood = std::get<int64_t>(rows.at(0));
            }
        }
        std::string seen;
        int64_t stood = 0;

    private:
        static std::string OpText(const RowChange& change) {
            return std::string(change.before ? "b" : "-") + (change.after ? "a" : "-");
        }
    };
    Town town;
    Counter counter;
    town.ledger().AddObserver(counter);
    const int64_t id = town.Plot("甲1", "10");
    CHECK(counter.stood == 1);
    town.ledger().Update(town.leader, "plot", {id, 1, {{"mu", D("1")}}, {}, {}});
    town.ledger().Delete(town.leader, "plot", id, 2);
    town.ledger().Restore(town.leader, "plot", id);
    CHECK(counter.seen == "-a ba b- -a ");
    // What is only checked is told to nobody.
    town.ledger().Check(town.leader, "plot", 0, {town.east, {{"mu", D("1")}}, {}, {}});
    CHECK(counter.seen == "-a ba b- -a ");
}

TEST_CASE("a write that an observer refuses is no write, and what others wrote stands") {
    class Refusing final : public WriteObserver {
    public:
        void AfterRows(store::Connection& /*connection*/, const std::vector<RowChange>& changes)
            override {
            for (const RowChange& change : changes) {
                if (change.after &&
                    formula::ToText(change.after->values.at("mu")).starts_with("666")) {
                    throw Problem("overflow", {{"what", "mu"}});
                }
            }
        }
    };
    Town town;
    Refusing refusing;
    town.ledger().AddObserver(refusing);
    town.Plot("甲1", "10");
    const int64_t before = town.Seq();
    std::vector<std::future<std::string>> writers;
    for (int i = 0; i < 12; ++i) {
        writers.push_back(std::async(std::launch::async, [&town, i] {
            return CodeOf([&] { town.Plot("乙" + std::to_string(i), i % 3 == 0 ? "666" : "5"); });
        }));
    }
    std::vector<std::string> codes;
    for (auto& writer : writers) {
        codes.push_back(writer.get());
    }
    for (size_t i = 0; i < codes.size(); ++i) {
        CHECK(codes[i] == (i % 3 == 0 ? "overflow" : ""));
    }
    CHECK(town.Seq() == before + 8);
    CHECK(town.Faults().empty());
}
