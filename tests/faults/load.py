"""Eight who work at once, and what each was answered. What a worker was answered must be found again whatever happens to the
program; what was under way when it died was written whole or not at all."""

import itertools
import threading
import time
import urllib.parse

from town import VILLAGES, Dead

LEDGER, RETURNS = "greenhouse", "vegetable_return"
BULK = 20
YEARS = range(1960, 1980)
CHECK = "10X98765432"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

numbers = itertools.count(1)


def id_number(n):
    """A made-up citizen's number with the check digit of GB 11643."""
    body = f"62109919{70 + n % 30:02d}0101{n // 30 % 1000:03d}"
    return body + CHECK[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS)) % 11]


def new_row(note):
    n = next(numbers)
    return {"place": VILLAGES[n % 2][0],
            "values": {"holder": f"户{n}", "id_number": id_number(n), "kind": "钢架大棚",
                       "built_on": f"20{10 + n // 30000:02d}-05-01", "occupied": "1.50", "note": note}}


class Worker(threading.Thread):
    """`turn` does one piece of work through `step`, which keeps what was asked until it was answered."""

    kept = ()  # what is still held against the town when the program was started again

    def __init__(self, name, caller, chance):
        super().__init__(name=name, daemon=True)
        self.caller, self.chance = caller, chance
        self.open = None  # asked and not answered
        self.answered = 0
        self.wrong = []
        self.stopping = False

    def anew(self, caller):
        """The same worker at a program that was started again."""
        fresh = type(self)(self.name, caller, self.chance)
        for member in ("answered",) + self.kept:
            setattr(fresh, member, getattr(self, member))
        return fresh

    def step(self, what, *words, **more):
        self.open = what
        answer = self.caller.ask(*words, **more)
        self.open = None
        self.answered += 1
        return answer

    def turn(self):
        raise NotImplementedError

    def run(self):
        try:
            while not self.stopping:
                self.turn()
        except Dead:
            pass
        except Exception as error:  # pylint: disable=broad-except
            self.wrong.append(f"{self.name}: {type(error).__name__}: {error}")


class RowWorker(Worker):
    """Rows made, changed, deleted, restored; many in one batch, and batches taken back."""

    kept = ("rows", "batches", "count")

    def __init__(self, *words):
        super().__init__(*words)
        self.rows = {}     # id → version, note, deleted: as answered
        self.batches = {}  # note of the batch → batch id, taken back
        self.count = itertools.count(1)

    def tag(self, what):
        return f"{self.name}-{what}{next(self.count)}."

    def turn(self):
        chance = self.chance.random()
        standing = [id_ for id_, row in self.rows.items() if not row["deleted"]]
        gone = [id_ for id_, row in self.rows.items() if row["deleted"]]
        whole = [note for note, batch in self.batches.items() if not batch["undone"]]
        if chance < 0.35 or not standing:
            self.create()
        elif chance < 0.65:
            self.change(self.chance.choice(standing))
        elif chance < 0.75:
            self.delete(self.chance.choice(standing))
        elif chance < 0.82 and gone:
            self.restore(self.chance.choice(gone))
        elif chance < 0.92 or not whole:
            self.bulk()
        else:
            self.undo(self.chance.choice(whole))

    def create(self):
        note = self.tag("n")
        row = new_row(note)
        made = self.step(("create", note, row), "POST", f"/records/{LEDGER}", row, {"Idempotency-Key": note})
        self.rows[made["id"]] = {"version": made["version"], "note": note, "deleted": False}

    def change(self, id_):
        note, row = self.tag("c"), self.rows[id_]
        made = self.step(("change", id_, note), "PATCH", f"/records/{LEDGER}/{id_}", {"values": {"note": note}},
                         {"If-Match": f'"{row["version"]}"'})
        row.update(version=made["version"], note=note)

    def delete(self, id_):
        row = self.rows[id_]
        self.step(("delete", id_), "DELETE", f"/records/{LEDGER}/{id_}", headers={"If-Match": f'"{row["version"]}"'})
        row.update(version=str(int(row["version"]) + 1), deleted=True)

    def restore(self, id_):
        made = self.step(("restore", id_), "POST", f"/records/{LEDGER}/{id_}/restore")
        self.rows[id_].update(version=made["version"], deleted=False)

    def bulk(self):
        note = self.tag("b")
        rows = [new_row(note) for _ in range(BULK)]
        made = self.step(("bulk", note, rows), "POST", f"/records/{LEDGER}/bulk", rows, {"Idempotency-Key": note},
                         query={"why": "粘贴"})
        self.batches[note] = {"batch": made["batch"], "undone": False}

    def undo(self, note):
        self.step(("undo", note), "POST", f"/batches/{self.batches[note]['batch']}/undo")
        self.batches[note]["undone"] = True


class ImportWorker(Worker):
    """The same workbook again and again, each time with another amount in all its rows."""

    kept = ("amount",)

    def __init__(self, *words):
        super().__init__(*words)
        self.amount = None

    def turn(self):
        amount = next(numbers)
        lines = [f"{name},{year},{amount},1" for _, name in VILLAGES for year in YEARS]
        sheet = "村名,年度,露地蔬菜面积（亩）,露地蔬菜产量（吨）\n" + "\n".join(lines) + "\n"
        tray = self.caller.ask("POST", "/imports")["id"]
        name = urllib.parse.quote("蔬菜种植情况统计表.csv")
        self.caller.ask("PUT", f"/imports/{tray}/files/{name}", sheet.encode(),
                        {"Content-Type": "application/octet-stream"})
        self.work(tray, "look", {"take_proposals": True})
        self.open = ("import", amount)
        done = self.work(tray, "run", {})
        if done["state"] != "done" or not done["result"]["batch"]:
            raise AssertionError(f"the import ended {done['state']}: {done.get('problem')}")
        self.open, self.amount = None, amount
        self.answered += 1
        self.caller.ask("DELETE", f"/imports/{tray}")

    def work(self, tray, what, body):
        self.caller.ask("POST", f"/imports/{tray}/{what}", body)
        while True:
            told = self.caller.ask("GET", f"/imports/{tray}")
            if told["state"] not in ("waiting", "working"):
                return told
            time.sleep(0.02)


class SealWorker(Worker):
    """A report sealed, the next edition begun, and so on."""

    kept = ("sealed",)

    def __init__(self, *words):
        super().__init__(*words)
        self.sealed = []

    def turn(self):
        draft = self.caller.ask("POST", "/reports/annual/editions", {}, {"Idempotency-Key": f"{next(numbers)}"},
                                query={"period": "2023"})
        number = draft["edition"]
        slots = self.caller.ask("GET", "/reports/annual", query={"period": "2023", "edition": number})["slots"]
        waivers = {slot["id"]: "数字在核" for slot in slots if slot["blocks"]}
        self.step(("seal", number), "POST", f"/editions/{number}/seal", {"waivers": waivers})
        self.sealed.append(number)
