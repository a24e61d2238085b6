#!/usr/bin/env bash
# make check: formats, lint, layers, warnings as errors (the build's own flags). Prints what is wrong and fails.
set -euo pipefail
cd "$(dirname "$0")/.."
# Every C++ file is held to clang-format. clang-tidy: the folders of `tidied`; the list only grows, each joins when it is clean.
tidied='src/indicator'
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
# Flags that only gcc knows are taken out of the commands for clang-tidy.
mkdir -p build/tidy
sed -E 's/ -Wno-(restrict|maybe-uninitialized|stringop-overflow|dangling-pointer|stringop-overread|free-nonheap-object|mismatched-new-delete)//g' \
    build/debug/compile_commands.json > build/tidy/compile_commands.json
git ls-files '*.cpp' | grep -E "^($tidied)/" | grep -v '_test\.cpp$' |
    xargs -P2 -n4 clang-tidy -p build/tidy --quiet 2> build/tidy/log || { cat build/tidy/log; exit 1; }
echo "check ok"
