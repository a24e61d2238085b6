"""A whole town at its program, beside the eight of load.py: those who write what is no row, come and go, break off in the middle,
and run verbs on the same town."""

import json
import socket
import time
import urllib.parse

from load import LEDGER, RETURNS, SealWorker, Worker, new_row, numbers
from tally import PERIOD, REPORT, Walker
from town import PASSWORD, VILLAGES, Dead, Refused

FIGURE = "vegetable_output_t"
SHEET = "蔬菜种植情况统计表.csv"


class Office(Walker):
    """What is written and is no row of load.py's. `blank` and `sent_out`: a workbook, a report that is about to come back."""

    blank = sent_out = b""

    def walk_rows(self):
        row = self.put("POST", f"/records/{LEDGER}", new_row(f"{self.name}-r{next(numbers)}."), key=True)
        self.put("POST", f"/records/{LEDGER}/check", {"place": VILLAGES[0][0], "values": {"kind": "钢架大棚"}})
        self.put("POST", f"/records/{LEDGER}/bulk", [new_row("只看")] * 3, dry_run=1)
        if row:
            at = f"/records/{LEDGER}/{row['id']}"
            changed = self.put("PATCH", at, {"values": {"note": "改"}}, version=row["version"])
            self.put("POST", f"{at}/reveal", {"field": "holder", "why": "核对"})
            self.put("POST", f"{at}/revert", {"to": row["version"]}, version=changed["version"])
            self.put("PATCH", at, {"values": {"note": "晚"}}, version=row["version"])

    def walk_returns(self):
        place = self.chance.choice(VILLAGES)[0]
        self.put("POST", f"/returns/{RETURNS}", {"what": "zero", "why": "没有"}, period="2012", place=place)
        self.put("DELETE", f"/returns/{RETURNS}", period="2012", place=place, why="误报")

    def walk_figures(self):
        said = {"value": f"{next(numbers)}", "kind": "adopted", "organ": "统计局", "document": "文〔1〕", "reason": "核定"}
        self.put("POST", f"/figures/{FIGURE}/entered", said, key=True, period="2012")

    def draft(self):
        drafts = [one["edition"] for one in self.get(f"{REPORT}/editions", period=PERIOD) or [] if not one["sealed"]]
        made = None if drafts else self.put("POST", f"{REPORT}/editions", {}, key=True, period=PERIOD)
        return drafts[0] if drafts else made and made["edition"]

    def walk_text(self):
        at = f"/editions/{self.draft()}/paragraphs"
        last = (self.get(at) or [None])[-1]
        text = {"style": "body", "text": "新的一段。"}
        made = last and self.put("POST", at, {"chapter": last["chapter"], "after": last["id"], **text}, key=True)
        made = made and self.put("PATCH", f"{at}/{made['id']}", {"text": "改过的一段。"}, version=made["version"])
        if made:
            self.put("DELETE", f"{at}/{made['id']}", version=made["version"])

    def walk_checks(self):
        edition = self.draft()
        lines = (self.get(f"/editions/{edition}/checks") or {"lines": []})["lines"]
        slots = [one["slot"] for line in lines for one in line["figures"]]
        for said in ({"state": "disputed", "word": "少了一个村"}, {"state": "confirmed"}):
            self.put("POST", f"/editions/{edition}/checks", {"slots": slots[:2], **said})

    def walk_comes_back(self):
        name = urllib.parse.quote("返.docx")
        self.file(f"/editions/{self.draft()}/returned/{name}", self.sent_out)

    def walk_forms(self):
        form = self.file(f"/forms/{urllib.parse.quote(f'表{next(numbers) % 3}')}/blank", self.blank)
        form = form and self.get(f"/forms/{form['id']}")
        if not form:
            return
        at, sheet = f"/forms/{form['id']}", form["sheets"][0]["name"]
        bindings = [{"sheet": sheet, "cell": "B9", "kind": "figure", "what": FIGURE},
                    {"sheet": sheet, "cell": "A8", "kind": "text", "what": "{{period}}"},
                    {"sheet": sheet, "cell": "A12", "kind": "list", "what": RETURNS, "fields": ["place", "year"],
                     "filter": "", "room": 9}]
        self.put("POST", f"{at}/check", {"bindings": bindings})
        self.put("PUT", f"{at}/bindings", {"bindings": bindings}, version=form["version"])
        self.get(f"{at}/filled", period=PERIOD)
        self.get(f"{at}/file", period=PERIOD)
        kept = self.put("POST", f"{at}/filings", {"period": PERIOD, "why": "报县里"}, key=True)
        if kept:
            self.get(f"/filings/{kept['id']}")
            self.get(f"/filings/{kept['id']}/file")
        if self.chance.random() < 0.3:
            self.put("DELETE", at, {"why": "不再报"})

    def walk_settings(self):
        told = self.get("/settings")
        villages = [{"code": code, "name": name, "groups": 2, "aliases": [f"{name}{next(numbers) % 5}"]} for code, name in VILLAGES]
        self.put("PUT", "/settings", {"values": {"town_idea": f"理念{next(numbers)}"}, "villages": villages},
                 version=told["version"])


