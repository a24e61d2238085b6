#include "document/docx_template.h"

#include <algorithm>
#include <map>

#include "base/problem.h"
#include "base/text.h"
#include "document/docx_blocks.h"
#include "document/docx_conditions.h"
#include "document/docx_runs.h"
#include "document/xml.h"

namespace zw::document {

namespace {

constexpr std::string_view kCoreProperties = "docProps/core.xml";
constexpr std::string_view kEach = "each ";
constexpr std::string_view kEnd = "end";

// The name when `mark` is "each NAME".
std::optional<std::string> EachName(std::string_view mark) {
    if (!StartsWith(mark, kEach)) {
        return std::nullopt;
    }
    return Trim(mark.substr(kEach.size()));
}

// The placeholder that is all a paragraph holds.
std::optional<std::string> LonePlaceholder(const pugi::xml_node& node) {
    if (!Is(node, "w:p")) {
        return std::nullopt;
    }
    const std::string text = Trim(ParagraphText(node));
    const auto found = FindPlaceholders(text);
    if (found.size() != 1 || found[0].begin != 0 || found[0].end != text.size()) {
        return std::nullopt;
    }
    return found[0].name;
}

void EachParagraph(const pugi::xml_node& parent, const std::function<void(pugi::xml_node)>& visit) {
    for (const auto& node : parent.children()) {
        if (Is(node, "w:p")) {
            visit(node);
        }
        EachParagraph(node, visit);
    }
}

// Names in the row's paragraphs, in order.
std::vector<std::string> RowMarks(const pugi::xml_node& row) {
    std::vector<std::string> marks;
    EachParagraph(row, [&](const pugi::xml_node& paragraph) {
        for (auto& placeholder : FindPlaceholders(ParagraphText(paragraph))) {
            marks.push_back(std::move(placeholder.name));
        }
    });
    return marks;
}

void RemoveBookmarks(pugi::xml_node parent) {
    pugi::xml_node node = parent.first_child();
    while (node) {
        const pugi::xml_node next = node.next_sibling();
        if (Is(node, "w:bookmarkStart") || Is(node, "w:bookmarkEnd")) {
            parent.remove_child(node);
        } else {
            RemoveBookmarks(node);
        }
        node = next;
    }
}

[[noreturn]] void Fault(std::string_view file, std::string_view what) {
    throw Problem("template_fault", {{"name", std::string(file)}, {"what", std::string(what)}});
}

// Fills one part.
class Filler {
public:
    Filler(std::string_view file, BlockWriter& writer, std::vector<std::string>& unknown)
        : file_(file), writer_(writer), unknown_(unknown) {}

    void Fill(pugi::xml_node parent, const Filling& filling) {
        pugi::xml_node node = parent.first_child();
        while (node) {
            node = FillNode(node, filling);
        }
    }

private:
    // Returns the sibling to go on with.
    pugi::xml_node FillNode(pugi::xml_node node, const Filling& filling) {
        if (Is(node, "w:tr")) {
            const auto marks = RowMarks(node);
            if (!marks.empty() && EachName(marks.front())) {
                return RepeatRows(node, *EachName(marks.front()), filling);
            }
        }
        const auto lone = LonePlaceholder(node);
        if (lone && EachName(*lone)) {
            return RepeatParagraphs(node, *EachName(*lone), filling);
        }
        if (lone && IfFormula(*lone)) {
            return Decide(node, *lone, filling);
        }
        if (lone && FillBlocks(node, *lone, filling)) {
            const pugi::xml_node next = node.next_sibling();
            node.parent().remove_child(node);
            return next;
        }
        if (Is(node, "w:p")) {
            FillParagraph(node, filling);
        }
        Fill(node, filling);
        return node.next_sibling();
    }

    pugi::xml_node Decide(pugi::xml_node mark, const std::string& name, const Filling& filling) {
        const auto holds = filling.holds ? filling.holds(*IfFormula(name)) : std::nullopt;
        if (!holds) {
            Report(name);
            return mark.next_sibling();
        }
        const auto next = DecideParagraphs(mark, *holds, LonePlaceholder);
        if (!next) {
            Fault(file_, "{{" + name + "}}");
        }
        return *next;
    }

    bool FillBlocks(pugi::xml_node paragraph, const std::string& name, const Filling& filling) {
        const auto content = filling.value ? filling.value(name) : std::nullopt;
        const auto* blocks = content ? std::get_if<std::vector<Block>>(&*content) : nullptr;
        if (blocks == nullptr) {
            return false;
        }
        writer_.PutBlocks(paragraph, *blocks);
        const pugi::xml_node parent = paragraph.parent();
        const bool last_of_cell = Is(parent, "w:tc") && !paragraph.next_sibling("w:p") &&
                                  !Is(paragraph.previous_sibling(), "w:p");
        if (last_of_cell) {  // a cell must end with a paragraph
            paragraph.parent().insert_child_before("w:p", paragraph);
        }
        return true;
    }

