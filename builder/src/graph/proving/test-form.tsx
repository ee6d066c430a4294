import { useCallback, useId, useState } from 'react';
import { Alert, Button, Checkbox, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { readEvent, type GraphTest, type RunLine, type TestResult } from '../../../../rules/index.js';
import type { Directory } from '../../../../api/rule-sets.js';
import { useLanguage } from '../../i18n.js';
import { cardOf } from '../card-view.js';
import { describeEffect } from '../effect-words.js';
import { wordsOfEvent } from './event-words.js';
import { recordOf, textOf } from '../form/read-value.js';
import { useLater } from '../use-later.js';
import type { ChatRules } from './chat.js';
import { DifferenceText } from './difference-text.js';
import { expectationOf, partsOf, togglePart, withoutFreeEnd, type Expected, type Part } from './expectation.js';
import { playTests } from './play-tests.js';
import { TestEvents } from './test-events.js';
import classes from './proving.module.css';

interface TestFormProps {
  rules: ChatRules;
  test: GraphTest;
  directory: Directory;
  /** The verb on the button. */
  action: string;
  onSave: (test: GraphTest) => void;
  onCancel: () => void;
}

/** A test under edit: what happens, and what must come of it. It is played at every change, so that one sees what the rules do with it now. */
export function TestForm({ rules, test, directory, action, onSave, onCancel }: TestFormProps) {
  const { t } = useTranslation('graph');
  const [draft, setDraft] = useState(test);
  const [badJson, setBadJson] = useState(false);
  const outcome = useLater(useCallback(() => playOne(rules, draft), [rules, draft]));
  const result = outcome?.result;
  const problem = outcome?.problem;
  const language = useLanguage();
  const titleOf = (id: string) => {
    const node = rules.graph.nodes.find((one) => one.id === id);
    return node ? cardOf(node, language, rules.graph.timezone).title : id;
  };
  const isNamed = draft.name.trim() !== '';
  const setExpected = (place: number, expected: Expected) => {
    const expect = [...draft.expect];
    while (expect.length < place) expect.push({});
    expect[place] = expected;
    setDraft({ ...draft, expect: withoutFreeEnd(expect) });
  };
  return (
    <Stack gap="lg">
      <TextInput
        label={t('tests.name')}
        value={draft.name}
        error={isNamed ? undefined : t('tests.needsName')}
        onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
        data-autofocus
      />
      <div>
        <Title order={3} mb={6}>
          {t('tests.happens')}
        </Title>
        <TestEvents events={draft.events} onChange={(events) => setDraft({ ...draft, events })} onBad={setBadJson} />
      </div>
      <div>
        <Title order={3}>{t('tests.expected')}</Title>
        <Text size="xs" c="dimmed" mb={6}>
          {t('tests.expectedHelp')}
        </Text>
        {problem !== undefined && (
          <Alert color="red" title={t('tests.cannotPlay')}>
            {problem || t('try.hasErrors')}
          </Alert>
        )}
        <Stack gap={8}>
          {(result?.lines ?? []).map((line, place) => (
            <Line
              // oxlint-disable-next-line react/no-array-index-key
              key={place}
              heading={headingOf(line, draft.events, t)}
              titleOf={titleOf}
              line={line}
              expected={draft.expect[place] ?? {}}
              differences={(result?.differences ?? []).filter((one) => one.line === place + 1)}
              directory={directory}
              onChange={(expected) => setExpected(place, expected)}
            />
          ))}
          {(result?.differences ?? [])
            .filter(({ line }) => line > (result?.lines.length ?? 0))
            .map((difference, index) => (
              // oxlint-disable-next-line react/no-array-index-key
              <DifferenceText key={index} difference={difference} />
            ))}
        </Stack>
        {draft.expect.length === 0 && (
          <Text size="sm" mt={8}>
            {t('tests.expectsNothing')}
          </Text>
        )}
      </div>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onCancel}>
          {t('tests.cancel')}
        </Button>
        <Button
          disabled={!isNamed || badJson || problem !== undefined || draft.events.length === 0}
          onClick={() => onSave({ ...draft, name: draft.name.trim() })}
        >
          {action}
        </Button>
      </Group>
    </Stack>
  );
}

