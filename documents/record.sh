#!/bin/sh
# What the script of every document starts with: parameters, time, processes, and the record of a strike with its end.
#
# Exit codes: 0 begun, or undone; 1 something is left (undo); 2 a parameter is refused; 3 something is missing; 4 another
# strike is active, or this one has ended; 5 too late; 6 there is nothing to do it to; 7 it could not begin; 143 terminated.
set -u
umask 077
LC_ALL=C
export LC_ALL

# In /run, which a reboot empties. `active` is the lock, as only one `mkdir` makes it, and `active/STRIKE` in it the record of
# the strike that has it; `active/STRIKE.ending` while that is being ended. `ended-STRIKE`: this strike may not begin any more.
home=${CHAOS_HOME:-/run/chaos}

refuse() { # CODE WORDS...
  code=$1
  shift
  echo "chaos: refused: $*" >&2
  exit "$code"
}

# Sets `value`. The agent gives it as a variable and pastes nothing into this text. Refused here too, whatever the patterns of
# the document let pass. NAME CHARACTERS LENGTH
parameter() {
  value=
  eval "value=\${SSM_$1-}"
  case $value in
    '') refuse 3 "missing: $1 in the environment, where SSM Agent 3.3.2746.0 or later puts it" ;;
    *[!$2]*) refuse 2 "$1 has characters that it may not have" ;;
  esac
  [ "${#value}" -le "$3" ] || refuse 2 "$1 is longer than $3 characters"
}

whole() { # NAME LEAST MOST
  parameter "$1" 0-9 10
  case $value in 0?*) refuse 2 "$1 begins with 0" ;; esac
  if [ "$value" -lt "$2" ] || [ "$value" -gt "$3" ]; then refuse 2 "$1 is $value, and must be from $2 to $3"; fi
}

need() { # TOOLS...
  missing=
  for tool; do command -v "$tool" > /dev/null 2>&1 || missing="$missing $tool"; done
  [ -z "$missing" ] || refuse 3 "missing:$missing"
}

read_strike() {
  parameter Strike A-Za-z0-9- 63
  strike=$value
  record=$home/active/$strike
}

# Seconds since boot in hundredths, in `now`: no clock that is set changes how long a strike lasts.
read_now() {
  read -r now _ < /proc/uptime
  now=${now%.*}${now#*.}
}

# The fields of /proc/PID/stat from the state on, in `stat`: what stands before it may contain anything.
read_stat() { # PID
  { IFS= read -r stat < "/proc/$1/stat"; } 2> /dev/null && stat=${stat##*) }
}

# A pid is used again; with the start time it means one process.
lives() { # PID START
  read_stat "$1" || return 1
  start=$2
  # shellcheck disable=SC2086 # fields
  set -- $stat
  [ "${20}" = "$start" ] && [ "$1" != Z ] && [ "$1" != X ]
}

# Sets `entry`: this process, as records have it.
identify() {
  read_stat "$$"
  # shellcheck disable=SC2086
  set -- $stat
  entry="$$ ${20}"
}

# Enters this process into the record. Fails if the strike is being ended: this entry may have come too late to be seen. ROLE
enroll() {
  role=$1
  identify
  { echo "$entry $role" >> "$record/processes"; } 2> /dev/null && [ -d "$record" ]
}

# Makes this process the one without which the strike ends. After identify or enroll.
lead() {
  { echo "$entry" > "$record/leader.new" && mv "$record/leader.new" "$record/leader"; } 2> /dev/null
}

is_led() {
  { read -r pid started < "$record/leader"; } 2> /dev/null && lives "$pid" "$started"
}

# Kills what lives of the strike that is being ended, except this process. Succeeds if something did.
kill_living() {
  found=1
  while read -r pid started _; do
    if [ "$pid" != "$$" ] && lives "$pid" "$started"; then
      kill -KILL "$pid" 2> /dev/null
      found=0
    fi
  done < "$record.ending/processes"
  return "$found"
}

nap() { sleep 0.1 2> /dev/null || sleep 1; }

# Ends the strike of `record`, whoever calls it, and however often. Renamed, the record takes no new entries; it is removed when
# nothing is left of what it says. Fails if something cannot be killed.
end_strike() {
  date +%s > "$home/ended-${record##*/}"
  mv "$record" "$record.ending" 2> /dev/null
  tries=0
  while { kill_living; } 2> /dev/null; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || return 1
    nap
  done
  if { read -r file < "$record.ending/file"; } 2> /dev/null; then rm -f "$file"; fi
  rm -rf "$record.ending"
  rmdir "$home/active" 2> /dev/null
  return 0
}

forget_old_ends() {
  today=$(date +%s)
  for each in "$home"/ended-*; do
    { read -r when < "$each"; } 2> /dev/null || continue
    # By then NotAfter refuses such a strike.
    [ "$((today - when))" -lt 86400 ] || rm -f "$each"
  done
}

# The version of the systemd that runs here, 0 if none does.
systemd_version() {
  version=$(systemctl show --property=Version 2> /dev/null) || version=
  version=${version#Version=}
  version=${version#v}
  version=${version%%[!0-9]*}
  echo "${version:-0}"
}
