import { useMemo } from 'react';
import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Run } from '../../../../api/messages.js';
import { chatOfRun, isSamePath } from '../proving/chat-of-run.js';
import { playChat } from '../proving/chat.js';
import { useChatRules } from '../proving/use-chat-rules.js';
import { useWorkerDesk } from '../proving/use-worker-desk.js';
import { WhyNotView } from '../proving/why-not-view.js';

/**
 * What kept the message of a run from a step that it did not reach, and the smallest change that leads there. The run is repeated on its own version; one that
 * cannot be (it went on from a wait, or rules that it called are others now) has nothing to say here.
 */
export function RunDiffer({ ruleSet, run }: { ruleSet: Run['ruleSet']; run: Run }) {
  const { t } = useTranslation('graph');
  const rules = useChatRules(ruleSet);
  const desk = useWorkerDesk();
  const chat = useMemo(() => chatOfRun(run), [run]);
  const { data: played } = useQuery({
    queryKey: ['repeated-run', run.id, rules.others.length],
    queryFn: async () => {
      const play = chat && (await playChat(rules, chat));
      const again = play?.turns.find(({ by }) => by === 'move')?.played;
      const path = again?.decision.trace.map(({ node, port }) => [node, port] as const);
      return again && path && isSamePath(run.trace, path) ? again : null;
    },
    staleTime: Infinity,
  });
  if (!played) return null;
  return (
    <section aria-label={t('reason.differ')}>
      <Title order={3} mb={4}>
        {t('reason.differ')}
      </Title>
      <Text size="xs" c="dimmed" mb={8}>
        {t('reason.differHelp')}
      </Text>
      <WhyNotView desk={desk} rules={rules} played={played} />
    </section>
  );
}
