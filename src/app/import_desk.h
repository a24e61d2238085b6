#pragma once
// The import desk (导入台): files laid on a tray, looked at, mended and taken in as one batch, for
// people at the page. What a person decided about a table stays on the tray as a mapping. Trays
// live as long as the program; what was imported lives in the ledger.

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "access/place.h"
#include "base/environment.h"
#include "ledger/import.h"

namespace zw::app {

constexpr size_t kMaxTrayFiles = 50;
constexpr size_t kMaxTrayMends = 1000;
constexpr size_t kMaxTrays = 200;  // the oldest idle one gives way

struct TrayFile {
    std::string name;
    uintmax_t bytes = 0;
};

enum class TrayState {
    kOpen,     // nothing asked of it yet, or files changed since
    kWaiting,  // for another tray's work
    kWorking,
    kLooked,  // `result` is what would be done
    kDone,    // `result` is what was done
    kFailed,  // `problem` says why; nothing was written
};
std::string_view TrayStateName(TrayState state);  // open waiting working looked done failed

// A tray as it stands at one moment.
struct TrayView {
    std::string id;
    TrayState state = TrayState::kOpen;
    std::vector<TrayFile> files;
    std::string stage;  // kWorking: 识别 读取 写入 退回
    int64_t done = 0;
    int64_t total = 0;  // 0: not known
    ledger::Mapping mapping;
    std::vector<ledger::CellMend> mends;
    std::shared_ptr<const ledger::ImportResult> result;
    std::optional<Problem> problem;
};

// One decision about a table: where it goes, what its columns are, of which place and period it is.
// What is left out stays as proposed.
struct TableDecision {
    std::string file;
    std::string sheet;
    int table = 1;
    std::optional<std::string> record;           // another ledger; "" leaves the table out
    std::map<std::string, std::string> columns;  // heading path → field, "place", "" left out
    std::optional<std::string> place;            // a village's name or code, for the whole table
    std::optional<std::string> period;           // 2023, 2023Q4, 2023-06, for the whole table
    std::optional<int> ambiguous_month;
};

// Thread-safe. One thread of its own does the work, tray after tray: imports would wait for one
// another in the writer anyway.
class ImportDesk {
public:
    // `folder`: where files wait; whatever an earlier run left there is removed. All references
    // must outlive the desk.
    ImportDesk(ledger::Ledger& ledger, RandomSource& random, std::filesystem::path folder);
    ~ImportDesk();
    ImportDesk(const ImportDesk&) = delete;
    ImportDesk& operator=(const ImportDesk&) = delete;

    // A new tray of `actor`; only whoever opened a tray reaches it: "not_found" for everybody else.
    std::string Open(const access::Actor& actor);
    // Takes the file over. A file of the same name is replaced. Throws "bad_file_name",
    // "tray_full", "tray_busy".
    void Add(
        const access::Actor& actor,
        const std::string& tray,
        const std::string& name,
        const std::filesystem::path& file
    );
    void Remove(const access::Actor& actor, const std::string& tray, const std::string& name);
    // Throws "bad_mapping", "tray_busy". The tray must be looked at again.
    void Decide(const access::Actor& actor, const std::string& tray, const TableDecision& decision);
    // A cell that holds `text` instead; absent takes the correction back. Throws "tray_busy",
    // "not_found" for a file that is not on the tray, "tray_full".
    void Mend(
        const access::Actor& actor,
        const std::string& tray,
        const ledger::CellMend& where,
        const std::optional<std::string>& text
    );
    // Everything but the writing: what each table was taken for, what would be new, changed, same,
    // refused. `take_proposals`: open questions are answered with what is proposed.
    void Look(const access::Actor& actor, const std::string& tray, bool take_proposals);
    void Run(const access::Actor& actor, const std::string& tray, const std::string& why);
    // Work under way is given up at its next row, and nothing of it stays.
    void Cancel(const access::Actor& actor, const std::string& tray);
    TrayView View(const access::Actor& actor, const std::string& tray) const;
    // The workbook of a file's refused rows, after Run; absent when none was refused.
    std::optional<std::filesystem::path> Rejects(
        const access::Actor& actor, const std::string& tray, const std::string& name
    ) const;
    void Close(const access::Actor& actor, const std::string& tray);

private:
    struct Tray;
    std::shared_ptr<Tray> Find(const access::Actor& actor, const std::string& tray) const;
    std::shared_ptr<Tray> Idle(const access::Actor& actor, const std::string& tray) const;
    void Start(const access::Actor& actor, const std::string& tray, ledger::ImportOptions options);
    void Work();
    void WorkOn(const std::shared_ptr<Tray>& tray);
    void MakeRoom();

    ledger::Ledger& ledger_;
    RandomSource& random_;
    const std::filesystem::path folder_;
    mutable std::mutex mutex_;  // of everything below and of all trays
    std::condition_variable changed_;
    std::map<std::string, std::shared_ptr<Tray>> trays_;
    std::deque<std::shared_ptr<Tray>> queue_;
    bool stopping_ = false;
    std::thread worker_;
};

}  // namespace zw::app
