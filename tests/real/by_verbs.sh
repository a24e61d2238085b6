#!/bin/sh
# The yearbook by the program's own verbs: by_verbs.sh SOURCE_FOLDER ZHENWU. Numbers from
# ../shared/data/forms/EXPECTED.md. Skipped (with a word) where ../shared is absent.
set -u
source=$1
book="$source/../shared/data/forms/农村统计年报_2016.xls"
if [ ! -f "$book" ]; then
  echo "skipped: no ../shared/data/forms beside the source"
  exit 0
fi
town=$(mktemp -d)
trap 'rm -rf "$town"' EXIT
faults=0

zhenwu() { "$program" --worklines "$source/tests/real/yearbook" "$@"; }
program=$2

# The exit code wanted, then the command.
expect() {
  wanted=$1
  shift
  zhenwu "$@" >"$town/out" 2>&1
  got=$?
  if [ "$got" -ne "$wanted" ]; then
    echo "exit $got instead of $wanted: zhenwu $*"
    cat "$town/out"
    faults=$((faults + 1))
  fi
}

# What the last output must hold.
says() {
  if ! grep -qF -- "$1" "$town/out"; then
    echo "not said: $1"
    cat "$town/out"
    faults=$((faults + 1))
  fi
}

import() {
  wanted=$1
  shift
  expect "$wanted" import "$town/county" "$book" --as "$1" --sheet "$2" --map "$source/tests/real/mappings/$3.toml"
}

expect 0 init "$town/county" --from "$source/tests/real/settings.json"
import 0 yearbook_vegetable 经济作物生产情况（四） vegetable
import 1 yearbook_livestock 主要畜牧业生产情况表 livestock # mistakes are found: exit 1, rows taken
says '208.00，各行相加是221.95'
says '71720，大于它所属的“一、畜禽存栏/活家禽”59680'
import 0 yearbook_scale_farm 畜禽规模养殖情况 scale_farm
import 0 yearbook_facility_vegetable 设施农业生产情况 facility_vegetable
expect 0 return list "$town/county" --period 2016
says '3/9   缺：阳日镇、木鱼镇、新华镇、宋洛乡、下谷乡、林管局'
expect 0 figure "$town/county" yearbook_vegetable_output --period 2016
says '47970.76吨'
expect 0 figure "$town/county" yearbook_beef --period 2016
says '221.95吨'
expect 0 --json figure "$town/county" yearbook_scale_cattle --period 2016
says '"state":"partial 3/9"'
says '"value":"295"'
exit "$faults"
