#!/usr/bin/env python3
"""The clock is set back by a day while people work, and stays so over a restart: they work on, ids and the log's moments grow,
histories keep their order, and what the town said of a moment before stays what it says.

    python3 tests/faults/clock.py build/debug/zhenwu build/debug/tests/libfaults_machine.so [--seed 1] [--blind | --fault at]

`--blind`: the clock is left alone. `--fault at`: the log's entries from the day that came twice get its moments, as a program
would write them that takes the clock's word. Both must be found.
"""

import signal
import sqlite3
import time

from as_of import QUESTIONS, answers, differences, log_of, moment_of
from load import LEDGER, RowWorker
from look import Look
from machine import GIVEN, OnMachine, run, words_of
from town import PASSWORD, Caller, Refused

DAY = 24 * 60 * 60 * 1000
BACK = f"clock {-DAY}"


class Clock(OnMachine):
    def setUp(self):
        super().setUp()
        self.workers = [RowWorker(f"w{n}", self.office.again(), self.chance) for n in range(3)]
        self.before = {}  # moment → what the town said of it
        self.phases = []  # the log's last number when each began

    def work(self):
        self.phases.append(log_of(self.town.file)[-1][0])
        self.workers = [worker.anew(self.office.again()) for worker in self.workers]
        for worker in self.workers:
            worker.start()
        time.sleep(self.chance.uniform(0.2, 0.4))
        for worker in self.workers:
            worker.stopping = True
        for worker in self.workers:
            worker.join(30)
        self.assertEqual([fault for worker in self.workers for fault in worker.wrong], [])

    def answers(self, moment=None):
        return answers(self.town, moment, (QUESTIONS[0], QUESTIONS[-1]))

    def remember(self):
        """The log's last moment, and some moment of it."""
        moments = [at for _, at in log_of(self.town.file)]
        for at in {moments[-1]} if self.before else {moments[-1], self.chance.choice(moments)}:
            self.before[at] = self.answers(moment_of(at))
        self.assertEqual(differences(self.answers(), self.before[moments[-1]]), [])

    def stays(self):
        for at, said in self.before.items():
            self.assertEqual(differences(said, self.answers(moment_of(at))), [], f"as of {moment_of(at)}")

    def in_order(self):
        log = log_of(self.town.file)
        moments = [at for _, at in log]
        self.assertEqual([seq for seq, _ in log], list(range(1, len(log) + 1)))
        self.assertEqual(moments, sorted(moments), "the log's moments fall")
        with sqlite3.connect(f"file:{self.town.file}?mode=ro", uri=True) as file:
            made = file.execute("select id, seq_from from v_greenhouse where version = 1").fetchall()
            made += file.execute("select id, seq from batch").fetchall()
        file.close()
        for begun in self.phases:
            old = max((id_ for id_, seq in made if seq <= begun), default=0)
            new = min((id_ for id_, seq in made if seq > begun), default=old + 1)
            self.assertLess(old, new, f"ids did not grow after entry {begun} of the log")

    def histories(self):
        """Of some rows that were changed most."""
        rows = sorted((int(row["version"]), id_) for worker in self.workers for id_, row in worker.rows.items())[-30:]
        for newest, id_ in rows:
            history = self.office.ask("GET", f"/records/{LEDGER}/{id_}")["history"]
            told = [(int(one["version"]), int(one["seq"]), one["at"]) for one in history]
            self.assertEqual([version for version, _, _ in told], list(range(1, newest + 1)))
            for place in (1, 2):
                column = [one[place] for one in told]
                self.assertEqual(column, sorted(column), f"row {id_}")

    def is_back(self):
        """By a session that begins now: it is told by the clock alone."""
        again = Caller(self.town, "office")
        again.sign_in(PASSWORD)
        newest = moment_of(max(self.before))
        begun = max(one["begun_at"] for one in again.ask("GET", "/sessions"))
        self.assertLess(begun, newest, "the clock was not set back")

    def test_a_clock_set_back_changes_nothing_of_before(self):
        self.work()
        self.remember()
        self.machine.goes(BACK)
        self.work()
        self.is_back()
        self.stays()
        self.remember()
        self.town.end(self.chance.choice((signal.SIGTERM, signal.SIGKILL)))
        self.served_again()
        self.work()
        self.stays()
        self.remember()
        doubled = log_of(self.town.file)[-1][0]
        self.machine.well()
        self.work()
        if GIVEN.fault:
            self.town.end(signal.SIGTERM)
            with sqlite3.connect(self.town.file) as file:
                file.execute("update log set at = at - ? where seq > ? and seq <= ?", (DAY, self.phases[1], doubled))
            file.close()
            self.served_again()
        self.stays()
        self.in_order()
        self.histories()
        self.assertEqual(Look(self.office.again()).all_of(self.workers), [])
        self.assertEqual(self.town.faults(), [])

    def test_a_lock_of_before_does_not_last_a_day(self):
        for n in range(5):
            self.machine.goes(f"clock {n * 10_000}")
            with self.assertRaises(Refused) as caught:
                Caller(self.town, "office").sign_in("wrong")
            if not GIVEN.blind:
                self.assertEqual(caught.exception.status, 401)
        with self.assertRaises(Refused) as caught:
            Caller(self.town, "office").sign_in(PASSWORD)
        self.assertEqual(caught.exception.status, 429)
        self.machine.goes(BACK)
        try:
            Caller(self.town, "office").sign_in(PASSWORD)
        except Refused as refused:
            self.fail(f"locked out: {refused}")


if __name__ == "__main__":
    given = words_of(__doc__)
    given.add_argument("--fault", choices=("at",))
    run(given)
