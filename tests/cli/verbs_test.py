#!/usr/bin/env python3
"""The words of the program as scripts use them: verbs_test.py PROGRAM.

Each verb, its exit code (0 done, 1 findings or refused, 2 wrong use, 3 failure) and the shape of
its JSON. A town of three villages with workbooks written here; the numbers expected were added up
by hand beside the rows.
"""
import json
import os
import pathlib
import pty
import random
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
import zipfile

PROGRAM = None

SETTINGS = {
    "town": {"name": "试验镇", "code": "621099101000"},
    "county": {"name": "试验县", "code": "621099000000"},
    "villages": [
        {"code": "621099101200", "name": "东沟村", "aliases": [], "groups": 3},
        {"code": "621099101201", "name": "西沟村", "aliases": [], "groups": 2},
        {"code": "621099101202", "name": "南坪村", "aliases": [], "groups": 4},
    ],
}



def id_number(first):
    """Seventeen digits with the check digit of GB 11643-1999 (ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * pow(2, 17 - i, 11) for i, digit in enumerate(first))
    return first + "10X98765432"[total % 11]


HOLDERS = [id_number(f"62109919800101{n:03d}") for n in range(1, 6)]

# Steel: three stand at the end of 2023 (rows 2, 3, 6), one of them idle; built in 2023: one.
# Row 4 is refused (no such status), row 5 is the same as row 3.
GREENHOUSES = f"""村名,户主姓名,身份证号,设施类型,占地面积（亩）,使用面积（亩）,建成时间,使用状态
东沟村,=张三,{HOLDERS[0]},钢架大棚,1.20,1.00,2021-05-01,在用
东沟村,李四,{HOLDERS[1]},钢架大棚,1.50,1.20,2023-04-01,闲置
西沟村,王五,{HOLDERS[2]},钢架大棚,1.50,1.20,2023-04-01,不知道
东沟村,李四,{HOLDERS[1]},钢架大棚,1.50,1.20,2023-04-01,闲置
西沟村,赵六,{HOLDERS[3]},钢架大棚,2.00,1.80,2020-06-01,在用
"""

# 100 + 200 亩; 南坪村 has not returned.
VEGETABLES = """村名,年度,露地蔬菜面积（亩）,露地蔬菜产量（吨）
东沟村,2023,100,300
西沟村,2023,200,500
"""


def run(*words, stdin=None):
    return subprocess.run(
        [PROGRAM, *map(str, words)], input=stdin, capture_output=True, text=True, check=False,
        stdin=None if stdin is not None else subprocess.DEVNULL,
    )


class Town(unittest.TestCase):
    """A fresh town with the greenhouses imported."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="zw-cli-")
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name)
        self.town = self.root / "town"
        self.write("settings.json", json.dumps(SETTINGS, ensure_ascii=False))
        self.expect(0, "init", self.town, "--from", self.root / "settings.json")

    def write(self, name, text):
        path = self.root / name
        path.write_text(text, encoding="utf-8")
        return path

    def expect(self, code, *words, **kwargs):
        done = run(*words, **kwargs)
        self.assertEqual(done.returncode, code, f"{words}\n{done.stdout}\n{done.stderr}")
        return done

    def json(self, code, *words):
        return json.loads(self.expect(code, *words, "--json").stdout)

    def bring(self):
        return self.json(1, "import", self.town, self.write("设施农业台账.csv", GREENHOUSES), "--yes",
                         "--rejects", self.root / "rejects")

    def figure(self, indicator, *more):
        return self.json(0, "figure", self.town, indicator, "--period", "2023", *more)


