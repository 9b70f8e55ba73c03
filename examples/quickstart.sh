#!/usr/bin/env bash
# Installs what is missing, builds attest, and runs the main job on real models: one claim that holds and one that
# does not, each with a certificate that the independent checker accepts.
set -euo pipefail
cd "$(dirname "$0")/.."
source .ci/prepare.sh
install_packages
build release src/all  # all that `cmake --install build/release` takes
attest=build/release/src/cli/attest
check=build/release/src/checker/attest-check

show() {
  echo
  echo "\$ attest $*"
  "$attest" "$@"
}

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

show zoo export palindrome -o "$out/palindrome.json"
show eval "$out/palindrome.json" --word 0110 0111
show compile "$out/palindrome.json" --length 16 -o "$out/palindrome.aig"
show prove "$out/palindrome.json" --language palindrome --length 64 --certificate "$out/holds"
show prove zoo:chiang-cholak-parity-hard --language parity --length 6 --certificate "$out/fails" || [ $? -eq 1 ]
echo
echo "\$ attest-check holds fails"
"$check" "$out/holds" "$out/fails"
