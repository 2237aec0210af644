import { randomBytes } from 'node:crypto';

/** 128 random bits in hex: marks a script's own lines, so that an installer's output cannot forge them. */
export const newNonce = (): string => randomBytes(16).toString('hex');
