#pragma once
// Work lines that only these tests know: every kind of indicator, once.

namespace zw::testing {

constexpr const char* kRules = R"TOML(
[rule.big_herd]
name   = "大户线"
type   = "int"
unit   = "头"
values = [{ value = 20, source = "测试" }]

[rule."change.max"]
name   = "变动线"
type   = "int"
unit   = "%"
values = [{ value = 30, source = "测试" }]
)TOML";

constexpr const char* kSettings = R"TOML(
[setting.big_herd]
name = "大户线"
type = "int"
rule = "big_herd"
)TOML";

constexpr const char* kCommonLine = R"TOML(
name    = "设置"
chapter = "common"

[record.town_setting]
name    = "设置"
title   = "{key}"
key     = ["key"]
setting = { key = "key", value = "value" }
fields  = [
  { id = "key",   name = "项目", type = "text", required = true },
  { id = "value", name = "内容", type = "text" },
]

[record.target]
name   = "目标"
title  = "{indicator}{year}"
key    = ["place", "indicator", "year"]
target = { indicator = "indicator", period = "year", value = "value", document = "document", due = "due" }
fields = [
  { id = "indicator", name = "指标",   type = "text",   required = true },
  { id = "year",      name = "年度",   type = "period", grain = "year", required = true },
  { id = "value",     name = "目标值", type = "decimal", scale = 2, required = true },
  { id = "due",       name = "时限",   type = "date" },
  { id = "document",  name = "文件",   type = "text" },
]
)TOML";

constexpr const char* kFarmLine = R"TOML(
name    = "农业"
chapter = "farm"

[record.plot]
name   = "地块"
title  = "{code}"
key    = ["code"]
fields = [
  { id = "code",    name = "编码", type = "text", required = true },
  { id = "terrain", name = "地类", type = "choice", of = ["川", "塬"] },
]

[record.shed]
name   = "大棚"
title  = "{code}"
key    = ["code"]
fields = [
  { id = "code",     name = "编码",     type = "text", required = true },
  { id = "plot",     name = "地块",     type = "ref", to = "plot", match = [["code"]] },
  { id = "kind",     name = "类型",     type = "text" },
  { id = "area",     name = "面积",     type = "decimal", scale = 2, unit = "亩" },
  { id = "built_on", name = "建成时间", type = "date" },
  { id = "gone_on",  name = "拆除时间", type = "date" },
]

[record.herd]
name     = "养殖"
title    = "{farm}{kind}"
key      = ["place", "farm", "kind", "quarter"]
reported = { by = "village", every = "quarter", at = "quarter" }
fields   = [
  { id = "farm",    name = "养殖户",   type = "text", required = true },
  { id = "kind",    name = "畜种",     type = "text", required = true },
  { id = "quarter", name = "季度",     type = "period", grain = "quarter", required = true },
  { id = "closing", name = "期末存栏", type = "int", unit = "头" },
  { id = "out",     name = "出栏",     type = "int", unit = "头" },
]

[record.training]
name   = "培训"
title  = "{person}"
key    = ["place", "person", "on"]
fields = [
  { id = "person",    name = "姓名",     type = "text", required = true },
  { id = "on",        name = "培训日期", type = "date", required = true },
  { id = "joined_on", name = "入队日期", type = "date" },
  { id = "left_on",   name = "退队日期", type = "date" },
]

[record.harvest]
name     = "实测产量"
title    = "{code}"
key      = ["code", "year"]
reported = { by = "village", every = "year", at = "year" }
fields   = [
  { id = "code",   name = "编码", type = "text", required = true },
  { id = "year",   name = "年度", type = "period", grain = "year", required = true },
  { id = "weight", name = "产量", type = "decimal", scale = 1, unit = "公斤" },
]

