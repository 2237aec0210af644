import type { InstallationPackage } from '../domain/model.ts';
import { busyExitCode, lockWaitSeconds } from './planText.ts';

type DebPackage = Pick<InstallationPackage, 'plainDeb' | 'architecture'>;

const locks =
  '/var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/cache/apt/archives/lock /var/lib/apt/lists/lock';

/**
 * `is_self_contained`: there is nothing for apt-get to fetch, weigh or refuse. All that the package depends on and
 * recommends is installed in a version that fits, it replaces no newer version, none that others ask for in a version,
 * and is not held. Whatever is not this plain (declared conflicts, virtual packages, foreign architectures) is left to
 * apt-get.
 */
function selfContained({ plainDeb, architecture }: DebPackage): string {
  if (plainDeb === undefined) return 'is_self_contained() { return 1; }\n';
  const { name, version, needs } = plainDeb;
  const terms = needs.map((term) => term.split('|').map((choice) => choice.trim()));
  const names = new Set(terms.flat().map((choice) => choice.split(/[ (:]/)[0] ?? ''));
  const words = [name, ...names, 'dpkg'].filter((word) => /^[a-z0-9][a-z0-9+.-]*$/.test(word));
  return `
others_ask_for_a_version() {
  dpkg-query -W -f='\${db:Status-Status} ,\${Pre-Depends},\${Depends},\${Conflicts},\${Breaks}\\n' 2>/dev/null |
    grep -q '^installed .*[,| ]${name}\\(:[a-z0-9-]*\\)\\{0,1\\} ('
}
is_self_contained() {
  comparisons=$(
    {
      dpkg-query -W -f='installed\\t\${Package}\\t\${db:Status-Status}\\t\${db:Status-Want}\\t\${Architecture}\\t\${Version}\\n' ${words.join(' ')} 2>/dev/null
      ${terms.length === 0 ? '' : `printf '%s\\n' ${terms.map((choices) => `'${choices.join('|')}'`).join(' ')}`}
    } | awk -F '\\t' -v own=${name} -v own_version=${version} -v architecture=${architecture} '
      $1 == "installed" {
        if ($2 == "dpkg") native = $5
        if ($3 == "installed") version[$2, $5] = $6
        if ($4 == "hold") held[$2, $5]
        next
      }
      { term[++count] = $0 }
      function has(name) { return (name, native) in version || (name, "all") in version }
      function version_of(name) { return (name, native) in version ? version[name, native] : version[name, "all"] }
      END {
        if (native == "" || (own, native) in held || (own, "all") in held) print "open"
        if (architecture != "all" && architecture != native) print "open"
        if (has(own)) print version_of(own), "<=", own_version
        if (has(own) && version_of(own) != own_version) print "replaced"
        for (t = 1; t <= count; t++) {
          met = ""
          choices = split(term[t], choice, "|")
          for (c = 1; c <= choices && met == ""; c++) {
            words = split(choice[c], word, /[ ()]+/)
            if (!has(word[1])) continue
            met = words > 1 && word[2] != "" ? version_of(word[1]) " " word[2] " " word[3] : "-"
          }
          print met == "" ? "open" : met
        }
      }'
  ) || return 1
  while read -r have relation want; do
    case $have in
      open) return 1 ;;
      replaced) ! others_ask_for_a_version || return 1; continue ;;
      -|'') continue ;;
    esac
    dpkg --compare-versions "$have" "$relation" "$want" || return 1
  done <<COMPARISONS
$comparisons
COMPARISONS
}
`;
}

/**
 * An interrupted dpkg's journal makes apt refuse all work. What it says is settled without any package's scripts;
 * that no other package is half installed was checked before.
 */
export const settleJournal = `
for update in "\${DPKG_ADMINDIR:-/var/lib/dpkg}"/updates/[0-9]*; do
  if [ -e "$update" ]; then dpkg --set-selections </dev/null; break; fi
done
`;

/**
 * apt-get resolves and fetches; dpkg alone, where nothing is to be resolved, does the same work in a quarter of the
 * time. dpkg knows no waiting, so its lock is waited for here; a lock is never deleted.
 */
export const aptOrDpkg = (installationPackage: DebPackage): string => `${selfContained(installationPackage)}
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
