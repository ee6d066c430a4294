import { useQuery } from '@tanstack/react-query';
import { messagePage } from '../../../../../api/messages.js';
import { api, ApiProblem, withQuery } from '../../../api-client.js';

/** How many of the last messages words are tried on, and how old they may be. */
const most = 200;
const days = 30;

/** The texts of the last inbound messages, newest first; or why there are none to show. */
export type RecentTexts = { state: 'loading' | 'refused' | 'failed' } | { state: 'ready'; texts: readonly string[] };

/** @param isWanted false asks the server nothing */
export function useRecentTexts(isWanted: boolean): RecentTexts {
  const { data, error } = useQuery({
    queryKey: ['recent-texts'],
    queryFn: async () => {
      const from = new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString();
      const { items } = await api.get(withQuery('/api/messages', { direction: 'in', from, limit: most }), messagePage);
      return items.filter(({ text, deletedAt }) => text.trim() !== '' && deletedAt === null).map(({ text }) => text);
    },
    enabled: isWanted,
    staleTime: 60_000,
    // Whoever may not read messages may not read them a second later either.
    retry: (count, problem) => count < 2 && !(problem instanceof ApiProblem && problem.status === 403),
  });
  if (data) return { state: 'ready', texts: data };
  if (error) return { state: error instanceof ApiProblem && error.status === 403 ? 'refused' : 'failed' };
  return { state: 'loading' };
}
