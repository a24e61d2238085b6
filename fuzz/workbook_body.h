#pragma once
// What the targets of the three table formats share: any bytes are read to the end as tables, or
// refused by a Problem; never anything else.

#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "base/problem.h"
#include "sheet/table.h"

namespace zw::fuzz {

// Holds what every reader may rely on: rows in order inside one table, cells and flags of one
// length.
class CheckingSink final : public sheet::TableSink {
public:
    void BeginTable(const sheet::TableInfo& table) override {
        Demand(!open_ && !table.columns.empty() && table.heading_first <= table.heading_last);
        open_ = true;
        last_ = table.heading_last;
    }
    void Row(const sheet::TableRow& row) override {
        Demand(open_ && row.number > last_ && row.filled.size() >= row.cells.size());
        last_ = row.number;
    }
    void Total(const sheet::TotalCheck& total) override {
        Demand(open_ && total.checked >= static_cast<int>(total.differs.size()));
    }
    void EndTable() override {
        Demand(open_);
        open_ = false;
    }

private:
    static void Demand(bool holds) {
        if (!holds) {
            std::abort();
        }
    }
    bool open_ = false;
    int last_ = 0;
};

inline const sheet::Vocabulary& Words() {
    static const sheet::Vocabulary words = [] {
        sheet::Vocabulary made;
        made.total_words = {"合计", "计"};
        made.comparison_words = {"本年", "上年", "增减"};
        made.current_words = {"本年"};
        made.note_words = {"注"};
        made.unit_labels = {"单位"};
        made.code_labels = {"代码"};
        made.part_words = {"其中"};
        made.not_adding_words = {"单产", "%"};
        made.serial_words = {"序号"};
        made.units = {"亩", "吨", "头"};
        made.empty_marks = {"/"};
        return made;
    }();
    return words;
}

using Opener = std::unique_ptr<sheet::Workbook> (*)(
    const std::filesystem::path& file, const sheet::Limits& limits
);

inline int ReadAny(const char* data, size_t size, Opener open) {
    static const std::filesystem::path kFile =
        std::filesystem::temp_directory_path() / ("zw_fuzz." + std::to_string(getpid()));
    std::ofstream(kFile, std::ios::binary).write(data, static_cast<std::streamsize>(size));
    const sheet::Limits limits{200'000, 16LL << 20, 200};
    try {
        const auto workbook = open(kFile, limits);
        for (const auto& sheet : workbook->sheets()) {
            CheckingSink sink;
            ReadTables(*workbook, sheet.index, Words(), sink);
        }
    } catch (const Problem&) {
    }
    return 0;
}

}  // namespace zw::fuzz
