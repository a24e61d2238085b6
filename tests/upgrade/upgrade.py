#!/usr/bin/env python3
"""Towns as earlier programs left them, opened by this one: every row is there, everything verifies, figures, reports and as-of answers
are what they were; then they are worked on and verify again. What this program says otherwise of one, with good reason, stands in its
otherwise.json: {"figures/2023/ID/value": "why"}, with * for any words; what stands there must be so.

    python3 tests/upgrade/upgrade.py build/debug/zhenwu [--fault KIND]

A fault must be found: `row` changes a row of the stored town, `lose` removes a version that another followed,
`figure` expects another value.
"""

import fnmatch
import json
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import unittest

from life import LEDGER, RETURNS, YEAR, Caller, Town, new_row
from told import all_of, figures_of, json_of, lost_rows
from town import PASSWORD

PROGRAM = sys.argv[1]
FAULT = sys.argv[sys.argv.index("--fault") + 1] if "--fault" in sys.argv else ""
HERE = pathlib.Path(__file__).resolve().parent
STORED = sorted(path.parent for path in HERE.glob("*/expected.json"))
FAULTS = {"row": "update r_greenhouse set f10 = '别的' where id = (select min(id) from r_greenhouse)",
          "lose": "delete from v_greenhouse where rowid = (select min(rowid) from v_greenhouse where version = 1 and op = 'create'"
                  " and exists (select 1 from v_greenhouse as later where later.id = v_greenhouse.id and later.version = 2))"}


def differences(then, now, path=""):
    """Path → how. Members that only a later program has are no difference."""
    if isinstance(then, dict) and isinstance(now, dict):
        pairs = [(key, value, now.get(key)) for key, value in then.items()]
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        pairs = [(index, *both) for index, both in enumerate(zip(then, now))]
    else:
        return {} if then == now else {path: f"{json.dumps(then, ensure_ascii=False)} then, now "
                                             f"{json.dumps(now, ensure_ascii=False)}"[:400]}
    found = {}
    for key, one, other in pairs:
        found.update(differences(one, other, f"{path}/{key}" if path else f"{key}"))
    return found


class Stored:
    """One of them, unpacked."""

    def __init__(self, folder, home):
        self.expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        with tarfile.open(folder / "town.tar.xz") as file:
            file.extractall(home / "town")
        (home / "then.sqlite").write_bytes((home / "town" / "town.sqlite").read_bytes())
        self.before, self.town = home / "then.sqlite", Town(PROGRAM, home)
        otherwise = folder / "otherwise.json"
        self.otherwise = json.loads(otherwise.read_text(encoding="utf-8")) if otherwise.exists() else {}
        self.moment, self.told = self.expected["made"]["moment"], {}

    def changed(self, statement):
        with sqlite3.connect(self.town.file) as file:
            rows = file.execute(statement).rowcount
        file.close()
        return rows

    def compared(self):
        """What is told otherwise without a reason, and reasons for what is told as it was."""
        then = self.expected["told"]
        columns = {record: one["columns"] for record, one in then["ledgers"].items()}
        self.told = all_of(self.town, self.moment, columns)
        found = differences(then, self.told)
        wrong = [f"{path}: {how}" for path, how in found.items()
                 if not any(fnmatch.fnmatchcase(path, known) for known in self.otherwise)]
        return wrong + [f"{known}: is told as it was" for known in self.otherwise
                        if not fnmatch.filter(found, known)]


