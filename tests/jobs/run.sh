#!/usr/bin/env bash
# Searches in parts on a real Slurm of this machine, which this test starts and ends: what one process finds, with a task that
# is cancelled, one that is requeued, a node that dies in the middle and a folder that is full. Nothing is lost, and no
# verdict is wrong.
# Usage: run.sh BUILD. Exit status 77, which CTest knows as skipped, where Slurm or root is missing.
set -euo pipefail
build=$(cd "$1" && pwd)
attest=$build/src/cli/attest
skip() {
  echo "skipped: $1"
  exit 77
}
for program in slurmctld slurmd sbatch munged; do
  command -v "$program" >/dev/null || skip "$program is not installed (slurm-wlm, munge)"
done
[ "$(id -u)" -eq 0 ] || skip "munged and slurmd want root"
here=$(cd "$(dirname "$0")" && pwd)
source "$here/slurm.sh"

work=$(mktemp -d "$build/slurm-XXXXXX")
end() {
  slurm_stop
  umount "$work/small" 2>/dev/null || true
  rm -rf "$work"
}
cd "$work"
trap end EXIT
MAX_ARRAY=4 slurm_start "$work/slurm" 2

# asked FOLDER WORDS…: eight cubes; no certificate is of the same bytes unless all cubes are
asked() {
  local folder=$1
  shift
  "$attest" threshold parity --heads 3 --breaks heads --from 4 --to 4 --cubes 8 --journal "$folder" "$@"
}
records() { find "$1/units" -type f -name '[0-9]*' ! -name '*[!0-9]*' 2>/dev/null | wc -l; }
has_records() { [ "$(records "$1")" -ge "$2" ]; }
same_proof() { cmp "$1/length-4/proof.lrat" alone/length-4/proof.lrat && "$build/src/checker/attest-check" "$1" >/dev/null; }
failed() {
  echo "FAILED: $1" >&2
  tail -n 20 "$work"/slurm/log/*.log >&2
  exit 1
}

asked file --certificate alone >/dev/null

# More parts than an array may have tasks, and so several arrays.
asked j1 --on slurm --parts 8 --time 5 --memory 400 --certificate c1 >said || failed "eight parts"
grep -q 'none at 4' said
same_proof c1
[ "$("$attest" jobs show j1 --json | grep -c '"[0-9]*",\?$')" -eq 4 ] || failed "three arrays and a joining"

# A task is cancelled and another one requeued: the joining says what is missing, and resuming makes that and no more.
status=0
asked j2 --on slurm --parts 4 --no-wait --certificate c2 >said || status=$?
[ "$status" -eq 3 ] || failed "submitted is not decided"
array=$(grep -o '"[0-9][0-9]*"' j2/job.json | head -n 1 | tr -d '"')
scancel "${array}_3"
scontrol requeue "${array}_1" 2>/dev/null || true  # it may have ended
wait_until 30 [ -s j2/answer.status ]
[ "$(cat j2/answer.status)" -eq 3 ] || failed "a missing part is no answer"
grep -q '6 of 8 cubes refuted' j2/answer.out || failed "six of eight"
before=$(find j2/log -name 'part-*.log' | wc -l)
"$attest" jobs resume j2 >said || failed "resumed"
grep -q 'none at 4' said
[ "$(find j2/log -name 'part-*.log' | wc -l)" -eq $((before + 1)) ] || failed "one part of four again"
same_proof c2

# The node dies with what it does, and comes back: Slurm starts the tasks again.
asked j3 --on slurm --parts 8 --no-wait --certificate c3 >said || true
wait_until 30 has_records j3 1
kill -9 "$slurmd" $(node_processes) 2>/dev/null || true
wait "$slurmd" 2>/dev/null || true
slurmd_start
"$attest" jobs resume j3 >said || failed "after the node came back"
grep -q 'none at 4' said
same_proof c3

# The folder that all see is full: parts fail, nothing half is taken for a record, and with room it goes on.
mkdir small
if mount -t tmpfs -o size=96k tmpfs small 2>/dev/null; then
  status=0
  asked small/j --on slurm --parts 2 --certificate c4 >said 2>&1 || status=$?
  [ "$status" -eq 3 ] || [ "$status" -eq 2 ] || failed "a full folder gives no answer, but status $status"
  mount -o remount,size=64m small
  "$attest" jobs resume small/j >said || failed "with room"
  grep -q 'none at 4' said
  same_proof c4
else
  echo "no tmpfs can be mounted here: the full folder is left out"
fi

# Lengths, claims and a census are parts as well.
"$attest" prove zoo:palindrome --language palindrome --length 1..6 --on slurm --journal p --certificate c5 >said || failed "lengths"
grep -q '6 verified' said
"$build/src/checker/attest-check" c5 >/dev/null
"$attest" classify --census 2 --letters 2 --json --on slurm --parts 2 --journal a | grep -v seconds >shared
"$attest" classify --census 2 --letters 2 --json | grep -v seconds | cmp - shared
"$attest" ledger run 'measure-maj-*' --ledger "$here/../../benchmarks/ledger" --on slurm --journal l -o out >said || failed "claims"
grep -q '2 of 2 claims' said
echo "all of it"
