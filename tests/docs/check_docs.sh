#!/usr/bin/env bash
# The documents against the house: check_docs.sh ROOT PROGRAM. Every file that a document links to exists, every verb of
# `zhenwu --help` stands in README.md, every key of the glossary stands there once, every route in doc/api.md.
set -uo pipefail
root=$1 program=${2:-}
cd "$root" || exit 2
faults=0
fault() { echo "$1"; faults=$((faults + 1)); }

for document in README.md README.zh-CN.md CONTRIBUTING.md SECURITY.md CHANGELOG.md doc/*.md doc/decisions/*.md; do
    [ -e "$document" ] || continue
    while IFS= read -r link; do
        target=${link%%#*}
        [ -z "$target" ] || [ -e "$(dirname "$document")/$target" ] || fault "$document: no such file: $link"
    done < <(grep -v '^<!--' "$document" | grep -oE '\]\([^)]+\)' | sed -E 's/^\]\(//; s/\)$//' | grep -vE '^[a-z]+:')
done

while IFS= read -r key; do
    fault "doc/glossary.md: key stands twice: $key"
done < <(grep -oE '^\| `[a-z_]+` \|' doc/glossary.md | sort | uniq -d)
while IFS= read -r term; do
    fault "doc/glossary.md: term stands twice: $term"
done < <(grep -E '^\| `' doc/glossary.md | cut -d'|' -f3 | sort | uniq -d)

if [ -d src/http ]; then
    while IFS= read -r route; do
        grep -qE "\`(GET|POST|PUT|PATCH|DELETE) ${route//\{/\\{}\`" doc/api.md || fault "doc/api.md: no route $route"
    done < <(grep -ohE '"/api/[^"]*"' src/http/api_*.cpp | tr -d '"' | sort -u)
fi

if [ -n "$program" ]; then
    verbs=$("$program" --help | sed -n '/^Subcommands:/,$p' | grep -oE '^  [a-z]+' | tr -d ' ')
    [ -n "$verbs" ] || fault "$program --help names no verb"
    for verb in $verbs; do
        grep -qE "^\| \`$verb( |\`)" README.md || fault "README.md: no verb $verb"
    done
fi

[ "$faults" = 0 ] && echo "documents: right"
[ "$faults" = 0 ]
