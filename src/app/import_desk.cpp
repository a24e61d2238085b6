#include "app/import_desk.h"

#include <algorithm>
#include <atomic>

#include "base/crypto.h"
#include "base/not_found.h"
#include "base/text.h"

namespace zw::app {

namespace fs = std::filesystem;

struct ImportDesk::Tray {
    std::string id;
    std::string owner;
    fs::path folder;
    std::vector<std::string> names;  // in the order they came
    TrayState state = TrayState::kOpen;
    ledger::Mapping mapping;
    std::vector<ledger::CellMend> mends;
    access::Actor actor;  // who asked for the work
    ledger::ImportOptions options;
    std::string stage;
    int64_t done = 0;
    int64_t total = 0;
    std::atomic<bool> cancelled{false};
    std::shared_ptr<const ledger::ImportResult> result;
    std::optional<Problem> problem;

    bool Busy() const { return state == TrayState::kWaiting || state == TrayState::kWorking; }
    fs::path FileOf(const std::string& name) const { return folder / "files" / name; }
    fs::path RejectsFolder() const { return folder / "rejects"; }
    // Whatever was found holds no longer.
    void Reopen() {
        state = TrayState::kOpen;
        result.reset();
        problem.reset();
    }
};

namespace {

// A bare name that every file system takes, no path.
void CheckName(const std::string& name) {
    constexpr size_t kMaxNameBytes = 200;
    const bool odd = std::any_of(name.begin(), name.end(), [](unsigned char c) {
        return c < 0x20 || c == 0x7f || c == '/' || c == '\\' || c == ':';
    });
    if (name.empty() || name == "." || name == ".." || name.size() > kMaxNameBytes || odd) {
        throw Problem("bad_file_name", {{"name", name}});
    }
}

[[noreturn]] void NoSuchTray(const std::string& tray) {
    throw NotFound(Thing::kImport, tray);
}

const ledger::SheetProposal* ProposalOf(
    const ledger::ImportResult* result, const TableDecision& decision
) {
    if (result == nullptr) {
        return nullptr;
    }
    const auto found = std::find_if(
        result->proposals.begin(),
        result->proposals.end(),
        [&](const ledger::SheetProposal& one) {
            return one.file == decision.file && one.sheet == decision.sheet &&
                   one.table == decision.table;
        }
    );
    return found == result->proposals.end() ? nullptr : &*found;
}

// The mapping's own entry for the table, made from what was proposed where there is none yet.
ledger::SheetMapping& EntryOf(
    ledger::Mapping& mapping, const ledger::SheetProposal& proposal, const TableDecision& decision
) {
    for (ledger::SheetMapping& entry : mapping.sheets) {
        if (entry.file == decision.file && entry.match == decision.sheet &&
            entry.table == decision.table) {
            return entry;
        }
    }
    ledger::SheetMapping entry = proposal.mapping;
    entry.file = decision.file;
    entry.match = decision.sheet;
    entry.table = decision.table;
    mapping.sheets.push_back(std::move(entry));
    return mapping.sheets.back();
}

void Apply(const TableDecision& decision, ledger::SheetMapping& entry) {
    if (decision.record && *decision.record != entry.record) {
        // Another ledger has other fields: its columns are proposed anew.
        entry.record = *decision.record;
        entry.columns.clear();
        entry.codes.clear();
        entry.unpivot.reset();
    }
    for (const auto& [heading, field] : decision.columns) {
        entry.columns[heading] = field;
    }
    if (decision.place) {
        entry.place = {ledger::SourceKind::kFixed, {}, *decision.place};
    }
    if (decision.period) {
        entry.period = {ledger::SourceKind::kFixed, {}, *decision.period};
    }
    entry.ambiguous_month = decision.ambiguous_month.value_or(entry.ambiguous_month);
}

}  // namespace

std::string_view TrayStateName(TrayState state) {
    switch (state) {
        case TrayState::kWaiting:
            return "waiting";
        case TrayState::kWorking:
            return "working";
        case TrayState::kLooked:
            return "looked";
        case TrayState::kDone:
            return "done";
        case TrayState::kFailed:
            return "failed";
        case TrayState::kOpen:
            break;
    }
    return "open";
}

ImportDesk::ImportDesk(ledger::Ledger& ledger, RandomSource& random, fs::path folder)
    : ledger_(ledger), random_(random), folder_(std::move(folder)) {
    fs::remove_all(folder_);
    worker_ = std::thread([this] { Work(); });
}

ImportDesk::~ImportDesk() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        for (const auto& [id, tray] : trays_) {
            tray->cancelled = true;
        }
    }
    changed_.notify_all();
    worker_.join();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

