import { failed, type Outcome } from '../domain/failure.ts';
import { ok } from '../shared/result.ts';
import type { JobContent } from './jobTypes.ts';
import { cachedContent, hex } from './paths.ts';
import { parseCount, parseFailure, reportedValue, reportLines } from './report.ts';
import { script } from './shell/prelude.ts';

export interface ReceiveRequest {
  readonly nonce: string;
  readonly content: Pick<JobContent, 'sha256' | 'sizeBytes'>;
  /**
   * cache: straight into the state directory (the same user will run the installer).
   * upload: into a private folder of the login user, for a root step that copies it.
   */
  readonly destination: { readonly kind: 'cache' } | { readonly kind: 'upload'; readonly attemptId: string };
  /** Bytes of the content that the device has already (from the probe): what stands behind is cut off. */
  readonly offset: number;
}

export interface Received {
  /** Bytes of the content that are there now, synced: the offset to go on from. */
  readonly bytes: number;
  /** Absolute path of the upload folder, for StartRequest and clean; null for the cache. */
  readonly uploadFolder: string | null;
}

const cacheShell = (sha256: string): string => `
private_dirs "$S" "$S/cache" || why_not "$problem" transfer.failed
part=${cachedContent(sha256)}.part
`;

/** Root copies it from here while hashing, so nothing is trusted that the login user could still change. */
const uploadShell = (attemptId: string): string => `
folder=$HOME/.cache/haifu/${hex(attemptId, 32)}
private_dirs "$folder" || {
  folder=/tmp/haifu-${hex(attemptId, 32)}
  mkdir -m 700 "$folder" 2>/dev/null
  [ -d "$folder" ] && [ ! -L "$folder" ] && [ -O "$folder" ] || fail_with transfer.failed "$folder: not a private folder"
}
part=$folder/content
say folder "$folder"
`;

/**
 * Writes standard input behind `offset`. A cut input keeps what came; run it again from `bytes`. When fewer bytes
 * are there than `offset` says, it reads nothing and says how many. Its input must be exact: run it by
 * bootstrapCommand with `hasInput`.
 */
export function receiveScript({ nonce, content, destination, offset }: ReceiveRequest): string {
  const where =
    destination.kind === 'cache' ? cacheShell(content.sha256) : uploadShell(destination.attemptId);
  return script(
    nonce,
    `needed=${content.sizeBytes - offset}
${where}
[ -L "$part" ] && rm -f -- "$part"
[ -e "$part" ] || { error=$( (set -C; : > "$part") 2>&1) || why_not "$error" transfer.failed; }
size_of "$part"
if [ "$size" -ge ${offset} ]; then
  [ "$size" -eq ${offset} ] || dd of="$part" bs=1 seek=${offset} count=0 </dev/null 2>/dev/null || fail_with transfer.failed "$part"
  error=$(head -c "$needed" 2>&1 >> "$part") || {
    ( why_not "$error" transfer.failed )
    case $error in *'No space'*|*'I/O error'*) rm -f -- "$part" ;; *) sync_files "$part" ;; esac
    exit 0
  }
  sync_files "$part"
  size_of "$part"
fi
say received "$size"
`,
  );
}

/** `transfer.failed` with the device's reason, `check.diskFull`, `check.readOnly`. */
export function parseReceived(text: string, nonce: string): Outcome<Received> {
  const lines = reportLines(text, nonce);
  const bytes = parseCount(reportedValue(lines, 'received'));
  if (bytes !== null) return ok({ bytes, uploadFolder: reportedValue(lines, 'folder') });
  const reason = parseFailure(reportedValue(lines, 'failed'));
  if (reason !== null) return { ok: false, failure: { ...reason, stage: 'transfer' } };
  return failed('transfer.failed', { detail: '' }, { stage: 'transfer', isRetryable: true });
}
