#!/usr/bin/env python3
"""What must never be written in clear: passwords, tokens of sessions, secret fields, in what the program prints and in the town's file.

    python3 tests/faults/quiet.py build/debug/zhenwu [--leak]

`--leak` prints one of them where the program prints, so that the test must fail.
"""

import pathlib
import signal
import sys
import tempfile
import urllib.parse

from load import LEDGER, new_row
from town import PASSWORD, VILLAGES, Caller, Refused, Town

KINDS = ("a password", "a password that works once", "a wrong password", "a session's token", "a session's csrf token",
         "a secret field", "a passphrase")


def attempt(work):
    try:
        work()
    except Refused:
        pass


def lived(town):
    """A day in the town; answers what nobody may read afterwards, by kind."""
    once = town.invite("office", "office")
    town.serve()
    office = Caller(town, "office")
    wrong = "wo-ji-cuo-le-mi-ma-1"
    attempt(lambda: office.ask("POST", "/session", {"login": "office", "password": wrong}))
    office.first(once)
    rows = [new_row("一") for _ in range(5)]
    made = office.ask("POST", f"/records/{LEDGER}", rows[0], {"Idempotency-Key": "q1"})
    office.ask("POST", f"/records/{LEDGER}/bulk", rows[1:], {"Idempotency-Key": "q2"}, query={"why": "粘贴"})
    # Refused with its value in the answer, and asked for by it.
    bad = new_row("坏")
    bad["values"]["id_number"] = bad["values"]["id_number"][:-1] + "A"
    attempt(lambda: office.ask("POST", f"/records/{LEDGER}", bad, {"Idempotency-Key": "q3"}))
    office.ask("PATCH", f"/records/{LEDGER}/{made['id']}", {"values": {"note": "改"}}, {"If-Match": '"1"'})
    attempt(lambda: office.ask("GET", f"/records/{LEDGER}", query={"filter": f"id_number = '{rows[0]['values']['id_number']}'"}))
    sheet = "村名,户主姓名,身份证号,设施类型,建成时间\n"
    late = [new_row("表") for _ in range(3)]
    for row in late:
        sheet += f"{VILLAGES[0][1]},甲,{row['values']['id_number']},钢架大棚,2023年5月\n"
    tray = office.ask("POST", "/imports")["id"]
    office.ask("PUT", f"/imports/{tray}/files/{urllib.parse.quote('设施农业台账.csv')}", sheet.encode(),
               {"Content-Type": "application/octet-stream"})
    office.ask("POST", f"/imports/{tray}/look", {"take_proposals": True})
    token, csrf = office.cookie.split("=", 1)[1], office.csrf
    secrets = [row["values"]["id_number"] for row in rows + late + [bad]]
    return dict(zip(KINDS, ([PASSWORD], [once], [wrong], [token], [csrf], secrets, ["kou-ling-8-8"])))


def main():
    program, leak = sys.argv[1], "--leak" in sys.argv
    with tempfile.TemporaryDirectory(prefix="zhenwu-quiet-") as home:
        town = Town(program, pathlib.Path(home))
        hidden = lived(town)
        town.server.send_signal(signal.SIGTERM)
        said = town.server.communicate()[0]
        phrase = pathlib.Path(home) / "phrase"
        phrase.write_text(hidden["a passphrase"][0])
        for words in (("backup", town.folder, pathlib.Path(home) / "b.tar", "--passphrase-file", phrase),
                      ("audit", "verify", town.folder), ("check", "--cells", town.folder)):
            done = town.run(*words)
            said += done.stdout + done.stderr
        said += hidden["a password"][0] if leak else ""
        places = {"printed": said.encode()}
        for name in ("town.sqlite", "town.sqlite-wal", "log.head"):
            if (town.folder / name).exists():
                places[name] = (town.folder / name).read_bytes()
        places["the encrypted back-up"] = (pathlib.Path(home) / "b.tar").read_bytes()
        found = [f"{kind} stands in clear: {place}" for kind, texts in hidden.items() for text in texts
                 for place, text_of in places.items() if text.encode() in text_of]
        looked = sum(len(texts) for texts in hidden.values())
    print("\n".join(sorted(set(found))) or f"{looked} secrets in {len(places)} places: none in clear")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
