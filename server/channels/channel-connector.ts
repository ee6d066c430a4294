import type { z } from 'zod';
import type { Attachment, Bilingual, ChatType, MessageKind, Surface } from '../../rules/index.js';

/** A channel as its connector sees it: the row with its secrets in the clear, settings parsed by the connector's schema. */
export interface ConnectedChannel<Settings = Record<string, unknown>> {
  id: string;
  name: string;
  account: string | null;
  surface: Surface;
  settings: Settings;
  /** The public address of this channel's hook, absolute when PUBLIC_URL is set. */
  hookUrl: string;
}

/** A request as it came, before anything is trusted. Header names are lower-case. */
export interface HookRequest {
  method: string;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  /** Ms since 1970, by the server's clock. */
  receivedAt: number;
}

/**
 * What the hook answers before storing: `store` when the sender is who he says (with a key that makes repeats one, where the platform's contract asks
 * the answer to tell a repeat), `refuse` with an HTTP status and, for bad input, the places.
 */
export type Verdict = { store: true; dedupeKey?: string } | { refuse: number; title: string; errors?: { path: string; detail: string }[] };

export interface Sender {
  /** The person's id on the platform, as text (ids beyond 2^53 stay exact). */
  externalId: string;
  name?: string;
  username?: string;
  /** Digits only, with the country code. */
  phone?: string;
  email?: string;
  profileUrl?: string;
  bot?: boolean;
}

/** What a platform reports, in our words. `at` is RFC 3339. `threadKey` names the platform's conversation within the channel. */
export type ChannelEvent =
  | {
      type: 'message-received';
      /** Unique within the channel. */
      externalId: string;
      at: string;
      threadKey: string;
      chat: { type: ChatType; id: string; name?: string; title?: string };
      sender: Sender;
      kind: MessageKind;
      text: string;
      attachments: Attachment[];
      post?: { id?: string; url?: string };
      /** The platform's id of the message answered to. */
      replyTo?: string;
      surface?: Surface;
    }
  | { type: 'message-edited'; externalId: string; at: string; text: string; attachments?: Attachment[] }
  | { type: 'message-deleted'; externalId: string; at: string }
  /** `messageId` is ours, `externalId` the platform's; one of them is known. */
  | {
      type: 'message-status';
      messageId?: string;
      externalId?: string;
      at: string;
      status: 'sent' | 'delivered' | 'read' | 'failed';
      detail?: string;
    }
  | { type: 'call-missed'; externalId: string; at: string; threadKey: string; sender: Sender }
  | { type: 'contact-subscribed'; externalId: string; at: string; threadKey: string; sender: Sender }
  | { type: 'contact-blocked'; at: string; sender: Sender; blocked: boolean }
  | { type: 'thread-moved'; at: string; from: string; to: string };

/** A stored body in our words: nothing to do is an empty list with the reason, a body that no parser understands throws `UnreadableBody`. */
export interface Parsed {
  events: ChannelEvent[];
  ignored?: string;
}

/** The stored body is not what the platform documents; the row is kept, quarantined and shown. */
export class UnreadableBody extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnreadableBody';
  }
}

export interface OutgoingMessage {
  /** Our message's id: the key against doubles where a platform takes one. */
  id: string;
  threadKey: string;
  chat: { type?: string; id?: string; name?: string; title?: string };
  /** The contact's id on the platform. */
  recipient: string;
  text: string;
  attachments: Attachment[];
  /** The platform's id of the message to answer to (comments). */
  replyTo?: string;
  /** 1 for the first attempt. */
  attempt: number;
}

/** A token bucket: `burst` at once, then one per `everyMs`. `key` names what shares it. */
export interface RateLimit {
  key: string;
  everyMs: number;
  burst: number;
}

export interface ChannelConnector<Schema extends z.ZodType = z.ZodType> {
  /** Folder name = stored id. */
  kind: string;
  title: Bilingual;
  description: Bilingual;
  /** A Tabler icon's name. */
  icon: string;
  /** The connect form. `.meta({ label, help, placeholder, secret: true })`: secrets are stored encrypted and never shown again. */
  settings: Schema;
  /** People of one platform are one contact over all channels of this kind (`kind`), or each channel's ids are its own (`channel`). */
  identityScope: 'kind' | 'channel';
  /** Longest text of one message, in UTF-16 units; longer ones are split at white space. */
  maxTextLength: number;
  /** Whether the platform recognises a repeated send by our key, so that an unknown outcome may be resent. */
  dedupesSends: boolean;
  /** Waits between attempts after `unreachable`, in ms. Absent: the common schedule. */
  retrySchedule?: readonly number[];

  /** The buckets that a send to this thread takes from. */
  limits(channel: ConnectedChannel<z.output<Schema>>, message: OutgoingMessage): RateLimit[];
  /** Pure: the sender's proof, checked on the raw bytes. A channel without its secret refuses everything. */
  verify(request: HookRequest, channel: ConnectedChannel<z.output<Schema>>): Verdict;
  /** Pure: a stored body in our words. Throws `UnreadableBody`. */
  parse(body: Buffer, channel: ConnectedChannel<z.output<Schema>>): Parsed;
  /** Sends and gives the platform's id of the message, if it tells one. Throws `ConnectorError`. */
  send(message: OutgoingMessage, channel: ConnectedChannel<z.output<Schema>>, calls: OutgoingCalls): Promise<{ externalId?: string }>;
  /** Makes the platform call our hook (or stop): when a channel is created, changed, switched on or off. Gives what it learnt of the account. */
  connect?(channel: ConnectedChannel<z.output<Schema>>, calls: OutgoingCalls): Promise<{ account?: string }>;
  disconnect?(channel: ConnectedChannel<z.output<Schema>>, calls: OutgoingCalls): Promise<void>;
  /**
   * For people without a public address: asks the platform for what is new. `cursor` is what the last call gave, stored only after its bodies were.
   * Waits up to `waitMs` for news. Throws `ConnectorError`.
   */
  poll?: {
    wanted(channel: ConnectedChannel<z.output<Schema>>): boolean;
    fetch(
      channel: ConnectedChannel<z.output<Schema>>,
      cursor: string | null,
      waitMs: number,
      calls: OutgoingCalls,
      signal: AbortSignal,
    ): Promise<{ bodies: Buffer[]; cursor: string | null }>;
  };
}

/** The one guarded HTTP client (server/http/outgoing-calls.ts): public addresses only unless allowed, no redirects, bounded in time and size. */
export interface OutgoingCalls {
  /**
   * Gives any answer that came (also 4xx and 5xx). Throws `ConnectorError`: `unreachable` when the request surely did not arrive (name not found,
   * refused, TLS), `unknown` when it left and no whole answer came, `misconfigured` for an address that is not allowed.
   */
  request(call: {
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
    url: string;
    headers?: Record<string, string>;
    body?: string | Buffer;
    /** Default 15 s. */
    timeoutMs?: number;
    signal?: AbortSignal;
  }): Promise<{ status: number; headers: Record<string, string>; body: Buffer }>;
}

/** Gives the definition its types. */
export function defineConnector<Schema extends z.ZodType>(connector: ChannelConnector<Schema>): ChannelConnector<Schema> {
  return connector;
}
