#pragma once
// Converted rows waiting to be written, in an unnamed temporary file, so that memory does not grow
// with them.

#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "ledger/batch.h"
#include "ledger/import_convert.h"

namespace zw::ledger {

// One row for the batch and where it came from.
struct SpooledRow {
    uint32_t plan = 0;  // index of its sheet's plan
    uint32_t group = 0;
    int32_t row = 0;  // of the sheet
    const definition::RecordType* type = nullptr;
    int64_t id = 0;  // BatchRow::id
    bool draft = false;
    int64_t place = 0;
    Values values;
    std::map<std::string, DatePrecision> precision;
};

// Written first, then read any number of times. One thread. Throws io_failed.
class Spool {
public:
    explicit Spool(const definition::Model& model);
    ~Spool();
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;

    void Add(const SpooledRow& row);
    void Rewind();
    // False at the end.
    bool Next(SpooledRow& row);
    size_t size() const { return size_; }

private:
    template <typename T>
    void Put(const T& value);
    template <typename T>
    T Take();
    void PutText(const std::string& text);
    std::string TakeText();
    void PutValue(const Value& value);
    Value TakeValue();
    void Write(const void* bytes, size_t count);

    const definition::Model& model_;
    std::FILE* file_;
    size_t size_ = 0;
    size_t read_ = 0;
};

}  // namespace zw::ledger