class WrongUse(Town):
    def test_exit_codes_and_where_messages_go(self):
        for words in (["nonsense"], ["import"], ["figure", self.town],
                      ["figure", self.town, "all", "--period", "2023Q9"]):
            done = self.expect(2, *words)
            self.assertTrue(done.stderr, words)
        done = self.expect(1, "figure", self.town, "steel_greenhouse_existing", "--period", "2023")
        self.assertIn("steel_greenhouses_existing", done.stderr)  # the nearest name
        self.expect(0, "--help")
        self.expect(0, "--version")

    def test_wrong_use_is_json_too_where_json_is_asked_for(self):
        for words in (["nonsense", "--json"], ["--json", "import"], ["figure", "--jsno", "--json"],
                      ["sample", self.root / "s", "--scale", "no", "--json"],
                      ["return", "list", self.town, "--json"], ["--json"]):
            done = self.expect(2, *words)
            self.assertTrue(done.stderr, words)
            answer = json.loads(done.stdout)
            self.assertEqual((answer["code"], answer["status"]), ("wrong_use", 400), words)
            self.assertTrue(answer["details"]["what"], words)
        self.assertEqual(self.expect(2, "nonsense").stdout, "")
        self.assertIn("zhenwu", self.expect(0, "--help", "--json").stdout)

    def test_a_town_is_not_made_twice_nor_out_of_a_broken_file(self):
        self.expect(1, "init", self.town, "--from", self.root / "settings.json")
        self.write("broken.json", "{")
        done = run("init", self.root / "other", "--from", self.root / "broken.json")
        self.assertIn(done.returncode, (1, 2), done.stderr)
        self.assertFalse((self.root / "other" / "town.sqlite").exists())

    def test_a_file_that_is_not_there(self):
        done = run("import", self.town, self.root / "gone.xlsx", "--yes")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("gone.xlsx", done.stderr + done.stdout)


