import type { MessageKey } from '../../i18n/messages.ts';
import type { Translate } from '../../i18n/translate.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import type { Glyphs } from '../terminal/glyphs.ts';
import { type StyledLine, span } from '../terminal/roles.ts';

interface FirstStep {
  readonly chord: string;
  readonly label: MessageKey;
  readonly isDone: (state: ConsoleState) => boolean;
}

const never = (): boolean => false;

/** The way from an empty console to an installation; the keys are the keymap's (`firstSteps`). */
const firstSteps: readonly FirstStep[] = [
  { chord: '1', label: 'console.first.package', isDone: ({ model }) => model.collections.packages.size > 0 },
  { chord: '2', label: 'console.first.devices', isDone: ({ model }) => model.collections.devices.size > 0 },
  { chord: '3', label: 'console.first.account', isDone: ({ model }) => model.collections.accounts.size > 0 },
  { chord: '4', label: 'console.first.install', isDone: never },
];
const demo: FirstStep = { chord: '5', label: 'console.first.demo', isDone: never };

/** Until the first task is made, the console says what to do. */
export const needsFirstSteps = ({ model, ui }: ConsoleState): boolean =>
  model.isLoaded && !ui.isReadOnly && model.collections.tasks.size + model.collections.runs.size === 0;

/** The steps as lines, what is done ticked and the next one brought out. Empty: they are not needed any more. */
export function buildFirstSteps(state: ConsoleState, t: Translate, glyphs: Glyphs): readonly StyledLine[] {
  if (!needsFirstSteps(state)) return [];
  // Who has begun needs no demo.
  const isBegun = firstSteps.some(({ isDone }) => isDone(state));
  const steps = isBegun ? firstSteps : [...firstSteps, demo];
  const next = steps.find(({ isDone }) => !isDone(state));
  return [
    [span(` ${t('console.first.title')}`, 'heading')],
    ...steps.map((step): StyledLine => {
      const isDone = step.isDone(state);
      const role = isDone ? 'muted' : step === next ? 'accent' : 'text';
      return [
        span(` ${isDone ? glyphs.ok : ' '} `, 'status.ok'),
        span(step.chord, 'key'),
        span(`  ${t(step.label)}`, role),
      ];
    }),
  ];
}
