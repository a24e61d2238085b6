#!/usr/bin/env bash
# make check: formats, lint, layers, warnings as errors (the build's own flags). Prints what is wrong and fails.
set -euo pipefail
cd "$(dirname "$0")/.."
# Every C++ file is held to clang-format, every source of the program to clang-tidy.
echo "clang-format"
git ls-files '*.h' '*.cpp' | xargs -P2 -n40 clang-format --dry-run -Werror
echo "layers"
cmake -DROOT="$PWD" -P cmake/check_layers.cmake
echo "shell"
for script in packaging/*.sh .ci/run; do bash -n "$script"; done
echo "web: format, lint, types"
(cd web && npm run --silent check)
echo "clang-tidy"
cmake --preset debug > /dev/null
git ls-files 'src/*.cpp' | grep -v '_test\.cpp$' | xargs packaging/tidy.py build/debug
# The check itself: a file with a fault that clang-tidy must find.
if packaging/tidy.py build/debug tests/tidy_bad/moved_twice.cpp > /dev/null; then
    echo "clang-tidy passed tests/tidy_bad/moved_twice.cpp: the check is blind" >&2
    exit 1
fi
echo "check ok"