class Imports(Town):
    def test_shape_findings_and_undo(self):
        answer = self.bring()
        self.assertTrue(answer["batch"])
        sheet = answer["files"][0]["sheets"][0]
        self.assertEqual(answer["files"][0]["file"], "设施农业台账.csv")
        self.assertEqual((sheet["sheet"], sheet["record"]), ("Sheet1", "greenhouse"))
        self.assertEqual(sheet["rows"], {"read": 5, "new": 3, "changed": 0, "same": 0,
                                         "refused": 2, "draft": 0})
        found = {(f["row"], f["column"], f["class"], f["severity"]) for f in sheet["findings"]}
        self.assertEqual(found, {(4, "H", "unknown_choice", "refused"),
                                 (5, None, "duplicate_same", "refused")})
        for finding in sheet["findings"]:
            self.assertLessEqual({"row", "column", "class", "severity", "message"}, set(finding))
        again = self.json(1, "import", self.town, self.root / "设施农业台账.csv", "--yes")
        self.assertEqual(again["files"][0]["sheets"][0]["rows"]["same"], 3)
        self.assertEqual(again["files"][0]["sheets"][0]["rows"]["new"], 0)
        self.expect(0, "import", "undo", self.town, answer["batch"])
        self.assertEqual(self.figure("steel_greenhouses_existing")["state"], "missing")
        # What undoes it is said with the town's own folder.
        told = run("import", self.town, self.root / "设施农业台账.csv", "--yes").stdout
        self.assertIn(f"zhenwu import undo {self.town} ", told)
        self.expect(0, "audit", "verify", self.town)
        self.expect(0, "check", "--cells", self.town)

    def test_a_terminal_sees_how_far_it_is_and_is_left_clean(self):
        many = "村名,年度,露地蔬菜面积（亩）,露地蔬菜产量（吨）\n" + "".join(
            f"东沟村,{year},{year % 97},1\n" for year in range(1950, 2024))
        path = self.write("蔬菜种植情况统计表.csv", many)
        terminal, screen = pty.openpty()
        process = subprocess.Popen(
            [PROGRAM, "import", str(self.town), str(path), "--yes"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=screen)
        os.close(screen)
        seen = b""
        while True:
            try:
                part = os.read(terminal, 65536)
            except OSError:  # how Linux says that the other end is closed
                break
            if not part:
                break
            seen += part
        os.close(terminal)
        self.assertEqual(process.wait(), 0)
        text = seen.decode()
        self.assertIn("读取 " + "█" * 20 + " 100% 74/74", text)
        self.assertTrue(text.endswith("\r\033[K"), repr(text[-40:]))

    def test_a_dry_run_and_an_unsure_sheet_write_nothing(self):
        path = self.write("设施农业台账.csv", GREENHOUSES)
        self.expect(1, "import", self.town, path, "--dry-run", "--yes")
        self.assertEqual(self.figure("steel_greenhouses_existing")["state"], "missing")
        strange = self.write("表.csv", "甲,乙\n一,2\n二,3\n")
        answer = self.json(1, "import", self.town, strange)
        self.assertEqual(answer["files"][0]["sheets"][0]["findings"][0]["class"], "no_ledger")
        self.assertFalse(answer["batch"])

    def test_refused_rows_come_back_with_their_reason(self):
        self.bring()
        self.assertTrue(list((self.root / "rejects").iterdir()))


class Figures(Town):
    def setUp(self):
        super().setUp()
        self.bring()

    def test_the_shape_and_the_numbers(self):
        figure = self.figure("steel_greenhouses_existing", "--compare", "同比")
        self.assertEqual(figure["value"], "3")
        self.assertEqual(figure["period"], "2023")
        self.assertEqual(figure["place"], SETTINGS["town"]["code"])
        self.assertEqual((figure["unit"], figure["state"], figure["records"]), ("座", "filled", 3))
        self.assertEqual(figure["compare"]["difference"], "1")
        for key in ("indicator", "exact", "basis", "missing"):
            self.assertIn(key, figure)
        self.assertEqual(self.figure("steel_greenhouses_idle")["value"], "1")
        self.assertEqual(self.figure("steel_greenhouses_built_in_year")["value"], "1")
        villages = self.figure("steel_greenhouses_existing", "--by", "village")
        self.assertEqual([v["value"] for v in villages], ["2", "1", "0", "0"])  # 镇本级 last
        everything = self.figure("all")
        self.assertIn("steel_greenhouses_existing", [f["indicator"] for f in everything])

    def test_explained_down_to_the_file(self):
        text = json.dumps(self.figure("steel_greenhouses_existing", "--explain"), ensure_ascii=False)
        self.assertIn("东沟村", text)
        records = json.dumps(self.figure("steel_greenhouses_existing", "--records"),
                             ensure_ascii=False)
        self.assertIn("设施农业台账.csv", records)
        self.assertNotIn(HOLDERS[0], text + records)  # personal: masked
        sheet = self.root / "json.docx"
        answer = self.figure("steel_greenhouses_existing", "--sheet", sheet)
        self.assertEqual(answer, {"indicator": "steel_greenhouses_existing", "period": "2023",
                                  "place": SETTINGS["town"]["code"], "file": str(sheet)})
        self.assertTrue(sheet.exists())
        self.expect(2, "figure", self.town, "steel_greenhouses_existing", "--period", "2023",
                    "--explain", "--records", "--json")
        sheet = self.root / "sheet.docx"
        self.expect(0, "figure", self.town, "steel_greenhouses_existing", "--period", "2023",
                    "--sheet", sheet)
        self.assertIn("word/document.xml", zipfile.ZipFile(sheet).namelist())

    def test_as_of_reads_the_past(self):
        # Beijing time, as every clock in the office.
        before = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(time.time() + 8 * 3600))
        time.sleep(1.1)
        more = GREENHOUSES.splitlines()[0] + f"\n南坪村,孙七,{HOLDERS[4]},钢架大棚,1,1,2022-01-01,在用\n"
        self.expect(0, "import", self.town, self.write("设施农业台账补.csv", more), "--yes")
        self.assertEqual(self.figure("steel_greenhouses_existing")["value"], "4")
        self.assertEqual(
            self.figure("steel_greenhouses_existing", "--as-of", before)["value"], "3")

    def test_adopted_and_forecast(self):
        words = ["figure", "enter", self.town, "steel_greenhouses_existing", "--period", "2023",
                 "--value", "5", "--kind", "adopted"]
        self.assertNotEqual(run(*words).returncode, 0)  # a document and a reason are needed
        self.expect(0, *words, "--document", "统发〔2024〕1号", "--reason", "县统计局反馈")
        self.assertEqual(self.figure("steel_greenhouses_existing")["state"], "adopted")

    def test_an_adopted_figure_names_the_organ_and_the_document_apart(self):
        self.expect(0, "figure", "enter", self.town, "steel_greenhouses_existing", "--period", "2023",
                    "--value", "5", "--kind", "adopted", "--organ", "试验县统计局",
                    "--document", "试统〔2024〕1号", "--reason", "县统计局反馈")
        figure = self.figure("steel_greenhouses_existing")
        self.assertEqual((figure["value"], figure["computed"]), ("5", "3"))
        self.assertEqual(figure["basis"], "试验县统计局（试统〔2024〕1号）")
        entry = self.json(0, "figure", "entries", self.town)[0]
        self.assertEqual((entry["organ"], entry["document"]), ("试验县统计局", "试统〔2024〕1号"))
        self.expect(0, "audit", "verify", self.town)

    def test_all_entries_are_listed_newest_first(self):
        self.assertEqual(self.json(0, "figure", "entries", self.town), [])
        words = ["figure", "enter", self.town, "steel_greenhouses_existing", "--kind", "forecast"]
        self.expect(0, *words, "--period", "2023", "--value", "5", "--reason", "预计全年")
        self.expect(0, *words, "--period", "2024", "--value", "6", "--reason", "再预计",
                    "--place", "东沟村")
        entries = self.json(0, "figure", "entries", self.town)
        self.assertEqual([(e["period"], e["value"], e["kind"], e["reason"], e["place_name"])
                          for e in entries],
                         [("2024", "6", "forecast", "再预计", "东沟村"),
                          ("2023", "5", "forecast", "预计全年", "试验镇")])
        self.assertEqual(len(self.json(0, "figure", "entries", self.town, "--period", "2023")), 1)
        text = self.expect(0, "figure", "entries", self.town, "--period", "2024").stdout
        self.assertIn("再预计", text)
        self.assertNotIn("预计全年", text)


