import { describe, expect, it } from 'vitest';
import { bindingsOf, findAction, type KeyContext, keymap } from '../../../src/console/keys/keymap.ts';
import { helpOrder } from '../../../src/console/viewmodels/helpLines.ts';
import type { MessageKey } from '../../../src/i18n/messages.ts';
import { languages } from '../../../src/i18n/registry.ts';
import { translator } from '../../../src/i18n/translate.ts';

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
});
