#!/usr/bin/env python3
"""What the program says to people is said in Chinese and in English: every detail that holds Chinese has an English twin.

    python3 tests/docs/said_in_both.py FOLDER     (src)

Finds, in .cpp files: {"name", "…中文…"} in a statement that makes a Problem or takes words of the catalogue, without {"name_en", …};
pairs of Words whose English holds Chinese; a finding's message that is set by hand. Tests and what only Chinese documents say
(report/*.docx) are no part of it.
"""

import pathlib
import re
import sys

HAN = re.compile("[\u4e00-\u9fff]")
STATEMENT = re.compile(r"[^;]*;", re.S)
DETAIL = re.compile(r'\{"(\w+)",\s*((?:"(?:[^"\\\\]|\\\\.)*"|[^{}";])*)\}')
SPEAKS = re.compile(r"Problem\(|CatalogueWords\(|Finding::Of\(|MakeFinding\(")
PAIR = re.compile(r'(?:Because\("\w+", |Words)\{"(?:[^"\\\\]|\\\\.)*"(?: \+ [^",{}]+)?,\s*"((?:[^"\\\\]|\\\\.)*)"')
BY_HAND = re.compile(r"\.message \+?= ")
# Words that the definitions and slots are written with stay as they are written.
WRITTEN = re.compile("同比|环比|较年初|上年|上期|占比")


def faults(text):
    for statement in STATEMENT.finditer(text):
        said = statement.group(0)
        if SPEAKS.search(said):
            for detail in DETAIL.finditer(said):
                name, value = detail.groups()
                if HAN.search(value) and not name.endswith("_en") and f'"{name}_en"' not in said:
                    yield statement.start() + detail.start(), f'"{name}" without "{name}_en"'
        for pair in PAIR.finditer(said):
            if HAN.search(WRITTEN.sub("", pair.group(1))):
                yield statement.start() + pair.start(), f"English that is Chinese: {pair.group(1)}"
        for found in BY_HAND.finditer(said):
            if HAN.search(said):
                yield statement.start() + found.start(), "a message by hand: Say(…) has both languages"


def main():
    files = sorted(path for path in pathlib.Path(sys.argv[1]).rglob("*.cpp") if not path.name.endswith("_test.cpp"))
    wrong = 0
    for path in files:
        text = path.read_text(encoding="utf-8")
        for at, what in faults(text):
            print(f"{path}:{text.count(chr(10), 0, at) + 1}: {what}")
            wrong += 1
    print(f"{len(files)} files, {wrong} said in one language")
    sys.exit(1 if wrong or not files else 0)


if __name__ == "__main__":
    main()
