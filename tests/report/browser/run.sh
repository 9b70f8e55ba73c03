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
"$attest" language zoo:tomita-4 --json >in/language.json
"$attest" classify 'regex:(ab|bba)*' --json >in/classify.json
"$attest" classify --census 3 --json >in/class-census.json
"$attest" layers nested:2 --json >in/layers.json
"$attest" build 'regex:(a(ab)*b)*' -o built.json --json >in/build.json
"$attest" emerge --nodes 30 --degree 3 --recall 0..1/0.1 --samples 200 --json >in/emerge.json
python3 - >in/progress.json <<'END'
import json
at = [(0, 4.1, 4.1, 0.02), (500, 1e-2, 12.0, 0.1), (1000, 1e-5, 18.0, 0.3), (1500, 1e-6, 2e-3, 1.0)]
points = [{"file": f"epoch{e}", "epoch": e, "train_loss": a, "test_loss": b, "right": int(100 * c), "test_right": int(100 * c), "margin": 1.0,
           "margin_at": [1, 2], "restricted_loss": b, "restricted_test_loss": b / 2, "excluded_loss": 3.0, "excluded_each": [3.0],
           "gini_embedding": c / 2, "gini_neurons": c / 3, "gini_embedding_frequencies": c, "gini_neurons_frequencies": c,
           "squared_norm": 700.0, "key_share": c} for e, a, b, c in at]
phases = [{"name": "memorisation", "from": "0", "to": "500"}, {"name": "circuit formation", "from": "500", "to": "1500"}]
print(json.dumps({"command": "progress", "version": "1", "task": "add:59", "modulus": 59, "train_pairs": 40, "test_pairs": 100, "keys": [3],
                  "checkpoints": points, "phases": phases, "seconds": 1.0}))
END
"$attest" report in -o page.html || [ $? -eq 2 ]  # one is refused
node "$here/page.mjs" "$build/browser" "$chromium" "$work/page.html"
