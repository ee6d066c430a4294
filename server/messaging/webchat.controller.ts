import { Body, Controller, Get, Header, Headers, HttpCode, type MessageEvent, Param, Post, Query, Req, Res, Sse } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { finalize, type Observable } from 'rxjs';
import { z } from 'zod';
import { Public } from '../auth/roles.js';
import { chatPage, type PageFile, pagePolicy, sharedFile, widgetScript } from '../channels/webchat/page-files.js';
import { makeVisitorToken, readVisitorToken } from '../channels/webchat/visitor-token.js';
import { readVisitorMessage, type VisitorMessage, writeVisitorMessage } from '../channels/webchat/webchat.body.js';
import { externalIdOf } from '../channels/webchat/webchat.connector.js';
import { type WebchatSettings, webchatSettings } from '../channels/webchat/webchat.settings.js';
import { SecretBox } from '../config/secret-box.js';
import { AccountScope } from '../db/account-scope.js';
import { RateGate, subscriberOf } from '../http/rate-gate.js';
import { Changes } from '../live/changes.js';
import { Conflict, NotFound, TooManyRequests, Unauthorized } from '../problem/problems.js';
import { rowOf } from '../sql/rows.js';
import { ConnectedChannels, type OpenChannel } from './connected-channels.js';
import { Receive } from './receive.js';
import { type ShownMessage, WebchatHistory } from './webchat-history.js';
import { streamMessages } from './webchat-stream.js';

const newMessage = z.strictObject({
  text: z
    .string()
    .max(4_096)
    .refine((text) => text.trim() !== '', 'Пустое сообщение / The message is empty'),
  clientId: z.string().regex(/^[\w-]{8,64}$/),
  name: z.string().trim().max(200).optional(),
});
const since = z.object({ after: z.uuid().optional() });

/** Offices and mobile networks share an address, so an address may do what some tens of people do. */
const mostStreams = { visitor: 6, address: 100 };

/** The web chat's page, its script for other sites, and the API that the page talks to. Everybody may call; the visitor's token says who writes. */
@ApiTags('web chat')
@Public()
@Controller('chat/:hookKey')
export class WebchatController {
  private readonly key: Buffer;
  private readonly history: WebchatHistory;
  private readonly streams = new Map<string, number>();
  private readonly gates = {
    visitors: new RateGate({ everyMs: 6_000, burst: 30 }),
    visitorWrites: new RateGate({ everyMs: 3_000, burst: 10 }),
    addressWrites: new RateGate({ everyMs: 500, burst: 60 }),
    reads: new RateGate({ everyMs: 200, burst: 100 }),
  };

  constructor(
    private readonly channels: ConnectedChannels,
    private readonly receive: Receive,
    private readonly scope: AccountScope,
    private readonly changes: Changes,
    box: SecretBox,
  ) {
    this.key = box.derive('webchat-visitor');
    this.history = new WebchatHistory(scope);
  }

  @Get()
  async page(@Param('hookKey') hookKey: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { settings } = await this.open(hookKey);
    void reply.header('content-security-policy', pagePolicy(settings)).header('cache-control', 'no-cache');
    await answer(request, reply, chatPage(hookKey, settings));
  }

  @Get(':file')
  async file(
    @Param('hookKey') hookKey: string,
    @Param('file') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { settings } = await this.open(hookKey);
    const isWidget = name === 'widget.js';
    const file = isWidget ? widgetScript(settings) : sharedFile(name);
    if (!file) throw new NotFound();
    // Other sites load the script by its fixed address, so a change of its look reaches them within minutes.
    void reply
      .header('cache-control', 'public, max-age=300')
      .header('cross-origin-resource-policy', isWidget ? 'cross-origin' : 'same-origin');
    await answer(request, reply, file);
  }

  @Post('api/visitor')
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  async visitor(@Param('hookKey') hookKey: string, @Req() { ip }: FastifyRequest): Promise<{ token: string }> {
    const { channel } = await this.open(hookKey);
    pass(this.gates.visitors, subscriberOf(ip));
    return { token: makeVisitorToken(this.key, channel.id) };
  }

