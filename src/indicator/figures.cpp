#include "indicator/figures.h"

#include <algorithm>

#include "base/exact.h"
#include "base/not_found.h"
#include "indicator/cell_keeper.h"
#include "indicator/compare.h"
#include "indicator/doubts.h"
#include "indicator/entries.h"
#include "indicator/evaluation.h"
#include "indicator/explain.h"
#include "indicator/records.h"
#include "indicator/targets.h"
#include "ledger/write_session.h"

namespace zw::indicator {

namespace {

// One look at the town, and the figure that was asked for in it.
struct Look {
    View view;
    const definition::Indicator& indicator;
    Where where;
    Evaluation evaluation;

    Look(const Town& town, const access::Actor& actor, const FigureQuery& query)
        : view(town, query.as_of_seq),
          indicator(town.Find(query.indicator)),
          where(Locate(view, actor, indicator, query.place)),
          evaluation(view, query.tree_on.value_or(query.period.last)) {}

    Figure Printed(const Period& period) { return evaluation.Printed(indicator, where, period); }
    Figure WithDoubts(const Where& at, const Period& period) {
        Figure figure = evaluation.Printed(indicator, at, period);
        figure.doubts = DoubtsOf(evaluation, indicator, at, period);
        return figure;
    }
};

Comparison ComparisonIn(Look& look, const Figure& figure, const Period& period, Compare compare) {
    const auto base_period = BasePeriod(look.indicator, period, compare);
    if (!base_period) {
        return {};
    }
    // Both sides under one tree: what a merged village had counts for its successor in the base
    // year too.
    return CompareFigures(look.indicator, figure, look.Printed(*base_period));
}

std::optional<Figures::Target> TargetIn(const Look& look, const FigureQuery& query) {
    return FindTarget(look.view, look.indicator, query.place, query.period);
}

// A figure cut to some places is no part of what was asked of the whole.
bool CanComplete(const Look& look, const Figures::Target& target) {
    return target.value.units > 0 && look.where.scope.empty();
}

void Complete(const Look& look, const Figure& figure, Figures::Target& target) {
    const auto value = ExactOf(figure);
    if (value && CanComplete(look, target)) {
        target.completion =
            Divide(*value, MakeRatio(target.value.units, PowerOfTen(target.value.scale)).value());
    }
}

// An open figure is everybody's, what it is computed from need not be.
void CutInputs(
    Look& look, const access::Actor& actor, const FigureQuery& query, Breakdown& breakdown
) {
    for (Figure& input : breakdown.inputs) {
        const definition::Indicator& indicator = look.view.town().Find(input.indicator);
        const Where where = Locate(look.view, actor, indicator, query.place);
        if (where.only != look.where.only) {
            input = look.evaluation.Printed(indicator, where, query.period);
        }
    }
}

void CheckEntry(const definition::Indicator& indicator, const EntryRequest& request) {
    const auto refuse = [](const Words& what) { throw Problem::Because("bad_entry", what); };
    if (request.reason.empty()) {
        refuse({"没有写明理由", "no reason is given"});
    }
    if (request.adopted && request.document.empty()) {
        refuse(
            {"采用数要写明核定机关和文件",
             "an adopted figure needs the organ and document that set it"}
        );
    }
    const formula::Type& type = indicator.type;
    const bool fits =
        type.kind == formula::Kind::kRatio ||
        zw::Compare(
            Rescale(request.value, type.kind == formula::Kind::kInt ? 0 : type.scale), request.value
        ) == 0;
    if (!fits) {
        refuse({"小数位数多于指标的位数", "more decimals than the indicator has"});
    }
}

std::string EntryWords(
    const EntryRequest& request, const definition::Indicator& indicator, const std::string& place
) {
    return (request.adopted ? "采用：" : "预计：") + indicator.id + " " + place + " " +
           ToText(request.period) + " = " + ToText(request.value) + "；" + request.organ +
           request.document + "；" + request.reason;
}

}  // namespace

struct Figures::Impl {
    ledger::Ledger& ledger;
    std::unique_ptr<Town> town;
    std::unique_ptr<CellKeeper> keeper;

    // Until Open there is nothing to keep: the observer can be handed out before.
    struct Forward final : ledger::WriteObserver {
        const std::unique_ptr<CellKeeper>& keeper;
        explicit Forward(const std::unique_ptr<CellKeeper>& to) : keeper(to) {}
        void AfterRows(store::Connection& connection, const std::vector<ledger::RowChange>& changes)
            override {
            if (keeper) {
                keeper->AfterRows(connection, changes);
            }
        }
    } forward{keeper};

