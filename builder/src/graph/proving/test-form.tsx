import { useCallback, useId, useState } from 'react';
import { Alert, Button, Checkbox, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { readEvent, type GraphTest, type RunLine, type TestResult } from '../../../../rules/index.js';
import type { Directory } from '../../../../api/rule-sets.js';
import { describeEffect } from '../effect-words.js';
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

/** One line that the rules give, with a box for each part that can be expected. */
function Line({
  line,
  expected,
  differences,
  directory,
  onChange,
}: {
  line: RunLine;
  expected: Expected;
  differences: TestResult['differences'];
  directory: Directory;
  onChange: (expected: Expected) => void;
}) {
  const { t } = useTranslation('graph');
  const heading = useId();
  const parts = partsOf(line, expected);
  // Where another number of effects is expected, entry and effect do not belong together.
  const hasOtherCount = Array.isArray(expected['effects']) && expected['effects'].length !== line.effects.length;
  return (
    <section className={classes.event} aria-labelledby={heading}>
      <Text id={heading} size="xs" c="dimmed" mb={4}>
        {line.event} · {t(`try.happened.${line.type}`, { status: '' })}
      </Text>
      <Stack gap={6}>
        {parts
          .filter(({ path }) => !(hasOtherCount && path.length > 1))
          .map((part) => (
            <Checkbox
              key={part.path.join(' ')}
              size="xs"
              ml={part.path.length > 1 ? 24 : 0}
              label={<PartLabel part={part} line={line} directory={directory} />}
              checked={part.isExpected}
              onChange={() => onChange(togglePart(line, expected, part))}
            />
          ))}
      </Stack>
      {differences.length > 0 && (
        <Alert color="red" p={8} mt={8} title={t('tests.differs')}>
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

function PartLabel({ part: { path, value }, line, directory }: { part: Part; line: RunLine; directory: Directory }) {
  const { t } = useTranslation('graph');
  const [key = '', place, field] = path;
  if (typeof place === 'number') {
    const effect = line.effects[place];
    const isFirst = field === Object.keys(effect ?? {})[0];
    return (
      <>
        {isFirst && effect && <b>{describeEffect(effect, directory, t)}. </b>}
        {t(`tests.field.${String(field)}`, { defaultValue: String(field) })}: {spell(value)}
      </>
    );
  }
  if (key === 'status') return <>{t('tests.part.status', { status: t(`run.status.${String(value)}`) })}</>;
  if (key === 'effects')
    return <>{line.effects.length === 0 ? t('tests.part.noEffects') : t('tests.part.effects', { count: line.effects.length })}</>;
  const { node, text } = recordOf(value);
  return <>{t(`tests.part.${String(key)}`, { node: textOf(node), text: textOf(text) })}</>;
}

function spell(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
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
