import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { hasSignature, parseSecrets } from '../../../server/channels/webhook/signature.js';

/**
 * How the system answers a request: a status (with a header or a body, if wanted), or trouble on the wire: `hang` never answers, `reset-before` cuts
 * before reading, `reset-after` after it has taken the message in, `huge` and `drip` never come to an end.
 */
export type AnswerMode =
  | { status: number; retryAfter?: string; body?: string; location?: string }
  | 'hang'
  | 'reset-before'
  | 'reset-after'
  | 'huge'
  | 'drip';

/** One request as it came. `refused` says why it was not taken in. */
export interface Arrival {
  id: string;
  timestamp: string;
  signature: string;
  body: string;
  /** The envelope, when it is JSON. */
  envelope: { type?: string; timestamp?: string; data?: { message?: { id?: string; conversationId?: string; text?: string } } };
  refused?: string;
}

/** What a request to our hook may have that a proper sender's has not. */
export interface SendOptions {
  /** `webhook-id`; absent: a new one. */
  id?: string;
  /** Seconds since 1970; absent: now. */
  timestamp?: number;
  /** Signed with each; absent: the system's own secrets. */
  secrets?: string[];
  /** Sent instead of the envelope, signed all the same. */
  raw?: Buffer;
  headers?: Record<string, string>;
}

/** What our hook answered. */
export interface HookAnswer {
  status: number;
  retryAfter: string | null;
  body: { accepted?: boolean; id?: string; duplicate?: boolean; title?: string; errors?: { path: string; detail: string }[] };
}

const toleranceSeconds = 300;

/**
 * A system of somebody else's on 127.0.0.1, on both ends of the generic webhook channel. It takes `message.send` only when both our own check and the
 * `standardwebhooks` package accept the signature, remembers `webhook-id`s, and sends us messages with signatures of its own making.
 */
export class ForeignSystem {
  /** Every request in its order, the refused ones too. */
  readonly arrivals: Arrival[] = [];
  /** What it took in, each `webhook-id` once, in the order of the first time. */
  readonly taken = new Map<string, Arrival>();
  /** Where its own messages go. */
  hookUrl = '';

  private readonly answers: AnswerMode[] = [];
  private readonly waiting: { wanted: number; done: () => void }[] = [];
  private server: Server | undefined;
  private sent = 0;

  /** `secrets`: any of them may have signed, as while one is being changed. */
  constructor(public secrets: string[]) {}

