import { failed, type Outcome } from '../domain/failure.ts';
import { ok } from '../shared/result.ts';
import type { ContentState, DetectionQuery, DeviceProbe, JobContent } from './jobTypes.ts';
import { cachedContent, hex, jobDirectory } from './paths.ts';
import { parseFacts } from './probeFacts.ts';
import { quoteWords } from './quote.ts';
import {
  parseCount,
  parseDetection,
  parseJobState,
  type ReportLine,
  reportedValue,
  reportLines,
} from './report.ts';
import { detectionShell } from './shell/detection.ts';
import { jobState } from './shell/jobState.ts';
import { script } from './shell/prelude.ts';
import { identityShell, packageStateShell, storageShell } from './shell/probe.ts';

export interface ProbeRequest {
  readonly nonce: string;
  /** Programs to look for on the device's PATH. */
  readonly tools: readonly string[];
  readonly detection: DetectionQuery | null;
  readonly content: Pick<JobContent, 'sha256' | 'sizeBytes'> | null;
  readonly attemptId: string | null;
}

/** Everything the checks need to know of a device, in one round trip; writes nothing to it (B91). */
export function probeScript(request: ProbeRequest): string {
  return script(
    request.nonce,
    [
      identityShell,
      storageShell,
      `own_package=${quoteWords([ownPackage(request.detection)])}`,
      packageStateShell,
      request.tools.length === 0 ? '' : toolsShell(request.tools),
      request.content === null ? '' : contentShell(request.content),
      request.attemptId === null
        ? ''
        : `${jobState}job_state ${jobDirectory(request.attemptId)}\nsay job "$state"\n`,
      request.detection === null ? '' : detectionShell(request.detection),
      'say whole',
    ].join('\n'),
  );
}

/** The package's name for the device's own package manager. */
const ownPackage = (detection: DetectionQuery | null): string =>
  detection?.rule.kind === 'dpkg' ? detection.rule.name : (detection?.name ?? '');

const toolsShell = (tools: readonly string[]): string => `
for tool in ${quoteWords(tools)}; do command -v "$tool" >/dev/null 2>&1 && say tool "$tool"; done
`;

const contentShell = ({ sha256, sizeBytes }: Pick<JobContent, 'sha256' | 'sizeBytes'>): string => `
content=${cachedContent(sha256)}
if [ -f "$content" ]; then
  hash_of "$content"
  if [ "$hash" = ${hex(sha256, 64)} ]; then say content complete; else say content 0; fi
elif [ -f "$content.part" ]; then
  size_of "$content.part"
  if [ "$size" -le ${sizeBytes} ]; then say content "$size"; else say content 0; fi
else say content 0
fi
`;

/** `check.probeFailed` when the answer is not whole. */
export function parseProbe(text: string, nonce: string): Outcome<DeviceProbe> {
  const lines = reportLines(text, nonce);
  const uid = parseCount(reportedValue(lines, 'uid'));
  const rights = reportedValue(lines, 'rights');
  if (reportedValue(lines, 'whole') === null || uid === null || !isRights(rights))
    return failed('check.probeFailed', { detail: firstWords(text) }, { stage: 'check', isRetryable: true });
  return ok({
    uid,
    user: reportedValue(lines, 'user') ?? '',
    facts: parseFacts(lines),
    stateDirectory: reportedValue(lines, 'state') ?? '',
    stateDirectoryIs: rights,
    freeBytes: parseCount(reportedValue(lines, 'free')),
    rootFreeBytes: parseCount(reportedValue(lines, 'rootFree')),
    tools: lines.filter((line) => line.key === 'tool').map((line) => line.value),
    detection: parseDetection(reportedValue(lines, 'detection')),
    content: parseContent(lines),
    job: parseJobState(reportedValue(lines, 'job')) ?? { kind: 'none' },
    isPackageManagerBroken: reportedValue(lines, 'broken') === '1',
    terminals: lines.filter((line) => line.key === 'terminal').map((line) => line.value),
  });
}

const isRights = (value: string | null): value is DeviceProbe['stateDirectoryIs'] =>
  value === 'writable' || value === 'readOnly' || value === 'denied';

function parseContent(lines: readonly ReportLine[]): ContentState | null {
  const value = reportedValue(lines, 'content');
  if (value === null) return null;
  return value === 'complete' ? { kind: 'complete' } : { kind: 'partial', bytes: parseCount(value) ?? 0 };
}

/** What the login printed instead of an answer (`This account is restricted`). */
const firstWords = (text: string): string =>
  text
    .replace(/\[\[[0-9a-f]+:[^\n]*/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 160);
