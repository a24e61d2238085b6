#include "tests/indicator/test_town.h"

#include <fstream>
#include <sstream>

#include "audit/log.h"
#include "ledger/list_feed.h"
#include "tests/indicator/lines.h"

namespace zw::testing {

namespace {

constexpr int64_t kTown = 7;
constexpr int64_t kNow = 1'700'000'000'000;

std::string ReadFile(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

std::filesystem::path MakeFolder() {
    SystemRandom random;
    const auto folder =
        std::filesystem::temp_directory_path() / ("zw_indicator_" + ToHex(random.Bytes(8)));
    std::filesystem::create_directories(folder);
    return folder;
}

std::shared_ptr<const definition::Model> LoadModel(const std::string& farm) {
    definition::Layer layer;
    layer.name = "builtin";
    layer.files["rules/units.toml"] =
        ReadFile(std::filesystem::path(ZW_SOURCE_DIR) / "rules/units.toml");
    layer.files["rules/test.toml"] = kRules;
    layer.files["rules/settings.toml"] = kSettings;
    layer.files["worklines/common/settings/workline.toml"] = kCommonLine;
    layer.files["worklines/farm/all/workline.toml"] = farm.empty() ? kFarmLine : farm;
    const definition::LoadResult loaded = definition::Load({layer});
    if (!loaded.model) {
        std::string text;
        for (const definition::DefinitionError& error : loaded.errors) {
            text += error.Text() + "\n";
        }
        throw std::runtime_error(text);
    }
    return loaded.model;
}

}  // namespace

TestTown::TestTown(int villages, std::string farm)
    : folder_(MakeFolder()),
      clock_(kNow),
      ids_(clock_),
      key_(audit::KeyFile::Create(folder_ / "key", random_)),
      database_(store::Database::OpenSqlite(folder_ / "town.sqlite")) {
    officer_.name = "办公室";
    access::TownSetup setup{"621099101000", "霁川镇", {}};
    for (int i = 0; i < villages; ++i) {
        setup.villages.push_back({std::to_string(621099101200 + i), "村" + std::to_string(i), {}, 3}
        );
    }
    database_->Write([&](store::Connection& connection) {
        access::CreatePlaceTables(connection);
        access::InitPlaces(connection, kTown, setup, {2024, 1, 1});
    });
    OpenWith(farm);
    const access::PlaceTree places = ledger_->Places();
    town_place_ = places.town().id;
    itself_ = places.town_itself().id;
    for (const access::Place* village : places.Villages()) {
        villages_.push_back(village->id);
    }
}

TestTown::~TestTown() {
    figures_.reset();
    ledger_.reset();
    database_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void TestTown::OpenWith(const std::string& farm) {
    ledger::LedgerServices services{
        *database_, LoadModel(farm), clock_, ids_, random_, key_, kTown, {}};
    ledger_ = std::make_unique<ledger::Ledger>(services);
    ledger_->Open();
    figures_ = std::make_unique<indicator::Figures>(*ledger_);
    figures_->Open();
    ledger_->AddObserver(figures_->observer());
}

void TestTown::Reopen(const std::string& farm) {
    figures_.reset();
    ledger_.reset();
    OpenWith(farm);
}

int64_t TestTown::Add(const std::string& record, int64_t place, const ledger::Values& values) {
    return ledger_->Create(officer_, record, {place, values, {}, {}}).ids.at(0);
}

void TestTown::Change(
    const std::string& record,
    int64_t id,
    const ledger::Values& values,
    std::optional<int64_t> place
) {
    const auto row = ledger_->Find(officer_, record, id);
    ledger_->Update(officer_, record, {id, row.value().version, values, {}, place});
}

void TestTown::Remove(const std::string& record, int64_t id) {
    const auto row = ledger_->Find(officer_, record, id);
    ledger_->Delete(officer_, record, id, row.value().version);
}

void TestTown::Bring(const std::string& record, int64_t id) {
    ledger_->Restore(officer_, record, id);
}

ledger::BatchResult TestTown::Import(const std::vector<ledger::BatchRow>& rows) {
    ledger::ListFeed feed(rows);
    return ledger::BatchWriter(*ledger_).Apply(officer_, feed, {});
}

std::vector<ledger::Record> TestTown::Rows(const std::string& record) {
    std::vector<ledger::Record> rows;
    ledger::Query query;
    query.record = record;
    query.limit = 200;
    do {
        ledger::Page page = ledger_->List(officer_, query);
        rows.insert(rows.end(), page.rows.begin(), page.rows.end());
        query.after = page.next;
    } while (!query.after.empty());
    return rows;
}

int64_t TestTown::LastSeq() {
    const auto reader = database_->Read();
    const auto head = audit::Log::Newest(reader->connection(), kTown);
    return head ? head->seq : 0;
}

void TestTown::Merge(size_t village, size_t into, const Date& last_day) {
    database_->Write([&](store::Connection& connection) {
        access::MergePlace(connection, kTown, villages_.at(village), villages_.at(into), last_day);
    });
}

void TestTown::Sql(const std::string& sql, const std::vector<store::Value>& values) {
    database_->Write([&](store::Connection& connection) { connection.Run(sql, values); });
}

indicator::Figure TestTown::Get(
    const std::string& indicator,
    int64_t place,
    const std::string& period,
    std::optional<int64_t> as_of
) {
    return figures_->Get(officer_, {indicator, place, ParsePeriod(period).value(), as_of, {}});
}

formula::Value Text(const std::string& text) {
    return text;
}
formula::Value Whole(int64_t number) {
    return number;
}
formula::Value Number(const std::string& decimal) {
    return ParseDecimal(decimal).value();
}
formula::Value Day(const std::string& date) {
    return ParseIsoDate(date).value();
}
formula::Value In(const std::string& period) {
    return ParsePeriod(period).value();
}

}  // namespace zw::testing
