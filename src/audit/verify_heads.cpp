#include "audit/verify_parts.h"

namespace zw::audit {

namespace {

void Add(
    VerifyResult& result, const std::string& code, const std::string& where, const Head& head
) {
    const int64_t newest = result.head ? result.head->seq : 0;
    result.faults.push_back(
        {code,
         {{"where", where}, {"seq", std::to_string(head.seq)}, {"newest", std::to_string(newest)}},
         "",
         0,
         0,
         head.seq}
    );
}

void CheckHead(
    store::Connection& connection, int64_t town, const KnownHead& known, VerifyResult& result
) {
    const Head& head = known.head;
    if (head.town != town) {
        Add(result, "audit_head_differs", known.where, head);
        return;
    }
    if (head.seq > (result.head ? result.head->seq : 0)) {
        Add(result, "audit_tail_cut", known.where, head);
        return;
    }
    const auto row =
        connection.First("select mac from log where town=? and seq=?", {town, head.seq});
    // A missing entry in the middle is a gap and has been told.
    if (!row.empty() && !EqualInConstantTime(std::get<std::string>(row[0]), head.mac)) {
        Add(result, "audit_head_differs", known.where, head);
    }
}

}  // namespace

HeadOnFile ReadHeadOnFile(const std::filesystem::path& path, const KeyFile& key) {
    HeadOnFile read{path.filename().string(), false, std::nullopt};
    try {
        read.head = HeadFile(path, key).Read();
    } catch (const Problem& problem) {
        if (problem.code() != "head_damaged") {
            throw;
        }
        read.damaged = true;
    }
    return read;
}

void VerifyHeads(
    store::Connection& connection,
    const KeyFile& key,
    const VerifyRequest& request,
    VerifyResult& result
) {
    std::optional<HeadOnFile> on_file = request.head_on_file;
    if (!on_file && !request.head_file.empty()) {
        on_file = ReadHeadOnFile(request.head_file, key);
    }
    if (on_file && on_file->damaged) {
        Add(result, "audit_head_damaged", on_file->where, {});
    } else if (on_file && on_file->head) {
        CheckHead(connection, request.town, {on_file->where, *on_file->head}, result);
    } else if (on_file && result.head) {
        Add(result, "audit_head_missing", on_file->where, *result.head);
    }
    for (const KnownHead& known : request.heads) {
        CheckHead(connection, request.town, known, result);
    }
}

}  // namespace zw::audit
