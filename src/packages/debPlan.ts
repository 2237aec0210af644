import { busyExitCode, lockWaitSeconds } from './planText.ts';

const locks =
  '/var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/cache/apt/archives/lock /var/lib/apt/lists/lock';

/**
 * `is_self_contained`: there is nothing for apt-get to fetch, weigh or refuse. All that the package depends on and
 * recommends is installed in a version that fits, it replaces no newer version, is not held, and declares no
 * conflict. Whatever is not this plain (virtual packages, foreign architectures) is left to apt-get.
 */
const selfContained = `
is_self_contained() {
  comparisons=$(
    {
      dpkg-query -W -f='installed\\t\${Package}\\t\${db:Status-Status}\\t\${db:Status-Want}\\t\${Architecture}\\t\${Version}\\n'
      dpkg-deb -f "$HAIFU_PACKAGE" Package Version Pre-Depends Depends Recommends Conflicts Breaks
    } 2>/dev/null | awk -F '\\t' '
      $1 == "installed" {
        if ($2 == "dpkg") native = $5
        if ($3 == "installed") version[$2, $5] = $6
        if ($4 == "hold") held[$2, $5]
        next
      }
      /^Package: / { own = substr($0, 10); next }
      /^Version: / { ownVersion = substr($0, 10); next }
      /^(Pre-Depends|Depends|Recommends): / { sub(/^[A-Za-z-]+: */, ""); terms = terms "," $0; next }
      { print "open"; exit }
      function has(name) { return (name, native) in version || (name, "all") in version }
      function version_of(name) { return (name, native) in version ? version[name, native] : version[name, "all"] }
      END {
        if ((own, native) in held || (own, "all") in held) print "open"
        if (has(own)) print version_of(own), "<=", ownVersion
        count = split(terms, term, ",")
        for (t = 2; t <= count; t++) {
          met = ""
          choices = split(term[t], choice, "|")
          for (c = 1; c <= choices && met == ""; c++) {
            words = split(choice[c], word, /[ ()]+/)
            first = word[1] == "" ? 2 : 1
            name = word[first]
            if (!has(name)) continue
            met = words > first && word[first + 1] != "" ? version_of(name) " " word[first + 1] " " word[first + 2] : "-"
          }
          print met == "" ? "open" : met
        }
      }'
  ) || return 1
  while read -r have relation want; do
    case $have in open) return 1 ;; -|'') continue ;; esac
    dpkg --compare-versions "$have" "$relation" "$want" || return 1
  done <<COMPARISONS
$comparisons
COMPARISONS
}
`;

/**
 * An interrupted dpkg's journal makes apt refuse all work. What it says is settled without any package's scripts;
 * that no other package is half installed was checked before.
 */
export const settleJournal = `
for update in /var/lib/dpkg/updates/[0-9]*; do
  if [ -e "$update" ]; then dpkg --set-selections </dev/null; break; fi
done
`;

/**
 * apt-get resolves and fetches; dpkg alone, where nothing is to be resolved, does the same work in a quarter of the
 * time. dpkg knows no waiting, so its lock is waited for here; a lock is never deleted.
 */
export const aptOrDpkg = `${selfContained}
if command -v apt-get >/dev/null 2>&1 && { [ $# != 0 ] || ! is_self_contained; }; then
  apt-get -y -q -o DPkg::Lock::Timeout=${lockWaitSeconds} -o Dpkg::Options::=--force-confdef \\
    -o Dpkg::Options::=--force-confold -o Dpkg::Use-Pty=0 install "$@" "$HAIFU_PACKAGE"
  code=$?
  if [ $code = 100 ] && is_locked ${locks}; then exit ${busyExitCode}; fi
  exit $code
fi
waited=0
while :; do
  dpkg --force-confdef --force-confold -i "$@" "$HAIFU_PACKAGE"
  code=$?
  [ $code != 0 ] && is_locked ${locks} || exit $code
  [ $waited -lt ${lockWaitSeconds} ] || exit ${busyExitCode}
  sleep 2; waited=$((waited + 2))
done
`;
