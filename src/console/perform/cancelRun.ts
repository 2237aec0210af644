import { type AttemptState, attemptStates, isFinal, isInstallerStarted } from '../../domain/attempt.ts';
import type { Run, RunDevice } from '../../domain/model.ts';
import { countStates } from '../../domain/runCounts.ts';
import type { ConsoleContext } from '../consoleContext.ts';
import { type Words, words } from '../state/words.ts';
import { answered, choose, confirm, notify } from './ask.ts';
import { deviceHere, markedDevices } from './runDevices.ts';

/** What a cancellation reaches. `deviceIds` null: the whole run. */
interface Reach {
  readonly label: Words;
  readonly deviceIds: readonly string[] | null;
  readonly counts: Run['counts'];
}

const isOpen = (device: RunDevice): boolean => !isFinal(device.state);
const ids = (devices: readonly RunDevice[]): string[] => devices.map(({ deviceId }) => deviceId);
const sumOf = (counts: Run['counts'], test: (state: AttemptState) => boolean): number =>
  attemptStates.reduce((sum, state) => sum + (test(state) ? (counts[state] ?? 0) : 0), 0);

/** B87: this device, the marked ones or the whole run; a running installer is left to finish, or ended. */
export function cancelRun(context: ConsoleContext, run: Run) {
  const marked = markedDevices(context, run.id).filter(isOpen);
  const here = deviceHere(context);
  const { counts } = context.getState().run?.runId === run.id ? context.getState().run!.devices : run;
  const open = sumOf(counts, (state) => !isFinal(state));
  const reaches: Reach[] = [];
  if (marked.length > 0)
    reaches.push({
      label: words('run.cancel.marked', { count: marked.length }),
      deviceIds: ids(marked),
      counts: countStates(marked),
    });
  if (here !== null && isOpen(here) && marked.length === 0)
    reaches.push({
      label: words('run.cancel.one', { name: here.name }),
      deviceIds: [here.deviceId],
      counts: countStates([here]),
    });
  reaches.push({ label: words('run.cancel.all', { count: open }), deviceIds: null, counts });
  if (reaches.length === 1) return askHow(context, run, reaches[0]!);
  choose(
    context,
    words('run.cancel.what'),
    reaches.map(({ label }, i) => ({ id: String(i), label })),
    (id) => askHow(context, run, reaches[Number(id)]!),
  );
}

/** What will happen to how many devices, and what becomes of installers that run. */
function askHow(context: ConsoleContext, run: Run, { label, deviceIds, counts }: Reach): void {
  const installing = sumOf(counts, (state) => isInstallerStarted(state));
  const waiting = counts.waiting ?? 0;
  const before = sumOf(counts, (state) => !isFinal(state)) - installing - waiting;
  const cancel = (installers: 'leave' | 'kill') => async () => {
    const order = { runId: run.id, deviceIds: deviceIds === null ? null : [...deviceIds], installers };
    if (await answered(context, context.send('cancelRun', order)))
      notify(context, words('console.notice.cancelling'));
  };
  const line = (key: 'waiting' | 'before' | 'installing', count: number): Words[] =>
    count === 0 ? [] : [words(`run.cancel.${key}`, { count })];
  confirm(context, {
    title: words('console.confirm.cancelRun'),
    lines: [
      label,
      ...line('waiting', waiting),
      ...line('before', before),
      ...line('installing', installing),
      ...(installing === 0 ? [] : [words('run.cancel.killWarning')]),
    ],
    // "Cancel" would be read as the deed itself here.
    decline: words('console.button.goOn'),
    buttons:
      installing === 0
        ? [{ label: words('run.cancel.do'), perform: cancel('leave') }]
        : [
            { label: words('run.cancel.leave'), perform: cancel('leave') },
            { label: words('run.cancel.kill'), perform: cancel('kill') },
          ],
  });
}
