import { sanitiseLine } from '../shared/sanitise.ts';

const mostKept = 8192;
const mostShown = 200;
const telling =
  /\b(error|fatal|failed|failure|cannot|can't|unable|denied|no such|not found|conflict|unmet|missing)\b|^E:/i;

/** Keeps the end of an installer's log, to say in a line why it failed. */
export function createLogTail() {
  let kept = '';
  return {
    add(text: string): void {
      kept = (kept + text).slice(-mostKept);
    },
    /** The last line that names a trouble, else the last line; at most 200 characters. */
    text: (): string => {
      const lines = kept
        .split(/[\r\n]+/)
        .map((line) => sanitiseLine(line, mostShown).trim())
        .filter((line) => line !== '');
      return lines.slice(-20).findLast((line) => telling.test(line)) ?? lines.at(-1) ?? '';
    },
  };
}
export type LogTail = ReturnType<typeof createLogTail>;
