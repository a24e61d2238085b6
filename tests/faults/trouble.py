#!/usr/bin/env python3
"""What a machine may do to the program besides killing it: the disk is full, the process stands still, a page of the file is
damaged. Nothing that was answered is lost, nothing is half done, and what is wrong is said instead of served.

    python3 tests/faults/trouble.py build/debug/zhenwu [--blind]

`--blind` does the trouble and leaves out what the program is told of it, so that each test must fail.
"""

import random
import resource
import signal
import sys
import time
import unittest

from load import BULK, LEDGER, RowWorker, new_row
from look import Look
from town import Caller, Dead, Refused, begun

PROGRAM = sys.argv[1]
BLIND = "--blind" in sys.argv
STANDS_STILL = 10


class Trouble(unittest.TestCase):
    def setUp(self):
        self.town, once = begun(self, PROGRAM)
        self.town.serve()
        self.office = Caller(self.town, "office").first(once)

    def bulk(self, note):
        rows = [new_row(note) for _ in range(BULK)]
        return self.office.ask("POST", f"/records/{LEDGER}/bulk", rows, {"Idempotency-Key": note}, query={"why": "粘贴"})

    def counted(self, note):
        return len(Look(self.office).noted(note))

    def test_a_full_disk_is_said_and_nothing_is_half_written(self):
        self.town.end(signal.SIGTERM)
        size = self.town.file.stat().st_size
        room = 400 * 1024

        # Files may grow to that size and no further, as on a disk that is full; the signal that comes with it is not for us.
        def little_room():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            if not BLIND:
                resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, size + room))

        self.town.serve(preload=little_room)
        self.office = self.office.again()
        written, refused = [], None
        for n in range(2000):
            note = f"full{n}."
            try:
                self.bulk(note)
            except Refused as problem:
                refused = problem
                break
            written.append(note)
            if n > 200 and BLIND:
                break
        self.assertIsNotNone(refused, "writes were answered although the disk is full")
        self.assertGreaterEqual(refused.status, 500)
        self.assertIn(refused.body.split("'code': '")[1].split("'")[0], ("disk_full", "io_failed"))
        # What is there can be read.
        self.assertEqual(self.counted(written[-1]), BULK)
        self.town.end(signal.SIGTERM)
        self.town.serve()
        self.office = self.office.again()
        for note in written:
            self.assertEqual(self.counted(note), BULK)
        self.assertIn(self.counted(f"full{len(written)}."), (0, BULK))
        self.assertEqual(self.town.faults(), [])
        self.bulk("room again.")
        self.assertEqual(self.counted("room again."), BULK)

    def test_who_stands_still_goes_on(self):
        workers = [RowWorker(f"w{n}", self.office.again(), random.Random(n)) for n in range(4)]
        for worker in workers:
            worker.start()
        time.sleep(1)
        self.town.server.send_signal(signal.SIGSTOP)
        time.sleep(STANDS_STILL)
        before = sum(worker.answered for worker in workers)
        self.town.server.send_signal(signal.SIGKILL if BLIND else signal.SIGCONT)
        time.sleep(2)
        for worker in workers:
            worker.stopping = True
        for worker in workers:
            worker.join(30)
        self.assertEqual([fault for worker in workers for fault in worker.wrong], [])
        self.assertGreater(sum(worker.answered for worker in workers), before)
        self.assertEqual(Look(self.office.again()).all_of(workers), [])
        self.assertEqual(self.town.faults(), [])

    def test_a_damaged_page_is_reported_and_not_served(self):
        for n in range(60):
            self.bulk(f"page{n}.")
        self.town.end(signal.SIGTERM)
        if not BLIND:
            with open(self.town.file, "r+b") as file:
                length = file.seek(0, 2)
                # Whole pages in the midst of the rows.
                for page in range(length // 4096 // 2, length // 4096 * 3 // 4):
                    file.seek(page * 4096)
                    file.write(b"\x5a" * 4096)
        said = self.town.run("check", "--cells", self.town.folder)
        text = said.stdout + said.stderr
        self.assertNotEqual(said.returncode, 0, text)
        self.assertGreater(said.returncode, 0, f"died of signal: {text}")
        try:
            self.town.serve()
        except AssertionError:
            return  # it does not even start: said, not served
        self.office = self.office.again()
        with self.assertRaises((Refused, Dead)) as caught:
            for n in range(60):
                self.counted(f"page{n}.")
        if isinstance(caught.exception, Refused):
            self.assertIn("database_damaged", str(caught.exception))
        else:
            self.fail("it died of a damaged page")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"], warnings="ignore")
