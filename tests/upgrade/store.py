#!/usr/bin/env python3
"""Stores a town as a program makes it, and what that program says of it, for the test of upgrades:

    python3 tests/upgrade/store.py build/release/zhenwu tests/upgrade/0.1.0 [--note "as of 2026-11-28, commit 119548d"]

FOLDER then holds town.tar.xz (town.sqlite, key, log.head, files/, local/) and expected.json. Stored once, when a version is released,
and never made again: what a later program says otherwise of it, with good reason, goes into FOLDER/otherwise.json.
"""

import argparse
import datetime
import json
import pathlib
import sqlite3
import subprocess
import sys
import tarfile
import tempfile

from life import Life
from told import all_of, stored


def pack(town, file):
    """Without what belongs to a running program; the database in one piece."""
    with sqlite3.connect(town / "town.sqlite") as database:
        database.execute("pragma wal_checkpoint(truncate)")
        database.execute("pragma journal_mode = delete")
    database.close()
    with tarfile.open(file, "w:xz", preset=9) as out:
        for name in ("town.sqlite", "key", "log.head", "files", "local"):
            out.add(town / name, name)


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("program")
    words.add_argument("folder", type=pathlib.Path)
    words.add_argument("--note", default="")
    given = words.parse_args()
    if given.folder.exists():
        sys.exit(f"{given.folder} is there: a stored town is not made again")
    version = subprocess.run([given.program, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    with tempfile.TemporaryDirectory(prefix="zhenwu-store-") as home:
        life = Life(str(pathlib.Path(given.program).resolve()), pathlib.Path(home))
        moment = life.whole()
        told = all_of(life.town, moment)
        wrong = life.town.faults()
        if wrong:
            sys.exit("\n".join(wrong))
        given.folder.mkdir(parents=True)
        pack(life.town.folder, given.folder / "town.tar.xz")
        made = {"program": version, "note": given.note, "on": f"{datetime.date.today()}", "moment": moment}
        expected = {"made": made, **stored(life.town.file), "told": told}
    text = json.dumps(expected, ensure_ascii=False, indent=1, sort_keys=True)
    (given.folder / "expected.json").write_text(text + "\n", encoding="utf-8")
    print(f"{given.folder}: {(given.folder / 'town.tar.xz').stat().st_size} bytes, {len(told['figures']['2023'])} figures, "
          f"{sum(expected['rows'].values())} rows, definitions {expected['definitions']['sets'][-1][:12]}")


if __name__ == "__main__":
    main()
