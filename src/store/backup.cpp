#include "store/backup.h"

#include <stdlib.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/crypto.h"
#include "base/problem.h"
#include "base/text.h"
#include "store/tar.h"

namespace zw::store {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kTitleEntry = "BACKUP";
constexpr std::string_view kTitle = "zhenwu back-up 1\n";
constexpr std::string_view kSumsEntry = "SM3SUMS";
constexpr int64_t kLargestSums = 256LL << 20U;
constexpr size_t kPiece = 256UL * 1024;
constexpr std::array<std::string_view, 2> kFolders{"files", "local"};

// Gone with everything in it at the end of its scope.
class Scratch {
public:
    explicit Scratch(fs::path path) : path_(std::move(path)) {}
    ~Scratch() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    const fs::path& Path() const { return path_; }

private:
    fs::path path_;
};

struct Source {
    std::string name;  // in the back-up
    fs::path path;
    int64_t size = 0;
};

void AddFolder(const fs::path& folder, std::string_view name, std::vector<Source>& sources) {
    const fs::path root = folder / name;
    if (!fs::is_directory(root)) {
        return;
    }
    std::vector<Source> found;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        if (entry.is_regular_file()) {
            const std::string inside = fs::relative(entry.path(), folder).generic_string();
            found.push_back({inside, entry.path(), static_cast<int64_t>(entry.file_size())});
        }
    }
    std::sort(found.begin(), found.end(), [](const Source& a, const Source& b) {
        return a.name < b.name;
    });
    sources.insert(sources.end(), found.begin(), found.end());
}

// Writes entries and remembers their digests.
class BackupWriter {
public:
    explicit BackupWriter(ByteSink& sink) : sink_(sink), tar_(sink) {}

    void AddText(std::string_view name, std::string_view text) {
        tar_.Begin(std::string(name), static_cast<int64_t>(text.size()));
        tar_.Data(text);
        NoteSum(Sm3(text), name);
    }

    void AddFile(const Source& source, const std::function<void(int64_t)>& advance) {
        const auto in = OpenPlain(source.path);
        tar_.Begin(source.name, source.size);
        Sm3Hasher hasher;
        for (int64_t left = source.size; left > 0;) {
            const std::string bytes =
                in->Read(static_cast<size_t>(std::min<int64_t>(left, kPiece)));
            if (bytes.empty()) {
                throw Problem(
                    "io_failed",
                    {{"path", source.path.string()}, {"what", "the file became shorter"}}
                );
            }
            hasher.Update(bytes);
            tar_.Data(bytes);
            left -= static_cast<int64_t>(bytes.size());
            advance(static_cast<int64_t>(bytes.size()));
        }
        NoteSum(hasher.Finish(), source.name);
    }

    void Finish() {
        const std::string sums = sums_ + "total " + ToHex(Sm3(sums_)) + "\n";
        tar_.Begin(std::string(kSumsEntry), static_cast<int64_t>(sums.size()));
        tar_.Data(sums);
        tar_.Finish();
        sink_.Finish();
    }

private:
    void NoteSum(std::string_view digest, std::string_view name) {
        sums_ += ToHex(digest) + "  " + std::string(name) + "\n";
    }

    ByteSink& sink_;
    TarWriter tar_;
    std::string sums_;
};

std::string ReadText(const fs::path& path) {
    const auto in = OpenPlain(path);
    return in->Read(static_cast<size_t>(fs::file_size(path)));
}

// Whether an entry may be written into a town's folder: no way leads out of it.
bool IsOfATown(const std::string& name) {
    if (name == "town.sqlite" || name == "key" || name == "log.head") {
        return true;
    }
    const std::vector<std::string> parts = Split(name, '/');
    const bool known = std::find(kFolders.begin(), kFolders.end(), parts[0]) != kFolders.end();
    const bool plain = std::none_of(parts.begin(), parts.end(), [](const std::string& part) {
        return part.empty() || part == "." || part == "..";
    });
    return known && plain && parts.size() > 1;
}

class BackupReader {
public:
    BackupReader(ByteSource& source, const fs::path& file, const fs::path& into)
        : source_(source), tar_(source, file.string()), file_(file), into_(into) {}

    void ReadAll(const std::function<void(int64_t)>& at) {
        ReadTitle();
        while (true) {
            const auto entry = tar_.Next();
            if (!entry) {
                Damaged("SM3SUMS");  // the end mark before the sums
            }
            if (entry->name == kSumsEntry) {
                CheckSums(entry->size);
                break;
            }
            Extract(*entry, at);
        }
        if (tar_.Next()) {
            Damaged("SM3SUMS");  // nothing may follow the sums
        }
        for (const std::string_view needed : {"town.sqlite", "key"}) {
            if (!fs::exists(into_ / needed)) {
                Damaged(std::string(needed));
            }
        }
    }

private:
    [[noreturn]] void Damaged(const std::string& where) const {
        throw Problem("backup_damaged", {{"path", file_.string()}, {"where", where}});
    }

    [[noreturn]] void NotOurs() const { throw Problem("not_a_backup", {{"path", file_.string()}}); }

    void ReadTitle() {
        std::optional<TarEntry> entry;
        try {
            entry = tar_.Next();
        } catch (const Problem& problem) {
            if (problem.code() != "backup_damaged") {
                throw;
            }
            NotOurs();
        }
        if (!entry || entry->name != kTitleEntry ||
            entry->size != static_cast<int64_t>(kTitle.size())) {
            NotOurs();
        }
        std::string text;
        tar_.Data([&](std::string_view bytes) { text += bytes; });
        if (text != kTitle) {
            NotOurs();
        }
        NoteSum(Sm3(text), entry->name);
    }

