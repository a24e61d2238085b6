#include "ledger/import_spool.h"

#include <type_traits>

namespace zw::ledger {
namespace {

enum class Tag : uint8_t { kNull, kBool, kInt, kDecimal, kText, kDate, kPeriod };

[[noreturn]] void Failed(const char* what) {
    throw Problem(
        "io_failed", {{"path", "临时文件"}, {"path_en", "a temporary file"}, {"what", what}}
    );
}

}  // namespace

Spool::Spool(const definition::Model& model) : model_(model), file_(std::tmpfile()) {
    if (file_ == nullptr) {
        Failed("不能建立");
    }
}

Spool::~Spool() {
    std::fclose(file_);
}

void Spool::Write(const void* bytes, size_t count) {
    if (count > 0 && std::fwrite(bytes, 1, count, file_) != count) {
        Failed("写入失败，磁盘可能已满");
    }
}

template <typename T>
void Spool::Put(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    Write(&value, sizeof value);
}

template <typename T>
T Spool::Take() {
    T value{};
    if (std::fread(&value, sizeof value, 1, file_) != 1) {
        Failed("读取失败");
    }
    return value;
}

void Spool::PutText(const std::string& text) {
    Put(static_cast<uint32_t>(text.size()));
    Write(text.data(), text.size());
}

std::string Spool::TakeText() {
    std::string text(Take<uint32_t>(), '\0');
    if (!text.empty() && std::fread(text.data(), 1, text.size(), file_) != text.size()) {
        Failed("读取失败");
    }
    return text;
}

void Spool::PutValue(const Value& value) {
    if (const auto* flag = std::get_if<bool>(&value)) {
        Put(Tag::kBool);
        Put(*flag);
    } else if (const auto* number = std::get_if<int64_t>(&value)) {
        Put(Tag::kInt);
        Put(*number);
    } else if (const auto* decimal = std::get_if<Decimal>(&value)) {
        Put(Tag::kDecimal);
        Put(*decimal);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        Put(Tag::kText);
        PutText(*text);
    } else if (const auto* date = std::get_if<Date>(&value)) {
        Put(Tag::kDate);
        Put(*date);
    } else if (const auto* period = std::get_if<Period>(&value)) {
        Put(Tag::kPeriod);
        Put(*period);
    } else {
        Put(Tag::kNull);
    }
}

Value Spool::TakeValue() {
    switch (Take<Tag>()) {
        case Tag::kBool:
            return Take<bool>();
        case Tag::kInt:
            return Take<int64_t>();
        case Tag::kDecimal:
            return Take<Decimal>();
        case Tag::kText:
            return TakeText();
        case Tag::kDate:
            return Take<Date>();
        case Tag::kPeriod:
            return Take<Period>();
        case Tag::kNull:
            break;
    }
    return {};
}

void Spool::Add(const SpooledRow& row) {
    Put(row.plan);
    Put(row.group);
    Put(row.row);
    Put(static_cast<uint32_t>(row.type - model_.records.data()));
    Put(row.id);
    Put(row.draft);
    Put(row.place);
    Put(static_cast<uint32_t>(row.values.size()));
    for (const auto& [field, value] : row.values) {
        PutText(field);
        PutValue(value);
    }
    Put(static_cast<uint32_t>(row.precision.size()));
    for (const auto& [field, precision] : row.precision) {
        PutText(field);
        Put(precision);
    }
    ++size_;
}

void Spool::Rewind() {
    if (std::fflush(file_) != 0 || std::fseek(file_, 0, SEEK_SET) != 0) {
        Failed("不能回到开头");
    }
    read_ = 0;
}

bool Spool::Next(SpooledRow& row) {
    if (read_ == size_) {
        return false;
    }
    ++read_;
    row.plan = Take<uint32_t>();
    row.group = Take<uint32_t>();
    row.row = Take<int32_t>();
    row.type = &model_.records[Take<uint32_t>()];
    row.id = Take<int64_t>();
    row.draft = Take<bool>();
    row.place = Take<int64_t>();
    row.values.clear();
    for (auto left = Take<uint32_t>(); left > 0; --left) {
        std::string field = TakeText();
        row.values[std::move(field)] = TakeValue();
    }
    row.precision.clear();
    for (auto left = Take<uint32_t>(); left > 0; --left) {
        std::string field = TakeText();
        row.precision[std::move(field)] = Take<DatePrecision>();
    }
    return true;
}

}  // namespace zw::ledger
