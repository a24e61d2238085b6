#pragma once
// The parts of an office package (ECMA-376 part 2: a zip of XML files), held in memory. What is
// read is bounded, so that a hostile file is refused and never fills the machine. Not shared
// between threads.

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace zw::document {

// Beyond any of these a package is refused with Problem "document_too_large".
struct PackageLimits {
    size_t file_bytes = size_t{64} << 20U;
    size_t parts = 4096;
    size_t part_bytes = size_t{64} << 20U;
    size_t all_bytes = size_t{192} << 20U;
    size_t ratio = 400;  // unpacked to packed bytes of one part; judged on parts above 1 MiB
};

class Package {
public:
    // Throws document_damaged (no zip, a part cut short, two parts of one name, a name that leaves
    // the package, encrypted) or document_too_large. `name` is what messages call the file.
    static Package Read(
        std::string_view bytes, std::string_view name, const PackageLimits& limits = {}
    );
    // Also io_failed.
    static Package Open(const std::filesystem::path& file, const PackageLimits& limits = {});

    bool Has(std::string_view part) const;
    // Throws document_damaged when the part is missing.
    const std::string& Part(std::string_view part) const;
    // New parts are written after the old ones.
    void Set(std::string_view part, std::string content);
    // In the order of the package.
    const std::vector<std::string>& Names() const { return order_; }
    const std::string& name() const { return name_; }

    // The zip; the same parts always give the same bytes (times are fixed at 1980-01-01).
    std::string Bytes() const;

private:
    std::string name_;
    std::vector<std::string> order_;
    std::map<std::string, std::string, std::less<>> parts_;
};

// Throws io_failed. The file appears whole or not at all (written beside, then renamed).
void SaveFile(const std::filesystem::path& file, std::string_view bytes);
// Throws io_failed; document_too_large above `limit` bytes.
std::string LoadFile(const std::filesystem::path& file, size_t limit);

}  // namespace zw::document
