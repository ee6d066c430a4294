import { Controller, type MessageEvent, Req, Sse } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { v7 as uuid } from 'uuid';
import {
  bufferTime,
  concat,
  concatMap,
  endWith,
  filter,
  finalize,
  from,
  fromEvent,
  ignoreElements,
  interval,
  map,
  merge,
  mergeMap,
  of,
  takeUntil,
  type Observable,
} from 'rxjs';
import type { Change } from '../../api/stream.js';
import { Caller } from '../auth/caller.js';
import { everyone, Roles } from '../auth/roles.js';
import { Sessions } from '../auth/sessions.js';
import { Changes, type Heard } from './changes.js';
import { Presences } from './presences.js';

// Proxies cut silent connections after a minute; a browser that lost its network notices by this too.
const heartbeatMs = 20_000;
// Under load a page reads again a few times a second at most.
const gatherMs = 200;
const mostOfAKind = 20;

/** Tells a page what changed, so that it reads again what it shows. */
@ApiTags('stream')
@Controller('api/stream')
export class StreamController {
  constructor(
    private readonly changes: Changes,
    private readonly sessions: Sessions,
    private readonly presences: Presences,
  ) {}

  /**
   * Each event's data is a Change of api/stream.ts; the event `resync` says that some may have been missed, `connection` what this connection is called. Ends as soon as the session ends or the role
   * changes; the browser connects again and is refused.
   */
  @Roles(...everyone)
  @Sse()
  @ApiOperation({ summary: 'Server-sent events of what changed in the account' })
  stream(@Caller() caller: Caller, @Req() request: FastifyRequest): Observable<MessageEvent> {
    const heard = this.changes.of(caller.accountId);
    const closed = heard.pipe(ignoreElements(), endWith(true));
    const left = fromEvent(request.raw, 'close');
    const beats = interval(heartbeatMs).pipe(map((): MessageEvent => ({ comment: 'still here' })));
    const news = heard.pipe(bufferTime(gatherMs), concatMap(gathered), map(toEvent));
    // A new role or an ended session is told as `people`; the beat catches a session that merely grew old.
    const doubts = merge(heard.pipe(filter((it) => it === 'resync' || it.kind === 'people')), interval(heartbeatMs));
    const refused = doubts.pipe(
      mergeMap(() => from(this.sessions.isStill(caller).catch(() => false))),
      filter((isStill) => !isStill),
    );
    const connection = uuid();
    const greeting: MessageEvent = { comment: 'connected', retry: 2_000, type: 'connection', data: { id: connection } };
    return concat(of(greeting), merge(beats, news)).pipe(
      takeUntil(merge(closed, left, refused)),
      finalize(() => void this.presences.closed(caller, connection)),
    );
  }
}

/** What came within a moment, each once; many of one kind become one without an id. */
function gathered(heard: Heard[]): Heard[] {
  if (heard.includes('resync')) return ['resync'];
  const different = new Map(heard.map((change) => [JSON.stringify(change), change]));
  const byKind = new Map<Change['kind'], Change[]>();
  for (const change of different.values()) {
    if (change !== 'resync') byKind.set(change.kind, [...(byKind.get(change.kind) ?? []), change]);
  }
  return [...byKind].flatMap(([kind, changes]) => (changes.length > mostOfAKind ? [{ kind }] : changes));
}

function toEvent(heard: Heard): MessageEvent {
  return heard === 'resync' ? { type: 'resync', data: '{}' } : { data: heard };
}