std::shared_ptr<ImportDesk::Tray> ImportDesk::Find(
    const access::Actor& actor, const std::string& tray
) const {
    const auto found = trays_.find(tray);
    if (found == trays_.end() || found->second->owner != actor.name) {
        NoSuchTray(tray);
    }
    return found->second;
}

std::shared_ptr<ImportDesk::Tray> ImportDesk::Idle(
    const access::Actor& actor, const std::string& tray
) const {
    std::shared_ptr<Tray> found = Find(actor, tray);
    if (found->Busy()) {
        throw Problem("tray_busy");
    }
    return found;
}

// Ids grow with nothing: the oldest is the one whose folder was made first.
void ImportDesk::MakeRoom() {
    while (trays_.size() >= kMaxTrays) {
        auto oldest = trays_.end();
        for (auto at = trays_.begin(); at != trays_.end(); ++at) {
            const bool older =
                oldest == trays_.end() || fs::last_write_time(at->second->folder) <
                                              fs::last_write_time(oldest->second->folder);
            oldest = !at->second->Busy() && older ? at : oldest;
        }
        if (oldest == trays_.end()) {
            throw Problem("tray_full");
        }
        fs::remove_all(oldest->second->folder);
        trays_.erase(oldest);
    }
}

std::string ImportDesk::Open(const access::Actor& actor) {
    constexpr size_t kIdBytes = 12;
    auto tray = std::make_shared<Tray>();
    tray->id = ToHex(random_.Bytes(kIdBytes));
    tray->owner = actor.name;
    tray->folder = folder_ / tray->id;
    const std::lock_guard lock(mutex_);
    MakeRoom();
    fs::create_directories(tray->folder / "files");
    trays_[tray->id] = tray;
    return tray->id;
}

void ImportDesk::Add(
    const access::Actor& actor,
    const std::string& tray,
    const std::string& name,
    const fs::path& file
) {
    CheckName(name);
    const std::lock_guard lock(mutex_);
    const std::shared_ptr<Tray> found = Idle(actor, tray);
    const bool known =
        std::find(found->names.begin(), found->names.end(), name) != found->names.end();
    if (!known && found->names.size() >= kMaxTrayFiles) {
        throw Problem("tray_full");
    }
    std::error_code elsewhere;
    fs::rename(file, found->FileOf(name), elsewhere);
    if (elsewhere) {  // another file system
        fs::copy_file(file, found->FileOf(name), fs::copy_options::overwrite_existing);
        fs::remove(file);
    }
    if (!known) {
        found->names.push_back(name);
    }
    found->Reopen();
}

void ImportDesk::Remove(
    const access::Actor& actor, const std::string& tray, const std::string& name
) {
    const std::lock_guard lock(mutex_);
    const std::shared_ptr<Tray> found = Idle(actor, tray);
    if (std::erase(found->names, name) == 0) {
        throw NotFound(Thing::kFile, name);
    }
    fs::remove(found->FileOf(name));
    std::erase_if(found->mapping.sheets, [&](const ledger::SheetMapping& entry) {
        return entry.file == name;
    });
    std::erase_if(found->mends, [&](const ledger::CellMend& mend) { return mend.file == name; });
    found->Reopen();
}

void ImportDesk::Decide(
    const access::Actor& actor, const std::string& tray, const TableDecision& decision
) {
    const std::lock_guard lock(mutex_);
    const std::shared_ptr<Tray> found = Idle(actor, tray);
    const ledger::SheetProposal* proposal = ProposalOf(found->result.get(), decision);
    if (proposal == nullptr) {
        throw NotFound(Thing::kSheet, decision.file + " / " + decision.sheet);
    }
    ledger::Mapping mapping = found->mapping;
    Apply(decision, EntryOf(mapping, *proposal, decision));
    // Read back as a file would be: unknown ledgers and fields are told now.
    found->mapping = ledger::ParseMapping(ledger::ToToml(mapping), ledger_.model());
}

void ImportDesk::Mend(
    const access::Actor& actor,
    const std::string& tray,
    const ledger::CellMend& where,
    const std::optional<std::string>& text
) {
    const std::lock_guard lock(mutex_);
    const std::shared_ptr<Tray> found = Idle(actor, tray);
    if (std::find(found->names.begin(), found->names.end(), where.file) == found->names.end()) {
        throw NotFound(Thing::kFile, where.file);
    }
    std::erase_if(found->mends, [&](const ledger::CellMend& mend) {
        return mend.file == where.file && mend.sheet == where.sheet && mend.row == where.row &&
               mend.column == where.column;
    });
    if (!text) {
        return;
    }
    if (found->mends.size() >= kMaxTrayMends) {
        throw Problem("tray_full");
    }
    found->mends.push_back(where);
    found->mends.back().text = *text;
}

