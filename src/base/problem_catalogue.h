#pragma once
// Everything that can go wrong, in one list. {names} are filled from Problem::details or a finding's values.
// Included by problem.cpp only. Add a line where its group is; a test looks that every code used in src/ stands here.

#include "base/problem.h"

namespace zw {

// {code, HTTP status, exit code, Chinese, English}
constexpr ProblemKind kProblemCatalogue[] = {
    // general
    {"internal", 500, 3, "程序内部错误：{what}", "internal error: {what}"},
    {"io_failed", 500, 3, "读写失败：{path}：{what}", "input/output failed: {path}: {what}"},
    {"not_found", 404, 1, "没有找到{kind}“{name}”{nearest}", "no such {kind}: {name}{nearest}"},
    {"wrong_use", 400, 2, "用法不对：{what}", "wrong use: {what}"},
    {"overflow", 422, 1, "数值超出范围：{what}", "number out of range: {what}"},
    {"forbidden", 403, 1, "没有权限：{what}", "not allowed: {what}"},
    // numbers, dates, codes as written
    {"not_a_number", 422, 1, "“{value}”不是数字", "\"{value}\" is not a number"},
    {"bad_date", 422, 1, "“{value}”不是有效日期", "\"{value}\" is not a date"},
    {"unknown_choice", 422, 1, "“{value}”不在可选项中：{options}", "\"{value}\" is none of: {options}"},
    {"id_lost_digits", 422, 1, "“{value}”是数字格式，号码的后几位已丢失，请按文本重新填写",
     "\"{value}\" was typed as a number: its last digits are lost, enter it as text"},
    {"id_check_digit", 422, 1, "“{value}”的校验位不符，请核对", "\"{value}\": the check digit does not match"},
};

}  // namespace zw
