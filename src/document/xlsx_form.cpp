#include "document/xlsx_form.h"

#include <array>
#include <map>
#include <set>

#include "base/problem.h"
#include "base/text.h"
#include "document/xlsx_sheet.h"
#include "document/xml.h"

namespace zw::document {

namespace {

constexpr std::string_view kMacros = "macroEnabled";

struct SheetPart {
    std::string name;
    std::string part;
    bool hidden = false;
};

// What a relation of `part` points to, from the package's root.
std::string Resolve(const std::string& part, const std::string& target) {
    if (StartsWith(target, "/")) {
        return target.substr(1);
    }
    std::vector<std::string> path = Split(part, '/');
    path.pop_back();
    for (const std::string& step : Split(target, '/')) {
        if (step == ".." && !path.empty()) {
            path.pop_back();
        } else if (step != "." && step != "..") {
            path.push_back(step);
        }
    }
    return Join(path, "/");
}

struct Relation {
    std::string type;
    std::string part;
};

std::map<std::string, Relation> RelationsOf(const Package& package, const std::string& part) {
    const size_t slash = part.rfind('/') + 1;  // npos + 1 is 0
    const std::string file = part.substr(0, slash) + "_rels/" + part.substr(slash) + ".rels";
    std::map<std::string, Relation> relations;
    pugi::xml_document document;
    ParseXml(package.Part(file), package.name(), file, document);
    for (const auto& relation : document.document_element().children()) {
        const std::string type = relation.attribute("Type").value();
        relations[relation.attribute("Id").value()] = {
            type.substr(type.rfind('/') + 1), Resolve(part, relation.attribute("Target").value())};
    }
    return relations;
}

[[noreturn]] void Unknown(std::string_view name, std::string what) {
    throw Problem("file_unknown", {{"file", std::string(name)}, {"what", std::move(what)}});
}

// What an office file of another kind is told by its first bytes.
void RequireZip(std::string_view bytes, std::string_view name) {
    constexpr std::string_view kCompound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    if (!StartsWith(bytes, kCompound)) {
        return;
    }
    std::string wide;
    for (const char letter : std::string_view("EncryptedPackage")) {
        wide += letter;
        wide += '\0';
    }
    if (bytes.find(wide) != std::string_view::npos) {
        throw Problem("file_encrypted", {{"file", std::string(name)}});
    }
    Unknown(name, "旧版 .xls");
}

}  // namespace

struct XlsxForm::Impl {
    Package package;
    std::string workbook;  // its part
    std::vector<SheetPart> sheets;
    std::vector<std::string> shared;
    std::vector<bool> percent;  // by format
    // Read when first asked for.
    mutable std::map<std::string, std::unique_ptr<XlsxSheet>> trees;
    std::set<std::string> changed;  // parts

    void FindSheets();
    void ReadShared(const std::string& part);
    void ReadStyles(const std::string& part);

