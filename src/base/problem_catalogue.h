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
    // formula
    {"formula_syntax", 422, 1, "公式第{at}列：{what}{would_zh}", "formula, column {at}: {what_en}{would_en}"},
    {"formula_type", 422, 1, "公式第{at}列：{what}{would_zh}", "formula, column {at}: {what_en}{would_en}"},
    {"bad_unit", 422, 1, "计量单位有误：{what}", "bad unit: {what}"},
    {"no_work_calendar", 422, 1, "没有{year}年的节假日安排，不能计算工作日", "no holiday notice of {year}: work days cannot be counted"},
    // places, ledger
    {"no_places", 409, 1, "还没有设置乡镇和村，请先导入设置", "the town has no places yet, import its settings first"},
    {"bad_place", 422, 1, "行政区划有误：代码“{code}”名称“{name}”", "bad place: code \"{code}\", name \"{name}\""},
    {"migration_refused", 409, 1, "台账结构不能这样改，未作任何改动：\n{list}", "the tables cannot be changed like this, nothing was changed:\n{list}"},
    {"refused", 422, 1, "没有通过检查：\n{list}", "refused by checks:\n{list}"},
    {"stale_version", 409, 1, "这条记录已被{by}改过：\n{list}", "the record was changed by {by} meanwhile:\n{list}"},
    {"record_deleted", 409, 1, "这条记录已删除", "the record is deleted"},
    {"record_not_deleted", 409, 1, "这条记录没有删除，不需恢复", "the record is not deleted"},
    {"still_referenced", 409, 1, "还有记录引用它，不能删除：\n{list}", "other records refer to it:\n{list}"},
    {"batch_too_large", 413, 1, "一批最多{limit}行，请分批导入", "at most {limit} rows a batch"},
    {"batch_undone", 409, 1, "这一批已经撤销", "the batch is undone already"},
    {"batch_built_upon", 409, 1, "这一批之后又有改动，不能撤销：\n{list}", "later edits stand on this batch:\n{list}"},
    {"not_reported_type", 422, 1, "“{name}”不需要报送", "\"{name}\" is not a reported ledger"},
    {"place_owes_none", 422, 1, "“{name}”不需要报送", "\"{name}\" owes no return"},
    {"bad_period", 422, 1, "“{value}”不是{grain}", "\"{value}\" is no period of grain {grain}"},
    {"secret_filter", 422, 1, "“{name}”是加密字段，只能按完整的值查找", "\"{name}\" is encrypted: it can be found by its whole value only"},
    {"bad_cursor", 400, 2, "翻页位置无效，请从第一页开始", "bad cursor: start from the first page"},
    {"unknown_setting", 422, 1, "不认识的设置：\n{list}", "unknown settings:\n{list}"},
    {"bad_setting", 422, 1, "设置“{name}”的值“{value}”有误：应为{would}", "setting \"{name}\": \"{value}\" is not {would}"},
    {"sealed_value_damaged", 500, 3, "加密字段无法解开（{record} {id} {field}）：密钥不符或数据被改动",
     "an encrypted value does not open ({record} {id} {field}): wrong key, or it was tampered with"},
    // import
    {"bad_mapping", 422, 2, "导入对应关系有误：第{where}处：{what}", "the mapping is wrong at {where}: {what}"},
    {"unknown_place", 422, 1, "没有叫“{value}”的村{nearest}，请改正村名，或先在设置中登记", "no place is called \"{value}\"{nearest}"},
    {"ambiguous_place", 422, 1, "“{value}”可能是{candidates}，请写全称或代码", "\"{value}\" may be any of {candidates}"},
    {"missing_place", 422, 1, "没有写是哪个村，请补上", "the row names no place"},
    {"bad_period", 422, 1, "“{value}”不是{grain}，请按“{example}”的样子填写", "\"{value}\" is no {grain}, write it like {example}"},
    {"bad_bool", 422, 1, "“{value}”不是“是”或“否”", "\"{value}\" is neither yes nor no"},
    {"not_whole", 422, 1, "“{value}”应是整数，请核对", "\"{value}\" should be a whole number"},
    {"wrong_unit", 422, 1, "“{value}”的单位{unit}不能换算成{expected}", "\"{value}\": {unit} cannot be converted to {expected}"},
    {"unknown_reference", 422, 1, "{record}中没有“{value}”，请先登记，或改正后重新导入", "no {record} \"{value}\""},
    {"ambiguous_reference", 422, 1, "“{value}”在{record}中有几个：{candidates}，请写明是哪一个", "\"{value}\" may be any of {candidates}"},
    {"draft_reference", 422, 1, "{record}中没有“{value}”，已登记为草稿，请确认", "\"{value}\" was not there, a draft was made: confirm it"},
    {"ambiguous_month", 422, 1, "数字“{value}”可能是1月或10月，已按{month}月读取，请核对", "number \"{value}\" may be January or October, read as month {month}"},
    {"not_reported", 422, 1, "{period}只有村名，视为未报", "only the place's name: not returned for {period}"},
    {"empty_row", 422, 1, "本行没有可导入的内容，已跳过", "nothing to import in this row"},
    {"rounded", 422, 1, "“{value}”小数位数超出，按{rounded}记录", "\"{value}\" has more decimals than are kept, taken as {rounded}"},
    {"unknown_column", 422, 1, "“{heading}”不在台账“{record}”中，这一列没有导入", "column \"{heading}\" is unknown to {record}: left out"},
    {"no_ledger", 422, 1, "看不出这张表属于哪个台账，没有导入", "no ledger fits this table: left out"},
    {"reference_refused", 422, 1, "所引用的“{value}”没有被接受，请先改正它", "the row that \"{value}\" refers to was refused"},
    // audit: the key, the head, what `audit verify` finds
    {"key_missing", 500, 3, "没有密钥文件{path}；请从备份恢复", "no key file {path}; restore it from a back-up"},
    {"key_damaged", 500, 3, "密钥文件{path}内容不对；请从备份恢复", "the key file {path} is damaged; restore it from a back-up"},
    {"key_exposed", 500, 3, "密钥文件{path}可被他人读取，请先执行 chmod 600 {path}",
     "others may read the key file {path}; run chmod 600 {path} first"},
    {"head_damaged", 500, 3, "{path}的校验码不符，被改动过", "{path} has been changed: its MAC does not hold"},
};

}  // namespace zw
