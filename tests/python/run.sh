#!/usr/bin/env bash
# Runs one of the tests of the package for Python, with the interpreter that it was built for.
# Usage: run.sh BUILD_DIRECTORY WHICH      WHICH: a test_*.py of this folder, doctest, mypy, notebooks or install
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=$(cd "$1" && pwd)
python=/usr/bin/python3

skip() {
  echo "skipped: $1"
  exit 77
}
[ -d "$build/src/python/package/attest" ] || skip "the build has no package for Python (-DATTEST_PYTHON=ON)"
"$python" -c 'import numpy' 2>/dev/null || skip "python3-numpy is missing"
export PYTHONPATH="$build/src/python/package" PYTHONDONTWRITEBYTECODE=1

case $2 in
doctest) exec "$python" "$here/doctests.py" ;;
mypy)
  "$python" -m mypy --version >/dev/null 2>&1 || skip "mypy is missing"
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  cd "$work" # where no folder is taken for the package
  "$python" -m mypy --strict --cache-dir "$work" "$root/src/python/attest"
  # The module has what its stub says, and no more.
  # Only pybind11's metaclass, and constructors that none of these has, are its own.
  printf 'attest\\._core\\.(Answer|Said|Trace|Network)(\\.__init__)?\n' >allowed
  MYPYPATH=$PYTHONPATH "$python" -m mypy.stubtest --allowlist allowed attest._core
  ;;
notebooks) exec "$python" "$here/notebooks.py" "$root/examples/notebooks" ;;
install) exec "$here/install.sh" "$build" ;;
*) exec "$python" "$here/test_$2.py" ;;
esac
