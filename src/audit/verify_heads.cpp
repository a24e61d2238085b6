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

void VerifyHeads(
    store::Connection& connection,
    const KeyFile& key,
    const VerifyRequest& request,
    VerifyResult& result
) {
    if (!request.head_file.empty()) {
        const std::string where = request.head_file.filename().string();
        try {
            if (const auto head = HeadFile(request.head_file, key).Read()) {
                CheckHead(connection, request.town, {where, *head}, result);
            } else if (result.head) {
                Add(result, "audit_head_missing", where, *result.head);
            }
        } catch (const Problem& problem) {
            if (problem.code() != "head_damaged") {
                throw;
            }
            Add(result, "audit_head_damaged", where, {});
        }
    }
    for (const KnownHead& known : request.heads) {
        CheckHead(connection, request.town, known, result);
    }
}

}  // namespace zw::audit
