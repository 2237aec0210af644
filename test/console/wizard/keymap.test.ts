import { describe, expect, it } from 'vitest';
import { editText, textValue } from '../../../src/console/state/textValue.ts';
import { isTyped } from '../../../src/console/wizard/field.ts';
import { buildHints } from '../../../src/console/wizard/view/hints.ts';
import { focusedField, windowFields } from '../../../src/console/wizard/wizardFocus.ts';
import { commandOf, wizardHints, wizardKeymap } from '../../../src/console/wizard/wizardKeymap.ts';
import { translator } from '../../../src/i18n/translate.ts';
import { contextOf, idOf, smallFleet, WizardDriver } from './wizardFixture.ts';

const wizard = () =>
  new WizardDriver(contextOf(smallFleet()), { kind: 'package', packageId: idOf('pkg', 1) });
/** A key that a focused text takes for itself. */
const isEditing = (chord: string): boolean => editText(textValue('ab c'), { chord, text: null }) !== null;
const focused = (driver: WizardDriver) =>
  focusedField(windowFields(driver.open, driver.context), driver.open.focus);

describe('the wizard keymap', () => {
  it('has keys for help and for leaving that work while a text has the focus', () => {
    const field = focused(wizard().focus('typedAddresses'));
    expect(field !== null && isTyped(field)).toBe(true);
    for (const command of ['help', 'allHelp', 'leave', 'next', 'back', 'focusNext'] as const) {
      const works = wizardKeymap
        .filter((binding) => binding.command === command)
        .flatMap(({ chords }) => chords)
        .some((chord) => !isEditing(chord) && commandOf(chord, field) === command);
      expect(works, command).toBe(true);
    }
  });

  it('hints only at keys that do what they say where the focus is', () => {
    for (const id of ['deviceTree', 'typedAddresses', 'next']) {
      const field = focused(wizard().focus(id));
      for (const { chord, label } of wizardHints(field)) {
        const command = commandOf(chord, field);
        expect(wizardKeymap.some((one) => one.command === command && one.label === label)).toBe(true);
        if (field !== null && isTyped(field)) expect(isEditing(chord), chord).toBe(false);
      }
    }
  });

  it('shows the keys of the question whether to leave while it is asked', () => {
    const t = translator('en');
    const open = { ...wizard().open, leaving: 'stay' as const };
    expect(buildHints(open, wizard().context, t).map(({ chord }) => chord)).toEqual([
      'Right',
      'Enter',
      'Esc',
    ]);
  });

  it('says what Enter and Space do at the focused option', () => {
    const t = translator('en');
    const at = (id: string) => {
      const driver = wizard().focus(id);
      return buildHints(driver.open, driver.context, t);
    };
    expect(at('deviceTree')).toContainEqual({ chord: 'Space', label: 'Select' });
    expect(at('deviceTree')).toContainEqual({ chord: 'Enter', label: 'Next' });
    expect(at('next')).toContainEqual({ chord: 'Enter', label: 'Press' });
  });
});
