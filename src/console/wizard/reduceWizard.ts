import { reduceAnswer } from './reduceAnswer.ts';
import { reduceKey } from './reduceKey.ts';
import type { WizardAction, WizardContext, WizardState } from './wizardState.ts';

/**
 * The wizard after a key or an answer; null: there is none. Work that it asks for stands in `effect` until
 * somebody takes it up (wizardEffects.ts).
 */
export function reduceWizard(
  state: WizardState | null,
  action: WizardAction,
  context: WizardContext,
): WizardState | null {
  if (action.type === 'open') return action.wizard;
  if (action.type === 'closed' || state === null) return null;
  if (action.type === 'effectTaken') return { ...state, effect: null };
  if (action.type === 'key') {
    const [next, effect] = reduceKey(state, action.event, context);
    return effect === null ? next : { ...next, effect };
  }
  if (action.wizardId !== state.id) return state;
  const [next, effect] = reduceAnswer(state, action, context);
  return effect === null ? next : { ...next, effect };
}
