#include "base/files.h"

#include <fstream>
#include <iterator>

#include "base/problem.h"

namespace zw {

std::string ReadFile(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in || std::filesystem::is_directory(file)) {
        throw Problem(
            "io_failed",
            {{"path", file.string()}, {"what", "打不开"}, {"what_en", "it does not open"}}
        );
    }
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void WriteFile(const std::filesystem::path& file, const std::string& bytes) {
    std::filesystem::path part = file;
    part += ".part";
    {
        std::ofstream out(part, std::ios::binary | std::ios::trunc);
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        out.flush();
        if (!out) {
            std::error_code ignored;
            std::filesystem::remove(part, ignored);
            throw Problem(
                "io_failed",
                {{"path", file.string()}, {"what", "写不进去"}, {"what_en", "it cannot be written"}}
            );
        }
    }
    std::filesystem::rename(part, file);
}

}  // namespace zw
