// Any bytes as a .xlsx file: read to the end, or refused by a Problem; never anything else.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/problem.h"
#include "sheet/table.h"
#include "sheet/xlsx_workbook.h"

namespace {

class NoSink final : public zw::sheet::TableSink {
public:
    void BeginTable(const zw::sheet::TableInfo&) override {}
    void Row(const zw::sheet::TableRow&) override {}
    void Total(const zw::sheet::TotalCheck&) override {}
    void EndTable() override {}
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    static const std::filesystem::path kFile =
        std::filesystem::temp_directory_path() / ("zw_fuzz_xlsx." + std::to_string(getpid()));
    std::ofstream(kFile, std::ios::binary)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    const zw::sheet::Limits limits{200'000, 16LL << 20, 200};
    try {
        const auto workbook = zw::sheet::OpenXlsx(kFile, limits);
        NoSink sink;
        for (const auto& sheet : workbook->sheets()) {
            zw::sheet::ReadTables(*workbook, sheet.index, {}, sink);
        }
    } catch (const zw::Problem&) {
    }
    return 0;
}
