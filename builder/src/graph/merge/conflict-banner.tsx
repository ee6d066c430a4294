import { useState } from 'react';
import { Alert, Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { z } from 'zod';
import { createRuleSet, type RuleSet } from '../../../../api/rule-sets.js';
import { api } from '../../api-client.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { renameGraph } from '../commands.js';
import { useRuleGraph } from '../graph-store.js';
import type { DraftSaving } from '../saving/use-draft.js';
import { ChooseSides } from './choose-sides.js';

interface ConflictBannerProps {
  ruleSet: RuleSet;
  saving: DraftSaving;
  /** This draft was kept as a rule set of its own: nothing is lost when the page is left. */
  onCopied: () => void;
}

/** Two people changed the same places of one draft: nothing is overwritten until somebody has chosen, place by place. */
export function ConflictBanner({ ruleSet, saving, onCopied }: ConflictBannerProps) {
  const { t } = useTranslation('graph');
  const client = useQueryClient();
  const navigate = useNavigate();
  const graph = useRuleGraph();
  const [isChoosing, setChoosing] = useState(false);
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
  const { theirs } = saving;
  return (
    <Alert color="red" radius={0} title={theirs?.by ? t('merge.title', { name: theirs.by }) : t('conflict.title')} role="alert">
      {t(theirs ? 'merge.text' : 'merge.unread')}
      <Group gap={8} mt={8}>
        {theirs ? (
          <>
            <Button size="xs" onClick={() => setChoosing(true)}>
              {t('merge.choose')}
            </Button>
            <Button size="xs" variant="default" onClick={saving.takeTheirs}>
              {t('conflict.reload')}
            </Button>
          </>
        ) : (
          <Button size="xs" onClick={saving.retry}>
            {t('merge.retry')}
          </Button>
        )}
        <Button size="xs" variant="default" loading={copy.isPending} onClick={() => copy.mutate()}>
          {t('conflict.copy')}
        </Button>
      </Group>
      <ProblemAlert problem={copy.error} mt={8} />
      {isChoosing && theirs && (
        <ChooseSides base={saving.saver.base} theirs={theirs} onJoin={saving.join} onClose={() => setChoosing(false)} />
      )}
    </Alert>
  );
}
