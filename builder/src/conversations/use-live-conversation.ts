import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLive } from '../live.js';

/** Changes come in bursts; a conversation is asked for at most so often. */
const quietMs = 1000;

/** Reads a conversation again when it changed, or when it may have. */
export function useLiveConversation(id: string): void {
  const client = useQueryClient();
  const timer = useRef<number | undefined>(undefined);
  useLive(['conversation', 'message'], ({ kind, id: changed, conversationId }) => {
    const of = conversationId ?? (kind === 'conversation' ? changed : undefined);
    if (of !== undefined && of !== id) return;
    timer.current ??= window.setTimeout(() => {
      timer.current = undefined;
      // The page may have gone on to another one meanwhile.
      void client.invalidateQueries({ queryKey: ['conversation'] });
    }, quietMs);
  });
  useEffect(() => () => window.clearTimeout(timer.current), []);
}
