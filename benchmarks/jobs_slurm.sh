#!/usr/bin/env bash
# Scaling of parts on a real Slurm of this machine, which this starts and ends, with one slot and with two: seconds from the
# command to its answer, of which the joining is one part, and seconds that the parts took by their own clocks.
# Usage: jobs_slurm.sh ATTEST [CUBES [RUNS]]. Wants root, slurm-wlm and munge; tests/jobs/slurm.sh says how it is started.
set -euo pipefail
attest=$(realpath "$1")
cubes=${2:-32}
runs=${3:-3}
source "$(dirname "$(realpath "$0")")/../tests/jobs/slurm.sh"
work=$(mktemp -d /var/tmp/attest-slurm-XXXXXX)
trap 'slurm_stop; rm -rf "$work"' EXIT
cd "$work"

# once SLOTS RUN: a line of seconds
once() {
  local begun ended
  begun=$(date +%s.%N)
  "$attest" threshold parity --heads 3 --breaks heads --from 4 --to 4 --cubes "$cubes" --on slurm --parts "$cubes" \
    --journal "j$1-$2" --certificate "c$1-$2" >said 2>/dev/null
  ended=$(date +%s.%N)
  grep -q 'none at 4' said
  awk -v slots="$1" -v begun="$begun" -v ended="$ended" 'BEGIN { printf "%5d  %8.1f\n", slots, ended - begun }'
}

echo "slots  seconds, $cubes parts"
for slots in 1 2; do
  slurm_start "$work/slurm$slots" "$slots"
  for run in $(seq "$runs"); do once "$slots" "$run"; done
  slurm_stop
done
