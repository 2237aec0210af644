import { failed, type Outcome } from '../domain/failure.ts';
import type { DetectionRule, ExitCodeMap, ExitMeaning } from '../domain/model.ts';
import { ok } from '../shared/result.ts';

/** B81: `dpkg:NAME[=VERSION]`, `rpm:NAME[=VERSION]`, `file:/path`, `command:SHELL`, `receipt`, `none`. */
export function parseDetectionRule(text: string): Outcome<DetectionRule> {
  const [, kind, rest = ''] = /^([a-z]+)(?::([\s\S]+))?$/.exec(text) ?? [];
  if ((kind === 'receipt' || kind === 'none') && rest === '') return ok({ kind });
  if (kind === 'file' && rest.startsWith('/')) return ok({ kind, path: rest });
  if (kind === 'command' && rest !== '') return ok({ kind, command: rest });
  if ((kind === 'dpkg' || kind === 'rpm') && rest !== '') {
    const equals = rest.indexOf('=');
    return ok({
      kind,
      name: equals === -1 ? rest : rest.slice(0, equals),
      version: equals === -1 ? null : rest.slice(equals + 1),
    });
  }
  return failed('input.invalid', { field: '--detect', expected: 'detection' });
}

const meanings: Readonly<Record<string, ExitMeaning>> = {
  ok: 'success',
  success: 'success',
  restart: 'successRestart',
  successRestart: 'successRestart',
  retry: 'retryLater',
  retryLater: 'retryLater',
  anotherVersion: 'anotherVersion',
  failed: 'failed',
};

/** B82: `0=ok,3010=restart,1618=retry`. */
export function parseExitCodes(text: string): Outcome<ExitCodeMap> {
  const map: Record<string, ExitMeaning> = {};
  for (const part of text.split(',')) {
    const [, code, word] = /^\s*(\d{1,10})\s*=\s*(\w+)\s*$/.exec(part) ?? [];
    const meaning = word === undefined || !Object.hasOwn(meanings, word) ? undefined : meanings[word];
    if (code === undefined || meaning === undefined)
      return failed('input.invalid', { field: '--exit-codes', expected: 'exitCodes' });
    map[code] = meaning;
  }
  return ok(map);
}
