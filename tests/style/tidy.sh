#!/usr/bin/env bash
# clang-tidy finds nothing in src/ (.clang-tidy says what it looks for). The files are read a dozen at a time, as in a build
# with ATTEST_UNITY, since their headers are most of the work: a part of the time that it takes file by file.
# Usage: tidy.sh BUILD_DIRECTORY
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cmake -S "$root" -B "$1" -G Ninja -DCMAKE_CXX_COMPILER=clang++-14 -DCMAKE_EXPORT_COMPILE_COMMANDS=ON -DATTEST_UNITY=ON -DATTEST_TESTS=OFF >/dev/null
sed -n 's/^  "file": "\(.*\)",\{0,1\}$/\1/p' "$1/compile_commands.json" | sort -u |
  xargs -P "$(nproc)" -n 1 clang-tidy-14 -p "$1" --quiet --header-filter='/(src|include/attest)/' --warnings-as-errors='*' 2> >(grep -v ' warnings\{0,1\} \(generated\|treated\)' >&2)
