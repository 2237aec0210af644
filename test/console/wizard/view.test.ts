import { describe, expect, it } from 'vitest';
import { isFocusable } from '../../../src/console/wizard/field.ts';
import { wizardSteps } from '../../../src/console/wizard/registry.ts';
import { focusOrder, windowFields } from '../../../src/console/wizard/wizardFocus.ts';
import { translator } from '../../../src/i18n/translate.ts';
import { cellWidth } from '../../../src/shared/cellWidth.ts';
import { contextOf, device, idOf, mapOf, smallFleet, WizardDriver } from './wizardFixture.ts';

const start = { kind: 'nothing' } as const;

/** The wizard in each of its windows, with everything unfolded that can be. */
function everyWindow(language: 'en' | 'ja'): WizardDriver[] {
  const at = (): WizardDriver => new WizardDriver(contextOf(smallFleet()), start, language);
  const driven = [at(), at().focus('packageSource.file').keys('space')];
  const next = (wizard: WizardDriver) => wizard.keys('ctrl+n');
  const path = [
    (wizard: WizardDriver) => wizard.keys('space'),
    (wizard: WizardDriver) => wizard.keys('space').focus('typedAddresses').type('10.1.1.1, 10.1.1.300'),
    (wizard: WizardDriver) => wizard,
    (wizard: WizardDriver) => wizard,
    (wizard: WizardDriver) => wizard.focus('modifyPrompt').keys('enter'),
    (wizard: WizardDriver) => {
      wizard.focus('chooseTrialDevices').keys('enter').focus('addAccount').keys('enter');
      return wizard.focus('accountKind.key').keys('space');
    },
    (wizard: WizardDriver) => wizard.focus('planDevices').keys('enter'),
  ];
  for (let last = 1; last < path.length; last++) {
    const wizard = at();
    for (const [index, step] of path.slice(0, last + 1).entries()) {
      step(wizard);
      if (index === last) continue;
      if (wizard.open.step === 'devices') wizard.focus('typedAddresses').keys('ctrl+u');
      if (wizard.open.step === 'accounts') {
        wizard.focus('discardAccount').keys('enter').focus('accounts').keys('space');
        wizard.focus('hostKeyPolicy.strict').keys('space');
      }
      next(wizard);
    }
    driven.push(wizard);
  }
  return driven;
}

describe.each(['en', 'ja'] as const)('every window in %s', (language) => {
  it('reaches all windows', () => {
    const seen = new Set(everyWindow(language).map((wizard) => wizard.open.step));
    expect([...seen]).toEqual(wizardSteps.map(({ id }) => id));
  });

  it('has words and inline help for every option (B2)', () => {
    const t = translator(language);
    for (const wizard of everyWindow(language)) {
      for (const field of windowFields(wizard.open, wizard.context).filter(isFocusable)) {
        expect(t(field.label.key), field.id).not.toBe(field.label.key);
        expect(t(field.help.key), field.id).not.toBe(field.help.key);
      }
    }
  });

  it('unfolds the help of one option and folds it again', () => {
    for (const wizard of everyWindow(language)) {
      const before = wizard.screen(116, 200);
      const unfolded = wizard.keys('ctrl+g').screen(116, 200);
      expect(unfolded.length).toBeGreaterThan(before.length);
      expect(wizard.keys('ctrl+g').screen(116, 200)).toBe(before);
    }
  });

  it.each([
    [78, 20],
    [198, 46],
    [58, 12],
  ])('keeps the focus in sight and every line inside %d x %d, help shown or not', (width, height) => {
    for (const wizard of everyWindow(language)) {
      for (const helps of [false, true]) {
        if (helps) wizard.keys('ctrl+t');
        const order = focusOrder(windowFields(wizard.open, wizard.context), wizard.open);
        for (const id of order) {
          wizard.focus(id);
          const view = wizard.view(width, height);
          const lines = [view.heading, ...view.lines, view.footer];
          expect(lines.length, `${wizard.open.step} ${id}`).toBe(height);
          const isSeen = lines.some((line) =>
            line.some(({ role }) => role === 'selection' || role === 'inputFocused'),
          );
          expect(isSeen, `${wizard.open.step} ${id}\n${wizard.screen(width, height)}`).toBe(true);
          for (const line of view.lines) {
            const cells = cellWidth(
              line
                .map(({ text }) => text)
                .join('')
                .trimEnd(),
            );
            expect(cells, line.map(({ text }) => text).join('')).toBeLessThanOrEqual(width);
          }
        }
      }
    }
  });
});

describe('the screen', () => {
  it('puts the caret where the next character goes, in cells', () => {
    const wizard = new WizardDriver(contextOf(smallFleet()), start).focus('packageSource.file').keys('space');
    wizard.focus('packagePath').paste('/配布/app.deb').keys('home', 'right', 'right', 'right');
    const { caret, lines } = wizard.view();
    const before = lines[caret!.line]!.map(({ text }) => text).join('');
    expect(before.indexOf('/app.deb') - '/配布'.length + cellWidth('/配布')).toBe(caret!.cell);
  });

  it('draws only the rows of a long list that are in sight', () => {
    const devices = Array.from({ length: 10_000 }, (_, index) =>
      device(index + 1, { name: `node${index + 1}`, address: `n${index + 1}.example` }),
    );
    const model = { ...smallFleet(), devices: mapOf(devices) };
    const wizard = new WizardDriver(contextOf(model), { kind: 'package', packageId: idOf('pkg', 1) });
    wizard.focus('deviceTree').keys('end');
    const view = wizard.view();
    expect(view.lines.length).toBe(18);
    expect(wizard.screen()).toContain('node10000');
    const began = performance.now();
    for (let press = 0; press < 20; press++) {
      wizard.keys('up');
      wizard.view();
    }
    expect((performance.now() - began) / 20).toBeLessThan(100);
  });

  it('shows text of the domain without control characters (B102)', () => {
    const evil = device(1, { name: 'a\u001b[31mred\u202e' });
    const model = { ...smallFleet(), devices: mapOf([evil]) };
    const wizard = new WizardDriver(contextOf(model), { kind: 'package', packageId: idOf('pkg', 1) });
    expect(wizard.screen()).not.toMatch(/[\u001b\u202e]/);
    expect(wizard.screen()).toContain('red');
  });
});
