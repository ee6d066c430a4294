import { useState } from 'react';
import { Button, Group, NumberInput, Text, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AskedCall } from './chat.js';
import classes from './proving.module.css';

interface HttpAnswerProps {
  call: AskedCall;
  /** The name of the step that asks. */
  title: string;
  onAnswer: (status: number, body: unknown) => void;
}

/** Stands in for the service that a step calls: its answer is typed in. Text that is JSON is taken as JSON, as a service's would be. */
export function HttpAnswer({ call, title, onAnswer }: HttpAnswerProps) {
  const { t } = useTranslation('graph');
  const [status, setStatus] = useState<number | string>(200);
  const [body, setBody] = useState('');
  return (
    <form
      className={classes.box}
      aria-label={t('http.label', { title })}
      onSubmit={(event) => {
        event.preventDefault();
        onAnswer(Number(status), parse(body));
      }}
    >
      <Text size="sm">{t('http.waits', { title })}</Text>
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {call.url}
      </Text>
      <Group gap={8} align="flex-start" wrap="nowrap">
        <NumberInput size="xs" w={80} label={t('http.status')} min={100} max={599} hideControls value={status} onChange={setStatus} />
        <Textarea
          size="xs"
          flex={1}
          label={t('http.body')}
          placeholder='{"found": true}'
          autosize
          minRows={1}
          maxRows={6}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
      </Group>
      <Button size="xs" type="submit" disabled={!(Number(status) >= 100 && Number(status) <= 599)} style={{ alignSelf: 'flex-start' }}>
        {t('http.answer')}
      </Button>
    </form>
  );
}

function parse(text: string): unknown {
  if (text.trim() === '') return '';
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
