#include "app/cases.h"

#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>

#include "app/case_run.h"
#include "app/setup.h"
#include "base/not_found.h"
#include "base/problem.h"
#include "definition/toml_text.h"

namespace zw::app {

namespace {

namespace fs = std::filesystem;

// A folder of its own for one case, gone afterwards.
class CaseFolder {
public:
    explicit CaseFolder(RandomSource& random) {
        std::string name = "zhenwu-case-";
        for (const char byte : random.Bytes(8)) {
            name += static_cast<char>('a' + static_cast<unsigned char>(byte) % 26);
        }
        path_ = fs::temp_directory_path() / name;
    }
    ~CaseFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    CaseFolder(const CaseFolder&) = delete;
    CaseFolder& operator=(const CaseFolder&) = delete;
    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

TownSettings SettingsOf(const toml::table& text) {
    constexpr int64_t kTownCode = 990000001000;  // a region that does not exist
    TownSettings settings;
    settings.places.code = std::to_string(kTownCode);
    settings.places.name = "算例镇";
    std::vector<std::string> names = {"甲村", "乙村"};
    if (const toml::array* villages = text["villages"].as_array()) {
        names.clear();
        for (const toml::node& village : *villages) {
            names.push_back(CaseText(village));
        }
    }
    for (size_t i = 0; i < names.size(); ++i) {
        settings.places.villages.push_back(
            {std::to_string(kTownCode + 200 + static_cast<int64_t>(i)), names[i], {}, 0}
        );
    }
    if (const toml::table* values = text["settings"].as_table()) {
        for (const auto& [key, node] : *values) {
            settings.values[std::string(key.str())] = CaseText(node);
        }
    }
    return settings;
}

CaseResult RunCaseFile(
    const DefinitionOptions& options,
    const std::string& path,
    const std::string& text,
    const Environment& environment
) {
    CaseResult result{path, {}};
    try {
        const toml::table table = definition::ParseToml(text, path);
        result.name += ": " + CaseText(table, "name");
        const auto today = ParseTime(CaseText(table, "today"));
        const FixedClock clock(today.value_or(environment.clock.NowMillis()));
        const Environment own{clock, environment.random};
        const CaseFolder folder(environment.random);
        InitTown(folder.path(), SettingsOf(table), options, own);
        const auto app = App::Open(folder.path(), options, own);
        RunCase(*app, table, result.failures);
    } catch (const toml::parse_error& error) {
        result.failures.push_back("TOML：" + std::string(error.description()));
    } catch (const Problem& problem) {
        result.failures.push_back(problem.Message());
    }
    return result;
}

}  // namespace

CasesResult RunCases(
    const DefinitionOptions& options,
    const definition::Model& model,
    const std::vector<std::string>& lines,
    const Environment& environment
) {
    for (const std::string& line : lines) {
        const bool known = std::any_of(
            model.lines.begin(),
            model.lines.end(),
            [&](const definition::WorkLine& one) { return one.id == line; }
        );
        if (!known) {
            throw NotFound(Thing::kLine, line);
        }
    }
    const std::vector<definition::Layer> layers = DefinitionLayers(options, {});
    CasesResult result;
    for (const definition::WorkLine& line : model.lines) {
        if (!lines.empty() && std::find(lines.begin(), lines.end(), line.id) == lines.end()) {
            continue;
        }
        for (const std::string& path : line.cases) {
            const auto file = layers.front().files.find(path);
            result.cases.push_back(RunCaseFile(
                options, path, file == layers.front().files.end() ? "" : file->second, environment
            ));
            ++(result.cases.back().failures.empty() ? result.passed : result.failed);
        }
    }
    return result;
}

}  // namespace zw::app
