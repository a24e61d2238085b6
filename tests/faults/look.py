"""After the program was started again: is every answered write there, and what was under way whole or not at all."""

from load import BULK, LEDGER, RETURNS, VILLAGES, YEARS, ImportWorker, RowWorker, SealWorker
from town import Refused


class Look:
    def __init__(self, caller):
        self.caller, self.wrong = caller, []

    def that(self, holds, what):
        if not holds:
            self.wrong.append(what)

    def all_of(self, workers):
        for worker in workers:
            if isinstance(worker, RowWorker):
                self.rows(worker)
            elif isinstance(worker, ImportWorker):
                self.imported(worker)
            elif isinstance(worker, SealWorker):
                self.sealed(worker)
            worker.open = None
        return self.wrong

    def noted(self, note):
        """Rows that stand with exactly that note."""
        page = self.caller.ask("GET", f"/records/{LEDGER}", query={"contains.note": note, "limit": 200})
        return [row for row in page["rows"] if row["values"]["note"] == note]

    def row(self, id_):
        try:
            told = self.caller.ask("GET", f"/records/{LEDGER}/{id_}")
        except Refused as refused:
            return {"version": "none", "note": refused.status, "deleted": None}
        return {"version": told["version"], "note": told["values"]["note"], "deleted": told["is_deleted"]}

    def rows(self, worker):
        under = worker.open or ("nothing",)
        for id_, answered in worker.rows.items():
            stands = self.row(id_)
            if under[0] in ("change", "delete", "restore") and under[1] == id_:
                self.either(worker, id_, answered, stands)
            else:
                self.that(stands == answered, f"{worker.name}: row {id_}: answered {answered}, found {stands}")
        if under[0] == "create":
            self.created(worker, *under[1:])
        for note, batch in worker.batches.items():
            if under[:2] != ("undo", note):
                wanted = 0 if batch["undone"] else BULK
                self.that(len(self.noted(note)) == wanted, f"{worker.name}: batch {note}: {len(self.noted(note))} rows of {wanted}")
        if under[0] == "bulk":
            self.pasted(worker, *under[1:])
        if under[0] == "undo":
            self.taken_back(worker, under[1])

    def either(self, worker, id_, answered, stands):
        what, written = worker.open[0], dict(answered)
        written["version"] = str(int(answered["version"]) + 1)
        written["deleted"] = what == "delete"
        written["note"] = worker.open[2] if what == "change" else answered["note"]
        self.that(stands in (answered, written), f"{worker.name}: {what} of row {id_} under way: found {stands}")
        worker.rows[id_] = stands

    def created(self, worker, note, row):
        """Sent again under its key it is made once, whether or not it was written before."""
        self.that(len(self.noted(note)) <= 1, f"{worker.name}: {note} was made twice")
        made = self.caller.ask("POST", f"/records/{LEDGER}", row, {"Idempotency-Key": note})
        found = [one["id"] for one in self.noted(note)]
        self.that(found == [made["id"]], f"{worker.name}: {note} sent again is {made['id']}, found {found}")
        worker.rows[made["id"]] = {"version": made["version"], "note": note, "deleted": False}

    def pasted(self, worker, note, rows):
        count = len(self.noted(note))
        self.that(count in (0, BULK), f"{worker.name}: batch {note} under way: half done, {count} rows of {BULK}")
        made = self.caller.ask("POST", f"/records/{LEDGER}/bulk", rows, {"Idempotency-Key": note}, query={"why": "粘贴"})
        self.that(len(self.noted(note)) == BULK, f"{worker.name}: batch {note} sent again: {len(self.noted(note))} rows of {BULK}")
        worker.batches[note] = {"batch": made["batch"], "undone": False}

    def taken_back(self, worker, note):
        count = len(self.noted(note))
        self.that(count in (0, BULK), f"{worker.name}: undoing {note} under way: half done, {count} rows of {BULK}")
        worker.batches[note]["undone"] = count == 0

    def imported(self, worker):
        found = {}
        rows = self.caller.ask("GET", f"/records/{RETURNS}", query={"limit": 200})["rows"]
        for row in rows:
            amount = row["values"]["open_area"]
            found[amount] = found.get(amount, 0) + 1
        whole = len(VILLAGES) * len(YEARS)
        under = worker.open[1] if worker.open else None
        allowed = [{}] if worker.amount is None else [{f"{worker.amount}": whole}]
        if under is not None:
            allowed.append({f"{under}": whole})
        seen = {f"{float(amount):g}": count for amount, count in found.items()}
        self.that(seen in allowed, f"{worker.name}: rows by amount {seen}, may be {allowed}")
        if under is not None and seen == allowed[-1]:
            worker.amount = under

    def sealed(self, worker):
        listed = {one["edition"]: one for one in self.caller.ask("GET", "/reports/annual/editions", query={"period": "2023"})}
        for number in worker.sealed:
            self.that(listed.get(number, {}).get("sealed"), f"{worker.name}: edition {number} was sealed and is not")
        if worker.open and listed[worker.open[1]]["sealed"]:
            worker.sealed.append(worker.open[1])
        for number in worker.sealed[-1:]:
            told = self.caller.ask("GET", f"/editions/{number}/verify")
            self.that(told["sound"], f"{worker.name}: edition {number} replayed is another: {told}")