[record.yield_return]
name     = "产量报表"
title    = "{place.name}"
key      = ["place", "year"]
reported = { by = "village", every = "year", at = "year" }
fields   = [
  { id = "year",   name = "年度", type = "period", grain = "year", required = true },
  { id = "output", name = "产量", type = "decimal", scale = 3, unit = "吨" },
  { id = "note",   name = "备注", type = "int" },
]

[indicator.sheds]
name  = "大棚"
unit  = "座"
adds  = "place"
of    = "shed"
life  = ["built_on", "gone_on"]
value = "count()"
doubt = [
  { id = "change", change = "change.max", say = "变动较大" },
  { id = "few", when = "river_area > 100 亩 and sheds < 2 座", say = "棚太大" },
]

[indicator.sheds_built]
name  = "新建大棚"
unit  = "座"
adds  = "place+time"
of    = "shed"
at    = "built_on"
value = "count()"

[indicator.river_area]
name  = "川地大棚面积"
unit  = "亩"
scale = 2
adds  = "place"
open  = true
of    = "shed"
life  = ["built_on", "gone_on"]
when  = "plot.terrain = '川'"
value = "sum(area)"

[indicator.shed_mean]
name  = "平均面积"
unit  = "亩"
adds  = "none"
of    = "shed"
life  = ["built_on", "gone_on"]
value = "avg(area)"

[indicator.shed_kinds]
name  = "大棚类型数"
unit  = "座"
adds  = "none"
of    = "shed"
life  = ["built_on", "gone_on"]
value = "count(distinct kind)"

[indicator.shed_largest]
name  = "最大新建面积"
unit  = "亩"
scale = 2
adds  = "none"
of    = "shed"
at    = "built_on"
value = "max(area)"

[indicator.shed_rows]
name  = "大棚台账条数"
unit  = "座"
adds  = "place"
of    = "shed"
life  = []
value = "count()"

[indicator.herd_stock]
name   = "存栏"
unit   = "头"
adds   = "place"
of     = "herd"
latest = { per = ["place", "farm", "kind"], on = "quarter" }
value  = "sum(closing)"

[indicator.herd_known]
name   = "最近存栏"
unit   = "头"
adds   = "place"
of     = "herd"
latest = { per = ["place", "farm", "kind"], on = "quarter", keep = true }
value  = "sum(closing)"

[indicator.big_farms]
name   = "大户"
unit   = "户"
adds   = "place"
of     = "herd"
latest = { per = ["place", "farm", "kind"], on = "quarter" }
when   = "closing >= rule('big_herd')"
value  = "count()"

[indicator.big_farms_known]
name   = "最近大户"
unit   = "户"
adds   = "place"
of     = "herd"
latest = { per = ["farm", "kind"], on = "quarter", keep = true }
when   = "closing >= rule('big_herd')"
value  = "count()"

[indicator.herd_out]
name  = "出栏"
unit  = "头"
adds  = "place+time"
of    = "herd"
at    = "quarter"
value = "sum(out)"

[indicator.herd_fed]
name  = "饲养量"
unit  = "头"
adds  = "place"
value = "herd_stock + herd_out"

[indicator.out_rate]
name  = "出栏率"
unit  = "%"
adds  = "none"
value = "herd_out / herd_stock"

[indicator.trained]
name   = "近12个月受训人数"
unit   = "人"
adds   = "place"
of     = "training"
within = { months = 12, on = "on", per = ["person"] }
value  = "count()"

[indicator.trained_in_force]
name   = "在队受训"
unit   = "人次"
adds   = "place"
of     = "training"
life   = ["joined_on", "left_on"]
within = { months = 6, on = "on" }
value  = "count()"

[indicator.yield]
name   = "产量"
unit   = "吨"
scale  = 4
adds   = "place+time"
source = [
  { of = "harvest",      basis = "实测", at = "year", value = "sum(weight)" },
  { of = "yield_return", basis = "村报", at = "year", value = "sum(output)" },
]
)TOML";

}  // namespace zw::testing
