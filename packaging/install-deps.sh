#!/usr/bin/env bash
# Installs what a target of the Makefile needs from Debian: install-deps.sh build|test. Does nothing when all of it is there.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
lists=("$here/packages-build.txt")
[ "${1:-build}" = test ] && lists+=("$here/packages-test.txt")

wanted=$(cat "${lists[@]}" | sed 's/#.*//' | tr -s '[:space:]' ' ')
# A machine may have Node.js from elsewhere, with its own npm: Debian's would be in its way.
command -v node >/dev/null 2>&1 || wanted="$wanted nodejs"
command -v npm >/dev/null 2>&1 || wanted="$wanted npm"

missing=
for package in $wanted; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

command -v apt-get >/dev/null 2>&1 || { echo "This is no Debian: install by hand:$missing" >&2; exit 1; }
sudo=
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 || { echo "Run as root once, or install by hand:$missing" >&2; exit 1; }
    sudo=sudo
fi
echo "Installing from Debian:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq
# shellcheck disable=SC2086
$sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
