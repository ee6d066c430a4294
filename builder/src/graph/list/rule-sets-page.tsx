import { useState } from 'react';
import { ActionIcon, Anchor, Button, Group, Menu, Skeleton, Switch, Table, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconArrowDown, IconArrowUp, IconCalendarWeek, IconDots, IconPencil, IconPlus, IconRoute, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { z } from 'zod';
import { changeRuleSet, type RuleSet } from '../../../../api/rule-sets.js';
import { api } from '../../api-client.js';
import { useLiveQuery } from '../../live.js';
import { can, useMe } from '../../session.js';
import { Confirm } from '../../ui/confirm.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Page } from '../../ui/page.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { useNow } from '../../ui/use-now.js';
import { When } from '../../ui/when.js';
import { movedPriorities } from './priorities.js';
import { RuleSearch } from './rule-search.js';
import { IdleMark } from '../seeing/idle-mark.js';
import { isIdle } from '../seeing/idle.js';
import { RenameRuleSet } from './rename-rule-set.js';
import { StateBadge } from '../state-badge.js';
import { TrialBadge } from '../trial/trial-badge.js';
import { useRuleSets } from '../use-rule-sets.js';

/** All rule sets in the order in which a message meets them. */
export function RuleSetsPage() {
  const { t } = useTranslation('graph');
  const client = useQueryClient();
  const { role } = useMe();
  const [dialog, setDialog] = useState<{ kind: 'rename' | 'delete'; ruleSet: RuleSet }>();
  const list = useRuleSets();
  useLiveQuery(['rule-set', 'message'], ['rule-sets'], 3000);
  const change = useMutation({
    mutationFn: async (changes: { id: string; body: z.input<typeof changeRuleSet> }[]) => {
      for (const { id, body } of changes) await api.patch(`/api/rule-sets/${id}`, undefined, changeRuleSet.parse(body));
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['rule-sets'] }),
  });
  const now = useNow();
  const canEdit = can(role, 'editRules');
  const canManage = can(role, 'manage');
  const sets = list.data ?? [];
  const create = (
    <Button component={Link} to="/rules/new" leftSection={<IconPlus size={16} />}>
      {t('list.create')}
    </Button>
  );
  const move = (index: number, by: -1 | 1) =>
    change.mutate(movedPriorities(sets, index, index + by).map(({ id, priority }) => ({ id, body: { priority } })));

  return (
    <Page
      title={t('list.title')}
      actions={
        sets.length > 0 && (
          <Group gap="sm">
            <Button component={Link} to="/rules/answers" variant="default" leftSection={<IconCalendarWeek size={16} />}>
              {t('answers.link')}
            </Button>
            {canEdit && create}
          </Group>
        )
      }
    >
      <ProblemAlert problem={list.error} onRetry={() => void list.refetch()} mb="md" />
      <ProblemAlert problem={change.error} mb="md" />
      {list.isPending && <Skeleton h={200} />}
      {list.data?.length === 0 && (
        <EmptyState icon={IconRoute} title={t('list.emptyTitle')} text={t('list.emptyText')}>
          {canEdit && create}
        </EmptyState>
      )}
      {sets.length > 0 && <RuleSearch />}
      {sets.length > 0 && (
        <Table.ScrollContainer minWidth={300}>
          <Table highlightOnHover verticalSpacing={10}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={1}>{t('list.order')}</Table.Th>
                <Table.Th>{t('list.name')}</Table.Th>
                <Table.Th visibleFrom="sm">{t('list.state')}</Table.Th>
                <Table.Th visibleFrom="sm" ta="right">
                  {t('list.runsToday')}
                </Table.Th>
                <Table.Th visibleFrom="sm">{t('list.problems')}</Table.Th>
                <Table.Th visibleFrom="md">{t('list.updated')}</Table.Th>
                <Table.Th w={1}>{t('list.enabled')}</Table.Th>
                <Table.Th w={1} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {sets.map((one, index) => (
                <Table.Tr key={one.id}>
                  <Table.Td>
                    <Order index={index} count={sets.length} name={one.name} canMove={canManage && !change.isPending} onMove={move} />
                  </Table.Td>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>
                    <Anchor component={Link} to={`/rules/${one.id}`} fw={600}>
                      {one.name}
                    </Anchor>
                    {one.enabled &&
                      isIdle({ lastAt: one.lastRunAt, since: one.publishedVersion === null ? null : one.publishedSince }, now) && (
                        <div>
                          <IdleMark lastAt={one.lastRunAt} />
                        </div>
                      )}
                    <Group gap={6} hiddenFrom="sm" mt={4}>
                      <States ruleSet={one} />
                      {one.errors + one.warnings > 0 && <ProblemCounts ruleSet={one} />}
                    </Group>
                  </Table.Td>
                  <Table.Td visibleFrom="sm">
                    <Group gap={6}>
                      <States ruleSet={one} />
                    </Group>
                  </Table.Td>
                  <Table.Td visibleFrom="sm" ta="right">
                    <Anchor
                      component={Link}
                      to={`/rules/${one.id}?figures`}
                      aria-label={t('figures.openFor', { name: one.name, count: one.runsToday })}
                    >
                      {one.runsToday}
                    </Anchor>
                  </Table.Td>
                  <Table.Td visibleFrom="sm">
                    <ProblemCounts ruleSet={one} />
                  </Table.Td>
                  <Table.Td visibleFrom="md">
                    <When at={one.updatedAt} />
                    {one.updatedBy && (
                      <Text size="xs" c="dimmed">
                        {one.updatedBy}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td>
                    <Switch
                      aria-label={t('list.enable', { name: one.name })}
                      checked={one.enabled}
                      disabled={!canManage || change.isPending}
                      onChange={(event) => change.mutate([{ id: one.id, body: { enabled: event.currentTarget.checked } }])}
                    />
                  </Table.Td>
                  <Table.Td>
                    {canManage && (
                      <RowMenu
                        name={one.name}
                        onRename={() => setDialog({ kind: 'rename', ruleSet: one })}
                        onDelete={() => setDialog({ kind: 'delete', ruleSet: one })}
                      />
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {sets.length > 1 && (
        <Text size="sm" c="dimmed" mt="md">
          {t('list.orderHelp')}
        </Text>
      )}
      {dialog?.kind === 'rename' && <RenameRuleSet ruleSet={dialog.ruleSet} onClose={() => setDialog(undefined)} />}
      {dialog?.kind === 'delete' && (
        <Confirm
          title={t('list.deleteTitle', { name: dialog.ruleSet.name })}
          text={t('list.deleteText')}
          action={t('list.delete')}
          onClose={() => setDialog(undefined)}
          onConfirm={async () => {
            await api.delete(`/api/rule-sets/${dialog.ruleSet.id}`);
            await client.invalidateQueries({ queryKey: ['rule-sets'] });
          }}
        />
      )}
    </Page>
  );
}

interface OrderProps {
  index: number;
  count: number;
  name: string;
  canMove: boolean;
  onMove: (index: number, by: -1 | 1) => void;
}

function Order({ index, count, name, canMove, onMove }: OrderProps) {
  const { t } = useTranslation('graph');
  if (count === 1) return <>1</>;
  return (
    <Group gap={2} wrap="nowrap">
      <Text className="figures" w={18}>
        {index + 1}
      </Text>
      <ActionIcon
        size="sm"
        variant={index === 0 ? 'transparent' : 'subtle'}
        color="gray"
        disabled={!canMove || index === 0}
        aria-label={t('list.up', { name })}
        onClick={() => onMove(index, -1)}
      >
        <IconArrowUp size={14} />
      </ActionIcon>
      <ActionIcon
        size="sm"
        variant={index === count - 1 ? 'transparent' : 'subtle'}
        color="gray"
        disabled={!canMove || index === count - 1}
        aria-label={t('list.down', { name })}
        onClick={() => onMove(index, 1)}
      >
        <IconArrowDown size={14} />
      </ActionIcon>
    </Group>
  );
}

function States({ ruleSet }: { ruleSet: RuleSet }) {
  return (
    <>
      <StateBadge ruleSet={ruleSet} />
      {ruleSet.trial && <TrialBadge ruleSetId={ruleSet.id} trial={ruleSet.trial} withVersion />}
    </>
  );
}

function ProblemCounts({ ruleSet: { errors, warnings } }: { ruleSet: RuleSet }) {
  const { t } = useTranslation('graph');
  if (errors + warnings === 0) return <Text c="dimmed">—</Text>;
  return (
    <Text size="sm">
      {[errors > 0 && t('count.errors', { count: errors }), warnings > 0 && t('count.warnings', { count: warnings })]
        .filter(Boolean)
        .join(', ')}
    </Text>
  );
}

function RowMenu({ name, onRename, onDelete }: { name: string; onRename: () => void; onDelete: () => void }) {
  const { t } = useTranslation('graph');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('list.more', { name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={onRename}>
          {t('list.rename')}
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={onDelete}>
          {t('list.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export default RuleSetsPage;
