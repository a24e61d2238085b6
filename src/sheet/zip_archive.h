#pragma once
// The parts of a zip file (.xlsx), read in pieces under the limits of grid.h.

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "sheet/grid.h"

struct zip;

namespace zw::sheet {

class ZipArchive {
public:
    // Throws Problem "file_damaged", "file_encrypted", "file_too_large", "file_hostile".
    ZipArchive(const std::filesystem::path& file, const Limits& limits);

    bool Has(const std::string& part) const;
    // Delivers the part piece by piece; `piece` returns false to stop. Throws as the constructor
    // does, also when there is no such part.
    void Read(const std::string& part, const std::function<bool(std::string_view)>& piece) const;

private:
    struct Close {
        void operator()(struct zip* archive) const;
    };
    std::string name_;
    Limits limits_;
    std::unique_ptr<struct zip, Close> archive_;
};

}  // namespace zw::sheet
