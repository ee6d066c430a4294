import { useState } from 'react';
import { Alert, Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { z } from 'zod';
import { createRuleSet, type RuleSet } from '../../../api/rule-sets.js';
import { api } from '../api-client.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { renameGraph } from './commands.js';
import { useRuleGraph } from './graph-store.js';

/** Somebody else saved the same draft: nothing is overwritten, the user chooses whose to keep. */
export function ConflictBanner({ ruleSet, onReload, onCopied }: { ruleSet: RuleSet; onReload: () => Promise<void>; onCopied: () => void }) {
  const { t } = useTranslation('graph');
  const client = useQueryClient();
  const navigate = useNavigate();
  const graph = useRuleGraph();
  const [isLoading, setLoading] = useState(false);
  const copy = useMutation({
    mutationFn: () => {
      const name = t('conflict.copyName', { name: ruleSet.name }).slice(0, 200);
      const body = createRuleSet.parse({ name, graph: renameGraph(name)(graph) });
      return api.post('/api/rule-sets', z.object({ id: z.string() }), body);
    },
    onSuccess: async ({ id }) => {
      onCopied();
      await client.invalidateQueries({ queryKey: ['rule-sets'] });
      await navigate(`/rules/${id}`);
    },
  });
  return (
    <Alert color="red" radius={0} title={t('conflict.title')} role="alert">
      {t('conflict.text')}
      <Group gap={8} mt={8}>
        <Button
          size="xs"
          variant="default"
          loading={isLoading}
          onClick={() => {
            setLoading(true);
            void onReload().finally(() => setLoading(false));
          }}
        >
          {t('conflict.reload')}
        </Button>
        <Button size="xs" loading={copy.isPending} onClick={() => copy.mutate()}>
          {t('conflict.copy')}
        </Button>
      </Group>
      <ProblemAlert problem={copy.error} mt={8} />
    </Alert>
  );
}
