"""What a program says of a town: by its verbs and over its interface. Only members that stay are taken; later programs may say more."""

import csv
import hashlib
import json
import signal
import sqlite3

from life import LEDGER, RETURNS, YEAR, Caller, Refused
from town import PASSWORD

FIGURES = ("value", "unit", "state", "exact", "missing", "records")
# Kept sums and what lapses: they are made again, or have no word of their own.
MADE_AGAIN = ("cell", "cell_set", "returned_rows", "receipt", "web_session", "login_failure")


def taken(one, names):
    return {name: one[name] for name in names if name in one}


def json_of(town, *words):
    return json.loads(town.must(*words, "--json"))


def figures_of(town, *words):
    """By indicator, and village where there are villages."""
    found = {}
    for one in json_of(town, "figure", town.folder, *words):
        figure = taken(one, FIGURES)
        if "--by" in words:
            found.setdefault(one["indicator"], {})[one["place"]] = f"{figure['value']} {figure['state']}"
        else:
            found[one["indicator"]] = figure
    return found


def text_of(report):
    return ["".join(part.get("text", "") for part in one["parts"]) for one in report["paragraphs"]]


def edition_of(leader, one):
    """A sealed edition reads today what it read then; of a draft its paragraphs are the town's, its figures today's."""
    number = one["edition"]
    told = taken(one, ("edition", "title", "sealed", "sealed_at", "sealed_by", "digest"))
    paragraphs = leader.ask("GET", f"/editions/{number}/paragraphs")
    told["written"] = [taken(each, ("id", "version", "chapter", "style", "text", "deleted", "at", "by")) for each in paragraphs]
    if one["sealed"]:
        report = leader.ask("GET", "/reports/annual", query={"period": YEAR, "edition": number})
        told["text"] = text_of(report)
        told["slots"] = [taken(slot, ("id", "text", "indicator", "value", "unit", "state", "waiver")) for slot in report["slots"]]
        verified = leader.ask("GET", f"/editions/{number}/verify")
        told["verified"] = taken(verified, ("sound", "figures", "recomputed_digest"))
        told["verified"]["findings"] = len(verified["findings"])
    return told


def rows_of(town, record):
    """Every row in clear, by what the columns are called."""
    out = town.folder.parent / f"{record}.csv"
    out.unlink(missing_ok=True)
    town.must("export", town.folder, record, out)
    with open(out, encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file) if any(row)]
    return rows


def ledger_of(town, record, columns=None):
    """Of the columns named; a later program may have more."""
    names, *rows = rows_of(town, record)
    columns = columns or names
    rows = sorted([row[names.index(column)] if column in names else None for column in columns] for row in rows)
    return {"rows": len(rows), "columns": columns,
            "digest": hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest(),
            "first": dict(zip(columns, rows[0]))}


def over_the_interface(town):
    town.serve()
    leader, office = Caller(town, "leader"), Caller(town, "office")
    for caller in (leader, office):
        caller.sign_in(PASSWORD)
    told = {"editions": {f"{one['edition']}": edition_of(leader, one)
                         for one in leader.ask("GET", "/reports/annual/editions", query={"period": YEAR})}}
    told["users"] = {one["login"]: taken(one, ("id", "name", "role", "lines", "places", "disabled"))
                     for one in leader.ask("GET", "/users")["users"]}
    returned = [one for one in office.ask("GET", "/returns", query={"period": "2020"}) if one["record"] == RETURNS]
    told["returns"] = {place["code"]: place["state"] for place in returned[0]["places"]}
    first = office.ask("GET", f"/records/{LEDGER}", query={"limit": 1})["rows"][0]["id"]
    told["history"] = {"id": first, "versions": [taken(one, ("version", "seq", "op", "at", "by", "why")) for one in office.ask(
        "GET", f"/records/{LEDGER}/{first}")["history"]]}
    try:
        told["forms"] = {form["id"]: [taken(one, ("id", "period", "at", "why", "digest"))
                                      for one in leader.ask("GET", f"/forms/{form['id']}/filings")]
                         for form in leader.ask("GET", "/forms")}
    except Refused:
        told["forms"] = {}
    town.end(signal.SIGTERM)
    return told


def all_of(town, moment, columns=None):
    """`columns` by ledger: those that are asked for again."""
    told = over_the_interface(town)
    told["figures"] = {period: figures_of(town, "all", "--period", period) for period in ("2022", YEAR)}
    told["by_village"] = figures_of(town, "all", "--by", "village", "--period", YEAR)
    told["as_of"] = {moment: figures_of(town, "all", "--period", YEAR, "--as-of", moment)}
    told["ledgers"] = {record: ledger_of(town, record, (columns or {}).get(record)) for record in (LEDGER, "herd_quarter", "hive")}
    entries = town.run("figure", "entries", town.folder, "--json")
    if entries.returncode == 0:  # before 2026-11-28 10:00 there was no such verb
        told["entries"] = [taken(one, ("indicator", "place", "period", "kind", "value", "organ", "document", "reason", "at"))
                           for one in json.loads(entries.stdout)]
    told["batches"] = [taken(one, ("batch", "seq", "at", "by", "why", "files", "new", "changed", "refused", "undoes", "undone_by"))
                       for one in json_of(town, "import", "list", town.folder)]
    told["settings"] = json_of(town, "settings", town.folder)
    return told


# ---- the database itself ----

def tables_of(file):
    """Name → its columns, and which of them are the key."""
    names = [name for name, in file.execute("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")]
    return {name: [(column[1], column[5]) for column in file.execute(f"pragma table_info({name})")] for name in names}


def definitions_of(file):
    """The definition sets that the town was opened with, and of the newest each file and its digest."""
    sets = [digest for digest, in file.execute("select digest from definition_tree order by at")]
    files = file.execute("select path, file from definition_tree_file where tree = ? order by path", (sets[-1],)).fetchall()
    return {"sets": sets, "files": dict(files)}


def stored(path):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as file:
        rows = {name: file.execute(f"select count(*) from {name}").fetchone()[0] for name in sorted(tables_of(file))}
        newest = file.execute("select max(seq) from log").fetchone()[0]
        told = {"definitions": definitions_of(file), "rows": rows, "log": newest}
    file.close()
    return told


def lost_rows(before, after):
    """What stands in the one file and not, or otherwise, in the other; columns that came later are not looked at."""
    wrong = []
    with sqlite3.connect(f"file:{before}?mode=ro", uri=True) as file:
        file.execute("attach ? as later", (f"file:{after}?mode=ro",))
        later = {name for name, in file.execute("select name from later.sqlite_schema where type = 'table'")}
        for name, columns in tables_of(file).items():
            if name in MADE_AGAIN:
                continue
            if name not in later:
                wrong.append(f"{name}: the table is gone")
                continue
            names = ", ".join(column for column, _ in columns)
            gone = file.execute(f"select {names} from main.{name} except select {names} from later.{name}").fetchall()
            wrong += [f"{name}: {row}" for row in gone]
    file.close()
    return wrong
