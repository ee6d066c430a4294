import { useEffect } from 'react';
import { useNodesInitialized } from '@xyflow/react';
import { useSearchParams } from 'react-router';
import type { Key } from './things.js';

/** A link from a search leads to a step, note or frame of this graph (`?at=`): once, when the page opens or the link changes. */
export function useJumpFromAddress(jump: (key: Key, how: { toRead: boolean }) => void): void {
  const [query, setQuery] = useSearchParams();
  const at = query.get('at');
  const isReady = useNodesInitialized();
  useEffect(() => {
    if (at === null || !isReady) return;
    // After the canvas has fitted the graph into sight.
    const frame = requestAnimationFrame(() => {
      jump(at, { toRead: true });
      setQuery(
        (now) => {
          now.delete('at');
          return now;
        },
        { replace: true },
      );
    });
    return () => cancelAnimationFrame(frame);
  }, [at, isReady, jump, setQuery]);
}
