import { useEffect, useRef } from 'react';
import { parseClipboardText, toClipboardText } from './clipboard.js';
import { paste, remove, type Place } from './commands.js';
import { useGraphStore } from './graph-store.js';
import { commandOf, type KeyCommand } from './keys.js';

/** Keys belong to the page while no field and no dialog has the focus. `run` says whether it did something with the command. */
export function useKeys(run: (command: KeyCommand) => boolean): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isDialogOpen()) return;
      const command = commandOf(event, isField(event.target));
      // Tab walks through the page; it adds a step only from the canvas itself.
      if (!command || (event.code === 'Tab' && !isOnCanvas(event.target)) || (event.code === 'Enter' && isControl(event.target))) return;
      if (latest.current(command)) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Copy, cut and paste of steps by the browser's own events: they come from any keyboard layout, from menus, and ask no permission. */
export function useClipboard(placeToPaste: () => Place): void {
  const store = useGraphStore();
  const place = useRef(placeToPaste);
  useEffect(() => {
    place.current = placeToPaste;
  });
  useEffect(() => {
    const isOurs = (event: ClipboardEvent) => !isField(event.target) && !isDialogOpen() && (document.getSelection()?.isCollapsed ?? true);
    const onCopy = (event: ClipboardEvent) => {
      const { selection, history, readOnly, commit } = store.getState();
      if (!isOurs(event) || selection.nodes.size === 0) return;
      event.clipboardData?.setData('text/plain', toClipboardText(history.present, selection.nodes));
      event.preventDefault();
      if (event.type === 'cut' && !readOnly) commit(remove(selection.nodes));
    };
    const onPaste = (event: ClipboardEvent) => {
      const { history, readOnly, commit, select } = store.getState();
      const piece = isOurs(event) && !readOnly ? parseClipboardText(event.clipboardData?.getData('text/plain') ?? '') : undefined;
      if (!piece) return;
      const pasted = paste(history.present, piece, place.current());
      commit(() => pasted.graph);
      select({ nodes: new Set(pasted.ids) });
      event.preventDefault();
    };
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, [store]);
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type);
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a, [role="option"], [role="radio"], input') !== null;
}

function isOnCanvas(target: EventTarget | null): boolean {
  return target instanceof Element && (target.matches('[data-canvas]') || target.classList.contains('react-flow__node'));
}

function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"]') !== null;
}
