#!/bin/sh
# Installs the sample application of haifu's demo into the demo device's own folder, and nowhere else.
set -eu
root=${HAIFU_DEMO_ROOT:?this package installs only on the devices of haifu demo}
version=2.4.1
echo "morning-report $version: checking $root"
mkdir -p "$root/opt/morning-report" "$root/etc"
sleep "${HAIFU_DEMO_PACE:-1}"

# A device of the demo may be told to fail its first installations.
if [ -s "$root/etc/failures-left" ]; then
  left=$(cat "$root/etc/failures-left")
  if [ "$left" -gt 0 ]; then
    echo $((left - 1)) >"$root/etc/failures-left"
    echo 'morning-report: cannot write /opt/morning-report/cache.db: database is locked' >&2
    exit 17
  fi
fi

echo 'morning-report: copying files'
cp morning-report data.bin "$root/opt/morning-report/"
sleep "${HAIFU_DEMO_PACE:-1}"
echo "$version" >"$root/opt/morning-report/VERSION"
echo "morning-report $version: installed"
[ ! -e "$root/etc/wants-restart" ] || exit 100
