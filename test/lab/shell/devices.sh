# Making and booting devices.

name_of() { printf 'd%03d' "$1"; }
address_of() { local i=$((10#${1#d})); echo "$HAIFU_LAB_NET.$((1 + (i - 1) / 250)).$((1 + (i - 1) % 250))"; }
pid_of() { cat "$RUN/$1.pid" 2>/dev/null; }            # pid 1 of the device, as the host counts
kind_of() { cat "$RUN/$1.kind"; }
is_on() { is_process "$(pid_of "$1")" 'lab-init\|_boot'; }
device_names() { sed -n "s/^${HAIFU_LAB_NET//./\\.}\S* \S* //p" "$RUN/hosts" 2>/dev/null; }

lab_up() { # count, first, kind
  local count=${1:?how many} first=${2:-1} kind=${3:-deb} last start=$EPOCHREALTIME
  last=$((first + count - 1))
  lab_build "$kind"
  hub_up
  in_hub "$SELF" _create "$first" "$last" "$kind" "$(base_of "$kind")" || die 'the devices could not be made'
  nsenter -t "$(lab_hubpid)" -n -m "$SELF" _ready "$first" "$last" || die 'not all devices answer'
  echo "$count devices answer after $(((${EPOCHREALTIME/./} - ${start/./}) / 1000)) ms"
}

# In the hub. All links in one `ip -batch`: as many devices at once as asked.
_create() { # first, last, kind, base
  local i name batch=$RUN/batch.$$
  for i in $(seq "$1" "$2"); do
    name=$(name_of "$i")
    ip netns add "$name" || return 1
    echo "link add v-$name type veth peer name eth0 netns $name"
    echo "link set v-$name master lab0 up"
  done >"$batch"
  ip -batch "$batch" || return 1
  rm -f "$batch"
  for i in $(seq "$1" "$2"); do
    name=$(name_of "$i")
    create_device "$name" "$(address_of "$name")" "$3" "$4" || return 1
    echo "$3" >"$RUN/$name.kind"
    _start "$name"
  done
}

create_device() { # name, address, kind, base
  local name=$1 address=$2 disk=$MOUNTS/$1 root=$MOUNTS/$1/root key=$HAIFU_LAB/keys/$1
  printf 'link set lo up\naddr add %s/16 dev eth0\nlink set eth0 up\nroute add default via %s.0.1\n' "$address" "$HAIFU_LAB_NET" | ip -n "$name" -batch - || return 1
  mkdir -p "$disk"
  mount -t tmpfs -o "size=$HAIFU_LAB_DISK,mode=755" "lab-$name" "$disk" || return 1
  mkdir -p "$disk"/{upper,work} "$root"
  mount -t overlay -o "lowerdir=$4,upperdir=$disk/upper,workdir=$disk/work" "lab-$name" "$root" || return 1
  mkdir -p "$HAIFU_LAB/keys"
  [ -s "$key" ] || ssh-keygen -q -t ed25519 -N '' -C "$name" -f "$key"
  install -m 600 "$key" "$root/etc/ssh/ssh_host_ed25519_key"
  install -m 644 "$key.pub" "$root/etc/ssh/ssh_host_ed25519_key.pub"
  echo "$name" >"$root/etc/hostname"
  printf '127.0.0.1 localhost\n%s %s.lab %s\n' "$address" "$name" "$name" >"$root/etc/hosts"
  tr -d - </proc/sys/kernel/random/uuid >"$root/etc/machine-id"
  echo "$address $name.lab $name" >>"$RUN/hosts"
}

_start() { # in the hub
  setsid "$SELF" _watch "$1" </dev/null >>"$RUN/$1.log" 2>&1 &
}

# The device's mainboard: a restart inside boots it again, a halt inside leaves it off.
_watch() {
  local name=$1 uptime clock ended seconds
  while [ ! -e "$RUN/$name.off" ]; do
    clock=
    # a time namespace of its own: uptime starts at 0 at each boot
    [ -e /proc/self/ns/time ] && { read -r uptime _ </proc/uptime; clock="--time --boottime=-${uptime%.*}"; }
    nsenter --net="/run/netns/$name" unshare --mount --pid --uts --ipc --fork --kill-child $clock --propagation private "$SELF" _boot "$name"
    ended=$?
    # 128 + SIGHUP is reboot(2)'s restart
    [ $ended = 129 ] || [ -e "$RUN/$name.cycle" ] || : >"$RUN/$name.off"
    seconds=$HAIFU_LAB_BOOT_SECONDS
    [ -s "$RUN/$name.cycle" ] && seconds=$(cat "$RUN/$name.cycle")
    rm -f "$RUN/$name.cycle"
    [ -e "$RUN/$name.off" ] || { ip link set "v-$name" down; sleep "$seconds"; ip link set "v-$name" up; }
  done
  rm -f "$RUN/$name.pid"
}

# First process in the device's namespaces; ends as its pid 1.
_boot() {
  local name=$1 root=$MOUNTS/$1/root pid node
  read -r pid _ </proc/self/stat
  echo "$pid" >"$RUN/$name.pid"
  hostname "$name"
  mount -t proc proc "$root/proc"
  mount -t sysfs -o ro sysfs "$root/sys"
  mount -t tmpfs -o mode=755,size=1m dev "$root/dev"
  mkdir "$root/dev/pts" "$root/dev/shm"
  for node in null zero full random urandom tty; do : >"$root/dev/$node"; mount --bind "/dev/$node" "$root/dev/$node"; done
  mount -t devpts -o newinstance,ptmxmode=666,mode=620,gid=5 devpts "$root/dev/pts"
  ln -s pts/ptmx "$root/dev/ptmx"
  ln -s /proc/self/fd "$root/dev/fd"
  for node in 0:stdin 1:stdout 2:stderr; do ln -s "/proc/self/fd/${node%:*}" "$root/dev/${node#*:}"; done
  mount -t tmpfs -o mode=1777,size=64m tmpfs "$root/dev/shm"
  # /run and /tmp are empty again after each boot
  mount -t tmpfs -o mode=755,size=16m tmpfs "$root/run"
  find "$root/tmp" -mindepth 1 -delete 2>/dev/null
  # the kernel's boot_id has no namespace: the device's own is laid over it
  cat /proc/sys/kernel/random/uuid >"$root/run/boot_id"
  mount --bind "$root/run/boot_id" "$root/proc/sys/kernel/random/boot_id"
  # stacked pivot_root: needs no directory for the old root
  cd "$root" && pivot_root . . && umount -l .
  exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM=linux /usr/sbin/lab-init <>/dev/null >&0 2>&1
}

# Ready is: sshd says its banner, not merely that the port is open.
_ready() { # first, last
  local i try banner
  for i in $(seq "$1" "$2"); do
    for try in $(seq 400); do
      banner=
      { exec 9<>"/dev/tcp/$(address_of "$(name_of "$i")")/22" && read -r -t 5 banner <&9; exec 9>&-; } 2>/dev/null
      [[ $banner = SSH-* ]] && break
      sleep .025
    done
    [[ $banner = SSH-* ]] || { echo "$(name_of "$i") does not answer" >&2; return 1; }
  done
}

lab_list() {
  local name
  for name in $(device_names); do echo "$name $(address_of "$name") $(kind_of "$name") $(is_on "$name" && echo on || echo off)"; done
}

lab_inventory() {
  local name separator=
  printf '{"port":22,"keyPath":"%s","passwords":{"root":"%s","admin":"%s","doasuser":"%s","plain":"%s"},"devices":[' \
    "$LAB_KEY" "$HAIFU_LAB_ROOT_PASSWORD" "$HAIFU_LAB_PASSWORD" "$HAIFU_LAB_PASSWORD" "$HAIFU_LAB_PASSWORD"
  for name in $(device_names); do
    printf '%s{"name":"%s","address":"%s","kind":"%s","hostKey":"%s"}' "$separator" "$name" "$(address_of "$name")" "$(kind_of "$name")" "$(cut -d' ' -f1,2 "$HAIFU_LAB/keys/$name.pub")"
    separator=,
  done
  echo ']}'
}

in_device() { # name, command...
  local name=$1 clock=
  shift
  is_on "$name" || die "$name is off"
  [ -e /proc/self/ns/time ] && clock=-T
  nsenter -t "$(pid_of "$name")" -m -u -i -n -p $clock -- env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
}
lab_in() { in_device "$@"; }
