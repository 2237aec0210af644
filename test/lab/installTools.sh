#!/bin/bash
# installTools.sh [--missing]: the Debian packages that the tests need besides Node. Installs those that are missing, or
# only names them. Standard input is not read.
set -euo pipefail
# command, or file: the package that brings it
needed=(
  mmdebstrap:mmdebstrap nft:nftables iptables:iptables tc:iproute2 zstd:zstd xz:xz-utils
  ssh:openssh-client ssh-keygen:openssh-client
  dpkg-deb:dpkg rpmbuild:rpm zip:zip unzip:unzip perl:perl /usr/bin/python3:python3 nsenter:util-linux ps:procps
)
missing() {
  local entry tool
  export PATH=$PATH:/usr/sbin:/sbin
  for entry in "${needed[@]}"; do
    tool=${entry%%:*}
    command -v "$tool" >/dev/null || echo "${entry##*:}"
  done | sort -u | tr '\n' ' ' | sed 's/ $//'
}
packages=$(missing)
[ "${1:-}" != --missing ] || { echo "$packages"; exit 0; }
[ -n "$packages" ] || exit 0
[ "$(id -u)" = 0 ] || { echo "installTools: these Debian packages are missing, and only root can install them: $packages" >&2; exit 1; }
# several test workers may come here at once: the first installs, the others wait and find nothing missing
exec 9>/run/haifu-lab-tools.lock
flock 9
packages=$(missing)
[ -n "$packages" ] || exit 0
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq </dev/null 9>&-
# shellcheck disable=SC2086  # a list of names
apt-get install -qq -y --no-install-recommends $packages </dev/null >/dev/null 9>&-
