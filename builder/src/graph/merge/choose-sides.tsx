import { useMemo, useState } from 'react';
import { Button, Drawer, Group, Radio, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { mergeGraphs, type RuleGraph, type Side } from '../../../../rules/index.js';
import { useLanguage } from '../../i18n.js';
import { useRuleGraph } from '../graph-store.js';
import { useLayers } from '../layers.js';
import type { TheirDraft } from '../saving/use-draft.js';
import { clashWords, type ClashWords } from './clash-words.js';
import classes from './choose-sides.module.css';

interface ChooseSidesProps {
  base: RuleGraph;
  theirs: TheirDraft;
  /** Joins by the choices; false while one is missing. */
  onJoin: (choices: ReadonlyMap<string, Side>) => boolean;
  onClose: () => void;
}

/** The places that both changed, one by one: mine or theirs. Everything else is joined without asking. */
export function ChooseSides({ base, theirs, onJoin, onClose }: ChooseSidesProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const ours = useRuleGraph();
  const names = useLayers((layers) => layers.names);
  const [choices, setChoices] = useState<ReadonlyMap<string, Side>>(new Map());
  const { graph, clashes } = useMemo(() => mergeGraphs(base, ours, theirs.graph, choices), [base, ours, theirs.graph, choices]);
  const left = clashes.filter(({ chosen }) => chosen === undefined).length;
  const who = theirs.by ?? t('merge.other');
  const choose = (keys: readonly string[], side: Side) =>
    setChoices((before) => new Map([...before, ...keys.map((key) => [key, side] as const)]));
  return (
    <Drawer opened onClose={onClose} position="right" size={480} title={t('merge.drawer')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="lg">
        <Text size="sm">{t('merge.help', { name: who })}</Text>
        {clashes.length > 1 && (
          <Group gap={8}>
            {(['ours', 'theirs'] as const).map((side) => (
              <Button
                key={side}
                size="xs"
                variant="default"
                onClick={() =>
                  choose(
                    clashes.map(({ key }) => key),
                    side,
                  )
                }
              >
                {t(side === 'ours' ? 'merge.allOurs' : 'merge.allTheirs')}
              </Button>
            ))}
          </Group>
        )}
        {clashes.map((clash) => (
          <Question
            key={clash.key}
            words={clashWords(clash, graph, theirs.graph, { language, t, names })}
            who={who}
            chosen={clash.chosen}
            onChoose={(side) => choose([clash.key], side)}
          />
        ))}
        <Group justify="space-between" gap="sm">
          <Text size="sm" c="dimmed" role="status">
            {left > 0 ? t('merge.left', { count: left }) : t('merge.ready')}
          </Text>
          <Button disabled={left > 0} onClick={() => onJoin(choices) && onClose()}>
            {t('merge.do')}
          </Button>
        </Group>
      </Stack>
    </Drawer>
  );
}

interface QuestionProps {
  words: ClashWords;
  who: string;
  chosen: Side | undefined;
  onChoose: (side: Side) => void;
}

function Question({ words, who, chosen, onChoose }: QuestionProps) {
  const { t } = useTranslation('graph');
  return (
    <Radio.Group
      label={[words.title, words.what].filter(Boolean).join(' · ')}
      description={t('merge.was', { value: words.base })}
      value={chosen ?? null}
      onChange={(side) => onChoose(side === 'theirs' ? 'theirs' : 'ours')}
      classNames={{ label: classes.label, description: classes.before }}
    >
      <Stack gap={6} mt={6}>
        {(['ours', 'theirs'] as const).map((side) => (
          <Radio.Card key={side} value={side} className={classes.card}>
            <Group gap={10} wrap="nowrap" align="flex-start">
              <Radio.Indicator mt={2} />
              <span className={classes.side}>
                <span className={classes.who}>{side === 'ours' ? t('merge.mine') : who}</span>
                {words[side]}
              </span>
            </Group>
          </Radio.Card>
        ))}
      </Stack>
    </Radio.Group>
  );
}
