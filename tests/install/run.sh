#!/usr/bin/env bash
# Installs a build into a temporary prefix, builds the example programs against it with find_package(attest), compares
# what they say, and looks at what else was installed.
# Usage: run.sh BUILD_DIRECTORY
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$1" --prefix "$work/prefix" >/dev/null
cmake -S "$root/examples/cpp" -B "$work/build" -G Ninja -DCMAKE_PREFIX_PATH="$work/prefix" -DCMAKE_BUILD_TYPE=Release >/dev/null
cmake --build "$work/build" >/dev/null

"$work/build/own_model" | diff "$root/examples/cpp/own_model.out" -
status=0
"$work/build/first_mistake" majority-attempt majority 6 >"$work/first_mistake.out" || status=$?
diff "$root/examples/cpp/first_mistake.out" "$work/first_mistake.out"
[ "$status" -eq 1 ]

prefix=$work/prefix
"$prefix/bin/attest" prove zoo:first --language first --length 3
"$prefix/bin/attest-check" --help >/dev/null
"$prefix/bin/attest-proof-check" --help >/dev/null
# The ledger is found beside the program, wherever that is.
"$prefix/bin/attest" ledger show parity-tree-2-1 >/dev/null
for file in man/man1/attest.1 man/man1/attest-prove.1 bash-completion/completions/attest zsh/vendor-completions/_attest fish/vendor_completions.d/attest.fish; do
  [ -s "$prefix/share/$file" ] || { echo "not installed: share/$file" >&2; exit 1; }
done
bash -n "$prefix/share/bash-completion/completions/attest"

# A build that is not whole installs nothing, and says what to build.
cmake -S "$root" -B "$work/unbuilt" -G Ninja -DATTEST_TESTS=OFF >/dev/null
if cmake --install "$work/unbuilt" --prefix "$work/nothing" >"$work/said" 2>&1; then
  echo "installed what is not built" >&2
  exit 1
fi
grep -q 'nothing is installed' "$work/said"
[ ! -e "$work/nothing" ]
