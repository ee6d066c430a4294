/** What a key does on the rules page. */
export type KeyCommand =
  | 'undo'
  | 'redo'
  | 'select-all'
  | 'duplicate'
  | 'remove'
  | 'quick-add'
  | 'help'
  | 'fit'
  | 'actual-size'
  | 'zoom-in'
  | 'zoom-out'
  | 'open'
  | 'rename'
  | 'connect'
  | 'switch-off'
  | 'find'
  | 'save'
  | 'publish'
  | 'try'
  | 'escape';

interface Binding {
  command: KeyCommand;
  /** A physical key: the same place on a Latin and on a Russian keyboard. */
  code: string;
  /** Ctrl or Cmd. */
  mod?: boolean;
  shift?: boolean;
  /** Typed while a field has the focus it works too. */
  inFields?: boolean;
}

/** In the order of the `?` list. */
export const bindings: readonly Binding[] = [
  { command: 'quick-add', code: 'Tab' },
  { command: 'quick-add', code: 'Slash' },
  { command: 'open', code: 'Enter' },
  { command: 'rename', code: 'F2' },
  { command: 'connect', code: 'KeyC' },
  { command: 'switch-off', code: 'KeyD' },
  { command: 'duplicate', code: 'KeyD', mod: true },
  { command: 'remove', code: 'Delete' },
  { command: 'remove', code: 'Backspace' },
  { command: 'select-all', code: 'KeyA', mod: true },
  { command: 'undo', code: 'KeyZ', mod: true },
  { command: 'redo', code: 'KeyZ', mod: true, shift: true },
  { command: 'redo', code: 'KeyY', mod: true },
  { command: 'fit', code: 'Digit1' },
  { command: 'actual-size', code: 'Digit0' },
  { command: 'zoom-in', code: 'Equal' },
  { command: 'zoom-out', code: 'Minus' },
  { command: 'find', code: 'KeyF', mod: true },
  { command: 'try', code: 'KeyT' },
  { command: 'save', code: 'KeyS', mod: true, inFields: true },
  { command: 'publish', code: 'Enter', mod: true, inFields: true },
  { command: 'escape', code: 'Escape' },
  { command: 'help', code: 'Slash', shift: true },
];

/** The part of a keyboard event that a binding looks at. */
export type KeyPress = Pick<KeyboardEvent, 'code' | 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** @param inField whether a text field has the focus: there letters are letters */
export function commandOf(press: KeyPress, inField: boolean): KeyCommand | undefined {
  if (press.altKey) return undefined;
  // The question mark lies elsewhere on a Russian keyboard, and people look for the character.
  if (!inField && press.key === '?') return 'help';
  const mod = press.ctrlKey || press.metaKey;
  const found = bindings.find(
    (binding) => binding.code === press.code && (binding.mod ?? false) === mod && (binding.shift ?? false) === press.shiftKey,
  );
  return found && (!inField || found.inFields) ? found.command : undefined;
}

/** A binding as people read it: «Ctrl+Shift+Z», on a Mac «⌘⇧Z». */
export function spellKey(binding: Binding, isMac: boolean): string {
  const name = binding.code.replace(/^(Key|Digit)/, '');
  const key = keyNames[name] ?? name;
  const modifiers = isMac ? ['⌘', '⇧'] : ['Ctrl+', 'Shift+'];
  return `${binding.mod ? modifiers[0] : ''}${binding.shift ? modifiers[1] : ''}${key}`;
}

const keyNames: Record<string, string> = { Slash: '/', Equal: '=', Minus: '−', Escape: 'Esc', Backspace: '⌫' };
