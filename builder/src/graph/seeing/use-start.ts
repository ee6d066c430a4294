import { useEffect, useRef } from 'react';
import { useNodesInitialized } from '@xyflow/react';
import type { Key } from '../things.js';

/** Brings a step into sight and selects it once the canvas has its cards, and again when another is named. */
export function useStart(start: Key | undefined, jump: (key: Key, how: { toRead: boolean }) => void): void {
  const isReady = useNodesInitialized();
  const shown = useRef<Key | undefined>(undefined);
  useEffect(() => {
    if (start === undefined || !isReady || shown.current === start) return;
    // After the canvas has fitted the graph into sight.
    const frame = requestAnimationFrame(() => {
      shown.current = start;
      jump(start, { toRead: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [start, isReady, jump]);
}
