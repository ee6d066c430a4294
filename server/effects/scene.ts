import type { Attachment, ChatType, EventType, Memory, RuleEvent } from '../../rules/index.js';

/** A contact as the path holds it between reading and writing. */
export interface ContactState {
  id: string;
  name: string | null;
  phone: string | null;
  bot: boolean;
  isNew: boolean;
  identity: {
    id: string;
    externalId: string;
    name: string | null;
    username: string | null;
    phone: string | null;
    profileUrl: string | null;
    isNew: boolean;
    changed: boolean;
  };
}

/** A message, for telling a robot from a person (server/messaging/loop-guard.ts). */
export interface Said {
  /** The client (in a group, which one), our rules, or one of our people. */
  by: { client: string } | 'rules' | 'person';
  text: string;
  attachments: readonly unknown[];
  /** ms since 1970, by the platform's clock. */
  at: number;
}

export interface DealState {
  id: string;
  contactId: string;
  name: string;
  pipelineId: string;
  stageId: string;
  open: boolean;
  responsibleId: string | null;
  tags: string[];
  isNew: boolean;
  changed: boolean;
}

export interface ConversationState {
  id: string;
  number: number;
  channelId: string;
  threadKey: string;
  contactId: string;
  chat: { type?: ChatType; id?: string; name?: string; title?: string };
  status: 'open' | 'closed';
  assigneeId: string | null;
  inbound: number;
  outbound: number;
  unread: number;
  needsAnswer: boolean;
  lastMessageAt: string;
  isNew: boolean;
  /** Instants (ms) of automatic replies of the last minute. */
  replies: readonly number[];
  /** What was said in it within a day, oldest first; undefined where nobody needs it: there were too few replies for two robots. */
  said: Said[] | undefined;
  /** As in the rules' memory. */
  repliesLeft: number | undefined;
  /** Messages that wait to be sent to it; counted up to `mostQueued`. */
  queued: number;
  /** Whether a task of the mode one-per-deal is open on the conversation itself (contacts without a deal). */
  hasOpenTask: boolean;
  /** What the rules keep of it between events. */
  memory: Pick<Memory, 'waiting' | 'silences' | 'outbound'>;
  memoryChanged: boolean;
}

/** What an account has, read with each batch, so that a stage that was renamed a second ago is found by its new name. */
export interface AccountState {
  id: string;
  answerAgeSeconds: number;
  pipelines: { id: string; name: string; stages: { id: string; name: string; open: boolean }[] }[];
  users: { id: string; name: string; email: string; role: string; language: 'ru' | 'en' }[];
  crmConnections: { id: string; name: string; kind: string }[];
}

/** Rows to be written at the end of the transaction, by table; see server/messaging/write-batch.ts. */
export interface NewRows {
  messages: NewMessage[];
  exports: { messageId: string; crmConnectionId: string; status: string; reason: string | null }[];
  outbox: { id: string; channelId: string; conversationId: string; messageId: string }[];
  tasks: {
    id: string;
    contactId: string;
    conversationId: string;
    dealId: string | null;
    text: string;
    mode: string;
    assigneeId: string | null;
    dueAt: string;
  }[];
  notes: { id: string; contactId: string; conversationId: string; dealId: string | null; text: string }[];
  notifications: { id: string; userId: string; text: string; conversationId: string | null }[];
  /** In the order in which they were set. */
  fields: { entity: 'deal' | 'contact'; id: string; field: string; value: string; overwrite: boolean }[];
  scores: {
    id: string;
    conversationId: string;
    contactId: string;
    ruleSetId: string;
    node: string;
    score: number;
    scale: string;
    bucket: string;
    at: string;
  }[];
  calls: {
    id: string;
    conversationId: string | null;
    ruleSetId: string;
    node: string;
    request: Record<string, unknown>;
    /** The wait that its answer ends. */
    wait: string;
    giveUpAt: string;
  }[];
  /** Messages that were held back and are exported now. */
  released: string[];
  /** What the rules will hear of next. */
  events: RaisedEvent[];
}

/** Rows of a transaction that has not begun to write. */
export function emptyRows(): NewRows {
  return {
    messages: [],
    exports: [],
    outbox: [],
    tasks: [],
    notes: [],
    notifications: [],
    fields: [],
    scores: [],
    calls: [],
    released: [],
    events: [],
  };
}

/** An event of our own making, of a conversation: `body` is what its kind adds to what the conversation itself tells. */
export interface RaisedEvent {
  id: string;
  conversationId: string | null;
  type: EventType;
  body: Record<string, unknown>;
  /** How many events of our own making led to it: rules that set each other off end somewhere. */
  depth: number;
  at: string;
}

export interface NewMessage {
  id: string;
  channelId: string;
  conversationId: string;
  contactId: string;
  direction: 'in' | 'out';
  origin: string;
  externalId: string | null;
  kind: string;
  text: string;
  attachments: Attachment[];
  post: { id?: string; url?: string } | null;
  replyTo: string | null;
  at: string;
  status: 'passed' | 'filtered' | 'error';
  reason: Record<string, unknown> | null;
  /** Which step of the rules wrote it; null for a message of a person. */
  sentBy: SentBy | null;
}

/** The step that sent a message, as `messages.sent_by` keeps it: names as they were then. */
export interface SentBy {
  run: string;
  ruleSet: string;
  name: string;
  version: number;
  node: string;
  /** The node's type. */
  type?: string;
  /** The admin's name for the step. */
  title?: string;
}

/** A wait for the answer of a call: its id, and when it ends without one, RFC 3339. */
export interface AwaitedAnswer {
  wait: string;
  giveUpAt: string;
}

/** Everything that an effect may look at or change: memory only, so that effects are rows of one transaction. */
export interface Scene {
  account: AccountState;
  event: RuleEvent;
  conversation: ConversationState;
  /** Whose conversation it is; in a group, the group. */
  contact: ContactState;
  /** The contact's open deal, else his last one; effects replace it when they open one. */
  deal: DealState | undefined;
  /** Longest text of one message on this channel, in UTF-16 units. */
  maxTextLength: number;
  rows: NewRows;
  /** Opens a deal in the account's first pipeline at its first open stage. */
  openDeal(): DealState;
  /** The rule set and the node that ask. */
  ruleSetId: string;
  node: string;
  /** The same with the run, for what it sends. */
  sentBy: SentBy;
  /** The run's wait for the answer of this node's call. */
  awaited: AwaitedAnswer | undefined;
  /** The message of the event goes to these CRM connections only. */
  exportTo(connections: string[]): void;
  /** Tells the rules of something that this effect made happen. */
  raise(event: Pick<RaisedEvent, 'type'> & { body?: Record<string, unknown> }): void;
  /** Remembers, for the later messages of the batch, that the deal has an open task of the mode one-per-deal. */
  noteOpenTask(deal: DealState): void;
}

/** What became of an effect: done, or why there was nothing to do it to. */
export type Applied = { outcome: 'applied' } | { outcome: 'skipped'; detail: string };

export const applied: Applied = { outcome: 'applied' };
export const skipped = (detail: string): Applied => ({ outcome: 'skipped', detail });