class Places(Town):
    def settings(self, villages, **more):
        return self.write("changed.json", json.dumps({"town": SETTINGS["town"], "villages": villages, **more},
                                                     ensure_ascii=False))

    def test_a_merged_village_and_last_years_tree(self):
        self.bring()
        self.expect(0, "settings", self.town, self.settings([
            {"code": "621099101201", "name": "西沟村", "groups": 2,
             "to": "2023-06-30", "successor": "621099101200"}]))
        by = ["--by", "village"]
        now = {f["place_name"]: f["value"] for f in self.figure("steel_greenhouses_existing", *by)}
        self.assertEqual(now, {"东沟村": "3", "南坪村": "0", "镇本级": "0"})
        then = {f["place_name"]: f["value"]
                for f in self.figure("steel_greenhouses_existing", *by, "--tree", "2022")}
        self.assertEqual(then, {"东沟村": "2", "西沟村": "1", "南坪村": "0", "镇本级": "0"})
        figure = self.figure("steel_greenhouses_existing", "--place", "东沟村")
        self.assertEqual(figure["included"], [{"place_name": "西沟村", "adds": "1"}])
        # A record dated after the end is refused; the log stays whole.
        late = GREENHOUSES.splitlines()[0] + f"\n西沟村,孙七,{HOLDERS[4]},钢架大棚,1,1,2023-09-01,在用\n"
        told = self.json(1, "import", self.town, self.write("设施农业台账补.csv", late), "--yes")
        finding = told["files"][0]["sheets"][0]["findings"][0]
        self.assertEqual((finding["class"], finding["severity"]), ("after_place_end", "refused"))
        self.expect(0, "audit", "verify", self.town)

    def test_a_new_name_and_code_keep_the_village_and_what_it_was_called(self):
        self.bring()
        self.expect(0, "settings", self.town, self.settings([
            {"code": "621099101301", "name": "西沟社区", "groups": 2,
             "was": "621099101201", "since": "2023-01-01"}]))
        names = {}
        for year in ("2022", "2023"):
            told = self.json(0, "figure", self.town, "steel_greenhouses_existing", "--period", year,
                             "--by", "village")
            names[year] = [f["place_name"] for f in told if f["value"] == "1"]
        self.assertEqual(names, {"2022": ["东沟村", "西沟村"], "2023": ["西沟社区"]})
        # Last year's workbook still names it as it was.
        more = GREENHOUSES.splitlines()[0] + f"\n西沟村,孙七,{HOLDERS[4]},钢架大棚,1,1,2022-01-01,在用\n"
        self.expect(0, "import", self.town, self.write("设施农业台账补.csv", more), "--yes")
        self.assertEqual(
            self.figure("steel_greenhouses_existing", "--place", "621099101301")["value"], "2")

    def test_what_cannot_be_is_refused_with_the_reason(self):
        for village, word in (
                ({"code": "621099101201", "name": "西沟村", "to": "去年"}, "不是日期"),
                ({"code": "621099101201", "name": "西沟村", "successor": "621099101200"}, "止期"),
                ({"code": "621099101401", "name": "北塬村", "was": "621099109999"}, "原代码")):
            refused = self.json(1, "settings", self.town, self.settings([village]))
            self.assertEqual(refused["code"], "bad_place")
            self.assertIn(word, refused["title"])

    def test_next_years_standard_leaves_this_years_figure(self):
        herds = ("村名,季度,养殖户姓名,畜种,期初存栏,出生,购入,出栏,死亡,期末存栏\n"
                 "东沟村,2023年4季度,甲,肉牛,25,0,0,0,0,25\n东沟村,2024年4季度,甲,肉牛,25,0,0,0,0,25\n")
        told = self.json(0, "import", self.town, self.write("养殖情况季报.csv", herds), "--yes")
        self.assertEqual(told["files"][0]["sheets"][0]["record"], "herd_quarter")
        farms = lambda year: self.json(0, "figure", self.town, "big_cattle_farms", "--period", year,
                                       "--place", "东沟村")["value"]
        self.assertEqual((farms("2023"), farms("2024")), ("1", "1"))
        self.expect(0, "settings", self.town, self.settings([], big_cattle_farm_head=[
            {"value": 20}, {"value": 30, "from": "2024-01-01"}]))
        self.assertEqual((farms("2023"), farms("2024")), ("1", "0"))
        self.expect(0, "check", "--cells", self.town)
        bad = self.settings([], big_cattle_farm_head=[{"value": 20}, {"value": 30}])
        refused = self.json(1, "settings", self.town, bad)
        self.assertEqual(refused["code"], "bad_setting")

    def test_a_target_of_a_year_to_come_is_no_doubt_a_return_is(self):
        rows = "指标,年度,目标值\n钢架大棚,2099,300\n"
        told = self.json(0, "import", self.town, self.write("年度目标任务.csv", rows), "--yes")
        sheet = told["files"][0]["sheets"][0]
        self.assertEqual((sheet["record"], sheet["rows"]["new"], sheet["findings"]), ("target", 1, []))
        returned = self.write("蔬菜种植情况统计表.csv",
                              "村名,年度,露地蔬菜面积（亩）,露地蔬菜产量（吨）\n东沟村,2099,100,300\n")
        told = self.json(1, "import", self.town, returned, "--yes")
        finding = told["files"][0]["sheets"][0]["findings"][0]
        self.assertEqual((finding["class"], finding["severity"]), ("period_unlikely", "warning"))

    def test_a_figure_far_from_last_years_is_told_as_doubtful(self):
        rows = ("村名,年度,露地蔬菜面积（亩）,露地蔬菜产量（吨）\n"
                + "".join(f"{v},{y},100,{t}\n" for v in ("东沟村", "西沟村", "南坪村")
                          for y, t in ((2022, 300), (2023, 450))))
        self.expect(0, "import", self.town, self.write("蔬菜种植情况统计表.csv", rows), "--yes")
        figure = self.figure("vegetable_output_t")
        self.assertEqual(figure["state"], "filled")
        self.assertEqual(len(figure["doubts"]), 1)
        self.assertIn("30%", figure["doubts"][0])
        self.assertEqual(self.figure("openfield_vegetable_sown_mu")["doubts"], [])


