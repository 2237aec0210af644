import { licenseForPackage } from './licenseChoice.ts';
import { chosenTargets } from './targetChoice.ts';
import { taskNameOf } from './taskNameChoice.ts';
import { taskSettingsOf } from './taskSettingsOf.ts';
import type { SubmitPlan } from './wizardEffect.ts';
import type { WizardContext, WizardState } from './wizardState.ts';

/** The package that stands in the list, or what it is made from. */
export function packageOrder({ values, seenPackage }: WizardState): SubmitPlan['package'] {
  if (values.packageSource === 'existing') return { kind: 'existing', packageId: values.packageId };
  const command = values.packageCommand.trim();
  const parameters = values.packageParameters.trim();
  return {
    kind: 'file',
    params: {
      path: seenPackage?.path ?? values.packagePath,
      ...(command === '' ? {} : { command }),
      ...(parameters === '' ? {} : { parameters }),
    },
  };
}

/** All that the last Next will send, as the windows stand now. */
export function submitPlan(state: WizardState, context: WizardContext): SubmitPlan {
  const targets = chosenTargets(state, context);
  const { start, submission } = state;
  const isFirst = submission.made.tasksBefore === null;
  return {
    package: packageOrder(state),
    targets:
      start.kind === 'group'
        ? { kind: 'group', groupId: start.groupId }
        : { kind: 'devices', deviceIds: targets.devices.map(({ id }) => id) },
    newDevices: targets.newDevices,
    task: {
      name: taskNameOf(state, context),
      settings: taskSettingsOf(state, context),
      language: state.language,
    },
    licenseForPackage: licenseForPackage(state, context),
    isStarted: !state.values.doNotRun,
    made: isFirst ? { ...submission.made, tasksBefore: [...context.model.tasks.keys()] } : submission.made,
  };
}