class Desk(Walker):
    """Files that are asked about, mended, given up."""

    def turn(self):
        tray = f"/imports/{self.caller.ask('POST', '/imports')['id']}"
        at = f"{tray}/files/{urllib.parse.quote(SHEET)}"
        head = "村名,年度,露地蔬菜面积（亩）,露地蔬菜产量（吨）,某某数\n"
        self.file(at, "一\n".encode())
        self.put("DELETE", at)
        years = range(1980, 2000 if self.chance.random() < 0.5 else 1983)
        self.file(at, (head + "".join(f"东村,{year},{next(numbers)},3,7\n西村,{year},约20,6,8\n" for year in years)).encode())
        looked = self.work(tray, "look", {})
        proposal = (looked.get("result") or {"proposals": []})["proposals"][:1]
        for one in proposal:
            self.put("POST", f"{tray}/decisions", {"file": SHEET, "columns": {"某某数": ""},
                                                   **{key: one[key] for key in ("sheet", "table", "record")}})
            self.put("POST", f"{tray}/mends", {"file": SHEET, "sheet": one["sheet"], "row": 2, "column": "C", "value": "110"})
        self.put("POST", f"{tray}/look", {})
        self.put("POST", f"{tray}/cancel")
        self.work(tray, "run", {"why": "年报"})
        self.get(at.replace("/files/", "/rejects/"))
        self.put("DELETE", tray)
        self.answered += 1

    def work(self, tray, what, body):
        self.settled(tray)
        self.put("POST", f"{tray}/{what}", body)
        return self.settled(tray)

    def settled(self, tray):
        while True:
            told = self.caller.ask("GET", tray)
            if told["state"] not in ("waiting", "working"):
                return told
            time.sleep(0.02)


class Head(Walker):
    """Who comes in: users made, changed, their passwords set anew."""

    def walk_users(self):
        login = f"u{next(numbers)}"
        made = self.put("POST", "/users", {"login": login, "name": login, "role": "village_clerk", "lines": [],
                                           "places": [VILLAGES[0][0]], "why": "到任"}, key=True)
        if made:
            at = f"/users/{made['id']}"
            self.put("PATCH", at, {"places": ["itself"], "why": "兼管"})
            self.put("POST", f"{at}/password", {"why": "忘了"})
            self.put("PATCH", at, {"disabled": True, "why": "离任"})


