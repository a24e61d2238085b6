// links: document
// Any bytes as a .docx file, or as its parts: it is read, and what was read holds together, or it
// is refused by a Problem.
#include <cstdlib>

#include "base/problem.h"
#include "document/docx_read.h"
#include "fuzz/package_parts.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace zw::document;
    const std::string bytes =
        zw::fuzz::PackageBytes(data, size, {"word/document.xml", "word/styles.xml"});
    const PackageLimits limits{size_t{1} << 20U, 100, size_t{4} << 20U, size_t{8} << 20U, 400};
    try {
        const ReadDocument read = ReadDocx(Package::Read(bytes, "fuzz", limits));
        for (const ReadParagraph* paragraph : read.Paragraphs()) {
            for (const Bookmark& bookmark : paragraph->bookmarks) {
                if (bookmark.begin > bookmark.end || bookmark.end > paragraph->text.size()) {
                    std::abort();
                }
            }
        }
    } catch (const zw::Problem&) {
    }
    return 0;
}
