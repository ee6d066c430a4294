import type { MessageEvent } from '@nestjs/common';
import {
  catchError,
  concatMap,
  EMPTY,
  endWith,
  filter,
  from,
  ignoreElements,
  interval,
  map,
  merge,
  mergeMap,
  type Observable,
  of,
  takeUntil,
  throttleTime,
} from 'rxjs';
import type { Changes, Heard } from '../live/changes.js';
import type { ConnectedChannels, OpenChannel } from './connected-channels.js';
import type { ShownMessage, WebchatHistory } from './webchat-history.js';

/** Proxies cut silent connections after a minute; the page takes a minute of silence for a lost connection. */
const heartbeatMs = 20_000;
const gatherMs = 150;
const mostRemembered = 1_000;

/**
 * A visitor's messages as they come, first what is newer than `after`; each once for every state of it. Ends when the channel is switched off, the
 * server stops or the database is away: the page connects again and goes on from the last message that it has.
 */
export function streamMessages(
  { changes, channels, history }: { changes: Changes; channels: ConnectedChannels; history: WebchatHistory },
  channel: OpenChannel,
  visitor: string,
  after?: string,
): Observable<MessageEvent> {
  const told = new Map<string, string>();
  const changed = new Set<string>();
  let last = after;

  const read = async (): Promise<MessageEvent[]> => {
    const ids = [...changed];
    changed.clear();
    const messages = await history.read(channel, visitor, last, ids);
    last = messages.reduce((newest, { id }) => (newest === undefined || id > newest ? id : newest), last);
    return messages.filter(isNews).map((data) => ({ type: 'message', data }));
  };
  const isNews = (message: ShownMessage): boolean => {
    const state = JSON.stringify(message);
    if (told.get(message.id) === state) return false;
    told.delete(message.id);
    told.set(message.id, state);
    const [oldest] = told.keys();
    if (told.size > mostRemembered && oldest !== undefined) told.delete(oldest);
    return true;
  };
  const concerns = async (heard: Heard): Promise<boolean> => {
    if (heard === 'resync') return true;
    if (heard.kind !== 'message') return false;
    // Without a conversation, many changed at once.
    if (heard.conversationId && !(await history.isOf(heard.conversationId, channel, visitor))) return false;
    if (heard.id) changed.add(heard.id);
    return true;
  };

  const heard = changes.of(channel.accountId);
  const news = merge(
    of(true),
    heard.pipe(
      mergeMap(concerns),
      filter((it) => it),
    ),
  ).pipe(
    throttleTime(gatherMs, undefined, { leading: true, trailing: true }),
    concatMap(read),
    mergeMap((events) => from(events)),
  );
  const beats = interval(heartbeatMs).pipe(map((): MessageEvent => ({ comment: 'still here' })));
  const off = heard.pipe(
    filter((it) => it === 'resync' || (it.kind === 'channel' && (!it.id || it.id === channel.id))),
    mergeMap(() => channels.get(channel.accountId, channel.id)),
    filter((now) => !now?.active),
  );
  const stopped = heard.pipe(ignoreElements(), endWith(true));
  return merge(of<MessageEvent>({ comment: 'connected' }), news, beats).pipe(
    takeUntil(merge(off, stopped)),
    catchError(() => EMPTY),
  );
}
