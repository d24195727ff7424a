# Ends whatever a strike began here, and makes sure of it. Where there is nothing of it, that is what was wanted; and if it only
# arrives after this, it is refused.

read_strike
need date mkdir mv rm rmdir sleep
mkdir -p "$home" 2> /dev/null
[ -w "$home" ] || refuse 3 "missing: a folder $home that can be written to"
forget_old_ends
end_strike || refuse 1 "something of strike $strike is left, and cannot be killed"
# Whatever of its unit is not in the record. There is none if systemd does not run, or the strike has none.
if [ "$(systemd_version)" -gt 0 ]; then systemctl stop "chaos-$strike.service" 2> /dev/null; fi
echo "chaos: undone $strike"
