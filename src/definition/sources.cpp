#include "definition/sources.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"
#include "definition/check_keys.h"
#include "definition/keys.h"
#include "definition/layering.h"
#include "definition/read.h"

namespace zw::definition {

namespace {

constexpr std::string_view kAnyRule = "*";

bool MatchesPart(std::string_view pattern, std::string_view part) {
    if (StartsWith(pattern, "<")) {
        return true;
    }
    if (StartsWith(pattern, "*")) {
        const std::string_view ending = pattern.substr(1);
        return EndsWith(part, ending) && part.size() > ending.size();
    }
    return pattern == part;
}

bool Matches(std::string_view pattern, const std::vector<std::string>& parts) {
    const std::vector<std::string> wanted = Split(pattern, '/');
    if (wanted.size() != parts.size()) {
        return false;
    }
    for (size_t i = 0; i < parts.size(); ++i) {
        if (!MatchesPart(wanted[i], parts[i])) {
            return false;
        }
    }
    return true;
}

Item EmptyTable(const Origin& origin) {
    Item item;
    item.origin = item.key_origin = origin;
    return item;
}

class Gatherer {
public:
    explicit Gatherer(Errors& errors) : errors_(errors) {}

    void Add(const Layer& layer) {
        layer_ = &layer;
        targets_.clear();
        for (const DefinitionError& error : layer.errors) {
            errors_.Add(error.origin, error.code, error.message);
        }
        // workline.toml first: it says whether the folder's other files belong to another line
        for (const bool lines_first : {true, false}) {
            for (const auto& [path, bytes] : layer.files) {
                if (EndsWith(path, "/workline.toml") == lines_first) {
                    AddFile(path, bytes);
                }
            }
        }
        // Only now: an earlier file of this layer must not count as an earlier layer.
        for (const std::string& line : fresh_) {
            sources_.lines[line].is_declared = true;
        }
        fresh_.clear();
    }

    Sources Finish() {
        for (auto& [id, line] : sources_.lines) {
            if (!line.is_declared && !refused_.contains(id)) {
                errors_.Add(
                    line.origin,
                    "no_workline",
                    "文件夹“" + id + "”里没有 workline.toml；请加上，或删去这个文件"
                );
            }
        }
        for (auto& [id, report] : sources_.reports) {
            if (!report.is_declared && !refused_.contains("reports/" + id)) {
                errors_.Add(
                    report.origin,
                    "no_report",
                    "文件夹“" + id + "”里没有 report.toml；请加上，或删去这个文件"
                );
            }
        }
        sources_.is_whole =
            refused_.empty() &&
            std::all_of(sources_.lines.begin(), sources_.lines.end(), [](const auto& line) {
                return line.second.is_declared;
            });
        return std::move(sources_);
    }

private:
    Origin Top(const std::string& path) const { return {layer_->name, path, 1, 1}; }

    void AddFile(const std::string& path, const std::string& bytes) {
        const std::vector<std::string> parts = Split(path, '/');
        const FileKind* kind = KindOf(path);
        if (parts.back() == "README.md") {
            return;
        }
        if (kind == nullptr) {
            errors_.Add(Top(path), "unread_file", "没有谁读这个文件；" + Places(parts));
            return;
        }
        if (parts[0] == "worklines") {
            AddToLine(path, parts, *kind, bytes);
        } else if (parts[0] == "rules") {
            AddRules(path, parts[1], *kind, bytes);
        } else {
            AddToReport(path, parts, *kind, bytes);
        }
    }

    static std::string Places(const std::vector<std::string>& parts) {
        std::vector<std::string> places;
        for (const FileKind& kind : FileKinds()) {
            if (StartsWith(kind.pattern, parts[0] + "/")) {
                places.emplace_back(kind.pattern);
            }
        }
        return places.empty() ? "只读 worklines/、rules/、reports/ 下的文件"
                              : "这里只读：" + Join(places, "、");
    }

    std::optional<Item> ReadTable(
        const std::string& path, const FileKind& kind, const std::string& bytes
    ) {
        auto tree = ReadToml(bytes, layer_->name, path, errors_);
        if (tree && kind.table != nullptr) {
            tree->key_origin = tree->origin = Top(path);
            CheckKeys(*tree, *kind.table, errors_);
        }
        return tree;
    }

    void AddRules(
        const std::string& path,
        const std::string& name,
        const FileKind& kind,
        const std::string& bytes
    ) {
        auto tree = ReadTable(path, kind, bytes);
        if (!tree) {
            return;
        }
        const bool is_pack = kind.pattern == "rules/*.toml";
        const std::string slot = is_pack ? std::string(kAnyRule) : name;
        const auto [mine, is_new] = sources_.rules.try_emplace(slot, EmptyTable(Top(path)));
        if (is_pack) {
            CheckPackTwice(*tree);
        }
        Merge(mine->second, *tree, *kind.table, errors_);
    }

    // One layer may not give a rule in two of its packs: which of them wins would hang on the
    // files' names.
    void CheckPackTwice(const Item& pack) {
        for (const Item& rule : ItemsOf(pack, "rule")) {
            const auto [first, is_new] =
                pack_rules_.emplace(layer_->name + "/" + rule.key, rule.key_origin);
            if (!is_new) {
                errors_.Add(
                    rule.key_origin,
                    "duplicate_id",
                    "规则“" + rule.key + "”在 " + first->second.file + ":" +
                        std::to_string(first->second.line) + " 已经有了；请换一个名称"
                );
            }
        }
    }

