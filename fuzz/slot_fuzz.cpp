// links: base
// sources: report/slot.cpp
// seeds: worklines/*/*/passage.md reports/annual/passages/*.md
// Any bytes as a passage and as a paragraph with slots: refused with its place, or read; nodes lie
// side by side over the whole text, and ids given are each given once, none to two slots.
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <set>

#include "base/problem.h"
#include "base/text.h"
#include "fuzz/demand.h"
#include "report/slot.h"

namespace {

using zw::fuzz::Demand;
using zw::report::Node;

// They cover [begin, end) without a gap, conditions their own part of it.
void CheckPlaces(const std::vector<Node>& nodes, std::string_view text) {
    for (size_t i = 0; i < nodes.size(); ++i) {
        const Node& node = nodes[i];
        Demand(node.begin < node.end && node.end <= text.size());
        Demand(i == 0 || nodes[i - 1].end == node.begin);
        const std::string_view own = text.substr(node.begin, node.end - node.begin);
        if (node.kind == Node::Kind::kText) {
            Demand(own == node.text);
            continue;
        }
        Demand(own.substr(0, 2) == "{{" && own.substr(own.size() - 2) == "}}");
        for (const auto* branch : {&node.yes, &node.no}) {
            Demand(branch->empty() || branch->front().begin > node.begin);
            Demand(branch->empty() || branch->back().end < node.end);
            CheckPlaces(*branch, text);
        }
    }
}

void EachSlot(
    const std::vector<Node>& nodes, const std::function<void(const zw::report::Slot&)>& visit
) {
    for (const Node& node : nodes) {
        if (node.kind == Node::Kind::kSlot) {
            visit(node.slot);
        }
        EachSlot(node.yes, visit);
        EachSlot(node.no, visit);
    }
}

struct Ids {
    std::vector<std::string> keys;  // of every slot, in order
    std::multiset<std::string> given;
    int bare = 0;
};

Ids IdsOf(const std::vector<Node>& nodes) {
    Ids ids;
    EachSlot(nodes, [&](const zw::report::Slot& slot) {
        ids.keys.push_back(slot.key);
        slot.id.empty() ? void(++ids.bare) : void(ids.given.insert(slot.id));
    });
    return ids;
}

void CheckIds(const std::string& text, const Ids& before) {
    std::vector<std::string> taken = {"s1", "s3"};
    const std::string whole = zw::report::GiveIds(text, taken);
    const Ids after = IdsOf(zw::report::ParseParagraph(whole));
    Demand(after.bare == 0 && after.keys == before.keys);
    for (const std::string& id : after.given) {
        const bool new_one = before.given.count(id) == 0;
        Demand(!new_one || (after.given.count(id) == 1 && id != "s1" && id != "s3"));
        Demand(new_one || after.given.count(id) == before.given.count(id));
    }
    const size_t known = taken.size();
    Demand(zw::report::GiveIds(whole, taken) == whole);
    Demand(taken.size() >= known);
}

void Paragraph(const std::string& text) {
    try {
        const auto nodes = zw::report::ParseParagraph(text);
        Demand(text.empty() == nodes.empty());
        Demand(nodes.empty() || (nodes.front().begin == 0 && nodes.back().end == text.size()));
        CheckPlaces(nodes, text);
        CheckIds(text, IdsOf(nodes));
    } catch (const zw::Problem& problem) {
        Demand(problem.code() == "slot_syntax");
        const size_t line = std::strtoull(problem.details().at("line").c_str(), nullptr, 10);
        const size_t column = std::strtoull(problem.details().at("column").c_str(), nullptr, 10);
        const auto lines = zw::Split(text, '\n');
        Demand(line >= 1 && line <= lines.size());
        Demand(column >= 1 && column <= zw::Length(lines[line - 1]) + 1);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    Paragraph(text);
    for (const auto& paragraph : zw::report::SplitPassage(text)) {
        Demand(paragraph.line >= 1 && !paragraph.begins.empty());
        for (const size_t begin : paragraph.begins) {
            Demand(begin <= paragraph.text.size());
        }
        Paragraph(paragraph.text);
    }
    return 0;
}
