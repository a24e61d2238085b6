"""The parts of the bench: each measures one kind of work and says it as Lines."""

import dataclasses
import json
import pathlib
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import import_cost
from served import HERE, Served, rate, timed

LEDGER, LARGEST = "r_herd_quarter", "r_planting"


@dataclasses.dataclass
class Line:
    work: str
    measured: str
    beside: str = ""   # the floor
    limit: str = ""    # to beat
    met: bool | None = None


class Bench:
    """What the parts share: the program, the towns, how often, and a folder of its own."""

    def __init__(self, given, folder):
        self.given, self.folder = given, folder
        self.program, self.town, self.times = given.program, given.town, given.times

    def home(self, name):
        path = self.folder / name
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir()
        return path

    def served(self, name="served", town=None, **more):
        return Served(self.program, self.home(name), town or self.town, **more)

    def reach(self, number, at_most=None, at_least=None):
        """`--all N` makes it N times as easy: 0 shows that a limit can be missed."""
        if at_most is not None:
            return number <= at_most * self.given.all
        return number >= at_least / self.given.all if self.given.all else False

    def floor(self, *words):
        said = subprocess.run([self.given.floor, *map(str, words)], check=True, capture_output=True, text=True).stdout
        done = json.loads(said)
        return done["requests"] / done["seconds"]


def recorded(bench, name, work):
    """The SQL of the program while `work`(served) goes on; the town as it was before, and the record."""
    record = bench.folder / f"{name}.sql"
    served = bench.served("recorded", preload=bench.given.record, record=record)
    come = served.invite()
    before = bench.folder / f"{name}.sqlite"
    with served:
        come()
        with sqlite3.connect(served.town.file) as base, sqlite3.connect(before) as copy:
            base.backup(copy)
        work(served)
    return before, record


def creates(bench):
    """Single creates over HTTP, each answered once it is on disk; the floor takes as many requests into one commit as there are clients, of
    what so many clients made the program do: what it does once for a batch is the less the larger the batch."""
    for clients in (1, 8, 32, 128):
        before, record = recorded(bench, "creates", lambda served, many=clients: served.wrk("create.lua", many, bench.given.record_seconds))
        ours, floors, ratios = [], [], []
        for _ in range(bench.times):
            served = bench.served()
            come = served.invite(4)
            with served:
                come()
                ours.append(rate(served.wrk("create.lua", clients, bench.given.seconds)))
            copy = bench.folder / "floor.sqlite"
            shutil.copy(before, copy)
            floors.append(bench.floor("writes", copy, record, LEDGER, clients, bench.given.seconds))
            for left in bench.folder.glob("floor.sqlite*"):
                left.unlink()
            ratios.append(ours[-1] / floors[-1])
        ratio = statistics.median(ratios)
        yield Line(f"creates, {clients} clients", f"{statistics.median(ours):,.0f}/s", f"{statistics.median(floors):,.0f}/s: {ratio:.2f}",
                   "≥ 0.7" if clients == 32 else "", bench.reach(ratio, at_least=0.7) if clients == 32 else None)


def pages(bench):
    """The 50 largest sowings of one crop in one village, out of the largest ledger."""
    before, record = recorded(bench, "pages", lambda served: served.wrk("page.lua", 1, 5))
    served = bench.served()
    come = served.invite(4)
    with served:
        come()
        for clients, threads in ((1, 1), (8, 2)):
            ours, floors, ratios = [], [], []
            for _ in range(bench.times):
                ours.append(rate(served.wrk("page.lua", clients, bench.given.seconds)))
                floors.append(bench.floor("reads", before, record, LARGEST, threads, bench.given.seconds))
                ratios.append(ours[-1] / floors[-1])
            ratio = statistics.median(ratios)
            yield Line(f"page of 50, {clients} clients", f"{statistics.median(ours):,.1f}/s",
                       f"{statistics.median(floors):,.1f}/s: {ratio:.2f}", "≥ 0.3", bench.reach(ratio, at_least=0.3))


def p95(served, path, times=100):
    served.ask(path)
    taken = sorted(timed(lambda: served.ask(path)) for _ in range(times))
    return taken[int(times * 0.95)]


def asked(bench, town, name):
    served = bench.served(name, town)
    come = served.invite()
    with served:
        come()
        yield served
    shutil.rmtree(bench.folder / name)


def figures(bench):
    """Every annual figure and last year's, as the page asks for them; the report of 23 slots."""
    small = {}
    for served in asked(bench, bench.town, "served"):
        for path in ("/figures?period=2023", "/reports/annual?period=2023"):
            small[path] = p95(served, path)
            yield Line(f"{path.split('?')[0]}, p95 of 100", f"{small[path]:.1f} ms", "", "≤ 50 ms", bench.reach(small[path], 50))
    if not bench.given.huge:
        return
    for served in asked(bench, bench.given.huge, "huge"):
        for path, was in small.items():
            now = p95(served, path)
            yield Line(f"{path.split('?')[0]}, p95 of 100, ten times the rows", f"{now:.1f} ms", f"{was:.1f} ms: {now / was:.2f}", "≤ 1.2",
                       bench.reach(now / was, 1.2))


