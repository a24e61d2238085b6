#!/usr/bin/env python3
"""Back-ups of a town that six people are writing to, restored on a clean machine: each verifies, holds every write that was answered
before it began and none that was asked for after it ended, and is the town's rows as of its last log entry. A file that was damaged
anywhere is refused, with the place, and leaves nothing behind.

    python3 tests/faults/backup.py build/debug/zhenwu [--backups 4] [--seed 1] [--fault KIND]

A fault must be found: of `rows` the first restored town lacks a row, the second has one changed, the third and fourth change places;
`blind` damages nothing.
"""

import argparse
import json
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import time

from load import LEDGER, ImportWorker, RowWorker, SealWorker
from same_rows import Compared
from town import Caller, Town

FAULTS = ("delete from v_greenhouse where rowid = (select max(rowid) from v_greenhouse)",
          "update r_greenhouse set f10 = '别的' where id = (select max(id) from r_greenhouse)")


class Noting(RowWorker):
    """When each version or batch was asked for, and when answered: (asked, answered, table, id, version)."""

    kept = RowWorker.kept + ("noted",)

    def __init__(self, *words):
        super().__init__(*words)
        self.noted = []

    def step(self, what, *words, **more):
        asked = time.monotonic()
        made = super().step(what, *words, **more)
        answered = time.monotonic()
        if what[0] in ("bulk", "undo"):
            self.noted.append((asked, answered, "batch", made["batch"], None))
        else:
            id_ = made["id"]
            version = str(int(self.rows[id_]["version"]) + 1) if what[0] == "delete" else made["version"]
            self.noted.append((asked, answered, f"v_{LEDGER}", id_, version))
        return made


class BackUp:
    """One file, made while the town is written to."""

    def __init__(self, town, file):
        self.file = file
        self.began = time.monotonic()
        town.must("backup", town.folder, file)
        self.ended = time.monotonic()


def alone(program, home, *words):
    """As on a machine that knows nothing of the town: no environment, another folder."""
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, check=False, env={}, cwd=home)


class Life:
    def __init__(self, given, home):
        self.given, self.home, self.chance = given, home, random.Random(given.seed)
        self.program = str(pathlib.Path(given.program).resolve())
        self.town = Town(self.program, home / "live")
        once = {role: self.town.invite(role, role) for role in ("leader", "office")}
        self.town.serve()
        people = {role: Caller(self.town, role).first(word) for role, word in once.items()}
        kinds = ((Noting, "office"),) * 4 + ((ImportWorker, "office"), (SealWorker, "leader"))
        self.workers = [kind(f"w{n}", people[role].again(), random.Random(given.seed * 10 + n))
                        for n, (kind, role) in enumerate(kinds)]
        self.backups = []

    def live(self):
        for worker in self.workers:
            worker.start()
        for count in range(self.given.backups):
            time.sleep(self.chance.uniform(0.3, 0.8))
            self.backups.append(BackUp(self.town, self.home / f"{count}.tar"))
        time.sleep(0.3)
        for worker in self.workers:
            worker.stopping = True
        for worker in self.workers:
            worker.join(60)
        self.town.end(signal.SIGTERM)
        return [fault for worker in self.workers for fault in worker.wrong]

    def noted(self):
        return [one for worker in self.workers for one in getattr(worker, "noted", [])]

    def answered(self, backup, file):
        """Every write answered before it began, none asked for after it ended; and how many of each there are."""
        there = {"batch": {(f"{id_}", None) for id_, in file.execute("select id from batch")},
                 f"v_{LEDGER}": {(f"{id_}", f"{version}") for id_, version in file.execute(f"select id, version from v_{LEDGER}")}}
        wrong, count = [], {"before": 0, "meanwhile": 0, "after": 0}
        for asked, answered, table, id_, version in self.noted():
            found = (id_, version) in there[table]
            when = "before" if answered < backup.began else "after" if asked > backup.ended else "meanwhile"
            count[when] += 1
            if found != (when == "before") and when != "meanwhile":
                wrong.append(f"{table} {id_} {version or ''}: answered {when} the back-up, {'found' if found else 'missing'}")
        return wrong, count

    def compared(self, backup, number):
        """Restored where nothing of the town is, and held against it."""
        clean = self.home / f"clean{number}"
        clean.mkdir()
        file = backup.file.rename(clean / "town.tar")
        head = backup.file.with_suffix(".tar.head").rename(clean / "town.tar.head")
        wrong = []
        verbs = [("restore", file, "town")]
        if not self.given.fault:
            verbs += [("check", "--cells", "town"), ("audit", "verify", "town", "--head", head)]
        for verb in verbs:
            done = alone(self.program, clean, *verb)
            if done.returncode != 0:
                wrong.append(f"zhenwu {verb[0]}: exit {done.returncode}: {(done.stdout + done.stderr).strip()}")
        with sqlite3.connect(clean / "town" / "town.sqlite") as restored:
            if self.given.fault == "rows" and number < len(FAULTS) and restored.execute(FAULTS[number]).rowcount != 1:
                sys.exit("the fault could not be done")
            restored.commit()
            late, count = self.answered(backup, restored)
        restored.close()
        rows = Compared(clean / "town" / "town.sqlite", self.town.file)
        wrong += late + rows.all()
        return [f"back-up {number}: {one}" for one in wrong[:5]], rows.looked, count