def at_peace(town):
    """Both at once: each takes its time."""
    words = (("check", "--cells", town.folder), ("audit", "verify", town.folder))
    running = [subprocess.Popen([PROGRAM, *one], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for one in words]
    said = [one.communicate()[0] for one in running]
    return [f"zhenwu {one[0]} {one[1]}: exit {process.returncode}: {text.strip()}"
            for one, process, text in zip(words, running, said) if process.returncode != 0]


class Upgrade(unittest.TestCase):
    maxDiff = None

    def opened(self, folder):
        home = tempfile.TemporaryDirectory(prefix="zhenwu-upgrade-")
        self.addCleanup(home.cleanup)
        stored = Stored(folder, pathlib.Path(home.name))
        self.addCleanup(stored.town.over)
        return stored

    def test_there_are_towns_of_earlier_programs(self):
        self.assertGreaterEqual(len(STORED), 2)

    def test_a_stored_town_is_whole_says_what_it_said_and_goes_on(self):
        for folder in STORED[:1] if FAULT else STORED:
            with self.subTest(folder.name):
                stored = self.opened(folder)
                if FAULT in FAULTS:
                    self.assertEqual(stored.changed(FAULTS[FAULT]), 1)
                if FAULT == "figure":
                    stored.expected["told"]["figures"][YEAR]["households"]["value"] = "1"
                self.assertEqual(at_peace(stored.town), [])
                self.assertEqual(stored.compared(), [])
                self.assertEqual(lost_rows(stored.before, stored.town.file), [])
                self.goes_on(stored)

    def goes_on(self, stored):
        town, told = stored.town, stored.expected["told"]
        hives = [one["batch"] for one in told["batches"] if one["files"] == ["蜂箱.csv"]]
        town.must("import", "undo", town.folder, hives[0])
        town.serve()
        office, leader = Caller(town, "office"), Caller(town, "leader")
        for caller in (office, leader):
            caller.sign_in(PASSWORD)
        self.rows_go_on(office, told)
        self.report_goes_on(leader, told)
        town.end(signal.SIGTERM)
        self.assertEqual(json_of(town, "figure", town.folder, "hives", "--period", YEAR)["state"], "missing")
        self.assertEqual(figures_of(town, "all", "--period", YEAR, "--as-of", stored.moment),
                         stored.told["as_of"][stored.moment])
        self.assertEqual(at_peace(town), [])

    def rows_go_on(self, office, told):
        """Changed, restored, new; a batch of then taken back."""
        row = office.ask("GET", f"/records/{LEDGER}/{told['history']['id']}")
        office.ask("PATCH", f"/records/{LEDGER}/{row['id']}", {"values": {"note": "升级后"}}, {"If-Match": f'"{row["version"]}"'})
        again = office.ask("GET", f"/records/{LEDGER}/{row['id']}")
        self.assertEqual((again["values"]["note"], len(again["history"])), ("升级后", len(told["history"]["versions"]) + 1))
        gone = office.ask("GET", f"/records/{LEDGER}", query={"deleted": 1, "limit": 1})["rows"][0]["id"]
        office.ask("POST", f"/records/{LEDGER}/{gone}/restore")
        village = next(iter(told["returns"]))
        office.ask("POST", f"/records/{LEDGER}", {**new_row("升级后"), "place": village}, {"Idempotency-Key": "upgrade 1"})
        pasted = [one["batch"] for one in told["batches"] if one["why"] == "粘贴" and not one["undone_by"]]
        office.ask("POST", f"/batches/{pasted[0]}/undo")
        office.ask("POST", f"/returns/{RETURNS}", {"what": "zero"}, query={"period": "2020", "place": list(told["returns"])[2]})

    def report_goes_on(self, leader, told):
        """The draft of then is sealed; what was sealed is replayed as before."""
        number = next(int(number) for number, one in told["editions"].items() if not one["sealed"])
        slots = leader.ask("GET", "/reports/annual", query={"period": YEAR, "edition": number})["slots"]
        waivers = {slot["id"]: "数字在核" for slot in slots if slot["blocks"]}
        leader.ask("POST", f"/editions/{number}/seal", {"waivers": waivers})
        for number in told["editions"]:
            self.assertTrue(leader.ask("GET", f"/editions/{number}/verify")["sound"], number)

    @unittest.skipIf(FAULT, "of the program, not of the stored towns")
    def test_a_town_that_a_newer_program_has_used_is_refused(self):
        stored = self.opened(STORED[-1])
        stored.town.must("import", "list", stored.town.folder)
        self.assertEqual(stored.changed("update town_format set format = format + 1, program = '99.1.0'"), 1)
        before = stored.town.file.read_bytes()
        for words in (["audit", "verify"], ["figure", "all", "--period", YEAR], ["serve", "--listen", "127.0.0.1:0"]):
            verb, *more = words
            at = 1 if verb == "audit" else 0
            done = stored.town.run(verb, *more[:at], stored.town.folder, *more[at:], "--json")
            told = json.loads(done.stdout)
            self.assertEqual((done.returncode, told["code"], told["details"]["program"]), (1, "town_newer", "99.1.0"), words)
            self.assertIn("99.1.0", done.stderr)
        self.assertEqual(stored.town.file.read_bytes(), before)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"], warnings="ignore")
