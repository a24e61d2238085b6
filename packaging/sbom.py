#!/usr/bin/env python3
"""The parts of the program as a CycloneDX 1.5 list, and whether their licences may stand beside its own (Apache-2.0).

    python3 packaging/sbom.py [--lock web/package-lock.json] [--out build/sbom.cdx.json]

Debian's libraries with the versions that are installed, npm's packages as the lock file pins them: those of the page, and those that
only build it, marked so. Exit 1 and a line for each part whose licence is unknown or not allowed.
"""

import argparse
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Into the program; of shared libraries of the system also the LGPL.
ALLOWED = {"MIT", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "Zlib", "ICU", "blessing", "0BSD", "CC0-1.0"}
LINKED_ONLY = {"LGPL-2.1-only", "LGPL-2.1-or-later"}
# What only builds the page is not given on.
TOOLS = ALLOWED | {"Python-2.0", "MPL-2.0", "(MIT OR CC0-1.0)", "BlueOak-1.0.0", "CC-BY-4.0", "WTFPL"}


def debian(wrong):
    wanted = [line.strip() for line in (ROOT / "packaging/packages-build.txt").read_text().splitlines()
              if line.strip() and not line.startswith("#")]
    known = {}
    for line in (ROOT / "packaging/licences.txt").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            name, rest = line.split(None, 1)
            licence, how = rest.rsplit("  ", 1)
            known[name] = (licence.strip(), how.strip())
    for name in wanted:
        if name not in known:
            wrong.append(f"{name}: its licence is not in packaging/licences.txt")
            continue
        licence, how = known[name]
        if how == "tool":
            continue
        if licence not in (ALLOWED | LINKED_ONLY if how == "linked" else ALLOWED):
            wrong.append(f"{name}: {licence} may not be {how}")
        asked = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", name], capture_output=True, text=True, check=False)
        version = asked.stdout or "not installed"
        yield {"type": "library", "name": name, "version": version, "purl": f"pkg:deb/debian/{name}@{version}",
               "licenses": [{"license": {"name": licence}}], "properties": [{"name": "zhenwu:part", "value": how}]}


def npm(lock, wrong):
    for path, entry in json.loads(pathlib.Path(lock).read_text())["packages"].items():
        if not path:
            continue
        name, licence = path.split("node_modules/")[-1], entry.get("license")
        tool = bool(entry.get("dev") or entry.get("optional"))
        if licence not in (TOOLS if tool else ALLOWED):
            wrong.append(f"{name} {entry['version']}: {licence or 'no licence'} may not be {'used to build' if tool else 'part of the page'}")
        yield {"type": "library", "name": name, "version": entry["version"], "purl": f"pkg:npm/{name.replace('@', '%40')}@{entry['version']}",
               "scope": "excluded" if tool else "required", "licenses": [{"license": {"name": str(licence)}}]}


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--lock", default=ROOT / "web/package-lock.json")
    words.add_argument("--out", default=ROOT / "build/sbom.cdx.json")
    given = words.parse_args()
    wrong = []
    parts = [*debian(wrong), *npm(given.lock, wrong)]
    listed = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
              "metadata": {"component": {"type": "application", "name": "zhenwu", "licenses": [{"license": {"id": "Apache-2.0"}}]}},
              "components": sorted(parts, key=lambda one: one["purl"])}
    out = pathlib.Path(given.out)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(listed, ensure_ascii=False, indent=1) + "\n")
    for line in wrong:
        print(line)
    required = sum(one.get("scope") != "excluded" for one in parts)
    print(f"{len(parts)} parts, {required} of them in the program: {out}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
