#!/usr/bin/env bash
# Every source file is what clang-format makes of it; prints the places that are not.
# Usage: format.sh CLANG_FORMAT
set -euo pipefail
cd "$(dirname "$0")/../.."
find benchmarks examples include src tests -name '*.cpp' -print0 -o -name '*.hpp' -print0 | xargs -0 "$1" --dry-run -Werror
