#!/usr/bin/env bash
# The documents against the house: check_docs.sh ROOT PROGRAM. Every file that a document links to exists, every verb of
# `zhenwu --help` stands in README.md, every key of the glossary stands there once, every route in doc/api.md. Every picture
# comes from a walk of tests/e2e, and what the manuals call a button or a page is written so on the page.
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

# doc/pictures: what is shown is listed, what is listed is shown and taken by a walk - by name, or by a template that begins
# with words (shot(`panel-${indicator}`)) where the rest of the name is given to a walk ('vegetable_output_t').
taken_by_walk() {
    grep -qsE "shot\('$1'" tests/e2e/*.mjs && return
    local start
    while IFS= read -r start; do
        [[ $1 == "$start"?* ]] && grep -qsF "'${1#"$start"}'" tests/e2e/*.mjs && return
    done < <(grep -hosE 'shot\(`[a-z][a-z0-9_-]*\$\{' tests/e2e/*.mjs | sed -E 's/^shot\(`//; s/\$\{$//' | sort -u)
    return 1
}
shown=$(cat README.md README.zh-CN.md doc/*.md 2> /dev/null | grep -oE '\]\([^)]*pictures/[^)]+\.png\)' | sed -E 's#.*/##; s/\.png\)$//' | sort -u)
listed=$(grep -svE '^(#|$)' doc/pictures/list.txt | sort -u)
for name in $listed; do
    taken_by_walk "$name" || fault "doc/pictures/list.txt: no walk of tests/e2e takes $name"
    grep -qxF "$name" <<< "$shown" || fault "doc/pictures/list.txt: no document shows $name"
done
for name in $shown $(ls doc/pictures 2> /dev/null | sed -n 's/\.png$//p'); do
    grep -qxF "$name" <<< "$listed" || fault "doc/pictures/list.txt: $name.png is not listed"
done

# Bold in the manuals is a word of the page, in Chinese, or in Chinese / English; … stands for what the page puts in.
on_the_page() {
    grep -qsE "['\"|] ?$(sed -E 's/[][().*+?^$|]/\\&/g; s/ ?… ?/[^'"'"']*/g' <<< "$2")['\"]" "web/src/i18n/$1"/*.ts
}
for manual in doc/manual*.md; do
    [ -e "$manual" ] || continue
    while IFS= read -r words; do
        on_the_page zh "${words%% / *}" || fault "$manual: not a word of the page: ${words%% / *}"
        [[ $words != *" / "* ]] || on_the_page en "${words##* / }" || fault "$manual: not a word of the page: ${words##* / }"
    done < <(grep -oE '\*\*[^*]+\*\*' "$manual" | tr -d '*' | LC_ALL=C sort -u)
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
