#!/usr/bin/env bash
# Runs one fuzz target: fuzz/run.sh build/fuzz/fuzz/csv_fuzz, for ZW_FUZZ_SECONDS (20). Fails on a finding, which stays in
# build/fuzz/findings, and on a run that tried nothing. What it learns is kept in build/fuzz/learnt/<name> for the next run.
set -euo pipefail
binary=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
name=$(basename "$binary" _fuzz)
build=$(dirname "$(dirname "$binary")")
seconds=${ZW_FUZZ_SECONDS:-20}
[ "$name" != broken ] || rm -rf "$build/learnt/$name"  # it must find its fault anew
mkdir -p "$build/findings" "$build/learnt/$name"
seeds=$(mktemp -d)
trap 'rm -rf "$seeds"' EXIT

[ ! -d "$here/corpus/$name" ] || cp "$here/corpus/$name"/* "$seeds/"
more=$(sed -n 's,^// seeds: ,,p' "$here/${name}_fuzz.cpp")
[ -z "$more" ] || (cd "$here/.." && cp --parents $more "$seeds/")
[ -n "$(ls "$seeds")" ] || { echo "$name: no seeds: nothing would be tried"; exit 1; }
[ ! -f "$here/$name.dict" ] || set -- "$@" -dict="$here/$name.dict"
shift

log="$build/learnt/$name.log"
if "$binary" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="$build/findings/$name-" "$@" "$build/learnt/$name" "$seeds" > "$log" 2>&1; then
    runs=$(sed -n 's,^stat::number_of_executed_units: *,,p' "$log")
    covered=$(sed -n 's,.*cov: \([0-9]*\) .*,\1,p' "$log" | tail -1)
    [ "${runs:-0}" -ge 200 ] || { cat "$log"; echo "$name: ${runs:-0} runs: nothing was tried"; exit 1; }
    echo "$name: $runs runs in $seconds s, $covered edges, no finding"
else
    grep -v '^#[0-9]' "$log" | tail -80
    found=$(sed -n 's,.*Test unit written to ,,p' "$log" | tail -1)
    echo "$name: a finding: ${found:-see above}"
    exit 1
fi
