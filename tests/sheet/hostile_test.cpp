// Files that mean harm, or might: each is refused by name, and none eats memory.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/sheet/made_files.h"

namespace zw::sheet::test {
namespace {

// "read 3" rows, or the code of the refusal and what it says.
std::string Reading(const std::filesystem::path& file, size_t& peak, const Limits& limits = {}) {
    try {
        const auto workbook = Workbook::Open(file, limits);
        int rows = 0;
        for (const SheetInfo& info : workbook->sheets()) {
            workbook->Read(info.index, [&](const RowData&) {
                ++rows;
                peak = std::max(peak, LiveBytes());
                return true;
            });
        }
        return "read " + std::to_string(rows);
    } catch (const Problem& problem) {
        peak = std::max(peak, LiveBytes());
        const auto what = problem.details().find("what");
        return problem.code() + (what == problem.details().end() ? "" : ": " + what->second);
    }
}

std::string Reading(const std::filesystem::path& file, const Limits& limits = {}) {
    size_t peak = 0;
    return Reading(file, peak, limits);
}

std::string ReadingXlsx(const Parts& parts, const Limits& limits = {}) {
    const TempFile file("hostile.xlsx");
    WriteZip(file.path(), parts);
    return Reading(file.path(), limits);
}

TEST_CASE("a zip bomb is refused by what comes out of it, a bigger one by what it declares") {
    std::string sheet = "<worksheet><sheetData><row><c><v>1</v></c></row>";
    CHECK(ReadingXlsx(XlsxParts(sheet + "</sheetData></worksheet>")) == "read 1");
    sheet.append(20U << 20U, ' ');
    CHECK(ReadingXlsx(XlsxParts(sheet + "</sheetData></worksheet>")) == "file_hostile: zip bomb");
    Limits limits;
    limits.unpacked_bytes = 1 << 20;
    CHECK(
        ReadingXlsx(XlsxParts(sheet + "</sheetData></worksheet>"), limits) ==
        "file_too_large: unpacked size"
    );
    // Many parts below the limit make one above it.
    Parts parts = XlsxParts("<worksheet/>");
    for (int i = 0; i < 5; ++i) {
        parts.emplace_back("xl/media/" + std::to_string(i), std::string(300U << 10U, 'x'));
    }
    CHECK(ReadingXlsx(parts, limits) == "file_too_large: unpacked size");
}

TEST_CASE("a zip that lies about a part's size does not get around the limits") {
    const TempFile file("liar.xlsx");
    const std::string sheet = "<worksheet><sheetData>" + std::string(4U << 20U, ' ') +
                              "<row><c><v>1</v></c></row></sheetData></worksheet>";
    WriteZip(file.path(), XlsxParts(sheet));
    std::string bytes;
    {
        std::ifstream in(file.path(), std::ios::binary);
        bytes.assign(std::istreambuf_iterator<char>(in), {});
    }
    // The size stands in the part's own header and in the directory at the end.
    const std::string true_size = Little(sheet.size(), 4);
    int changed = 0;
    for (size_t at = bytes.find(true_size); at != std::string::npos;
         at = bytes.find(true_size, at)) {
        bytes.replace(at, 4, Little(100, 4));
        ++changed;
    }
    REQUIRE(changed == 2);
    std::ofstream(file.path(), std::ios::binary) << bytes;
    Limits limits;
    limits.unpacked_bytes = 1 << 20;
    CHECK(Reading(file.path(), limits) == "file_too_large: unpacked size");
}

TEST_CASE("entities are refused before they grow, in every part") {
    std::string laughs = "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"haha\">";
    for (char name = 'b'; name <= 'k'; ++name) {
        laughs += std::string("<!ENTITY ") + name + " \"";
        for (int i = 0; i < 10; ++i) {
            laughs += std::string("&") + static_cast<char>(name - 1) + ";";
        }
        laughs += "\">";
    }
    laughs += "]>";
    const std::string refused = "file_hostile: document type declaration";
    CHECK(
        ReadingXlsx(XlsxParts(
            laughs + "<worksheet><sheetData><row><c t=\"str\"><v>&k;</v></c></row></sheetData>"
                     "</worksheet>"
        )) == refused
    );
    CHECK(
        ReadingXlsx(XlsxParts("<worksheet/>", laughs + "<sst><si><t>&k;</t></si></sst>")) == refused
    );
    // An outside file is not fetched either.
    CHECK(
        ReadingXlsx(XlsxParts(
            "<!DOCTYPE w [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><worksheet>&x;</worksheet>"
        )) == refused
    );
    std::string deep = "<worksheet>";
    for (int i = 0; i < 5000; ++i) {
        deep += "<a>";
    }
    CHECK(ReadingXlsx(XlsxParts(deep)) == "file_hostile: nested too deep");
}

TEST_CASE("a sheet that declares billions of cells costs no more than what it holds") {
    const TempFile file("wide.xlsx");
    WriteZip(
        file.path(),
        XlsxParts("<worksheet><dimension ref=\"A1:XFD1048576\"/><cols><col min=\"1\" "
                  "max=\"16384\" hidden=\"1\"/></cols><sheetData>"
                  "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"
                  "<row r=\"1048576\"><c r=\"A1048576\"><v>2</v></c></row></sheetData>"
                  "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells></worksheet>")
    );
    size_t peak = 0;
    const size_t before = LiveBytes();
    CHECK(Reading(file.path(), peak) == "read 2");
    CHECK(peak < before + (2U << 20U));
    const auto workbook = Workbook::Open(file.path());
    CHECK(ReadSheet(*workbook, 0).tables.empty());
}

TEST_CASE("more than ten million cells are refused without being held") {
    std::string sheet = "<worksheet><sheetData>";
    for (int row = 0; row < 700; ++row) {
        sheet += "<row><c r=\"XFD1\"><v>" + std::to_string(row) + "</v></c></row>";
    }
    const TempFile xlsx("ten_million.xlsx");
    WriteZip(xlsx.path(), XlsxParts(sheet + "</sheetData></worksheet>"));
    std::string cells;
    for (int row = 0; row < 40'000; ++row) {
        cells += BiffRecord(
            0x0203, Little(static_cast<uint64_t>(row), 2) + Little(255, 2) + Little(0, 10)
        );
    }
    const TempFile xls("ten_million.xls", OleFile("Workbook", BiffStream("", cells)));
    for (const TempFile* file : {&xlsx, &xls}) {
        size_t peak = 0;
        const size_t before = LiveBytes();
        CHECK(Reading(file->path(), peak) == "file_too_large: cells");
        CHECK(peak < before + (16U << 20U));
    }
}

TEST_CASE("older and other files are refused by a name that tells what they are") {
    const std::string biff5 =
        BiffRecord(0x0809, Little(0x0500, 2) + Little(0x0005, 2)) + BiffRecord(0x000A, "");
    const TempFile book("old.xls", OleFile("Book", biff5));
    CHECK(Reading(book.path()) == "file_unknown: Excel 5.0/95");
    const TempFile mixed("mixed.xls", OleFile("Workbook", biff5));
    CHECK(Reading(mixed.path()) == "file_unknown: Excel 5.0/95");
    const TempFile word("word.doc", OleFile("WordDocument", "text"));
    CHECK(Reading(word.path()) == "file_unknown: OLE without a workbook");
    CHECK(ReadingXlsx({{"word/document.xml", "<w/>"}}) == "file_no_table");
    CHECK(ReadingXlsx({{"ppt/presentation.xml", "<p/>"}}).find("file_unknown") == 0);
}

TEST_CASE("xls records that run over the end of what holds them are refused") {
    const auto reading = [](const std::string& globals, const std::string& cells) {
        const TempFile file("bad.xls", OleFile("Workbook", BiffStream(globals, cells)));
        return Reading(file.path());
    };
    const std::string number = BiffRecord(0x0203, Little(0, 6) + Little(0, 8));
    CHECK(reading("", number) == "read 1");
    CHECK(reading("", BiffRecord(0x0203, Little(0, 6))) == "file_damaged: a record ends early");
    CHECK(
        reading("", BiffRecord(0x0203, Little(0, 2) + Little(300, 2) + Little(0, 10))) ==
        "file_damaged: a column beyond the last"
    );
    // A table of strings that promises four billion of them and holds one.
    const std::string one = std::string("\x01\x00\x00z", 4);
    CHECK(
        reading(BiffRecord(0x00FC, Little(1, 4) + Little(0xFFFFFFFF, 4) + one), "") ==
        "file_damaged: strings end early"
    );
    CHECK(
        reading("", BiffRecord(0x00E5, Little(1, 2) + Little(5, 2) + Little(2, 6))) ==
        "file_damaged: merged cells"
    );
}

TEST_CASE("a string may go on in the next record, in other characters than it began") {
    const std::string first = Little(2, 4) + Little(2, 4) + Little(5, 2) + std::string("\0ab", 3);
    const std::string second = std::string("\x01", 1) + Little(u'镇', 2) + Little(u'c', 2);
    const std::string third = std::string("\0d", 2) + Little(1, 2) + std::string("\0z", 2);
    const std::string strings =
        BiffRecord(0x00FC, first) + BiffRecord(0x003C, second) + BiffRecord(0x003C, third);
    const auto cell = [](int column) {
        return BiffRecord(
            0x00FD,
            Little(0, 2) + Little(static_cast<uint64_t>(column), 2) + Little(0, 2) +
                Little(static_cast<uint64_t>(column), 4)
        );
    };
    const TempFile file("strings.xls", OleFile("Workbook", BiffStream(strings, cell(0) + cell(1))));
    const auto workbook = Workbook::Open(file.path());
    std::vector<std::string> texts;
    workbook->Read(0, [&](const RowData& row) {
        for (const Cell& each : row.cells) {
            texts.push_back(each.text);
        }
        return true;
    });
    CHECK(texts == std::vector<std::string>{"ab镇cd", "z"});
}

}  // namespace
}  // namespace zw::sheet::test
