import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { defaultTimezone, type EventChange, type GraphTest, type RuleEvent } from '../../../../rules/index.js';
import type { Directory } from '../../../../api/rule-sets.js';
import { useLanguage } from '../../i18n.js';
import { cardOf } from '../card-view.js';
import { useGraph } from '../graph-store.js';
import { useLayerStore } from '../layers.js';
import { toRunLayer } from '../run-layer.js';
import { RunSteps } from '../run-steps.js';
import { useLater } from '../use-later.js';
import { toWallClock } from '../wall-clock.js';
import { ChatLog } from './chat-log.js';
import { playChat, type ChatRules } from './chat.js';
import type { Chat, ChatMove } from './chat-move.js';
import { Compose, type Composed } from './compose.js';
import { HttpAnswer } from './http-answer.js';
import { contextsOf } from './step-context.js';
import { StepContextView } from './step-context-view.js';
import { TimeTools } from './time-tools.js';
import { afterLast, instantOf, toChatEvent, type TryChoices } from './try-choices.js';
import { TryOptions } from './try-options.js';
import { useWorkerDesk } from './use-worker-desk.js';
import { WeekStrip } from './week-strip.js';
import { WhyNotView } from './why-not-view.js';
import classes from './try-it.module.css';

/** A chat that is being tried; kept by the page, so that it survives a look at another panel. */
export interface Trying {
  chat: Chat;
  choices: TryChoices;
  /** What to say above the chat: where it comes from. */
  note?: string;
}

interface TryItProps {
  trying: Trying;
  onChange: (trying: Trying) => void;
  rules: ChatRules;
  directory: Directory;
  onJump: (node: string) => void;
  /** Keeps the chat as a test; absent: the graph cannot be changed. */
  onSave?: (events: GraphTest['events'], name: string) => void;
}

