"""A small town of its own for the tests that break things: made by the program's verbs, served, killed, served again; and
somebody who is signed in there."""

import http.client
import json
import pathlib
import re
import signal
import subprocess
import tempfile
import urllib.parse

VILLAGES = [("621099101200", "东村"), ("621099101201", "西村")]
PASSWORD = "bu-pa-duan-dian-2026"


class Dead(Exception):
    """The program gave no answer: it is not known whether it wrote."""


class Refused(Exception):
    def __init__(self, status, body):
        super().__init__(f"{status}: {body}")
        self.status, self.body = status, body


class Town:
    """In `home`/town: made there, unless it is there already."""

    def __init__(self, program, home):
        self.program, self.folder = program, home / "town"
        self.file = self.folder / "town.sqlite"
        self.server, self.port = None, 0
        if self.folder.exists():
            return
        home.mkdir(exist_ok=True)
        settings = home / "settings.json"
        settings.write_text(json.dumps({
            "town": {"name": "试验镇", "code": "621099101000"}, "county": {"name": "试验县", "code": "621099000000"},
            "villages": [{"code": code, "name": name, "groups": 2} for code, name in VILLAGES]}, ensure_ascii=False))
        self.must("init", self.folder, "--from", settings)

    def run(self, *words):
        return subprocess.run([self.program, *map(str, words)], capture_output=True, text=True, check=False)

    def must(self, *words):
        done = self.run(*words)
        if done.returncode != 0:
            raise AssertionError(f"zhenwu {' '.join(map(str, words))}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def serve(self, preload=None, environment=None):
        self.server = subprocess.Popen([self.program, "serve", self.folder, "--listen", "127.0.0.1:0"],
                                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, preexec_fn=preload,
                                       env=environment)
        for line in self.server.stdout:
            found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
            if found:
                self.port = int(found.group(1))
                return
        raise AssertionError(f"the program does not serve: exit {self.server.wait()}")

    def end(self, how):
        self.server.send_signal(how)
        self.server.wait()
        self.server.stdout.close()

    def over(self):
        """However far it came."""
        if self.server is not None:
            if self.server.poll() is None:
                self.end(signal.SIGKILL)
            self.server.stdout.close()

    def invite(self, login, role):
        return json.loads(self.must("user", "add", self.folder, login, "--role", role, "--why", "试用", "--json")
                          )["one_time_password"]

    # What the verbs say of the whole town; an empty list: nothing.
    def faults(self):
        found = []
        for words in (("check", "--cells", self.folder), ("audit", "verify", self.folder)):
            done = self.run(*words)
            if done.returncode != 0:
                found.append(f"zhenwu {words[0]} {words[1]}: exit {done.returncode}: {(done.stdout + done.stderr).strip()}")
        return found


def begun(test, program):
    """A town that ends with the test, and the office's one-time password."""
    home = tempfile.TemporaryDirectory(prefix="zhenwu-town-")
    test.addCleanup(home.cleanup)
    town = Town(program, pathlib.Path(home.name))
    test.addCleanup(town.over)
    return town, town.invite("office", "office")


class Caller:
    """One connection, kept open, of one person."""

    def __init__(self, town, login, cookie=None, csrf=None):
        self.town, self.login, self.cookie, self.csrf = town, login, cookie, csrf
        self.connection = None

    def again(self):
        """The same session at a program that was started anew."""
        return Caller(self.town, self.login, self.cookie, self.csrf)

    def fetch(self, method, target, data=None, headers=None, timeout=60):
        """Status, headers and bytes of whatever is answered."""
        words = {"Cookie": self.cookie or "", "X-CSRF-Token": self.csrf or "", **(headers or {})}
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.town.port, timeout=timeout)
            self.connection.request(method, target, data, words)
            answer = self.connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.connection = None
            raise Dead(str(error)) from error
        if answer.getheader("Set-Cookie"):
            self.cookie = answer.getheader("Set-Cookie").split(";")[0]
        return answer.status, answer.headers, text

    def ask(self, method, path, body=None, headers=None, query=None, timeout=60):
        data, words = body, dict(headers or {})
        if body is not None and not isinstance(body, bytes):
            data, words["Content-Type"] = json.dumps(body), "application/json"
        target = "/api/v1" + path + ("?" + urllib.parse.urlencode(query) if query else "")
        status, told_as, text = self.fetch(method, target, data, words, timeout)
        told = json.loads(text) if text and "json" in (told_as["Content-Type"] or "") else None
        if status >= 400:
            raise Refused(status, f"{method} {path}: {told}")
        return told

    def sign_in(self, password):
        self.ask("POST", "/session", {"login": self.login, "password": password})
        self.csrf = self.ask("GET", "/session")["csrf"]

    def first(self, once):
        self.sign_in(once)
        self.ask("POST", "/session/password", {"old": once, "new": PASSWORD})
        self.csrf = self.ask("GET", "/session")["csrf"]
        return self
