import { ok } from '../shared/result.ts';
import { failed, type Outcome } from './failure.ts';
import type { InstallationPackage, LicenseDelivery } from './model.ts';
import { parseWords } from './shellWords.ts';

export const defaultLicenseFileName = 'license.key';

/** How a license reaches the installers of packages that do not say how. */
export const defaultLicenseDelivery: LicenseDelivery = { kind: 'file', fileName: defaultLicenseFileName };

/** Stands for the path of the license's file in a parameter template. */
export const filePlaceholder = '{licenseFile}';
const keyPlaceholder = '{licenseKey}';

export const licenseDeliveryOf = ({ licenseDelivery }: Pick<InstallationPackage, 'licenseDelivery'>) =>
  licenseDelivery ?? defaultLicenseDelivery;

/** The package as it is installed with a license: the template's words stand behind its parameters. */
export function withLicenseParameters<P extends Pick<InstallationPackage, 'parameters' | 'licenseDelivery'>>(
  installationPackage: P,
): P {
  const delivery = licenseDeliveryOf(installationPackage);
  if (delivery.kind !== 'parameter') return installationPackage;
  return {
    ...installationPackage,
    parameters: `${installationPackage.parameters} ${delivery.template}`.trim(),
  };
}

/** Names that the job's own files have beside the package's. */
const jobFiles = /^(runner|plan|owner|work|output|timedOut|rc|receipt|package-.*)$/i;
const fileName = /^[A-Za-z0-9._][A-Za-z0-9._+~-]{0,99}$/;
const variable = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/;
/** What the shell, the loader and the job itself go by. */
const takenVariables =
  /^(PATH|HOME|LANG|LC_.*|LD_.*|IFS|ENV|BASH_ENV|PWD|OLDPWD|SHELL|USER|LOGNAME|PS[1-4]|OPTIND|OPTARG|PPID|HAIFU_(?!LICENSE_KEY$).*)$/;

const invalid = (expected: string) => failed('input.invalid', { field: 'licenseDelivery', expected });

/** `license.keyVisible`, or `input.invalid` when the delivery cannot work. */
export function checkLicenseDelivery(delivery: LicenseDelivery): Outcome<null> {
  switch (delivery.kind) {
    case 'file': {
      const name = delivery.fileName;
      const isFine = fileName.test(name) && !/^\.+$/.test(name) && !jobFiles.test(name);
      return isFine ? ok(null) : invalid('licenseFileName');
    }
    case 'environment':
      return variable.test(delivery.variable) && !takenVariables.test(delivery.variable)
        ? ok(null)
        : invalid('licenseVariable');
    case 'parameter': {
      if (delivery.template.includes(keyPlaceholder)) return keyVisible();
      const words = parseWords(delivery.template);
      const isFine = words.ok && words.value.some((word) => word.includes(filePlaceholder));
      return isFine ? ok(null) : invalid('licenseTemplate');
    }
  }
}

const keyVisible = () => failed('license.keyVisible', { placeholder: filePlaceholder });

/** The placeholders mean nothing outside of a template: a package that was meant otherwise is refused. */
export function checkPlaceholders({
  parameters,
  command,
}: Pick<InstallationPackage, 'parameters' | 'command'>): Outcome<null> {
  if (parameters.includes(keyPlaceholder)) return keyVisible();
  if (parameters.includes(filePlaceholder))
    return failed('input.invalid', { field: 'parameters', expected: 'licenseFileOutside' });
  return [keyPlaceholder, filePlaceholder].some((placeholder) => command?.includes(placeholder))
    ? failed('input.invalid', { field: 'command', expected: 'licenseFileOutside' })
    : ok(null);
}

/**
 * `file:NAME`, `parameter:--license-file {licenseFile}`, `environment:VARIABLE`, or `default`, as people write it.
 * A template that begins with a dash may be given as it is.
 */
export function parseLicenseDelivery(text: string): Outcome<LicenseDelivery | null> {
  const trimmed = text.trim();
  if (trimmed === 'default') return ok(null);
  const [, kind, rest] = /^(file|parameter|environment):(.*)$/s.exec(trimmed) ?? [];
  const value = (rest ?? '').trim();
  const delivery: LicenseDelivery | null =
    kind === 'file'
      ? { kind, fileName: value }
      : kind === 'environment'
        ? { kind, variable: value }
        : kind === 'parameter'
          ? { kind, template: value }
          : trimmed.startsWith('-')
            ? { kind: 'parameter', template: trimmed }
            : null;
  if (delivery === null) return invalid('licenseDelivery');
  const checked = checkLicenseDelivery(delivery);
  return checked.ok ? ok(delivery) : checked;
}

/** As parseLicenseDelivery reads it. */
export function licenseDeliveryText(delivery: LicenseDelivery): string {
  switch (delivery.kind) {
    case 'file':
      return `file:${delivery.fileName}`;
    case 'environment':
      return `environment:${delivery.variable}`;
    case 'parameter':
      return `parameter:${delivery.template}`;
  }
}
