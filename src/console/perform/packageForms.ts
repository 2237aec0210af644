import { formatDetectionRule, parseDetectionRule } from '../../domain/detectionRule.ts';
import { formatExitCodeMap, parseExitCodeMap } from '../../domain/exitCodeMap.ts';
import { licenseDeliveryText, parseLicenseDelivery } from '../../domain/licenseDelivery.ts';
import type { InstallationPackage, License } from '../../domain/model.ts';
import { parseWords } from '../../domain/shellWords.ts';
import type { CommandParams } from '../../protocol/commands.ts';
import type { FormField, FormValues } from '../state/formState.ts';
import { type Words, words } from '../state/words.ts';
import { packageLicenseFields } from './licenseForms.ts';
import { checkedBy, textOrNull } from './openForm.ts';

const msPerMinute = 60_000;
const longestMinutes = 7 * 24 * 60;

/** Whole minutes; Japanese input methods type full-width digits. */
function minutesOf(text: string | undefined): number | null {
  const plain = (text ?? '').normalize('NFKC').trim();
  const minutes = /^\d{1,5}$/.test(plain) ? Number(plain) : 0;
  return minutes >= 1 && minutes <= longestMinutes ? minutes : null;
}

const timeoutProblem = (text: string): Words | null =>
  minutesOf(text) === null ? words('changes.form.timeout.range', { max: longestMinutes }) : null;

/** What must stand in a field: a new package has its format's way, one that is there has its own. */
export interface PackageRules {
  needsCommand(): boolean;
  readonly isNew: boolean;
  /** Those that it may contain. */
  readonly licenses: readonly License[];
}

/** Everything that can be said about an installation package, as `haifu package set` has it. */
export const packageFields = ({ needsCommand, isNew, licenses }: PackageRules): readonly FormField[] => [
  {
    id: 'name',
    kind: 'text',
    label: words('console.form.name'),
    help: words('console.form.packageName.help'),
    isRequired: !isNew,
  },
  { id: 'version', kind: 'text', label: words('console.form.version') },
  {
    id: 'command',
    kind: 'text',
    label: words('console.form.command'),
    help: words('changes.form.command.help'),
    isRequired: needsCommand,
  },
  {
    id: 'parameters',
    kind: 'text',
    label: words('console.form.parameters'),
    help: words('changes.form.parameters.help'),
    check: checkedBy(parseWords),
  },
  {
    id: 'detection',
    kind: 'text',
    label: words('changes.form.detection'),
    help: words('changes.form.detection.help'),
    isRequired: !isNew,
    check: checkedBy(parseDetectionRule),
  },
  {
    id: 'exitCodes',
    kind: 'text',
    label: words('changes.form.exitCodes'),
    help: words('changes.form.exitCodes.help'),
    check: checkedBy(parseExitCodeMap),
  },
  {
    id: 'timeout',
    kind: 'text',
    label: words('changes.form.timeout'),
    help: words('changes.form.timeout.help'),
    isRequired: !isNew,
    check: timeoutProblem,
  },
  ...packageLicenseFields(licenses),
];

type Settings = Omit<CommandParams<'updateInstallationPackage'>, 'id'>;
type Known = Pick<InstallationPackage, 'detection' | 'exitCodes'>;

export const knownValues = ({ detection, exitCodes }: Known): FormValues => ({
  detection: formatDetectionRule(detection),
  exitCodes: formatExitCodeMap(exitCodes),
});

export const valuesOf = (one: InstallationPackage): FormValues => ({
  name: one.name,
  version: one.version,
  command: one.command ?? '',
  parameters: one.parameters,
  ...knownValues(one),
  license: one.licenseId ?? '',
  licenseDelivery: one.licenseDelivery ? licenseDeliveryText(one.licenseDelivery) : '',
  timeout: String(Math.max(1, Math.round(one.installTimeoutMs / msPerMinute))),
});

type Reader = (text: string) => Settings;
/** How each field's text is sent. Every text was checked before. */
const readers: Readonly<Record<string, Reader>> = {
  name: (text) => ({ name: text.trim() }),
  version: (text) => ({ version: text.trim() }),
  command: (text) => ({ command: textOrNull(text) }),
  parameters: (text) => ({ parameters: text.trim() }),
  detection(text) {
    const rule = parseDetectionRule(text);
    return rule.ok ? { detection: rule.value } : {};
  },
  exitCodes(text) {
    const map = parseExitCodeMap(text);
    return text.trim() === '' ? { exitCodes: {} } : map.ok ? { exitCodes: map.value } : {};
  },
  license: (text) => ({ licenseId: text === '' ? null : text }),
  licenseDelivery(text) {
    if (text.trim() === '') return { licenseDelivery: null };
    const delivery = parseLicenseDelivery(text);
    return delivery.ok ? { licenseDelivery: delivery.value } : {};
  },
  timeout(text) {
    const minutes = minutesOf(text);
    return minutes === null ? {} : { installTimeoutMs: minutes * msPerMinute };
  },
};

/** What differs from `before`: what was only looked at is not sent. */
export function changedSettings(values: FormValues, before: FormValues): Settings {
  const settings: Settings = {};
  for (const [id, read] of Object.entries(readers)) {
    const text = values[id] ?? '';
    if (text.trim() !== (before[id] ?? '').trim()) Object.assign(settings, read(text));
  }
  return settings;
}
