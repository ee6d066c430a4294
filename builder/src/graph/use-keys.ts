import { useEffect, useRef } from 'react';
import { useReactFlow } from '@xyflow/react';
import { useLanguage } from '../i18n.js';
import { readPiece, toClipboardText, type Refusal } from './copying/clipboard.js';
import { removePicked, type Place } from './commands.js';
import { useGraphStore } from './graph-store.js';
import { commandOf, type EditorCommand } from './keys.js';
import { paste, withContents } from './copying/piece.js';
import { countOf } from './things.js';
import { sizesOf } from './use-editor-commands.js';

/**
 * Keys belong to the page while no field and no dialog has the focus. `run` says whether the key is ours. Escape leads from a setting of the step back to the
 * canvas, where the next one closes the panel.
 */
export function useKeys(run: (command: EditorCommand) => boolean): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isDialogOpen()) return;
      const command = commandOf(event, isField(event.target));
      // Tab walks through the page and arrows through lists; they belong to the canvas only when it has the focus.
      const needsCanvas = event.code === 'Tab' || event.code.startsWith('Arrow');
      if (!command || (needsCanvas && !isOnCanvas(event.target)) || (event.code === 'Enter' && isControl(event.target))) return;
      if (latest.current(command)) event.preventDefault();
    };
    // A list that is open takes Escape for itself; by the time that the key gets to the page it is closed already.
    let closesList = false;
    const onKeyDownFirst = ({ target }: KeyboardEvent) => {
      closesList = target instanceof Element && target.getAttribute('aria-expanded') === 'true';
    };
    const onEscape = (event: KeyboardEvent) => {
      if (event.code !== 'Escape' || event.defaultPrevented || closesList || isDialogOpen() || !isSetting(event.target)) return;
      document.querySelector<HTMLElement>('[data-canvas]')?.focus();
    };
    document.addEventListener('keydown', onKeyDownFirst, true);
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('keydown', onEscape);
    return () => {
      document.removeEventListener('keydown', onKeyDownFirst, true);
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('keydown', onEscape);
    };
  }, []);
}

interface ClipboardOptions {
  placeToPaste: () => Place;
  /** A text came that is no piece of a graph. */
  onRefusal: (refusal: Refusal) => void;
}

/** Copy, cut and paste by the browser's own events: they come from any keyboard layout, from menus, and ask no permission. */
export function useClipboard(options: ClipboardOptions): void {
  const store = useGraphStore();
  const { getNodes } = useReactFlow();
  const language = useLanguage();
  const latest = useRef({ ...options, language });
  useEffect(() => {
    latest.current = { ...options, language };
  });
  useEffect(() => {
    const isOurs = (event: ClipboardEvent) => !isField(event.target) && !isDialogOpen() && (document.getSelection()?.isCollapsed ?? true);
    const onCopy = (event: ClipboardEvent) => {
      const { selection, history, readOnly, commit } = store.getState();
      if (!isOurs(event) || countOf(selection) === 0) return;
      const sizes = sizesOf(getNodes());
      event.clipboardData?.setData('text/plain', toClipboardText(history.present, selection, sizes));
      event.preventDefault();
      if (event.type === 'cut' && !readOnly) commit(removePicked(withContents(history.present, selection, sizes)));
    };
    const onPaste = (event: ClipboardEvent) => {
      const { history, readOnly, commit, select } = store.getState();
      if (!isOurs(event) || readOnly) return;
      event.preventDefault();
      const { piece, refusal } = readPiece(event.clipboardData?.getData('text/plain') ?? '', latest.current.language);
      if (refusal) return latest.current.onRefusal(refusal);
      const pasted = paste(history.present, piece, latest.current.placeToPaste());
      commit(() => pasted.graph);
      select(pasted.picked);
    };
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, [store, getNodes]);
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type);
}

/** A field of the step's form. */
function isSetting(target: EventTarget | null): boolean {
  return isField(target) && target instanceof Element && target.closest('[data-field], [data-title], [data-exits]') !== null;
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
