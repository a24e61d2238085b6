#!/usr/bin/env bash
# make check: formats, lint, layers, warnings as errors (the build's own flags). Prints what is wrong and fails.
set -euo pipefail
cd "$(dirname "$0")/.."
echo "clang-format"
git ls-files 'src/*.h' 'src/*.cpp' 'tests/*.h' 'tests/*.cpp' 'fuzz/*.cpp' 'bench/*.cpp' 'cmake/*.cpp' |
    grep -v '^tests/layers_bad/' | xargs clang-format --dry-run -Werror
echo "layers"
cmake -DROOT=. -P cmake/check_layers.cmake
echo "shell"
for script in packaging/*.sh .ci/run; do bash -n "$script"; done
echo "web: format, lint, types"
(cd web && npm run --silent check)
echo "clang-tidy"
cmake --preset debug > /dev/null
# clang-tidy 14 lacks gcc 12's coroutine-free flags only; warnings gcc alone knows are not its business.
git ls-files 'src/*.cpp' | grep -v '_test\.cpp$' |
    xargs -P2 -n4 clang-tidy -p build/debug --quiet --extra-arg=-Wno-unknown-warning-option 2> >(grep -v 'warnings generated\|Suppressed\|Use -header-filter\|Use -system-headers' >&2 || true)
echo "check ok"
