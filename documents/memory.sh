# What takes memory, as such or as files in it, has these guards.

# Sets `available`: what the kernel could give, in MB.
read_memory() {
  while read -r key kilobytes _ && [ "$key" != MemAvailable: ]; do :; done < /proc/meminfo
  available=$((${kilobytes:-0} / 1024))
}

# Makes this process, and all that it starts, what the kernel kills before any other when memory runs out.
die_first() {
  echo 1000 > "/proc/$$/oom_score_adj" || exit 7
}
