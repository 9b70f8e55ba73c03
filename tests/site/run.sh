#!/usr/bin/env bash
# The documentation site: every link is followed, a broken one is found, and a browser shows the pages.
# Usage: run.sh BUILD links|browser. Exit status 77, which CTest knows as skipped, where a program is missing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
skip() {
  echo "skipped: $1"
  exit 77
}
command -v cmark-gfm >/dev/null || skip "cmark-gfm is not installed"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ "$2" = links ]; then
  /usr/bin/python3 "$here/../../src/site/pages.py" --attest "$build/src/cli/attest" --output "$work/site"
  /usr/bin/python3 "$here/links.py" "$work/site"
  /usr/bin/python3 "$here/../../src/site/pages.py" --attest "$build/src/cli/attest" --output "$work/site" --no-headers
  # What it follows it follows: a page that is lost, a place that has another name, a picture from elsewhere.
  for damage in 's/id="[^"]*"/id="x"/' 's/href="look.css"/href="lost.css"/' 's|</main>|<img src="https://example.org/x.png"></main>|'; do
    cp -r "$work/site" "$work/damaged"
    sed -i "$damage" "$work/damaged/index.html"
    if /usr/bin/python3 "$here/links.py" "$work/damaged" >"$work/said"; then
      echo "not found: $damage"
      exit 1
    fi
    rm -r "$work/damaged"
  done
  rm "$work/site/src/certify/FORMAT.html"
  ! /usr/bin/python3 "$here/links.py" "$work/site" >"$work/said"
  grep -q 'FORMAT.html leads nowhere' "$work/said"
else
  command -v node >/dev/null || skip "node is not installed"
  chromium=$(command -v chromium) || skip "chromium is not installed"
  [ -d "$build/browser/node_modules/playwright-core" ] || skip "playwright-core is not in $build/browser: run tests/report/browser/install.sh $build"
  /usr/bin/python3 "$here/../../src/site/pages.py" --attest "$build/src/cli/attest" --output "$work/site" --no-headers
  node "$here/browse.mjs" "$build/browser" "$chromium" "$work/site"
fi
