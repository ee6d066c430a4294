import { Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import type { RuleEvent } from '../../../../rules/index.js';
import type { Directory } from '../../../../api/rule-sets.js';
import { describeEffect } from '../effect-words.js';
import { textOf } from '../form/read-value.js';
import { toWallClock } from '../wall-clock.js';
import type { ChatPlay, Turn } from './chat.js';
import type { Chat, ChatMove } from './chat-move.js';
import classes from './try-it.module.css';

interface ChatLogProps {
  chat: Chat;
  /** Undefined while the graph has errors, or before it was played. */
  play: ChatPlay | undefined;
  /** The place of the turn that is drawn on the canvas. */
  shown: number;
  onShow: (turn: number) => void;
  directory: Directory;
  zone: string;
  titleOf: (node: string) => string;
  /** What stands under the turn that is shown. */
  children: ReactNode;
}

/** What was said and done so far, with the answers of the rules; a press shows a turn's way on the canvas. */
export function ChatLog({ chat, play, shown, onShow, directory, zone, titleOf, children }: ChatLogProps) {
  const { t } = useTranslation('graph');
  return (
    <>
      {chat.moves.map((move, place) => {
        const turns = (play?.turns ?? []).map((turn, index) => ({ turn, index })).filter(({ turn }) => turn.move === place);
        // A timer of which nothing came is no news, and a schedule may have thousands of them.
        const told = turns.filter(({ turn }) => turn.by !== 'timer' || turn.played.decision.trace.length > 0);
        const hidden = Math.max(0, told.length - mostTurns);
        return (
          // oxlint-disable-next-line react/no-array-index-key
          <div className={classes.turn} key={place}>
            {move.kind === 'time' && <div className={classes.effect}>{t('try.passed', { time: clockOf(move.until, zone) })}</div>}
            {hidden > 0 && <div className={classes.effect}>{t('try.hiddenTimers', { count: hidden })}</div>}
            {told.slice(hidden).map(({ turn, index }) => (
              <div className={classes.turn} key={index}>
                <TurnHead turn={turn} isShown={index === shown} onShow={() => onShow(index)} zone={zone} titleOf={titleOf} />
                <Answers turn={turn} directory={directory} zone={zone} />
                {index === shown && children}
              </div>
            ))}
            {!play && move.kind !== 'time' && <Bubble event={eventOf(move)} isShown={false} zone={zone} />}
            {play && move.kind === 'time' && told.length === 0 && <div className={classes.effect}>{t('try.nothingHappened')}</div>}
          </div>
        );
      })}
      {chat.moves.length === 0 && (
        <Text c="dimmed" size="sm" ta="center" m="auto" maw={260}>
          {t('try.empty')}
        </Text>
      )}
    </>
  );
}

/** Turns of one move that are listed at most: those of a schedule may be many. */
const mostTurns = 30;

function TurnHead({
  turn,
  zone,
  titleOf,
  ...shown
}: {
  turn: Turn;
  isShown: boolean;
  onShow: () => void;
  zone: string;
  titleOf: (node: string) => string;
}) {
  const { t } = useTranslation('graph');
  const { event, decision } = turn.played;
  if (turn.by === 'move') return <Bubble event={event} zone={zone} {...shown} />;
  const [first] = decision.trace;
  const title = first ? titleOf(first.node) : '';
  const words =
    turn.by === 'raised' ? t(`try.happened.${event.type}`) : t(event.type === 'schedule-ticked' ? 'try.ticked' : 'try.fired', { title });
  return (
    <UnstyledButton
      className={`${classes.bubble} ${classes.happening}`}
      aria-pressed={shown.isShown}
      title={t('try.showPath')}
      onClick={shown.onShow}
    >
      {clockOf(event.at, zone)} · {words}
    </UnstyledButton>
  );
}

/** A message as a bubble, anything else as a line in the middle. */
function Bubble({ event, isShown, onShow, zone }: { event: RuleEvent; isShown: boolean; onShow?: () => void; zone: string }) {
  const { t } = useTranslation('graph');
  const { type, message, contact, at } = event;
  const time = clockOf(at, zone);
  if (type !== 'message-received' && type !== 'message-sent') {
    return (
      <UnstyledButton
        className={`${classes.bubble} ${classes.happening}`}
        aria-pressed={isShown}
        title={t('try.showPath')}
        onClick={onShow}
      >
        {time} · {t(`try.happened.${type}`, { status: textOf(event['status']) })}
      </UnstyledButton>
    );
  }
  const isInbound = type === 'message-received';
  const who = isInbound ? contact?.name || t('try.nameless') : t(`try.author.${message?.origin ?? 'operator'}`);
  const kind = message?.kind !== undefined && message.kind !== 'text' ? t(`try.messageKind.${message.kind}`) : '';
  return (
    <UnstyledButton
      className={`${classes.bubble} ${classes.client} ${isInbound ? '' : classes.operator}`}
      aria-pressed={isShown}
      title={t('try.showPath')}
      onClick={onShow}
    >
      <span className={classes.meta}>{[who, time, kind].filter(Boolean).join(' · ')}</span>
      {message?.text !== '' && <span className={classes.text}>{message?.text}</span>}
    </UnstyledButton>
  );
}

/** Replies as bubbles, other effects and what became of the message as grey lines. */
function Answers({ turn: { played, by }, directory, zone }: { turn: Turn; directory: Directory; zone: string }) {
  const { t } = useTranslation('graph');
  const { effects, status, reason, error, trace, consumed } = played.decision;
  const isBlocked = played.event.contact?.['blocked'] === true;
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
            {isBlocked && <div className={`${classes.meta} ${classes.bad}`}>{t('try.notDelivered')}</div>}
          </div>
        ) : (
          // oxlint-disable-next-line react/no-array-index-key
          <div key={index} className={classes.effect}>
            {describeEffect(effect, directory, t)}
            {effect.type === 'create-task' && ` · ${t('try.due', { time: clockOf(effect.due, zone) })}`}
          </div>
        ),
      )}
      {status === 'filtered' && <div className={classes.effect}>{[t('try.dropped'), reason?.text].filter(Boolean).join(': ')}</div>}
      {error && <div className={`${classes.effect} ${classes.bad}`}>{t('try.failed', { text: error.text })}</div>}
      {trace.length === 0 && by === 'move' && <div className={classes.effect}>{t('try.nothingStarted')}</div>}
      {trace.length > 0 && status === 'passed' && effects.length === 0 && (
        <div className={classes.effect}>{t(trace.at(-1)?.port === 'wait' ? 'try.waits' : consumed ? 'try.taken' : 'try.nothingDone')}</div>
      )}
    </>
  );
}

/** What a move that was not played would have been. */
function eventOf(move: Exclude<ChatMove, { kind: 'time' }>): RuleEvent {
  return { id: '', ...move.event };
}

function clockOf(at: string, zone: string): string {
  const { date, time } = toWallClock(Date.parse(at), zone);
  return `${date.slice(8)}.${date.slice(5, 7)} ${time}`;
}
