import type { Translate } from '../../../i18n/translate.ts';
import type { WizardState } from '../wizardState.ts';

/** What leaving means now, in words. */
export function buildLeaveDialog(state: WizardState, t: Translate) {
  const { busy, submission } = state;
  const text =
    busy === 'submit'
      ? t('wizard.leave.submitting')
      : submission.made.taskId === null
        ? t('wizard.leave.text')
        : t('wizard.leave.taskMade');
  return {
    title: t('wizard.leave.title'),
    paragraphs: [text],
    buttons: [
      { id: 'stay', label: t('wizard.button.stay') },
      { id: 'leave', label: t('wizard.button.leave') },
    ],
  };
}
