import { createHash } from 'node:crypto';
import { assertNever } from '../../shared/assertNever.ts';
import type { DetectionQuery } from '../jobTypes.ts';
import { quote } from '../quote.ts';

/** Name of the receipt's file: the package's name may be anything. */
export const receiptFile = (packageName: string): string =>
  createHash('sha256').update(packageName).digest('hex');

/** Shell text that says `detection STATE VERSION`. */
export const detectionShell = (query: DetectionQuery): string => `
detected=unknown; there=
${ask(query)}
tell detection "$detected $there"
`;

const matchVersion = (wanted: string | null, candidates: string): string =>
  wanted === null
    ? 'detected=present'
    : `case ${quote(wanted)} in ${candidates}) detected=present; break ;; esac`;

function ask({ rule, sha256, name, version }: DetectionQuery): string {
  switch (rule.kind) {
    case 'dpkg':
      return `if command -v dpkg-query >/dev/null 2>&1; then
  detected=absent
  answer=$(dpkg-query -W -f='\${Status} \${Version}\\n' -- ${quote(rule.name)} 2>/dev/null)
  while read -r _ _ is version; do
    [ "$is" = installed ] || continue
    there=$version
    ${matchVersion(rule.version, '"$version"')}
  done <<haifu_answer
$answer
haifu_answer
fi`;
    case 'rpm':
      return `if command -v rpm >/dev/null 2>&1; then
  detected=absent
  answer=$(rpm -q --qf '%{EPOCH} %{VERSION}-%{RELEASE}\\n' -- ${quote(rule.name)} 2>/dev/null) || answer=
  while read -r epoch version; do
    [ -n "$version" ] || continue
    case $epoch in '(none)'|0) there=$version ;; *) there=$epoch:$version ;; esac
    ${matchVersion(rule.version, '"$version"|"$epoch:$version"')}
  done <<haifu_answer
$answer
haifu_answer
fi`;
    case 'file':
      return `if [ -e ${quote(rule.path)} ]; then detected=present; else detected=absent; fi`;
    case 'command':
      return `limit=; command -v timeout >/dev/null 2>&1 && limit='timeout 60'
if $limit /bin/sh -c ${quote(rule.command)} </dev/null >/dev/null 2>&1; then detected=present; else detected=absent; fi`;
    case 'receipt':
      // B64: name, version and content are what an installation package is. The file's name stands for the name, too.
      return `detected=absent
if [ -f "$S/receipts/${receiptFile(name)}" ]; then
  of_name=
  { read -r of_hash; IFS= read -r there; IFS= read -r of_name; } < "$S/receipts/${receiptFile(name)}"
  [ "$of_hash" = ${quote(sha256)} ] && [ "$there" = ${quote(version)} ] \\
    && case $of_name in ''|${quote(name)}) detected=present ;; esac
fi`;
    case 'none':
      return '';
    default:
      return assertNever(rule);
  }
}
