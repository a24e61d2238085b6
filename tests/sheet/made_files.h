#pragma once
// Files made of bytes, so that the readers are tried with what no writer would write.

#include <gsf/gsf-outfile-msole.h>
#include <gsf/gsf.h>
#include <malloc.h>
#include <zip.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "sheet/grid.h"
#include "tests/sheet/written.h"

#if defined(__SANITIZE_ADDRESS__)
extern "C" size_t __sanitizer_get_current_allocated_bytes();
#endif

namespace zw::sheet::test {

// Bytes of the heap in use. (The resident size would count what the sanitizers keep.)
inline size_t LiveBytes() {
#if defined(__SANITIZE_ADDRESS__)
    return __sanitizer_get_current_allocated_bytes();
#else
    return mallinfo2().uordblks;
#endif
}

// A file that goes with the test.
class TempFile {
public:
    explicit TempFile(const std::string& name) : path_(Temp(name)) {}
    TempFile(const std::string& name, const std::string& bytes) : TempFile(name) {
        std::ofstream(path_, std::ios::binary) << bytes;
    }
    ~TempFile() { std::filesystem::remove(path_); }
    TempFile(const TempFile&) = delete;
    TempFile& operator=(const TempFile&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

using Parts = std::vector<std::pair<std::string, std::string>>;

inline void WriteZip(const std::filesystem::path& file, const Parts& parts) {
    int error = 0;
    zip_t* archive = zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
    for (const auto& [name, bytes] : parts) {
        zip_source_t* source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
        zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    }
    zip_close(archive);
}

// A workbook of one sheet with this text of its part, and a table of strings where one is given.
inline Parts XlsxParts(const std::string& sheet, const std::string& strings = {}) {
    const std::string space =
        R"(xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main")"
        R"( xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships")";
    const std::string type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    Parts parts = {
        {"xl/workbook.xml",
         "<workbook " + space + R"(><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>)" +
             "</workbook>"},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships><Relationship Id=\"rId1\" Type=\"" + type +
             "worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" +
             type + "sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"},
        {"xl/worksheets/sheet1.xml", sheet}};
    if (!strings.empty()) {
        parts.emplace_back("xl/sharedStrings.xml", strings);
    }
    return parts;
}

// An OLE file with one stream.
inline std::string OleFile(const char* stream, const std::string& bytes) {
    static std::once_flag once;
    std::call_once(once, gsf_init);
    GsfOutput* memory = gsf_output_memory_new();
    GsfOutfile* file = gsf_outfile_msole_new(memory);
    GsfOutput* child = gsf_outfile_new_child(file, stream, FALSE);
    gsf_output_write(child, bytes.size(), reinterpret_cast<const guint8*>(bytes.data()));
    gsf_output_close(child);
    g_object_unref(child);
    gsf_output_close(GSF_OUTPUT(file));
    g_object_unref(file);
    const std::string out(
        reinterpret_cast<const char*>(gsf_output_memory_get_bytes(GSF_OUTPUT_MEMORY(memory))),
        static_cast<size_t>(gsf_output_size(memory))
    );
    g_object_unref(memory);
    return out;
}

inline std::string Little(uint64_t value, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) {
        out += static_cast<char>(i < 8 ? (value >> (8 * i)) & 0xFFU : 0U);
    }
    return out;
}

inline std::string BiffRecord(uint16_t id, const std::string& bytes) {
    return Little(id, 2) + Little(bytes.size(), 2) + bytes;
}

// A BIFF8 stream of one sheet: `globals` stand before the sheet's name, `cells` are its records.
inline std::string BiffStream(const std::string& globals, const std::string& cells) {
    const std::string bof = Little(0x0600, 2) + Little(0x0005, 2) + Little(0, 12);
    const std::string sheet_bof = Little(0x0600, 2) + Little(0x0010, 2) + Little(0, 12);
    const std::string eof = BiffRecord(0x000A, "");
    const std::string before = BiffRecord(0x0809, bof) + globals;
    const std::string name = std::string("\x01\x00S", 3);
    const size_t offset = before.size() + 4 + 6 + name.size() + eof.size();
    return before + BiffRecord(0x0085, Little(offset, 4) + Little(0, 2) + name) + eof +
           BiffRecord(0x0809, sheet_bof) + cells + eof;
}

}  // namespace zw::sheet::test
