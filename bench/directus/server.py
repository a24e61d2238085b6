"""A Directus server of this machine, started and stopped by whoever measures it."""

import contextlib
import json
import os
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

PORT = 8155
ADDRESS = f"http://127.0.0.1:{PORT}"
ADMIN = {"email": "admin@example.com", "password": "bench-admin"}
TOKEN = "bench-clerk-token"
TICKS = os.sysconf("SC_CLK_TCK")


def environment(home):
    """Directus's defaults but for the address, the database, the first admin, and no word sent to its makers."""
    return os.environ | {
        "HOST": "127.0.0.1", "PORT": str(PORT), "DB_CLIENT": "sqlite3", "DB_FILENAME": str(home / "data.db"),
        "SECRET": "bench-only", "ADMIN_EMAIL": ADMIN["email"], "ADMIN_PASSWORD": ADMIN["password"],
        "TELEMETRY": "false"}


def program(home):
    return ["node", str(home / "node_modules/directus/cli.js")]


def ask(path, token=None, body=None):
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(ADDRESS + path, data, headers), timeout=60) as answer:
        text = answer.read()
    return json.loads(text) if text[:1] == b"{" else text.decode()


class Server:
    def __init__(self, home):
        began = time.monotonic()
        self.log = open(home / "server.log", "ab")
        self.process = subprocess.Popen(program(home) + ["start"], cwd=home, env=environment(home),
                                        stdout=self.log, stderr=self.log)
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() - began > 120:
                self.stop()
                raise SystemExit(f"Directus did not start: {home / 'server.log'}")
            time.sleep(0.01)
        self.start_seconds = time.monotonic() - began

    def _answers(self):
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            return ask("/server/ping") == "pong" and self.process.poll() is None
        return False

    def megabytes(self, member):
        """VmRSS (now) or VmHWM (at most so far) of /proc/PID/status."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split(member + ":")[1].split()[0]) / 1024

    def cpu_seconds(self):
        members = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(members[11]) + int(members[12])) / TICKS

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=60)
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
