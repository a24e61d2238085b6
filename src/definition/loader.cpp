#include "definition/loader.h"

#include <memory>
#include <utility>

#include "base/crypto.h"
#include "definition/build.h"
#include "definition/check_keys.h"
#include "definition/read.h"
#include "definition/sources.h"

namespace zw::definition {

namespace {

// Names and lengths are hashed too, so that no two different sets of files are one run of bytes.
std::string DigestOf(const std::vector<Layer>& layers) {
    Sm3Hasher hasher;
    const auto add = [&](const std::string& text) {
        hasher.Update(std::to_string(text.size()) + ":");
        hasher.Update(text);
    };
    for (const Layer& layer : layers) {
        add(layer.name);
        for (const auto& [path, bytes] : layer.files) {
            add(path);
            add(bytes);
        }
        hasher.Update(";");
    }
    return ToHex(hasher.Finish());
}

// What a member of a table is called in a KEY: elements of arrays of tables by id, name, key or
// year.
std::string ElementName(const Item& element) {
    for (const std::string_view identity : {"id", "name", "key", "year"}) {
        if (const Item* found = element.Find(identity)) {
            return found->text;
        }
    }
    return "";
}

void CollectFrom(Model& model, const std::string& prefix, const Item& item) {
    for (const Item& member : item.items) {
        const std::string name = item.kind == Item::Kind::kArray ? ElementName(member) : member.key;
        if (name.empty()) {
            continue;
        }
        std::string key = prefix;
        key += prefix.empty() ? "" : ".";
        key += name;
        model.origins.insert_or_assign(key, member.key_origin);
        if (member.kind == Item::Kind::kTable || member.kind == Item::Kind::kArray) {
            CollectFrom(model, key, member);
        }
    }
}

void RequireAll(const Sources& sources, Errors& errors) {
    for (const auto& [id, line] : sources.lines) {
        if (line.is_declared) {
            CheckRequired(line.tree, WorkLineTable(), errors);
        }
    }
    for (const auto& [name, file] : sources.rules) {
        const FileKind* kind = KindOf("rules/" + (name == "*" ? "any.toml" : name));
        CheckRequired(file, *kind->table, errors);
    }
    for (const auto& [id, report] : sources.reports) {
        if (report.is_declared) {
            CheckRequired(report.tree, ReportTable(), errors);
        }
    }
}

}  // namespace

void CollectOrigins(Model& model, const Sources& sources) {
    for (const auto& [id, line] : sources.lines) {
        Item own = line.tree;
        std::erase_if(own.items, [](const Item& item) {
            return item.key == "record" || item.key == "indicator";
        });
        model.origins.insert_or_assign("line." + id, line.origin);
        CollectFrom(model, "line." + id, own);
        Item shared = line.tree;
        std::erase_if(shared.items, [](const Item& item) {
            return item.key != "record" && item.key != "indicator";
        });
        CollectFrom(model, "", shared);
    }
    for (const auto& [name, file] : sources.rules) {
        CollectFrom(model, "", file);
    }
    for (const auto& [id, report] : sources.reports) {
        model.origins.insert_or_assign("report." + id, report.origin);
        CollectFrom(model, "report." + id, report.tree);
    }
    for (const Passage& passage : model.passages) {
        model.origins.insert_or_assign("passage." + passage.id, passage.origin);
    }
}

LoadResult Load(const std::vector<Layer>& layers) {
    Errors errors;
    const Sources sources = Gather(layers, errors);
    RequireAll(sources, errors);
    auto model = std::make_shared<Model>();
    Build build{*model, errors, {}, {}, {}};
    ReadUnits(build, sources);
    ReadLists(build, sources);
    ReadRules(build, sources);
    for (const auto& [id, line] : sources.lines) {
        if (line.is_declared) {
            ReadLine(build, line);
        }
    }
    ReadSettings(build, sources);
    ReadReports(build, sources);
    LinkRecords(build);
    CompileAll(build);
    CollectOrigins(*model, sources);
    model->digest = DigestOf(layers);
    Errors beside;
    Build around{*model, beside, {}, {}, {}};
    CheckBeside(around, sources);
    LoadResult result;
    result.errors = errors.Take();
    result.beside = beside.Take();
    if (result.errors.empty()) {
        result.model = std::move(model);
    }
    return result;
}

}  // namespace zw::definition