def report(bench):
    """The report as a file; how one figure opens down to 100 rows."""
    for served in asked(bench, bench.town, "served"):
        def file():
            served.ask("/reports/annual/file?period=2023&format=docx")

        def opened():
            served.ask("/figures/planted_vegetable_output_t?period=2023")
            rows = served.ask("/figures/planted_vegetable_output_t/records?period=2023")
            if len(rows["rows"]) < 100:
                sys.exit(f"only {len(rows['rows'])} rows behind the figure")

        for work, what, limit in ((file, "report .docx", 1000), (opened, "explanation and its first 100 rows", 100)):
            work()
            taken = [timed(work) for _ in range(max(bench.times, 5))]
            yield Line(what, f"{statistics.median(taken):.0f} ms", f"slowest {max(taken):.0f} ms", f"≤ {limit} ms",
                       bench.reach(statistics.median(taken), limit))


def as_of(bench):
    """A figure of the largest ledger as of the middle of the log; the whole verb, from start to end."""
    with sqlite3.connect(f"file:{bench.town}/town.sqlite?mode=ro", uri=True) as base:
        at = base.execute("select at from log order by seq limit 1 offset (select count(*) / 2 from log)").fetchone()[0]
    moment = time.strftime("%Y-%m-%dT%H:%M", time.localtime(at / 1000 + 60))
    words = [bench.program, "figure", bench.town, "planted_vegetable_output_t", "--period", "2023", "--as-of", moment]
    taken = [timed(lambda: subprocess.run(words, check=True, capture_output=True)) for _ in range(bench.times)]
    yield Line("figure as of a moment (verb)", f"{statistics.median(taken):.0f} ms", f"slowest {max(taken):.0f} ms", "≤ 2,000 ms",
               bench.reach(statistics.median(taken), 2000))


def imports(bench):
    """100,000 rows of .xlsx with all checks, versions, cells and log, against what 10,000 need."""
    folder = bench.home("import")
    for count in (10_000, 100_000):
        subprocess.run([sys.executable, HERE / "make_rows.py", str(count), folder], check=True)
    small = import_cost.one(bench.program, folder, 10_000, "xlsx")
    large = import_cost.one(bench.program, folder, 100_000, "xlsx")
    growth = (large.peak - small.peak) / 1024
    yield Line("import of 100,000 rows of .xlsx", f"{large.wall:.1f} s", f"{large.cpu:.1f} s of processor", "≤ 20 s", bench.reach(large.wall, 20))
    yield Line("its memory over that of 10,000", f"{growth:.1f} MB", f"{large.peak / 1024:.0f} MB at most", "≤ 32 MB", bench.reach(growth, 32))


class Watch(threading.Thread):
    """Memory of the program every ten seconds."""

    def __init__(self, served):
        super().__init__(daemon=True)
        self.served, self.over, self.seen = served, threading.Event(), []

    def run(self):
        while not self.over.wait(10):
            self.seen.append(self.served.memory())


def mixed(bench):
    """1,000 connections of people who read and write."""
    served = bench.served()
    come = served.invite(20)
    with served:
        come()
        watch = Watch(served)
        watch.start()
        done = served.wrk("mixed.lua", bench.given.people, bench.given.mixed)
        watch.over.set()
        seen = watch.seen
    yield Line(f"{bench.given.people:,} people, {bench.given.mixed} s, p99", f"{done['p99_ms']:.0f} ms",
               f"{rate(done):,.0f} requests/s, median {done['p50_ms']:.1f} ms", "≤ 250 ms", bench.reach(done["p99_ms"], 250))
    if len(seen) >= 8:
        early, late = max(seen[len(seen) // 4:len(seen) // 2]), max(seen[-len(seen) // 4:])
        yield Line("memory meanwhile, last quarter", f"{late:.0f} MB", f"second quarter {early:.0f} MB: {late / early:.2f}", "≤ 1.1",
                   bench.reach(late / early, 1.1))


def start(bench):
    """Until it says where it serves; what it holds then; the program itself."""
    starts, held = [], []
    served = bench.served()
    for _ in range(bench.times):
        with served:
            starts.append(served.started * 1000)
            time.sleep(1)
            held.append(served.memory())
    yield Line("start", f"{statistics.median(starts):.0f} ms", f"slowest {max(starts):.0f} ms", "≤ 500 ms", bench.reach(statistics.median(starts), 500))
    yield Line("idle memory", f"{statistics.median(held):.0f} MB", "", "≤ 80 MB", bench.reach(statistics.median(held), 80))
    size = pathlib.Path(bench.program).stat().st_size / 1e6
    yield Line("program", f"{size:.1f} MB", "", "≤ 15 MB", bench.reach(size, 15))


PARTS = {"start": start, "figures": figures, "report": report, "as_of": as_of, "pages": pages, "creates": creates, "imports": imports,
         "mixed": mixed}
