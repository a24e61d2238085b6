#!/usr/bin/env python3
"""What an import of many rows costs: peak memory and CPU of `zhenwu import` for 10,000 and 100,000 rows, .csv and .xlsx.

    python3 bench/import_cost.py build/release/zhenwu [--growth 32] [--small 10000] [--large 100000]

Each file goes into a new town. Exit 1 when, for either kind of file, the peak grows by more than --growth MB from the small
file to the large one, or when not every row went in (`--growth 0` shows that it can fail).
"""

import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent


Cost = collections.namedtuple("Cost", "peak cpu wall")  # KB, seconds, seconds


def measured(*words):
    """Its exit, standard output, and Cost."""
    begun = time.monotonic()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen([str(word) for word in words], stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        cost = Cost(usage.ru_maxrss, usage.ru_utime + usage.ru_stime, time.monotonic() - begun)
        return process.returncode, out.read().decode(), cost


def one(program, folder, count, kind):
    town = folder / f"town-{count}-{kind}"
    subprocess.run([program, "init", town, "--from", folder / "settings.json"], check=True, stdout=subprocess.DEVNULL)
    code, text, cost = measured(program, "import", town, folder / f"{count}.{kind}", "--yes", "--json")
    if code != 0:
        sys.exit(f"{count}.{kind}: exit {code}\n{text[:2000]}")
    rows = sum(sheet["rows"]["new"] for file in json.loads(text)["files"] for sheet in file["sheets"])
    if rows != count:
        sys.exit(f"{count}.{kind}: {rows} rows went in")
    return cost


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("program")
    words.add_argument("--growth", type=float, default=32, help="MB")
    words.add_argument("--small", type=int, default=10_000)
    words.add_argument("--large", type=int, default=100_000)
    given = words.parse_args()
    failed = False
    with tempfile.TemporaryDirectory(prefix="zw-import-cost-") as name:
        folder = pathlib.Path(name)
        for count in (given.small, given.large):
            subprocess.run([sys.executable, HERE / "make_rows.py", str(count), folder], check=True)
        print("| file | rows | peak memory | CPU | wall |\n| --- | --- | --- | --- | --- |")
        for kind in ("csv", "xlsx"):
            costs = [(count, one(given.program, folder, count, kind)) for count in (given.small, given.large)]
            for count, cost in costs:
                print(f"| .{kind} | {count:,} | {cost.peak:,} KB | {cost.cpu:.2f} s | {cost.wall:.2f} s |", flush=True)
            growth = (costs[1][1].peak - costs[0][1].peak) / 1024
            failed |= growth > given.growth
            print(f"| .{kind} | growth | {growth:.1f} MB | at most {given.growth:g} MB |", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
