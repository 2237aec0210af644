# The base file systems: what every device of a kind shares, read-only.
#
# Two steps, both cached outside the repository: packages.tar.zst comes from Debian's mirror (one to two minutes, once),
# the configured tree from this file and base/ (seconds, when they change).

BASE_PACKAGES=openssh-server,sudo,opendoas,procps,iproute2,xz-utils,zstd,unzip,ca-certificates,libfaketime,python3-minimal,python3-apt

die() { echo "deviceLab: $*" >&2; exit 1; }

packages_of() { case $1 in deb) echo $BASE_PACKAGES ;; rpm) echo $BASE_PACKAGES,rpm,dnf,dnf-plugins-core ;; *) die "no such kind: $1" ;; esac; }
packages_tar() { echo "$HAIFU_LAB_CACHE/packages-$1-$(packages_of "$1" | md5sum | cut -c1-8).tar.zst"; }

# The folder of the configured base: its name changes when anything it is made from does.
base_of() {
  local made_from
  made_from=$(cat "$HERE/shell/base.sh" "$HERE"/base/* "$LAB_KEY.pub" <(packages_of "$1") <(echo "$HAIFU_LAB_PASSWORD $HAIFU_LAB_ROOT_PASSWORD") | md5sum | cut -c1-8)
  echo "$HAIFU_LAB_CACHE/base-$1-$made_from"
}

lab_check() {
  [ "$(id -u)" = 0 ] || { echo 'it needs root'; return 1; }
  [ -f /etc/debian_version ] || { echo 'it needs a Debian machine'; return 1; }
  unshare --net --mount --pid --fork --propagation private true 2>/dev/null || { echo 'this machine allows no new namespaces (unshare fails)'; return 1; }
  local missing
  missing=$("$HERE/installTools.sh" --missing)
  [ -z "$missing" ] || { echo "these Debian packages are missing: $missing"; return 1; }
  local probe
  probe=$(mktemp -d)
  mkdir "$probe/"{lower,disk}
  unshare --mount sh -c "cd '$probe' && mount -t tmpfs tmpfs disk && mkdir disk/upper disk/work disk/root &&
    mount -t overlay -o lowerdir=lower,upperdir=disk/upper,workdir=disk/work overlay disk/root" 2>/dev/null
  local mounted=$?
  rm -rf "$probe"
  [ $mounted = 0 ] || { echo 'this machine allows no overlay mounts'; return 1; }
}

lab_build() {
  local kind=${1:-deb}
  mkdir -p "$HAIFU_LAB_CACHE"
  # several runs may want the base at the same time: one builds, the others wait
  exec 9>"$HAIFU_LAB_CACHE/build-$kind.lock"
  flock 9
  (
    exec 8>"$HAIFU_LAB_CACHE/key.lock"
    flock 8
    [ -s "$LAB_KEY" ] || ssh-keygen -q -t ed25519 -N '' -C haifu-lab -f "$LAB_KEY" </dev/null
  )
  local tar base
  tar=$(packages_tar "$kind") base=$(base_of "$kind")
  [ -s "$tar" ] || fetch_packages "$kind" "$tar" || die "the $kind base could not be fetched"
  [ -d "$base" ] || configure_base "$kind" "$tar" "$base" || die "the $kind base could not be configured"
  touch "$base"
  remove_old_bases "$kind" "$base"
  exec 9>&-
}

# The mirror that this machine itself uses for Debian 12, if it does.
mirror() { apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Origin: Debian' 'Codename: bookworm' 2>/dev/null | head -n 1; }

fetch_packages() { # kind, tar
  local log=$2.log
  echo "deviceLab: making the $1 devices' base system from Debian's mirror: one to two minutes, once" >&2
  rm -f "${2%.zst}"
  # shellcheck disable=SC2046  # no word when there is no mirror
  mmdebstrap -q --variant=minbase --components=main --include="$(packages_of "$1")" bookworm "${2%.zst}" $(mirror) </dev/null >"$log" 2>&1 || { cat "$log" >&2; return 1; }
  zstd -q -3 -T0 --rm "${2%.zst}" -o "$2.part" && mv "$2.part" "$2" && rm -f "$log"
}

# A base that another lab uses stays (it stands in some process's mount table), and one that was asked for a moment ago.
remove_old_bases() { # kind, current
  local old
  for old in "$HAIFU_LAB_CACHE/base-$1"-*; do
    [ "$old" = "$2" ] && continue
    [ -z "$(find "$old" -maxdepth 0 -mmin -60)" ] || continue
    grep -qs "lowerdir=$old" /proc/[0-9]*/mountinfo || rm -rf "$old"
  done
}

configure_base() { # kind, tar, base
  local kind=$1 base=$3 b=$3.part
  rm -rf "$b"
  mkdir -p "$b"
  tar --zstd -xf "$2" --exclude='./dev/*' -C "$b" || return 1
  rm -f "$b"/etc/ssh/ssh_host_*                     # every device gets its own
  install -m 644 "$HERE/base/sshd.conf" "$b/etc/ssh/sshd_config.d/lab.conf"
  install -m 755 "$HERE/base/lab-init" "$HERE/base/lab-power" "$HERE/base/shutdown" "$b/usr/sbin/"
  local name
  for name in reboot halt poweroff; do ln -sf lab-power "$b/usr/sbin/$name"; done
  # services may not start from maintainer scripts, there is no systemd: the convention of container images
  printf '#!/bin/sh\nexit 101\n' >"$b/usr/sbin/policy-rc.d"
  chmod 755 "$b/usr/sbin/policy-rc.d"
  configure_accounts "$b" || return 1
  if [ "$kind" = rpm ]; then configure_rpm "$b"; else configure_apt "$b"; fi || return 1
  rm -rf "${b:?}"/tmp/*
  mv "$b" "$base"
}

configure_accounts() { # base
  local b=$1 user home
  for user in admin keyonly doasuser plain; do chroot "$b" useradd -m -s /bin/bash $user || return 1; done
  chroot "$b" usermod -aG sudo admin
  chroot "$b" usermod -p '*' keyonly                # '*' is no password but not locked ('!' would refuse keys too)
  echo 'keyonly ALL=(ALL) NOPASSWD:ALL' >"$b/etc/sudoers.d/keyonly"
  echo 'Defaults lecture=never' >"$b/etc/sudoers.d/lab"
  chmod 440 "$b"/etc/sudoers.d/*
  echo 'permit doasuser as root' >"$b/etc/doas.conf"
  chmod 400 "$b/etc/doas.conf"
  printf '%s\n' {admin,doasuser,plain}":$HAIFU_LAB_PASSWORD" "root:$HAIFU_LAB_ROOT_PASSWORD" | chroot "$b" chpasswd -c SHA256 -s 1000 || return 1
  for home in root home/{admin,keyonly,doasuser,plain}; do
    install -d -m 700 "$b/$home/.ssh"
    install -m 600 "$LAB_KEY.pub" "$b/$home/.ssh/authorized_keys"
    [ $home = root ] || chroot "$b" chown -R "${home#home/}:" "/$home"
  done
}

# A device has no network beyond the lab: its one apt source is a folder of its own, so dependencies resolve offline.
configure_apt() { # base
  local b=$1 repository=$1/srv/haifu-lab-apt deb
  mkdir -p "$repository"
  deb=$repository/haifu-lab-lib_1.2.0_all.deb
  build_lab_library "$deb" || return 1
  {
    dpkg-deb -f "$deb"
    echo "Filename: ./${deb##*/}"
    echo "Size: $(stat -c %s "$deb")"
    echo "SHA256: $(sha256sum "$deb" | cut -d' ' -f1)"
  } >"$repository/Packages"
  rm -rf "$b"/etc/apt/sources.list "$b"/etc/apt/sources.list.d/*
  echo 'deb [trusted=yes] file:/srv/haifu-lab-apt ./' >"$b/etc/apt/sources.list"
  chroot "$b" apt-get -qq update </dev/null
}

build_lab_library() { # deb
  local tree
  tree=$(mktemp -d)
  mkdir -p "$tree/DEBIAN" "$tree/usr/share/haifu-lab-lib"
  echo 'the library that the lab packages depend on' >"$tree/usr/share/haifu-lab-lib/README"
  printf '%s\n' 'Package: haifu-lab-lib' 'Version: 1.2.0' 'Architecture: all' 'Maintainer: haifu lab <lab@example.invalid>' \
    'Section: libs' 'Priority: optional' 'Description: library of the device lab' >"$tree/DEBIAN/control"
  chmod -R u=rwX,go=rX "$tree"
  dpkg-deb --root-owner-group -b "$tree" "$1" >/dev/null
  local built=$?
  rm -rf "$tree"
  return $built
}

# A machine of the RPM family as far as a console can tell: rpm, dnf, wheel, no dpkg.
configure_rpm() { # base
  local b=$1
  install -m 644 "$HERE/base/os-release.rpm" "$b/usr/lib/os-release"
  rm -f "$b"/etc/debian_version "$b"/etc/doas.conf "$b"/usr/bin/{dpkg,dpkg-query,dpkg-deb,apt,apt-get,apt-cache,doas}
  chroot "$b" groupadd -f wheel
  chroot "$b" usermod -aG wheel admin
  echo '%wheel ALL=(ALL) ALL' >"$b/etc/sudoers.d/wheel"
  chmod 440 "$b/etc/sudoers.d/wheel"
  # Debian's rpm keeps its database in the user's home: the usual place instead
  mkdir -p "$b/etc/rpm" "$b/var/lib/rpm"
  echo '%_dbpath /var/lib/rpm' >"$b/etc/rpm/macros.lab"
  # and refuses to install on Debian without this
  printf '#!/bin/sh\nexec /usr/bin/rpm --force-debian "$@"\n' >"$b/usr/local/bin/rpm"
  chmod 755 "$b/usr/local/bin/rpm"
  # the database is empty: one package that says what the base provides, or nothing with a scriptlet would install
  install -m 644 "$HERE/base/lab-base.spec" "$b/tmp/"
  chroot "$b" /usr/bin/rpm --initdb &&
    chroot "$b" rpmbuild -bb --quiet --define '_topdir /tmp/rpmbuild' /tmp/lab-base.spec >/dev/null 2>&1 &&
    chroot "$b" sh -c 'rpm -i /tmp/rpmbuild/RPMS/*/lab-base-9-1.*.rpm' || return 1
  # as Red Hat's dnf-utils has it: Debian leaves the name out
  ln -s ../libexec/dnf-utils-3 "$b/usr/bin/needs-restarting"
  mkdir -p "$b/etc/dnf/vars" "$b/etc/yum.repos.d"
  printf '[main]\ngpgcheck=0\nreposdir=/etc/yum.repos.d\n' >"$b/etc/dnf/dnf.conf"
  echo 9 >"$b/etc/dnf/vars/releasever"
}