    void FillParagraph(pugi::xml_node paragraph, const Filling& filling) {
        const auto report = [this](const std::string& mark) { Report(mark); };
        if (!DecideInline(paragraph, filling.holds, report)) {
            Fault(file_, "{{if …}}");
        }
        const auto found = FindPlaceholders(ParagraphText(paragraph));
        std::vector<std::string> unknown;
        // From the end, so that offsets before stay true.
        for (auto it = found.rbegin(); it != found.rend(); ++it) {
            auto content = filling.value ? filling.value(it->name) : std::nullopt;
            if (!content) {
                unknown.push_back(it->name);
                continue;
            }
            const auto* spans = std::get_if<std::vector<Span>>(&*content);
            if (spans == nullptr) {
                Fault(file_, "{{" + it->name + "}}");
            }
            fresh_.push_back({CutRange(paragraph, it->begin, it->end), *spans});
        }
        // Written in reading order: numbers of bookmarks then ascend.
        for (auto it = fresh_.rbegin(); it != fresh_.rend(); ++it) {
            writer_.PutSpans(it->hole, it->spans);
            it->hole.parent().remove_child(it->hole);
        }
        fresh_.clear();
        for (auto it = unknown.rbegin(); it != unknown.rend(); ++it) {
            Report(*it);
        }
    }

    void Report(const std::string& name) {
        if (std::find(unknown_.begin(), unknown_.end(), name) == unknown_.end()) {
            unknown_.push_back(name);
        }
    }

    std::vector<Filling> Items(const std::string& name, const Filling& filling) {
        auto items = filling.each ? filling.each(name) : std::nullopt;
        if (!items) {
            Report("each " + name);
            return {};
        }
        // What an item does not know is asked of the place around it.
        for (auto& item : *items) {
            item.value = [own = item.value, around = filling.value](std::string_view what) {
                auto content = own ? own(what) : std::nullopt;
                return content || !around ? content : around(what);
            };
            item.each = [own = item.each, around = filling.each](std::string_view what) {
                auto found = own ? own(what) : std::nullopt;
                return found || !around ? found : around(what);
            };
            item.holds = [own = item.holds, around = filling.holds](std::string_view what) {
                auto holds = own ? own(what) : std::nullopt;
                return holds || !around ? holds : around(what);
            };
        }
        return std::move(*items);
    }

    // `template_nodes` are replaced by one filled copy for each item.
    void Repeat(
        const std::vector<pugi::xml_node>& template_nodes,
        const std::string& name,
        const Filling& filling
    ) {
        const auto items = Items(name, filling);
        pugi::xml_node parent = template_nodes.front().parent();
        const pugi::xml_node first = template_nodes.front();
        for (size_t i = 0; i < items.size(); ++i) {
            pugi::xml_node begin = parent.insert_child_before("w:zw-begin", first);
            for (const auto& node : template_nodes) {
                pugi::xml_node copy = parent.insert_copy_before(node, first);
                if (i > 0) {
                    RemoveBookmarks(copy);
                }
            }
            pugi::xml_node end = parent.insert_child_before("w:zw-end", first);
            pugi::xml_node node = begin.next_sibling();
            while (node != end) {
                node = FillNode(node, items[i]);
            }
            parent.remove_child(begin);
            parent.remove_child(end);
        }
        for (const auto& node : template_nodes) {
            parent.remove_child(node);
        }
    }

    pugi::xml_node RepeatParagraphs(
        pugi::xml_node mark, const std::string& name, const Filling& filling
    ) {
        std::vector<pugi::xml_node> inside;
        int depth = 1;
        pugi::xml_node end = mark.next_sibling();
        for (; end; end = end.next_sibling()) {
            const auto lone = LonePlaceholder(end);
            if (lone && EachName(*lone)) {
                ++depth;
            } else if (lone && *lone == kEnd && --depth == 0) {
                break;
            }
            inside.push_back(end);
        }
        if (!end) {
            Fault(file_, "{{each " + name + "}}");
        }
        const pugi::xml_node next = end.next_sibling();
        pugi::xml_node parent = mark.parent();
        if (!inside.empty()) {
            Repeat(inside, name, filling);
        }
        parent.remove_child(mark);
        parent.remove_child(end);
        return next;
    }

    // Takes the marks out of the text of the rows.
    static void RemoveMark(const pugi::xml_node& row, std::string_view mark, bool last) {
        pugi::xml_node target;
        Placeholder range;
        EachParagraph(row, [&](const pugi::xml_node& paragraph) {
            for (const auto& placeholder : FindPlaceholders(ParagraphText(paragraph))) {
                if (placeholder.name == mark && (last || !target)) {
                    target = paragraph;
                    range = placeholder;
                }
            }
        });
        if (target) {
            pugi::xml_node hole = CutRange(target, range.begin, range.end);
            hole.parent().remove_child(hole);
        }
    }

