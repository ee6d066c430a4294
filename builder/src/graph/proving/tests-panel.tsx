import { useState } from 'react';
import { Alert, Button, Group, Modal, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { GraphTest } from '../../../../rules/index.js';
import type { Directory } from '../../../../api/rule-sets.js';
import { useGraph, useGraphStore } from '../graph-store.js';
import type { ChatRules } from './chat.js';
import { addTest, duplicateTest, removeTest, renameTest, replaceTest, testsOf } from './test-commands.js';
import { TestForm } from './test-form.js';
import { TestRow } from './test-row.js';
import type { TestsRun } from './use-tests.js';

interface TestsPanelProps {
  rules: ChatRules;
  run: TestsRun;
  directory: Directory;
  /** Plays a test in the chat. */
  onTry: (test: GraphTest) => void;
}

/** All tests that live in the graph, red and green; they are part of it, so that every change can be undone. */
export function TestsPanel({ rules, run, directory, onTry }: TestsPanelProps) {
  const { t } = useTranslation('graph');
  const store = useGraphStore();
  const tests = useGraph((state) => testsOf(state.history.present));
  const readOnly = useGraph((state) => state.readOnly);
  const [edited, setEdited] = useState<number | 'new'>();
  const { commit } = store.getState();
  const results = run.played?.results ?? [];
  const failed = results.filter(({ passed }) => !passed).length;
  const under = typeof edited === 'number' ? tests[edited] : undefined;
  return (
    <section aria-label={t('tests.title')}>
      <Group p="8px 12px" gap={8} wrap="nowrap">
        <Text size="sm" flex={1} role="status">
          {tests.length === 0 ? t('tests.none') : summary(run, tests.length, failed, t)}
        </Text>
        {!readOnly && (
          <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setEdited('new')}>
            {t('tests.add')}
          </Button>
        )}
      </Group>
      {tests.length === 0 && (
        <Text size="sm" c="dimmed" px={12} pb={12}>
          {t('tests.noneHelp')}
        </Text>
      )}
      {run.state === 'broken' && tests.length > 0 && (
        <Alert color="yellow" m={8} p={8} styles={{ message: { color: 'var(--mantine-color-text)' } }}>
          {t('tests.broken')}
        </Alert>
      )}
      {run.state === 'failed' && (
        <Alert color="red" m={8} p={8}>
          {t('tests.runFailed', { problem: run.problem })}
        </Alert>
      )}
      <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
        {tests.map((test, place) => (
          <TestRow
            // oxlint-disable-next-line react/no-array-index-key
            key={place}
            test={test}
            result={results[place]?.name === test.name ? results[place] : undefined}
            readOnly={readOnly}
            onRename={(name) => commit(renameTest(place, name))}
            onEdit={() => setEdited(place)}
            onDuplicate={() => commit(duplicateTest(place))}
            onRemove={() => commit(removeTest(place))}
            onTry={() => onTry(test)}
          />
        ))}
      </ul>
      <Modal
        opened={edited === 'new' || under !== undefined}
        onClose={() => setEdited(undefined)}
        size={640}
        title={t(edited === 'new' ? 'tests.add' : 'tests.edit')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        {(edited === 'new' || under) && (
          <TestForm
            rules={rules}
            directory={directory}
            test={under ?? firstTest(t('tests.newName'))}
            action={t('tests.save')}
            onCancel={() => setEdited(undefined)}
            onSave={(test) => {
              commit(typeof edited === 'number' ? replaceTest(edited, test) : addTest(test));
              setEdited(undefined);
            }}
          />
        )}
      </Modal>
    </section>
  );
}

function summary(
  { state, played }: TestsRun,
  count: number,
  failed: number,
  t: (key: string, values?: Record<string, unknown>) => string,
): string {
  if (state === 'broken' || state === 'failed') return t('tests.count', { count });
  if (!played) return t('tests.running');
  const text = failed === 0 ? t('tests.allPassed', { count }) : t('tests.someFailed', { count: failed, all: count });
  return state === 'running' ? `${text} · ${t('tests.running')}` : text;
}

function firstTest(name: string): GraphTest {
  return {
    name,
    events: [
      {
        type: 'message-received',
        id: 'e1',
        at: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
        channel: { kind: 'telegram', surface: 'direct' },
        contact: { id: 'client-1' },
        chat: { type: 'private' },
        message: { kind: 'text', text: '', origin: 'client' },
        conversation: { id: 'v1', number: 1, status: 'open', inbound: 1, outbound: 0 },
      },
    ],
    expect: [],
  };
}
