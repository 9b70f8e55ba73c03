# Sourced by tests: a Slurm of one node on this machine, of this user's own, in a folder of its own; nothing of it listens to
# other machines, and nothing is left of it. Wants root, as munge and the node's daemon do.

# slurm_start FOLDER CPUS: sets SLURM_CONF.
slurm_start() {
  slurm=$1
  local host
  host=$(hostname -s)
  mkdir -p "$slurm"/{state,spool,log,run}
  chmod 755 "$slurm" "$slurm/run"
  head -c 1024 /dev/urandom >"$slurm/munge.key"
  chmod 400 "$slurm/munge.key"
  cat >"$slurm/slurm.conf" <<CONF
ClusterName=attest
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$slurm/run/munge.socket,cred_expire=5
CredType=cred/munge
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmctldPort=$((20000 + $$ % 10000))
SlurmdPort=$((30000 + $$ % 10000))
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SwitchType=switch/none
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=2,sched_min_interval=100000,batch_sched_delay=0,bf_interval=2
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
SlurmdTimeout=5
MaxArraySize=${MAX_ARRAY:-1001}
SlurmctldPidFile=$slurm/run/slurmctld.pid
SlurmdPidFile=$slurm/run/slurmd.pid
StateSaveLocation=$slurm/state
SlurmdSpoolDir=$slurm/spool
SlurmctldLogFile=$slurm/log/slurmctld.log
SlurmdLogFile=$slurm/log/slurmd.log
NodeName=$host NodeAddr=127.0.0.1 CPUs=$2 RealMemory=1000 State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=00:10:00 State=UP
CONF
  export SLURM_CONF=$slurm/slurm.conf
  munged --foreground --force --key-file="$slurm/munge.key" --socket="$slurm/run/munge.socket" --pid-file="$slurm/run/munged.pid" \
    --seed-file="$slurm/run/munged.seed" --log-file="$slurm/log/munged.log" >"$slurm/log/munged.out" 2>&1 &
  munged=$!
  wait_until 20 [ -S "$slurm/run/munge.socket" ]
  slurmctld -D -f "$SLURM_CONF" >"$slurm/log/slurmctld.out" 2>&1 &
  slurmctld=$!
  slurmd_start
  wait_until 20 node_is_idle
}

slurmd_start() {
  slurmd -D -f "$SLURM_CONF" -N "$(hostname -s)" >>"$slurm/log/slurmd.out" 2>&1 &
  slurmd=$!
}

# What runs on the node, by its environment: steps of jobs, and what these began.
node_processes() {
  local folder
  for folder in /proc/[0-9]*; do
    tr '\0' '\n' 2>/dev/null <"$folder/environ" | grep -qx "SLURM_CONF=$SLURM_CONF" || continue
    if [ "$(cat "$folder/comm" 2>/dev/null)" = slurmstepd ] || tr '\0' '\n' 2>/dev/null <"$folder/environ" | grep -q '^SLURM_JOB_ID='; then
      basename "$folder"
    fi
  done
}

node_is_idle() { sinfo -h -o %T 2>/dev/null | grep -qx idle; }

# wait_until SECONDS COMMAND…
wait_until() {
  local left=$(($1 * 10))
  shift
  until "$@"; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || { echo "waited in vain for: $*" >&2; return 1; }
    sleep 0.1
  done
}

slurm_stop() {
  scancel --me 2>/dev/null || true
  kill -9 $(node_processes) "$slurmd" "$slurmctld" "$munged" 2>/dev/null || true
  wait "$slurmd" "$slurmctld" "$munged" 2>/dev/null || true
}
