"""A copy of a town, served by the program, and people who are signed in there; what the parts of the bench stand on."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests" / "faults"))
from town import Caller, Town  # noqa: E402 pylint: disable=wrong-import-position


class Served:
    """In `home`/town, copied from `town` unless it is there already. A context: started in it, ended with it."""

    def __init__(self, program, home, town=None, preload=None, record=None):
        if not (home / "town").exists():
            shutil.copytree(town, home / "town")
        self.town = Town(program, home)
        self.environment = dict(os.environ)
        if preload:
            self.environment |= {"LD_PRELOAD": str(preload), "ZHENWU_BENCH_RECORD": str(record)}
        self.people, self.started = [], 0.0

    def __enter__(self):
        begun = time.monotonic()
        self.town.serve(environment=self.environment)
        self.started = time.monotonic() - begun
        return self

    def __exit__(self, *_):
        self.town.end(15)

    def invite(self, count=1):
        """People of the office, signed in; before the town is served nobody else writes to it. A town may have been measured before."""
        logins = [f"bench{time.time_ns()}x{n}" for n in range(count)]
        once = {login: self.town.invite(login, "office") for login in logins}
        return lambda: self.come(once)

    def come(self, once):
        self.people = [Caller(self.town, login).first(word) for login, word in once.items()]

    def ask(self, path):
        return self.people[0].ask("GET", path)

    def places(self):
        return [village["code"] for village in self.ask("/town")["villages"]]

    def memory(self):
        """Resident, in MB."""
        status = pathlib.Path(f"/proc/{self.town.server.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def wrk(self, script, clients, seconds):
        """One run: `answered`, `seconds`, `p50_ms`, `p99_ms`. An answer that is not 2xx, or none, ends the bench."""
        words = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s", "-s", script,
                 f"http://127.0.0.1:{self.town.port}", "--", str(time.time_ns()), ",".join(self.places()),
                 ",".join(f"{one.cookie}|{one.csrf}" for one in self.people)]
        said = subprocess.run(words, cwd=HERE / "load", check=True, capture_output=True, text=True).stdout
        answer = json.loads(said.strip().splitlines()[-1])
        if answer["bad"] or answer["errors"] or not answer["answered"]:
            sys.exit(f"{script}, {clients} clients: {answer}")
        return answer


def rate(answer):
    return answer["answered"] / answer["seconds"]


def timed(work):
    """Milliseconds."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000
