import { csvReport } from './csvReport.ts';
import { htmlReport } from './htmlReport.ts';
import { jsonReport } from './jsonReport.ts';
import { junitReport } from './junitReport.ts';
import type { ReportInput } from './reportInput.ts';
import { textReport } from './textReport.ts';

/** Every kind of report by its name; adding one is a file and a line here. */
export const reportFormats = {
  text: textReport,
  csv: csvReport,
  json: jsonReport,
  junit: junitReport,
  html: htmlReport,
} as const satisfies Record<string, (input: ReportInput) => string>;
