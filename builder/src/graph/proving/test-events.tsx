import { useState } from 'react';
import { ActionIcon, Button, Group, JsonInput, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { IconBraces, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { defaultTimezone, type GraphTest } from '../../../../rules/index.js';
import { recordOf, textOf } from '../form/read-value.js';
import { useRuleGraph } from '../graph-store.js';
import { ClockInput } from '../form/widgets/clock-input.js';
import { toInstant, toWallClock } from '../wall-clock.js';
import { wordsOfEvent } from './event-words.js';
import classes from './proving.module.css';

type TestEvent = GraphTest['events'][number];

interface TestEventsProps {
  events: readonly TestEvent[];
  onChange: (events: TestEvent[]) => void;
  /** Whether some event is typed as JSON that is none. */
  onBad: (isBad: boolean) => void;
}

/** What happens in a test: text and clock of each event as fields, all the rest as JSON. */
export function TestEvents({ events, onChange, onBad }: TestEventsProps) {
  const { t } = useTranslation('graph');
  const last = events.at(-1);
  return (
    <Stack gap={8}>
      {events.map((event, place) => (
        <OneEvent
          // oxlint-disable-next-line react/no-array-index-key
          key={place}
          place={place}
          event={event}
          onChange={(next) => onChange(events.with(place, next))}
          onRemove={() => onChange(events.toSpliced(place, 1))}
          onBad={onBad}
        />
      ))}
      {events.length === 0 && <Text size="sm">{t('tests.noEvents')}</Text>}
      <Button
        size="compact-xs"
        variant="default"
        style={{ alignSelf: 'flex-start' }}
        onClick={() => onChange([...events, nextOf(last, events.length)])}
      >
        {t('tests.addMessage')}
      </Button>
    </Stack>
  );
}

function OneEvent({
  place,
  event,
  onChange,
  onRemove,
  onBad,
}: {
  place: number;
  event: TestEvent;
  onChange: (event: TestEvent) => void;
  onRemove: () => void;
  onBad: (isBad: boolean) => void;
}) {
  const { t } = useTranslation('graph');
  const zone = useRuleGraph().timezone ?? defaultTimezone;
  const [json, setJson] = useState<string>();
  const message = recordOf(event['message']);
  const at = textOf(event['at']);
  const wall = Number.isNaN(Date.parse(at)) ? undefined : toWallClock(Date.parse(at), zone);
  const setClock = (date: string, time: string) => {
    const instant = toInstant(date, time, zone);
    if (instant !== undefined) onChange({ ...event, at: instant });
  };
  const title = `${place + 1}. ${wordsOfEvent(event, t)}`;
  return (
    <fieldset className={classes.event} aria-label={title}>
      <Group gap={4} wrap="nowrap" mb={4}>
        <Text size="xs" c="dimmed" flex={1} truncate>
          {title}
        </Text>
        <Tooltip label={t('tests.asJson')}>
          <ActionIcon
            size="sm"
            variant={json === undefined ? 'subtle' : 'light'}
            color="gray"
            aria-label={t('tests.asJson')}
            aria-pressed={json !== undefined}
            onClick={() => {
              setJson(json === undefined ? JSON.stringify(event, null, 2) : undefined);
              onBad(false);
            }}
          >
            <IconBraces size={14} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('tests.removeEvent')}>
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t('tests.removeEvent')} onClick={onRemove}>
            <IconTrash size={14} />
          </ActionIcon>
        </Tooltip>
      </Group>
      {json === undefined ? (
        <Stack gap={6}>
          {event['message'] !== undefined && (
            <TextInput
              size="xs"
              aria-label={t('tests.text')}
              value={textOf(message['text'])}
              onChange={({ currentTarget: { value } }) => onChange({ ...event, message: { ...message, text: value } })}
            />
          )}
          {wall && (
            <Group gap={6} wrap="nowrap">
              <TextInput
                size="xs"
                type="date"
                aria-label={t('try.date')}
                value={wall.date}
                onChange={({ currentTarget: { value } }) => setClock(value, wall.time)}
              />
              <ClockInput size="xs" value={wall.time} label={t('try.time')} onChange={(time) => setClock(wall.date, time)} />
            </Group>
          )}
        </Stack>
      ) : (
        <JsonInput
          size="xs"
          aria-label={t('tests.asJson')}
          autosize
          minRows={4}
          maxRows={16}
          value={json}
          error={parse(json) ? undefined : t('tests.badJson')}
          onChange={(value) => {
            setJson(value);
            const parsed = parse(value);
            onBad(parsed === undefined);
            if (parsed) onChange(parsed);
          }}
        />
      )}
    </fieldset>
  );
}

function parse(text: string): TestEvent | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** Another message of the same client, a minute later. */
function nextOf(last: TestEvent | undefined, count: number): TestEvent {
  const at = Date.parse(textOf(last?.['at']));
  const { message: _, node: _node, status: _status, body: _body, ...rest } = last ?? {};
  return {
    ...rest,
    type: 'message-received',
    id: `e${count + 1}`,
    at: new Date(Number.isNaN(at) ? 0 : at + 60_000).toISOString(),
    message: { kind: 'text', text: '', origin: 'client' },
  };
}