  /** Gives the address for replies. */
  async start(port = 0): Promise<string> {
    const server = createServer((request, response) => void this.take(request, response).catch(() => request.socket.destroy()));
    this.server = server;
    await new Promise<void>((done) => void server.listen(port, '127.0.0.1', done));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/razvilka`;
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    server.closeAllConnections();
    await new Promise<void>((done) => void server.close(() => done()));
  }

  /** The next requests are answered so, one each; after them it takes everything in with `200 {"externalId": ...}`. */
  answerNext(...modes: AnswerMode[]): void {
    this.answers.push(...modes);
  }

  /** Resolves when so many requests have come since the start. */
  async arrived(wanted: number): Promise<Arrival[]> {
    if (this.arrivals.length < wanted) await new Promise<void>((done) => this.waiting.push({ wanted, done }));
    return this.arrivals;
  }

  /** A person of the foreign system writes. */
  clientWrites(text: string, more: { id?: string; from?: string; conversation?: string } = {}, options?: SendOptions): Promise<HookAnswer> {
    const { id = `ext-${++this.sent}`, from = 'ext-user-1', conversation = `thread-of-${from}` } = more;
    const message = { id, conversationId: conversation, sentAt: new Date().toISOString(), kind: 'text', text, attachments: [] };
    return this.send('message.received', { message, sender: { id: from, name: 'Клиент' } }, options);
  }

  /** Any envelope, signed by this system. */
  async send(type: string, data: unknown, options: SendOptions = {}): Promise<HookAnswer> {
    const body = options.raw ?? Buffer.from(JSON.stringify({ type, timestamp: new Date().toISOString(), data }));
    const id = options.id ?? `req_${++this.sent}_${Date.now()}`;
    const timestamp = String(options.timestamp ?? Math.floor(Date.now() / 1000));
    const answer = await fetch(this.hookUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': (options.secrets ?? this.secrets).map((secret) => signatureOf(secret, id, timestamp, body)).join(' '),
        ...options.headers,
      },
      body: new Uint8Array(body),
    });
    const read: unknown = await answer.json().catch(() => ({}));
    return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: read as HookAnswer['body'] };
  }

  /** What a sender owes: every attempt of one `webhook-id` has the same bytes, and its own timestamp or signature. Gives the ids that break it. */
  unfaithfulRetries(): string[] {
    const bodies = new Map<string, string>();
    return this.arrivals.filter(({ id, body }) => (bodies.get(id) ?? bodies.set(id, body).get(id)) !== body).map(({ id }) => id);
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const mode = this.answers.shift() ?? { status: 200 };
    if (mode === 'reset-before') {
      this.note({ id: String(request.headers['webhook-id']), timestamp: '', signature: '', body: '', envelope: {}, refused: 'reset' });
      request.socket.resetAndDestroy();
      return;
    }
    const body = Buffer.concat(await request.toArray());
    const arrival = this.check(request, body);
    const isTaken = !arrival.refused && (typeof mode === 'string' || mode.status < 300);
    if (isTaken && !this.taken.has(arrival.id)) this.taken.set(arrival.id, arrival);
    if (arrival.refused) response.writeHead(401).end(arrival.refused);
    else this.answer(mode, arrival, response);
    this.note(arrival);
  }

  private note(arrival: Arrival): void {
    this.arrivals.push(arrival);
    for (const { wanted, done } of this.waiting) if (this.arrivals.length >= wanted) done();
  }

  private check(request: IncomingMessage, body: Buffer): Arrival {
    const header = (name: string): string => String(request.headers[name] ?? '');
    const [id, timestamp, signature] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(header) as [string, string, string];
    const text = body.toString();
    const arrival = { id, timestamp, signature, body: text, envelope: readJson(text) };
    const skew = Math.abs(Date.now() / 1000 - Number(timestamp));
    if (!(skew <= toleranceSeconds)) return { ...arrival, refused: `the timestamp is ${skew} s off` };
    const byOwn = hasSignature(
      signature,
      this.secrets.flatMap((secret) => parseSecrets(secret) ?? []),
      { id, timestamp },
      body,
    );
    const byPackage = this.secrets.some((secret) => isAccepted(new Webhook(secret), text, request));
    if (byOwn !== byPackage) return { ...arrival, refused: `own code says ${byOwn}, the package says ${byPackage}` };
    return byOwn ? arrival : { ...arrival, refused: 'bad signature' };
  }

  private answer(mode: AnswerMode, arrival: Arrival, response: ServerResponse): void {
    if (mode === 'hang') return;
    if (mode === 'reset-after' || mode === 'reset-before') return void response.socket?.resetAndDestroy();
    if (mode === 'huge') {
      const more = (): void => {
        if (!response.destroyed) response.write(Buffer.alloc(1 << 18), () => setImmediate(more));
      };
      return more();
    }
    if (mode === 'drip') {
      response.writeHead(200, { 'content-length': 1_000 });
      const timer = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(timer));
      return;
    }
    const { status, retryAfter, location, body } = mode;
    response.writeHead(status, { ...(retryAfter && { 'retry-after': retryAfter }), ...(location && { location }) });
    // 204 and 3xx go without a body of ours.
    response.end(body ?? (status === 200 ? JSON.stringify({ externalId: `ext-of-${arrival.id}` }) : ''));
  }
}

/** Its own signing, apart from ours: a mistake in ours shows. */
function signatureOf(secret: string, id: string, timestamp: string, body: Buffer): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  return `v1,${createHmac('sha256', key).update(Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body])).digest('base64')}`; // oxfmt-ignore
}

function isAccepted(webhook: Webhook, body: string, { headers }: IncomingMessage): boolean {
  try {
    webhook.verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}

function readJson(text: string): Arrival['envelope'] {
  try {
    return JSON.parse(text) as Arrival['envelope'];
  } catch {
    return {};
  }
}
