import type { Words } from '../field.ts';
import { option } from '../option.ts';
import { licenseSummary } from '../summary.ts';
import type { WizardContext } from '../wizardState.ts';
import type { WizardStep } from '../wizardStep.ts';

const noLicense = ({ model }: WizardContext): Words | null =>
  model.licenses.size > 0 ? null : { key: 'wizard.reason.noLicense' };

/** Window 3: License selection (B36). No installation package carries a license: B38's window has no case. */
export const licenseStep: WizardStep = {
  id: 'license',
  summary: licenseSummary,
  title: 'wizard.license.title',
  isShown: () => true,
  fields: (_state, context) => [
    { kind: 'section', id: 'choice', label: { key: 'wizard.license.choice' } },
    { ...option('license.none'), kind: 'radio', value: 'license', choice: 'none' },
    {
      ...option('license.select'),
      kind: 'radio',
      value: 'license',
      choice: 'select',
      disabled: noLicense(context),
    },
    { kind: 'section', id: 'delivery', label: { key: 'wizard.license.delivery' } },
    {
      ...option('licenseDelivery.withTask'),
      kind: 'radio',
      value: 'licenseDelivery',
      choice: 'withTask',
      disabled: noLicense(context),
    },
    {
      ...option('licenseDelivery.inPackage'),
      kind: 'radio',
      value: 'licenseDelivery',
      choice: 'inPackage',
      disabled: noLicense(context),
    },
  ],
  validate: () => [],
};
