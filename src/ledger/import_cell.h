#pragma once
// One cell → one value of a field: numbers with exact conversion of units, dates with their
// precision, choices by any of their spellings, periods, places. What does not fit is a Problem of
// the classes that findings use.

#include <optional>
#include <string>
#include <vector>

#include "access/place.h"
#include "definition/model.h"
#include "ledger/ledger.h"
#include "ledger/place_reader.h"
#include "ledger/same_words.h"
#include "sheet/table.h"

namespace zw::ledger {

struct CellValue {
    Value value;                             // null: the cell holds nothing
    std::optional<DatePrecision> precision;  // dates
    std::string note;  // class of a note: rounded, time_dropped, ambiguous_month; empty none
    Words note_text;
};

// What the heading says about a column.
struct ColumnReading {
    std::optional<formula::Unit> unit;  // to convert from; absent: the field's own
    int ambiguous_month = 0;            // what a number cell 2023.1 is read as: 1, 10; 0: as 1
};

class CellReader {
public:
    // All must outlive the reader.
    CellReader(
        const definition::Model& model,
        const sheet::Vocabulary& vocabulary,
        const access::PlaceTree& places
    );

    // Throws not_a_number, bad_date, unknown_choice, id_lost_digits, bad_period, bad_bool,
    // not_whole, wrong_unit, overflow. A reference gives its text.
    CellValue Read(
        const definition::Field& field, const sheet::Cell& cell, const ColumnReading& reading = {}
    ) const;
    // Throws unknown_place (with the nearest), ambiguous_place. Absent for an empty cell.
    std::optional<int64_t> ReadPlace(const sheet::Cell& cell) const;
    std::optional<int64_t> PlaceOf(const std::string& text) const {
        return place_reader().Of(text);
    }
    std::optional<int64_t> PlaceOfSection(const std::string& text) const {
        return place_reader().OfSection(text);
    }
    // As PlaceReader::In.
    std::optional<int64_t> PlaceIn(const std::string& text) const {
        return place_reader().In(text);
    }
    // Of the grain asked for; a longer text may name it (2022年12月31日 for a year). Absent when
    // there is none.
    std::optional<Period> PeriodIn(const std::string& text, Grain grain) const;
    // 一季度, 3, 第三季度, 6月 of a year; absent when it is no such part.
    std::optional<Period> PeriodPart(const std::string& text, Grain grain, int year) const;
    // The stored choice that `text` spells; absent when none.
    std::optional<std::string> Choice(const definition::Field& field, const std::string& text)
        const;
    // Unit of a heading, "头/只" (two names of one) and 千元 too; absent when unknown.
    std::optional<formula::Unit> UnitOf(const std::string& text) const;
    // What the heading's unit is for a field: of 亩产(斤) and a field in 公斤/亩 it is 斤/亩.
    // Absent when it has none of that dimension.
    struct HeadingUnit {
        formula::Unit unit;
        bool completed = false;  // the heading does not say what it is per: (斤) alone
        bool one_of = false;     // the title line names several of that dimension: 亩、公顷
    };
    // A column without a unit has the one of the table's title line that the field can have:
    // 公顷 of 单位：公顷、万元 for a field in 亩.
    std::optional<HeadingUnit> UnitFor(
        const definition::Field& field, const sheet::TableInfo& table, const sheet::Column& column
    ) const;
    // Whether the cell reads as a value of the field; lost digits of a code still count.
    bool Fits(
        const definition::Field& field, const sheet::Cell& cell, const ColumnReading& reading = {}
    ) const;

    // A topic of rules/vocabulary.toml; empty when there is none.
    const std::vector<std::string>& Words(const std::string& topic) const;
    const SameWords& same_words() const;

    const definition::Model& model() const { return model_; }
    const sheet::Vocabulary& vocabulary() const { return vocabulary_; }
    const access::PlaceTree& places() const { return places_; }

private:
    const PlaceReader& place_reader() const;
    std::optional<HeadingUnit> TitleUnitFor(
        const definition::Field& field, const sheet::TableInfo& table
    ) const;
    std::optional<formula::Unit> UnitOfCell(
        const std::string& said, const formula::Unit& wanted, const ColumnReading& reading
    ) const;
    CellValue ReadNumeric(
        const definition::Field& field, const sheet::Cell& cell, const ColumnReading& reading
    ) const;
    CellValue ReadDay(const sheet::Cell& cell, const ColumnReading& reading) const;
    Period ReadPeriod(const definition::Field& field, const sheet::Cell& cell) const;
    bool ReadBool(const std::string& text) const;

    const definition::Model& model_;
    const sheet::Vocabulary& vocabulary_;
    const access::PlaceTree& places_;
    // Made when asked for: one row that somebody types needs neither.
    mutable std::optional<PlaceReader> place_reader_;
    mutable std::optional<SameWords> same_words_;
};

std::string GrainExample(Grain grain);  // 2023年三季度
std::string GrainWord(Grain grain);     // 年 季度 月 日: after 哪一

}  // namespace zw::ledger
