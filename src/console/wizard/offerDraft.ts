import type { ConsoleContext } from '../consoleContext.ts';
import { words } from '../state/words.ts';
import type { DraftFile, DraftFiles } from '../terminal/draftFiles.ts';
import { openDraft } from './openWizard.ts';
import { parseDraft, type WizardDraft } from './wizardDraft.ts';

interface Left {
  readonly file: DraftFile;
  readonly draft: WizardDraft;
}

/** `14:02`, and the day where it is another one. */
function timeText(iso: string, now: string): string {
  const [at, today] = [new Date(iso), new Date(now)];
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = `${two(at.getHours())}:${two(at.getMinutes())}`;
  if (at.toDateString() === today.toDateString()) return clock;
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${clock}`;
}

/** The newest wizard that a console has left behind is offered; what is too old to be wanted goes. */
export async function offerDraft(
  context: ConsoleContext,
  files: Pick<DraftFiles, 'left' | 'remove'>,
  now: string,
): Promise<void> {
  const left: Left[] = [];
  for (const file of await files.left()) {
    const draft = parseDraft(file.text, now);
    if (draft === null) await files.remove(file.path);
    else left.push({ file, draft });
  }
  const newest = left.toSorted((a, b) => a.draft.savedAt.localeCompare(b.draft.savedAt)).at(-1);
  const { wizard, ui } = context.getState();
  if (newest === undefined || wizard !== null || ui.overlays.length > 0) return;
  const { file, draft } = newest;
  const time = timeText(draft.beganAt, now);
  const remove = (): void => void files.remove(file.path);
  context.dispatch({
    type: 'ui/overlayOpened',
    overlay: {
      kind: 'confirm',
      title: words('wizard.draft.title'),
      lines: [
        draft.label === ''
          ? words('wizard.draft.unnamed', { time })
          : words('wizard.draft.named', { package: draft.label, time }),
      ],
      buttons: [
        {
          label: words('wizard.draft.goOn'),
          perform: () => {
            remove();
            openDraft(context, draft);
          },
        },
        { label: words('wizard.draft.later'), perform: null },
        { label: words('wizard.draft.discard'), perform: remove },
      ],
      cursor: 0,
    },
  });
}
