import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useGraphStore } from './graph-store.js';

interface TypedTextProps {
  label: string;
  value: string;
  className?: string;
  /** Several lines: Enter makes one more, and only Escape or a click beside it ends. */
  lines?: boolean;
  onChange: (text: string) => void;
}

/** Text that is typed on the canvas itself; it ends by Escape, by Enter where it is one line, and by leaving it. */
export function TypedText({ label, value, className, lines = false, onChange }: TypedTextProps) {
  const store = useGraphStore();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    event.stopPropagation();
    if (event.code !== 'Escape' && !(event.code === 'Enter' && !lines)) return;
    event.preventDefault();
    // The canvas has the keys again: the thing under the text keeps the focus.
    event.currentTarget.closest<HTMLElement>('.react-flow__node')?.focus();
    store.getState().edit(undefined);
  };
  return (
    <textarea
      ref={field}
      className={`${className} nodrag nowheel nopan`}
      aria-label={label}
      value={value}
      rows={1}
      maxLength={10_000}
      onChange={(event) => onChange(lines ? event.currentTarget.value : event.currentTarget.value.replaceAll('\n', ' '))}
      onKeyDown={onKeyDown}
      onBlur={() => store.getState().edit(undefined)}
    />
  );
}
