/** The console for a screen reader: signs as words. */
export const spoken = {
  start:
    'haifu for screen readers. Tab goes to the other pane, the arrows move, Enter opens, ? lists the keys, Ctrl+L reads everything again, q leaves.',
  left: 'haifu was left. Runs go on.',
  checked: 'checked',
  unchecked: 'not checked',
  partly: 'partly checked',
  chosen: 'chosen',
  notChosen: 'not chosen',
  expanded: 'unfolded',
  collapsed: 'folded',
  marked: 'marked',
  masked: '{count} hidden characters',
  button: 'button {label}',
  error: 'error:',
} as const;
