#!/usr/bin/env bash
# What `attest archive` packs is enough for a machine without attest: its checker is built with nothing else at hand, accepts the
# certificates, and refuses one that was changed. The same certificates give the same bytes.
# Usage: run.sh BUILD_DIRECTORY
set -euo pipefail
attest=$(cd "$1" && pwd)/src/cli/attest
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
"$attest" prove zoo:palindrome --language palindrome --length 6 --certificate out/c1 >/dev/null
status=0
"$attest" prove zoo:chiang-cholak-parity-hard --language parity --length 2 --certificate out/c2 >/dev/null || status=$?
[ "$status" -eq 1 ]

ending=tar
command -v zstd >/dev/null && ending=tar.zst
"$attest" archive out/c1 out/c2 -o "paper.$ending"
cp "paper.$ending" first
"$attest" archive out -o "paper.$ending" >/dev/null # a folder of both
cmp "paper.$ending" first

mkdir alone
mv "paper.$ending" alone/
rm -rf out
cd alone
if [ "$ending" = tar.zst ]; then zstd -q -d paper.tar.zst; fi
tar -xf paper.tar
cd paper
for file in README.md FORMAT.md MODEL.md Makefile checker/README.md certificates/c1/manifest.json certificates/c2/manifest.json; do
  [ -s "$file" ] || { echo "not in the archive: $file" >&2; exit 1; }
done
grep -q 'does not recognise parity at length 2' README.md
# As quick as can be: what is tested is that it builds.
env -i PATH=/usr/bin:/bin HOME="$work" CXXFLAGS=-O0 make -j"$(nproc)" check >said 2>&1 || { tail -30 said >&2; exit 1; }
[ "$(grep -c '^VERIFIED' said)" -eq 2 ]
sed -i 's/"reject"/"accept"/' certificates/c2/manifest.json
if env -i PATH=/usr/bin:/bin make check >said 2>&1; then
  echo "accepted a certificate that was changed" >&2
  exit 1
fi
grep -q '^REJECTED' said

# What the checker refuses is not packed.
cd "$work"
mkdir forged
cp -r alone/paper/certificates/c2 forged/
status=0
"$attest" archive forged/c2 -o forged.tar 2>said || status=$?
[ "$status" -eq 2 ] && [ ! -e forged.tar ] && grep -q 'refuses' said