class Returns(Town):
    def test_missing_partial_zero_and_withdrawn(self):
        self.expect(0, "import", self.town, self.write("蔬菜种植情况统计表.csv", VEGETABLES), "--yes")
        figure = self.figure("openfield_vegetable_sown_mu")
        self.assertEqual((figure["state"], figure["value"]), ("partial 2/3", "300"))
        self.assertEqual(figure["missing"], ["南坪村"])
        owed = json.dumps(self.json(0, "return", "list", self.town, "--period", "2023"),
                          ensure_ascii=False)
        self.assertIn("南坪村", owed)
        place = ["--place", "南坪村", "--period", "2023"]
        self.expect(0, "return", self.town, "vegetable_return", *place, "--zero")
        self.assertEqual(self.figure("openfield_vegetable_sown_mu")["state"], "filled")
        self.expect(0, "return", self.town, "vegetable_return", *place, "--withdraw")
        self.assertEqual(self.figure("openfield_vegetable_sown_mu")["state"], "partial 2/3")

    def test_no_zero_return_beside_rows_nor_for_another_kind_of_period(self):
        self.expect(0, "import", self.town, self.write("蔬菜种植情况统计表.csv", VEGETABLES), "--yes")
        words = ["return", self.town, "vegetable_return", "--place", "东沟村", "--zero"]
        refused = self.json(1, *words, "--period", "2023")
        self.assertEqual(refused["code"], "return_not_zero")
        self.assertIn("有1行", refused["title"])
        self.assertIn("撤销", refused["title"])
        listed = self.json(0, "return", "list", self.town, "--period", "2023")
        states = {p["name"]: p["state"] for r in listed if r["record"] == "vegetable_return"
                  for p in r["places"]}
        self.assertEqual(states["东沟村"], "returned")
        self.expect(0, *words, "--period", "2022")
        wrong = self.json(1, *words, "--period", "2023Q1")
        self.assertEqual(wrong["title"], "“2023Q1”不是按年的期间，应如“2023”")


