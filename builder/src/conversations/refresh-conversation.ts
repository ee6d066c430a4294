import type { QueryClient } from '@tanstack/react-query';

/** Reads a conversation again wherever it is shown, after something was done in it. */
export async function refreshConversation(client: QueryClient, id: string): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: ['conversations'] }),
    client.invalidateQueries({ queryKey: ['conversation', id] }),
  ]);
}