# ---- damage ----

def parts(file):
    """(name, where its header begins, its bytes, its padding) of each entry; and where the end mark begins."""
    found, end = [], 0
    with tarfile.open(file) as tar:
        for one in tar.getmembers():
            found.append((one.name, one.offset, one.offset_data, one.offset_data + one.size))
            end = one.offset_data + (one.size + 511) // 512 * 512
    return found, end


def damages(whole, entries, end, chance):
    """What was done → the bytes, and what the refusal must name (any of them; empty: only that it is no back-up)."""
    def flipped(at, *names):
        return f"byte {at}", whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1:], names

    for _ in range(12):
        at = chance.randrange(entries[1][1], end)
        name = [entry[0] for entry in entries if entry[1] <= at][-1]
        before = entries[max([number for number, entry in enumerate(entries) if entry[1] <= at][-1] - 1, 0)][0]
        yield flipped(at, name, before)
    for number, (name, header, data, rest) in enumerate(entries[1:], 1):
        yield flipped(chance.randrange(header, data), entries[number - 1][0], name)
        yield flipped(chance.randrange(data, rest), name)
        if rest % 512:
            yield flipped(chance.randrange(rest, rest + 512 - rest % 512), name)
    yield flipped(chance.randrange(0, 512))
    yield flipped(chance.randrange(end, len(whole)), "SM3SUMS")
    for length in (chance.randrange(512), *(chance.randrange(1024, end) for _ in range(5)), end, len(whole) - 1):
        yield f"cut at {length}", whole[:length], ("",) if length > 1024 else ()
    for more in (b"\0", b"x", bytes(512), whole):
        yield f"{len(more)} bytes more", whole + more, ("SM3SUMS",)


def refused(program, home, file, names):
    """What is wrong with the refusal; empty: nothing."""
    before = sorted(path.name for path in home.iterdir())
    done = alone(program, home, "restore", file, "again", "--json")
    left = [path.name for path in home.iterdir() if path.name not in before]
    if left:
        return f"left behind: {left}"
    told = json.loads(done.stdout) if done.stdout else {}
    if done.returncode != 1 or told.get("code") not in (("backup_damaged",) if names else ("not_a_backup",)):
        return f"exit {done.returncode}: {done.stdout}{done.stderr}"
    where = told["details"].get("where", "")
    return "" if not names or any(name in where for name in names) and where else f"the place named is {where}"


def damaged(life):
    file = life.home / f"clean{len(life.backups) - 1}" / "town.tar"
    whole, (entries, end) = file.read_bytes(), parts(file)
    wrong, count = [], 0
    for what, changed, names in damages(whole, entries, end, life.chance):
        home = life.home / "damaged"
        home.mkdir(exist_ok=True)
        (home / "bad.tar").write_bytes(whole if life.given.fault == "blind" else changed)
        why = refused(life.program, home, "bad.tar", names)
        count += 1
        if why:
            wrong.append(f"damaged: {what} of {len(whole)}: {why}")
        if (home / "again").exists():
            break
    return wrong, count


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("program")
    words.add_argument("--backups", type=int, default=4)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--fault", choices=("rows", "blind"))
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="zhenwu-backup-") as home:
        life = Life(given, pathlib.Path(home))
        wrong = life.live()
        if given.fault == "rows":
            life.backups[2].file, life.backups[3].file = life.backups[3].file, life.backups[2].file
        rows, seen = 0, {"before": 0, "meanwhile": 0, "after": 0}
        for number, backup in enumerate(life.backups):
            found, looked, count = life.compared(backup, number)
            wrong += found
            rows += looked
            seen = {when: seen[when] + count[when] for when in seen}
        found, places = damaged(life) if given.fault in (None, "blind") else ([], 0)
        wrong += found
    if wrong:
        sys.exit("\n".join(wrong[:20]))
    if given.fault:
        sys.exit("the fault was never found")
    print(f"{len(life.backups)} back-ups, {rows} rows as in the town; writes answered before {seen['before']}, meanwhile "
          f"{seen['meanwhile']}, after {seen['after']}; {places} damaged files refused")


if __name__ == "__main__":
    main()
