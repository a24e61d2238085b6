#pragma once
// The files of all layers, sorted into what they are for, read and laid over each other; not yet
// understood.

#include <map>
#include <string>
#include <vector>

#include "definition/errors.h"
#include "definition/item.h"
#include "definition/keys.h"
#include "definition/loader.h"

namespace zw::definition {

struct TextFile {
    std::string bytes;
    Origin origin;
};

struct LineSource {
    std::string id;            // industry/vegetable
    bool is_declared = false;  // a workline.toml was read
    Origin origin;
    Item tree;                                 // workline.toml
    Item english;                              // en.toml
    std::map<std::string, TextFile> passages;  // by id
    std::string sample;
    std::vector<std::string> cases;  // paths
    std::vector<Item> sample_trees;  // one, or none
    std::vector<Item> case_trees;
};

struct ReportSource {
    std::string id;
    bool is_declared = false;
    Origin origin;
    Item tree;
    std::string template_docx;
    std::map<std::string, TextFile> passages;
};

struct Sources {
    // False when a file that declares a line or a report was refused: what others name of it may
    // well be right.
    bool is_whole = true;
    std::map<std::string, LineSource> lines;  // by id: the order of loading
    std::map<std::string, ReportSource> reports;
    std::map<std::string, Item> rules;  // by the name of the file; rule packs together under "*"
};

// The kind of file that a path is; nullptr for a file that nobody reads.
const FileKind* KindOf(const std::string& path);

Sources Gather(const std::vector<Layer>& layers, Errors& errors);

}  // namespace zw::definition
