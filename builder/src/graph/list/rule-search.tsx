import { useState } from 'react';
import { Anchor, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { FoundInRuleSet } from '../../../../api/rule-sets.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { SearchField } from '../../ui/search-field.js';
import { placeLink, useFoundEverywhere } from '../finding/use-found-everywhere.js';

/** A search in the drafts of all rule sets; what it finds leads to the step. */
export function RuleSearch() {
  const { t } = useTranslation('graph');
  const [query, setQuery] = useState('');
  const found = useFoundEverywhere(query);
  const { items, more } = found.data ?? { items: [], more: false };
  const isAsked = query.trim().length > 1;
  return (
    <Stack gap="sm" mb="md">
      <SearchField value={query} onSearch={setQuery} label={t('search.label')} placeholder={t('search.placeholder')} maw={420} />
      <ProblemAlert problem={isAsked ? found.error : null} onRetry={() => void found.refetch()} />
      {isAsked && found.isPending && <Skeleton h={80} />}
      {isAsked && found.data && (
        <Paper withBorder p="md" role="region" aria-label={t('search.label')}>
          {items.length === 0 && <Text c="dimmed">{t('search.none')}</Text>}
          <Stack gap="md">
            {byRuleSet(items).map(([first, ...rest]) => (
              <div key={first.ruleSet.id}>
                <Text fw={600}>{first.ruleSet.name}</Text>
                <Stack gap={4} mt={4}>
                  {[first, ...rest].map((place) => (
                    <div key={`${place.kind}:${place.id}`}>
                      <Anchor component={Link} to={placeLink(place)} size="sm">
                        {place.title || t(`commands.${place.kind}`)}
                      </Anchor>
                      {place.excerpt !== '' && (
                        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                          {place.excerpt}
                        </Text>
                      )}
                    </div>
                  ))}
                </Stack>
              </div>
            ))}
          </Stack>
          {more && (
            <Text size="sm" c="dimmed" mt="md">
              {t('search.more', { count: items.length })}
            </Text>
          )}
        </Paper>
      )}
    </Stack>
  );
}

type Places = [FoundInRuleSet, ...FoundInRuleSet[]];

/** The places of one rule set together; the server gives them in the order of the rule sets. */
function byRuleSet(items: readonly FoundInRuleSet[]): Places[] {
  const groups = new Map<string, Places>();
  for (const item of items) {
    const group = groups.get(item.ruleSet.id);
    if (group) group.push(item);
    else groups.set(item.ruleSet.id, [item]);
  }
  return [...groups.values()];
}
