// Reading a layer from a folder, with all care: what lies in a town's folder was put there by
// anyone.

#include <fstream>
#include <sstream>
#include <system_error>

#include "base/text.h"
#include "definition/loader.h"

namespace zw::definition {

namespace {

namespace fs = std::filesystem;

constexpr uintmax_t kMaxText = 1U << 20U;
constexpr uintmax_t kMaxDocument = 16U << 20U;
constexpr size_t kMaxFiles = 10'000;

bool IsInside(const fs::path& file, const fs::path& folder) {
    const fs::path relative =
        fs::weakly_canonical(file).lexically_relative(fs::weakly_canonical(folder));
    return !relative.empty() && *relative.begin() != "..";
}

class FolderReader {
public:
    FolderReader(Layer& layer, const fs::path& root) : layer_(layer), root_(root) {}

    void Read(const fs::path& folder) {
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(folder, error)) {
            if (!StartsWith(entry.path().filename().string(), ".")) {
                ReadEntry(entry);
            }
        }
        if (error) {
            Refuse(folder, "unreadable", "读不了这个文件夹：" + error.message() + "；请检查权限");
        }
    }

private:
    std::string PathOf(const fs::path& path) const {
        return path.lexically_relative(root_).generic_string();
    }

    void Refuse(const fs::path& path, const std::string& code, const std::string& message) {
        layer_.errors.push_back({{layer_.name, PathOf(path), 1, 1}, code, message});
    }

    void ReadEntry(const fs::directory_entry& entry) {
        std::error_code error;
        if (entry.is_symlink() && !IsInside(entry.path(), root_)) {
            Refuse(entry.path(), "link_outside", "符号链接指向文件夹之外；请把文件本身放进来");
        } else if (entry.is_directory(error) && !entry.is_symlink()) {
            Read(entry.path());
        } else if (entry.is_regular_file(error)) {
            ReadFile(entry);
        } else {
            Refuse(entry.path(), "unread_file", "这不是文件；这里只放文件和文件夹");
        }
    }

    void ReadFile(const fs::directory_entry& entry) {
        const bool is_document = entry.path().extension() == ".docx";
        const uintmax_t most = is_document ? kMaxDocument : kMaxText;
        std::error_code error;
        const uintmax_t size = entry.file_size(error);
        if (size > most && !error) {
            Refuse(
                entry.path(),
                "file_too_large",
                "文件有 " + std::to_string(size) + " 字节；最多 " + std::to_string(most) + " 字节"
            );
            return;
        }
        if (layer_.files.size() >= kMaxFiles) {
            Refuse(
                entry.path(),
                "too_many_files",
                "文件超过 " + std::to_string(kMaxFiles) + " 个；请删去无关的文件"
            );
            return;
        }
        std::ifstream stream(entry.path(), std::ios::binary);
        std::ostringstream bytes;
        bytes << stream.rdbuf();
        if (error || !stream) {
            Refuse(entry.path(), "unreadable", "读不了这个文件；请检查权限");
            return;
        }
        layer_.files[PathOf(entry.path())] = std::move(bytes).str();
    }

    Layer& layer_;
    const fs::path root_;
};

}  // namespace

Layer ReadLayer(std::string name, const fs::path& folder) {
    Layer layer;
    layer.name = std::move(name);
    if (fs::is_directory(folder)) {
        FolderReader(layer, folder).Read(folder);
    }
    return layer;
}

}  // namespace zw::definition