/** A chat with the rules as they are drawn now, evaluated in the browser by the engine itself; nothing is sent anywhere. */
export function TryIt({ trying, onChange, rules, directory, onJump, onSave }: TryItProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const layers = useLayerStore();
  const desk = useWorkerDesk();
  const { chat, choices } = trying;
  const zone = rules.graph.timezone ?? defaultTimezone;
  const [chosen, setChosen] = useState<number>();
  const [typed, setTyped] = useState('');
  const [showsWeek, setShowsWeek] = useState(false);
  const end = useRef<HTMLDivElement>(null);
  const play = useLater(useCallback(() => playChat(rules, chat, directory.pipelines), [rules, chat, directory.pipelines]));
  const shown = chosen ?? play?.turns.findLastIndex(({ by }) => by !== 'raised') ?? -1;
  const turn = play?.turns[shown];
  const run = useMemo(() => turn && toRunLayer(rules.graph, turn.played.decision.trace, language), [rules.graph, turn, language]);
  const contexts = useLater(useCallback(async () => (turn ? contextsOf(rules, turn.played) : []), [rules, turn]));
  const deal = play?.deals.get(choices.contact.id);
  const hasSelected = useGraph(({ selection }) => selection.nodes.size === 1);

  useEffect(() => {
    layers.setState({ run });
    return () => layers.setState({ run: undefined });
  }, [layers, run]);

  useEffect(() => {
    if (chat.moves.length > 0) end.current?.scrollIntoView({ block: 'nearest' });
  }, [chat.moves.length]);

  const at = instantOf(choices.clock, zone, 0);
  const add = (move: ChatMove, next: Partial<TryChoices> = {}) => {
    const start = chat.moves.length === 0 && move.kind === 'event' ? move.event.at : chat.start;
    onChange({ ...trying, chat: { ...chat, start, moves: [...chat.moves, move] }, choices: { ...choices, ...next } });
    setChosen(undefined);
  };
  const now = () => (chat.moves.length === 0 ? undefined : play?.now);
  const clock = () => {
    const sent = instantOf(choices.clock, zone, Date.now());
    return sent && afterLast(sent, choices.clock, now());
  };
  const send = (composed: Composed) => {
    const sent = clock();
    if (sent === undefined) return;
    add(
      { kind: 'event', event: toChatEvent(choices, { ...composed, at: sent }, directory), ...(choices.deal && { deal: choices.deal }) },
      { deal: undefined },
    );
  };
  const pass = (until: number) => {
    add({ kind: 'time', until: new Date(until).toISOString() }, { clock: toWallClock(until, zone) });
  };
  const answer = (node: string, status: number, body: unknown) => {
    const base = toChatEvent(
      choices,
      { what: 'call-missed', text: '', kind: 'text', at: new Date((play?.now ?? Date.parse(chat.start)) + 1000).toISOString() },
      directory,
    );
    add({ kind: 'event', event: { ...base, type: 'http-answered', node, status, body } });
  };
  const titleOf = (id: string) => {
    const node = rules.graph.nodes.find((one) => one.id === id);
    return node ? cardOf(node, language, rules.graph.timezone).title : id;
  };
  const tryChange = ({ event }: EventChange) => {
    if (!turn) return;
    onChange({ ...trying, chat: { ...chat, moves: chat.moves.with(turn.move, { kind: 'recorded', event }) } });
  };
  const weekEvent = useMemo((): RuleEvent | undefined => {
    if (typed.trim() !== '') {
      const moment = instantOf(choices.clock, zone, Date.parse(chat.start)) ?? chat.start;
      return { ...toChatEvent(choices, { what: 'client', text: typed, kind: 'text', at: moment }, directory), id: 'e1' };
    }
    return play?.turns.findLast(({ played }) => played.event.type === 'message-received')?.played.event;
  }, [typed, choices, zone, chat.start, directory, play]);

  return (
    <div className={classes.panel} data-try-it>
      <TryOptions
        choices={choices}
        onChange={(next) => onChange({ ...trying, choices: next })}
        directory={directory}
        deal={deal}
        zone={zone}
      />
      <TimeTools
        nextDue={play?.nextDue}
        zone={zone}
        hasMoves={chat.moves.length > 0}
        canSave={onSave !== undefined && play !== undefined}
        isWeekShown={showsWeek}
        onJump={() => play?.nextDue !== undefined && pass(play.nextDue)}
        onPass={(minutes) => pass((now() ?? Date.parse(instantOf(choices.clock, zone, Date.now()) ?? chat.start)) + minutes * 60_000)}
        onWeek={() => setShowsWeek(!showsWeek)}
        onSave={() => play && onSave?.(play.events, nameOf(play.events, t))}
        onRestart={() => {
          onChange({ chat: { start: new Date().toISOString(), moves: [] }, choices: { ...choices, deal: undefined } });
          setChosen(undefined);
        }}
      />
      <div className={classes.chat} role="log" aria-label={t('try.chat')} tabIndex={0}>
        {trying.note !== undefined && (
          <Alert color="gray" p={8} style={{ flex: 'none' }}>
            <Text size="xs">{trying.note}</Text>
          </Alert>
        )}
        {!play && chat.moves.length > 0 && <Text className={`${classes.effect} ${classes.bad}`}>{t('try.hasErrors')}</Text>}
        <ChatLog chat={chat} play={play} shown={shown} onShow={setChosen} directory={directory} zone={zone} titleOf={titleOf}>
          {run && (
            <RunSteps
              run={run}
              onJump={onJump}
              details={contexts?.map((context, index) => (
                <StepContextView key={`${shown} ${index}`} context={context} directory={directory} />
              ))}
            />
          )}
        </ChatLog>
        <div ref={end} />
      </div>
      <div className={classes.foot}>
        {showsWeek && !weekEvent && <Text className={classes.effect}>{t('week.noMessage')}</Text>}
        {showsWeek && weekEvent && (
          <WeekStrip
            desk={desk}
            rules={rules}
            event={weekEvent}
            given={chat.given}
            zone={zone}
            onChoose={(instant) => onChange({ ...trying, choices: { ...choices, clock: toWallClock(Date.parse(instant), zone) } })}
          />
        )}
        {turn && (hasSelected || !showsWeek) && turn.played.event.type !== 'timer-fired' && (
          <WhyNotView desk={desk} rules={rules} played={turn.played} onTry={tryChange} />
        )}
        {(play?.calls ?? []).map((call) => (
          <HttpAnswer
            key={`${call.node} ${call.due}`}
            call={call}
            title={titleOf(call.node)}
            onAnswer={(status, body) => answer(call.node, status, body)}
          />
        ))}
      </div>
      <Compose isClockRight={at !== undefined} onSend={send} onText={setTyped} />
    </div>
  );
}

/** A name for the test of a chat: its first message, else what happened first. */
function nameOf(events: readonly RuleEvent[], t: (key: string) => string): string {
  const text = events.find(({ message }) => message?.text)?.message?.text ?? '';
  const short = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  return short || t(`try.happened.${events[0]?.type ?? 'message-received'}`);
}
