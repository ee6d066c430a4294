import { useRef, useState } from 'react';
import { ActionIcon, Alert, Button, Collapse, Group, Menu, Modal, Text, TextInput, UnstyledButton } from '@mantine/core';
import {
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconCopy,
  IconDots,
  IconEdit,
  IconMessages,
  IconPencil,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { GraphTest, TestResult } from '../../../../rules/index.js';
import type { Directory } from '../../../../api/rule-sets.js';
import { useGraph, useGraphStore } from '../graph-store.js';
import type { ChatRules } from './chat.js';
import { DifferenceText } from './difference-text.js';
import { wordsOfEvent } from './event-words.js';
import { addTest, duplicateTest, removeTest, renameTest, replaceTest, testsOf } from './test-commands.js';
import { TestForm } from './test-form.js';
import type { TestsRun } from './use-tests.js';
import classes from './proving.module.css';

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

interface TestRowProps {
  test: GraphTest;
  /** Undefined until it was played. */
  result: TestResult | undefined;
  readOnly: boolean;
  onRename: (name: string) => void;
  onEdit: () => void;
  onDuplicate: () => void;
  onRemove: () => void;
  onTry: () => void;
}

function TestRow({ test, result, readOnly, onRename, onEdit, onDuplicate, onRemove, onTry }: TestRowProps) {
  const { t } = useTranslation('graph');
  const [isOpen, setOpen] = useState<boolean>();
  const [name, setName] = useState<string>();
  const isFresh = useRef(false);
  const isFailed = result?.passed === false;
  const [Mark, color, word] = !result
    ? [IconCircleDashed, 'var(--mantine-color-dimmed)', t('tests.notPlayed')]
    : isFailed
      ? [IconCircleX, 'var(--mantine-color-red-filled)', t('tests.failed')]
      : [IconCircleCheck, 'var(--mantine-color-green-filled)', t('tests.passed')];
  const keepName = () => {
    if (name !== undefined) onRename(name);
    setName(undefined);
  };
  return (
    <li className={classes.test} data-test={test.name} data-passed={result?.passed}>
      <div className={classes.testHead}>
        <Mark size={18} color={color} aria-label={word} role="img" style={{ flex: 'none' }} />
        {name === undefined ? (
          <UnstyledButton className={classes.testName} aria-expanded={isOpen ?? isFailed} onClick={() => setOpen(!(isOpen ?? isFailed))}>
            {test.name}
          </UnstyledButton>
        ) : (
          <TextInput
            size="xs"
            flex={1}
            aria-label={t('tests.name')}
            value={name}
            autoFocus
            onChange={(event) => {
              isFresh.current = false;
              setName(event.currentTarget.value);
            }}
            onBlur={(event) => {
              // The menu gives the focus back to its button as it closes: that is not the end of the typing.
              if (isFresh.current) {
                isFresh.current = false;
                return event.currentTarget.focus();
              }
              keepName();
            }}
            onKeyDown={(event) => {
              if (event.code === 'Enter') keepName();
              if (event.code === 'Escape') {
                event.stopPropagation();
                setName(undefined);
              }
            }}
          />
        )}
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('tests.more', { name: test.name })}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconMessages size={16} />} onClick={onTry}>
              {t('tests.try')}
            </Menu.Item>
            {!readOnly && (
              <>
                <Menu.Item leftSection={<IconEdit size={16} />} onClick={onEdit}>
                  {t('tests.edit')}
                </Menu.Item>
                <Menu.Item
                  leftSection={<IconPencil size={16} />}
                  onClick={() => {
                    isFresh.current = true;
                    setName(test.name);
                  }}
                >
                  {t('tests.rename')}
                </Menu.Item>
                <Menu.Item leftSection={<IconCopy size={16} />} onClick={onDuplicate}>
                  {t('tests.duplicate')}
                </Menu.Item>
                <Menu.Item leftSection={<IconTrash size={16} />} onClick={onRemove}>
                  {t('tests.remove')}
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
      <Collapse expanded={isOpen ?? isFailed}>
        <ul className={classes.differences}>
          {test.events.map((event, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index}>
              <span className={classes.dimmed}>{index + 1}.</span> {wordsOfEvent(event, t)}
            </li>
          ))}
          {(result?.differences ?? []).slice(0, shownDifferences).map((difference, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <li key={`d${index}`}>
              <DifferenceText difference={difference} />
            </li>
          ))}
        </ul>
      </Collapse>
    </li>
  );
}

/** As many as a person reads in a list; the form shows all. */
const shownDifferences = 5;

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
