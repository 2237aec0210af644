import { join } from 'node:path';

/** The administration server's data folder within the demo's own. */
export const demoServerFolder = (demoFolder: string): string => join(demoFolder, 'server');
