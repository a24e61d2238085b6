#include "sheet/zip_archive.h"

#include <zip.h>

#include <vector>

#include "base/problem.h"

namespace zw::sheet {

namespace {

constexpr zip_int64_t kMostParts = 20'000;
constexpr int64_t kRatioJudgedFrom = 10LL << 20;
constexpr size_t kPiece = 64U << 10U;

struct CloseFile {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};

[[noreturn]] void Fail(const char* code, const std::string& name, const char* what) {
    throw Problem(code, {{"file", name}, {"what", what}});
}

}  // namespace

void ZipArchive::Close::operator()(struct zip* archive) const {
    zip_discard(archive);
}

ZipArchive::ZipArchive(const std::filesystem::path& file, const Limits& limits)
    : name_(file.filename().string()), limits_(limits) {
    int error = 0;
    archive_.reset(zip_open(file.c_str(), ZIP_RDONLY, &error));
    if (!archive_) {
        Fail("file_damaged", name_, "zip");
    }
    const zip_int64_t parts = zip_get_num_entries(archive_.get(), 0);
    if (parts > kMostParts) {
        Fail("file_hostile", name_, "too many parts");
    }
    uint64_t unpacked = 0;
    for (zip_int64_t i = 0; i < parts; ++i) {
        zip_stat_t stat;
        if (zip_stat_index(archive_.get(), static_cast<zip_uint64_t>(i), 0, &stat) != 0) {
            Fail("file_damaged", name_, "zip");
        }
        if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
            stat.encryption_method != ZIP_EM_NONE) {
            Fail("file_encrypted", name_, "zip");
        }
        unpacked += stat.size;
        if (stat.size > static_cast<uint64_t>(limits_.unpacked_bytes) ||
            unpacked > static_cast<uint64_t>(limits_.unpacked_bytes)) {
            Fail("file_too_large", name_, "unpacked size");
        }
    }
}

bool ZipArchive::Has(const std::string& part) const {
    return zip_name_locate(archive_.get(), part.c_str(), ZIP_FL_NOCASE) >= 0;
}

void ZipArchive::Read(const std::string& part, const std::function<bool(std::string_view)>& piece)
    const {
    zip_stat_t stat;
    if (zip_stat(archive_.get(), part.c_str(), ZIP_FL_NOCASE, &stat) != 0) {
        Fail("file_damaged", name_, part.c_str());
    }
    const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(archive_.get(), stat.index, 0)
    );
    if (!file) {
        Fail("file_damaged", name_, part.c_str());
    }
    std::vector<char> buffer(kPiece);
    int64_t total = 0;
    for (;;) {
        const zip_int64_t got = zip_fread(file.get(), buffer.data(), buffer.size());
        if (got < 0) {
            Fail("file_damaged", name_, part.c_str());
        }
        if (got == 0) {
            return;
        }
        // The sizes that the file declares about itself may lie: what really comes out is counted.
        total += got;
        if (total > limits_.unpacked_bytes) {
            Fail("file_too_large", name_, "unpacked size");
        }
        if (total > kRatioJudgedFrom &&
            total / limits_.compression_ratio > static_cast<int64_t>(stat.comp_size)) {
            Fail("file_hostile", name_, "zip bomb");
        }
        if (!piece({buffer.data(), static_cast<size_t>(got)})) {
            return;
        }
    }
}

}  // namespace zw::sheet