    LineSource& Line(const std::string& id, const std::string& path) {
        auto [line, is_new] = sources_.lines.try_emplace(id);
        if (is_new) {
            line->second.id = id;
            line->second.origin = Top(path);
            line->second.tree = EmptyTable(Top(path));
            line->second.english = EmptyTable(Top(path));
        }
        return line->second;
    }

    void AddToLine(
        const std::string& path,
        const std::vector<std::string>& parts,
        const FileKind& kind,
        const std::string& bytes
    ) {
        const std::string folder = parts[1] + "/" + parts[2];
        if (parts[3] == "workline.toml") {
            AddWorkLine(path, folder, kind, bytes);
            return;
        }
        const auto target = targets_.find(folder);
        LineSource& line = Line(target == targets_.end() ? folder : target->second, path);
        if (parts[3] == "en.toml") {
            if (const auto tree = ReadTable(path, kind, bytes)) {
                Merge(line.english, *tree, *kind.table, errors_);
            }
        } else if (parts[3] == "passage.md") {
            AddPassage(line.passages, Split(line.id, '/')[1], path, bytes);
        } else if (auto tree = ReadTable(path, kind, bytes)) {
            if (parts[3] == "sample.toml") {
                line.sample = bytes;
                line.sample_trees = {std::move(*tree)};
            } else {
                line.cases.push_back(path);
                line.case_trees.push_back(std::move(*tree));
            }
        }
    }

    void AddWorkLine(
        const std::string& path,
        const std::string& folder,
        const FileKind& kind,
        const std::string& bytes
    ) {
        const auto tree = ReadTable(path, kind, bytes);
        if (!tree) {
            refused_.insert(folder);
            return;
        }
        const std::string extended = TextOf(*tree, "extends");
        const std::string id = extended.empty() ? folder : extended;
        targets_[folder] = id;
        const auto known = sources_.lines.find(id);
        const bool is_known = known != sources_.lines.end() && known->second.is_declared;
        if (!extended.empty() && !is_known) {
            errors_.Add(
                PlaceOf(*tree, "extends"),
                "unknown_line",
                "前面的层里没有工作线“" + extended + "”" + Errors::WouldBe(extended, KnownLines())
            );
            refused_.insert(id);
            return;
        }
        if (extended.empty() && is_known) {
            errors_.Add(
                Top(path),
                "line_declared_twice",
                "工作线“" + id + "”在前面的层已经有了；请写 extends = \"" + id + "\""
            );
            return;
        }
        LineSource& line = Line(id, path);
        if (is_known) {
            Merge(line.tree, *tree, *kind.table, errors_);
            return;
        }
        line.tree = *tree;
        line.origin = Top(path);
        fresh_.insert(id);
    }

    std::vector<std::string> KnownLines() const {
        std::vector<std::string> known;
        for (const auto& [id, line] : sources_.lines) {
            if (line.is_declared) {
                known.push_back(id);
            }
        }
        return known;
    }

    void AddPassage(
        std::map<std::string, TextFile>& passages,
        const std::string& id,
        const std::string& path,
        const std::string& bytes
    ) {
        if (IsPlainText(bytes, layer_->name, path, errors_)) {
            passages[id] = {bytes, Top(path)};
        }
    }

    void AddToReport(
        const std::string& path,
        const std::vector<std::string>& parts,
        const FileKind& kind,
        const std::string& bytes
    ) {
        auto [found, is_new] = sources_.reports.try_emplace(parts[1]);
        ReportSource& report = found->second;
        if (is_new) {
            report.id = parts[1];
            report.origin = Top(path);
        }
        if (parts[2] == "template.docx") {
            report.template_docx = bytes;
        } else if (parts[2] == "passages") {
            AddPassage(report.passages, parts[3].substr(0, parts[3].size() - 3), path, bytes);
        } else if (auto tree = ReadTable(path, kind, bytes)) {
            report.tree =
                std::move(*tree);  // the whole: the prose belongs to the office that writes it
            report.origin = Top(path);
            report.is_declared = true;
        } else {
            refused_.insert("reports/" + parts[1]);
        }
    }

    Errors& errors_;
    const Layer* layer_ = nullptr;
    Sources sources_;
    std::map<std::string, std::string> targets_;  // folder of this layer → line
    std::set<std::string> fresh_;                 // lines first declared in this layer
    std::set<std::string> refused_;               // told already
    std::map<std::string, Origin> pack_rules_;
};

}  // namespace

const FileKind* KindOf(const std::string& path) {
    const std::vector<std::string> parts = Split(path, '/');
    for (const FileKind& kind : FileKinds()) {
        if (Matches(kind.pattern, parts)) {
            return &kind;
        }
    }
    return nullptr;
}

Sources Gather(const std::vector<Layer>& layers, Errors& errors) {
    Gatherer gatherer(errors);
    for (const Layer& layer : layers) {
        gatherer.Add(layer);
    }
    return gatherer.Finish();
}

}  // namespace zw::definition
