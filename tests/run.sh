#!/usr/bin/env bash
# Installs what is missing, builds, and runs every test; the last lines are CTest's own.
set -euo pipefail
cd "$(dirname "$0")/.."
source .ci/prepare.sh
install_packages
cmake --preset release -DATTEST_PYTHON=ON
build release
tests/report/browser/install.sh build/release
# The fuzz targets need clang, so they have a build of their own.
cmake -S . -B build/fuzz -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_CXX_COMPILER=clang++-14 -DATTEST_FUZZ=ON -DATTEST_TESTS=OFF
cmake --build build/fuzz --target fuzzers
ctest --test-dir build/fuzz --output-on-failure --parallel "$(nproc)"
ctest --test-dir build/release --output-on-failure --parallel "$(nproc)"
