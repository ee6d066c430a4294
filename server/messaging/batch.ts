import { v7 as uuid } from 'uuid';
import type { Decision, Memory, RuleEvent } from '../../rules/index.js';
import type { AccountState, Applied, ContactState, ConversationState, DealState, NewRows } from '../effects/scene.js';
import type { ActiveRuleSet } from './active-rule-sets.js';
import type { OpenChannel } from './connected-channels.js';

/** One rule set's run on one event, as it will be stored: version, input, decision, and what became of each effect. */
export interface RunRecord {
  id: string;
  ruleSet: ActiveRuleSet;
  event: RuleEvent;
  /** What the run was given, before it. */
  memory: Memory;
  decision: Decision;
  messageId: string | null;
  conversationId: string;
  applied: Applied[];
}

/** A change to a message that is there already (or comes earlier in the same batch). */
export type MessageChange =
  | { kind: 'edited'; externalId: string; at: string; text: string; attachments: unknown[] | null }
  | { kind: 'deleted'; externalId: string; at: string };

/** A platform's word on a message that we sent. */
export interface StatusChange {
  messageId: string | null;
  externalId: string | null;
  status: 'sent' | 'delivered' | 'read' | 'failed';
  detail: string | null;
}

/** Takes the account's next numbers of conversations or deals and gives the first of them (numbers.ts). */
export type Reserve = (of: 'conversation' | 'deal', count: number) => Promise<number>;

/**
 * Everything that one transaction works on: read by gather-facts, changed in memory message by message, written by write-batch.
 * Messages of a batch see what the earlier ones did, as if each had its own commit.
 */
export class Batch {
  readonly contacts = new Map<string, ContactState>();
  /** By `<identity scope> <external id>`. */
  readonly contactsByIdentity = new Map<string, ContactState>();
  /** Open conversations of the channel, by thread key. */
  readonly conversations = new Map<string, ConversationState>();
  /** By contact; undefined value: he has none. */
  readonly deals = new Map<string, DealState | undefined>();
  /** Deals with an open task of the mode one-per-deal. */
  readonly dealsWithTask = new Set<string>();
  /** Messages of the channel that are stored already, by external id. */
  readonly knownMessages = new Set<string>();
  readonly newDeals: DealState[] = [];
  readonly runs: RunRecord[] = [];
  readonly messageChanges: MessageChange[] = [];
  readonly statusChanges: StatusChange[] = [];
  readonly blockedIdentities: { externalId: string; blocked: boolean }[] = [];
  readonly rows: NewRows = { messages: [], exports: [], outbox: [], tasks: [], notes: [], notifications: [] };
  /** Turns of round-robins, by `<rule set's name>/<node id>`. */
  turns: Record<string, number> = {};
  turnsTaken = false;
  private freeNumbers: number[] = [];

  constructor(
    readonly open: OpenChannel,
    readonly account: AccountState,
    readonly ruleSets: readonly ActiveRuleSet[],
    readonly reserve: Reserve,
  ) {}

  /** People of one platform are one contact over its channels, unless its ids are the channel's own. */
  get identityScope(): string {
    return this.open.connector.identityScope === 'kind' ? this.open.kind : this.open.id;
  }

  giveNumbers(first: number, count: number): void {
    this.freeNumbers = Array.from({ length: count }, (_, i) => first + i);
  }

  /** The number of a new conversation; gather-facts reserved enough. */
  takeNumber(): number {
    const number = this.freeNumbers.shift();
    if (number === undefined) throw new Error('no conversation number was reserved');
    return number;
  }

  /** A deal in the account's first pipeline at its first open stage, the contact's newest from now on. */
  openDeal(contact: ContactState): DealState {
    const pipeline = this.account.pipelines[0];
    const stage = pipeline?.stages.find((stage) => stage.open);
    if (!pipeline || !stage) throw new Error('the account has no pipeline with an open stage');
    const deal: DealState = {
      id: uuid(),
      contactId: contact.id,
      name: contact.name ?? contact.identity.username ?? contact.identity.phone ?? this.open.channel.name,
      pipelineId: pipeline.id,
      stageId: stage.id,
      open: true,
      responsibleId: null,
      tags: [],
      isNew: true,
      changed: false,
    };
    this.newDeals.push(deal);
    this.deals.set(contact.id, deal);
    return deal;
  }

  stageOf(deal: DealState): { pipeline: string; stage: string } {
    const pipeline = this.account.pipelines.find((pipeline) => pipeline.id === deal.pipelineId);
    const stage = pipeline?.stages.find((stage) => stage.id === deal.stageId);
    return { pipeline: pipeline?.name ?? '', stage: stage?.name ?? '' };
  }
}
