# How a strike is begun, lasts and ends. The document's own part follows: `tools`, `read_parameters`, `plan`, `bite` and `again`,
# `work` where it has processes for that, and `run "$@"`.
#
# The agent's command only begins a strike, and answers. What lasts runs in a session of its own, or in a unit where systemd
# runs: neither the end of the command nor a restart of the agent touches it. These are its processes:
#   hold   does what the strike does, until its end
#   work   processes of `hold`; `timeout` ends each of them too
#   watch  ends all of it when its time has passed, or as soon as `hold` is gone, whatever became of it
# Each of `hold` and `work` enters itself into the strike's record, with its start time, before it does anything. The command
# leads the strike until `hold` does, but is not in it: it has to tell what became of it, and harms nobody.

take_record() {
  mkdir -p "$home" 2> /dev/null
  [ -w "$home" ] || refuse 3 "missing: a folder $home that can be written to"
  forget_old_ends
  for each in "$home"/active/*; do
    [ -d "$each" ] || continue
    # Its command leads a record a moment after it has made it, unless it was killed in between.
    for _ in 1 2; do [ -e "$each/leader" ] || nap; done
    record=${each%.ending}
    if [ "$record" = "$each" ] && is_led; then refuse 4 "strike ${each##*/} is active"; fi
    # All that led it was killed, its watch too.
    end_strike
  done
  record=$home/active/$strike
  rmdir "$home/active" 2> /dev/null
  if ! { mkdir "$home/active" && mkdir "$record"; } 2> /dev/null; then refuse 4 'another strike is about to begin'; fi
  trap 'exit 143' HUP INT TERM
  trap end_strike EXIT
  identify
  if ! lead; then refuse 4 "strike $strike was ended"; fi
}

# In a unit of its own where systemd has --collect (236): the unit's end is one more watch, the kernel keeps its limits, and
# running out of memory in it does not make systemd stop the agent (OOMPolicy=stop; the agent's unit has RestartSec=15min).
launch() { # ARGUMENTS OF bite...
  if [ "$(systemd_version)" -ge 236 ] && command -v systemd-run > /dev/null 2>&1; then
    # shellcheck disable=SC2086 # some properties, or none
    systemd-run --quiet --collect --unit="chaos-$strike" --property=RuntimeMaxSec="$((seconds + 5))" ${properties-} -- \
      sh "$script" hold "$record" "$seconds" "$@" 8<&- || refuse 7 "systemd-run could not start the unit chaos-$strike"
  else
    setsid sh "$script" hold "$record" "$seconds" "$@" < /dev/null > /dev/null 2>&1 8<&- &
  fi
}

# Polls for a file of the record while the strike has a leader, for 60 s. FILE
await() {
  polls=0
  while [ ! -e "$record/$1" ] && [ "$polls" -lt 600 ]; do
    if [ ! -d "$record" ] || ! is_led; then
      cat <&8 >&2
      refuse 7 'what the strike consists of could not start'
    fi
    polls=$((polls + 1))
    nap
  done
  [ -e "$record/$1" ]
}

begin() {
  read_strike
  whole Seconds 1 43200
  seconds=$value
  whole NotAfter 1 9999999999
  not_after=$value
  # shellcheck disable=SC2086 # names
  need cat date mkdir mv rm rmdir setsid sh sleep timeout $tools
  read_parameters
  if [ ! -r /proc/uptime ] || [ ! -r "$script" ]; then refuse 3 'missing: /proc, or the file of this script'; fi
  late=$(($(date +%s) - not_after))
  if [ "$late" -gt 0 ]; then refuse 5 "NotAfter has passed $late s ago"; fi
  # A clock that is far behind would let a strike begin whenever it arrives.
  if [ "$late" -lt -3600 ]; then refuse 5 "NotAfter is $((-late)) s ahead: the clock of this instance is wrong"; fi

  take_record
  # `undo` writes this before it looks for the record: a strike that arrives after its undo cannot slip through.
  [ ! -e "$home/ended-$strike" ] || refuse 4 "strike $strike has ended"
  plan
  read_now
  echo "$((now + seconds * 100))" > "$record/end"
  exec 8<> "$record/errors"
  setsid sh "$script" watch "$record" < /dev/null > /dev/null 2>&1 8<&- &
  await watched || refuse 7 'its watch does not come up'
  # shellcheck disable=SC2086 # none of them has a space in it
  launch $arguments
  await led || refuse 7 'it does not come up'
  await ready || echo 'still under way' > "$record/ready"
  read -r how < "$record/ready"
  trap - EXIT
  echo "chaos: begun $strike for $seconds s: $how"
}

hold() { # SECONDS ARGUMENTS OF bite...
  seconds=$1
  shift
  cd / || exit 7
  if ! enroll hold || ! lead; then exit 7; fi
  exec 2>> "$record/errors"
  trap 'exit 143' HUP INT TERM
  trap end_strike EXIT
  read -r end < "$record/end" || exit 7
  : > "$record/led"
  bite "$@"
  while read_now && [ "$now" -lt "$end" ]; do again; done
}

ready() { # HOW...
  echo "$*" > "$record/ready.new"
  mv "$record/ready.new" "$record/ready"
}

# Starts a process of `hold`. Its pid is not `$!`. ROLE ARGUMENTS OF work...
spawn() {
  timeout -s KILL "$((seconds + 5))" sh "$script" work "$record" "$@" &
}

# The entries of those with this role, each PID:START, in `workers`, when there are so many. ROLE COUNT
find_workers() {
  while :; do
    workers=
    count=0
    while read -r pid started role; do
      [ "$role" = "$1" ] || continue
      workers="$workers $pid:$started"
      count=$((count + 1))
    done < "$record/processes"
    [ "$count" -lt "$2" ] || return 0
    nap
  done
}

watch() {
  cd / || exit 7
  trap '' HUP
  trap 'end_strike; exit 143' INT TERM
  read -r end < "$record/end" || exit 7
  : > "$record/watched"
  while [ -d "$record" ] || [ -d "$record.ending" ]; do
    read_now
    if [ "$now" -ge "$((end + 200))" ] || [ ! -d "$record" ] || ! is_led; then end_strike; fi
    sleep 1
  done
}

run() {
  case $0 in
    /*) script=$0 ;;
    *) script=$PWD/$0 ;;
  esac
  if [ "$#" -eq 0 ]; then set -- begin; fi
  mode=$1
  shift
  if [ "$mode" != begin ]; then
    record=$1
    home=${record%/active/*}
    shift
  fi
  if [ "$mode" = work ]; then enroll "$1" || exit 7; fi
  "$mode" "$@"
}
