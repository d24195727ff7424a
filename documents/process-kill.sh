# Kills every process of a name, and again whenever there is one, until the time has passed. Whether somebody starts it again
# is up to its supervisor.

tools=''

read_parameters() {
  # As the kernel has it: 15 characters at most.
  parameter Process A-Za-z0-9_.:@+- 15
  process=$value
  case $process in
    init | systemd* | amazon-ssm-agen | ssm-agent-worke | ssm-document-w | ssm-session-wo | ssm-session-log | sshd | sshd-*)
      refuse 2 "$process is never killed: without it nobody can get at the instance"
      ;;
    # What the agent runs commands with and as, and this consists of.
    _script.sh | sh | ash | bash | dash | busybox | timeout | setsid) refuse 2 "$process is never killed: this script needs it" ;;
  esac
}

# Kills if told to, and counts in `hits`. SIGNAL, where 0 only asks
sweep() {
  hits=0
  for each in /proc/[0-9]*; do
    { read -r name < "$each/comm"; } 2> /dev/null || continue
    if [ "$name" != "$process" ] || [ "$each" = /proc/1 ]; then continue; fi
    if kill "-$1" "${each#/proc/}" 2> /dev/null; then hits=$((hits + 1)); fi
  done
}

plan() {
  sweep 0
  [ "$hits" -gt 0 ] || refuse 6 "no process is called $process"
  arguments=$process
}

bite() { # PROCESS
  process=$1
  sweep KILL
  ready "killed $hits of $process"
}

again() {
  sleep 1
  sweep KILL
}

run "$@"
