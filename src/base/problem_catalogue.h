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
    // store
    {"sql_failed", 500, 3, "数据库语句出错：{what}：{sql}", "SQL failed: {what}: {sql}"},
    {"disk_full", 507, 3, "磁盘已满，本次没有写入：{what}", "disk full, nothing was written: {what}"},
    {"database_damaged", 500, 3, "数据库文件已损坏，请从备份恢复：{what}", "the database is damaged, restore a back-up: {what}"},
    {"database_busy", 503, 3, "数据库正被另一个程序写入，请稍后再试", "another program is writing to the database, try again later"},
    {"not_a_database", 422, 3, "{path}不是数据库文件", "{path} is not a database"},
    {"read_only", 500, 3, "不能写入：{what}：{path}", "cannot write: {what}: {path}"},
    {"read_too_long", 503, 3, "读取超过时限，已中止，请缩小范围", "the read took too long and was stopped, narrow it"},
    // documents (.docx)
    {"document_damaged", 422, 1, "“{name}”不是完好的 Office 文件（{what}）", "\"{name}\" is no sound office file ({what})"},
    {"document_too_large", 413, 1, "“{name}”过大，不予读取（{what}）", "\"{name}\" is too large to be read ({what})"},
    {"template_fault", 422, 1, "模板“{name}”有误：{what}", "the template \"{name}\" has a fault: {what}"},
};

}  // namespace zw
