import { jsonText } from '../program/jsonText.ts';
import { runShape } from '../watch/runShape.ts';
import type { ReportInput } from './reportInput.ts';

/** The same document that `run show --json` prints. */
export const jsonReport = ({ context, run, devices, task }: ReportInput): string =>
  `${jsonText(runShape(context, run, devices, task))}\n`;
