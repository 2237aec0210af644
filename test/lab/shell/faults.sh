# Faults: what can be wrong with a device, with its network or with its accounts.

in_network_of() { local name=$1; shift; in_hub ip netns exec "$name" "$@"; }   # the device's network, the host's tools

filter() { # name, input rule, output rule
  in_network_of "$1" nft -f - <<N
table inet lab { chain i { type filter hook input priority 0; $2; }; chain o { type filter hook output priority 0; $3; }; }
N
}

lab_fault() { # name, kind, arguments
  local name=$1 kind=$2
  shift 2
  declare -F "fault_$kind" >/dev/null || die "no such fault: $kind"
  is_on "$name" || die "$name is off"
  "fault_$kind" "$name" "$@"
}

# ---- network
fault_linkDown() { in_hub ip link set "v-$1" down; }
fault_blackhole() { filter "$1" 'meta iif != lo drop' 'meta oif != lo drop'; }          # packets vanish: time-outs
fault_reject() { filter "$1" 'tcp dport 22 reject with tcp reset' ''; }                 # connection refused
fault_loss() { # percent, each way
  filter "$1" "meta iif != lo numgen random mod 1000 < $((${2:-5} * 10)) drop" "meta oif != lo numgen random mod 1000 < $((${2:-5} * 10)) drop"
}
fault_rate() { # e.g. 10mbit, each way
  in_hub tc qdisc replace dev "v-$1" root tbf rate "${2:-10mbit}" burst 64kb latency 400ms
  in_network_of "$1" tc qdisc replace dev eth0 root tbf rate "${2:-10mbit}" burst 64kb latency 400ms
}
fault_delay() { # ms, jitter ms; each way. By netem where the kernel has it, else packets are held in user space
  local name=$1 ms=$2 jitter=${3:-0}
  if in_network_of "$name" tc qdisc add dev eth0 root netem delay "${ms}ms" "${jitter}ms" 2>/dev/null; then
    in_hub tc qdisc add dev "v-$name" root netem delay "${ms}ms" "${jitter}ms"
    return
  fi
  rm -f "$RUN/$name.delay.log"
  # the pid is the hub's own: only in_hub may use it
  in_hub sh -c "setsid ip netns exec $name /usr/bin/python3 $HERE/delayPackets.py 7 $ms $jitter </dev/null >$RUN/$name.delay.log 2>&1 & echo \$!" >"$RUN/$name.delay"
  until grep -q ready "$RUN/$name.delay.log" 2>/dev/null; do
    in_hub sh -c "kill -0 $(cat "$RUN/$name.delay")" 2>/dev/null || die "delay: $(cat "$RUN/$name.delay.log")"
    sleep .02
  done
  in_network_of "$name" iptables -w -A INPUT ! -i lo -j NFQUEUE --queue-num 7 --queue-bypass
  in_network_of "$name" iptables -w -A OUTPUT ! -o lo -j NFQUEUE --queue-num 7 --queue-bypass
}

# ---- disk
fault_diskFull() { # KB left free: the device's disk shrinks to what it uses
  local used
  used=$(in_hub df -k --output=used "$MOUNTS/$1" | tail -1)
  in_hub mount -o "remount,size=$((used + ${2:-0}))k" "$MOUNTS/$1"
}
fault_readOnly() { nsenter -t "$(pid_of "$1")" -m mount -o remount,ro /; }

# ---- system
fault_hang() { # the kernel accepts connections, nobody says a word
  in_device "$1" sh -c 'kill -STOP -1'
  kill -STOP "$(pid_of "$1")"
}
fault_noSshd() { in_device "$1" sh -c 'kill "$(pgrep -o -x sshd)"'; }                   # the listener: open sessions live on
fault_hostKey() {
  in_device "$1" sh -c 'rm -f /etc/ssh/ssh_host_ed25519_key*; ssh-keygen -q -t ed25519 -N "" -f /etc/ssh/ssh_host_ed25519_key; kill -HUP "$(pgrep -o -x sshd)"'
}
fault_noisy() { # a greeting on stdout at each command: breaks clients that trust it
  in_device "$1" sh -c 'for home in /root /home/*; do sed -i "1i echo Welcome to $(hostname)" $home/.bashrc; done'
}
fault_clock() { # e.g. -400d, for all that runs in ssh and sudo sessions: the real clock has no namespace
  # by PAM's environment, not /etc/ld.so.preload: libfaketime in sshd is killed by sshd's own sandbox
  in_device "$1" sh -c "printf 'LD_PRELOAD=%s\nFAKETIME=%s\n' /usr/lib/*/faketime/libfaketime.so.1 '$2' >/etc/environment
    grep -q pam_env /etc/pam.d/sudo || echo 'session required pam_env.so readenv=1' >>/etc/pam.d/sudo"
}

