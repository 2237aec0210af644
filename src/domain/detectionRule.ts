import { assertNever } from '../shared/assertNever.ts';
import { ok } from '../shared/result.ts';
import { failed, type Outcome } from './failure.ts';
import type { DetectionRule } from './model.ts';

const invalid = () => failed('input.invalid', { field: 'detection', expected: 'detection' });
/** Names as package tools have them; no pattern characters, which dpkg-query would match with. */
const namePattern = /^[A-Za-z0-9_][A-Za-z0-9_.+:~-]{0,213}$/;
const versionPattern = /^[A-Za-z0-9_.+:~^-]{1,256}$/;

/** B81, as typed: `dpkg:NAME[=VERSION]`, `rpm:NAME[=VERSION]`, `file:/path`, `command:TEXT`, `receipt`, `none`. */
export function parseDetectionRule(text: string): Outcome<DetectionRule> {
  const [, kind, rest = ''] = /^([a-z]+)(?::([\s\S]*))?$/.exec(text.trim()) ?? [];
  switch (kind) {
    case 'receipt':
    case 'none':
      return rest === '' ? ok({ kind }) : invalid();
    case 'file':
      return /^\/[^\p{Cc}]{1,4095}$/u.test(rest) ? ok({ kind, path: rest }) : invalid();
    case 'command':
      return rest.trim() !== '' && rest.length <= 16_384 && !rest.includes('\0')
        ? ok({ kind, command: rest })
        : invalid();
    case 'dpkg':
    case 'rpm':
      return parsePackageRule(kind, rest);
    default:
      return invalid();
  }
}

function parsePackageRule(kind: 'dpkg' | 'rpm', rest: string): Outcome<DetectionRule> {
  const [name = '', ...others] = rest.split('=');
  const version = others.length === 0 ? null : others.join('=');
  if (!namePattern.test(name) || (version !== null && !versionPattern.test(version))) return invalid();
  return ok({ kind, name, version });
}

/** The inverse of parseDetectionRule. */
export function formatDetectionRule(rule: DetectionRule): string {
  switch (rule.kind) {
    case 'dpkg':
    case 'rpm':
      return `${rule.kind}:${rule.name}${rule.version === null ? '' : `=${rule.version}`}`;
    case 'file':
      return `file:${rule.path}`;
    case 'command':
      return `command:${rule.command}`;
    case 'receipt':
    case 'none':
      return rule.kind;
    default:
      return assertNever(rule);
  }
}
