#!/bin/sh
# The worked cases of all work lines pass; a wrong case and one with a misspelt key are refused, exit code 1.
# usage: check_cases.sh ZHENWU
set -eu
here=$(cd "$(dirname "$0")" && pwd)

"$1" test

refused() { # folder, line, words that must be said
    code=0
    said=$("$1" --worklines "$here/$2" test industry/greenhouse) || code=$?
    if [ "$code" -ne 1 ] || ! echo "$said" | grep -q "$3"; then
        echo "cases of $2: exit $code, said: $said"
        exit 1
    fi
}
refused "$1" wrong "应为 3，实为 2"
refused "$1" unread "valeu"
