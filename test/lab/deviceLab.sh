#!/bin/bash
# deviceLab.sh - many real, isolated Linux "devices" on one machine, without docker or systemd.
#
#   device = overlay (shared read-only base + own upper) + own net, mount, pid, uts, ipc and time namespaces
#            + own sshd and host key + own package database + accounts, all with the lab's key:
#              root      password $HAIFU_LAB_ROOT_PASSWORD, direct login
#              admin     password $HAIFU_LAB_PASSWORD, sudo asks for it
#              keyonly   no password at all, sudo without one
#              doasuser  password $HAIFU_LAB_PASSWORD, doas asks for it, no sudo (deb devices)
#              plain     password $HAIFU_LAB_PASSWORD, no way to root but su with root's password
#   hub    = one private net + mount + pid namespace with the bridge, the overlays and the devices. Ending its
#            pid 1 ends every device, mount and network: nothing to clean up, and two labs never see each other.
#
# Needs root and Debian's tools (installTools.sh); `check` says what is missing.
#
#   check                         one line saying why no lab can run here, or nothing
#   build [deb|rpm]               base file system, made once and cached in $HAIFU_LAB_CACHE
#   up N [FIRST [deb|rpm]]        start N devices, d001... (FIRST: number of the first; adds to a running lab)
#   down                          stop everything
#   list | inventory | hubpid     name, address, state | the same and the accounts as JSON | pid to enter the hub by
#   exec CMD...                   run CMD as the console machine: in the hub's network, device names resolve
#   in NAME CMD...                run CMD inside a device, not over ssh: to see what really happened there
#   reboot NAME [SECONDS]         orderly restart, off for SECONDS; `reboot` or `shutdown -r` inside work too
#   poweroff NAME | poweron NAME  sudden loss of power (nothing says goodbye on the network) | start again
#   fault NAME KIND [ARG...]      see shell/faults.sh; `heal NAME` takes every fault away
set -u
# the folder of one running lab; every lab has its own
export HAIFU_LAB=${HAIFU_LAB:-${TMPDIR:-/tmp}/haifu-lab}
export HAIFU_LAB_CACHE=${HAIFU_LAB_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/haifu-lab}
export HAIFU_LAB_NET=${HAIFU_LAB_NET:-10.77}            # first half of the addresses
export HAIFU_LAB_DISK=${HAIFU_LAB_DISK:-1g}             # a device's disk: a tmpfs, pages are used when written
export HAIFU_LAB_BOOT_SECONDS=${HAIFU_LAB_BOOT_SECONDS:-2}  # how long a restarting device is off
export HAIFU_LAB_OWNER=${HAIFU_LAB_OWNER:-}             # pid of a process that the lab shall not outlive
export HAIFU_LAB_PASSWORD=${HAIFU_LAB_PASSWORD:-admin-pw} HAIFU_LAB_ROOT_PASSWORD=${HAIFU_LAB_ROOT_PASSWORD:-root-pw}

SELF=$(readlink -f "${BASH_SOURCE[0]}")
HERE=$(dirname "$SELF")
RUN=$HAIFU_LAB/run          # what runs: pids, logs, names
MOUNTS=$HAIFU_LAB/mounts    # the devices' disks, visible in the hub only
LAB_KEY=$HAIFU_LAB_CACHE/labKey

for part in base hub devices power faults; do . "$HERE/shell/$part.sh"; done

# Devices outlive this shell: they must not inherit its descriptors, or a caller's pipe or lock stays open for ever.
for descriptor in /proc/self/fd/*; do
  descriptor=${descriptor##*/}
  case $descriptor in 0 | 1 | 2 | 255 | \*) ;; *) eval "exec $descriptor>&-" ;; esac
done

command=${1:-}
shift || true
case $command in
  check | build | up | down | list | inventory | hubpid) "lab_$command" "$@" ;;
  exec | in | reboot | poweroff | poweron | fault | heal) "lab_$command" "$@" ;;
  # run by the lab itself, inside its namespaces
  _hub | _create | _start | _watch | _boot | _ready) "$command" "$@" ;;
  *) sed -n '2,/^set -u/{/^#/s/^# \{0,1\}//p}' "$SELF"; exit 2 ;;
esac
