# Burns a share of all cores. Where systemd runs the kernel limits it, elsewhere a loop that compares the time used with the
# time due: a fixed rhythm of stops and starts would get less than it asks for on a busy machine.

tools=nproc

read_parameters() {
  # 5 % stay for whoever has to look at the instance, and for the agent that ends this.
  whole Percent 1 95
  percent=$value
  sleep 0.1 2> /dev/null || refuse 3 'missing: a sleep that takes fractions of a second'
}

plan() {
  cores=$(nproc)
  arguments="$percent $cores"
  properties="--property=CPUQuota=$((percent * cores))%"
}

work() {
  while :; do :; done
}

# Whether a quota of PERCENT of one core holds for this process: without the controller systemd passes over CPUQuota silently.
is_limited_to() {
  while IFS=: read -r _ controllers group; do
    case ,$controllers, in
      ,,) { read -r quota period < "/sys/fs/cgroup$group/cpu.max"; } 2> /dev/null || continue ;;
      *,cpu,*)
        folder=/sys/fs/cgroup/cpu$group
        { read -r quota < "$folder/cpu.cfs_quota_us" && read -r period < "$folder/cpu.cfs_period_us"; } 2> /dev/null || continue
        ;;
      *) continue ;;
    esac
    if [ "$quota" != max ] && [ "$((quota * 100))" -eq "$(($1 * period))" ]; then return 0; fi
  done < /proc/self/cgroup
  return 1
}

bite() { # PERCENT CORES
  allowed=$(($1 * $2))
  cores=$2
  while [ "$cores" -gt 0 ]; do
    spawn burn
    cores=$((cores - 1))
  done
  find_workers burn "$2"
  if is_limited_to "$allowed"; then limit=kernel; else limit=loop; fi
  measure
  before=$now
  used_before=$used
  credit=0
  ready "$1 % of $2 cores, limited by the $limit"
}

# Hundredths of a second in `used`, as Linux counts a process's time for user programs (USER_HZ is 100): of the workers, and of
# this process with its children, as it costs something too.
measure() {
  used=0
  pids=
  for each in $workers; do
    lives "${each%:*}" "${each#*:}" || exit 7
    # shellcheck disable=SC2086 # fields
    set -- $stat
    used=$((used + ${12} + ${13}))
    pids="$pids ${each%:*}"
  done
  read_stat "$$"
  # shellcheck disable=SC2086
  set -- $stat
  used=$((used + ${12} + ${13} + ${14} + ${15}))
  read_now
}

again() {
  measure
  if [ "$limit" = kernel ]; then
    sleep 1
    return
  fi
  credit=$((credit + (now - before) * allowed - (used - used_before) * 100))
  # What a busy machine did not grant is not made up for later, at the cost of the share that is to be left.
  if [ "$credit" -gt "$((20 * allowed))" ]; then credit=$((20 * allowed)); fi
  before=$now
  used_before=$used
  # shellcheck disable=SC2086 # pids
  if [ "$credit" -gt 0 ]; then kill -CONT $pids; else kill -STOP $pids; fi
  sleep 0.1
}

run "$@"
