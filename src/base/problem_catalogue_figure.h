#pragma once
// What a figure and its formula read as in both languages. Included by problem.cpp alone.

#include "base/problem.h"

namespace zw {

constexpr ProblemKind kFigureCatalogue[] = {
    {"cell_found",
     500,
     1,
     "{indicator}（{id_of}）{place} {grain} {day}：单元为 {stored}，按记录应为 {right}",
     "{indicator} ({id_of}) {place} {grain} {day}: kept as {stored}, by the records {right}"},
    {"doubt", 200, 0, "{say}（{rules}）", "{say} ({rules})"},
    {"explain_source", 200, 0, "《{ledger}》中{time}", "records of \"{ledger}\"{time}"},
    {"explain_when", 200, 0, "，且{when}", ", where {when}"},
    {"explain_value", 200, 0, "的记录：{value}", ": {value}"},
    {"explain_count", 200, 0, "的记录：计数", ": counted"},
    {"explain_basis", 200, 0, "{basis}：{words}", "{basis}: {words}"},
    {"explain_flow", 200, 0, "“{at}”在期内", ", \"{at}\" in the period"},
    {"explain_from", 200, 0, "“{from}”不晚于期末", ", \"{from}\" by the end of the period"},
    {"explain_life",
     200,
     0,
     "“{from}”不晚于期末、且期末尚未到“{to}”",
     ", \"{from}\" by the end of the period and \"{to}\" not reached by then"},
    {"explain_latest",
     200,
     0,
     "每个（{per}）按“{on}”取期末当期的一条",
     ", of each ({per}) the one of the period by \"{on}\""},
    {"explain_latest_kept",
     200,
     0,
     "每个（{per}）按“{on}”取期末以前最近的一条",
     ", of each ({per}) the latest by \"{on}\" until the end of the period"},
    {"explain_window",
     200,
     0,
     "“{on}”在期末前{months}个月以内",
     ", \"{on}\" within {months} months before the end of the period"},
};

}  // namespace zw
