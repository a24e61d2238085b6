// links: sheet
// Any bytes as the records of a .xls workbook: past the container, whose tables most changes break.
#include <gsf/gsf-outfile-msole.h>
#include <gsf/gsf.h>

#include <cstdlib>

#include "fuzz/workbook_body.h"
#include "sheet/xls_workbook.h"

namespace {

std::string OleFile(const uint8_t* data, size_t size) {
    GsfOutput* memory = gsf_output_memory_new();
    GsfOutfile* file = gsf_outfile_msole_new(memory);
    GsfOutput* stream = gsf_outfile_new_child(file, "Workbook", FALSE);
    gsf_output_write(stream, size, data);
    gsf_output_close(stream);
    g_object_unref(stream);
    gsf_output_close(GSF_OUTPUT(file));
    g_object_unref(file);
    const std::string bytes(
        reinterpret_cast<const char*>(gsf_output_memory_get_bytes(GSF_OUTPUT_MEMORY(memory))),
        static_cast<size_t>(gsf_output_size(memory))
    );
    g_object_unref(memory);
    return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    gsf_init();
    const std::string bytes = OleFile(data, size);
    return zw::fuzz::ReadAny(bytes.data(), bytes.size(), zw::sheet::OpenXls);
}
