#!/usr/bin/env python3
"""What the program is worth, in one table: each kind of work, what bare SQLite does of it in the same run, and the limit.

    build/release/zhenwu sample /tmp/large --scale 7        # 1,136,943 rows
    build/release/zhenwu sample /tmp/huge --scale 65        # ten times as many; may be left out
    python3 bench/run.py build/release /tmp/large [--huge /tmp/huge]

Of the release build, where `cmake --build build/release --target bench` put the floor (floor/floor.cpp) beside the program. Medians of --times
(5). It works on copies; the load is made by wrk on the same machine. Exit 1 when a limit is missed (`--all 0`: all are), an answer was not
2xx, or a request got none. The page in a browser has a table of its own: bench/page.mjs.
"""

import argparse
import pathlib
import shutil
import sys
import tempfile

from parts import PARTS, Bench


def words():
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("build", type=pathlib.Path)
    given.add_argument("town", type=pathlib.Path)
    given.add_argument("--huge", type=pathlib.Path)
    given.add_argument("--only", default=",".join(PARTS), help="these parts: " + ",".join(PARTS))
    given.add_argument("--times", type=int, default=5)
    given.add_argument("--seconds", type=int, default=5, help="of each run under load")
    given.add_argument("--record-seconds", type=int, default=20, help="creates whose SQL the floor repeats")
    given.add_argument("--mixed", type=int, default=600, help="seconds of the mixed load")
    given.add_argument("--people", type=int, default=1000)
    given.add_argument("--all", type=float, default=1, help="limits so many times as easy")
    found = given.parse_args()
    found.program = found.build / "zhenwu"
    found.floor, found.record = found.build / "bench_floor", (found.build / "libbench_record.so").resolve()
    return found


def main():
    given = words()
    if shutil.which("wrk") is None:
        sys.exit("wrk is not there: packaging/install-deps.sh test")
    missed = []
    print("| work | measured | beside | limit | |\n| --- | ---: | ---: | ---: | --- |", flush=True)
    with tempfile.TemporaryDirectory(prefix="zhenwu-bench-") as folder:
        bench = Bench(given, pathlib.Path(folder))
        for part in given.only.split(","):
            for line in PARTS[part](bench):
                said = {None: "", True: "met", False: "missed"}[line.met]
                print(f"| {line.work} | {line.measured} | {line.beside} | {line.limit} | {said} |", flush=True)
                missed += [line.work] if line.met is False else []
    if missed:
        print(f"missed: {'; '.join(missed)}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
