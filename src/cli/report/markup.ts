import { sanitiseText } from '../../shared/sanitise.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text inside XML or HTML: nothing of it is markup, and no character is one that XML 1.0 forbids. */
export const escapeMarkup = (text: string): string =>
  sanitiseText(text)
    .replace(/[\ufffe\uffff]/g, '')
    .replace(/[&<>"']/g, (character) => entities[character]!);
