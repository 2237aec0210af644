import { failed, type Outcome } from '../domain/failure.ts';
import { ok } from '../shared/result.ts';
import { endingOf } from './fileEndings.ts';
import { archive } from './formats/archive.ts';
import { deb } from './formats/deb.ts';
import { rpm } from './formats/rpm.ts';
import { script } from './formats/script.ts';
import type { PackageFormat, PackageSource } from './packageFormat.ts';
import { isCutMagic, kindOf } from './readers/magic.ts';

/** One line a format. */
export const packageFormats: readonly PackageFormat[] = [deb, rpm, archive, script];

const byId = new Map(packageFormats.map((format) => [format.id, format]));
if (byId.size !== packageFormats.length) throw new Error('two package formats have the same id');

/** Null for an id that this version does not know (a store of a newer one). */
export const formatOf = (id: string): PackageFormat | null => byId.get(id) ?? null;

const headBytes = 4096;

/**
 * Which format a distribution package is of, by its first bytes. A name that claims another is
 * `package.mislabelled`, with what the file really is.
 */
export async function recognise(source: PackageSource): Promise<Outcome<PackageFormat>> {
  const head = await source.read(0, headBytes);
  const { fileName } = source;
  const actual = kindOf(head);
  const claim = endingOf(fileName);
  if (claim !== null && !claim.kinds.includes(actual)) {
    if (actual === 'empty' || claim.kinds.some((kind) => isCutMagic(head, kind)))
      return failed('package.truncated', { fileName });
    return failed('package.mislabelled', { fileName, claimed: claim.ending, actual });
  }
  const format = packageFormats.find((each) => each.matches(fileName, head));
  return format === undefined ? failed('package.unsupportedFormat', { fileName }) : ok(format);
}
