# The hub: the private network in which the devices, and the console machine under test, live.

lab_hubpid() { cat "$RUN/hub.pid" 2>/dev/null; }
# A pid file may be older than the machine's last boot: what a pid is now must be looked at before it is used.
is_process() { [ -n "$1" ] && grep -aqs -- "$2" "/proc/$1/cmdline"; } # pid, word of its command line
hub_runs() { is_process "$(lab_hubpid)" deviceLab.sh; }
in_hub() { nsenter -t "$(lab_hubpid)" -n -m -p -- "$@"; }

# Not the hub's pids: ps, kill and /proc stay usable. Its mounts for /etc/hosts.
lab_exec() {
  hub_runs || die 'the lab is not up'
  exec nsenter -t "$(lab_hubpid)" -n -m --wd="$PWD" -- "$@"
}

hub_up() {
  hub_runs && return
  mkdir -p "$RUN"
  rm -f "$RUN"/*.pid "$RUN/hub.ok"
  # setsid and closed stdio: it survives the shell that called it
  setsid unshare --net --mount --pid --fork --propagation private "$SELF" _hub </dev/null >"$RUN/hub.log" 2>&1 &
  local try
  for try in $(seq 500); do [ -e "$RUN/hub.ok" ] && return; sleep .01; done
  die "the hub did not start: $(cat "$RUN/hub.log")"
}

_hub() { # pid 1 of the hub
  local pid
  read -r pid _ </proc/self/stat                       # /proc still is the host's: our pid as the host counts
  mkdir -p /run/netns 2>/dev/null || { mount -t tmpfs tmpfs /run; mkdir /run/netns; }
  mount -t tmpfs tmpfs /run/netns
  mkdir -p "$MOUNTS"
  mount -t tmpfs -o mode=755 tmpfs "$MOUNTS"
  cp /etc/hosts "$RUN/hosts"
  mount --bind "$RUN/hosts" /etc/hosts                 # names for whoever runs inside the hub
  ip link set lo up
  ip link add lab0 type bridge
  ip addr add "$HAIFU_LAB_NET.0.1/16" dev lab0
  ip link set lab0 up
  sysctl -qw net.ipv4.tcp_congestion_control=cubic 2>/dev/null   # bbr, some kernels' default, paces: slower on veth
  sysctl -qw net.ipv4.neigh.default.gc_thresh3=8192 2>/dev/null
  echo "$pid" >"$RUN/hub.pid"
  : >"$RUN/hub.ok"
  trap : TERM
  if [ -n "$HAIFU_LAB_OWNER" ]; then
    while [ -d "/proc/$HAIFU_LAB_OWNER" ]; do sleep 1; done
  else
    while :; do sleep infinity & wait; done
  fi
}

lab_down() {
  if hub_runs; then
    local pid try
    pid=$(lab_hubpid)
    kill -9 "$pid"                                     # pid 1 of the hub's pid namespace: takes all with it
    for try in $(seq 1000); do [ -d "/proc/$pid" ] || break; sleep .02; done
  fi
  rm -rf "$RUN"
}
