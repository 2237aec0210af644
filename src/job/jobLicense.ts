import type { LicenseDelivery } from '../domain/model.ts';

/** A license's file in the job's private folder, and the variable that takes its place; null: the file stays. */
export interface JobLicense {
  readonly key: string;
  readonly fileName: string;
  readonly variable: string | null;
}

const plainFileName = 'license.key';

/** How a license is laid down for the runner: a text file, whose last line ends. */
export function jobLicense({ key, delivery }: { key: string; delivery: LicenseDelivery }): JobLicense {
  return {
    // The document that the script carries it in ends its last line by itself.
    key: key.replace(/\r?\n$/, ''),
    fileName: delivery.kind === 'file' ? delivery.fileName : plainFileName,
    variable: delivery.kind === 'environment' ? delivery.variable : null,
  };
}
