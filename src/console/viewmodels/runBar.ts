import type { Run } from '../../domain/model.ts';
import { countShows } from '../state/runShow.ts';
import type { Glyphs } from '../terminal/glyphs.ts';
import type { Span } from '../terminal/roles.ts';
import { segmentBar } from '../widgets/segmentBar.ts';

/** A run's devices by how they fare, as a bar; its parts differ by sign as well as by colour. */
export function runBar(counts: Run['counts'], glyphs: Glyphs, width: number): Span[] {
  const shows = countShows(counts);
  const warned = (counts.succeededWithWarning ?? 0) + (counts.restartPending ?? 0);
  return segmentBar(
    [
      { count: shows.succeeded - warned, sign: glyphs.barFull, role: 'status.ok' },
      { count: warned, sign: glyphs.barWarning, role: 'status.warning' },
      { count: shows.failed + shows.unreachable, sign: glyphs.barFailed, role: 'status.error' },
      { count: shows.stopped, sign: glyphs.barStopped, role: 'muted' },
      { count: shows.active, sign: glyphs.barPart, role: 'status.active' },
      { count: shows.waiting, sign: glyphs.barEmpty, role: 'muted' },
    ],
    width,
  );
}
