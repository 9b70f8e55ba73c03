#!/usr/bin/env bash
# Installs a build into a temporary prefix and builds and runs a program against it with find_package(attest).
# Usage: run.sh BUILD_DIRECTORY
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$1" --prefix "$work/prefix" >/dev/null
cmake -S "$here" -B "$work/build" -DCMAKE_PREFIX_PATH="$work/prefix" -DCMAKE_BUILD_TYPE=Release >/dev/null
cmake --build "$work/build" >/dev/null
"$work/build/consumer"
"$work/prefix/bin/attest" prove zoo:first --language first --length 3
"$work/prefix/bin/attest-check" --help >/dev/null
