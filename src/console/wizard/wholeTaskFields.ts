import type { Field } from './field.ts';
import { shownSteps, wizardSteps } from './registry.ts';
import type { WizardContext, WizardState } from './wizardState.ts';

/** All choices by window, each window with the key that goes there. */
export function wholeTaskFields(state: WizardState, context: WizardContext): readonly Field[] {
  const shown = shownSteps(state);
  return wizardSteps.flatMap((step): readonly Field[] => {
    const facts = step.summary?.(state, context) ?? [];
    const number = shown.indexOf(step) + 1;
    // What was settled before the wizard began has no window to go to.
    if (facts.length === 0 || number === 0) return facts;
    const label = { key: step.title };
    return [{ kind: 'section', id: `window.${step.id}`, label, chord: String(number) }, ...facts];
  });
}
