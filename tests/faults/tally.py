"""Callers whose answers are counted, and somebody who takes one walk through the program after the other."""

import collections
import re
import threading

from load import LEDGER, Worker, numbers
from town import Caller, Refused

PERIOD = "2023"
REPORT = "/reports/annual"


class Tally:
    """What was asked and how it was answered, by all callers together."""

    def __init__(self):
        self.lock, self.answers, self.broken = threading.Lock(), collections.Counter(), []

    def count(self, method, target, status, text):
        with self.lock:
            self.answers[method, target.split("?")[0], status] += 1
            if status >= 500:
                self.broken.append(f"{method} {target}: {status} {text[:500].decode(errors='replace')}")

    def total(self):
        return sum(self.answers.values())

    def refused(self):
        return sum(count for (_, _, status), count in self.answers.items() if status >= 400)

    def never_answered(self, document):
        """Operations of the program's own description of which none was answered well."""
        with self.lock:
            good = {(method, path) for method, path, status in self.answers if status < 300}
        return [f"{method.upper()} {path}" for path, item in document["paths"].items() for method, told in item.items()
                if "responses" in told and not any(
                    method.upper() == one and re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path)), asked)
                    for one, asked in good)]


class Watched(Caller):
    """A caller whose answers are counted."""

    def __init__(self, town, login, tally, cookie=None, csrf=None):
        super().__init__(town, login, cookie, csrf)
        self.tally = tally

    def again(self):
        return Watched(self.town, self.login, self.tally, self.cookie, self.csrf)

    def fetch(self, method, target, data=None, headers=None, timeout=120):
        status, told_as, text = super().fetch(method, target, data, headers, timeout)
        self.tally.count(method, target, status, text)
        return status, told_as, text

    def tries(self, method, path, body=None, headers=None, **query):
        """None where somebody else was quicker, or it is not theirs."""
        try:
            return self.ask(method, path, body, headers, query)
        except Refused as refused:
            return None if refused.status < 500 else {}


class Walker(Worker):
    """Takes its walks in turn, shuffled anew each time: the methods whose names begin with `walk_`."""

    def turn(self):
        walks = [name for name in dir(self) if name.startswith("walk_")]
        for name in self.chance.sample(walks, len(walks)):
            if not self.stopping:
                getattr(self, name)()
                self.answered += 1

    def get(self, path, **query):
        return self.caller.tries("GET", path, **query)

    def put(self, method, path, body=None, key=False, version=None, **query):
        words = {"Idempotency-Key": f"{self.name}-{next(numbers)}"} if key else {}
        if version is not None:
            words["If-Match"] = f'"{version}"'
        return self.caller.tries(method, path, body, words, **query)

    def file(self, path, content, method="PUT", **query):
        return self.caller.tries(method, path, content, {"Content-Type": "application/octet-stream"}, **query)

    def one_of(self, path, **query):
        found = self.get(path, **query)
        return self.chance.choice(found) if found else None

    def a_row(self):
        page = self.get(f"/records/{LEDGER}", limit=50)
        return self.chance.choice(page["rows"]) if page and page["rows"] else None
