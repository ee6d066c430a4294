import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { foundInRuleSets, type FoundInRuleSet } from '../../../../api/rule-sets.js';
import { api } from '../../api-client.js';
import { useLanguage } from '../../i18n.js';
import { groupKey, noteKey } from '../things.js';

/** Shorter queries are in almost every step. */
const leastLength = 2;

/** Places in the drafts of all rule sets that hold the query. */
export function useFoundEverywhere(query: string) {
  const language = useLanguage();
  const q = query.trim();
  return useQuery({
    queryKey: ['rule-sets', 'found', language, q],
    queryFn: () => api.get(`/api/rule-sets/found?${new URLSearchParams({ q, language })}`, foundInRuleSets),
    enabled: q.length >= leastLength,
    staleTime: 10_000,
    placeholderData: keepPreviousData,
  });
}

/** The address of a found place: the draft, with that step, note or frame selected. */
export function placeLink({ ruleSet, kind, id }: FoundInRuleSet): string {
  const key = kind === 'node' ? id : kind === 'note' ? noteKey(id) : groupKey(id);
  return `/rules/${ruleSet.id}?${new URLSearchParams({ at: key })}`;
}
