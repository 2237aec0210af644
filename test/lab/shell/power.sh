# Power: orderly restart, sudden loss, start.

wait_gone() { local try; for try in $(seq 500); do [ -d "/proc/$1" ] || return 0; sleep .02; done; }

lab_reboot() { # name, seconds off
  local name=$1 pid
  is_on "$name" || die "$name is off"
  pid=$(pid_of "$name")
  echo "${2:-$HAIFU_LAB_BOOT_SECONDS}" >"$RUN/$name.cycle"
  in_device "$name" sh -c 'kill -TERM -1; n=0; while pgrep -x sshd >/dev/null && [ $n -lt 20 ]; do n=$((n+1)); sleep .05; done'  # sessions get closed
  kill -9 "$pid"
  wait_gone "$pid"
}

lab_poweroff() {
  local name=$1 pid
  is_on "$name" || die "$name is off"
  pid=$(pid_of "$name")
  : >"$RUN/$name.off"
  in_hub ip link set "v-$name" down                    # the link first: no FIN, no RST gets out
  kill -9 "$pid"
  wait_gone "$pid"
  rm -f "$RUN/$name.pid"
}

lab_poweron() {
  rm -f "$RUN/$1.off"
  in_hub ip link set "v-$1" up
  in_hub "$SELF" _start "$1"
  nsenter -t "$(lab_hubpid)" -n -m "$SELF" _ready $((10#${1#d})) $((10#${1#d}))
}
