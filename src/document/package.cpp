#include "document/package.h"

#include <zip.h>

#include <fstream>
#include <memory>
#include <system_error>

#include "base/problem.h"
#include "base/text.h"

namespace zw::document {

namespace {

[[noreturn]] void Damaged(std::string_view name, std::string_view what) {
    throw Problem("document_damaged", {{"name", std::string(name)}, {"what", std::string(what)}});
}

[[noreturn]] void TooLarge(std::string_view name, std::string_view what) {
    throw Problem("document_too_large", {{"name", std::string(name)}, {"what", std::string(what)}});
}

struct ErrorGuard {
    zip_error_t error{};
    ErrorGuard() { zip_error_init(&error); }
    ~ErrorGuard() { zip_error_fini(&error); }
    ErrorGuard(const ErrorGuard&) = delete;
    ErrorGuard& operator=(const ErrorGuard&) = delete;
    std::string Text() { return zip_error_strerror(&error); }
};

struct Discard {
    void operator()(zip_t* zip) const { zip_discard(zip); }
};
using ZipHandle = std::unique_ptr<zip_t, Discard>;

struct CloseFile {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};

// Part names stay inside the package (ECMA-376-2 §6.2.2: no empty, "." or ".." segment).
bool SafeName(std::string_view name) {
    if (name.empty() || name.front() == '/' || !IsValidUtf8(name) ||
        name.find_first_of(std::string_view("\\:\0", 3)) != std::string_view::npos) {
        return false;
    }
    for (const auto& segment : Split(name, '/')) {
        if (segment.empty() || segment == "." || segment == "..") {
            return false;
        }
    }
    return true;
}

void CheckSize(const zip_stat_t& stat, std::string_view name, const PackageLimits& limits) {
    constexpr size_t kSmall = size_t{1} << 20U;
    if (stat.size > limits.part_bytes) {
        TooLarge(name, stat.name);
    }
    if (stat.size > kSmall && stat.comp_size < stat.size / limits.ratio) {
        TooLarge(name, stat.name);
    }
}

std::string ReadPart(zip_t* zip, const zip_stat_t& stat, std::string_view name) {
    const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(zip, stat.index, 0));
    if (!file) {
        Damaged(name, zip_error_strerror(zip_get_error(zip)));
    }
    std::string content(stat.size, '\0');
    size_t have = 0;
    while (have < content.size()) {
        const auto got = zip_fread(file.get(), content.data() + have, content.size() - have);
        if (got <= 0) {
            Damaged(name, stat.name);
        }
        have += static_cast<size_t>(got);
    }
    // One byte more must not be there; asking also makes libzip check the CRC.
    char extra = 0;
    if (zip_fread(file.get(), &extra, 1) != 0) {
        Damaged(name, stat.name);
    }
    return content;
}

ZipHandle OpenForReading(std::string_view bytes, std::string_view name) {
    ErrorGuard guard;
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &guard.error);
    if (source == nullptr) {
        Damaged(name, guard.Text());
    }
    zip_t* zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &guard.error);
    if (zip == nullptr) {
        zip_source_free(source);
        Damaged(name, guard.Text());
    }
    return ZipHandle(zip);
}

}  // namespace

Package Package::Read(std::string_view bytes, std::string_view name, const PackageLimits& limits) {
    if (bytes.size() > limits.file_bytes) {
        TooLarge(name, "file");
    }
    const ZipHandle zip = OpenForReading(bytes, name);
    const auto count = zip_get_num_entries(zip.get(), 0);
    if (count == 0) {
        Damaged(name, "empty");
    }
    if (count < 0 || static_cast<size_t>(count) > limits.parts) {
        TooLarge(name, "parts");
    }
    Package package;
    package.name_ = name;
    size_t total = 0;
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t stat;
        zip_stat_init(&stat);
        constexpr zip_uint64_t kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
        if (zip_stat_index(zip.get(), static_cast<zip_uint64_t>(i), 0, &stat) != 0 ||
            (stat.valid & kNeeded) != kNeeded) {
            Damaged(name, "directory");
        }
        if (EndsWith(stat.name, "/")) {
            continue;
        }
        if (!SafeName(stat.name)) {
            Damaged(name, "part name");
        }
        if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
            stat.encryption_method != ZIP_EM_NONE) {
            Damaged(name, "encrypted");
        }
        CheckSize(stat, name, limits);
        total += stat.size;
        if (total > limits.all_bytes) {
            TooLarge(name, "all parts");
        }
        if (package.Has(stat.name)) {
            Damaged(name, std::string("twice: ") + stat.name);
        }
        package.Set(stat.name, ReadPart(zip.get(), stat, name));
    }
    return package;
}

