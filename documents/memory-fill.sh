# Takes memory: `tail` keeps what it reads from a pipe that never ends. It is the first that the kernel kills when memory runs
# out, and then the strike ends.

tools='head mkfifo tail'

read_parameters() {
  whole Megabytes 1 99999999
  megabytes=$value
  whole LeaveMegabytes 100 99999999
  leave=$value
}

plan() {
  read_memory
  if [ "$megabytes" -gt "$((available - leave))" ]; then megabytes=$((available - leave)); fi
  if [ "$megabytes" -lt 1 ]; then refuse 6 "$available MB of memory are available, and $leave MB are to be left"; fi
  arguments=$megabytes
}

work() { # ROLE BYTES
  if [ "$1" = keep ]; then
    die_first
    # Open for writing too, so that there is no end to read.
    exec tail -c "$2" <> "$record/pipe" > /dev/null
  fi
  exec head -c "$2" /dev/zero > "$record/pipe"
}

bite() { # MEGABYTES
  bytes=$(($1 * 1048576))
  mkfifo "$record/pipe" || exit 7
  spawn keep "$bytes"
  find_workers keep 1
  spawn feed "$bytes"
  wait "$!" || exit 7
  ready "took $1 MB"
}

again() {
  for each in $workers; do lives "${each%:*}" "${each#*:}" || exit 7; done
  sleep 1
}

run "$@"
