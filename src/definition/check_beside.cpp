// What lies beside a work line: sample.toml and cases/*.toml. Their records, fields, indicators and
// passages are there; what else may be wrong in them is told by those who run them.

#include <string_view>

#include "base/text.h"
#include "definition/build.h"
#include "definition/read.h"

namespace zw::definition {

namespace {

template <typename All>
std::vector<std::string> IdsOf(const All& all) {
    std::vector<std::string> ids;
    ids.reserve(all.size());
    for (const auto& each : all) {
        ids.push_back(each.id);
    }
    return ids;
}

class BesideChecker {
public:
    explicit BesideChecker(Build& build) : build_(build) {}

    void Sample(const Item& tree) {
        for (const Item& make : ItemsOf(tree, "make")) {
            Make(make);
        }
        for (const Item& book : ItemsOf(tree, "workbook")) {
            const RecordType* type = Record(book);
            for (const std::string_view key : {"merged", "subtotals"}) {
                for (const Item& field : ItemsOf(book, key)) {
                    FieldIn(type, field.text, field.origin);
                }
            }
        }
        for (const Item& expectation : ItemsOf(tree, "expect")) {
            Indicator(Trim(Split(expectation.text, '(')[0]), expectation.origin);
        }
    }

    void Case(const Item& tree) {
        for (const Item& given : ItemsOf(tree, "given")) {
            const RecordType* type = Record(given);
            for (const Item& row : ItemsOf(given, "rows")) {
                for (const Item& value : row.items) {
                    if (value.key != "expect") {
                        FieldIn(type, value.key, value.key_origin);
                    }
                }
            }
        }
        for (const Item& given : ItemsOf(tree, "returns")) {
            Record(given);
        }
        for (const Item& figure : ItemsOf(tree, "figure")) {
            Indicator(TextOf(figure, "of"), PlaceOf(figure, "of"));
        }
        for (const Item& sentence : ItemsOf(tree, "sentence")) {
            const std::string id = TextOf(sentence, "passage");
            if (build_.model.FindPassage(id) == nullptr) {
                Tell(
                    PlaceOf(sentence, "passage"),
                    "missing_reference",
                    "没有段落“" + id + "”" + Errors::WouldBe(id, IdsOf(build_.model.passages))
                );
            }
        }
    }

private:
    void Tell(const Origin& origin, std::string_view code, const std::string& message) {
        build_.errors.Add(origin, code, message);
    }

    void Make(const Item& make) {
        const RecordType* type = Record(make);
        if (const Item* per = make.Find("per")) {
            Per(*per);
        }
        if (const Item* along = make.Find("along"); along != nullptr) {
            FieldIn(type, TextOf(*along, "field"), PlaceOf(*along, "field"));
        }
        Set(type, make);
        for (const Item& spoil : ItemsOf(make, "spoil")) {
            Set(type, spoil);
        }
    }

    void Set(const RecordType* type, const Item& table) {
        for (const Item& value : ItemsOf(table, "set")) {
            FieldIn(type, value.key, value.key_origin);
        }
    }

    void Per(const Item& per) {
        constexpr std::string_view kRecord = "record:";
        if (StartsWith(per.text, kRecord)) {
            RecordNamed(per.text.substr(kRecord.size()), per.origin);
        } else if (per.text != "town" && per.text != "village") {
            Tell(
                per.origin,
                "unknown_choice",
                "per 应为 town、village 或 record:台账" +
                    Errors::WouldBe(per.text, {"town", "village"})
            );
        }
    }

    const RecordType* Record(const Item& table) {
        return RecordNamed(TextOf(table, "record"), PlaceOf(table, "record"));
    }

    // nullptr when there is none: told, so that its fields are not.
    const RecordType* RecordNamed(const std::string& id, const Origin& origin) {
        const RecordType* type = build_.model.FindRecord(id);
        if (type == nullptr) {
            Tell(
                origin,
                "missing_reference",
                "没有台账“" + id + "”" + Errors::WouldBe(id, IdsOf(build_.model.records))
            );
        }
        return type;
    }

    void FieldIn(const RecordType* type, const std::string& id, const Origin& origin) {
        if (type == nullptr || id.empty() || id == "place" || type->FindField(id) != nullptr) {
            return;
        }
        Tell(
            origin,
            "unknown_field",
            "“" + type->id + "”没有字段“" + id + "”" + Errors::WouldBe(id, IdsOf(type->fields))
        );
    }

    void Indicator(const std::string& id, const Origin& origin) {
        if (build_.model.FindIndicator(id) == nullptr) {
            Tell(
                origin,
                "missing_reference",
                "没有指标“" + id + "”" + Errors::WouldBe(id, IdsOf(build_.model.indicators))
            );
        }
    }

    Build& build_;
};

}  // namespace

void CheckBeside(Build& build, const Sources& sources) {
    if (!sources.is_whole) {
        return;
    }
    BesideChecker checker(build);
    for (const auto& [id, line] : sources.lines) {
        for (const Item& tree : line.sample_trees) {
            checker.Sample(tree);
        }
        for (const Item& tree : line.case_trees) {
            checker.Case(tree);
        }
    }
}

}  // namespace zw::definition
