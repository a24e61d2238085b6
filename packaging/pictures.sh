#!/usr/bin/env bash
# pictures.sh [FROM]: copies the pictures of doc/pictures/list.txt from where the e2e walks put them (build/e2e). All or none: a
# manual half of which shows an older page would be worse than an old one.
set -euo pipefail
cd "$(dirname "$0")/.."
from=${1:-build/e2e} to=doc/pictures
mapfile -t names < <(grep -vE '^(#|$)' "$to/list.txt")
missing=()
for name in "${names[@]}"; do
    [ -s "$from/$name.png" ] || missing+=("$name")
done
if [ "${#missing[@]}" -gt 0 ]; then
    echo "pictures.sh: not in $from: ${missing[*]}. Run the walks first (make pictures), or take the names out of $to/list.txt." >&2
    exit 1
fi
for name in "${names[@]}"; do
    cp "$from/$name.png" "$to/$name.png"
done
echo "${#names[@]} pictures, $(du -ck "$to"/*.png | tail -1 | cut -f1) KB in $to"
