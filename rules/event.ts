/** What starts a run. Stored ids, kebab-case, past tense. `timer-fired` and `schedule-ticked` are made by the clock. */
export const eventTypes = [
  'message-received',
  'message-sent',
  'http-answered',
  'call-missed',
  'contact-subscribed',
  'conversation-opened',
  'conversation-closed',
  'score-requested',
  'stage-changed',
  'schedule-ticked',
  'timer-fired',
] as const;
export type EventType = (typeof eventTypes)[number];

export const messageKinds = [
  'text',
  'image',
  'video',
  'audio',
  'voice',
  'file',
  'sticker',
  'location',
  'contact',
  'story-reply',
  'story-mention',
  'comment',
] as const;
export type MessageKind = (typeof messageKinds)[number];

/** Who wrote a message: the client, or, of a sent one, the operator, the CRM, a mailing, a person in the messenger itself, the rules. */
export const messageOrigins = ['client', 'operator', 'crm', 'mailing', 'phone', 'rules'] as const;
export type MessageOrigin = (typeof messageOrigins)[number];

export const chatTypes = ['private', 'group', 'comments'] as const;
export type ChatType = (typeof chatTypes)[number];

export const surfaces = ['direct', 'comments'] as const;
export type Surface = (typeof surfaces)[number];

export interface Attachment {
  /** image, video, audio, voice, file, sticker, location, contact. */
  type: string;
  url?: string;
  name?: string;
  mime?: string;
  /** Bytes. */
  size?: number;
}

/**
 * What happened, as plain JSON; every field but `type` may be absent, unknown fields are kept and ignored.
 * `id` and `at` are filled in before a run (see `readEvent`), so nodes may rely on them.
 */
export interface RuleEvent {
  type: EventType;
  id: string;
  /** RFC 3339 instant: the only clock that a run knows. */
  at: string;
  channel?: { id?: string; kind?: string; name?: string; account?: string; surface?: Surface };
  contact?: { id?: string; name?: string; username?: string; phone?: string; bot?: boolean; [key: string]: unknown };
  chat?: { type?: ChatType; id?: string; name?: string; title?: string };
  message?: {
    id?: string;
    kind?: MessageKind;
    text?: string;
    origin?: MessageOrigin;
    attachments?: Attachment[];
    post?: { id?: string; url?: string };
    [key: string]: unknown;
  };
  conversation?: { id?: string; number?: number; status?: 'open' | 'closed'; inbound?: number; outbound?: number; [key: string]: unknown };
  deal?: { id?: string; pipeline?: string; stage?: string; open?: boolean; responsible?: string; tags?: string[]; [key: string]: unknown };
  [key: string]: unknown;
}