    void Extract(const TarEntry& entry, const std::function<void(int64_t)>& at) {
        if (!IsOfATown(entry.name)) {
            Damaged(entry.name);
        }
        const fs::path path = into_ / entry.name;
        fs::create_directories(path.parent_path());
        const auto out = CreatePlain(path);
        Sm3Hasher hasher;
        tar_.Data([&](std::string_view bytes) {
            hasher.Update(bytes);
            out->Write(bytes);
            at(source_.offset());
        });
        out->Finish();
        NoteSum(hasher.Finish(), entry.name);
    }

    void NoteSum(std::string_view digest, const std::string& name) {
        sums_.emplace_back(ToHex(digest), name);
    }

    // Names the first entry that is not as it was written.
    void CheckSums(int64_t size) {
        if (size > kLargestSums) {
            Damaged(std::string(kSumsEntry));
        }
        std::string text;
        tar_.Data([&](std::string_view bytes) { text += bytes; });
        const size_t total = text.rfind("total ");
        const std::string listed = text.substr(0, total);
        if (total == std::string::npos ||
            text.substr(total) != "total " + ToHex(Sm3(listed)) + "\n") {
            Damaged(std::string(kSumsEntry));
        }
        std::string expected;
        for (const auto& [digest, name] : sums_) {
            std::string line = digest;
            line.append("  ").append(name).append("\n");
            if (!StartsWith(
                    std::string_view(listed).substr(std::min(expected.size(), listed.size())), line
                )) {
                Damaged(name);
            }
            expected += line;
        }
        if (listed != expected) {
            Damaged(std::string(kSumsEntry));  // an entry was taken out
        }
    }

    ByteSource& source_;
    TarReader tar_;
    const fs::path file_;
    const fs::path into_;
    std::vector<std::pair<std::string, std::string>> sums_;
};

fs::path FolderOf(const fs::path& path) {
    const fs::path parent = fs::absolute(path).lexically_normal().parent_path();
    return parent.empty() ? fs::path("/") : parent;
}

// A folder without name yet, beside `path`.
fs::path NewFolderBeside(const fs::path& path) {
    std::string name = (FolderOf(path) / ".zhenwu-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
        throw Problem("io_failed", {{"path", name}, {"what", "cannot make a folder"}});
    }
    return name;
}

using SmallTexts = std::vector<std::pair<std::string, std::string>>;  // name, text

SmallTexts ReadSmallTexts(const fs::path& folder) {
    SmallTexts texts{{"key", ReadText(folder / "key")}};
    if (fs::exists(folder / "log.head")) {
        texts.emplace_back("log.head", ReadText(folder / "log.head"));
    }
    return texts;
}

void WriteEntries(
    ByteSink& sink,
    const SmallTexts& texts,
    const std::vector<Source>& sources,
    const BackupProgress& tell
) {
    int64_t done = sources[0].size;
    int64_t total = done;
    for (const Source& source : sources) {
        total += source.size;
    }
    BackupWriter writer(sink);
    writer.AddText(kTitleEntry, kTitle);
    for (const auto& [name, text] : texts) {
        writer.AddText(name, text);
    }
    for (const Source& source : sources) {
        writer.AddFile(source, [&](int64_t bytes) {
            done += bytes;
            tell(done, total);
        });
    }
    writer.Finish();
}

}  // namespace

void WriteBackup(
    Database& database,
    const fs::path& folder,
    const fs::path& file,
    std::string_view passphrase,
    const BackupProgress& progress,
    const PassphraseCost& cost
) {
    if (fs::exists(file)) {
        throw Problem("file_exists", {{"path", file.string()}});
    }
    const BackupProgress tell = progress ? progress : [](int64_t, int64_t) {};
    const Scratch scratch(NewFolderBeside(file));
    // The head first: a head newer than the copied log would look like a cut tail.
    const SmallTexts texts = ReadSmallTexts(folder);
    const auto live_size = static_cast<int64_t>(fs::file_size(folder / "town.sqlite"));
    database.CopyTo(scratch.Path() / "town.sqlite", [&](int64_t pages, int64_t all) {
        tell(all > 0 ? live_size * pages / all / 2 : 0, live_size);  // copying is half of the work
    });
    std::vector<Source> sources{{"town.sqlite", scratch.Path() / "town.sqlite", 0}};
    sources[0].size = static_cast<int64_t>(fs::file_size(sources[0].path));
    for (const std::string_view name : kFolders) {
        AddFolder(folder, name, sources);
    }
    const fs::path unfinished = scratch.Path() / "back-up";
    {
        const auto sink = passphrase.empty() ? CreatePlain(unfinished)
                                             : CreateSealed(unfinished, passphrase, cost);
        WriteEntries(*sink, texts, sources, tell);
    }
    fs::rename(unfinished, file);
}

void RestoreBackup(
    const fs::path& file,
    const fs::path& folder,
    std::string_view passphrase,
    const BackupProgress& progress
) {
    if (fs::exists(folder) && (!fs::is_directory(folder) || !fs::is_empty(folder))) {
        throw Problem("folder_not_empty", {{"path", folder.string()}});
    }
    const auto source = OpenPlainOrSealed(file, passphrase);
    const auto total = static_cast<int64_t>(fs::file_size(file));
    fs::create_directories(FolderOf(folder));
    const fs::path into = NewFolderBeside(folder);
    const Scratch scratch(into);
    for (const std::string_view name : kFolders) {
        fs::create_directory(into / name);
    }
    BackupReader(*source, file, into).ReadAll([&](int64_t offset) {
        if (progress) {
            progress(offset, total);
        }
    });
    fs::rename(into, folder);
    if (progress) {
        progress(total, total);
    }
}

}  // namespace zw::store
