import { useCallback, useState } from 'react';
import { Alert, Button, Checkbox, Group, Modal, Stack, Text, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { GraphTest } from '../../../../rules/index.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { useLater } from '../use-later.js';
import type { ChatRules } from './chat.js';
import { wordsOfEvent } from './event-words.js';
import { findPersonal } from './find-personal.js';
import type { RecordedRun } from './read-recorded-run.js';
import { testOfRun } from './test-of-run.js';
import classes from './proving.module.css';

interface RunTestDialogProps {
  recorded: RecordedRun;
  rules: ChatRules;
  onSave: (test: GraphTest) => void;
  onClose: () => void;
}

/** A real message as a test: what is masked is shown, and may be kept, before it becomes part of the graph. */
export function RunTestDialog({ recorded, rules, onSave, onClose }: RunTestDialogProps) {
  const { t } = useTranslation('graph');
  const { run, version, earlier } = recorded;
  const [withEarlier, setWithEarlier] = useState(earlier.length > 0);
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const [typed, setTyped] = useState<string>();
  const [{ events, personal }, setFound] = useState(() => found(recorded, earlier.length > 0));
  const made = useLater(
    useCallback(
      async () => ({
        made: await testOfRun(
          { run, events, personal: personal.filter((one) => !kept.has(one.found)), name: '' },
          { graph: { ...version, name: rules.graph.name }, others: rules.others },
          rules,
        ),
      }),
      [run, events, personal, kept, version, rules],
    ),
  );
  const test = made?.made;
  // The name is made of what is masked: it is kept with the rules too.
  const last = test?.test.events.at(-1);
  const name = typed ?? (last ? shorten(wordsOfEvent(last, t).replace(/^[^:]*: /, '')) : '');
  return (
    <Modal opened onClose={onClose} size={640} title={t('mask.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="lg">
        <TextInput label={t('tests.name')} value={name} onChange={(change) => setTyped(change.currentTarget.value)} data-autofocus />
        {earlier.length > 0 && (
          <Checkbox
            label={t('mask.earlier', { count: earlier.length })}
            description={t('mask.earlierHelp')}
            checked={withEarlier}
            onChange={(change) => {
              setWithEarlier(change.currentTarget.checked);
              setFound(found(recorded, change.currentTarget.checked));
            }}
          />
        )}
        <div>
          <Title order={3} mb={4}>
            {t('mask.masked')}
          </Title>
          {personal.length === 0 && <Text size="sm">{t('mask.nothing')}</Text>}
          <Stack gap={4}>
            {personal.map(({ kind, found, mask }) => (
              <Checkbox
                key={found}
                size="xs"
                checked={!kept.has(found)}
                label={
                  <span style={{ overflowWrap: 'anywhere' }}>
                    {t(`mask.kind.${kind}`)}: <span className={kept.has(found) ? '' : classes.was}>{found}</span>
                    {!kept.has(found) && ` → ${mask}`}
                  </span>
                }
                onChange={() => setKept(toggled(kept, found))}
              />
            ))}
          </Stack>
          <Text size="xs" c="dimmed" mt={6}>
            {t('mask.ids')}
          </Text>
        </div>
        <div>
          <Title order={3} mb={4}>
            {t('mask.result')}
          </Title>
          {!made && <Text size="sm">{t('loading')}</Text>}
          {made && !test && <ProblemAlert problem={new Error(t('mask.cannot'))} />}
          {test && (
            <ol className={classes.bullets} aria-label={t('mask.result')}>
              {test.test.events.map((one, index) => (
                // oxlint-disable-next-line react/no-array-index-key
                <li key={index} className="client-text">
                  {wordsOfEvent(one, t)}
                </li>
              ))}
            </ol>
          )}
        </div>
        {test && !test.isSamePath && (
          <Alert color="yellow" p={8} styles={{ message: { color: 'var(--mantine-color-text)' } }}>
            {t('mask.otherPath')}
          </Alert>
        )}
        {test && !test.isSameNow && (
          <Alert color="yellow" p={8} styles={{ message: { color: 'var(--mantine-color-text)' } }}>
            {t('mask.draftDiffers')}
          </Alert>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('tests.cancel')}
          </Button>
          <Button disabled={!test || name.trim() === ''} onClick={() => test && onSave({ ...test.test, name: name.trim() })}>
            {t('mask.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function found({ event, earlier }: RecordedRun, withEarlier: boolean) {
  const events = withEarlier ? [...earlier, event] : [event];
  return { events, personal: findPersonal(events) };
}

function toggled(set: ReadonlySet<string>, one: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(one)) next.add(one);
  return next;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
