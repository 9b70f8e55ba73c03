#!/bin/sh
# Builds the benchmarks, prints their tables, and how each stands to its newest results in benchmarks/history:
#   benchmarks/run.sh [TABLE…] [--json FILE] [--seed S] [--limit SECONDS]
#   benchmarks/run.sh --keep [TABLE…]              the same, and the results join the history
#   benchmarks/run.sh --results FILE               no run: how these results stand to the newest of the history
# Needs the Debian packages of .ci/packages; a rival that is missing leaves its columns empty.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
build=${BUILD_DIR:-$root/build/benchmarks}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "building in $build"
cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DATTEST_UNITY=ON -DATTEST_TESTS=OFF -DATTEST_BENCHMARKS=ON >"$log" 2>&1 &&
    cmake --build "$build" --target attest-benchmarks >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
revision=$(git -C "$root" log -1 --date=format:%Y-%m-%d-%H%M --format=%cd-%h 2>/dev/null || echo unknown)
for kept in "$root"/benchmarks/history/*.json; do  # oldest first, by their names
    [ ! -e "$kept" ] || set -- "$@" --against "$kept"
done
set -- "$@" --revision "$revision"
if [ "$1" = --keep ]; then
    shift
    mkdir -p "$root/benchmarks/history"
    set -- "$@" --json "$root/benchmarks/history/$revision.json"
fi
"$build/benchmarks/attest-benchmarks" "$@"
