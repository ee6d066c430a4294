import { useQuery } from '@tanstack/react-query';
import { release } from '../../../../api/releases.js';
import { shadow } from '../../../../api/shadows.js';
import { api } from '../../api-client.js';
import { listOf } from '../../list-of.js';
import { trialsOf, type Trial } from './trials-of.js';

/** What is and was tried of a rule set on live traffic; nothing until it is read, and where it cannot be. */
export function useTrials(ruleSetId: string): Trial[] {
  const shadows = useQuery({
    queryKey: ['rule-set', ruleSetId, 'shadows'],
    queryFn: () => api.get(`/api/rule-sets/${ruleSetId}/shadows`, listOf(shadow)),
  });
  const releases = useQuery({
    queryKey: ['rule-set', ruleSetId, 'releases'],
    queryFn: () => api.get(`/api/rule-sets/${ruleSetId}/releases`, listOf(release)),
  });
  return trialsOf(shadows.data ?? [], releases.data ?? []);
}