class Door(Walker):
    """In and out again; with a new password; not let in."""

    def walk_in(self):
        self.caller.csrf = self.caller.cookie = None
        self.caller.sign_in(PASSWORD)
        self.get("/town")
        other = self.caller.again()
        other.csrf = other.cookie = None
        other.sign_in(PASSWORD)
        if self.chance.random() < 0.3:
            self.put("POST", "/session/password", {"old": PASSWORD, "new": PASSWORD + "x"})
            self.caller.csrf = self.get("/session")["csrf"]
            self.put("POST", "/session/password", {"old": PASSWORD + "x", "new": PASSWORD})
            self.caller.csrf = self.get("/session")["csrf"]
        for one in self.get("/sessions") or []:
            if not one["own"]:
                self.put("DELETE", f"/sessions/{one['id']}")
        other.tries("GET", "/town")
        self.put("DELETE", "/session")
        self.get("/town")

    # Failures lock an address out; this one has more than one.
    def walk_refused(self):
        where = socket.socket()
        try:
            where.bind((f"127.0.{self.chance.randint(1, 250)}.{self.chance.randint(2, 250)}", 0))
            where.settimeout(60)
            where.connect(("127.0.0.1", self.caller.town.port))
            body = json.dumps({"login": f"nobody{next(numbers) % 7}", "password": "不对的口令"}).encode()
            where.sendall(b"POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                          b"Connection: close\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
            answer = b"".join(iter(lambda: where.recv(65536), b""))
        except OSError as error:
            raise Dead(str(error)) from error
        finally:
            where.close()
        self.caller.tally.count("POST", "/api/v1/session", int(answer.split()[1]), answer)


class Breaker(Worker):
    """Begins and does not end: a part of a request, an upload that stops, an answer that nobody takes, no HTTP at all."""

    def turn(self):
        words = (f"Host: 127.0.0.1\r\nCookie: {self.caller.cookie}\r\nX-CSRF-Token: {self.caller.csrf}\r\n").encode()
        whole = b"GET /api/v1/reports/annual?period=2023 HTTP/1.1\r\n" + words + b"\r\n"
        row = json.dumps(new_row(f"{self.name}-{next(numbers)}.")).encode()
        write = (b"POST /api/v1/records/greenhouse HTTP/1.1\r\nIdempotency-Key: %d\r\nContent-Type: application/json\r\n"
                 b"Content-Length: %d\r\n" % (next(numbers), len(row))) + words + b"\r\n" + row
        upload = (b"PUT /api/v1/forms/x/blank HTTP/1.1\r\nContent-Type: application/octet-stream\r\nContent-Length: 900000\r\n"
                  + words + b"\r\n" + b"PK" * 5000)
        sent = self.chance.choice((whole, whole * 3, whole[:self.chance.randint(1, len(whole))], write, write[:-20], upload,
                                   b"\x16\x03\x01" + b"\0" * 40, b"GET / HTTP/1.1\r\n\r\n"))
        try:
            with socket.create_connection(("127.0.0.1", self.caller.town.port), 60) as one:
                one.sendall(sent)
                one.settimeout(0.3)
                if self.chance.random() < 0.4:
                    one.recv(self.chance.choice((1, 4096)))
        except ConnectionRefusedError as error:
            raise Dead(str(error)) from error
        except OSError:
            pass
        self.answered += 1
        time.sleep(0.02)


class Sealer(SealWorker):
    """Others write in its drafts, which it leaves them a while, and dispute its figures: it may be refused."""

    def turn(self):
        time.sleep(self.chance.uniform(0, 2))
        try:
            super().turn()
        except Refused:
            self.open = None


class Verbs(Worker):
    """At the machine itself, beside the served program. `home`: where files go."""

    home = None

    def turn(self):
        town, n = self.caller.town, next(numbers)
        for words in (("backup", town.folder, self.home / f"{n}.zwb"), ("audit", "verify", town.folder),
                      ("export", town.folder, LEDGER, self.home / f"{n}.xlsx"),
                      ("report", town.folder, "annual", "--period", PERIOD, "--out", self.home / f"{n}.docx"),
                      ("user", "add", town.folder, f"v{n}", "--role", "reader", "--why", "试用")):
            if self.stopping:
                return
            done = town.run(*words)
            # 1: what the report lacks is told, and it is written.
            if done.returncode != 0 and not (words[0] == "report" and done.returncode == 1):
                self.wrong.append(f"zhenwu {words[0]}: exit {done.returncode}: {done.stdout}{done.stderr}")
            self.answered += 1
