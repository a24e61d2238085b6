// Refused by said_in_both.py: what it says is Chinese alone.
void Half(const Finding& found) {
    throw Problem("bad_request", {{"what", "缺少 " + found.field}});
}
void Whole(const Finding& found) {
    throw Problem(
        "bad_request", {{"what", "缺少 " + found.field}, {"what_en", found.field + " is missing"}}
    );
}
void Said(Finding& found) {
    found.message = "第" + found.field + "行不对";
}
void Because() {
    throw Problem::Because("bad_request", {"缺少 id", "缺少 id"});
}