Package Package::Open(const std::filesystem::path& file, const PackageLimits& limits) {
    return Read(LoadFile(file, limits.file_bytes), file.filename().string(), limits);
}

bool Package::Has(std::string_view part) const {
    return parts_.find(part) != parts_.end();
}

const std::string& Package::Part(std::string_view part) const {
    const auto found = parts_.find(part);
    if (found == parts_.end()) {
        Damaged(name_, std::string("no part ") + std::string(part));
    }
    return found->second;
}

void Package::Set(std::string_view part, std::string content) {
    const auto found = parts_.find(part);
    if (found != parts_.end()) {
        found->second = std::move(content);
        return;
    }
    order_.emplace_back(part);
    parts_.emplace(std::string(part), std::move(content));
}

namespace {

void AddPart(zip_t* zip, const std::string& name, const std::string& content) {
    zip_source_t* source = zip_source_buffer(zip, content.data(), content.size(), 0);
    const auto index =
        source == nullptr ? -1 : zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        if (source != nullptr) {
            zip_source_free(source);
        }
        throw Problem("internal", {{"what", std::string("zip: ") + zip_strerror(zip)}});
    }
    // The first day that a zip can name, so that equal content gives equal bytes.
    constexpr zip_uint16_t kFirstDay = (1U << 5U) | 1U;
    zip_file_set_dostime(zip, static_cast<zip_uint64_t>(index), 0, kFirstDay, 0);
}

}  // namespace

std::string Package::Bytes() const {
    ErrorGuard guard;
    zip_source_t* source = zip_source_buffer_create(nullptr, 0, 0, &guard.error);
    if (source == nullptr) {
        throw Problem("internal", {{"what", guard.Text()}});
    }
    zip_source_keep(source);
    const std::unique_ptr<zip_source_t, decltype(&zip_source_free)> kept(source, &zip_source_free);
    ZipHandle zip(zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, &guard.error));
    if (!zip) {
        zip_source_free(source);
        throw Problem("internal", {{"what", guard.Text()}});
    }
    for (const auto& name : order_) {
        AddPart(zip.get(), name, parts_.find(name)->second);
    }
    if (zip_close(zip.get()) != 0) {
        throw Problem("internal", {{"what", std::string("zip: ") + zip_strerror(zip.get())}});
    }
    static_cast<void>(zip.release());  // closed

    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_source_open(source) != 0 || zip_source_stat(source, &stat) != 0) {
        throw Problem("internal", {{"what", "zip: cannot read back"}});
    }
    std::string bytes(stat.size, '\0');
    const auto got = zip_source_read(source, bytes.data(), bytes.size());
    zip_source_close(source);
    if (got < 0 || static_cast<size_t>(got) != bytes.size()) {
        throw Problem("internal", {{"what", "zip: short read"}});
    }
    return bytes;
}

void SaveFile(const std::filesystem::path& file, std::string_view bytes) {
    const auto beside = file.string() + ".part";
    {
        std::ofstream out(beside, std::ios::binary | std::ios::trunc);
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        out.flush();
        if (!out) {
            throw Problem("io_failed", {{"path", file.string()}, {"what", "write"}});
        }
    }
    std::error_code error;
    std::filesystem::rename(beside, file, error);
    if (error) {
        throw Problem("io_failed", {{"path", file.string()}, {"what", error.message()}});
    }
}

std::string LoadFile(const std::filesystem::path& file, size_t limit) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    if (error) {
        throw Problem("io_failed", {{"path", file.string()}, {"what", error.message()}});
    }
    if (size > limit) {
        TooLarge(file.filename().string(), "file");
    }
    std::ifstream in(file, std::ios::binary);
    std::string bytes(size, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(size));
    if (!in) {
        throw Problem("io_failed", {{"path", file.string()}, {"what", "read"}});
    }
    return bytes;
}

}  // namespace zw::document
