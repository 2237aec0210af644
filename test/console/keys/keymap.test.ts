import { describe, expect, it } from 'vitest';
import { keyContexts } from '../../../src/console/keys/keyContexts.ts';
import {
  bindingsOf,
  findAction,
  isFirstStroke,
  type KeyContext,
  keymap,
} from '../../../src/console/keys/keymap.ts';
import { helpOrder } from '../../../src/console/viewmodels/helpLines.ts';
import type { MessageKey } from '../../../src/i18n/messages.ts';
import { languages } from '../../../src/i18n/registry.ts';
import { translator } from '../../../src/i18n/translate.ts';
import { emptyState } from '../consoleFixture.ts';

const contexts = Object.keys(keymap) as KeyContext[];

describe('the keymap', () => {
  it.each(contexts)('%s gives no chord two meanings', (context) => {
    const chords = bindingsOf(context).flatMap((binding) => binding.chords);
    expect(chords).toEqual([...new Set(chords)]);
  });

  it.each(contexts)('%s describes each action in both languages', (context) => {
    for (const language of Object.keys(languages) as (keyof typeof languages)[]) {
      const t = translator(language);
      for (const { describe: key } of bindingsOf(context)) expect(t(key)).not.toBe(key);
      const title = `help.context.${context}` as MessageKey;
      expect(t(title)).not.toBe(title);
    }
  });

  it('has every context in the help screen', () => {
    expect([...helpOrder].sort()).toEqual([...contexts].sort());
  });

  it('lets nothing hide the way out', () => {
    for (const context of contexts) expect(findAction([context, 'always'], 'ctrl+c')).toBe('quit');
  });

  it('never binds a plain character where text is typed', () => {
    for (const context of ['form', 'filter', 'pick', 'always'] as const)
      for (const chord of bindingsOf(context).flatMap((binding) => binding.chords))
        expect([...chord].length, `${context}: ${chord}`).toBeGreaterThan(1);
  });

  it('asks the contexts from the top', () => {
    expect(findAction(['table', 'global'], 'm')).toBe('openMenu');
    expect(findAction(['confirm', 'always'], 'q')).toBe('closeOverlay');
    expect(findAction(['table', 'list', 'global', 'always'], 'q')).toBe('quit');
    expect(findAction(['table'], 'no such key')).toBeNull();
  });

  /** Every stack of contexts that keys can meet. */
  const stacks: readonly (readonly KeyContext[])[] = [
    ['tree', 'list', 'global', 'always'],
    ['table', 'list', 'global', 'always'],
    ['firstSteps', 'tree', 'list', 'global', 'always'],
    ['firstSteps', 'table', 'list', 'global', 'always'],
    ['detail', 'global', 'always'],
    ['run', 'list', 'global', 'always'],
    ['runDevice', 'global', 'always'],
    ...contexts
      .filter(
        (one) =>
          !['tree', 'table', 'firstSteps', 'detail', 'run', 'runDevice', 'list', 'global', 'always'].includes(
            one,
          ),
      )
      .map((one) => [one, 'always'] as const),
  ];

  it('knows every stack that the console makes', () => {
    const { ui } = emptyState();
    for (const pane of ['tree', 'table', 'detail'] as const) {
      const made = keyContexts({ ...emptyState(), ui: { ...ui, pane } });
      expect(stacks).toContainEqual(made);
    }
  });

  it.each(stacks.map((stack) => [stack.join(' > '), stack] as const))(
    '%s: no key of one stroke begins one of two',
    (_name, stack) => {
      const chords = stack.flatMap((context) => bindingsOf(context).flatMap((binding) => binding.chords));
      // In a log `g` alone goes to the beginning, as in less: the jumps are behind it.
      for (const chord of chords.filter((one) => one.includes(' ')))
        if (stack[0] !== 'runDevice') expect(findAction(stack, chord.split(' ')[0]!), chord).toBeNull();
    },
  );

  it.each(stacks.map((stack) => [stack.join(' > '), stack] as const))(
    '%s: hides a key below it only where it takes its meaning over',
    (_name, stack) => {
      const hidden = stack.flatMap((context, i) =>
        bindingsOf(context).flatMap(({ action, chords }) =>
          chords.flatMap((chord) => {
            const above = findAction(stack.slice(0, i), chord);
            return above === null || above === action ? [] : [`${chord}: ${above} before ${action}`];
          }),
        ),
      );
      expect(hidden.filter((one) => !takenOver.some((pattern) => pattern.test(one)))).toEqual([]);
    },
  );

  it('begins a key of two strokes only where one goes on', () => {
    expect(isFirstStroke(['table', 'global'], 'g')).toBe(true);
    expect(isFirstStroke(['form', 'always'], 'g')).toBe(false);
  });
});

/** Going back, going on to the next pane or part, and numbers: each screen has its own. */
const takenOver = [
  /: runBack before back$/,
  /: (showNextPart|showPreviousPart) before nextPane$/,
  /: show\w+ before pane\w+$/,
  /: paneTable before back$/,
  /: first\w+ before pane\w+$/,
  /: (deviceNext|devicePrevious|attemptNext|attemptPrevious|runNext|runPrevious) before \w+$/,
  /: log\w+ before \w+$/,
];
