#!/usr/bin/env python3
"""The program, built with ThreadSanitizer, under a whole town: made in its page, then people who write, import, seal, read, sign in
and out, break off, verbs beside it, and stopped with SIGTERM while all go on. No report, no answer that is the program's fault,
every operation of its description answered, and it ends in order.

    python3 tests/faults/threads.py build/tsan/zhenwu build/tsan/tests/libfaults_threads.so [--seconds 60] [--seed 1] [--fault KIND]

A fault must be found: in the program's process (threads.cpp) `race`, `order`, `leak`, `error`; `killed`: it does not end in order;
`idle`: nobody reads.
"""

import argparse
import collections
import contextlib
import ctypes
import json
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time

from bustle import Breaker, Desk, Door, Head, Office, Sealer, Verbs
from load import ImportWorker, RowWorker
from reading import Crowd, Reader
from tally import Tally, Watched
from town import PASSWORD, VILLAGES, Dead, Town

HERE = pathlib.Path(__file__).resolve().parent
IN_PROCESS = ("race", "order", "leak", "error")
NO_RANDOM_ADDRESSES = 0x0040000  # of personality(2)
LONGEST_END = 60
LONGER = 5  # times as long, on a slow machine, until everything was asked
ROLES = {"office": [], "reader": [], "village_clerk": [VILLAGES[0][0]]}
KINDS = ((RowWorker, "office"),) * 6 + (
    (ImportWorker, "office"), (Sealer, "leader"), (Office, "office"), (Office, "office"), (Desk, "office"), (Head, "leader"),
    (Reader, "leader"), (Reader, "office"), (Reader, "village_clerk"), (Reader, "reader"), (Door, "door"), (Breaker, "office"),
    (Crowd, "leader"), (Crowd, "office"), (Verbs, "office"))


def addresses():
    """ThreadSanitizer of gcc 12 does not start where a kernel mixes addresses more than it knew; where that may not be switched
    off it starts without, or says why it does not."""
    ctypes.CDLL(None).personality(NO_RANDOM_ADDRESSES)


class Reports:
    """What ThreadSanitizer wrote of every process that begins from here."""

    def __init__(self, home):
        self.at = home / "reports"
        self.at.mkdir()
        os.environ["TSAN_OPTIONS"] = (f"log_path={self.at}/tsan exitcode=66 halt_on_error=0 second_deadlock_stack=1 history_size=4 "
                                      f"suppressions={HERE / 'tsan.supp'}")

    @staticmethod
    def written_by(program):
        """A program that is built without it would have nothing to report."""
        told = subprocess.run([program, "--version"], env={**os.environ, "TSAN_OPTIONS": "help=1"}, capture_output=True, text=True,
                              check=False)
        return "flags for ThreadSanitizer" in told.stdout + told.stderr

    def text(self):
        return "".join(path.read_text(errors="replace") for path in sorted(self.at.iterdir()))

    def wrong(self):
        text = self.text()
        said = collections.Counter(re.findall("^SUMMARY: (.*)", text, re.M))
        whole = re.findall(r"^=+\n(WARNING: ThreadSanitizer.*?)^=+$", text, re.M | re.S)
        if text and not said:
            return [text[:5000]]
        return [f"{count} times {what}" for what, count in said.most_common()] + whole[:6]


