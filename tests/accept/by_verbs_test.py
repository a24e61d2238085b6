#!/usr/bin/env python3
"""The main job by the program's own verbs: by_verbs_test.py SOURCE_FOLDER PROGRAM.

An empty town imports the six workbooks of ../shared/data/town and the one sent later; what is
found, every figure for the town and by village, and its change are those of expected.json. Imported
again nothing changes; undone, the town is empty and verifies. tests/accept/*.cpp ask the same of
the library. Skipped (with a word) where ../shared is absent.
"""
import collections
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest
from decimal import Decimal

SOURCE = None
PROGRAM = None
BOOKS = ["设施农业台账.xlsx", "蔬菜种植情况统计表.xlsx", "养殖情况季报.xls",
         "暖棚牛舍补贴花名册.xlsx", "应急救援队员花名册.csv", "人口基本情况.xlsx"]
SUPPLEMENT = "补报_沙河村.xlsx"
RECORDS = ["greenhouse", "vegetable_return", "herd_quarter", "warm_shed", "team_member",
           "population"]
NO_INDICATOR = {"value_per_head_yuan_of_reporting_villages"}  # for readers of the file


def shared(name=""):
    return SOURCE / ".." / "shared" / "data" / "town" / name


def number(value):
    return None if value is None else Decimal(str(value))


