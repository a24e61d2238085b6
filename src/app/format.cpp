#include "app/format.h"

#include <string>

#include "base/problem.h"
#include "store/schema.h"

namespace zw::app {

namespace {

struct Mark {
    int64_t format = 0;
    std::string program;
};

Mark MarkOf(store::Database& database, int64_t town) {
    const auto reader = database.Read();
    store::Connection& connection = reader->connection();
    if (!connection.TableExists("town_format")) {
        return {};
    }
    const auto row =
        connection.First("select format, program from town_format where town = ?", {town});
    return row.empty() ? Mark{} : Mark{std::get<int64_t>(row[0]), std::get<std::string>(row[1])};
}

}  // namespace

void RefuseNewerTown(store::Database& database, int64_t town, const std::filesystem::path& folder) {
    const Mark mark = MarkOf(database, town);
    if (mark.format > kTownFormat) {
        throw Problem(
            "town_newer",
            {{"path", folder.string()}, {"program", mark.program}, {"own", ZW_VERSION}}
        );
    }
}

void MarkFormat(store::Database& database, int64_t town) {
    if (MarkOf(database, town).format >= kTownFormat) {
        return;
    }
    database.Write([&](store::Connection& connection) {
        store::EnsureTable(
            connection,
            {.name = "town_format",
             .columns =
                 {{"town", store::ColumnType::kBigint, true},
                  {"format", store::ColumnType::kBigint, true},
                  {"program", store::ColumnType::kText, true}},
             .primary_key = {"town"},
             .indexes = {}}
        );
        connection.Run("delete from town_format where town = ?", {town});
        connection.Run(
            "insert into town_format(town, format, program) values(?, ?, ?)",
            {town, kTownFormat, std::string(ZW_VERSION)}
        );
    });
}

}  // namespace zw::app
