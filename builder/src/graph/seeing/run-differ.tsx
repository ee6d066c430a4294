import { useEffect, useMemo, useRef } from 'react';
import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Run } from '../../../../api/messages.js';
import type { Played } from '../../../../rules/index.js';
import { ownSteps } from '../own-steps.js';
import { chatOfRun, isSamePath } from '../proving/chat-of-run.js';
import { playChat, type ChatRules } from '../proving/chat.js';
import { useChatRules } from '../proving/use-chat-rules.js';
import { useWorkerDesk } from '../proving/use-worker-desk.js';
import { WhyNotView } from '../proving/why-not-view.js';

/**
 * What kept the message of a run from a step that it did not reach, and the smallest change that leads there. The run is repeated on its own version; one that
 * cannot be (it went on from a wait, or rules that it called are others now) has nothing to say here. `isAsked`: the reader came for this, so it is brought
 * into sight with the likeliest step chosen, and says so when it has nothing to say.
 */
export function RunDiffer({ ruleSet, run, isAsked }: { ruleSet: Run['ruleSet']; run: Run; isAsked: boolean }) {
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
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isAsked || played === undefined) return;
    section.current?.focus({ preventScroll: true });
    section.current?.scrollIntoView({ block: 'start' });
  }, [isAsked, played]);
  if (!played && !(isAsked && played === null)) return null;
  const ran = new Set(ownSteps(played?.decision.trace ?? [], rules.graph).map((step) => step.node));
  const hasMissed = rules.graph.nodes.some((node) => !ran.has(node.id));
  return (
    <section ref={section} tabIndex={-1} aria-label={t('reason.differ')}>
      <Title order={3} mb={4}>
        {t('reason.differ')}
      </Title>
      <Text size="xs" c="dimmed" mb={8}>
        {t(!played ? 'reason.differNot' : hasMissed ? 'reason.differHelp' : 'reason.differAll')}
      </Text>
      {played && hasMissed && (
        <WhyNotView desk={desk} rules={rules} played={played} start={isAsked ? lastMissed(rules, played) : undefined} />
      )}
    </section>
  );
}

/** The first step of the way that the message did not take where the ways parted last; undefined where they never parted. */
function lastMissed({ graph }: ChatRules, { decision: { trace } }: Played): string | undefined {
  const own = ownSteps(trace, graph);
  const ran = new Set(own.map(({ node }) => node));
  for (const { node } of own.toReversed()) {
    const other = graph.edges.find(({ from, to }) => from.startsWith(`${node}.`) && !ran.has(to));
    if (other) return other.to;
  }
  return undefined;
}
