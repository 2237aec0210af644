import { triesOf } from '../../domain/attempts.ts';
import type { RunDevice } from '../../domain/model.ts';
import { tableLines } from '../table.ts';
import { summaryLines } from '../watch/summaryLines.ts';
import { type ReportInput, secondsOf } from './reportInput.ts';

/** For people: the summary folded by cause, then a row a device. */
export function textReport({ context, run, devices, task }: ReportInput): string {
  const { t } = context;
  const columns = [
    { title: t('cli.column.device'), text: ({ name }: RunDevice) => name },
    { title: t('cli.column.address'), text: ({ address }: RunDevice) => address },
    { title: t('cli.column.state'), text: ({ state }: RunDevice) => t(`states.${state}`) },
    {
      title: t('cli.column.attempt'),
      align: 'right' as const,
      text: (row: RunDevice) => String(triesOf(row)),
    },
    {
      title: t('cli.column.seconds'),
      align: 'right' as const,
      text: (row: RunDevice) => String(secondsOf(row) ?? '-'),
    },
    {
      title: t('cli.column.reason'),
      text: ({ failure }: RunDevice) => (failure === null ? '' : context.explain(failure).message),
    },
  ];
  return `${[...summaryLines(context, run, devices, task), '', ...tableLines(columns, devices)].join('\n')}\n`;
}
