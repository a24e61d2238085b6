#!/usr/bin/env python3
"""The program is killed with -9 at random moments while eight people work, and started again: every answered write must be
there, nothing half done, `check --cells` and `audit verify` at peace.

    python3 tests/faults/kill.py build/debug/zhenwu [--rounds 200] [--seed 1] [--fault KIND]

A fault is done to the file after the first kill, and must be found: `lose` (an answered row), `half` (rows of a batch), `cell`
(a kept total), `log` (who wrote something), `seal` (an edition is no longer final).
"""

import argparse
import collections
import pathlib
import random
import signal
import sqlite3
import sys
import tempfile
import time

from load import ImportWorker, RowWorker, SealWorker
from look import Look
from town import Caller, Town

# A town grows with every round; a new one keeps each round short.
ROUNDS_OF_TOWN = 20
LONGEST = 1.2
KINDS = ((RowWorker, "office"),) * 6 + ((ImportWorker, "office"), (SealWorker, "leader"))


class Killed:
    def __init__(self, program, home, chance):
        self.town, self.chance = Town(program, home), chance
        once = {role: self.town.invite(role, role) for role in ("leader", "office")}
        self.town.serve()
        self.people = {role: Caller(self.town, role).first(word) for role, word in once.items()}
        self.workers = [kind(f"w{n}", self.people[role].again(), chance) for n, (kind, role) in enumerate(KINDS)]

    def round(self):
        """What was found wrong."""
        self.workers = [worker.anew(self.people[role].again()) for worker, (_, role) in zip(self.workers, KINDS)]
        for worker in self.workers:
            worker.start()
        time.sleep(self.chance.uniform(0.05, LONGEST))
        self.town.end(signal.SIGKILL)
        for worker in self.workers:
            worker.stopping = True
        for worker in self.workers:
            worker.join(30)

    def look(self):
        self.town.serve()
        wrong = [fault for worker in self.workers for fault in worker.wrong]
        wrong += Look(self.people["office"].again()).all_of(self.workers)
        return wrong + self.town.faults()


def damage(kind, killed):
    """As a disk or a hand would do it, behind the program's back."""
    rows = [id_ for worker in killed.workers for id_, row in getattr(worker, "rows", {}).items() if not row["deleted"]]
    # A batch whose undoing was under way may be gone already, lawfully.
    notes = [note for worker in killed.workers for note, batch in getattr(worker, "batches", {}).items()
             if not batch["undone"] and (worker.open or ())[:2] != ("undo", note)]
    statements = {
        "lose": [("delete from r_greenhouse where id = ?", rows[:1]), ("delete from v_greenhouse where id = ?", rows[:1])],
        "half": [("delete from r_greenhouse where id in (select id from r_greenhouse where f10 = ? limit 7)", notes[:1])],
        "cell": [("update cell set total = total + 1 where indicator = ("
                  "select indicator from cell where total > 0 and n > 0 limit 1) and total > 0", [])],
        "log": [("update log set by = '别人' where seq = (select max(seq) - 1 from log)", [])],
        "seal": [("update report_edition set sealed_by = '别人' where sealed_by <> ''", [])],
    }
    with sqlite3.connect(killed.town.file) as file:
        for statement, words in statements[kind]:
            if "?" in statement and not words:
                return False
            if file.execute(statement, words).rowcount == 0:
                return False
    return True


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("program")
    words.add_argument("--rounds", type=int, default=200)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--fault", choices=("lose", "half", "cell", "log", "seal"))
    given = words.parse_args()
    chance, begun = random.Random(given.seed), time.monotonic()
    answered, under, done = collections.Counter(), collections.Counter(), 0
    while done < given.rounds:
        with tempfile.TemporaryDirectory(prefix="zhenwu-kill-") as home:
            killed = Killed(given.program, pathlib.Path(home), chance)
            damaged = False
            for _ in range(min(ROUNDS_OF_TOWN, given.rounds - done)):
                killed.round()
                done += 1
                under.update(worker.open[0] if worker.open else "nothing" for worker in killed.workers)
                damaged = damaged or bool(given.fault) and damage(given.fault, killed)
                wrong = killed.look()
                if wrong:
                    killed.town.end(signal.SIGKILL)
                    print(f"round {done} (seed {given.seed}):\n  " + "\n  ".join(wrong[:20]))
                    sys.exit(1)
            for worker in killed.workers:
                answered[type(worker).__name__] += worker.answered
            killed.town.end(signal.SIGTERM)
    if given.fault:
        sys.exit(f"the fault was never done, or never found, in {done} kills")
    print(f"{done} kills, answered and found again {dict(answered)}, under way when killed: {dict(under)}; "
          f"{time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
