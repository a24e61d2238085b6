"""Who reads everything there is to read: ledgers, figures and what they come from, the report and its files, forms, the page; and a
crowd that asks the same at once."""

import http.client
import re

from load import LEDGER, RETURNS, Worker
from tally import PERIOD, REPORT, Walker
from town import VILLAGES, Dead


class Reader(Walker):
    def walk_town(self):
        for path in ("/town", "/settings", "/records", "/batches", "/entries", "/session", "/users"):
            self.get(path)
        self.get("/sessions", user="all")
        self.get("/sessions")

    def walk_ledger(self):
        self.get(f"/records/{LEDGER}", filter="occupied > 1", sort="-built_on,kind", limit=20, place=VILLAGES[0][0])
        self.get(f"/records/{LEDGER}", deleted=1, limit=20)
        self.get(f"/records/{RETURNS}", limit=200, count=0)
        self.get(f"/records/{LEDGER}", **{"contains.note": "w1-", "limit": 20})
        self.get(f"/lookup/{LEDGER}", text="dongcun", place=VILLAGES[0][0])
        self.get("/returns", period=PERIOD)
        row = self.a_row()
        if row:
            self.get(f"/records/{LEDGER}/{row['id']}")
        self.get(f"/records/{LEDGER}/999999999")

    def walk_figures(self):
        period = self.chance.choice(("1965", "2012", PERIOD, "2023Q4"))
        figures = self.get("/figures", period=period)
        for one in self.chance.sample(figures or [], min(3, len(figures or []))):
            self.get(f"/figures/{one['id']}", period=period)
            self.get(f"/figures/{one['id']}", period=period, place=VILLAGES[0][0])
            self.get(f"/figures/{one['id']}/records", period=period)
            self.get(f"/figures/{one['id']}/sheet", period=period)

    def walk_report(self):
        self.get(REPORT, period=PERIOD)
        self.get(f"{REPORT}/file", period=PERIOD, format="docx")
        self.get(f"{REPORT}/file", period=PERIOD, format="html")
        editions = [one["edition"] for one in self.get(f"{REPORT}/editions", period=PERIOD) or []]
        for edition in editions[:2]:
            self.get(f"/editions/{edition}/checks")
            self.get(f"/editions/{edition}/verify")
            paragraph = self.one_of(f"/editions/{edition}/paragraphs")
            if paragraph:
                self.get(f"/editions/{edition}/paragraphs/{paragraph['id']}")
        if len(editions) > 1:
            self.get(f"/editions/{editions[0]}/changes", since=editions[1])

    def walk_forms(self):
        for form in self.get("/forms") or []:
            for what in ("", "/filled", "/file", "/filings"):
                self.get(f"/forms/{form['id']}{what}", period=PERIOD)
            filing = self.one_of(f"/forms/{form['id']}/filings")
            if filing:
                self.get(f"/filings/{filing['id']}")
                self.get(f"/filings/{filing['id']}/file")

    def walk_page(self):
        _, _, page = self.caller.fetch("GET", "/", headers={"Accept-Encoding": "gzip"} if self.chance.random() < 0.5 else {})
        for asset in re.findall(rb'"(/assets/[^"]+)"', page)[:3]:
            self.caller.fetch("GET", asset.decode())
        self.caller.fetch("HEAD", "/")
        self.caller.fetch("GET", "/api/openapi.json")
        self.caller.fetch("PUT", "/api/v1/town")
        self.caller.fetch("GET", "/api/v1/nowhere")


class Crowd(Worker):
    """Many at the same door at the same moment, where what is kept for the next one is made, found and thrown away."""

    many = 6
    targets = (f"/records/{LEDGER}?limit=1", f"/records/{LEDGER}?limit=1&place={VILLAGES[0][0]}", f"/records/{RETURNS}?limit=1",
               "/records", "/town", "/settings", "/session", "/sessions?user=all", "/users", "/batches", "/entries", "/forms",
               f"/returns?period={PERIOD}", f"/lookup/{LEDGER}?text=dong", f"/figures?period={PERIOD}",
               "/figures/vegetable_output_t?period=2012", f"/reports/annual/editions?period={PERIOD}", f"/reports/annual?period={PERIOD}")

    def turn(self):
        caller, target = self.caller, "/api/v1" + self.chance.choice(self.targets)
        words = {"Cookie": caller.cookie}
        try:
            doors = [http.client.HTTPConnection("127.0.0.1", caller.town.port, timeout=120) for _ in range(self.many)]
            for door in doors:
                door.connect()
            for _ in range(4):
                for door in doors:
                    door.request("GET", target, headers=words)
                for door in doors:
                    answer = door.getresponse()
                    caller.tally.count("GET", target, answer.status, answer.read())
                    self.answered += 1
        except (OSError, http.client.HTTPException) as error:
            raise Dead(str(error)) from error
        finally:
            for door in doors:
                door.close()
