#!/usr/bin/env python3
"""Measures Directus and prints one markdown table: run.py FOLDER [--times 3] [--seconds 20]

Exits 1 when an answer was not 2xx, wrk met an error, a page was not the one asked for, or a row that was answered was not
in the database, with its entry in the log and its revision.
"""

import argparse
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import herd
import server

HERE = Path(__file__).parent


def machine_busy():
    user, nice, system, _, _, irq, soft = map(int, Path("/proc/stat").read_text().split()[1:8])
    return (user + nice + system + irq + soft) / server.TICKS


def taken(directus):
    """By the server, and by every wrk that has ended."""
    times = os.times()
    return directus.cpu_seconds() + times.children_user + times.children_system


class Bench:
    def __init__(self, home, options):
        self.home, self.options = home, options
        self.failures, self.others, self.lines = [], [], []

    def wrk(self, directus, script, clients, *args):
        """One run; beside it is kept how many cores other programs took meanwhile."""
        command = ["wrk", "-t1", f"-c{clients}", f"-d{self.options.seconds}s", "--timeout", "30s",
                   "-s", script, server.ADDRESS, "--", server.TOKEN, *args]
        began, busy, ours = time.monotonic(), machine_busy(), taken(directus)
        lua = {**os.environ, "LUA_PATH": str(HERE.parent / "load" / "?.lua") + ";;"}
        said = subprocess.run(command, cwd=HERE, check=True, capture_output=True, text=True, env=lua).stdout
        self.others.append((machine_busy() - busy - taken(directus) + ours) / (time.monotonic() - began))
        answer = json.loads(said.strip().splitlines()[-1])
        if answer["bad"] or answer["errors"] or not answer["answered"]:
            self.failures.append(f"{script}, {clients} clients: {answer}")
        return answer

    def counts(self):
        """Rows, log entries and revisions of the ledger."""
        base = sqlite3.connect(f"file:{self.home / 'data.db'}?mode=ro", uri=True, timeout=60)
        found = [base.execute(f"select count(*) from {herd.COLLECTION}").fetchone()[0]]
        for table in ("directus_activity", "directus_revisions"):
            found.append(base.execute(f"select count(*) from {table} where collection = ?",
                                      (herd.COLLECTION,)).fetchone()[0])
        base.close()
        return found

    def settled(self):
        """Directus still writes what its clients no longer wait for: the counts once they stand for a second."""
        found, before = self.counts(), None
        while found != before:
            time.sleep(1)
            found, before = self.counts(), found
        return found

    def creates(self, directus, clients):
        answers = []
        for _ in range(self.options.times):
            before = self.settled()
            answer = self.wrk(directus, "create.lua", clients, f"{time.time_ns()}")
            grown = [now - then for now, then in zip(self.settled(), before)]
            if any(not answer["answered"] <= more <= answer["answered"] + clients for more in grown):
                self.failures.append(f"{answer['answered']} creates answered, but rows, log, revisions grew by {grown}")
            answers.append(answer)
        self.say(f"create, {clients} clients", answers)

    def pages(self, directus, clients, *args):
        answers = [self.wrk(directus, "page.lua", clients, *args) for _ in range(self.options.times)]
        self.say(f"page of 50{', counted' if args else ''}, {clients} clients", answers)

    def check_page(self):
        """Said by Directus and by SQL: the same 50 rows."""
        place, kind = herd.PLACES[4], herd.KINDS[2]
        said = server.ask(f"/items/{herd.COLLECTION}?filter[place][_eq]={quote(place)}&filter[kind][_eq]={quote(kind)}"
                          "&sort=-quarter,farm&limit=50&fields=id", server.TOKEN)["data"]
        base = sqlite3.connect(self.home / "data.db")
        right = base.execute(f"select id from {herd.COLLECTION} where place = ? and kind = ? "
                             "order by quarter desc, farm limit 50", (place, kind)).fetchall()
        base.close()
        if len(right) != 50 or [row["id"] for row in said] != [row[0] for row in right]:
            self.failures.append("the page is not the one that was asked for")

    def say(self, what, answers):
        rates = sorted(a["answered"] / a["seconds"] for a in answers)
        middle = {name: statistics.median(a[name] for a in answers) for name in ("p50_ms", "p99_ms")}
        self.lines.append(f"| {what} | {statistics.median(rates):,.0f}/s | {rates[0]:,.0f} - {rates[-1]:,.0f} "
                          f"| {middle['p50_ms']:,.1f} ms | {middle['p99_ms']:,.1f} ms |")
        print(self.lines[-1], file=sys.stderr)

    def starts(self):
        seconds, memory = [], []
        for _ in range(self.options.times):
            with server.Server(self.home) as directus:
                seconds.append(directus.start_seconds)
                memory.append(directus.megabytes("VmRSS"))
        self.lines.append(f"| start until it answers | {statistics.median(seconds):.2f} s "
                          f"| {min(seconds):.2f} - {max(seconds):.2f} | | |")
        self.lines.append(f"| memory once started | {statistics.median(memory):.0f} MB "
                          f"| {min(memory):.0f} - {max(memory):.0f} | | |")

    def run(self):
        self.starts()
        rows = self.counts()[0]
        with server.Server(self.home) as directus:
            self.check_page()
            for counted in ((), ("count",)):
                for clients in (1, 8):
                    self.pages(directus, clients, *counted)
            self.lines.append(f"| memory at most, after the pages | {directus.megabytes('VmHWM'):.0f} MB | | | |")
            for clients in (1, 8, 32, 128):
                self.creates(directus, clients)
            self.lines.append(f"| memory at most, after all | {directus.megabytes('VmHWM'):.0f} MB | | | |")
        return rows


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=20)
    options = parser.parse_args()
    load = os.getloadavg()[0]
    bench = Bench(options.folder.resolve(), options)
    rows = bench.run()
    print(f"{rows:,} rows; medians of {options.times}, {options.seconds} s each; load before: {load:.2f}; "
          f"cores taken by other programs: {statistics.median(bench.others):.2f}, at most {max(bench.others):.2f}\n")
    print("\n".join(["| Directus | median | least - most | p50 | p99 |", "| --- | ---: | ---: | ---: | ---: |", *bench.lines]))
    for failure in bench.failures:
        print(f"FAILED {failure}", file=sys.stderr)
    sys.exit(1 if bench.failures else 0)


if __name__ == "__main__":
    main()
