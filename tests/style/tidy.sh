#!/usr/bin/env bash
# What .clang-tidy asks holds in src/ and include/; prints the places where it does not.
# Usage: tidy.sh CLANG_TIDY BUILD PART PARTS: the PARTth of PARTS shares of the files that BUILD compiles, so that the shares
# can run side by side.
set -euo pipefail
cd "$(dirname "$0")/../.."
tidy=$1 build=$2 part=$3 parts=$4

files() {
  grep -o '"file": "[^"]*"' "$build/compile_commands.json" | cut -d'"' -f4 | grep -E '/src/.*\.(cpp|cxx)$' | sort
}

[ "$(files | wc -l)" -gt "$parts" ] || { echo "tidy.sh: $build/compile_commands.json names too few files of src/" >&2; exit 2; }
files | awk -v part="$part" -v parts="$parts" 'NR % parts == part % parts' |
  xargs -n 4 "$tidy" -p "$build" --quiet --warnings-as-errors='*'
