#!/bin/sh
# Builds the benchmarks and prints their tables: benchmarks/run.sh [TABLE…] [--json FILE] [--seed S] [--limit SECONDS]
# Needs the Debian packages of .ci/packages; a rival that is missing leaves its columns empty.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
build=${BUILD_DIR:-$root/build/benchmarks}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "building in $build"
cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DATTEST_TESTS=OFF -DATTEST_BENCHMARKS=ON >"$log" 2>&1 &&
    cmake --build "$build" --target attest-benchmarks >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
"$build/benchmarks/attest-benchmarks" "$@"