    explicit Impl(ledger::Ledger& of) : ledger(of) {}
    const Town& Opened() const {
        if (!town) {
            throw Problem("internal", {{"what", "Figures::Open was not called"}});
        }
        return *town;
    }
};

Figures::Figures(ledger::Ledger& ledger) : impl_(std::make_unique<Impl>(ledger)) {}
Figures::~Figures() = default;

void Figures::Open() {
    const ledger::LedgerServices& services = impl_->ledger.services();
    const definition::Model& model = impl_->ledger.model();
    impl_->town = std::make_unique<Town>(Town{
        impl_->ledger, model, impl_->ledger.schema(), CompileSources(model), services.town});
    impl_->keeper = std::make_unique<CellKeeper>(
        services.town, model, impl_->town->schema, impl_->town->sets, services.clock
    );
    services.database.Write([&](store::Connection& connection) {
        Cells::CreateTables(connection);
        CreateEntryTable(connection);
        impl_->keeper->Refresh(connection);
    });
}

ledger::WriteObserver& Figures::observer() {
    return impl_->forward;
}

Figure Figures::Get(const access::Actor& actor, const FigureQuery& query) const {
    Look look(impl_->Opened(), actor, query);
    return look.Printed(query.period);
}

std::vector<Figure> Figures::ByVillage(const access::Actor& actor, const FigureQuery& query) const {
    Look look(impl_->Opened(), actor, query);
    std::vector<Figure> figures;
    for (const int64_t leaf :
         look.evaluation.LeafPlaces(look.indicator, look.where, query.period)) {
        if (actor.InScope(leaf)) {
            figures.push_back(look.WithDoubts(look.where.At(leaf), query.period));
        }
    }
    return figures;
}

Comparison Figures::CompareWith(
    const access::Actor& actor, const FigureQuery& query, Compare compare
) const {
    Look look(impl_->Opened(), actor, query);
    return ComparisonIn(look, look.Printed(query.period), query.period, compare);
}

Figures::InContext Figures::GetInContext(
    const access::Actor& actor, const FigureQuery& query, Compare compare
) const {
    Look look(impl_->Opened(), actor, query);
    InContext context;
    context.figure = look.WithDoubts(look.where, query.period);
    context.comparison = ComparisonIn(look, context.figure, query.period, compare);
    context.target = TargetIn(look, query);
    if (context.target) {
        Complete(look, context.figure, *context.target);
    }
    return context;
}

Breakdown Figures::Explain(const access::Actor& actor, const FigureQuery& query) const {
    Look look(impl_->Opened(), actor, query);
    Breakdown breakdown = ExplainFigure(look.evaluation, look.indicator, look.where, query.period);
    CutInputs(look, actor, query, breakdown);
    std::erase_if(breakdown.by_place, [&](const Figure& figure) {
        return !actor.InScope(figure.place);
    });
    return breakdown;
}

std::vector<FigureRow> Figures::Records(
    const access::Actor& actor, const FigureQuery& query, int limit, int64_t after_id
) const {
    Look look(impl_->Opened(), actor, query);
    return RecordsBehind(
        look.evaluation, actor, look.indicator, look.where, query.period, limit, after_id
    );
}

std::optional<Ratio> Figures::ShareOf(
    const access::Actor& actor, const FigureQuery& part, const std::string& whole
) const {
    Look look(impl_->Opened(), actor, part);
    // A share of two scopes would tell the one from the other.
    if (Locate(look.view, actor, look.view.town().Find(whole), part.place).only !=
        look.where.only) {
        return std::nullopt;
    }
    const auto share = ExactOf(look.evaluation.Printed(look.indicator, look.where, part.period));
    const auto all =
        ExactOf(look.evaluation.Printed(look.view.town().Find(whole), look.where, part.period));
    return share && all && all->numerator > 0 ? Divide(*share, *all) : std::nullopt;
}

std::optional<Figures::Target> Figures::TargetOf(
    const access::Actor& actor, const FigureQuery& query
) const {
    Look look(impl_->Opened(), actor, query);
    std::optional<Target> target = TargetIn(look, query);
    if (target && CanComplete(look, *target)) {
        Complete(look, look.Printed(query.period), *target);
    }
    return target;
}

int64_t Figures::Enter(
    const access::Actor& actor, const EntryRequest& request, const store::Along& along
) {
    const Town& town = impl_->Opened();
    const definition::Indicator& indicator = town.Find(request.indicator);
    CheckEntry(indicator, request);
    const access::PlaceTree places = impl_->ledger.Places();
    const access::Place* place = places.Find(request.place);
    if (place == nullptr) {
        throw NotFound(Thing::kVillage, std::to_string(request.place));
    }
    access::Actor::Require(
        actor.rights.adopt, {"录入采用数、预计数", "entering adopted and forecast figures"}
    );
    access::Actor::Require(
        actor.InScope(request.place), {place->name + "的数字", "figures of " + place->name}
    );
    const ledger::LedgerServices& services = impl_->ledger.services();
    Entry entry{
        .id = services.ids.Next(),
        .indicator = request.indicator,
        .place = request.place,
        .period = request.period,
        .adopted = request.adopted,
        .value = request.value,
        .organ = request.organ,
        .document = request.document,
        .reason = request.reason,
        .by = actor.name,
        .at_millis = services.clock.NowMillis(),
        .seq = 0};
    impl_->ledger.Commit(
        actor,
        EntryWords(request, indicator, place->name),
        [&](ledger::WriteSession& session) {
            entry.seq = session.seq();
            SaveEntry(session.connection(), town.id, entry);
            session.Vouch(audit::VouchFor(
                session.connection(), town.id, VouchedEntries(), "id = ?", {entry.id}
            ));
            if (along) {
                along(session.connection(), entry.id);
            }
            return true;
        }
    );
    return entry.id;
}

std::vector<Entry> Figures::Entries() const {
    const Town& town = impl_->Opened();
    const auto reader = impl_->ledger.services().database.Read();
    return AllEntries(reader->connection(), town.id);
}

std::vector<Finding> Figures::CheckCells() const {
    const Town& town = impl_->Opened();
    const View view(town, std::nullopt);
    const Cells cells(town.id);
    const Cells::Digests digests = cells.StoredDigests(view.connection());
    const auto place_name = [&](int64_t id) {
        const access::Place* place = view.places().Find(id);
        return place == nullptr ? std::to_string(id) : place->name;
    };
    std::vector<Finding> findings;
    for (const SourceSet& set : town.sets) {
        const auto stored = digests.find({set.indicator->id, set.position});
        // Cells of another formula are read by nobody; the next write rebuilds them.
        if (set.kept && stored != digests.end() &&
            stored->second == DigestOf(set, town.model, view.rules())) {
            cells.Check(view.connection(), set, view.context(), place_name, findings);
        }
    }
    return findings;
}

}  // namespace zw::indicator
