#include "ledger/lookup.h"

#include <algorithm>
#include <set>

#include "base/pinyin.h"
#include "base/text.h"
#include "ledger/record_row.h"
#include "ledger/rules.h"
#include "ledger/schema.h"
#include "ledger/title.h"

namespace zw::ledger {

namespace {

constexpr int kPage = 1'000;

// Makes titles; one view of the store for all of them.
class Titles {
public:
    Titles(const Ledger& ledger, const access::Actor& actor, const definition::RecordType& type)
        : actor_(actor),
          type_(type),
          reader_(ledger.services().database.Read()),
          rules_(ledger.Rules(reader_->connection())),
          context_{
              *ledger.services().model,
              ledger.schema(),
              rules_,
              ledger.services().clock.Today(),
              std::nullopt},
          source_(reader_->connection(), ledger.reader(), context_, ledger.services().town) {}

    std::string Of(const Record& row) { return MakeTitle(source_, type_, row, actor_); }

private:
    const access::Actor& actor_;
    const definition::RecordType& type_;
    std::unique_ptr<store::Reader> reader_;
    const RuleValues rules_;
    const SqlContext context_;
    RowSource source_;
};

// Fields of the row itself that its title shows and that may be looked into.
std::vector<std::string> TextsOfTitle(
    const access::Actor& actor, const definition::RecordType& type
) {
    std::vector<std::string> fields;
    for (const definition::Field& field : type.fields) {
        const bool text =
            field.type.kind == formula::Kind::kText || field.type.kind == formula::Kind::kChoice;
        if (text && !field.secret && (!field.personal || actor.unmask) &&
            type.title.find("{" + field.id + "}") != std::string::npos) {
            fields.push_back(field.id);
        }
    }
    return fields;
}

std::string LettersOf(const std::string& text) {
    std::string letters;
    for (const char c : text) {
        const bool lower = c >= 'a' && c <= 'z';
        const bool upper = c >= 'A' && c <= 'Z';
        if (!lower && !upper) {
            return {};
        }
        letters += static_cast<char>(upper ? c - 'A' + 'a' : c);
    }
    return letters;
}

class Search {
public:
    Search(
        const Ledger& ledger,
        const access::Actor& actor,
        const definition::RecordType& type,
        const std::string& text,
        size_t limit
    )
        : ledger_(ledger),
          actor_(actor),
          text_(Normalise(text)),
          letters_(LettersOf(text_)),
          limit_(limit),
          titles_(ledger, actor, type) {}

    // Rows of the query, `scan` of them at most.
    void Take(Query query, int scan) {
        query.limit = std::min(kPage, scan);
        for (int seen = 0; seen < scan && !Full();) {
            const Page page = ledger_.List(actor_, query);
            for (const Record& row : page.rows) {
                Take(row);
            }
            seen += static_cast<int>(page.rows.size());
            query.after = page.next;
            if (page.next.empty()) {
                return;
            }
        }
        found.more = true;
    }
    bool Full() const { return found.rows.size() > limit_; }

    Lookup found;

private:
    void Take(const Record& row) {
        if (Full() || !seen_.insert(row.id).second) {
            return;
        }
        std::string title = titles_.Of(row);
        const bool sounds =
            !letters_.empty() && pinyin_.Initials(title).find(letters_) != std::string::npos;
        if (text_.empty() || sounds || Normalise(title).find(text_) != std::string::npos) {
            found.rows.push_back({row.id, row.place, std::move(title)});
        }
    }

    const Ledger& ledger_;
    const access::Actor& actor_;
    const std::string text_;
    const std::string letters_;  // in lower case; empty: it is no text of letters
    const Pinyin pinyin_;
    const size_t limit_;
    Titles titles_;
    std::set<int64_t> seen_;
};

}  // namespace

Lookup FindByTitle(
    const Ledger& ledger,
    const access::Actor& actor,
    const definition::RecordType& type,
    const std::string& text,
    int64_t place,
    size_t limit
) {
    Search search(ledger, actor, type, text, limit);
    Query query;
    query.record = type.id;
    if (place != 0 && actor.InScope(place)) {
        query.places = {place};
        search.Take(query, kPage);
        query.places.clear();
    }
    if (!text.empty()) {
        for (const std::string& field : TextsOfTitle(actor, type)) {
            Query texts = query;
            texts.contains[field] = Trim(text);
            search.Take(texts, kPage);
        }
    }
    query.sort = {{"place", false}};
    search.Take(query, kLookupScan);
    Lookup found = std::move(search.found);
    found.more = found.rows.size() > limit;
    if (found.more) {
        found.rows.resize(limit);
    }
    std::stable_sort(found.rows.begin(), found.rows.end(), [&](const Named& a, const Named& b) {
        const bool a_near = a.place == place;
        const bool b_near = b.place == place;
        return a_near != b_near ? a_near : a.title < b.title;
    });
    return found;
}

}  // namespace zw::ledger
