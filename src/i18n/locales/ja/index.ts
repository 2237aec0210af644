import type { Messages } from '../../messages.ts';
import { activities } from './activities.ts';
import { changes } from './changes.ts';
import { cli } from './cli.ts';
import { console } from './console.ts';
import { demo } from './demo.ts';
import { failures } from './failures.ts';
import { help } from './help.ts';
import { licenses } from './licenses.ts';
import { run } from './run.ts';
import { spoken } from './spoken.ts';
import { states } from './states.ts';
import { wizard } from './wizard.ts';
export const ja = {
  activities,
  changes,
  cli,
  console,
  demo,
  failures,
  help,
  licenses,
  run,
  spoken,
  states,
  wizard,
} satisfies Messages;
