import { isFound } from '../../../shared/searchForm.ts';
import { sizeText } from '../../viewmodels/figures.ts';
import type { Field, ListRow, Problem } from '../field.ts';
import { option } from '../option.ts';
import { chosenPackage, packageLabel } from '../packageChoice.ts';
import { packageSummary } from '../summary.ts';
import { isEditing, type WizardContext, type WizardState } from '../wizardState.ts';
import type { WizardStep } from '../wizardStep.ts';

function packageRows(state: WizardState, { model }: WizardContext): readonly ListRow[] {
  return [...model.packages.values()]
    .filter((one) => isFound(state.values.packageSearch, packageLabel(one), one.format))
    .sort((a, b) => packageLabel(a).localeCompare(packageLabel(b), undefined, { numeric: true }))
    .map((one) => ({
      id: one.id,
      text: packageLabel(one),
      detail: `${one.format} ${one.architecture} ${sizeText(one.content.sizeBytes)}`,
      mark: one.id === state.values.packageId ? 'on' : 'off',
    }));
}

function fileFields(state: WizardState, context: WizardContext): readonly Field[] {
  const chosen = chosenPackage(state, context);
  return [
    {
      ...option('packagePath'),
      kind: 'text',
      value: 'packagePath',
      isPath: true,
      placeholder: { key: 'wizard.packagePath.placeholder' },
      indent: 4,
    },
    ...(chosen === null
      ? []
      : [
          {
            kind: 'note',
            id: 'seenPackage',
            words: {
              key: 'wizard.note.seenPackage',
              params: {
                label: packageLabel(chosen),
                format: chosen.format,
                architecture: chosen.architecture,
                size: sizeText(chosen.sizeBytes),
              },
            },
            role: 'success',
            indent: 4,
          } as const,
        ]),
    { ...option('packageCommand'), kind: 'text', value: 'packageCommand', indent: 4 },
    { ...option('packageParameters'), kind: 'text', value: 'packageParameters', indent: 4 },
  ];
}

function fields(state: WizardState, context: WizardContext): readonly Field[] {
  const isFile = state.values.packageSource === 'file';
  const rows = packageRows(state, context);
  return [
    {
      ...option('packageSource.existing'),
      kind: 'radio',
      value: 'packageSource',
      choice: 'existing',
      disabled: context.model.packages.size > 0 ? null : { key: 'wizard.reason.noPackage' },
    },
    ...(isFile
      ? []
      : [
          {
            ...option('packages'),
            kind: 'list',
            rows,
            height: 12,
            marks: 'circles',
            empty: { key: 'wizard.reason.noPackage' },
            keys: ['mark'],
            search: 'packageSearch',
            indent: 4,
          } as const,
        ]),
    { ...option('packageSource.file'), kind: 'radio', value: 'packageSource', choice: 'file' },
    ...(isFile ? fileFields(state, context) : []),
  ];
}

function fileProblems(state: WizardState): readonly Problem[] {
  const { packagePath, packageCommand } = state.values;
  if (packagePath.trim() === '') {
    return [{ field: 'packagePath', words: { key: 'wizard.problem.packagePath' } }];
  }
  const isSeen = state.seenPackage?.path === packagePath;
  if (!isSeen || !state.seenPackage?.seen.needsCommand || packageCommand.trim() !== '') return [];
  return [
    {
      field: 'packageCommand',
      words: { key: 'wizard.problem.packageCommand', params: { format: state.seenPackage.seen.format } },
    },
  ];
}

/** Window 0, for a wizard that was started without a package (B1, B61, B64). */
export const packageStep: WizardStep = {
  id: 'package',
  summary: packageSummary,
  title: 'wizard.package.title',
  // A task's counters belong to its package: another one is a copy's.
  isShown: (state) => state.start.kind !== 'package' && !isEditing(state),
  fields,
  firstFocus: ({ values }) => (values.packageSource === 'file' ? 'packagePath' : 'packages'),
  validate(state, context) {
    if (state.values.packageSource === 'file') return fileProblems(state);
    if (chosenPackage(state, context) !== null) return [];
    return [{ field: 'packages', words: { key: 'wizard.problem.package' } }];
  },
  beforeNext({ values, seenPackage }) {
    const isKnown = values.packageSource === 'existing' || seenPackage?.path === values.packagePath;
    return isKnown ? null : { kind: 'inspectPackage', path: values.packagePath };
  },
  row(state, _context, list, row, verb) {
    if (list !== 'packages' || verb !== 'toggle') return state;
    return { ...state, values: { ...state.values, packageId: row } };
  },
};
