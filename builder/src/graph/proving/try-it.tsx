import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ActionIcon, Text, Textarea, Tooltip, UnstyledButton } from '@mantine/core';
import { IconRestore, IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { defaultTimezone } from '../../../rules/index.js';
import type { Directory } from '../../../api/rule-sets.js';
import { useLanguage } from '../i18n.js';
import { describeEffect } from './effect-words.js';
import { useRuleGraph } from './graph-store.js';
import { useLayerStore } from './layers.js';
import { toRunLayer } from './run-layer.js';
import { RunSteps } from './run-steps.js';
import { useLater } from './use-later.js';
import { playChat, type TryMessage, type Turn } from './try-chat.js';
import { channelOf, firstChoices, instantOf, TryOptions } from './try-options.js';
import { toWallClock } from './wall-clock.js';
import classes from './try-it.module.css';

/** What was written so far; kept by the page, so that it survives a look at another panel. */
export interface TryChat {
  messages: readonly TryMessage[];
  setMessages: (messages: readonly TryMessage[]) => void;
}

/** A chat with the rules as they are drawn now, evaluated in the browser by the engine itself; nothing is sent anywhere. */
export function TryIt({ chat, directory, onJump }: { chat: TryChat; directory: Directory; onJump: (node: string) => void }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const graph = useRuleGraph();
  const layers = useLayerStore();
  const zone = graph.timezone ?? defaultTimezone;
  const [choices, setChoices] = useState(() => firstChoices(directory, t('try.sampleName')));
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<number>();
  const end = useRef<HTMLDivElement>(null);
  const turns = useLater(useCallback(() => playChat(graph, chat.messages), [graph, chat.messages]));
  const shown = chosen ?? chat.messages.length - 1;
  const turn = turns?.[shown];
  const run = useMemo(() => turn && toRunLayer(graph, turn.decision.trace, language), [graph, turn, language]);

  useEffect(() => {
    layers.setState({ run });
    return () => layers.setState({ run: undefined });
  }, [layers, run]);

  useEffect(() => {
    if (chat.messages.length > 0) end.current?.scrollIntoView({ block: 'nearest' });
  }, [chat.messages.length]);

  const at = instantOf(choices.clock, zone, 0);
  const send = () => {
    const sent = instantOf(choices.clock, zone, Date.now());
    if (text.trim() === '' || sent === undefined) return;
    const { contact, direction } = choices;
    const message: TryMessage = {
      direction,
      text,
      at: after(sent, chat.messages.at(-1)),
      contact,
      channel: channelOf(choices.channel, directory),
    };
    chat.setMessages([...chat.messages, message]);
    setChosen(undefined);
    setText('');
  };

  return (
    <div className={classes.panel} data-try-it>
      <TryOptions choices={choices} onChange={setChoices} directory={directory} zone={zone} />
      <div className={classes.chat} role="log" aria-label={t('try.chat')}>
        {chat.messages.length === 0 && (
          <Text c="dimmed" size="sm" ta="center" m="auto" maw={240}>
            {t('try.empty')}
          </Text>
        )}
        {!turns && <Text className={`${classes.effect} ${classes.bad}`}>{t('try.hasErrors')}</Text>}
        {(turns ?? chat.messages.map((message) => ({ message, decision: undefined }))).map(({ message, decision }, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <div className={classes.turn} key={index}>
            <UnstyledButton
              className={`${classes.bubble} ${classes.client} ${message.direction === 'out' ? classes.operator : ''}`}
              aria-pressed={index === shown}
              title={t('try.showPath')}
              onClick={() => setChosen(index)}
            >
              <div className={classes.meta}>
                {message.direction === 'in' ? message.contact.name || t('try.nameless') : t('try.operator')} ·{' '}
                {toWallClock(Date.parse(message.at), zone).time}
              </div>
              {message.text}
            </UnstyledButton>
            {decision && <Answers turn={{ message, decision }} directory={directory} zone={zone} />}
            {run && index === shown && <RunSteps run={run} onJump={onJump} />}
          </div>
        ))}
        <div ref={end} />
      </div>
      <div className={classes.write}>
        <Textarea
          flex={1}
          autosize
          minRows={1}
          maxRows={5}
          value={text}
          aria-label={t('try.message')}
          placeholder={t(choices.direction === 'in' ? 'try.placeholder' : 'try.placeholderOut')}
          error={at === undefined ? t('try.badClock') : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.code !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            event.stopPropagation();
            send();
          }}
        />
        {chat.messages.length > 0 && (
          <Tooltip label={t('try.again')}>
            <ActionIcon size={36} variant="default" aria-label={t('try.again')} onClick={() => chat.setMessages([])}>
              <IconRestore size={18} />
            </ActionIcon>
          </Tooltip>
        )}
        <Tooltip label={t('try.send')}>
          <ActionIcon size={36} aria-label={t('try.send')} onClick={send} disabled={text.trim() === '' || at === undefined}>
            <IconSend size={18} />
          </ActionIcon>
        </Tooltip>
      </div>
    </div>
  );
}

/** Replies as bubbles, other effects and what became of the message as grey lines. */
function Answers({ turn: { decision }, directory, zone }: { turn: Turn; directory: Directory; zone: string }) {
  const { t } = useTranslation('graph');
  const { effects, status, reason, error, trace } = decision;
  return (
    <>
      {effects.map((effect, index) =>
        effect.type === 'send-message' ? (
          // oxlint-disable-next-line react/no-array-index-key
          <div key={index} className={`${classes.bubble} ${classes.answer}`}>
            {effect.text}
            {(effect.attachments ?? []).map(({ type, url, name }) => (
              <div key={`${type} ${url}`} className={classes.meta}>
                {[t(`attachments.${type}`, { defaultValue: type }), name ?? url].filter(Boolean).join(': ')}
              </div>
            ))}
          </div>
        ) : (
          // oxlint-disable-next-line react/no-array-index-key
          <div key={index} className={classes.effect}>
            {describeEffect(effect, directory, t)}
            {effect.type === 'create-task' && ` · ${t('try.due', { time: toWallClock(Date.parse(effect.due), zone).time })}`}
          </div>
        ),
      )}
      {status === 'filtered' && <div className={classes.effect}>{[t('try.dropped'), reason?.text].filter(Boolean).join(': ')}</div>}
      {error && <div className={`${classes.effect} ${classes.bad}`}>{t('try.failed', { text: error.text })}</div>}
      {trace.length === 0 && <div className={classes.effect}>{t('try.nothingStarted')}</div>}
      {trace.length > 0 && status === 'passed' && effects.length === 0 && <div className={classes.effect}>{t('try.nothingDone')}</div>}
    </>
  );
}

/** Messages of one clock still follow each other: the later one comes a second later. */
function after(at: string, previous: TryMessage | undefined): string {
  if (!previous || Date.parse(at) > Date.parse(previous.at)) return at;
  const isSameMinute = Date.parse(previous.at) - Date.parse(at) < 60_000;
  return isSameMinute ? new Date(Date.parse(previous.at) + 1000).toISOString() : at;
}
