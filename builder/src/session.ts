import { queryOptions, useQuery } from '@tanstack/react-query';
import { whoAmI, type Role, type WhoAmI } from '../../api/session.js';
import { api, ApiProblem } from './api-client.js';
import { setLanguage } from './i18n.js';

/** Who is signed in: the user, with the account beside. */
export type Me = WhoAmI['user'] & { account: WhoAmI['account']; sessionId: string | null };

/** GET /api/session; null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Me | null> => {
    try {
      const { user, account, sessionId } = await api.get('/api/session', whoAmI);
      // Before the pages are drawn, so that they do not flash in another language.
      setLanguage(user.language);
      return { ...user, account, sessionId };
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.status === 401) return null;
      throw problem;
    }
  },
  staleTime: Infinity,
});

/** The signed-in user. Throws outside the pages that the frame shows only to those who are signed in. */
export function useMe(): Me {
  const { data } = useQuery(sessionQuery);
  if (!data) throw new Error('useMe is for pages behind the sign-in');
  return data;
}

/** What a role may do beyond reading: the server decides, the pages only leave out what it would refuse. */
export type Ability = 'manage' | 'editRules' | 'readRules' | 'readChannels' | 'work';

const abilities: Record<Role, readonly Ability[]> = {
  owner: ['manage', 'editRules', 'readRules', 'readChannels', 'work'],
  admin: ['manage', 'editRules', 'readRules', 'readChannels', 'work'],
  analyst: ['editRules', 'readRules', 'readChannels'],
  operator: ['work'],
};

/** Whether a role has an ability: `manage` settings and channels, `editRules` drafts, `readRules`, `readChannels`, `work` with contacts and deals. */
export function can(role: Role, ability: Ability): boolean {
  return abilities[role].includes(ability);
}
