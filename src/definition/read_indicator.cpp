// [indicator.X]: its kind and sources. Fields and formulas are looked at once all record types are
// read (CompileAll).

#include <utility>

#include "base/text.h"
#include "definition/build.h"
#include "definition/read.h"

namespace zw::definition {

namespace {

constexpr int kMaxMonths = 1200;

void ReadKind(Build& build, const Item& item, IndicatorSource& source) {
    const bool at = item.Find("at") != nullptr;
    const bool life = item.Find("life") != nullptr;
    const bool latest = item.Find("latest") != nullptr;
    const bool within = item.Find("within") != nullptr;
    const int kinds =
        static_cast<int>(at) + static_cast<int>(latest) + static_cast<int>(life || within);
    if (kinds != 1) {
        build.errors.Add(
            item.key_origin,
            "indicator_kind",
            kinds == 0 ? "看不出指标怎样计；请写 at（流量）、life（存量）、latest（最近一次）或 "
                         "within（最近几个月）之一"
                       : "指标的计法写了不止一种；at、life、latest、within 只能留一种（life 和 "
                         "within 可以并用）"
        );
    }
    source.kind = at ? IndicatorKind::kFlow
                     : (latest ? IndicatorKind::kLatest
                               : (within ? IndicatorKind::kWithin : IndicatorKind::kLife));
    source.at = TextOf(item, "at");
    const auto dates = TextsOf(item, "life");
    if (dates.size() > 2) {
        build.errors.Add(
            PlaceOf(item, "life"),
            "wrong_life",
            "life 有 " + std::to_string(dates.size()) + " 个字段；应为 [起] 或 [起, 止]"
        );
    }
    source.from = dates.empty() ? "" : dates[0];
    source.to = dates.size() < 2 ? "" : dates[1];
}

void ReadThings(Build& build, const Item& item, IndicatorSource& source) {
    const Item* table = item.Find("latest") != nullptr ? item.Find("latest") : item.Find("within");
    if (table == nullptr || table->kind != Item::Kind::kTable) {
        return;
    }
    source.on = TextOf(*table, "on");
    source.per = TextsOf(*table, "per");
    for (std::string& name : source.per) {
        name = name == "village" ? "place" : name;
    }
    source.keep = FlagOf(*table, "keep", false);
    if (const auto months = IntOf(*table, "months")) {
        if (*months < 1 || *months > kMaxMonths) {
            build.errors.Add(
                PlaceOf(*table, "months"),
                "wrong_months",
                "months 不能是 " + std::to_string(*months) + "；应为 1 到 1200"
            );
        } else {
            source.months = static_cast<int>(*months);
        }
    }
}

IndicatorSource ReadSource(Build& build, const Item& item) {
    IndicatorSource source;
    source.record = TextOf(item, "of");
    source.basis = TextOf(item, "basis");
    ReadKind(build, item, source);
    ReadThings(build, item, source);
    return source;
}

void ReadDoubts(Build& build, const Item& item, Indicator& indicator) {
    for (const Item& written : ItemsOf(item, "doubt")) {
        Doubt doubt;
        doubt.id = TextOf(written, "id");
        doubt.say.zh = TextOf(written, "say");
        doubt.origin = written.origin;
        CheckId(build, doubt.id, PlaceOf(written, "id"));
        indicator.doubts.push_back(std::move(doubt));
    }
}

// A derived indicator reads no rows; one with sources says what rows in each of them.
void CheckShape(Build& build, const Item& item) {
    const bool has_sources = item.Find("source") != nullptr;
    const bool has_rows = item.Find("of") != nullptr;
    if (has_sources || !has_rows) {
        for (const std::string_view key :
             {"of", "at", "life", "latest", "within", "when", "value", "basis"}) {
            const Item* written = item.Find(key);
            if (written != nullptr && (has_sources || key != "value")) {
                build.errors.Add(
                    written->key_origin,
                    "indicator_kind",
                    has_sources ? "写了 source，“" + std::string(key) + "”要写在每个 source 里"
                                : "没有 of 的指标由别的指标算出，“" + std::string(key) +
                                      "”无处可用；请写 of = \"台账\"，或删去这一项"
                );
            }
        }
    }
    if (!has_sources && item.Find("value") == nullptr) {
        build.errors.Add(
            item.key_origin, "missing_key", "缺少“value”；应为写在一行里的公式文字，如 'a > b'"
        );
    }
}

}  // namespace

Indicator ReadIndicator(Build& build, const Item& item, const std::string& line) {
    Indicator indicator;
    indicator.id = item.key;
    indicator.line = line;
    indicator.origin = item.key_origin;
    const size_t before = build.errors.size();
    CheckId(build, indicator.id, item.key_origin);
    indicator.name = {TextOf(item, "name"), TextOf(item, "name")};
    indicator.unit_text = TextOf(item, "unit");
    indicator.type.kind = formula::Kind::kDecimal;
    indicator.type.scale = formula::kAnyScale;
    indicator.type.unit = UnitOf(build, item).value_or(formula::Unit{});
    indicator.print_unit = TextOf(item, "print");
    indicator.print_scale =
        static_cast<int>(IntOf(item, "print_scale").value_or(ScaleOf(build, item, -1)));
    indicator.direction = TextOf(item, "direction");
    indicator.open = FlagOf(item, "open", false);
    indicator.help.zh = TextOf(item, "help");
    indicator.group = TextOf(item, "group");
    indicator.hidden = FlagOf(item, "hide", false);
    CheckShape(build, item);
    ReadDoubts(build, item, indicator);
    for (const Item& source : ItemsOf(item, "source")) {
        indicator.sources.push_back(ReadSource(build, source));
    }
    if (item.Find("source") == nullptr && item.Find("of") != nullptr) {
        indicator.sources.push_back(ReadSource(build, item));
    }
    if (build.errors.size() != before) {
        build.broken.insert(indicator.id);
    }
    return indicator;
}

}  // namespace zw::definition
