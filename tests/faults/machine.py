"""A machine that goes wrong under the program and gets well again, by the library that machine.cpp becomes; and what tests of it
have in common."""

import argparse
import os
import pathlib
import random
import sys
import unittest

from town import Caller, begun

GIVEN = argparse.Namespace()


class Machine:
    """Of a blind machine it is said that it goes wrong, and it does not."""

    def __init__(self, library, town, blind=False):
        self.town, self.blind = town, blind
        self.switch = town.folder.parent / "machine"
        self.environment = {
            **os.environ, "LD_PRELOAD": str(library.resolve(strict=True)), "ZHENWU_MACHINE": str(self.switch),
            "ZHENWU_MACHINE_FOLDER": str(town.folder), "ASAN_OPTIONS": "verify_asan_link_order=0"}

    def serve(self):
        self.town.serve(environment=self.environment)

    def goes(self, *troubles):
        """From now on; the program never sees a half-written word of it."""
        if not self.blind:
            fresh = self.switch.with_suffix(".new")
            fresh.write_text("".join(f"{trouble}\n" for trouble in troubles))
            fresh.replace(self.switch)

    def well(self):
        self.switch.unlink(missing_ok=True)


class OnMachine(unittest.TestCase):
    """A town that is served on such a machine, and somebody who is signed in there."""

    def setUp(self):
        self.chance = random.Random(GIVEN.seed)
        self.town, once = begun(self, GIVEN.program)
        self.machine = Machine(GIVEN.library, self.town, GIVEN.blind)
        self.machine.serve()
        self.office = Caller(self.town, "office").first(once)

    def served_again(self):
        self.machine.serve()
        self.office = self.office.again()


def words_of(about):
    words = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("program")
    words.add_argument("library", type=pathlib.Path)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--blind", action="store_true")
    return words


def run(words):
    words.parse_args(namespace=GIVEN)
    unittest.main(argv=[sys.argv[0], "-v"], warnings="ignore")
