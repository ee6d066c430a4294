/** What can be done on the rules page, by a key, from a menu or from the palette of commands. */
export type EditorCommand =
  | 'palette'
  | 'menu'
  | 'quick-add'
  | 'recipe'
  | 'note'
  | 'group'
  | 'open'
  | 'rename'
  | 'connect'
  | 'switch-off'
  | 'duplicate'
  | 'copy'
  | 'cut'
  | 'paste-text'
  | 'remove'
  | 'remove-and-join'
  | 'align-left'
  | 'align-centre'
  | 'align-right'
  | 'align-top'
  | 'align-middle'
  | 'align-bottom'
  | 'distribute-across'
  | 'distribute-down'
  | 'tidy'
  | 'select-all'
  | 'select-after'
  | 'select-before'
  | 'next-step'
  | 'previous-step'
  | 'move-left'
  | 'move-right'
  | 'move-up'
  | 'move-down'
  | 'undo'
  | 'redo'
  | 'fit'
  | 'actual-size'
  | 'zoom-in'
  | 'zoom-out'
  | 'find'
  | 'find-next'
  | 'find-previous'
  | 'steps'
  | 'problems'
  | 'tests'
  | 'try'
  | 'counts'
  | 'save'
  | 'versions'
  | 'export'
  | 'import'
  | 'publish'
  | 'escape'
  | 'help';

interface Binding {
  command: EditorCommand;
  /** A physical key: the same place on a Latin and on a Russian keyboard. */
  code: string;
  /** Ctrl or Cmd. */
  mod?: boolean;
  shift?: boolean;
  /** Alt, on a Mac Option. Never with `mod`: together they type characters on some keyboards. */
  alt?: boolean;
  /** Typed while a field has the focus it works too. */
  inFields?: boolean;
}

/** In the order of the `?` list. */
export const bindings: readonly Binding[] = [
  { command: 'palette', code: 'KeyK', mod: true, inFields: true },
  { command: 'menu', code: 'F10', shift: true },
  { command: 'menu', code: 'ContextMenu' },
  { command: 'quick-add', code: 'Tab' },
  { command: 'quick-add', code: 'Slash' },
  { command: 'note', code: 'KeyS', shift: true },
  { command: 'group', code: 'KeyG', mod: true },
  { command: 'open', code: 'Enter' },
  { command: 'rename', code: 'F2' },
  { command: 'connect', code: 'KeyC' },
  { command: 'switch-off', code: 'KeyD' },
  { command: 'duplicate', code: 'KeyD', mod: true },
  { command: 'remove', code: 'Delete' },
  { command: 'remove', code: 'Backspace' },
  { command: 'remove-and-join', code: 'Delete', mod: true },
  { command: 'remove-and-join', code: 'Backspace', mod: true },
  { command: 'move-left', code: 'ArrowLeft' },
  { command: 'move-right', code: 'ArrowRight' },
  { command: 'move-up', code: 'ArrowUp' },
  { command: 'move-down', code: 'ArrowDown' },
  { command: 'next-step', code: 'KeyN' },
  { command: 'previous-step', code: 'KeyN', shift: true },
  { command: 'select-all', code: 'KeyA', mod: true },
  { command: 'align-left', code: 'KeyA', alt: true },
  { command: 'align-centre', code: 'KeyH', alt: true },
  { command: 'align-right', code: 'KeyD', alt: true },
  { command: 'align-top', code: 'KeyW', alt: true },
  { command: 'align-middle', code: 'KeyV', alt: true },
  { command: 'align-bottom', code: 'KeyS', alt: true },
  { command: 'distribute-across', code: 'KeyH', alt: true, shift: true },
  { command: 'distribute-down', code: 'KeyV', alt: true, shift: true },
  { command: 'tidy', code: 'KeyT', alt: true, shift: true },
  { command: 'undo', code: 'KeyZ', mod: true },
  { command: 'redo', code: 'KeyZ', mod: true, shift: true },
  { command: 'redo', code: 'KeyY', mod: true },
  { command: 'fit', code: 'Digit1' },
  { command: 'actual-size', code: 'Digit0' },
  { command: 'zoom-in', code: 'Equal' },
  { command: 'zoom-out', code: 'Minus' },
  { command: 'find', code: 'KeyF', mod: true },
  { command: 'find-next', code: 'F3' },
  { command: 'find-previous', code: 'F3', shift: true },
  { command: 'try', code: 'KeyT' },
  { command: 'tests', code: 'KeyT', shift: true },
  { command: 'save', code: 'KeyS', mod: true, inFields: true },
  { command: 'publish', code: 'Enter', mod: true, inFields: true },
  { command: 'escape', code: 'Escape' },
  { command: 'help', code: 'Slash', shift: true },
];

/** The part of a keyboard event that a binding looks at. */
export type KeyPress = Pick<KeyboardEvent, 'code' | 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** @param inField whether a text field has the focus: there letters are letters */
export function commandOf(press: KeyPress, inField: boolean): EditorCommand | undefined {
  const mod = press.ctrlKey || press.metaKey;
  if (mod && press.altKey) return undefined;
  // The question mark lies elsewhere on a Russian keyboard, and people look for the character.
  if (!inField && !press.altKey && press.key === '?') return 'help';
  const found = bindings.find(
    ({ code, mod: wantsMod = false, shift = false, alt = false }) =>
      code === press.code && wantsMod === mod && shift === press.shiftKey && alt === press.altKey,
  );
  return found && (!inField || found.inFields) ? found.command : undefined;
}

/** A binding as people read it: «Ctrl+Shift+Z», on a Mac «⌘⇧Z». */
export function spellKey(binding: Binding, isMac: boolean): string {
  const name = binding.code.replace(/^(Key|Digit)/, '');
  const key = keyNames[name] ?? name;
  const [mod, alt, shift] = isMac ? ['⌘', '⌥', '⇧'] : ['Ctrl+', 'Alt+', 'Shift+'];
  return `${binding.mod ? mod : ''}${binding.alt ? alt : ''}${binding.shift ? shift : ''}${key}`;
}

/** The keys of a command as people read them, none where it has none. */
export function keysFor(command: EditorCommand): string[] {
  const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
  return bindings.filter((binding) => binding.command === command).map((binding) => spellKey(binding, isMac));
}

const keyNames: Record<string, string> = {
  Slash: '/',
  Equal: '=',
  Minus: '−',
  Escape: 'Esc',
  Backspace: '⌫',
  ContextMenu: '☰',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
};