class Bustle:
    def __init__(self, given, home):
        self.given, self.home, self.tally, self.wrong, self.document = given, home, Tally(), [], None
        (home / "town").mkdir()
        self.town = Town(given.program, home)
        environment = dict(os.environ)
        if given.fault in IN_PROCESS:
            environment.update(LD_PRELOAD=str(given.library.resolve(strict=True)), ZHENWU_THREADS=given.fault)
        self.town.serve(preload=addresses, environment=environment)
        # What it says of refusals would fill the pipe.
        self.said = []
        self.listener = threading.Thread(target=lambda: self.said.extend(self.town.server.stdout), daemon=True)
        self.listener.start()

    def caller(self, login):
        return Watched(self.town, login, self.tally)

    def begins(self):
        """The town made by two clicks while others ask, and its first people."""
        settings = {"town": {"name": "试验镇", "code": "621099101000"}, "county": {"name": "试验县", "code": "621099000000"},
                    "villages": [{"code": code, "name": name, "groups": 2} for code, name in VILLAGES]}

        def asks():
            for _ in range(30):
                self.caller("").tries("GET", "/session")
                self.caller("").tries("GET", "/divisions", under="62")

        self.caller("").ask("GET", "/divisions")
        threads = [threading.Thread(target=asks) for _ in range(3)]
        threads += [threading.Thread(target=self.caller("").tries, args=("POST", "/setup", settings)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        leader = self.caller("leader")
        leader.ask("POST", "/first-start", {"login": "leader", "name": "李镇长", "password": PASSWORD})
        leader.csrf = leader.ask("GET", "/session")["csrf"]
        people = {"leader": leader}
        for login in ("office", "reader", "village_clerk", "door"):
            role = "office" if login == "door" else login
            made = leader.ask("POST", "/users", {"login": login, "name": login, "role": role, "lines": [], "places": ROLES[role],
                                                 "why": "到任"}, {"Idempotency-Key": login})
            people[login] = self.caller(login).first(made["one_time_password"])
        return people

    def works(self, people):
        Office.blank, Office.sent_out = self.files(people["leader"])
        Verbs.home = self.home
        kinds = [one for one in KINDS if self.given.fault != "idle" or one[0] not in (Reader, Crowd)]
        workers = [kind(f"w{n}-{kind.__name__}", people[login].again(), random.Random(self.given.seed * 100 + n))
                   for n, (kind, login) in enumerate(kinds)]
        for worker in workers:
            worker.start()
        begun, spent = time.monotonic(), 0
        while self.town.server.poll() is None and (
                spent < self.given.seconds or not self.given.fault and spent < LONGER * self.given.seconds and self.unasked()):
            time.sleep(0.5)
            spent = time.monotonic() - begun
        self.wrong += [f"{worker.name} ended before its time" for worker in workers if not worker.is_alive()]
        return workers

    def unasked(self):
        return self.tally.never_answered(self.document)

    def files(self, leader):
        blank = self.home / "空表.xlsx"
        self.town.must("export", self.town.folder, "vegetable_return", blank)
        return blank.read_bytes(), leader.fetch("GET", "/api/v1/reports/annual/file?period=2023&format=docx")[2]

    def ends(self, workers):
        """In the middle of everything."""
        self.town.server.send_signal(signal.SIGKILL if self.given.fault == "killed" else signal.SIGTERM)
        for worker in workers:
            worker.stopping = True
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.town.server.wait(LONGEST_END)
        status = self.town.server.poll()
        for worker in workers:
            worker.join(150)
            self.wrong += worker.wrong
            if worker.is_alive():
                self.wrong.append(f"{worker.name} never ended")
        if status is None:
            self.wrong.append(f"still there {LONGEST_END} s after SIGTERM")
            self.town.server.kill()
            self.town.server.wait()
        elif status != 0:
            self.wrong.append(f"the program ended with {status}")
        self.listener.join(10)
        if not any("已停止" in line for line in self.said):
            self.wrong.append("it never said that it stopped:\n" + "".join(self.said[-20:]))

    def stands(self):
        self.wrong += self.town.faults()
        self.wrong += [f"never answered: {one}" for one in self.unasked()]
        self.wrong += [f"by the program's fault: {one}" for one in self.tally.broken[:10]]

    def all(self):
        begun = time.monotonic()
        people = self.begins()
        self.document = json.loads(people["leader"].fetch("GET", "/api/openapi.json")[2])
        workers = self.works(people)
        self.ends(workers)
        self.stands()
        done = collections.Counter()
        for worker in workers:
            done[type(worker).__name__] += worker.answered
        return f"{self.tally.total()} answers ({self.tally.refused()} of them refusals), {dict(done)}; {time.monotonic() - begun:.0f} s"


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("program")
    words.add_argument("library", type=pathlib.Path)
    words.add_argument("--seconds", type=float, default=60)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--fault", choices=IN_PROCESS + ("killed", "idle"))
    given = words.parse_args()
    if not Reports.written_by(given.program):
        sys.exit(f"{given.program} is built without ThreadSanitizer")
    with tempfile.TemporaryDirectory(prefix="zhenwu-threads-") as home:
        reports = Reports(pathlib.Path(home))
        bustle = Bustle(given, pathlib.Path(home))
        try:
            told = bustle.all()
        except Dead as dead:
            told = ""
            bustle.wrong.append(f"no answer: {dead}\n{''.join(bustle.said[-20:])}")
        finally:
            bustle.town.over()
        wrong = reports.wrong() + bustle.wrong
    print(told)
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"no report of ThreadSanitizer in {given.seconds:.0f} s of load, and it stopped in order")


if __name__ == "__main__":
    main()
