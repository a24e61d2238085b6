#!/usr/bin/env python3
"""Installs Directus into an empty folder and gives it a ledger of a million rows: setup.py FOLDER [ROWS]"""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import herd
import server

HERE = Path(__file__).parent


def install(home):
    """isolated-vm and sqlite3 are compiled: against the headers that come with this Node, none are fetched."""
    home.mkdir(parents=True)
    shutil.copy(HERE / "package.json", home)
    headers = Path(shutil.which("node")).resolve().parent.parent
    environment = os.environ | {"npm_config_nodedir": str(headers), "JOBS": "1"}
    subprocess.run(["npm", "install", "--no-audit", "--no-fund"], cwd=home, env=environment, check=True)
    subprocess.run(server.program(home) + ["bootstrap"], cwd=home, env=server.environment(home), check=True)


def make_collection_and_clerk():
    """The clerk is no admin: what he may do is looked up, as for every user of a township."""
    admin = server.ask("/auth/login", body=server.ADMIN)["data"]["access_token"]
    server.ask("/collections", admin, herd.collection())
    policy = server.ask("/policies", admin, {"name": "clerk"})["data"]["id"]
    for action in ("create", "read"):
        server.ask("/permissions", admin,
                   {"policy": policy, "collection": herd.COLLECTION, "action": action, "fields": ["*"]})
    role = server.ask("/roles", admin, {"name": "clerk", "policies": [{"policy": policy}]})["data"]["id"]
    server.ask("/users", admin, {"email": "clerk@example.com", "role": role, "token": server.TOKEN})


def fill(home, count):
    marks = ", ".join("?" * len(herd.COLUMNS))
    names = ", ".join(f'"{name}"' for name in herd.COLUMNS)
    with sqlite3.connect(home / "data.db") as base:
        base.executemany(f"insert into {herd.COLLECTION} ({names}) values ({marks})", herd.rows(count))
        base.execute(f"create unique index herd_quarter_key on {herd.COLLECTION} ({', '.join(herd.KEY)})")
    base.execute("analyze")
    base.close()


def main():
    home = Path(sys.argv[1]).resolve()
    install(home)
    with server.Server(home):
        make_collection_and_clerk()
    fill(home, int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
    print(f"{home}: ready")


if __name__ == "__main__":
    main()
