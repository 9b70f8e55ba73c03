#!/usr/bin/env bash
# What drives the browser, from npm's registry into the build folder: install.sh BUILD. Without a network there is none, and
# the test that needs it is skipped.
set -euo pipefail
mkdir -p "$1/browser"
cp "$(dirname "$0")"/package.json "$(dirname "$0")"/package-lock.json "$1/browser"
npm ci --prefix "$1/browser" --ignore-scripts --no-audit --no-fund --loglevel=error ||
  echo "npm could not install playwright-core: the report will not be looked at in a browser"