interface LineProps {
  /** What it is the line of. */
  heading: string;
  line: RunLine;
  expected: Expected;
  differences: TestResult['differences'];
  directory: Directory;
  titleOf: (node: string) => string;
  onChange: (expected: Expected) => void;
}

/** One line that the rules give, with a box for each part that can be expected. */
function Line({ heading, line, expected, differences, directory, titleOf, onChange }: LineProps) {
  const { t } = useTranslation('graph');
  const id = useId();
  const parts = partsOf(line, expected);
  // Where another number of effects is expected, entry and effect do not belong together.
  const hasOtherCount = Array.isArray(expected['effects']) && expected['effects'].length !== line.effects.length;
  const box = (part: Part, label: string) => (
    <Checkbox
      key={part.path.join(' ')}
      size="xs"
      label={label}
      checked={part.isExpected}
      onChange={() => onChange(togglePart(line, expected, part))}
    />
  );
  return (
    <section className={classes.event} aria-labelledby={id}>
      <Text id={id} size="xs" c="dimmed" mb={6}>
        {heading}
      </Text>
      <Stack gap={6}>
        {parts.filter(({ path }) => path.length === 1).map((part) => box(part, labelOf(part, line, titleOf, t)))}
        {!hasOtherCount &&
          line.effects.map((effect, place) => {
            const own = parts.filter(({ path }) => path[1] === place);
            if (own.length === 0) return null;
            return (
              // oxlint-disable-next-line react/no-array-index-key
              <Stack gap={4} ml={24} key={place} role="group" aria-label={describeEffect(effect, directory, t)}>
                <Text size="xs" fw={500} style={{ overflowWrap: 'anywhere' }}>
                  {describeEffect(effect, directory, t)}
                </Text>
                {own.map((part) =>
                  box(
                    part,
                    `${t(`tests.field.${String(part.path[2])}`, { defaultValue: String(part.path[2]) })}: ${valueOf(part, titleOf)}`,
                  ),
                )}
              </Stack>
            );
          })}
      </Stack>
      {differences.length > 0 && (
        <Alert color="red" p={8} mt={8} title={t('tests.differs')} styles={{ message: { color: 'var(--mantine-color-text)' } }}>
          {differences.map((difference, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <DifferenceText key={index} difference={difference} />
          ))}
          <Button size="compact-xs" variant="default" mt={6} onClick={() => onChange(expectationOf(line))}>
            {t('tests.takeActual')}
          </Button>
        </Alert>
      )}
    </section>
  );
}

function labelOf(
  { path: [key = ''], value }: Part,
  line: RunLine,
  titleOf: (node: string) => string,
  t: (key: string, values?: Record<string, unknown>) => string,
): string {
  if (key === 'status') return t('tests.part.status', { status: t(`run.status.${line.status}`) });
  if (key === 'effects')
    return line.effects.length === 0 ? t('tests.part.noEffects') : t('tests.part.effects', { count: line.effects.length });
  const { node, text } = recordOf(value);
  return t(`tests.part.${String(key)}`, { title: titleOf(textOf(node)), text: textOf(text) }).trim();
}

function valueOf({ path, value }: Part, titleOf: (node: string) => string): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return path[2] === 'node' ? `«${titleOf(value)}»` : value;
}

/** The event of a line as the list above says it; a timer is no event of the list. */
function headingOf(
  { event, type }: RunLine,
  events: GraphTest['events'],
  t: (key: string, values?: Record<string, unknown>) => string,
): string {
  const place = events.findIndex((one, index) => (textOf(one['id']) || `e${index + 1}`) === event);
  const found = events[place];
  return found ? `${place + 1}. ${wordsOfEvent(found, t)}` : t(`try.happened.${type}`, { status: '' });
}

/** @returns with a problem instead of a result where an event is none, or (an empty text) the graph has errors */
async function playOne(rules: ChatRules, test: GraphTest): Promise<{ result?: TestResult; problem?: string }> {
  for (const [index, json] of test.events.entries()) {
    const read = readEvent(json, { position: index + 1 });
    if (!read.ok) return { problem: `${index + 1}. ${read.path}` };
  }
  const played = await playTests({ ...rules, graph: { ...rules.graph, tests: [test] } });
  const [result] = played?.results ?? [];
  return result ? { result } : { problem: '' };
}