class Exports(Town):
    def test_what_is_written_and_what_is_defused(self):
        self.bring()
        out = self.root / "out.csv"
        self.expect(0, "export", self.town, "greenhouse", out, "--where", "status = '在用'")
        lines = out.read_text(encoding="utf-8-sig").splitlines()
        self.assertEqual(len(lines), 3)  # heading, two rows in use
        self.assertNotIn(",=", out.read_text(encoding="utf-8-sig"))
        self.expect(0, "export", self.town, "greenhouse", self.root / "out.xlsx", "--place", "西沟村")
        read = self.json(0, "sheet", self.root / "out.xlsx")
        table = read["sheets"][0]["tables"][0]
        self.assertEqual(len(table["data_rows"]), 1)
        for key in ("heading_rows", "columns", "rows", "totals", "notes"):
            self.assertIn(key, table)
        self.expect(1, "export", self.town, "greenhouse", out, "--where", "no_such_field = 1")


class Reports(Town):
    def test_draft_final_verify_compare(self):
        self.bring()
        out = self.root / "r.docx"
        draft = self.json(1, "report", self.town, "annual", "--period", "2023", "--out", out)
        self.assertTrue(out.exists())
        slots = {slot["id"]: slot for slot in draft["slots"]}
        for each in [f"p{n}" for n in range(1, 21)] + ["f1", "f2", "f3"]:
            self.assertIn(each, slots)
        self.expect(1, "report", self.town, "annual", "--period", "2023", "--out", out, "--final")
        waive = []
        for slot in draft["slots"]:
            if slot["state"] not in ("filled", "adopted", "forecast", "text"):
                waive += ["--waive", slot["id"], "--reason", "上级未要求"]
        done = run("report", self.town, "annual", "--period", "2023", "--out", out, "--final", *waive)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        editions = self.json(0, "report", "list", self.town)
        self.assertTrue(editions[-1]["sealed"])
        number = str(editions[-1]["edition"])
        self.expect(0, "report", "verify", self.town, number)
        self.expect(0, "report", "compare", self.town, number, out)
        html = self.root / "r.html"
        run("report", self.town, "annual", "--period", "2023", "--out", html)
        self.assertIn("<html", html.read_text(encoding="utf-8"))

    def test_a_report_of_the_year_is_not_written_for_a_quarter(self):
        for period in ("2023Q4", "2023-06", "2023-06-30"):
            refused = self.json(1, "report", self.town, "annual", "--period", period, "--out",
                                self.root / "r.docx")
            self.assertEqual(refused["code"], "report_period")
            self.assertIn("期间应如 2023", refused["title"])
        self.assertFalse((self.root / "r.docx").exists())
        self.assertEqual(self.json(0, "report", "list", self.town), [])


