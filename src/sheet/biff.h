#pragma once
// Records of a BIFF8 stream ([MS-XLS] 2.1.4): number, length, bytes. All reads are checked; reading
// past a record's end throws Problem "file_damaged".

#include <cstdint>
#include <string>
#include <string_view>

namespace zw::sheet {

enum BiffId : uint16_t {
    kBiffFormula = 0x0006,
    kBiffEof = 0x000A,
    kBiffDate1904 = 0x0022,
    kBiffFilePass = 0x002F,
    kBiffContinue = 0x003C,
    kBiffColInfo = 0x007D,
    kBiffBoundSheet = 0x0085,
    kBiffMulRk = 0x00BD,
    kBiffRString = 0x00D6,
    kBiffXf = 0x00E0,
    kBiffMergedCells = 0x00E5,
    kBiffSst = 0x00FC,
    kBiffLabelSst = 0x00FD,
    kBiffNumber = 0x0203,
    kBiffLabel = 0x0204,
    kBiffBoolErr = 0x0205,
    kBiffString = 0x0207,
    kBiffRow = 0x0208,
    kBiffRk = 0x027E,
    kBiffFormat = 0x041E,
    kBiffBof = 0x0809,
};

// Little-endian values from the bytes of one record, in order.
class BiffReader {
public:
    explicit BiffReader(std::string_view bytes) : bytes_(bytes) {}
    uint8_t U8();
    uint16_t U16();
    uint32_t U32();
    double F64();
    double Rk();  // a number packed in four bytes (2.5.217)
    void Skip(size_t n);
    size_t left() const { return bytes_.size(); }

private:
    std::string_view Take(size_t n);
    std::string_view bytes_;
};

// Walks over the records of a stream.
class BiffCursor {
public:
    BiffCursor(std::string_view stream, size_t at) : stream_(stream), at_(at) {}
    // Moves to the next record; false at the end of the stream.
    bool Next();
    uint16_t id() const { return id_; }
    size_t offset() const { return start_; }  // of the record just read
    std::string_view bytes() const { return bytes_; }
    bool NextIs(uint16_t id) const;

private:
    std::string_view stream_;
    size_t at_;
    size_t start_ = 0;
    uint16_t id_ = 0;
    std::string_view bytes_;
};

// Reads Unicode strings that may run on over CONTINUE records; each continued piece of characters
// begins with its own flags.
class BiffStringReader {
public:
    explicit BiffStringReader(BiffCursor& cursor) : cursor_(cursor), reader_(cursor.bytes()) {}
    uint16_t U16();
    uint32_t U32();
    // XLUnicodeRichExtendedString (2.5.293) with a 16-bit length, or an 8-bit one.
    std::string Text(bool short_length = false);

private:
    void Continue();
    uint8_t Byte();
    void Skip(uint32_t n);

    BiffCursor& cursor_;
    BiffReader reader_;
};

}  // namespace zw::sheet
