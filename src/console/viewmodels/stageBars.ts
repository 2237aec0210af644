import { type AttemptState, isFinal } from '../../domain/attempt.ts';
import type { RunDevice } from '../../domain/model.ts';
import type { Translate } from '../../i18n/translate.ts';
import { cellWidth, fitCells } from '../../shared/cellWidth.ts';
import { durationText } from '../../shared/durationText.ts';
import type { Glyphs } from '../terminal/glyphs.ts';
import { type Role, type StyledLine, span } from '../terminal/roles.ts';
import { segmentBar } from '../widgets/segmentBar.ts';
import { wrapCells } from '../widgets/wrapCells.ts';
import { clockText } from './figures.ts';

export interface Stage {
  readonly state: AttemptState;
  readonly at: string;
  readonly tookMs: number;
  readonly isOpen: boolean;
}

/** The stages of an attempt with what each took; `until`: its end, or now. */
export function stagesOf(timeline: RunDevice['timeline'], until: string, isOver: boolean): Stage[] {
  return timeline.flatMap(({ state, at }, i) => {
    if (isFinal(state)) return [];
    const next = timeline[i + 1]?.at;
    const tookMs = Math.max(0, Date.parse(next ?? until) - Date.parse(at));
    return [{ state, at, tookMs, isOpen: next === undefined && !isOver }];
  });
}

/** `340ms` and `4.2s` below a minute: most stages are short. */
export const stageText = (ms: number): string =>
  ms < 1000 ? `${ms}ms` : ms < 10_000 ? `${(ms / 1000).toFixed(1)}s` : durationText(ms);

interface Drawing {
  readonly t: Translate;
  readonly glyphs: Glyphs;
  readonly width: number;
}

/** One bar for the attempt, its stages in turn light and dark, and below it their names in the same order. */
export function stageLine(stages: readonly Stage[], { t, glyphs, width }: Drawing): StyledLine[] {
  const bar = segmentBar(
    stages.map(({ tookMs, isOpen }, i) => ({
      count: Math.max(1, tookMs),
      sign: isOpen ? glyphs.barPart : i % 2 === 0 ? glyphs.barFull : glyphs.barEmpty,
      role: roleOf(isOpen),
    })),
    Math.min(width - 2, 100),
  );
  const names = stages.map(({ state, tookMs }) => `${t(`states.${state}`)} ${stageText(tookMs)}`);
  const [first = '', second] = wrapCells(names.join(` ${glyphs.arrow} `), width - 2);
  return [
    [span(' '), ...(stages.length === 0 ? [] : bar)],
    [span(` ${first}`, 'muted')],
    ...(second === undefined ? [] : [[span(` ${second}`, 'muted')]]),
  ];
}

/** A row a stage: when it began, and its part of the attempt's time. */
export function stageRows(stages: readonly Stage[], { t, glyphs, width }: Drawing): StyledLine[] {
  const nameWidth = Math.max(0, ...stages.map(({ state }) => cellWidth(t(`states.${state}`))));
  const barWidth = Math.max(10, Math.min(100, width - nameWidth - 22));
  const wholeMs = Math.max(
    1,
    stages.reduce((sum, { tookMs }) => sum + tookMs, 0),
  );
  let beforeMs = 0;
  return stages.map(({ state, at, tookMs, isOpen }) => {
    const from = Math.min(barWidth - 1, Math.floor((beforeMs / wholeMs) * barWidth));
    beforeMs += tookMs;
    const to = Math.max(from + 1, Math.round((beforeMs / wholeMs) * barWidth));
    const bar = (isOpen ? glyphs.barPart : glyphs.barFull).repeat(Math.min(to, barWidth) - from);
    return [
      span(` ${clockText(at)} `, 'muted'),
      span(`${fitCells(t(`states.${state}`), nameWidth)} `),
      span(`${' '.repeat(from)}${bar}`, roleOf(isOpen)),
      span(`${' '.repeat(barWidth - Math.min(to, barWidth))} ${stageText(tookMs)}`),
    ];
  });
}

const roleOf = (isOpen: boolean): Role => (isOpen ? 'status.active' : 'accent');