class Safety(Town):
    def test_backup_restore_and_the_log(self):
        self.bring()
        copy = self.root / "b.tar"
        saved = self.json(0, "backup", self.town, copy)
        self.assertEqual((saved["file"], saved["bytes"]), (str(copy), copy.stat().st_size))
        self.assertTrue(pathlib.Path(saved["head"]).exists())
        self.assertEqual(self.json(0, "restore", copy, self.root / "second"),
                         {"folder": str(self.root / "second")})
        self.assertEqual(
            self.json(0, "figure", self.root / "second", "steel_greenhouses_existing", "--period",
                      "2023")["value"], "3")
        self.expect(0, "audit", "verify", self.root / "second")
        (self.root / "second" / "log.head").unlink()
        for _ in range(2):
            again = run("audit", "verify", self.root / "second")
            self.assertEqual(again.returncode, 1)
            self.assertIn("--accept-head", again.stderr)
        self.expect(0, "audit", "verify", self.root / "second", "--accept-head", "换机漏拷")
        self.expect(0, "audit", "verify", self.root / "second")
        damaged = bytearray(copy.read_bytes())
        damaged[len(damaged) // 2] ^= 0xFF
        (self.root / "d.tar").write_bytes(bytes(damaged))
        self.assertNotEqual(run("restore", self.root / "d.tar", self.root / "third").returncode, 0)

    def test_an_import_killed_at_any_moment_leaves_all_or_nothing(self):
        many = "村名,年度,露地蔬菜面积（亩）,露地蔬菜产量（吨）\n" + "".join(
            f"东沟村,{year},{year % 97},1\n" for year in range(1950, 2024))
        path = self.write("蔬菜种植情况统计表.csv", many)
        chance = random.Random(7)
        for _ in range(6):
            process = subprocess.Popen(
                [PROGRAM, "import", str(self.town), str(path), "--yes"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0.02, 0.6))
            process.send_signal(signal.SIGKILL)
            process.wait()
            self.expect(0, "audit", "verify", self.town)
            self.expect(0, "check", "--cells", self.town)
            export = self.root / "all.csv"
            self.expect(0, "export", self.town, "vegetable_return", export)
            rows = len(export.read_text(encoding="utf-8-sig").splitlines()) - 1
            self.assertIn(rows, (0, 74))


class Samples(Town):
    def test_of_another_size_nothing_is_compared_with_what_a_town_of_size_1_has(self):
        done = self.expect(0, "sample", self.root / "small", "--scale", "0.01")
        self.assertNotIn("不符", done.stderr)
        self.assertIn("没有与", done.stderr)
        answer = self.json(0, "sample", self.root / "smaller", "--scale", "0.01")
        self.assertEqual((answer["compared"], answer["unmet"]), (False, []))


class Serves(Town):
    def test_json_says_where(self):
        process = subprocess.Popen(
            [PROGRAM, "serve", str(self.town), "--listen", "127.0.0.1:0", "--json"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            said = json.loads(process.stdout.readline())
            self.assertEqual((said["town"], said["fingerprint"]), ("试验镇", None))
            self.assertRegex(said["url"], r"^http://127\.0\.0\.1:[1-9][0-9]*/$")
            with urllib.request.urlopen(said["url"]) as page:
                self.assertEqual(page.status, 200)
        finally:
            process.send_signal(signal.SIGINT)
            process.stdout.close()
            self.assertEqual(process.wait(), 0)


class Definitions(Town):
    def test_check_says_file_line_column_and_the_nearest_name(self):
        self.expect(0, "check")
        line = self.root / "lines" / "ecology" / "bees"
        line.mkdir(parents=True)
        (line / "workline.toml").write_text(
            'name = "养蜂"\nchapter = "ecology"\n[record.hive]\nnmae = "蜂箱"\n', encoding="utf-8")
        done = self.expect(1, "check", self.root / "lines")
        text = done.stdout + done.stderr
        self.assertIn("workline.toml:4:", text)
        self.assertIn("name", text)
        self.assertIn(f"{line}/workline.toml:4:", text)  # a path that can be opened
        self.expect(1, "--worklines", self.root / "lines", "check")

    def test_what_is_not_kept_in_cells_is_listed(self):
        self.assertEqual(self.json(0, "check")["computed_from_rows"], [])
        self.assertIn("都存有汇总", self.expect(0, "check").stdout)
        line = self.root / "lines" / "ecology" / "bees"
        line.mkdir(parents=True)
        (line / "workline.toml").write_text(
            'name = "养蜂"\nchapter = "ecology"\n[record.hive]\nname = "蜂箱"\n'
            'title = "{number}"\nkey = ["place", "number"]\nfields = ['
            '{ id = "number", name = "编号", type = "text" }, '
            '{ id = "frames", name = "脾数", type = "int", unit = "个" }, '
            '{ id = "on", name = "日期", type = "date" }]\n'
            '[indicator.most_frames]\nname = "最多脾数"\nunit = "个"\nof = "hive"\nat = "on"\n'
            'value = "max(frames)"\n'
            '[indicator.all_frames]\nname = "脾数"\nunit = "个"\nof = "hive"\nat = "on"\n'
            'value = "sum(frames)"\n', encoding="utf-8")
        self.assertEqual(self.json(0, "check", self.root / "lines")["computed_from_rows"],
                         [{"indicator": "most_frames", "name": "最多脾数"}])
        text = self.expect(0, "check", self.root / "lines").stdout
        self.assertIn("1 个指标不存汇总，每次从记录计算：\n    most_frames 最多脾数\n", text)

    def test_a_towns_own_layer_is_checked_with_what_it_stands_upon(self):
        local = self.town / "local"
        own = local / "worklines" / "industry" / "greenhouse" / "workline.toml"
        own.parent.mkdir(parents=True)
        own.write_text('extends = "industry/greenhouse"\n[record.greenhouse]\nfields = [{ id = '
                       '"x_film", name = "棚膜", type = "text" }]\n', encoding="utf-8")
        for folder in (self.town, local, f"{local}/"):
            self.expect(0, "check", folder)
        self.assertIn(str(own), self.expect(0, "check", local, "--origin",
                                            "record.greenhouse.fields.x_film").stdout)
        own.write_text('extends = "industry/greenhose"\n', encoding="utf-8")
        for folder in (self.town, local, f"{local}/"):
            done = self.expect(1, "check", folder)
            path, row, _ = done.stdout.split(":", 2)
            self.assertEqual(row, "1")
            self.assertTrue(os.path.samefile(path, own), done.stdout)
            self.assertIn("industry/greenhouse", done.stdout)
            error = self.json(1, "check", folder)["errors"][0]
            self.assertEqual(error["layer"], "local")
            self.assertTrue(os.path.samefile(error["path"], own))
        # A verb that needs the town says the same.
        self.assertIn(f"{own}:1:", self.expect(1, "figure", self.town, "all", "--period",
                                               "2023").stderr)

    def test_samples_and_cases_name_only_what_is_there(self):
        line = self.root / "lines" / "ecology" / "bees"
        line.mkdir(parents=True)
        (line / "workline.toml").write_text(
            'name = "养蜂"\nchapter = "ecology"\n[record.hive]\nname = "蜂箱"\n'
            'title = "{number}"\nkey = ["place", "number"]\nfields = [{ id = "number", '
            'name = "编号", type = "text" }]\n', encoding="utf-8")
        self.expect(0, "check", self.root / "lines")
        sample = line / "sample.toml"
        sample.write_text('[[make]]\nrecord = "hvie"\ncount = 1\n', encoding="utf-8")
        self.assertIn(f"{sample}:2:10: 没有台账“hvie”；是不是“hive”？",
                      self.expect(1, "check", self.root / "lines").stdout)
        # What only the made-up town's own reader sees is told too.
        sample.write_text('[[make]]\nrecord = "hive"\ncount = 1\nset.number = { txt = ["一"] }\n',
                          encoding="utf-8")
        self.assertIn(f"{sample}:4:", self.expect(1, "check", self.root / "lines").stdout)
        # All of it at once, each with its column.
        sample.write_text('[[make]]\nrecord = "hive"\ncount = 1\nset.number = { txt = ["一"] }\n\n'
                          '[[make]]\nrecord = "hive"\ncuont = 1\n', encoding="utf-8")
        told = self.json(1, "check", self.root / "lines")["errors"]
        self.assertEqual([e["line"] for e in told], [4, 8])
        self.assertTrue(all(e["column"] > 0 for e in told))
        # And keeps no town from opening: a town runs without samples.
        own = self.town / "local" / "worklines" / "ecology" / "bees"
        own.mkdir(parents=True)
        (own / "workline.toml").write_text((line / "workline.toml").read_text(), encoding="utf-8")
        (own / "sample.toml").write_text('[[make]]\nrecord = "hvie"\ncount = 1\n', encoding="utf-8")
        self.expect(0, "export", self.town, "hive", self.root / "hives.csv")
        self.assertIn("是不是“hive”", self.expect(1, "check", self.town).stdout)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=1)
