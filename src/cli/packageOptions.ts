import { parseDetectionRule } from '../domain/detectionRule.ts';
import { parseExitCodeMap } from '../domain/exitCodeMap.ts';
import { failure, type Outcome } from '../domain/failure.ts';
import { parseLicenseDelivery } from '../domain/licenseDelivery.ts';
import type { DetectionRule, ExitCodeMap, LicenseDelivery } from '../domain/model.ts';
import { fail, ok } from '../shared/result.ts';
import { numberOption } from './numberOption.ts';
import type { Options, Values } from './program/command.ts';

/** What can be said about an installation package: `package add`, `package set` and `install FILE` share it. */
export const packageOptions = {
  command: { type: 'string', value: 'SHELL', summary: 'cli.package.option.command' },
  parameters: { type: 'string', value: 'WORDS', summary: 'cli.package.option.parameters' },
  detect: { type: 'string', value: 'RULE', summary: 'cli.package.option.detect' },
  'exit-codes': { type: 'string', value: 'MAP', summary: 'cli.package.option.exitCodes' },
  'license-delivery': { type: 'string', value: 'HOW', summary: 'cli.package.option.licenseDelivery' },
  timeout: { type: 'string', value: 'MINUTES', summary: 'cli.package.option.timeout' },
} as const satisfies Options;

interface PackageFields {
  command?: string;
  parameters?: string;
  detection?: DetectionRule;
  exitCodes?: ExitCodeMap;
  installTimeoutMs?: number;
  licenseDelivery?: LicenseDelivery | null;
}

export function packageFields(values: Values<typeof packageOptions>): Outcome<PackageFields> {
  const fields: PackageFields = {};
  if (values.command !== undefined) fields.command = values.command;
  if (values.parameters !== undefined) fields.parameters = values.parameters;
  if (values.detect !== undefined) {
    const rule = ofOption('--detect', parseDetectionRule(values.detect));
    if (!rule.ok) return rule;
    fields.detection = rule.value;
  }
  if (values['exit-codes'] !== undefined) {
    const map = ofOption('--exit-codes', parseExitCodeMap(values['exit-codes']));
    if (!map.ok) return map;
    fields.exitCodes = map.value;
  }
  if (values['license-delivery'] !== undefined) {
    const delivery = ofOption('--license-delivery', parseLicenseDelivery(values['license-delivery']));
    if (!delivery.ok) return delivery;
    fields.licenseDelivery = delivery.value;
  }
  if (values.timeout !== undefined) {
    const minutes = numberOption('timeout', values.timeout, 1, 10_080);
    if (!minutes.ok) return minutes;
    fields.installTimeoutMs = minutes.value * 60_000;
  }
  return ok(fields);
}

/** A refused value, named as it was typed. */
const ofOption = <T>(option: string, parsed: Outcome<T>): Outcome<T> =>
  parsed.ok ? parsed : fail(failure(parsed.failure.code, { ...parsed.failure.params, field: option }));