  /** Stored as webhooks are, before it is read. The same clientId again is the same message; with another text it is refused. */
  @Post('api/messages')
  @Header('cache-control', 'no-store')
  async write(
    @Param('hookKey') hookKey: string,
    @Headers('authorization') authorization: string | undefined,
    @Body({ schema: newMessage }) { text, clientId, name }: z.infer<typeof newMessage>,
    @Req() { ip }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ accepted: true; id: string; duplicate: boolean }> {
    const { channel } = await this.open(hookKey);
    const visitor = this.visitorOf(authorization, channel);
    pass(this.gates.visitorWrites, visitor);
    pass(this.gates.addressWrites, subscriberOf(ip));
    const message: VisitorMessage = { type: 'message', visitor, id: clientId, text, ...(name && { name }), at: new Date().toISOString() };
    const stored = await this.receive.store(channel, writeVisitorMessage(message), `message:${externalIdOf(visitor, clientId)}`);
    // The bytes of a repeat always differ by the time.
    if (stored.duplicate && !stored.sameBody && !(await this.isSame(channel, stored.id, message))) {
      throw new Conflict({ ru: 'Такой clientId уже был с другим текстом', en: 'This clientId came before with another text' });
    }
    void reply.status(stored.duplicate ? 200 : 202);
    return { accepted: true, id: stored.id, duplicate: stored.duplicate };
  }

  @Get('api/messages')
  @Header('cache-control', 'no-store')
  async read(
    @Param('hookKey') hookKey: string,
    @Headers('authorization') authorization: string | undefined,
    @Query({ schema: since }) { after }: z.infer<typeof since>,
    @Req() { ip }: FastifyRequest,
  ): Promise<{ items: ShownMessage[] }> {
    const { channel } = await this.open(hookKey);
    const visitor = this.visitorOf(authorization, channel);
    pass(this.gates.reads, subscriberOf(ip));
    return { items: await this.history.read(channel, visitor, after) };
  }

  /** Server-sent events `message`, each a message as GET api/messages gives it: new, changed or, with `deleted`, gone. */
  @Sse('api/stream')
  async stream(
    @Param('hookKey') hookKey: string,
    @Headers('authorization') authorization: string | undefined,
    @Query({ schema: since }) { after }: z.infer<typeof since>,
    @Req() { ip }: FastifyRequest,
  ): Promise<Observable<MessageEvent>> {
    const { channel } = await this.open(hookKey);
    const visitor = this.visitorOf(authorization, channel);
    pass(this.gates.reads, subscriberOf(ip));
    const leave = this.enter([visitor, mostStreams.visitor], [subscriberOf(ip), mostStreams.address]);
    return streamMessages({ changes: this.changes, channels: this.channels, history: this.history }, channel, visitor, after).pipe(
      finalize(leave),
    );
  }

  private async open(hookKey: string): Promise<{ channel: OpenChannel; settings: WebchatSettings }> {
    const channel = hookKey.length <= 100 ? await this.channels.byHookKey(hookKey) : undefined;
    if (channel?.kind !== 'webchat' || !channel.active || channel.broken) throw new NotFound();
    return { channel, settings: webchatSettings.parse(channel.channel.settings) };
  }

  private visitorOf(authorization: string | undefined, channel: OpenChannel): string {
    const [, token = ''] = /^Bearer (\S{1,200})$/i.exec(authorization ?? '') ?? [];
    const visitor = readVisitorToken(token, this.key, channel.id);
    if (visitor === null) throw new Unauthorized({ ru: 'Нет ключа посетителя', en: 'No visitor token' });
    return visitor;
  }

  private async isSame({ accountId }: OpenChannel, requestId: string, { text, name }: VisitorMessage): Promise<boolean> {
    const row = await this.scope.run(accountId, (db) =>
      rowOf<{ body: Buffer }>(db, 'SELECT body FROM webhook_requests WHERE id = $1', [requestId]),
    );
    const before = row && readVisitorMessage(row.body);
    return before?.text === text && before.name === name;
  }

  /** Counts an open stream for each of the keys, or refuses; the returned function takes it back. */
  private enter(...limits: [key: string, most: number][]): () => void {
    if (limits.some(([key, most]) => (this.streams.get(key) ?? 0) >= most)) throw new TooManyRequests(30);
    const count = (by: number): void => {
      for (const [key] of limits) {
        const now = (this.streams.get(key) ?? 0) + by;
        if (now > 0) this.streams.set(key, now);
        else this.streams.delete(key);
      }
    };
    count(1);
    return () => count(-1);
  }
}

function pass(gate: RateGate, key: string): void {
  const waitMs = gate.take(key);
  if (waitMs > 0) throw new TooManyRequests(waitMs / 1000);
}

async function answer(request: FastifyRequest, reply: FastifyReply, { type, body, etag }: PageFile): Promise<void> {
  void reply.header('etag', etag);
  if (request.headers['if-none-match'] === etag) await reply.code(304).send();
  else await reply.type(type).send(body);
}