    pugi::xml_node RepeatRows(pugi::xml_node row, const std::string& name, const Filling& filling) {
        std::vector<pugi::xml_node> inside;
        const std::string first_mark = RowMarks(row).front();
        int depth = 0;
        pugi::xml_node end = row;
        for (; end; end = end.next_sibling("w:tr")) {
            inside.push_back(end);
            for (const auto& mark : RowMarks(end)) {
                depth += EachName(mark) ? 1 : 0;
                depth -= mark == kEnd ? 1 : 0;
            }
            if (depth <= 0) {
                break;
            }
        }
        if (!end) {
            Fault(file_, "{{each " + name + "}}");
        }
        RemoveMark(row, first_mark, false);
        RemoveMark(end, kEnd, true);
        const pugi::xml_node next = end.next_sibling();
        Repeat(inside, name, filling);
        return next;
    }

    struct Fresh {
        pugi::xml_node hole;
        std::vector<Span> spans;
    };

    std::string_view file_;
    BlockWriter& writer_;
    std::vector<std::string>& unknown_;
    std::vector<Fresh> fresh_;
};

bool HoldsText(std::string_view part, std::string_view folder) {
    const std::string prefix(folder);
    return EndsWith(part, ".xml") &&
           (StartsWith(part, prefix + "header") || StartsWith(part, prefix + "footer"));
}

}  // namespace

struct DocxTemplate::Impl {
    Package package;
    std::string main_part;
    std::map<std::string, std::unique_ptr<pugi::xml_document>> texts;
    std::vector<std::string> order;
    pugi::xml_document styles;
    std::unique_ptr<BlockWriter> writer;

    explicit Impl(const Package& from) : package(from), main_part(MainPart(from)) {
        const auto slash = main_part.rfind('/');
        const std::string folder = slash == std::string::npos ? "" : main_part.substr(0, slash + 1);
        Load(main_part);
        for (const auto& name : package.Names()) {
            if (HoldsText(name, folder)) {
                Load(name);
            }
        }
        const std::string styles_part = folder + "styles.xml";
        if (package.Has(styles_part)) {
            ParseXml(package.Part(styles_part), package.name(), styles_part, styles);
        }
        writer = std::make_unique<BlockWriter>(*texts.at(main_part), styles);
    }

    void Load(const std::string& name) {
        auto xml = std::make_unique<pugi::xml_document>();
        ParseXml(package.Part(name), package.name(), name, *xml);
        texts.emplace(name, std::move(xml));
        order.push_back(name);
    }

    // Title and the like: plain text inside elements.
    void FillProperties(const Filling& filling, std::vector<std::string>& unknown) {
        if (!package.Has(kCoreProperties)) {
            return;
        }
        pugi::xml_document xml;
        ParseXml(package.Part(kCoreProperties), package.name(), kCoreProperties, xml);
        for (auto node : xml.document_element().children()) {
            std::string text = node.text().get();
            const auto found = FindPlaceholders(text);
            for (auto it = found.rbegin(); it != found.rend(); ++it) {
                const auto content = filling.value ? filling.value(it->name) : std::nullopt;
                const auto* spans = content ? std::get_if<std::vector<Span>>(&*content) : nullptr;
                if (spans != nullptr) {
                    text.replace(it->begin, it->end - it->begin, PlainText(*spans));
                } else if (std::find(unknown.begin(), unknown.end(), it->name) == unknown.end()) {
                    unknown.push_back(it->name);
                }
            }
            if (!found.empty()) {
                node.text().set(text.c_str());
            }
        }
        package.Set(kCoreProperties, WriteXml(xml));
    }
};

DocxTemplate::DocxTemplate(const Package& package) : impl_(std::make_unique<Impl>(package)) {}
DocxTemplate::~DocxTemplate() = default;
DocxTemplate::DocxTemplate(DocxTemplate&&) noexcept = default;
DocxTemplate& DocxTemplate::operator=(DocxTemplate&&) noexcept = default;

std::vector<std::string> DocxTemplate::Placeholders() const {
    std::vector<std::string> names;
    const auto add = [&](std::string_view text) {
        for (auto& placeholder : FindPlaceholders(text)) {
            if (std::find(names.begin(), names.end(), placeholder.name) == names.end()) {
                names.push_back(std::move(placeholder.name));
            }
        }
    };
    for (const auto& part : impl_->order) {
        EachParagraph(*impl_->texts.at(part), [&](const pugi::xml_node& paragraph) {
            add(ParagraphText(paragraph));
        });
    }
    if (impl_->package.Has(kCoreProperties)) {
        add(impl_->package.Part(kCoreProperties));
    }
    return names;
}

std::vector<std::string> DocxTemplate::Fill(const Filling& filling) {
    std::vector<std::string> unknown;
    for (const auto& part : impl_->order) {
        Filler filler(impl_->package.name(), *impl_->writer, unknown);
        filler.Fill(impl_->texts.at(part)->document_element(), filling);
        impl_->package.Set(part, WriteXml(*impl_->texts.at(part)));
    }
    impl_->FillProperties(filling, unknown);
    return unknown;
}

std::vector<std::string> DocxTemplate::Styles() const {
    return impl_->writer->StyleNames();
}

std::string DocxTemplate::Bytes() const {
    return impl_->package.Bytes();
}

}  // namespace zw::document
