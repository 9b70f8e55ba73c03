#!/usr/bin/env bash
# The report in a browser: run.sh BUILD. Exit status 77, which CTest knows as skipped, where the browser or what drives it
# is missing; install.sh BUILD gets the latter.
set -euo pipefail
build=$1
here=$(cd "$(dirname "$0")" && pwd)
attest=$build/src/cli/attest
skip() {
  echo "skipped: $1"
  exit 77
}
command -v node >/dev/null || skip "node is not installed"
chromium=$(command -v chromium) || skip "chromium is not installed"
[ -d "$build/browser/node_modules/playwright-core" ] || skip "playwright-core is not in $build/browser: run $here/install.sh $build"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# Whatever a page can hold: a proof, a counterexample, a certificate that is refused, results without certificates.
"$attest" prove zoo:palindrome --language palindrome --length 6 --certificate in/proof >/dev/null
"$attest" prove zoo:chiang-cholak-parity-hard --language parity --length 5 --certificate in/counterexample >/dev/null || [ $? -eq 1 ]
cp -r in/proof in/refused
sed -i 's/"length": 6/"length": 7/' in/refused/manifest.json
"$attest" prove zoo:palindrome --language palindrome --length 2..5 --certificate in/collection >/dev/null
"$attest" influence zoo:chiang-cholak-parity --lengths 8,64 --json >in/influence.json
long=$(printf 'y%.0s' {1..150})
echo '{"id": "an-id-that-goes-on-'"$long"'", "outcome": "same", "statement": "'"$long"'", "command": ["attest", "prove", "'"$long"'"]}' >in/results.jsonl
"$attest" measure --language majority --length 7 --json >in/measure.json
"$attest" restrict zoo:palindrome --length 6 --json >in/restrict.json
"$attest" prove zoo:palindrome --language palindrome --length 1..4 --json >in/prove.json
"$attest" report in -o page.html || [ $? -eq 2 ]  # one is refused
node "$here/page.mjs" "$build/browser" "$chromium" "$work/page.html"