# ---- accounts
fault_password() { echo "admin:${2:-another-pw}" | in_device "$1" chpasswd; }           # login and sudo with the old one fail
fault_noSudo() { in_device "$1" sh -c 'for group in sudo wheel; do gpasswd -d admin $group; done; true' >/dev/null 2>&1; }
fault_requireTty() { in_device "$1" sh -c 'echo "Defaults requiretty" >/etc/sudoers.d/zz-lab; chmod 440 /etc/sudoers.d/zz-lab'; }

# ---- packages
fault_packageLock() { # seconds: another installation holds the package database
  in_device "$1" sh -c "cat >/run/lab-lock.pl; rm -f /run/lab-lock.held; setsid perl /run/lab-lock.pl ${2:-30} </dev/null >/dev/null 2>/run/lab-lock.log &
    until [ -e /run/lab-lock.held ]; do sleep .02; done" <<'P'
my $lock = pack "ssx4qqix4", 1, 0, 0, 0, 0;    # struct flock: a write lock on the whole file
my @held;
for my $path (grep { -e } "/var/lib/dpkg/lock-frontend", "/var/lib/dpkg/lock", "/var/lib/rpm/.rpm.lock") {
  open my $file, "+>>", $path or die;
  fcntl($file, 6, $lock) or die "$path: $!";
  push @held, $file;
}
open my $mark, ">", "/run/lab-lock.held";
close $mark;
sleep shift;
P
}
fault_packageBroken() { # an installation was interrupted: dpkg wants `dpkg --configure -a` first
  in_device "$1" sh -c ': >/run/lab-package-broken; mkdir -p /var/lib/dpkg/updates; cp /var/lib/dpkg/status /var/lib/dpkg/updates/0000
    sed -i "/^Package: tzdata\$/,/^\$/s/^Status:.*/Status: install ok half-configured/" /var/lib/dpkg/updates/0000'
}

lab_heal() {
  local name=$1
  {
    is_on "$name" && kill -CONT "$(pid_of "$name")"
    in_device "$name" sh -c 'kill -CONT -1'
    in_hub ip link set "v-$name" up
    in_hub tc qdisc del dev "v-$name" root
    in_network_of "$name" tc qdisc del dev eth0 root
    in_network_of "$name" nft delete table inet lab
    in_network_of "$name" iptables -w -F
    [ -s "$RUN/$name.delay" ] && in_hub sh -c "kill $(cat "$RUN/$name.delay")" && rm -f "$RUN/$name.delay"
    in_hub mount -o "remount,size=$HAIFU_LAB_DISK" "$MOUNTS/$name"
    nsenter -t "$(pid_of "$name")" -m mount -o remount,rw /
    in_device "$name" sh -c 'rm -f /etc/sudoers.d/zz-lab; : >/etc/environment
      # not while a dpkg of somebody else is at work: its updates are its own
      [ ! -e /run/lab-package-broken ] || rm -f /var/lib/dpkg/updates/* /run/lab-package-broken
      gpasswd -a admin sudo; grep -q ^wheel: /etc/group && gpasswd -a admin wheel
      sed -i /^echo.Welcome/d /root/.bashrc /home/*/.bashrc; pkill -f "[l]ab-lock.pl"
      pgrep -x sshd -P 1 || /usr/sbin/sshd'
    echo "admin:$HAIFU_LAB_PASSWORD" | in_device "$name" chpasswd -c SHA256 -s 1000
  } >/dev/null 2>&1
  return 0
}
