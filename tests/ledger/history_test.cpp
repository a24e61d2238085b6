// Random histories: whatever happens, the log verifies, the past reads as it was saved, and undoing
// everything empties the town.
#include <doctest/doctest.h>

#include <random>

#include "support.h"

using namespace zw;               // NOLINT(google-build-using-namespace)
using namespace zw::ledger;       // NOLINT(google-build-using-namespace)
using namespace zw::ledger_test;  // NOLINT(google-build-using-namespace)

namespace {

class Life {
public:
    Life(Town& town, uint32_t seed) : town_(town), random_(seed) {}

    void Step() {
        switch (random_() % 6) {
            case 0:
                return Import();
            case 1:
                return Change();
            case 2:
                return Delete();
            case 3:
                return Restore();
            case 4:
                return Undo();
            default:
                return Create();
        }
    }

    int refused = 0;
    int done = 0;

private:
    template <typename Work>
    void Try(const Work& work) {
        if (const std::string code = CodeOf(work); code.empty()) {
            ++done;
        } else {
            const bool expected = code == "refused" || code == "still_referenced" ||
                                  code == "batch_built_upon" || code == "batch_undone" ||
                                  code == "record_not_deleted" || code == "not_found";
            CAPTURE(code);
            CHECK(expected);
            ++refused;
        }
    }

    std::string Code() { return "块" + std::to_string(random_() % 8); }
    Decimal Mu() { return Decimal{static_cast<int64_t>(random_() % 5000), 2}; }
    int64_t Place() { return random_() % 2 == 0 ? town_.east : town_.west; }

    void Create() {
        Try([&] {
            ids_.push_back(
                town_.ledger()
                    .Create(
                        town_.leader, "plot", {Place(), {{"code", Code()}, {"mu", Mu()}}, {}, {}}
                    )
                    .ids[0]
            );
        });
    }
    void Import() {
        Rows rows;
        const std::string file = "f" + std::to_string(random_());
        for (int i = 0; i < 4; ++i) {
            BatchRow row = town_.PlotRow(Code(), "1", file + "|s|" + std::to_string(i));
            row.values["mu"] = Mu();
            row.place = Place();
            rows.Add(row);
        }
        if (!ids_.empty()) {
            rows.Add(town_.PlantingRow(
                ids_[random_() % ids_.size()],
                2020 + static_cast<int>(random_() % 3),
                "菜",
                "0.5",
                file + "|p|1"
            ));
        }
        const BatchResult result = BatchWriter(town_.ledger()).Apply(town_.leader, rows, {});
        for (size_t n = 0; n < 4; ++n) {
            if (result.outcomes[n] == RowOutcome::kNew) {
                ids_.push_back(result.ids[n]);
            }
        }
        if (result.batch != 0) {
            batches_.push_back(result.batch);
        }
    }
    void Change() {
        if (ids_.empty()) {
            return;
        }
        const int64_t id = ids_[random_() % ids_.size()];
        if (const auto row = town_.ledger().Find(town_.leader, "plot", id)) {
            Try([&] {
                town_.ledger().Update(
                    town_.leader,
                    "plot",
                    {id, row->version, {{"mu", Mu()}, {"holder", std::string("某某")}}, {}, {}}
                );
            });
        }
    }
    void Delete() {
        if (ids_.empty()) {
            return;
        }
        const int64_t id = ids_[random_() % ids_.size()];
        if (const auto row = town_.ledger().Find(town_.leader, "plot", id)) {
            Try([&] { town_.ledger().Delete(town_.leader, "plot", id, row->version); });
        }
    }
    void Restore() {
        if (!ids_.empty()) {
            Try([&] { town_.ledger().Restore(town_.leader, "plot", ids_[random_() % ids_.size()]); }
            );
        }
    }
    void Undo() {
        if (!batches_.empty()) {
            Try([&] {
                batches_.push_back(BatchWriter(town_.ledger())
                                       .Undo(town_.leader, batches_[random_() % batches_.size()])
                                       .id);
            });
        }
    }

    Town& town_;
    std::mt19937 random_;
    std::vector<int64_t> ids_;
    std::vector<int64_t> batches_;
};

}  // namespace

TEST_CASE("random histories verify, and every past moment reads as it was") {
    for (const uint32_t seed : {1U, 2U, 3U}) {
        CAPTURE(seed);
        Town town;
        Life life(town, seed);
        std::map<int64_t, std::string> saved;
        for (int step = 0; step < 60; ++step) {
            life.Step();
            saved[town.Seq()] = town.Snapshot("plot") + town.Snapshot("planting");
            // Counts are kept between writes; the rows themselves are read each time.
            Query query;
            query.record = "plot";
            query.limit = 1000;
            const size_t listed = town.ledger().List(town.leader, query).rows.size();
            REQUIRE(town.ledger().Count(town.leader, query) == static_cast<int64_t>(listed));
        }
        for (const auto& [seq, text] : saved) {
            CAPTURE(seq);
            REQUIRE(town.Snapshot("plot", seq) + town.Snapshot("planting", seq) == text);
        }
        const std::vector<std::string> faults = town.Faults();
        CAPTURE(faults.empty() ? std::string() : faults.front());
        CHECK(faults.empty());
        CHECK(life.done > 10);
    }
}

TEST_CASE("batches undone from the newest backwards leave what was before them") {
    Town town;
    BatchWriter writer(town.ledger());
    std::mt19937 random(7);
    std::vector<std::string> before;
    std::vector<int64_t> batches;
    for (int n = 0; n < 8; ++n) {
        before.push_back(town.Snapshot("plot"));
        Rows rows;
        for (int i = 0; i < 5; ++i) {
            rows.Add(town.PlotRow(
                "块" + std::to_string(random() % 10),
                std::to_string(random() % 100 + 1),
                std::to_string(n) + "|s|" + std::to_string(i)
            ));
        }
        batches.push_back(writer.Apply(town.leader, rows, {}).batch);
    }
    for (size_t n = batches.size(); n-- > 0;) {
        if (batches[n] != 0) {
            writer.Undo(town.leader, batches[n]);
        }
        CHECK(town.Snapshot("plot") == before[n]);
    }
    CHECK(town.Snapshot("plot").empty());
    CHECK(town.Faults().empty());
}
