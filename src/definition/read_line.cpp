// A work line: its records, indicators and names.

#include <map>

#include "base/text.h"
#include "definition/build.h"
#include "definition/read.h"

namespace zw::definition {

namespace {

// Ids are unique over all lines; the second is told and left out.
bool IsNew(
    Build& build, const Item& item, std::map<std::string, const Item*>& items, std::string_view what
) {
    const auto [first, is_new] = items.emplace(item.key, &item);
    if (!is_new) {
        build.errors.Add(
            item.key_origin,
            "duplicate_id",
            std::string(what) + "“" + item.key + "”在 " + first->second->key_origin.file + ":" +
                std::to_string(first->second->key_origin.line) + " 已经有了；请换一个名称"
        );
    }
    return is_new;
}

}  // namespace

void ReadLine(Build& build, const LineSource& source) {
    WorkLine line;
    line.id = source.id;
    line.chapter = TextOf(source.tree, "chapter");
    line.name = {TextOf(source.tree, "name"), TextOf(source.tree, "name")};
    if (const std::string en = TextOf(source.english, "name"); !en.empty()) {
        line.name.en = en;
    }
    const std::string folder = Split(source.id, '/')[0];
    if (!line.chapter.empty() && line.chapter != folder) {
        build.errors.Add(
            PlaceOf(source.tree, "chapter"),
            "chapter_differs",
            "chapter 是“" + line.chapter + "”，文件夹是“" + folder + "”；两者应一致"
        );
    }
    line.cases = source.cases;
    line.sample = source.sample;
    line.origin = source.origin;
    for (const Item& item : ItemsOf(source.tree, "record")) {
        if (IsNew(build, item, build.record_items, "台账")) {
            build.model.records.push_back(ReadRecord(build, item, source.id));
        }
    }
    for (const Item& item : ItemsOf(source.tree, "indicator")) {
        if (IsNew(build, item, build.indicator_items, "指标")) {
            build.model.indicators.push_back(ReadIndicator(build, item, source.id));
        }
    }
    NameInEnglish(build, source);
    build.model.lines.push_back(std::move(line));
}

}  // namespace zw::definition
