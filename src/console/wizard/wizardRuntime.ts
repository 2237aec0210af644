import type { ConsoleContext } from '../consoleContext.ts';
import type { ConsoleState } from '../state/consoleState.ts';
import { memoise } from '../state/memoise.ts';
import { words } from '../state/words.ts';
import { reduceWizard } from './reduceWizard.ts';
import { runWizardEffect } from './wizardEffects.ts';
import type { Submitted, WizardAction, WizardContext } from './wizardState.ts';

const nothingPossible: WizardContext['capabilities'] = {
  packageFormats: [],
  deliveryMethods: [],
  hasDistributionPoints: false,
  hasNetworkAgents: false,
};

const contextFrom = memoise(
  (model: WizardContext['model'], capabilities: WizardContext['capabilities'] | null): WizardContext => ({
    model,
    capabilities: capabilities ?? nothingPossible,
  }),
);

/** What the wizard may read of the console's state. */
export const wizardContextOf = ({ model }: Pick<ConsoleState, 'model'>): WizardContext =>
  contextFrom(model.collections, model.capabilities);

function close(context: ConsoleContext, submitted: Submitted | null): void {
  dispatchWizard(context, { type: 'closed' });
  if (submitted === null) return;
  if (submitted.runId !== null) {
    context.openRun(submitted.runId);
    return;
  }
  const content = words('wizard.done.created', { name: submitted.taskName });
  context.dispatch({ type: 'ui/notice', notice: { content, role: 'status.ok' } });
}

/** Takes up the work that the wizard asks for, if any. Its answers come back as actions. */
function takeEffect(context: ConsoleContext): void {
  const { wizard } = context.getState();
  if (wizard === null || wizard.effect === null) return;
  const { id, effect } = wizard;
  dispatchWizard(context, { type: 'effectTaken' });
  if (effect.kind === 'close') close(context, effect.submitted);
  else
    void runWizardEffect(context, effect, (answer) => dispatchWizard(context, { ...answer, wizardId: id }));
}

/** The one way in which the wizard changes. */
export function dispatchWizard(context: ConsoleContext, action: WizardAction): void {
  context.dispatch({
    type: 'wizard/changed',
    change: (wizard, state) => reduceWizard(wizard, action, wizardContextOf(state)),
  });
  takeEffect(context);
}
