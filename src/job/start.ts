import type { JobLicense } from './jobLicense.ts';
import type { DetectionQuery, JobContent } from './jobTypes.ts';
import { safeFileName } from './packageFileName.ts';
import { cachedContent, hex, jobDirectory } from './paths.ts';
import { quote } from './quote.ts';
import { detectionShell } from './shell/detection.ts';
import { followShell } from './shell/follow.ts';
import { jobState } from './shell/jobState.ts';
import { awaitStart, launchDetached } from './shell/launch.ts';
import { prelude, script } from './shell/prelude.ts';
import { restartRequiredShell } from './shell/restartRequired.ts';
import { endGroup, runnerFunctions, runnerShell } from './shell/runner.ts';

export interface StartRequest {
  readonly nonce: string;
  readonly attemptId: string;
  readonly content: JobContent;
  /** Received.uploadFolder; null: the content is in the cache. */
  readonly uploadFolder: string | null;
  /** PackageFormat.plan's. */
  readonly script: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly license?: JobLicense | null;
  /** The runner ends an installer that runs longer. */
  readonly timeoutMs: number;
  /** Exit codes after which the receipt is written: those that mean success. */
  readonly successCodes: readonly number[];
  readonly detection: DetectionQuery;
  /** Bytes of the log that the caller has already. */
  readonly logOffset: number;
}

/**
 * Checks the content's hash, starts the runner detached unless this attempt was started before, then follows
 * it as followScript does. Running it again, at the same time or later, never starts a second installer (B83).
 */
export function startScript(request: StartRequest): string {
  const { content, detection } = request;
  return script(
    request.nonce,
    `id=${hex(request.attemptId, 32)}; J=${jobDirectory(request.attemptId)}; needed=${content.sizeBytes}
${jobState}${followShell}${launchDetached}${awaitStart}
job_state "$J"
case $state in
none|prepared)
  private_dirs "$S" "$S/jobs" "$S/cache" "$J" || why_not "$problem" installer.startFailed
${obtainContent(request)}
  number=0
  until mkdir "$J/run.$$.$number" "$J/run.$$.$number/work" 2>/dev/null; do
    number=$((number + 1)); [ $number -lt 100 ] || why_not "$(mkdir "$J/run.$$" 2>&1)" installer.startFailed
  done
  R=$J/run.$$.$number
  file=$R/${packageFile(content)}
  ln "$content" "$file" 2>/dev/null || ln ${cachedContent(content.sha256)} "$file" 2>/dev/null || problem=$(cat "$content" 2>&1 > "$file") || { rm -rf "$R"; why_not "$problem" installer.startFailed; }
  chmod 700 "$file"
  hash_of "$file"
  [ "$hash" = missing ] && { rm -rf "$R"; fail_with check.toolMissing sha256sum; }
  [ "$hash" = ${hex(content.sha256, 64)} ] || { rm -rf "$R"; rm -f -- "$content"; fail_with transfer.hashMismatch "$hash"; }
  [ "$content" = ${cachedContent(content.sha256)} ] || mv -f -- "$content" ${cachedContent(content.sha256)} 2>/dev/null
  ${writeFile('runner', runnerText(request))}
  ${writeFile('plan', request.script)}
  ${request.license ? writeSecret(request.license.fileName, request.nonce, request.license.key) : ''}
  open_alive "$R/output" "$J/run.$$.ticks"
  launch_detached run "$R/runner" "$J" "$S" "$R"
  await_start
  exec 9>&-
  say started new ;;
*)
  open_alive
  exec 9>&-
  say started before ;;
esac
follow ${Math.trunc(request.logOffset)}
${verifyShell(detection)}`,
  );
}

const verifyShell = (detection: DetectionQuery): string =>
  `after=$J/started\n${detectionShell(detection)}${restartRequiredShell}say verified\n`;

const packageFile = (content: JobContent): string => safeFileName(content.fileName);

/** Sets `content` to a file of ours: the cache, what receive left there, or a copy of the login user's upload. */
const obtainContent = ({ content, uploadFolder }: StartRequest): string => `
  content=${cachedContent(content.sha256)}
  if [ ! -f "$content" ]; then
    content=$content.part${uploadFolder === null ? '' : copyUpload(uploadFolder, content.sizeBytes)}
    [ -f "$content" ] && [ ! -L "$content" ] || fail_with transfer.failed "the content is not there"
  fi`;

/** A copy of its own for each start: the same content may be wanted by two attempts at once. */
const copyUpload = (folder: string, sizeBytes: number): string => `.$$
    [ -f ${quote(`${folder}/content`)} ] || fail_with transfer.failed "the content is not there"
    error=$(head -c ${sizeBytes + 1} ${quote(`${folder}/content`)} 2>&1 > "$content") || { rm -f -- "$content"; why_not "$error" transfer.failed; }`;

const runnerText = (request: StartRequest): string =>
  `${prelude}${runnerFunctions}${endGroup}${runnerShell({
    packageFile: packageFile(request.content),
    environment: request.environment,
    timeoutMs: request.timeoutMs,
    successCodes: request.successCodes,
    receipt: request.detection,
    license: request.license ?? null,
  })}`;

const orWhyNot = (name: string): string =>
  `|| { problem=$(head -c 65536 /dev/zero 2>&1 > "$R/${name}"); rm -rf "$R"; why_not "$problem" installer.startFailed; }`;

/** printf is the shell's own: no process, and it says when the disk is full. */
const writeFile = (name: string, text: string): string =>
  `printf '%s\\n' ${quote(text.replaceAll('\0', ''))} 2>/dev/null > "$R/${name}" ${orWhyNot(name)}`;

/**
 * Private, by the umask, and no word of any program's, should printf be one. The delimiter is the nonce, so no text
 * can end its document early.
 */
const writeSecret = (name: string, nonce: string, text: string): string =>
  `cat 2>/dev/null > "$R/${name}" <<'end_${nonce}' ${orWhyNot(name)}
${text.replaceAll('\0', '')}
end_${nonce}
`;

export interface FollowRequest {
  readonly nonce: string;
  readonly attemptId: string;
  readonly detection: DetectionQuery;
  readonly logOffset: number;
}

/** Streams the log from the offset, then the installer's end, then the verification. Closing it ends only itself. */
export function followScript({ nonce, attemptId, detection, logOffset }: FollowRequest): string {
  return script(
    nonce,
    `J=${jobDirectory(attemptId)}
${jobState}${followShell}
job_state "$J"
case $state in none|prepared) fail_with installer.startFailed 'it was not started' ;; esac
open_alive
exec 9>&-
say started before
follow ${Math.trunc(logOffset)}
${verifyShell(detection)}`,
  );
}
