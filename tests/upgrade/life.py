"""What a town goes through before it is stored: something of everything that the program can keep. Only words and routes that every
program since users came has had; what one of them lacks (forms, 核数) is left out of its town."""

import json
import pathlib
import signal
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "faults"), str(HERE.parent / "cli")]

from as_of import log_of, moment_of  # noqa: E402  pylint: disable=wrong-import-position
from forms_test import write_form  # noqa: E402  pylint: disable=wrong-import-position
from load import new_row  # noqa: E402  pylint: disable=wrong-import-position
from town import Caller, Refused, Town  # noqa: E402  pylint: disable=wrong-import-position

LEDGER, RETURNS, YEAR = "greenhouse", "vegetable_return", "2023"
ADOPTED, FORECAST = "steel_greenhouses_existing", "solar_greenhouses_existing"

# A line of the town's own.
LINE = """name = "养蜂"
chapter = "ecology"
[record.hive]
name = "蜂箱"
title = "{number}"
key = ["place", "number"]
fields = [
  { id = "number", name = "编号", type = "text", required = true },
  { id = "honey", name = "产蜜", type = "decimal", scale = 2, unit = "公斤" },
  { id = "on", name = "建箱日期", type = "date" },
]
[indicator.hives]
name = "蜂箱数"
unit = "个"
of = "hive"
at = "on"
value = "count()"
"""


