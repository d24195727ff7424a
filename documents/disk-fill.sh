# Fills a file system with a file that has no name: the space is free again when the process that holds it ends, of whatever.

tools='dd df'

read_parameters() {
  parameter Path A-Za-z0-9_./- 200
  path=$value
  case $path in /*) ;; *) refuse 2 'Path must begin with /' ;; esac
  whole Megabytes 1 99999999
  megabytes=$value
  whole LeaveMegabytes 0 99999999
  leave=$value
}

# Sets `volume`, which is the same for folders that share their space, `mount`, and `available`, in MB.
read_volume() { # FOLDER
  # shellcheck disable=SC2046 # fields: header of 7 words, then device, blocks, used, available, share, mount point
  set -- $(df -P -k "$1" 2> /dev/null)
  [ "$#" -ge 13 ] || refuse 6 'df cannot tell how much space there is'
  shift 7
  available=$(($4 / 1024))
  mount=$6
  # File systems without a device all have the same name here.
  case $1 in /*) volume=$1 ;; *) volume=$mount ;; esac
}

# Sets `type`: that of the last which was mounted at `mount`.
read_type() {
  type=
  while read -r _ point kind _; do
    if [ "$point" = "$mount" ]; then type=$kind; fi
  done < /proc/mounts
}

plan() {
  if [ ! -d "$path" ] || [ ! -w "$path" ]; then refuse 6 "$path is not a folder that can be written to"; fi
  # The agent keeps its commands there, without which nothing can be undone, and this script its record.
  for needed in /var/lib/amazon/ssm "$home"; do
    while [ ! -d "$needed/" ]; do needed=${needed%/*}; done
    read_volume "$needed/"
    spared=$volume
    read_volume "$path"
    if [ "$volume" = "$spared" ] && [ "$leave" -lt 200 ]; then leave=200; fi
  done
  if [ "$megabytes" -gt "$((available - leave))" ]; then megabytes=$((available - leave)); fi
  if [ "$megabytes" -lt 1 ]; then refuse 6 "$available MB are free in $path, and $leave MB are to be left"; fi
  medium=disk
  read_type
  case $type in
    # Its files are in memory, of which as much is left as memory-fill leaves.
    tmpfs | devtmpfs | ramfs)
      medium=memory
      read_memory
      if [ "$megabytes" -gt "$((available - 200))" ]; then megabytes=$((available - 200)); fi
      if [ "$megabytes" -lt 1 ]; then refuse 6 "$path is in memory, of which $available MB are available, and 200 MB are to be left"; fi
      ;;
  esac
  echo "$path/.chaos-$strike" > "$record/file"
  arguments="$megabytes $medium"
}

work() { # ROLE MEGABYTES
  exec dd if=/dev/zero bs=1048576 count="$2" >&9
}

bite() { # MEGABYTES MEDIUM
  if [ "$2" = memory ]; then die_first; fi
  read -r file < "$record/file"
  # A link that somebody put there is not followed.
  set -C
  exec 9> "$file"
  set +C
  rm -f "$file"
  # Some file systems cannot allocate, only write.
  if ! fallocate -l "$(($1 * 1048576))" /proc/self/fd/9 2> /dev/null; then
    spawn write "$1"
    wait "$!" || exit 7
  fi
  ready "took $1 MB"
}

again() {
  # Killed in its sleep, this process must not leave one behind that holds the file.
  sleep 1 9>&-
}

run "$@"
