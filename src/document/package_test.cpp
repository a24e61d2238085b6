#include "document/package.h"

#include <doctest/doctest.h>
#include <zip.h>

#include <filesystem>
#include <functional>

#include "base/problem.h"

using zw::Problem;
using namespace zw::document;

namespace {

std::string CodeOf(const std::function<void()>& work) {
    try {
        work();
    } catch (const Problem& problem) {
        return problem.code();
    }
    return "";
}

// A zip whose names Package would never write itself.
std::string ZipOf(const std::vector<std::pair<std::string, std::string>>& parts) {
    const auto file = std::filesystem::temp_directory_path() / "zw_package_test.zip";
    std::filesystem::remove(file);
    int error = 0;
    zip_t* zip = zip_open(file.c_str(), ZIP_CREATE, &error);
    REQUIRE(zip != nullptr);
    for (const auto& [name, content] : parts) {
        zip_file_add(
            zip, name.c_str(), zip_source_buffer(zip, content.data(), content.size(), 0), 0
        );
    }
    REQUIRE(zip_close(zip) == 0);
    std::string bytes = LoadFile(file, size_t{1} << 26U);
    std::filesystem::remove(file);
    return bytes;
}

Package Small() {
    Package package;
    package.Set("a.xml", "<a/>");
    package.Set("word/b.xml", std::string(5000, 'b'));
    return package;
}

}  // namespace

TEST_CASE("a package is read back as it was written, in its order") {
    const std::string bytes = Small().Bytes();
    const Package back = Package::Read(bytes, "x");
    CHECK(back.Names() == std::vector<std::string>{"a.xml", "word/b.xml"});
    CHECK(back.Part("a.xml") == "<a/>");
    CHECK(back.Part("word/b.xml").size() == 5000);
    CHECK_FALSE(back.Has("c.xml"));
    CHECK(CodeOf([&] { back.Part("c.xml"); }) == "document_damaged");
}

TEST_CASE("equal parts give equal bytes") {
    CHECK(Small().Bytes() == Small().Bytes());
}

TEST_CASE("what is no package is refused") {
    CHECK(CodeOf([] { Package::Read("", "x"); }) == "document_damaged");
    CHECK(CodeOf([] { Package::Read("PK\x03\x04 but nothing more", "x"); }) == "document_damaged");
    std::string cut = Small().Bytes();
    cut.resize(cut.size() / 2);
    CHECK(CodeOf([&] { Package::Read(cut, "x"); }) == "document_damaged");
    std::string flipped = Small().Bytes();
    flipped[36] = static_cast<char>(flipped[36] ^ 0x55);  // inside the first part's data
    CHECK(CodeOf([&] { Package::Read(flipped, "x"); }) == "document_damaged");
}

TEST_CASE("names that leave the package are refused") {
    for (const char* name : {"../evil.xml", "/etc/passwd", "a/../../b", "c:\\x", "a//b"}) {
        CAPTURE(name);
        const std::string bytes = ZipOf({{name, "x"}});
        CHECK(CodeOf([&] { Package::Read(bytes, "x"); }) == "document_damaged");
    }
}

TEST_CASE("bombs are refused") {
    const std::string zeros = ZipOf({{"word/document.xml", std::string(size_t{8} << 20U, '\0')}});
    CHECK(zeros.size() < 20000);
    CHECK(CodeOf([&] { Package::Read(zeros, "x"); }) == "document_too_large");

    const std::string bytes = Small().Bytes();
    PackageLimits limits;
    limits.part_bytes = 4999;
    CHECK(CodeOf([&] { Package::Read(bytes, "x", limits); }) == "document_too_large");
    limits = {};
    limits.all_bytes = 5003;
    CHECK(CodeOf([&] { Package::Read(bytes, "x", limits); }) == "document_too_large");
    limits = {};
    limits.parts = 1;
    CHECK(CodeOf([&] { Package::Read(bytes, "x", limits); }) == "document_too_large");
    limits = {};
    limits.file_bytes = 10;
    CHECK(CodeOf([&] { Package::Read(bytes, "x", limits); }) == "document_too_large");
}

TEST_CASE("files are saved whole and loaded within a limit") {
    const auto file = std::filesystem::temp_directory_path() / "zw_package_test.bin";
    SaveFile(file, "one");
    SaveFile(file, "two");
    CHECK(LoadFile(file, 3) == "two");
    CHECK(CodeOf([&] { LoadFile(file, 2); }) == "document_too_large");
    std::filesystem::remove(file);
    CHECK(CodeOf([&] { LoadFile(file, 2); }) == "io_failed");
    CHECK(CodeOf([] { SaveFile("/no/such/folder/x", "1"); }) == "io_failed");
}
