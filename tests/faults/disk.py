#!/usr/bin/env python3
"""The disk gives up under the program while four people work: fsync fails, or the file system was turned read-only. Writes are
refused and leave nothing, reads go on; when the disk is well again so are writes, and after a kill every answered write is there.

    python3 tests/faults/disk.py build/debug/zhenwu build/debug/tests/libfaults_machine.so [--rounds 1] [--seed 1] [--blind]

`--blind`: nothing goes wrong, so that each test must fail.
"""

import signal
import threading
import time

from load import BULK, LEDGER, RowWorker, new_row
from look import Look
from machine import GIVEN, OnMachine, run, words_of
from town import Dead, Refused

READERS = 12  # more than the program keeps connections for


class Stopped(RowWorker):
    """Goes on until it is refused; what it was refused stays open, as if it were under way."""

    refused = None

    def run(self):
        try:
            while not self.stopping:
                self.turn()
        except Refused as refused:
            self.refused = refused
        except Dead:
            pass


class Disk(OnMachine):
    def setUp(self):
        super().setUp()
        self.workers = [Stopped(f"w{n}", self.office.again(), self.chance) for n in range(4)]
        self.nobody = []  # notes of rows that were refused

    def refused(self, problem, code):
        self.assertGreaterEqual(problem.status, 500)
        self.assertIn(f"'code': '{code}'", str(problem))

    def work_until(self, trouble, code):
        """They work; the disk gives up; all are refused, and whoever comes after them."""
        self.workers = [worker.anew(self.office.again()) for worker in self.workers]
        for worker in self.workers:
            worker.start()
        time.sleep(self.chance.uniform(0.3, 1))
        # Longer ago than a session's last use is written down again: that is a write too.
        self.machine.goes(trouble, "clock 70000")
        for worker in self.workers:
            worker.join(10 if not GIVEN.blind else 1)
        for worker in self.workers:
            worker.stopping = True
        for worker in self.workers:
            worker.join(30)
            self.assertIsNotNone(worker.refused, f"writes were answered although the disk gave up: {trouble}")
            self.refused(worker.refused, code)
        for _ in range(5):
            self.nobody.append(f"nobody{len(self.nobody)}.")
            with self.assertRaises(Refused) as caught:
                self.office.ask("POST", f"/records/{LEDGER}", new_row(self.nobody[-1]), {"Idempotency-Key": self.nobody[-1]})
            self.refused(caught.exception, code)
        time.sleep(self.chance.uniform(0, 1.5))

    def reads_go_on(self):
        """What was answered is told, and nothing of what was refused."""
        look = Look(self.office)
        for worker in self.workers:
            for id_, answered in worker.rows.items():
                self.assertEqual(look.row(id_), answered)
            for note, batch in worker.batches.items():
                self.assertEqual(len(look.noted(note)), 0 if batch["undone"] else BULK)
            if worker.open[0] in ("create", "bulk"):
                self.assertEqual(look.noted(worker.open[1]), [])
        wrong = []

        def read(caller):
            try:
                caller.ask("GET", f"/records/{LEDGER}", query={"limit": 200})
                caller.ask("GET", "/figures", query={"period": "2012"})
            except (Refused, Dead) as error:
                wrong.append(error)

        readers = [threading.Thread(target=read, args=(self.office.again(),)) for _ in range(READERS)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        self.assertEqual(wrong, [])

    def gives_up(self, trouble, code):
        for _ in range(GIVEN.rounds):
            self.work_until(trouble, code)
            self.reads_go_on()
            self.machine.well()
            self.assertEqual(Look(self.office).all_of(self.workers), [])
            self.assertEqual(self.town.faults(), [])
            self.work_until(trouble, code)
            self.town.end(signal.SIGKILL)
            self.machine.well()
            self.served_again()
            self.assertEqual(Look(self.office).all_of(self.workers), [])
            self.assertEqual(self.town.faults(), [])
        for note in self.nobody:
            self.assertLessEqual(len(Look(self.office).noted(note)), 1)
        print(f"{sum(worker.answered for worker in self.workers)} answered writes found again")

    def test_fsync_that_fails_is_said_and_nothing_is_half_written(self):
        self.gives_up("fsync", "io_failed")

    def test_a_file_system_turned_read_only_is_said_and_nothing_is_half_written(self):
        self.gives_up("readonly", "io_failed")


if __name__ == "__main__":
    given = words_of(__doc__)
    given.add_argument("--rounds", type=int, default=1)
    run(given)
