import { cachedContent, jobDirectory } from './paths.ts';
import { quote } from './quote.ts';
import { reportedValue, reportLines } from './report.ts';
import { jobState } from './shell/jobState.ts';
import { script } from './shell/prelude.ts';

export interface CleanRequest {
  readonly nonce: string;
  readonly attemptId: string;
  /** Also the cached content of this hash; null: it stays for a retry. */
  readonly contentSha256: string | null;
  readonly uploadFolder: string | null;
}

/** Removes the attempt's traces. Refuses (and says so) while its installer runs. Receipts stay. */
export function cleanScript({ nonce, attemptId, contentSha256, uploadFolder }: CleanRequest): string {
  const cached = contentSha256 === null ? '' : cachedContent(contentSha256);
  return script(
    nonce,
    `J=${jobDirectory(attemptId)}
${jobState}
job_state "$J"
[ "$state" = running ] && { say cleaned 0; exit 0; }
done=1
rm -rf -- "$J"${cached === '' ? '' : ` ${cached} ${cached}.part`} 2>/dev/null || done=0
${uploadFolder === null ? '' : removeUpload(uploadFolder, attemptId)}
say cleaned $done
`,
  );
}

/** The folder's path came from the device: only what looks like ours is removed, and nothing recursively. */
function removeUpload(folder: string, attemptId: string): string {
  if (!folder.startsWith('/') || !/[/-]$/.test(folder.slice(0, -attemptId.length))) return '';
  if (!folder.endsWith(attemptId)) return '';
  return `folder=${quote(folder)}
[ -L "$folder" ] || { rm -f -- "$folder/content" && { [ ! -d "$folder" ] || rmdir -- "$folder"; } || done=0; }`;
}

/** False when something was left: the installer runs, or it could not be removed. */
export const parseCleaned = (text: string, nonce: string): boolean =>
  reportedValue(reportLines(text, nonce), 'cleaned') === '1';
