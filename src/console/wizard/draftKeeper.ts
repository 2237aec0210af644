import type { ConsoleState } from '../state/consoleState.ts';
import type { DraftFiles } from '../terminal/draftFiles.ts';
import { draftOf, isBegun } from './wizardDraft.ts';
import { wizardContextOf } from './wizardRuntime.ts';
import type { WizardState } from './wizardState.ts';

const pauseMs = 300;

/**
 * Keeps what was entered in a wizard while it is open, so that a console that is closed, cut off or killed loses
 * none of it. Once a task is being made, or the wizard was left, there is nothing to keep.
 */
export function createDraftKeeper(
  getState: () => ConsoleState,
  now: () => string,
  files: Pick<DraftFiles, 'keep' | 'drop'>,
) {
  let first: WizardState | null = null;
  let kept: WizardState | null = null;
  let beganAt = '';
  let timer: NodeJS.Timeout | null = null;

  const forget = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (kept !== null) files.drop();
    kept = null;
  };
  const keep = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const state = getState();
    const { wizard } = state;
    if (wizard === null || first === null || wizard.id !== first.id || !isBegun(first, wizard)) return;
    if (kept !== null && !isBegun(kept, wizard)) return;
    kept = wizard;
    files.keep(JSON.stringify(draftOf(wizard, wizardContextOf(state), { beganAt, savedAt: now() })));
  };
  const isDone = ({ base, busy, submission }: WizardState): boolean =>
    base !== null || busy === 'submit' || submission.made.taskId !== null;

  return {
    /** After every change of the state. */
    follow(): void {
      const { wizard } = getState();
      if (wizard === null || isDone(wizard)) {
        if (first !== null) forget();
        first = null;
        return;
      }
      if (first?.id !== wizard.id) {
        forget();
        first = wizard;
        beganAt = now();
      }
      if (wizard.step !== (kept ?? first).step) keep();
      else timer ??= setTimeout(keep, pauseMs).unref();
    },
    /** The console ends: what is open now is kept. */
    close: keep,
  };
}
