#pragma once
// The shared strings of a workbook by number. Kept in memory up to a few megabytes, in an unlinked
// temporary file beyond, so that a roster of a hundred thousand people costs an offset a string.

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace zw::sheet {

class StringTable {
public:
    // Throws Problem "io_failed".
    void Add(std::string_view text);
    size_t size() const { return ends_.size(); }
    // The string numbered `index` from 0; empty when there is none. Throws Problem "io_failed".
    std::string Get(size_t index) const;

private:
    struct CloseFile {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    void Spill();

    std::string tail_;            // what is not yet in file_
    uint64_t spilled_ = 0;        // bytes in file_
    std::vector<uint32_t> ends_;  // end of each string; the limits of a workbook keep it below 4 GB
    std::unique_ptr<std::FILE, CloseFile> file_;
};

}  // namespace zw::sheet