class Books(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.expected = json.loads(shared("expected.json").read_text(encoding="utf-8"))
        settings = json.loads(shared("settings.json").read_text(encoding="utf-8"))
        cls.code = settings["town"]["code"]

    def setUp(self):
        self.maxDiff = None
        self.folder = tempfile.TemporaryDirectory(prefix="zw-accept-")
        self.addCleanup(self.folder.cleanup)
        self.town = pathlib.Path(self.folder.name) / "town"
        self.run_verb(0, "init", self.town, "--from", shared("settings.json"))

    def run_verb(self, code, *words):
        done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True,
                              check=False, stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, code, f"{words}\n{done.stdout[-2000:]}\n{done.stderr}")
        return done.stdout

    def answer(self, code, *words):
        return json.loads(self.run_verb(code, *words, "--json"))

    def bring(self, code, *names):
        return self.answer(code, "import", self.town, *map(shared, names))

    def figures(self, year, *more):
        """By place and indicator; the debug program takes its time, so each is asked for once."""
        asked = ["figure", self.town, "all", "--period", year]
        return {(f["place"], f["indicator"]): f for f in self.answer(0, *asked, *more)}

    # ---- what an import finds ----

    @staticmethod
    def wanted(file, which, name=None):
        return sorted((one["sheet"], one["row"], one.get("column") or "", name or one["class"])
                      for one in file[which])

    @staticmethod
    def found(file, severity, name=None):
        return sorted((sheet["sheet"], one["row"], one["column"] or "", one["class"])
                      for sheet in file["sheets"] for one in sheet["findings"]
                      if one["severity"] == severity and name in (None, one["class"]))

    def compare_file(self, file, wanted):
        refused = self.found(file, "refused")
        either = {(o["sheet"], o["row"], o["column"], "duplicate_conflict")
                  for o in wanted["either"]}
        also_refused = collections.Counter(one[0] for one in refused if one in either)
        self.assertEqual([one for one in refused if one not in either],
                         self.wanted(wanted, "refuse"))
        self.assertEqual(self.found(file, "warning"), self.wanted(wanted, "warn"))
        self.assertEqual(self.found(file, "total"),
                         self.wanted(wanted, "total_mismatch", "total_mismatch"))
        self.assertEqual(self.found(file, "note", "not_reported"),
                         self.wanted(wanted, "not_reported", "not_reported"))
        read = {sheet["sheet"]: sheet["rows"] for sheet in file["sheets"] if sheet["rows"]["read"]}
        self.assertEqual(set(read), set(wanted["sheets"]))
        for sheet, rows in read.items():
            right = wanted["sheets"][sheet]
            self.assertEqual(rows["read"], right["data_rows"], sheet)
            self.assertEqual(rows["read"] - rows["refused"] + also_refused[sheet],
                             right["accepted_rows"], sheet)

    def compare_files(self, answer, names):
        self.assertEqual([file["file"] for file in answer["files"]], list(names))
        for file in answer["files"]:
            with self.subTest(file["file"]):
                self.compare_file(file, self.expected["files"][file["file"]])

    # ---- figures ----

    def compare_figure(self, figure, wanted, state="filled"):
        where = (figure["indicator"], figure["place"], figure["period"])
        if isinstance(wanted, dict):
            self.assertEqual(figure["state"], wanted.get("state", state), where)
            self.assertEqual(number(figure["value"]), number(wanted["rounded"]), where)
            self.assertEqual(figure["exact"], wanted["exact"], where)
        else:
            self.assertEqual(figure["state"], "missing" if wanted is None else state, where)
            self.assertEqual(number(figure["value"]), number(wanted), where)

    def compare_change(self, figure, wanted):
        where = (figure["indicator"], figure["place"])
        for part in ("difference", "percent"):
            self.assertEqual(number(figure["compare"][part]), number(wanted[part]), where)

    def places(self, part):
        yield self.code, part["town"]
        yield from part["villages"].items()

    def test_everything_comes_out_as_its_makers_say(self):
        self.compare_files(self.bring(1, *BOOKS), BOOKS)
        before = self.expected["figures"]["2023_before_supplement"]
        now = self.figures("2023")
        for indicator, wanted in before["town"].items():
            if indicator not in NO_INDICATOR:
                figure = now[self.code, indicator]
                self.compare_figure(figure, wanted, before["state"])
                self.assertEqual(figure["missing"], before["missing"])

        self.compare_files(self.bring(0, SUPPLEMENT), [SUPPLEMENT])
        looked = 0
        compare = ["--compare", "同比"]
        for year in ("2022", "2023"):
            # 镇本级 has the code of the town: the town's own comes second.
            now = self.figures(year, *compare, "--by", "village") | self.figures(year, *compare)
            for place, wanted in self.places(self.expected["figures"][year]):
                for indicator, value in wanted.items():
                    self.compare_figure(now[place, indicator], value)
                    looked += 1
        self.assertEqual(looked, 2 * 19 * 39)
        for place, wanted in self.places(self.expected["figures"]["change_2023_on_2022"]):
            for indicator, change in wanted.items():
                self.compare_change(now[place, indicator], change)

    def records(self):
        """How many records of each imported ledger stand."""
        out = pathlib.Path(self.folder.name) / "out.csv"
        counts = {}
        for record in RECORDS:
            counts[record] = self.answer(0, "export", self.town, record, out)["rows"]
            out.unlink()
        return counts

    def batches(self):
        """Without the one that `init` writes: it has no file."""
        listed = self.answer(0, "import", "list", self.town)
        return [one for one in listed if one["files"]]

    def test_twice_changes_nothing_and_undone_it_is_empty(self):
        self.run_verb(1, "import", self.town, *map(shared, BOOKS), "--dry-run")
        self.assertEqual(self.batches(), [])
        for name in (*BOOKS, SUPPLEMENT):
            wanted = self.expected["files"][name]
            faults = any(wanted[part] for part in ("refuse", "warn", "total_mismatch"))
            self.compare_files(self.bring(1 if faults else 0, name), [name])
        full = self.records()
        self.assertTrue(all(full.values()), full)
        batches = self.batches()
        for name in (*BOOKS, SUPPLEMENT):
            again = json.loads(subprocess.run(
                [PROGRAM, "import", self.town, shared(name), "--json"], capture_output=True,
                text=True, check=False, stdin=subprocess.DEVNULL).stdout)
            self.assertFalse(again["batch"], name)
            for sheet in again["files"][0]["sheets"]:
                self.assertEqual((sheet["rows"]["new"], sheet["rows"]["changed"]), (0, 0), name)
        self.assertEqual(self.batches(), batches)
        self.verify()
        imported = [one["batch"] for one in batches]
        self.assertEqual(len(imported), 7)
        for batch in imported[1:] + imported[:1]:  # an order of no meaning
            self.run_verb(0, "import", "undo", self.town, batch)
        self.assertEqual(self.records(), dict.fromkeys(RECORDS, 0))
        for (place, indicator), figure in self.figures("2023").items():
            if place == self.code and indicator in self.expected["figures"]["2023"]["town"]:
                self.assertEqual((figure["state"], figure["value"]), ("missing", None), indicator)
        self.verify()

    def verify(self):
        self.assertTrue(self.answer(0, "audit", "verify", self.town)["sound"])
        self.assertEqual(self.answer(0, "check", "--cells", self.town)["findings"], [])


if __name__ == "__main__":
    SOURCE = pathlib.Path(sys.argv.pop(1)).resolve()
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    if not shared("expected.json").exists():
        print("skipped: no ../shared/data/town beside the source")
        sys.exit(0)
    unittest.main(verbosity=1)
