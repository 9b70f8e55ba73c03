# Sourced by the numbered sessions: finds the programs, works in a folder that is removed at the end, and shows each
# command before it runs. ATTEST_BIN names a folder with other programs, such as an installed one.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if [ -n "${ATTEST_BIN:-}" ]; then
  PATH=$ATTEST_BIN:$PATH
elif [ -x "$root/build/release/src/cli/attest" ]; then
  PATH=$root/build/release/src/cli:$root/build/release/src/checker:$PATH
elif ! command -v attest >/dev/null; then
  echo "no attest here: run examples/quickstart.sh first, or install it" >&2
  exit 2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

say() {
  echo
  printf '# %s\n' "$@"
}

# Shows a command and runs it; an answer is an answer, so status 1 (refuted) and 3 (undecided) go on.
try() {
  printf '\n$'; printf ' %q' "$@" | sed "s/\\\\//g"; printf '\n'
  local status=0
  "$@" || status=$?
  case $status in 0) ;; 1 | 3) echo "(exit status $status)" ;; *) exit "$status" ;; esac
}

# The same, but only the first lines of what it says.
top() {
  local lines=$1
  shift
  try "$@" >said || true
  head -n $((lines + 2)) said
  echo "..."
}

# A command that must be refused: shows what it says and goes on.
refuse() {
  printf '\n$'; printf ' %q' "$@" | sed "s/\\\\//g"; printf '\n'
  local status=0
  "$@" 2>&1 || status=$?
  [ "$status" = 2 ] || exit 1
  echo "(exit status 2)"
}

# Writes a file and shows it: show FILE <<END … END
show() {
  printf '\n$ cat %s\n' "$1"
  tee "$1"
}
