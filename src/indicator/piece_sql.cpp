#include "indicator/piece_sql.h"

#include <fmt/format.h>

#include "base/text.h"

namespace zw::indicator {

namespace {

using definition::IndicatorKind;

// Last day of the period after the one whose last day `day` gives. The anchor is a 31st, so that
// adding months always lands on a month's last day.
std::string NextPeriodEnd(const std::string& day, Grain grain) {
    return fmt::format(
        "zw_months(substr({0}, 1, 4) || '-01-31', cast(substr({0}, 6, 2) as bigint) - 1 + {1})",
        day,
        MonthsOf(grain)
    );
}

std::string ColumnSql(const ledger::RecordSql& names, const std::string& path) {
    return names.Column(Split(path, '.'));
}

std::string OptionalColumn(const ledger::RecordSql& names, const std::string& path) {
    return path.empty() ? "null" : ColumnSql(names, path);
}

struct Columns {
    std::string start;
    std::string end;
    std::string life_start = "null";
};

Columns ColumnsOf(const SourceSet& set, const ledger::RecordSql& names) {
    const definition::IndicatorSource& source = *set.source;
    switch (source.kind) {
        case IndicatorKind::kFlow:
            return {ColumnSql(names, source.at), "null"};
        case IndicatorKind::kLife:
            // Without dates a row has always been there.
            return {
                source.from.empty() ? fmt::format("'{}'", kUnknownDay)
                                    : ColumnSql(names, source.from),
                OptionalColumn(names, source.to)};
        case IndicatorKind::kLatest:
            return {ColumnSql(names, source.on), "null"};
        default:
            return {
                ColumnSql(names, source.on),
                OptionalColumn(names, source.to),
                OptionalColumn(names, source.from)};
    }
}

// Rows as they are: whether they count, their value and days, and what thing they are of.
Sql BaseRows(const SourceSet& set, const ledger::SqlContext& context, const Sql& rows) {
    const ledger::RecordSql names(context, *set.type, "r");
    const Columns columns = ColumnsOf(set, names);
    Sql sql;
    // "+ 0": else SQLite, which knows no counts, takes an index that begins with town and place for
    // the grouping and walks all of it, where a few ids are asked for.
    Append(sql, "select r.id as id, r.place + 0 as place, ");
    if (set.source->when) {
        Append(sql, "(");
        Append(sql, formula::ToSql(*set.source->when, names));
        Append(sql, ")");
    } else {
        Append(sql, "1");
    }
    Append(sql, " as w, ");
    if (set.source->value) {
        Append(sql, "(");
        Append(sql, formula::ArgumentToSql(*set.source->value, names));
        Append(sql, ")");
    } else {
        Append(sql, "1");
    }
    Append(
        sql,
        fmt::format(
            " as v, {} as s, {} as e, {} as f", columns.start, columns.end, columns.life_start
        )
    );
    const std::vector<std::string> thing = ThingColumns(set, context);
    for (size_t i = 0; i < thing.size(); ++i) {
        Append(sql, fmt::format(", {} as t{}", thing[i], i));
    }
    Append(sql, " from ");
    Append(sql, rows);
    return sql;
}

std::string PartitionBy(const SourceSet& set) {
    std::string text = "partition by ";
    for (size_t i = 0; i < set.source->per.size(); ++i) {
        text += fmt::format("{}t{}", i == 0 ? "" : ", ", i);
    }
    return text;
}

std::string LifePieces() {
    return fmt::format(
        "select id, place, coalesce(s, '{0}') as s, e, case when s is null then null else v end as "
        "v from b "
        "where w = 1 and (e is null or e > coalesce(s, '{0}'))",
        kUnknownDay
    );
}

std::string LatestPieces(const SourceSet& set) {
    const Grain grain = set.time_grain();
    const std::string end =
        set.source->keep || grain == Grain::kDay ? "null" : NextPeriodEnd("s", grain);
    if (!set.by_thing) {
        return fmt::format(
            "select id, place, s, {} as e, v from b where w = 1 and s is not null", end
        );
    }
    return fmt::format(
        "select id, place, s, case when next is null then own when own is null or next < own then "
        "next else own end as e, v "
        "from (select id, place, w, v, s, {} as own, lead(s) over ({} order by s, id) as next from "
        "b where s is not null) q "
        "where w = 1 and (next is null or next > s)",
        end,
        PartitionBy(set)
    );
}

// [day, day + months), cut to the life where there is one.
std::string Windows(const SourceSet& set) {
    const std::string end = fmt::format("zw_months(s, {})", set.source->months);
    if (set.source->from.empty()) {
        return fmt::format(
            "select b.*, s as ws, {} as we from b where w = 1 and s is not null", end
        );
    }
    return fmt::format(
        "select b.*, case when f > s then f else s end as ws, case when e is null or e > {0} then "
        "{0} else e end as we "
        "from b where w = 1 and s is not null and f is not null",
        end
    );
}

std::string WithinPieces(const SourceSet& set) {
    if (!set.by_thing) {
        return fmt::format(
            "select id, place, ws as s, we as e, v from ({}) q where we > ws", Windows(set)
        );
    }
    // The union of a thing's windows is kept as disjoint parts: each window adds what the earlier
    // ones have not covered.
    return fmt::format(
        "select id, place, ws as s, we as e, v from (select id, place, v, we, case when covered > "
        "ws then covered else ws end "
        "as ws from (select id, place, v, ws, we, max(we) over ({} order by ws, we, id rows "
        "between unbounded preceding and "
        "1 preceding) as covered from ({}) x where we > ws) y) q where we > ws",
        PartitionBy(set),
        Windows(set)
    );
}

std::string PieceSelect(const SourceSet& set) {
    switch (set.source->kind) {
        case IndicatorKind::kFlow:
            return "select id, place, s, null as e, v from b where w = 1 and s is not null";
        case IndicatorKind::kLife:
            return LifePieces();
        case IndicatorKind::kLatest:
            return LatestPieces(set);
        default:
            return WithinPieces(set);
    }
}

constexpr const char* kTotals =
    "zw_sum(total) as total, cast(sum(n) as bigint) as n, cast(sum(nulls) as bigint) as nulls";
// What is not summed may be no number: only counted.
std::string Added(const SourceSet& set) {
    return std::string(set.kept ? "coalesce(v, 0)" : "0") +
           " as total, case when v is null then 0 else 1 end as n, case when v is null then 1 else "
           "0 end as nulls";
}

constexpr const char* kTaken =
    "zw_sub(0, coalesce(v, 0)) as total, case when v is null then 0 else -1 end as n, "
    "case when v is null then -1 else 0 end as nulls";

}  // namespace

void Append(Sql& sql, std::string_view part, const std::vector<formula::SqlValue>& values) {
    sql.text += part;
    sql.values.insert(sql.values.end(), values.begin(), values.end());
}

void Append(Sql& sql, const Sql& part) {
    Append(sql, part.text, part.values);
}

Sql NumberList(const std::vector<int64_t>& numbers) {
    size_t length = 1;
    while (length < numbers.size()) {
        length *= 4;
    }
    Sql sql{"(", {}};
    for (size_t i = 0; i < length; ++i) {
        Append(sql, i == 0 ? "?" : ", ?", {numbers[std::min(i, numbers.size() - 1)]});
    }
    Append(sql, ")");
    return sql;
}

Sql AllRows(const SourceSet& set, const ledger::SqlContext& context, int64_t town) {
    return {ledger::FromRows(context.schema.Of(set.type->id), "r", town, context.as_of_seq), {}};
}

Sql WithIds(const Sql& rows, const std::vector<int64_t>& ids) {
    Sql sql = rows;
    Append(sql, " and r.id in ");
    Append(sql, NumberList(ids));
    return sql;
}

std::vector<std::string> ThingColumns(const SourceSet& set, const ledger::SqlContext& context) {
    const ledger::RecordSql names(context, *set.type, "r");
    std::vector<std::string> columns;
    for (const std::string& path : set.source->per) {
        columns.push_back(ColumnSql(names, path));
    }
    return columns;
}

Sql PiecesOf(const SourceSet& set, const ledger::SqlContext& context, const Sql& rows) {
    Sql sql{"with b as (", {}};
    Append(sql, BaseRows(set, context, rows));
    Append(sql, "), p as (" + PieceSelect(set) + ") ");
    return sql;
}

Sql ContributionsOf(const SourceSet& set, const ledger::SqlContext& context, const Sql& rows) {
    Sql sql = PiecesOf(set, context, rows);
    Append(
        sql,
        fmt::format(
            "select place, day, {} from (select place, s as day, {} from p", kTotals, Added(set)
        )
    );
    if (!set.IsFlow()) {
        Append(
            sql,
            fmt::format(" union all select place, e as day, {} from p where e is not null", kTaken)
        );
    }
    Append(sql, ") k group by place, day");
    return sql;
}

Sql InPeriod(const SourceSet& set, const Period& period) {
    if (set.IsFlow()) {
        return {"s >= ? and s <= ?", {ToText(period.First()), ToText(period.last)}};
    }
    return {"s <= ? and (e is null or e > ?)", {ToText(period.last), ToText(period.last)}};
}

Sql SumsOf(
    const SourceSet& set, const ledger::SqlContext& context, const Sql& rows, const Period& period
) {
    Sql sql = PiecesOf(set, context, rows);
    Append(
        sql,
        fmt::format("select place, {} from (select place, {} from p where ", kTotals, Added(set))
    );
    Append(sql, InPeriod(set, period));
    Append(sql, ") k group by place");
    return sql;
}

}  // namespace zw::indicator
