/** What the device is: says uid, user, machine, architecture, os lines, boot, terminals. */
export const identityShell = `
say uid "$uid"
if [ "$uid" = 0 ]; then user=root; else user=$(id -un 2>/dev/null); fi
tell user "$user"
system=; { read -r system < /proc/sys/kernel/ostype; } 2>/dev/null || system=$(uname -s 2>/dev/null)
tell system "$system"
architecture=$(dpkg --print-architecture 2>/dev/null) || architecture=$(uname -m 2>/dev/null)
tell architecture "$architecture"
os_release=/etc/os-release; [ -r "$os_release" ] || os_release=/usr/lib/os-release
if [ -r "$os_release" ]; then
  while IFS= read -r line; do
    case $line in ID=*|ID_LIKE=*|PRETTY_NAME=*) tell os "$line" ;; esac
  done < "$os_release"
fi
for tool in dpkg rpm; do command -v "$tool" >/dev/null 2>&1 && say family "$tool"; done
boot_id; tell boot "$boot"
who 2>/dev/null | while read -r _ terminal _; do tell terminal "$terminal"; done
`;

/**
 * Asks without writing: the nearest folder that exists stands for one that does not yet. test -w does not see a
 * read-only file system in every shell, so the mount's options are read, too.
 */
export const storageShell = `
tell state "$S"
place=$S
while [ ! -e "$place" ] && [ -n "$place" ] && [ "$place" != . ]; do
  case $place in */*) place=\${place%/*} ;; *) place=. ;; esac
done
place=\${place:-/}
root_free=-; mount_point=/
{ read -r _; read -r _ _ _ free _ mount_point; read -r _ _ _ root_free _; } <<haifu_df
$(df -Pk -- "$place" / 2>/dev/null)
haifu_df
in_bytes() { case $1 in *[!0-9]*|'') bytes=- ;; *) bytes=$(($1 * 1024)) ;; esac; }
in_bytes "$free"; say free "$bytes"
rights=writable
[ -d "$place" ] && [ -w "$place" ] || rights=denied
if [ -r /proc/mounts ]; then
  while read -r _ point _ options _; do
    [ "$point" = "$mount_point" ] || continue
    case $options in ro|ro,*) option=ro ;; *) option=rw ;; esac
  done < /proc/mounts
  [ "\${option:-rw}" = ro ] && rights=readOnly
fi
say rights "$rights"
in_bytes "$root_free"; say rootFree "$bytes"
`;

/**
 * Half-configured packages, not while a dpkg is at work. An interrupted dpkg has left what it knew last in `updates`:
 * that counts more than `status`. What an earlier attempt left of the package itself (`own_package`) is mended by
 * installing it again.
 */
export const packageStateShell = `
dpkg_dir=\${DPKG_ADMINDIR:-/var/lib/dpkg}
if [ -f "$dpkg_dir/status" ]; then
  set -- "$dpkg_dir/status"
  set +f; for update in "$dpkg_dir"/updates/[0-9]*; do [ -f "$update" ] && set -- "$@" "$update"; done; set -f
  broken=$(awk -v own="$own_package" '
    function settle() { if (package != "") { if (is_bad) bad[package "/" arch]; else delete bad[package "/" arch] } package = "" }
    FNR == 1 || $1 == "Package:" { settle(); arch = ""; is_bad = 0 }
    $1 == "Package:" { package = $2 }
    $1 == "Architecture:" { arch = $2 }
    $1 == "Status:" { is_bad = package != own && ($3 == "reinstreq" || $4 ~ /^(half-|unpacked)/) }
    END { settle(); for (any in bad) { print 1; exit } }
  ' "$@")
  broken=\${broken:-0}
  if [ $broken = 1 ]; then
    set -- $(ls -i -- "$dpkg_dir/lock" 2>/dev/null)
    [ -n "\${1:-}" ] && grep -q ":$1 " /proc/locks 2>/dev/null && broken=0
  fi
  say broken $broken
fi
`;
