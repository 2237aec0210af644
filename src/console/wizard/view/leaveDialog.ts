import type { Translate } from '../../../i18n/translate.ts';
import { isEditing, type WizardState } from '../wizardState.ts';

/** What leaving means now, in words. */
export function buildLeaveDialog(state: WizardState, t: Translate) {
  const { busy, submission } = state;
  const text = isEditing(state)
    ? t('wizard.leave.edit')
    : busy === 'submit'
      ? t('wizard.leave.submitting')
      : submission.made.taskId === null
        ? t('wizard.leave.text')
        : t('wizard.leave.taskMade');
  return {
    title: t(isEditing(state) ? 'wizard.leave.editTitle' : 'wizard.leave.title'),
    paragraphs: [text],
    buttons: [
      { id: 'stay', label: t('wizard.button.stay') },
      { id: 'leave', label: t('wizard.button.leave') },
    ],
  };
}
