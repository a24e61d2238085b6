#include "sheet/ole_file.h"

#include <gsf/gsf.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <mutex>

#include "base/problem.h"

namespace zw::sheet {

namespace {

[[noreturn]] void Fail(const char* code, const std::string& name, const char* what) {
    throw Problem(code, {{"file", name}, {"what", what}});
}

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};

std::string ReadStream(
    GsfInfile* infile, const char* stream, const std::string& name, const Limits& limits
) {
    const std::unique_ptr<GsfInput, Unref> input(gsf_infile_child_by_name(infile, stream));
    if (!input) {
        return {};
    }
    const gsf_off_t size = gsf_input_size(input.get());
    if (size > limits.unpacked_bytes) {
        Fail("file_too_large", name, "bytes");
    }
    std::string bytes(static_cast<size_t>(std::max<gsf_off_t>(size, 0)), '\0');
    if (!bytes.empty() &&
        gsf_input_read(input.get(), bytes.size(), reinterpret_cast<guint8*>(bytes.data())) ==
            nullptr) {
        Fail("file_damaged", name, "OLE");
    }
    return bytes;
}

// What libgsf thinks of a damaged file goes to the user as our Problem, not to stderr as its log.
void StartGsf() {
    gsf_init();
    g_log_set_handler(
        "libgsf:msole",
        static_cast<GLogLevelFlags>(G_LOG_LEVEL_MASK | G_LOG_FLAG_RECURSION),
        [](const gchar*, GLogLevelFlags, const gchar*, gpointer) {},
        nullptr
    );
}

}  // namespace

std::string ReadOleBook(const std::filesystem::path& file, const Limits& limits) {
    static std::once_flag once;
    std::call_once(once, StartGsf);
    const std::string name = file.filename().string();
    const std::unique_ptr<GsfInput, Unref> input(gsf_input_stdio_new(file.c_str(), nullptr));
    const std::unique_ptr<GsfInfile, Unref> infile(
        input ? gsf_infile_msole_new(input.get(), nullptr) : nullptr
    );
    if (!infile) {
        Fail("file_damaged", name, "OLE");
    }
    std::string book = ReadStream(infile.get(), "Workbook", name, limits);
    if (!book.empty()) {
        return book;
    }
    const int streams = gsf_infile_num_children(infile.get());
    for (int i = 0; i < streams; ++i) {
        const char* child = gsf_infile_name_by_index(infile.get(), i);
        if (child != nullptr && std::strcmp(child, "EncryptedPackage") == 0) {
            Fail("file_encrypted", name, "OOXML");
        }
        if (child != nullptr && std::strcmp(child, "Book") == 0) {
            Fail("file_unknown", name, "Excel 5.0/95");
        }
    }
    Fail("file_unknown", name, "OLE without a workbook");
}

}  // namespace zw::sheet