class Life:
    def __init__(self, program, home):
        books = home / "books"
        self.program, self.home = program, home
        town = home / "town"
        town.mkdir()
        self.town = Town(program, home)
        self.town.must("sample", home / "sample", "--scale", "0.1", "--seed", "5", "--workbooks", books)
        self.settings = json.loads((books / "settings.json").read_text(encoding="utf-8"))
        self.villages = [village["code"] for village in self.settings["villages"]]
        self.town.must("init", town, "--from", books / "settings.json")
        line = town / "local" / "worklines" / "ecology" / "bees"
        line.mkdir(parents=True)
        (line / "workline.toml").write_text(LINE, encoding="utf-8")
        self.books = sorted(path for path in books.iterdir() if path.suffix in (".xlsx", ".xls", ".csv"))
        self.callers, self.keys = {}, iter(range(1, 1000))

    def whole(self):
        """The moment in its midst that is asked for later."""
        self.by_verbs()
        once = {role: self.town.invite(role, role) for role in ("leader", "office")}
        self.town.must("user", "add", self.town.folder, "clerk", "--role", "village_clerk", "--place", self.villages[0],
                       "--name", "文书", "--why", "试用")
        self.town.serve()
        self.callers = {role: Caller(self.town, role).first(word) for role, word in once.items()}
        self.rows()
        self.figures()
        first = self.edition(seal=True)
        time.sleep(0.02)
        moment = moment_of(log_of(self.town.file)[-1][1])
        time.sleep(0.02)
        self.after(first)
        self.town.end(signal.SIGTERM)
        self.form()
        return moment

    def ask(self, role, method, path, body=None, version=None, **query):
        headers = {"If-Match": f'"{version}"'} if version else {}
        if method == "POST":
            headers["Idempotency-Key"] = f"life {next(self.keys)}"
        return self.callers[role].ask(method, path, body, headers, query=query)

    def imported(self, *files):
        done = self.town.run("import", self.town.folder, *files, "--yes", "--json")
        return json.loads(done.stdout)["batch"]

    def by_verbs(self):
        self.imported(*self.books)
        more = self.home / "蔬菜种植情况统计表.csv"
        more.write_text("村名,年度,露地蔬菜面积（亩）,露地蔬菜产量（吨）\n" +
                        "".join(f"{one['name']},2021,{100 + n},300\n" for n, one in enumerate(self.settings["villages"])),
                        encoding="utf-8")
        self.town.must("import", "undo", self.town.folder, self.imported(more))
        hives = self.home / "蜂箱.csv"
        hives.write_text("村名,编号,产蜜（公斤）,建箱日期\n" +
                         f"{self.settings['villages'][0]['name']},甲1,12.50,2023-05-01\n"
                         f"{self.settings['villages'][1]['name']},乙1,8.25,2022-05-01\n", encoding="utf-8")
        self.town.must("import", self.town.folder, hives, "--as", "hive", "--yes")

    def rows(self):
        """Changed, deleted, restored, pasted, and the paste taken back."""
        page = self.ask("office", "GET", f"/records/{LEDGER}", limit=12)["rows"]
        for row in page[:4]:
            self.ask("office", "PATCH", f"/records/{LEDGER}/{row['id']}", {"values": {"note": "核实过", "occupied": "2.25"}},
                     row["version"])
        for row in page[4:8]:
            self.ask("office", "DELETE", f"/records/{LEDGER}/{row['id']}", version=row["version"])
        for row in page[4:6]:
            self.ask("office", "POST", f"/records/{LEDGER}/{row['id']}/restore")
        for undone in (True, False):
            new = [{**new_row("粘贴的"), "place": self.villages[n % 3]} for n in range(6)]
            batch = self.ask("office", "POST", f"/records/{LEDGER}/bulk", new, why="粘贴")["batch"]
            if undone:
                self.ask("office", "POST", f"/batches/{batch}/undo")

    def figures(self):
        for kind, indicator, value in (("adopted", ADOPTED, "77"), ("forecast", FORECAST, "88")):
            document = {"organ": "统计局", "document": "统〔2024〕1号"} if kind == "adopted" else {}
            self.ask("office", "POST", f"/figures/{indicator}/entered",
                     {"value": value, "kind": kind, "reason": "核定", **document}, period="2022")
        self.ask("office", "POST", f"/returns/{RETURNS}", {"what": "zero"}, period="2020", place=self.villages[0])
        self.ask("office", "POST", f"/returns/{RETURNS}", {"what": "zero"}, period="2020", place=self.villages[1])
        self.ask("office", "DELETE", f"/returns/{RETURNS}", period="2020", place=self.villages[1], why="误报")

    def edition(self, seal):
        """One with a paragraph rewritten and one added, spoken of by its lines where the program knows of that."""
        number = self.ask("office", "POST", "/reports/annual/editions", {}, period=YEAR)["edition"]
        written = [one for one in self.ask("office", "GET", f"/editions/{number}/paragraphs") if one["style"] == "body"]
        last = written[-1]
        self.ask("office", "PATCH", f"/editions/{number}/paragraphs/{last['id']}", {"text": last["text"] + "此段改过。"},
                 last["version"])
        self.ask("office", "POST", f"/editions/{number}/paragraphs",
                 {"chapter": last["chapter"], "after": last["id"], "style": "body", "text": "钢架大棚{{" + ADOPTED + "}}。"})
        slots = self.ask("leader", "GET", "/reports/annual", period=YEAR, edition=number)["slots"]
        try:
            figures = [slot["id"] for slot in slots if slot["indicator"]]
            self.ask("office", "POST", f"/editions/{number}/checks", {"slots": figures[:3], "state": "confirmed"})
        except Refused as refused:
            if refused.status not in (404, 405):
                raise
        if seal:
            waivers = {slot["id"]: "数字在核" for slot in slots if slot["blocks"]}
            self.ask("leader", "POST", f"/editions/{number}/seal", {"waivers": waivers})
        return number

    def after(self, first):
        """What moves the figures once more, new settings, and the draft of the next edition."""
        page = self.ask("office", "GET", f"/records/{LEDGER}", limit=60)["rows"]
        for row in [one for one in page[12:] if (one["values"]["built_on"] or "9") < "2023"][:6]:
            self.ask("office", "PATCH", f"/records/{LEDGER}/{row['id']}", {"values": {"gone_on": "2023-06-30"}}, row["version"])
        self.town.end(signal.SIGTERM)
        changed = self.home / "changed.json"
        changed.write_text(json.dumps({"town_idea": "蜂飞果香", "big_cattle_farm_head": 30}, ensure_ascii=False))
        self.town.must("settings", self.town.folder, changed)
        self.town.serve()
        self.callers = {role: caller.again() for role, caller in self.callers.items()}
        second = self.edition(seal=False)
        if second == first:
            raise AssertionError("no new edition was begun")

    def form(self):
        if self.town.run("form", "list", self.town.folder).returncode == 2:
            return
        self.town.must("form", "add", self.town.folder, write_form(self.home / "大棚表.xlsx"))
        self.town.must("form", "bind", self.town.folder, "大棚表", "表", "B2", ADOPTED)
        self.town.must("form", "fill", self.town.folder, "大棚表", "--period", YEAR, "--out", self.home / "filled.xlsx",
                       "--keep", "--reason", "报县")
