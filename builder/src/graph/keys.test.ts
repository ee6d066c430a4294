import { bindings, commandOf, spellKey, type KeyPress } from './keys.js';

const press = (code: string, change: Partial<KeyPress> = {}): KeyPress => ({
  code,
  key: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...change,
});

describe('keys', () => {
  it('goes by the physical key, so a Russian layout works', () => {
    expect(commandOf(press('KeyZ', { key: 'я', ctrlKey: true }), false)).toBe('undo');
    expect(commandOf(press('KeyY', { key: 'н', ctrlKey: true }), false)).toBe('redo');
    expect(commandOf(press('KeyD', { key: 'в' }), false)).toBe('switch-off');
  });

  it('takes Ctrl and Cmd alike', () => {
    expect(commandOf(press('KeyZ', { metaKey: true, shiftKey: true }), false)).toBe('redo');
    expect(commandOf(press('KeyA', { metaKey: true }), false)).toBe('select-all');
  });

  it('leaves letters, Delete and Tab to a field that has the focus', () => {
    for (const code of ['KeyD', 'Delete', 'Backspace', 'Tab', 'Enter', 'Slash']) expect(commandOf(press(code), true)).toBeUndefined();
    expect(commandOf(press('KeyZ', { ctrlKey: true }), true)).toBeUndefined();
    expect(commandOf(press('KeyS', { ctrlKey: true }), true)).toBe('save');
    expect(commandOf(press('KeyK', { ctrlKey: true, key: 'л' }), true)).toBe('palette');
  });

  it('leaves Alt with Ctrl to those who type characters with it, and Alt in fields', () => {
    expect(commandOf(press('KeyZ', { ctrlKey: true, altKey: true }), false)).toBeUndefined();
    expect(commandOf(press('KeyA', { altKey: true, key: 'ф' }), false)).toBe('align-left');
    expect(commandOf(press('KeyA', { altKey: true }), true)).toBeUndefined();
    expect(commandOf(press('KeyN', { altKey: true }), false)).toBeUndefined();
  });

  it('opens the list of keys by the place and by the character', () => {
    expect(commandOf(press('Slash', { shiftKey: true, key: ',' }), false)).toBe('help');
    expect(commandOf(press('Digit7', { shiftKey: true, key: '?' }), false)).toBe('help');
  });

  it('has no two commands on one key', () => {
    const spelt = bindings.map((binding) => spellKey(binding, false));
    expect(new Set(spelt).size).toBe(spelt.length);
  });
});
