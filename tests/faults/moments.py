#!/usr/bin/env python3
"""While six people work, the database is copied at some moments. What the town later says as of each must be what the copy says
now: every figure, by village, the rows behind one; and every row as its history has it.

    python3 tests/faults/moments.py build/debug/zhenwu [--moments 3] [--seed 1] [--fault KIND]

A fault is done behind the program's back to a version that has been followed by another, and must be found: `lose` removes it,
`change` writes another note, `late` lets it stand from the moment after.
"""

import argparse
import pathlib
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time

from as_of import INDICATOR, answers, differences, log_of, moment_of
from load import LEDGER, RETURNS, ImportWorker, RowWorker
from town import VILLAGES, Caller, Town

STANDING = "seq_from <= :seq and seq_to > :seq and seq_to <= :end and op <> 'delete' and state = 'live'"
FAULTS = {
    "lose": "delete from v_greenhouse where rowid = :row",
    "change": "update v_greenhouse set f10 = '别的' where rowid = :row",
    "late": "update v_greenhouse set seq_from = :seq + 1 where rowid = :row",
}
SAME = ("id", "version", "state", "place", "place_name", "values", "precision")


class Mover(RowWorker):
    """A change moves figures too."""

    def change(self, id_):
        note, row = self.tag("c"), self.rows[id_]
        gone = self.chance.choice((None, "2011-03-01", "2012-06-30", "2013-01-01"))
        values = {"note": note, "gone_on": gone, "status": self.chance.choice(("在用", "闲置", None)),
                  "occupied": f"{self.chance.randint(1, 300) / 100:.2f}"}
        made = self.step(("change", id_, note), "PATCH", f"/records/{LEDGER}/{id_}", {"values": values},
                         {"If-Match": f'"{row["version"]}"'})
        row.update(version=made["version"], note=note)


def rows_of(caller, record, **query):
    rows, after = [], ""
    while True:
        page = caller.ask("GET", f"/records/{record}", query={"limit": 200, "after": after, **query})
        rows += page["rows"]
        after = page["next"]
        if not after:
            return {row["id"]: {key: row[key] for key in SAME} for row in rows}


class Moment:
    """A copy of the town at an entry of its log that no other shares its millisecond with from then on."""

    def __init__(self, town, home):
        shutil.copytree(town.folder, home / "town", ignore=shutil.ignore_patterns("town.sqlite*", "log.head*", "staging"))
        self.copy = Town(town.program, home)
        self.behind = 0
        alone = False
        while not alone:
            self.copy.file.unlink(missing_ok=True)
            with sqlite3.connect(f"file:{town.file}?mode=ro", uri=True) as here, sqlite3.connect(self.copy.file) as there:
                here.backup(there)
            here.close()
            there.close()
            self.seq, self.at = log_of(self.copy.file)[-1]
            time.sleep(0.01)
            alone = all(at > self.at for seq, at in log_of(town.file) if seq > self.seq)

    def figures(self, town):
        wanted = answers(self.copy)
        self.behind = len(wanted[f"{INDICATOR} --records --period 2012"])
        return differences(wanted, answers(town, moment_of(self.at)))

    def rows(self, caller, histories):
        self.copy.serve()
        there, wrong = Caller(self.copy, caller.login, caller.cookie, caller.csrf), []
        for record, ids in histories.items():
            wanted = rows_of(there, record)
            wrong += [f"row {id_}: in the copy, and unknown now" for id_ in wanted if id_ not in ids]
            for id_, history in ids.items():
                stood = [one for one in history if int(one["seq"]) <= self.seq][-1:]
                told = {key: stood[0]["record"][key] for key in SAME} if stood and stood[0]["op"] != "delete" else None
                if told != wanted.get(id_):
                    wrong.append(f"row {id_}: {wanted.get(id_)}, as of then {told}")
        self.copy.end(signal.SIGTERM)
        return wrong


class Life:
    def __init__(self, given, home):
        self.given, self.home, self.chance = given, home, random.Random(given.seed)
        self.town = Town(given.program, home / "live")
        once = self.town.invite("office", "office")
        self.town.serve()
        self.office = Caller(self.town, "office").first(once)
        self.moments = []

    def beside(self, count):
        """What is no row: a figure that was entered, a return by hand."""
        self.office.ask("POST", "/figures/solar_greenhouses_existing/entered",
                        {"value": str(count + 7), "kind": "adopted", "organ": "统计局", "document": f"文〔{count}〕",
                         "reason": "核定"}, {"Idempotency-Key": f"entered {count}"}, query={"period": "2012"})
        place = VILLAGES[count % 2][0]
        self.office.ask("POST", f"/returns/{RETURNS}", {"what": "zero"}, query={"period": "2012", "place": place})
        if count % 2:
            self.office.ask("DELETE", f"/returns/{RETURNS}", query={"period": "2012", "place": VILLAGES[0][0], "why": "误报"})

    def live(self):
        kinds = (Mover,) * 5 + (ImportWorker,)
        workers = [kind(f"w{n}", self.office.again(), random.Random(self.given.seed * 10 + n)) for n, kind in enumerate(kinds)]
        for worker in workers:
            worker.start()
        for count in range(self.given.moments):
            time.sleep(self.chance.uniform(0.3, 0.7))
            self.beside(count)
            self.moments.append(Moment(self.town, self.home / f"copy{count}"))
        time.sleep(1)
        for worker in workers:
            worker.stopping = True
        for worker in workers:
            worker.join(60)
        return [fault for worker in workers for fault in worker.wrong]

    def damage(self, kind):
        self.town.end(signal.SIGTERM)
        words = {"seq": self.moments[0].seq, "end": log_of(self.town.file)[-1][0]}
        with sqlite3.connect(self.town.file) as file:
            found = file.execute(f"select rowid from v_greenhouse where {STANDING} limit 1", words).fetchone()
            if found is None or file.execute(FAULTS[kind], {"seq": words["seq"], "row": found[0]}).rowcount != 1:
                sys.exit("the fault could not be done")
        file.close()
        self.town.serve()
        self.office = self.office.again()

    def compared(self):
        histories = {}
        for record in (LEDGER, RETURNS):
            ids = [*rows_of(self.office, record), *rows_of(self.office, record, deleted=1)]
            histories[record] = {id_: self.office.ask("GET", f"/records/{record}/{id_}")["history"] for id_ in ids}
        wrong = []
        for moment in self.moments:
            found = moment.rows(self.office, histories) + moment.figures(self.town)
            wrong += [f"as of {moment_of(moment.at)}: {one}" for one in found]
        return wrong, sum(len(history) for ids in histories.values() for history in ids.values())


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("program")
    words.add_argument("--moments", type=int, default=3)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--fault", choices=FAULTS)
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="zhenwu-moments-") as home:
        life = Life(given, pathlib.Path(home))
        wrong = life.live()
        if given.fault:
            life.damage(given.fault)
        differ, versions = life.compared()
        wrong += differ + (life.town.faults() if not given.fault else [])
        life.town.end(signal.SIGTERM)
    if wrong:
        sys.exit("\n".join(wrong[:20]))
    if given.fault:
        sys.exit("the fault was never found")
    print(f"{len(life.moments)} moments as their copies say, among {versions} versions; greenhouses behind the figure: "
          f"{[moment.behind for moment in life.moments]}")


if __name__ == "__main__":
    main()
