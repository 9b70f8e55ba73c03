#!/usr/bin/env bash
# The package after `pip install .`, without any network, and after `cmake --install`: found by the interpreter, with its program.
# Usage: install.sh BUILD_DIRECTORY
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
python=/usr/bin/python3
unset PYTHONPATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
say='import attest; print(attest.prove("zoo:palindrome", "palindrome", 64))'
cd "$work"

cmake --install "$1" --prefix "$work/prefix" >/dev/null
site=$(dirname "$(find "$work/prefix" -path '*-packages/attest/_core.*.so')")
PYTHONPATH=$(dirname "$site") "$python" -c "$say" | tee /dev/stderr | grep -q '^VERIFIED palindrome'
for file in py.typed _core.pyi __init__.py; do
  [ -e "$site/$file" ] || { echo "not installed: $file" >&2; exit 1; }
done

if ! "$python" -m pip --version >/dev/null 2>&1 || ! "$python" -m venv --system-site-packages "$work/venv" >/dev/null 2>&1; then
  echo "pip is not tested: python3-pip or python3-venv is missing"
  exit 0
fi
# In a network of its own, where there is none, if the machine allows that.
alone=()
unshare -rn true 2>/dev/null && alone=(unshare -rn)
"${alone[@]}" "$work/venv/bin/python" -m pip install --no-cache-dir --config-settings build-dir="$1" "$root" >"$work/said" 2>&1 || { cat "$work/said" >&2; exit 1; }
"$work/venv/bin/python" -c "$say" | grep -q '^VERIFIED palindrome'
"$work/venv/bin/attest" --version >/dev/null
"$work/venv/bin/python" -c 'import attest, importlib.metadata as m; assert m.version("attest") == attest.__version__; assert "venv" in attest.__file__'
