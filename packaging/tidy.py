#!/usr/bin/env python3
"""clang-tidy over C++ files, two at a time: tidy.py BUILD_FOLDER FILE...

A file is passed over when the same text with the same project headers, rules and tool has passed
before on this machine (marks in $XDG_CACHE_HOME/zhenwu-tidy): a second run takes a second, not ten
minutes. Prints what is wrong, exits 1 when anything is.
"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)
# Flags that only gcc knows.
GCC_ONLY = re.compile(
    r" -Wno-(restrict|maybe-uninitialized|stringop-overflow|dangling-pointer|stringop-overread"
    r"|free-nonheap-object|mismatched-new-delete)"
)


def closure(path, seen):
    """The file and every project header that it includes, directly or not."""
    if path in seen:
        return
    text = path.read_text(encoding="utf-8")
    seen[path] = text
    for name in INCLUDE.findall(text):
        for base in (ROOT / "src", ROOT, path.parent):
            if (base / name).is_file():
                closure((base / name).resolve(), seen)
                break


def mark_of(path, common):
    seen = {}
    closure(path.resolve(), seen)
    digest = hashlib.sha256(common)
    for name in sorted(seen):
        digest.update(f"{name.relative_to(ROOT)}\0{seen[name]}\0".encode())
    return digest.hexdigest()


def commands_for_clang(build):
    folder = build / "tidy"
    folder.mkdir(parents=True, exist_ok=True)
    text = (build / "compile_commands.json").read_text(encoding="utf-8")
    (folder / "compile_commands.json").write_text(GCC_ONLY.sub("", text), encoding="utf-8")
    return folder


def lint(path, commands):
    """clang-tidy's word about one file, or None when it has nothing to say."""
    run = subprocess.run(
        ["clang-tidy", "-p", str(commands), "--quiet", str(path)],
        capture_output=True, text=True, check=False,
    )
    return None if run.returncode == 0 else run.stdout + run.stderr


def main():
    build, files = pathlib.Path(sys.argv[1]), [pathlib.Path(name) for name in sys.argv[2:]]
    commands = commands_for_clang(build)
    tool = subprocess.run(["clang-tidy", "--version"], capture_output=True, check=True).stdout
    flags = json.loads((commands / "compile_commands.json").read_text(encoding="utf-8"))[0]["command"]
    options = " ".join(word for word in flags.split() if word.startswith(("-W", "-f", "-std")))
    common = tool + options.encode() + (ROOT / ".clang-tidy").read_bytes()
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "zhenwu-tidy"
    cache.mkdir(parents=True, exist_ok=True)
    todo = [path for path in files if not (cache / mark_of(path, common)).exists()]
    wrong = 0

    def work(path):
        mark = mark_of(path, common)  # before the reading: the file may change meanwhile
        said = lint(path, commands)
        if said is None:
            (cache / mark).touch()
        return said

    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        for n, (path, said) in enumerate(zip(todo, pool.map(work, todo)), start=1):
            if said is not None:
                wrong += 1
                print(said, flush=True)
            if sys.stderr.isatty():
                print(f"\r{n}/{len(todo)} {path}\033[K", end="", file=sys.stderr, flush=True)
    print(f"{len(files)} files, {len(todo)} read now, {wrong} with faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
