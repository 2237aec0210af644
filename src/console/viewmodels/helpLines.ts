import type { MessageKey } from '../../i18n/messages.ts';
import type { Translate } from '../../i18n/translate.ts';
import { fitCells } from '../../shared/cellWidth.ts';
import { chordLabel } from '../keys/chord.ts';
import { bindingsOf, type KeyContext } from '../keys/keymap.ts';
import { type StyledLine, span } from '../terminal/roles.ts';
import { wrapCells } from '../widgets/wrapCells.ts';

/** The order of the help screen's sections; every context of the keymap is in it. */
export const helpOrder: readonly KeyContext[] = [
  'global',
  'list',
  'tree',
  'table',
  'detail',
  'run',
  'runDevice',
  'logSearch',
  'menu',
  'confirm',
  'form',
  'filter',
  'pick',
  'palette',
  'report',
  'firstSteps',
  'always',
];

const chordWidth = 24;

/** In sight of a run nobody asks what the console is for. */
const keysFirst = new Set<KeyContext>(['run', 'runDevice']);

/**
 * What the console is for in a few words, then every key by where it works: first where the help was asked for
 * (`here`, the topmost first).
 */
export function buildHelp(t: Translate, width: number, here: readonly KeyContext[] = []): StyledLine[] {
  const intro = (
    ['help.intro', 'help.runsGoOn', 'help.firstSteps', 'help.filter', 'help.mouse'] as const
  ).flatMap((key) => [...wrapCells(t(key), width).map((line): StyledLine => [span(line)]), []]);
  const own: readonly KeyContext[] = here.filter(
    (context) => context !== 'always' && context !== 'firstSteps',
  );
  const ownKeys = own.flatMap((context) => section(t, context, width));
  const otherKeys = helpOrder
    .filter((context) => !own.includes(context))
    .flatMap((context) => section(t, context, width));
  return own.some((context) => keysFirst.has(context))
    ? [...ownKeys, ...intro, ...otherKeys]
    : [...intro, ...ownKeys, ...otherKeys];
}

function section(t: Translate, context: KeyContext, width: number): StyledLine[] {
  const rows = bindingsOf(context).flatMap(({ chords, describe }) => {
    const keys = chords.map(chordLabel).join(', ');
    return wrapCells(t(describe), width - chordWidth - 3).map(
      (line, i): StyledLine => [span(`  ${fitCells(i === 0 ? keys : '', chordWidth)} `, 'key'), span(line)],
    );
  });
  return [[span(t(`help.context.${context}` as MessageKey), 'heading')], ...rows, []];
}
