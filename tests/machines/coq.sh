#!/bin/sh
# Has Coq go through src/programs/machines/perez.v, which may rest on the axioms of the standard reals, on classical logic, and on
# nothing else. Usage: coq.sh
set -eu
if ! command -v coqc > /dev/null; then
    echo "skipped: coqc is not installed"
    exit 77
fi
proof=$(cd "$(dirname "$0")/../.." && pwd)/src/programs/machines/perez.v
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp "$proof" "$folder"
cd "$folder"
coqc perez.v > printed
if grep -q -i admitted perez.v; then
    echo "perez.v: something is admitted"
    exit 1
fi
axioms=$(sed -n 's/^\([A-Za-z_.]*\)\( :.*\)*$/\1/p' printed | grep -v '^Axioms$' | sort -u | tr '\n' ' ')
expected="ClassicalDedekindReals.sig_forall_dec FunctionalExtensionality.functional_extensionality_dep classic constructive_definite_description "
if [ "$axioms" != "$expected" ]; then
    echo "perez.v rests on: $axioms"
    exit 1
fi
