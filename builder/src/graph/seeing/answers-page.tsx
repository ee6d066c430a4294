import { useEffect, useMemo, useState } from 'react';
import { Anchor, Button, Group, Select, Skeleton, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { messageKinds, zoneName, type MessageKind, type RuleEvent } from '../../../../rules/index.js';
import { withQuery } from '../../api-client.js';
import { useLanguage } from '../../i18n.js';
import { useMe } from '../../session.js';
import { Page } from '../../ui/page.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { toDate } from '../../ui/times.js';
import { useNow } from '../../ui/use-now.js';
import { cardOf } from '../card-view.js';
import { mondayOf } from '../proving/play-week.js';
import { useWorkerDesk } from '../proving/use-worker-desk.js';
import { WeekGrid } from '../proving/week-grid.js';
import { letterOf } from '../proving/week-letters.js';
import { useAllDirectory } from '../use-directory.js';
import { useLiveGraphs, type LiveGraph } from '../use-live-graphs.js';
import { newClientEvent } from './new-client-event.js';
import type { AnswersWeek, HourAnswer, Place } from './play-answers.js';
import proving from '../proving/proving.module.css';

/** Who answers when: a new client's message through all rules that are live, at every hour of this week. */
export function AnswersPage() {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const { timezone } = useMe().account;
  const [channelId, setChannelId] = useState<string>();
  const [kind, setKind] = useState<MessageKind>('text');
  const [text, setText] = useState(t('answers.sample'));
  const [asked] = useDebouncedValue(text, 400);
  const directory = useAllDirectory();
  const live = useLiveGraphs();
  const monday = mondayOf(toDate(useNow(), timezone));
  const channel = directory?.channels.find(({ id }) => id === channelId) ?? directory?.channels[0];
  const event = useMemo(() => {
    if (!directory || !channel) return undefined;
    return newClientEvent(directory, channel, { text: asked, kind, name: t('try.sampleName'), at: `${monday}T00:00:00Z` });
  }, [directory, channel, asked, kind, monday, t]);
  const { week, problem } = useAnswers(live.data, event, { monday, zone: timezone });

  return (
    <Page
      title={t('answers.title')}
      actions={
        <Button component={Link} to="/rules" variant="default" size="xs">
          {t('bar.back')}
        </Button>
      }
    >
      <Text c="dimmed" mb="md">
        {t('answers.help', { zone: zoneName(timezone)[language] })}
      </Text>
      <Group mb="md" gap="sm" align="flex-end">
        <Select
          label={t('answers.channel')}
          data={(directory?.channels ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={channel?.id ?? null}
          allowDeselect={false}
          onChange={(id) => setChannelId(id ?? undefined)}
        />
        <Select
          label={t('answers.kind')}
          data={messageKinds.map((one) => ({ value: one, label: t(`try.messageKind.${one}`) }))}
          value={kind}
          allowDeselect={false}
          onChange={(chosen) => setKind(messageKinds.find((one) => one === chosen) ?? 'text')}
        />
        <TextInput
          label={t('answers.text')}
          value={text}
          maxLength={1000}
          flex="1 1 220px"
          onChange={(change) => setText(change.currentTarget.value)}
        />
      </Group>
      <ProblemAlert problem={live.error} onRetry={() => void live.refetch()} mb="md" />
      {problem !== undefined && <ProblemAlert problem={new Error(problem)} mb="md" />}
      {directory?.channels.length === 0 && <Text>{t('answers.noChannels')}</Text>}
      {live.data?.length === 0 && <Text mb="md">{t('answers.noRules')}</Text>}
      {channel && !week && problem === undefined && <Skeleton h={260} />}
      {week && live.data && <WeekOfAnswers week={week} live={live.data} monday={monday} />}
    </Page>
  );
}

/** The week and what its letters mean; a press on an hour leads to the step that answers then. */
function WeekOfAnswers({ week, live, monday }: { week: AnswersWeek; live: readonly LiveGraph[]; monday: string }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const navigate = useNavigate();
  const tints = tintsOf(week.outcomes);
  const [pressed, setPressed] = useState<{ at: string; text: string }>();
  const nameOf = (place: Place) => {
    const one = live.find(({ ruleSet }) => ruleSet.name === place.ruleSet);
    const node = one?.graph?.nodes.find(({ id }) => id === place.node);
    return node ? cardOf(node, language, one?.graph?.timezone).title : place.node;
  };
  const linkOf = (place: Place) => {
    const one = live.find(({ ruleSet }) => ruleSet.name === place.ruleSet);
    return one && withQuery(`/rules/${one.ruleSet.id}`, { version: one.version, at: place.node });
  };
  const wordsOf = ({ kind, places, after }: HourAnswer) =>
    [
      t(`answers.who.${kind}`, {
        steps: places.map((place) => t('answers.step', { step: nameOf(place) })).join(', '),
        sets: [...new Set(places.map(({ ruleSet }) => ruleSet))].join(', '),
      }),
      after !== undefined && t('answers.after', { count: after }),
    ]
      .filter(Boolean)
      .join(', ');
  const tintOf = (outcome: number) => tints[outcome] ?? 0;
  const hours = week.outcomes.map((_, index) => week.cells.flat().filter(({ outcome }) => outcome === index).length);
  return (
    <>
      <Table.ScrollContainer minWidth={560}>
        <WeekGrid
          label={t('answers.title')}
          monday={monday}
          cells={week.cells}
          isLarge
          tintOf={tintOf}
          current={pressed?.at}
          wordsOf={(outcome) => (week.outcomes[outcome] ? wordsOf(week.outcomes[outcome]) : '')}
          onChoose={(at, outcome, time) => {
            const answer = week.outcomes[outcome];
            const link = answer?.places[0] && linkOf(answer.places[0]);
            if (link) void navigate(link);
            else if (answer) setPressed({ at, text: `${time}: ${wordsOf(answer)}` });
          }}
        />
      </Table.ScrollContainer>
      <Text size="sm" mt="sm" role="status">
        {pressed?.text ?? ''}
      </Text>
      <Table mt="sm" verticalSpacing={6} aria-label={t('week.legend')}>
        <Table.Tbody>
          {week.outcomes.map((answer, index) => (
            <Table.Tr key={letterOf(index)}>
              <Table.Td w={40}>
                <span className={`${proving.weekKey} ${proving[`tint${tintOf(index)}`]}`}>{letterOf(index)}</span>
              </Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                <Text size="sm">{wordsOf(answer)}</Text>
                <Group gap="md">
                  {answer.places.map((place) => {
                    const link = linkOf(place);
                    return (
                      link && (
                        <Anchor key={link} component={Link} to={link} size="xs">
                          {t('answers.open', { ruleSet: place.ruleSet, step: nameOf(place) })}
                        </Anchor>
                      )
                    );
                  })}
                </Group>
              </Table.Td>
              <Table.Td ta="right" className="figures" style={{ whiteSpace: 'nowrap' }}>
                {t('week.hours', { count: hours[index] })}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

/** Amber for two, red where nobody answers or a rule fails, grey for people; those who answer alone take the other colours in turn. */
function tintsOf(outcomes: readonly HourAnswer[]): number[] {
  const own = [0, 3, 5];
  let alone = 0;
  return outcomes.map(({ kind }) => {
    if (kind === 'several') return 2;
    if (kind === 'people') return 1;
    if (kind !== 'one') return 4;
    alone += 1;
    return own[(alone - 1) % own.length] ?? 0;
  });
}

/** Asked of the worker: a week is 168 runs of all rules. The last answer stays until the next one comes. */
function useAnswers(
  live: readonly LiveGraph[] | undefined,
  event: RuleEvent | undefined,
  { monday, zone }: { monday: string; zone: string },
) {
  const desk = useWorkerDesk();
  const [answer, setAnswer] = useState<{ week?: AnswersWeek; problem?: string }>({});
  useEffect(() => {
    if (!live || !event) return;
    let current = true;
    // Steps of the answer are told by the name of their rule set.
    const graphs = live.flatMap(({ ruleSet: { name }, graph }) => (graph ? [{ ...graph, name }] : []));
    desk.ask<'answers'>({ kind: 'answers', graphs, event, monday, zone }).then(
      (week) => current && setAnswer({ week }),
      (problem: Error) => current && setAnswer({ problem: problem.message }),
    );
    return () => {
      current = false;
    };
  }, [desk, live, event, monday, zone]);
  return answer;
}

export default AnswersPage;
