#!/usr/bin/env bash
# Runs a session of examples/ with the built programs and compares what it prints with the file beside it; times, and
# digests of files that hold times, are left out.
# Usage: run.sh BUILD_DIRECTORY SESSION [--update]
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
session=$root/examples/$2
bin=$(mktemp -d)
trap 'rm -rf "$bin"' EXIT
build=$(cd "$1" && pwd)
ln -s "$build/src/cli/attest" "$build/src/checker/attest-check" "$bin/"
said=$(ATTEST_BIN=$bin "$session.sh" | sed -E 's/[0-9]+(\.[0-9]+)? s\b/T s/g; s/[0-9a-f]{64}/DIGEST/g; s/ +[0-9]+( +[0-9.]+) +[0-9]+\.[0-9]{2}$/  P\1  T/; s/(memory +)[0-9]+ bytes.*/\1B bytes/')
if [ "${3:-}" = --update ]; then
  printf '%s\n' "$said" >"$session.out"
else
  printf '%s\n' "$said" | diff "$session.out" -
fi
