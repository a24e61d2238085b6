#pragma once
// What was asked for and is not there, told in both languages.

#include <optional>
#include <string>

#include "base/problem.h"

namespace zw {

enum class Thing {
    kBatch,
    kChapter,
    kDefinition,
    kEdition,
    kField,
    kFiling,
    kFile,
    kFolder,
    kForm,
    kImport,
    kIndicator,
    kLedger,
    kLine,
    kOptionalChapter,
    kParagraph,
    kPeriod,
    kPersonalField,
    kPlace,
    kRecord,
    kRefusedRow,
    kReport,
    kReportFigure,
    kReportParagraph,
    kRoute,
    kRule,
    kSession,
    kSheet,
    kTownCode,
    kUnit,
    kUser,
    kVillage,
};

Words NameOf(Thing thing);
// 是不是“…”, to be put behind a message; empty when nothing is near.
Words PerhapsMeant(const std::optional<std::string>& nearest);

// "not_found" with details kind, name, nearest, each with its English twin.
Problem NotFound(
    const Words& thing, std::string name, const std::optional<std::string>& nearest = std::nullopt
);
Problem NotFound(
    Thing thing, std::string name, const std::optional<std::string>& nearest = std::nullopt
);

}  // namespace zw
