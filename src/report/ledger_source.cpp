#include "ledger/rules.h"
#include "ledger/schema.h"
#include "ledger/settings.h"
#include "report/source.h"

namespace zw::report {

namespace {

class LedgerSource final : public FigureSource {
public:
    LedgerSource(
        const ledger::Ledger& ledger, const indicator::Figures& figures, access::Actor actor
    )
        : ledger_(ledger),
          figures_(figures),
          actor_(std::move(actor)),
          places_(ledger.Places()),
          settings_(LoadSettings(ledger)),
          rules_(settings_.Rules(ledger.model())) {}

    const definition::Model& model() const override { return ledger_.model(); }
    const access::PlaceTree& places() const override { return places_; }
    indicator::Figure Get(const indicator::FigureQuery& query) const override {
        return figures_.Get(actor_, query);
    }
    indicator::Comparison CompareWith(
        const indicator::FigureQuery& query, indicator::Compare compare
    ) const override {
        return figures_.CompareWith(actor_, query, compare);
    }
    std::optional<Ratio> ShareOf(const indicator::FigureQuery& part, const std::string& whole)
        const override {
        return figures_.ShareOf(actor_, part, whole);
    }
    std::optional<indicator::Figures::Target> TargetOf(const indicator::FigureQuery& query
    ) const override {
        return figures_.TargetOf(actor_, query);
    }
    Words FormulaInWords(const indicator::FigureQuery& query) const override {
        return figures_.Explain(actor_, query).formula_in_words;
    }
    std::optional<std::string> Setting(std::string_view key) const override {
        return settings_.Get(key);
    }
    formula::Value Rule(std::string_view key, const Date& on) const override {
        return rules_.At(key, on);
    }
    Date Today() const override { return ledger_.services().clock.Today(); }

private:
    static ledger::Settings LoadSettings(const ledger::Ledger& ledger) {
        const auto& services = ledger.services();
        const auto reader = services.database.Read();
        const auto schema =
            ledger::Schema::Load(reader->connection(), services.town, ledger.model());
        return ledger::Settings::Load(reader->connection(), services.town, ledger.model(), schema);
    }

    const ledger::Ledger& ledger_;
    const indicator::Figures& figures_;
    const access::Actor actor_;
    const access::PlaceTree places_;
    const ledger::Settings settings_;
    const ledger::RuleValues rules_;
};

}  // namespace

std::unique_ptr<FigureSource> MakeLedgerSource(
    const ledger::Ledger& ledger, const indicator::Figures& figures, const access::Actor& actor
) {
    return std::make_unique<LedgerSource>(ledger, figures, actor);
}

}  // namespace zw::report
