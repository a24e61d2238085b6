"""What a town says of a moment: its figures, by village too, and the rows behind one; by the program's own verb."""

import datetime
import json
import sqlite3

INDICATOR = "steel_greenhouses_existing"
QUESTIONS = (("all", "--period", "2012"), ("all", "--period", "1970"), ("all", "--by", "village", "--period", "2012"),
             (INDICATOR, "--records", "--period", "2012"))


def text_of(answer):
    return json.dumps(answer, ensure_ascii=False)[:200]


def answers(town, moment=None, questions=QUESTIONS):
    """By question; as it stands now when no moment is given."""
    of = () if moment is None else ("--as-of", moment)
    return {" ".join(question): json.loads(town.must("figure", town.folder, *question, *of, "--json"))
            for question in questions}


def differences(wanted, found):
    """What is told otherwise, one line a figure or row."""
    wrong = []
    for question, before in wanted.items():
        now = found[question]
        if len(before) != len(now):
            wrong.append(f"{question}: {len(before)} answers, now {len(now)}")
        wrong += [f"{question}: {text_of(one)}, now {text_of(other)}" for one, other in zip(before, now) if one != other]
    return wrong


def log_of(file):
    """(seq, moment) of each entry, in order; of a file that is being served."""
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as reader:
        log = reader.execute("select seq, at from log order by seq").fetchall()
    reader.close()
    return log


def moment_of(millis):
    """As --as-of takes it."""
    zone = datetime.timezone(datetime.timedelta(hours=8))
    whole = datetime.datetime.fromtimestamp(millis // 1000, zone)
    return f"{whole:%Y-%m-%dT%H:%M:%S}.{millis % 1000:03d}+08:00"