    const SheetPart* FindPart(const std::string& sheet) const {
        for (const SheetPart& one : sheets) {
            if (one.name == sheet) {
                return &one;
            }
        }
        return nullptr;
    }
    XlsxSheet& Tree(const std::string& part) const {
        auto& tree = trees[part];
        if (!tree) {
            tree = std::make_unique<XlsxSheet>(package.Part(part), package.name(), part);
        }
        return *tree;
    }
    std::optional<Words> Refusal(const std::string& sheet, const CellRef& cell) const {
        const SheetPart* part = FindPart(sheet);
        if (part == nullptr) {
            return CatalogueWords("form_no_sheet");
        }
        return Tree(part->part).Refusal(cell);
    }
    XlsxSheet& ToSet(const std::string& sheet, const CellRef& cell) {
        if (const auto why = Refusal(sheet, cell)) {
            throw Problem(
                "form_cell",
                {{"sheet", sheet},
                 {"cell", CellName(cell)},
                 {"what", why->zh},
                 {"what_en", why->en}}
            );
        }
        const std::string& part = FindPart(sheet)->part;
        changed.insert(part);
        return Tree(part);
    }
    std::string WorkbookThatComputes() const;
};

void XlsxForm::Impl::FindSheets() {
    const auto relations = RelationsOf(package, workbook);
    pugi::xml_document document;
    ParseXml(package.Part(workbook), package.name(), workbook, document);
    for (const auto& sheet : LocalChild(document.document_element(), "sheets").children()) {
        std::string id;
        for (const auto& attribute : sheet.attributes()) {
            id = EndsWith(attribute.name(), ":id") ? attribute.value() : id;
        }
        const auto relation = relations.find(id);
        if (relation != relations.end() && relation->second.type == "worksheet") {
            const std::string_view state = sheet.attribute("state").value();
            sheets.push_back(
                {sheet.attribute("name").value(),
                 relation->second.part,
                 state == "hidden" || state == "veryHidden"}
            );
        }
    }
    for (const auto& [id, relation] : relations) {
        if (relation.type == "sharedStrings") {
            ReadShared(relation.part);
        } else if (relation.type == "styles") {
            ReadStyles(relation.part);
        }
    }
}

void XlsxForm::Impl::ReadShared(const std::string& part) {
    pugi::xml_document document;
    ParseXml(package.Part(part), package.name(), part, document);
    for (const auto& item : document.document_element().children()) {
        if (IsLocal(item, "si")) {
            shared.push_back(RichText(item));
        }
    }
}

void XlsxForm::Impl::ReadStyles(const std::string& part) {
    pugi::xml_document document;
    ParseXml(package.Part(part), package.name(), part, document);
    const auto root = document.document_element();
    std::set<int> formats = {9, 10};  // 0% and 0.00%, built in
    for (const auto& format : LocalChild(root, "numFmts").children()) {
        const std::string_view code = format.attribute("formatCode").value();
        bool quoted = false;
        for (size_t i = 0; i < code.size(); ++i) {
            quoted = code[i] == '"' ? !quoted : quoted;
            if (code[i] == '%' && !quoted && (i == 0 || code[i - 1] != '\\')) {
                formats.insert(format.attribute("numFmtId").as_int());
            }
        }
    }
    for (const auto& xf : LocalChild(root, "cellXfs").children()) {
        if (IsLocal(xf, "xf")) {
            percent.push_back(formats.contains(xf.attribute("numFmtId").as_int()));
        }
    }
}

// calcPr has its place in the order of a workbook's elements.
std::string XlsxForm::Impl::WorkbookThatComputes() const {
    pugi::xml_document document;
    ParseXml(package.Part(workbook), package.name(), workbook, document);
    auto root = document.document_element();
    auto compute = LocalChild(root, "calcPr");
    if (!compute) {
        const std::string_view name = root.name();
        const std::string prefix(name.substr(0, name.size() - LocalName(root).size()));
        constexpr std::array kBefore = {
            "definedNames", "externalReferences", "functionGroups", "sheets"};
        for (const char* before : kBefore) {
            if (const auto found = LocalChild(root, before)) {
                compute = root.insert_child_after((prefix + "calcPr").c_str(), found);
                break;
            }
        }
    }
    compute.remove_attribute("fullCalcOnLoad");
    compute.append_attribute("fullCalcOnLoad") = "1";
    return WriteXml(document);
}

XlsxForm::XlsxForm(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
XlsxForm::~XlsxForm() = default;
XlsxForm::XlsxForm(XlsxForm&&) noexcept = default;
XlsxForm& XlsxForm::operator=(XlsxForm&&) noexcept = default;

XlsxForm XlsxForm::Read(std::string_view bytes, std::string_view name) {
    RequireZip(bytes, name);
    auto impl = std::make_unique<Impl>();
    PackageLimits limits;  // every sheet becomes a tree several times as large
    limits.file_bytes = size_t{16} << 20U;
    limits.part_bytes = size_t{32} << 20U;
    limits.all_bytes = size_t{64} << 20U;
    impl->package = Package::Read(bytes, name, limits);
    impl->workbook = MainPart(impl->package);
    if (!impl->package.Has("[Content_Types].xml") || !impl->package.Has(impl->workbook)) {
        Unknown(name, "不是工作簿");
    }
    if (impl->package.Part("[Content_Types].xml").find(kMacros) != std::string::npos) {
        Unknown(name, "带宏的 .xlsm");
    }
    pugi::xml_document document;
    ParseXml(impl->package.Part(impl->workbook), name, impl->workbook, document);
    if (!IsLocal(document.document_element(), "workbook")) {
        Unknown(name, "不是工作簿");
    }
    impl->FindSheets();
    if (impl->sheets.empty()) {
        Unknown(name, "没有工作表");
    }
    for (const SheetPart& sheet : impl->sheets) {
        impl->Tree(sheet.part);  // damage is told now, not when somebody fills it
    }
    return XlsxForm(std::move(impl));
}

std::vector<std::string> XlsxForm::SheetNames() const {
    std::vector<std::string> names;
    for (const SheetPart& sheet : impl_->sheets) {
        names.push_back(sheet.name);
    }
    return names;
}

std::vector<FormSheet> XlsxForm::Sheets() const {
    std::vector<FormSheet> sheets;
    for (const SheetPart& sheet : impl_->sheets) {
        FormSheet grid = impl_->Tree(sheet.part).Grid(impl_->shared);
        grid.name = sheet.name;
        grid.hidden = sheet.hidden;
        sheets.push_back(std::move(grid));
    }
    return sheets;
}

std::string XlsxForm::Text(const std::string& sheet, const CellRef& cell) const {
    const SheetPart* part = impl_->FindPart(sheet);
    return part == nullptr ? "" : impl_->Tree(part->part).Text(cell, impl_->shared);
}

std::optional<Words> XlsxForm::Refusal(const std::string& sheet, const CellRef& cell) const {
    return impl_->Refusal(sheet, cell);
}

CellRef XlsxForm::Span(const std::string& sheet, const CellRef& cell) const {
    const SheetPart* part = impl_->FindPart(sheet);
    return part == nullptr ? CellRef{} : impl_->Tree(part->part).Span(cell);
}

bool XlsxForm::ShowsPercent(const std::string& sheet, const CellRef& cell) const {
    const SheetPart* part = impl_->FindPart(sheet);
    const auto style =
        part == nullptr ? size_t{0} : static_cast<size_t>(impl_->Tree(part->part).Style(cell));
    return style < impl_->percent.size() && impl_->percent[style];
}

void XlsxForm::SetNumber(const std::string& sheet, const CellRef& cell, std::string_view number) {
    impl_->ToSet(sheet, cell).SetNumber(cell, number);
}

void XlsxForm::SetText(const std::string& sheet, const CellRef& cell, std::string_view text) {
    impl_->ToSet(sheet, cell).SetText(cell, text);
}

void XlsxForm::Clear(const std::string& sheet, const CellRef& cell) {
    impl_->ToSet(sheet, cell).Clear(cell);
}

std::string XlsxForm::Bytes() const {
    Package package = impl_->package;
    if (impl_->changed.empty()) {
        return package.Bytes();
    }
    for (const SheetPart& sheet : impl_->sheets) {
        XlsxSheet& tree = impl_->Tree(sheet.part);
        if (tree.ForgetResults() || impl_->changed.contains(sheet.part)) {
            package.Set(sheet.part, tree.Xml());
        }
    }
    package.Set(impl_->workbook, impl_->WorkbookThatComputes());
    return package.Bytes();
}

}  // namespace zw::document
