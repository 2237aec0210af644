import { failed, type Outcome } from '../../domain/failure.ts';
import { checkLicenseDelivery, checkPlaceholders, licenseDeliveryOf } from '../../domain/licenseDelivery.ts';
import type { InstallationPackage } from '../../domain/model.ts';
import { installationPackageSchema } from '../../domain/schema.ts';
import type { PackageFormat } from '../../packages/packageFormat.ts';
import { ok } from '../../shared/result.ts';
import { sanitiseLine } from '../../shared/sanitise.ts';
import type { SeenPackage } from '../packageShelf.ts';
import type { StoredContent } from '../store/contentStore.ts';
import type { ParsedParams } from './handler.ts';
import { invalid } from './refusals.ts';

export type GivenFields = Omit<ParsedParams<'updateInstallationPackage'>, 'id'>;

const defaultInstallTimeoutMs = 60 * 60_000;
const maxFileName = 255;

/** B64: named by what the distribution package says, unless a name or version was given. */
export function newPackage(
  seen: SeenPackage,
  content: StoredContent,
  fields: GivenFields,
  made: { readonly id: string; readonly at: string },
): InstallationPackage {
  const { format, distribution } = seen;
  const plain: InstallationPackage = {
    id: made.id,
    name: distribution.name,
    version: distribution.version,
    format: format.id,
    platform: distribution.platform,
    architecture: distribution.architecture,
    dependencies: distribution.dependencies.map((dependency) => sanitiseLine(dependency, 1024)),
    ...(distribution.plainDeb === undefined ? {} : { plainDeb: distribution.plainDeb }),
    content: { ...content, fileName: sanitiseLine(seen.fileName, maxFileName) },
    command: null,
    parameters: '',
    detection: format.defaultDetection(distribution),
    exitCodes: { ...format.defaultExitCodes },
    installTimeoutMs: defaultInstallTimeoutMs,
    createdAt: made.at,
  };
  return withFields(plain, fields);
}

/** The package with what was given; an empty command is none. */
export function withFields(before: InstallationPackage, fields: GivenFields): InstallationPackage {
  const command = fields.command === undefined ? before.command : fields.command?.trim() || null;
  return {
    ...before,
    name: fields.name?.trim() ?? before.name,
    version: fields.version?.trim() ?? before.version,
    command,
    parameters: fields.parameters ?? before.parameters,
    detection: fields.detection ?? before.detection,
    exitCodes: fields.exitCodes ?? before.exitCodes,
    installTimeoutMs: fields.installTimeoutMs ?? before.installTimeoutMs,
    ...(fields.licenseId !== undefined && { licenseId: fields.licenseId }),
    ...(fields.licenseDelivery !== undefined && { licenseDelivery: fields.licenseDelivery }),
  };
}

/** A name on one line, a command where the format needs one, and nothing that the store would not take. */
export function packageProblem(
  installationPackage: InstallationPackage,
  format: PackageFormat | null,
): Outcome<null> {
  if (installationPackage.name === '') return invalid('name', 'notEmpty');
  if (format?.needsCommand && installationPackage.command === null) {
    return failed('package.commandMissing', { format: format.id });
  }
  const placeholders = checkPlaceholders(installationPackage);
  if (!placeholders.ok) return placeholders;
  const delivery = checkLicenseDelivery(licenseDeliveryOf(installationPackage));
  if (!delivery.ok) return delivery;
  const read = installationPackageSchema.safeParse(installationPackage);
  if (read.success) return ok(null);
  const issue = read.error.issues[0]!;
  return invalid(issue.path.map(String).join('.'), issue.code === 'invalid_format' ? 'oneLine' : issue.code);
}
