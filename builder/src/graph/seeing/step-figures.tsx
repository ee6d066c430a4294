import { useState } from 'react';
import { Anchor, Progress, Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { GraphNode } from '../../../../rules/index.js';
import type { RuleSet } from '../../../../api/rule-sets.js';
import type { StepFigures as Figures } from '../../../../api/steps.js';
import { useLanguage } from '../../i18n.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { useNow } from '../../ui/use-now.js';
import { When } from '../../ui/when.js';
import { cardOf } from '../card-view.js';
import { useGraph } from '../graph-store.js';
import { FiguresChoice, useFigures, type FiguresOf } from './figures-choice.js';
import { countedThings, spellNumber, spellScores, spellSeconds } from './figure-words.js';
import { IdleMark } from './idle-mark.js';
import { isIdle } from './idle.js';

/** What the selected step did in the last days, of one version or of all. */
export function StepFigures({ ruleSet, node }: { ruleSet: RuleSet; node: GraphNode }) {
  const { t } = useTranslation('graph');
  const [of, setOf] = useState<FiguresOf>({ days: 7 });
  const { data, error, refetch } = useFigures(ruleSet.id, of);
  const figures = data?.find((one) => one.node === node.id);
  return (
    <Stack p="md" gap="md">
      <FiguresChoice ruleSetId={ruleSet.id} of={of} onChange={setOf} />
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!data && !error && <Skeleton h={120} />}
      {data && !figures && <Text size="sm">{t('figures.neverLive')}</Text>}
      {figures && <FiguresOfStep figures={figures} node={node} />}
      <Anchor component={Link} to={`/rules/${ruleSet.id}?figures`} size="sm">
        {t('figures.all')}
      </Anchor>
    </Stack>
  );
}

function FiguresOfStep({ figures, node }: { figures: Figures; node: GraphNode }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const now = useNow();
  const told = countedThings.filter((thing) => figures[thing] > 0);
  return (
    <>
      <div>
        <Text fz={28} fw={600} lh={1.2} className="figures">
          {spellNumber(figures.times, language)}
        </Text>
        <Text size="sm" c="dimmed">
          {t('figures.times', { count: figures.times })}
        </Text>
      </div>
      <Exits figures={figures} node={node} />
      {(told.length > 0 || figures.scores.length > 0 || figures.replySeconds !== null) && (
        <Stack gap={4}>
          {told.map((thing) => (
            <Line key={thing} name={t(`figures.${thing}`)} value={spellNumber(figures[thing], language)} />
          ))}
          {figures.scores.length > 0 && <Line name={t('figures.scores')} value={spellScores(figures.scores, language, t)} />}
          {figures.replySeconds !== null && (
            <Line
              name={t('figures.replyAfter')}
              value={spellSeconds(figures.replySeconds, language, t)}
              title={t('figures.replyAfterHelp')}
            />
          )}
        </Stack>
      )}
      <Text size="sm" c="dimmed">
        {t('figures.lastAt')}: <When at={figures.lastAt} none={t('idle.never')} />
      </Text>
      {figures.live && isIdle(figures, now) && <IdleMark lastAt={figures.lastAt} />}
    </>
  );
}

/** How the runs parted: each exit with its share. */
function Exits({ figures: { exits, times }, node }: { figures: Figures; node: GraphNode }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const timezone = useGraph(({ history }) => history.present.timezone);
  if (times === 0) return null;
  const { ports } = cardOf(node, language, timezone);
  const names = [...new Set([...ports.map(({ name }) => name), ...Object.keys(exits)])];
  return (
    <Stack gap={6} component="ul" p={0} m={0} aria-label={t('figures.exits')} style={{ listStyle: 'none' }}>
      {names.map((name) => {
        const count = exits[name] ?? 0;
        const share = Math.round((count / times) * 100);
        return (
          <li key={name}>
            <Line
              name={ports.find((port) => port.name === name)?.label ?? t(`figures.end.${name}`, { defaultValue: name })}
              value={`${spellNumber(count, language)} · ${share} %`}
            />
            <Progress value={share} size={4} aria-hidden />
          </li>
        );
      })}
    </Stack>
  );
}

function Line({ name, value, title }: { name: string; value: string; title?: string }) {
  return (
    <Text size="sm" title={title} style={{ display: 'flex', justifyContent: 'space-between', gap: 12 }}>
      <span>{name}</span>
      <span className="figures" style={{ textAlign: 'right' }}>
        {value}
      </span>
    </Text>
  );
}
