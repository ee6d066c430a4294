import { useMemo, useState } from 'react';
import { Alert, Anchor, Button, Group, Skeleton, Table, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconArrowDown, IconArrowUp, IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { draft, versionWithGraph, type RuleSet } from '../../../../api/rule-sets.js';
import { api } from '../../api-client.js';
import { useLanguage } from '../../i18n.js';
import { Page } from '../../ui/page.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { saveFile } from '../../ui/save-file.js';
import { useNow } from '../../ui/use-now.js';
import { When } from '../../ui/when.js';
import { toGraph } from '../to-graph.js';
import { FiguresChoice, useFigures, type FiguresOf } from './figures-choice.js';
import { spellNumber, spellScores, spellSeconds } from './figure-words.js';
import { toCsv } from './figures-csv.js';
import { figureColumns, sortRows, toRows, type FigureColumn, type FigureRow } from './figures-rows.js';
import { IdleMark } from './idle-mark.js';
import { isIdle } from './idle.js';

/** What every step of a rule set did: a table to sort and to take away. */
export function FiguresPage({ ruleSet }: { ruleSet: RuleSet }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const [of, setOf] = useState<FiguresOf>({ days: 7 });
  const [sort, setSort] = useState<{ by: FigureColumn; isDown: boolean }>({ by: 'times', isDown: true });
  const { data, error, refetch } = useFigures(ruleSet.id, of);
  const version = of.version ?? ruleSet.publishedVersion;
  const {
    data: graph,
    error: graphProblem,
    refetch: readGraph,
  } = useQuery({
    queryKey: ['rule-set', ruleSet.id, 'graph', version],
    queryFn: async () =>
      toGraph(
        version === null
          ? (await api.get(`/api/rule-sets/${ruleSet.id}/draft`, draft)).graph
          : (await api.get(`/api/rule-sets/${ruleSet.id}/versions/${version}`, versionWithGraph)).graph,
      ) ?? null,
    staleTime: version === null ? 0 : Infinity,
  });
  const rows = useMemo(
    () => data && graph && sortRows(toRows(data, graph, language), sort.by, sort.isDown, language),
    [data, graph, language, sort],
  );
  const columnName = (column: FigureColumn) => t(`figures.column.${column}`);
  const save = () => {
    if (!rows) return;
    const head = [...figureColumns, 'nps' as const].map((column) => t(`figures.column.${column}`));
    const text = toCsv(head, rows.map(cellsOf), language === 'ru' ? ',' : '.');
    saveFile(`${ruleSet.name}.csv`, text, 'text/csv;charset=utf-8');
  };

  return (
    <Page
      title={t('figures.pageTitle', { name: ruleSet.name })}
      actions={
        <Button component={Link} to={`/rules/${ruleSet.id}`} variant="default" size="xs">
          {t('figures.toCanvas')}
        </Button>
      }
    >
      <Group justify="space-between" mb="md" gap="sm">
        <FiguresChoice ruleSetId={ruleSet.id} of={of} onChange={setOf} />
        <Button variant="default" size="xs" leftSection={<IconDownload size={14} />} disabled={!rows?.length} onClick={save}>
          {t('figures.csv')}
        </Button>
      </Group>
      <ProblemAlert problem={error ?? graphProblem} onRetry={() => void Promise.all([refetch(), readGraph()])} mb="md" />
      {graph === null && <Alert color="yellow">{t('list.unreadableText')}</Alert>}
      {!rows && graph !== null && !error && !graphProblem && <Skeleton h={200} />}
      {rows?.length === 0 && <Text c="dimmed">{t('figures.nothing')}</Text>}
      {rows && rows.length > 0 && (
        <Table.ScrollContainer minWidth={900}>
          <Table highlightOnHover verticalSpacing={6} aria-label={t('figures.pageTitle', { name: ruleSet.name })}>
            <Table.Thead>
              <Table.Tr>
                {figureColumns.map((column) => (
                  <Table.Th
                    key={column}
                    ta={column === 'title' ? 'left' : 'right'}
                    aria-sort={sort.by !== column ? 'none' : sort.isDown ? 'descending' : 'ascending'}
                  >
                    <UnstyledButton
                      fz="inherit"
                      fw={600}
                      onClick={() => setSort({ by: column, isDown: sort.by === column ? !sort.isDown : column !== 'title' })}
                    >
                      {columnName(column)}
                      {sort.by === column &&
                        (sort.isDown ? <IconArrowDown size={12} aria-hidden /> : <IconArrowUp size={12} aria-hidden />)}
                    </UnstyledButton>
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Row key={row.node} row={row} ruleSet={ruleSet} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Page>
  );
}

function Row({ row, ruleSet }: { row: FigureRow; ruleSet: RuleSet }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const now = useNow();
  const shown = (value: number) => (value === 0 ? '—' : spellNumber(value, language));
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: 'anywhere', minWidth: 180 }}>
        {row.isThere ? (
          <Anchor component={Link} to={`/rules/${ruleSet.id}?${new URLSearchParams({ at: row.node })}`} size="sm">
            {row.title}
          </Anchor>
        ) : (
          <Text size="sm">{t('figures.gone', { id: row.node })}</Text>
        )}
        {row.live && isIdle(row, now) && (
          <div>
            <IdleMark lastAt={row.lastAt} />
          </div>
        )}
      </Table.Td>
      {[row.times, row.replies, row.drops, row.errors, row.undelivered].map((value, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <Table.Td key={index} ta="right" className="figures">
          {shown(value)}
        </Table.Td>
      ))}
      <Table.Td ta="right" className="figures">
        {spellScores(row.scores, language, t) || '—'}
      </Table.Td>
      <Table.Td ta="right" className="figures">
        {row.replySeconds === null ? '—' : spellSeconds(row.replySeconds, language, t)}
      </Table.Td>
      <Table.Td ta="right">
        <When at={row.lastAt} />
      </Table.Td>
    </Table.Tr>
  );
}

function cellsOf(row: FigureRow) {
  const nps = row.scores.find((one) => one.nps !== null)?.nps ?? null;
  const { title, times, replies, drops, errors, undelivered, score, replySeconds, lastAt } = row;
  return [title, times, replies, drops, errors, undelivered, score, replySeconds, lastAt, nps];
}