void ImportDesk::Start(
    const access::Actor& actor, const std::string& tray, ledger::ImportOptions options
) {
    {
        const std::lock_guard lock(mutex_);
        const std::shared_ptr<Tray> found = Idle(actor, tray);
        if (found->names.empty()) {
            throw Problem("tray_empty");
        }
        options.map = found->mapping.sheets.empty() ? "" : ledger::ToToml(found->mapping);
        options.mends = found->mends;
        found->actor = actor;
        found->options = std::move(options);
        found->cancelled = false;
        found->problem.reset();
        found->stage.clear();
        found->done = found->total = 0;
        found->state = TrayState::kWaiting;
        queue_.push_back(found);
    }
    changed_.notify_all();
}

void ImportDesk::Look(const access::Actor& actor, const std::string& tray, bool take_proposals) {
    ledger::ImportOptions options;
    options.dry_run = true;
    options.yes = take_proposals;
    Start(actor, tray, std::move(options));
}

void ImportDesk::Run(const access::Actor& actor, const std::string& tray, const std::string& why) {
    ledger::ImportOptions options;
    options.yes = true;
    options.why = why;
    {
        const std::lock_guard lock(mutex_);
        options.rejects = Find(actor, tray)->RejectsFolder();
    }
    Start(actor, tray, std::move(options));
}

void ImportDesk::Cancel(const access::Actor& actor, const std::string& tray) {
    const std::lock_guard lock(mutex_);
    Find(actor, tray)->cancelled = true;
}

TrayView ImportDesk::View(const access::Actor& actor, const std::string& tray) const {
    const std::lock_guard lock(mutex_);
    const std::shared_ptr<Tray> found = Find(actor, tray);
    TrayView view;
    view.id = found->id;
    view.state = found->state;
    for (const std::string& name : found->names) {
        view.files.push_back({name, fs::file_size(found->FileOf(name))});
    }
    view.stage = found->stage;
    view.done = found->done;
    view.total = found->total;
    view.mapping = found->mapping;
    view.mends = found->mends;
    view.result = found->result;
    view.problem = found->problem;
    return view;
}

std::optional<fs::path> ImportDesk::Rejects(
    const access::Actor& actor, const std::string& tray, const std::string& name
) const {
    const std::lock_guard lock(mutex_);
    const std::shared_ptr<Tray> found = Find(actor, tray);
    if (found->state != TrayState::kDone) {
        return std::nullopt;
    }
    for (const ledger::FileResult& file : found->result->files) {
        if (file.file == name && !file.rejects.empty()) {
            return file.rejects;
        }
    }
    return std::nullopt;
}

void ImportDesk::Close(const access::Actor& actor, const std::string& tray) {
    const std::lock_guard lock(mutex_);
    const std::shared_ptr<Tray> found = Idle(actor, tray);
    fs::remove_all(found->folder);
    trays_.erase(tray);
}

void ImportDesk::Work() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        if (stopping_) {
            return;
        }
        const std::shared_ptr<Tray> tray = queue_.front();
        queue_.pop_front();
        tray->state = TrayState::kWorking;
        lock.unlock();
        WorkOn(tray);
        lock.lock();
    }
}

void ImportDesk::WorkOn(const std::shared_ptr<Tray>& tray) {
    std::vector<fs::path> files;
    {
        const std::lock_guard lock(mutex_);
        for (const std::string& name : tray->names) {
            files.push_back(tray->FileOf(name));
        }
    }
    ledger::ImportOptions options = tray->options;
    options.progress = [this, &tray](const std::string& stage, int64_t done, int64_t total) {
        if (tray->cancelled) {
            throw Problem("cancelled");
        }
        const std::lock_guard lock(mutex_);
        tray->stage = stage;
        tray->done = done;
        tray->total = total;
    };
    std::shared_ptr<const ledger::ImportResult> result;
    std::optional<Problem> problem;
    try {
        result = std::make_shared<const ledger::ImportResult>(
            ledger::Importer(ledger_).Import(tray->actor, files, options)
        );
    } catch (const Problem& thrown) {
        problem = thrown;
    } catch (const std::exception& error) {
        problem = Problem("internal", {{"what", error.what()}});
    }
    const std::lock_guard lock(mutex_);
    tray->problem = problem;
    if (result) {
        tray->result = std::move(result);
        tray->state = options.dry_run ? TrayState::kLooked : TrayState::kDone;
    } else {
        tray->state = TrayState::kFailed;
    }
}

}  // namespace zw::app
