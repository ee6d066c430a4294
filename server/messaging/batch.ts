import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { CompiledGraph, Decision, Memory, RuleEvent, RunCause } from '../../rules/index.js';
import {
  emptyRows,
  type AccountState,
  type Applied,
  type ContactState,
  type ConversationState,
  type DealState,
  type NewRows,
} from '../effects/scene.js';
import type { ActiveRuleSet } from './active-rule-sets.js';
import { isInRelease } from './is-in-release.js';
import type { ShadowEvent } from './note-for-shadows.js';
import type { OpenChannel } from './connected-channels.js';

/** One rule set's run on one event, as it will be stored: version, input, decision, and what became of each effect. */
export interface RunRecord {
  id: string;
  ruleSet: ActiveRuleSet;
  /** The version that ran: of a run that waited, the one that it began with. */
  version: number;
  /** With the rule set it makes the run unique: the event's id, or the timer's. */
  key: string;
  event: RuleEvent;
  /** What the run was given, before it. */
  memory: Memory;
  /** The message was too old to be answered when it came: an input of the run as well. */
  late: boolean;
  /** Expressions were stopped: an input, too. */
  expressionsStopped: boolean;
  /** What set it off. */
  cause: RunCause;
  decision: Decision;
  messageId: string | null;
  conversationId: string | null;
  applied: Applied[];
}

/** A change to a message, which may be there already, come in the same batch, or come later. */
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

/** Reads and compiles a version of a rule set that is not the live one; undefined when it cannot be read. */
export type VersionOf = (db: EntityManager, ruleSet: ActiveRuleSet, version: number) => Promise<CompiledGraph | undefined>;

/** Takes the account's next numbers of conversations or deals and gives the first of them (numbers.ts). */
export type Reserve = (of: 'conversation' | 'deal', count: number) => Promise<number>;

type CounterSubjects = Pick<ConversationState, 'id' | 'contactId' | 'channelId'>;

interface CounterKey {
  /** As the rules' memory spells it. */
  place: string;
  /** `<rule set's id> <node> <subject>`. */
  key: string;
}

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
  /** Changes that came before these messages did, by external id; whatever of it is among the batch's new messages is used up. */
  readonly earlyChanges = new Map<string, MessageChange[]>();
  /** External ids of messages that somebody has deleted, before this batch or within it, before or after they come. */
  readonly deletedMessages = new Set<string>();
  readonly newDeals: DealState[] = [];
  readonly runs: RunRecord[] = [];
  readonly messageChanges: MessageChange[] = [];
  readonly statusChanges: StatusChange[] = [];
  readonly blockedIdentities: { externalId: string; blocked: boolean }[] = [];
  readonly rows: NewRows = emptyRows();
  /** Conversations that are closed and wait for a score still, by thread key. */
  readonly asked = new Map<string, ConversationState>();
  /** Versions that waiting runs go on with, by `<rule set's name> <version>`. */
  readonly versions = new Map<string, CompiledGraph>();
  /** Turns of round-robins, by `<rule set's name>/<node id>`. */
  turns: Readonly<Record<string, number>> = {};
  turnsTaken = false;
  /** Open deals by user, where a rule set asks. */
  loads: Readonly<Record<string, number>> | undefined;
  /** Instants of counters, by `<rule set's id> <node> <subject>`, with those that changed. */
  readonly counters = new Map<string, readonly number[]>();
  readonly counted = new Set<string>();
  /** Messages that people sent, with what the rules said of them. */
  readonly sent: {
    id: string;
    status: Decision['status'];
    reason: Record<string, unknown> | null;
    /** `hold-outbound` keeps it from the CRM. */
    isHeld: boolean;
    exportedTo: string[] | undefined;
  }[] = [];
  /** What shadows are told of, in order. */
  readonly shadowEvents: ShadowEvent[] = [];
  /** Too many expressions of the account took too long a moment ago: asked once, so that it holds for the whole transaction. */
  expressionsStopped = false;
  private freeNumbers: number[] = [];

  constructor(
    readonly open: OpenChannel,
    readonly account: AccountState,
    readonly ruleSets: readonly ActiveRuleSet[],
    readonly versionOf: VersionOf,
    readonly reserve: Reserve,
  ) {}

  /** People of one platform are one contact over its channels, unless its ids are the channel's own. */
  get identityScope(): string {
    return this.open.connector.identityScope === 'kind' ? this.open.kind : this.open.id;
  }

  /** The versions that are live for a contact, in order of priority. */
  liveFor(contactId: string): CompiledGraph[] {
    return this.ruleSets.map((ruleSet) => liveVersionOf(ruleSet, contactId));
  }

  /** A rule set by name, as it is live for a contact; with a version, the one that a waiting run began with. */
  graph(contactId: string, name: string, version?: number): CompiledGraph | undefined {
    const live = this.ruleSets.find((ruleSet) => ruleSet.name === name);
    if (!live || version === undefined) return live && liveVersionOf(live, contactId);
    if (version === live.version) return live.compiled;
    return version === live.release?.version ? live.release.compiled : this.versions.get(`${name} ${version}`);
  }

  ruleSetOf(graph: CompiledGraph): ActiveRuleSet {
    const ruleSet = this.ruleSets.find(({ name }) => name === graph.name);
    if (!ruleSet) throw new Error(`«${graph.name}» is no live rule set`);
    return ruleSet;
  }

  /** The counters that rules may ask of this conversation, by place. */
  countersOf(conversation: ConversationState): Pick<Memory, 'counters'> {
    const own = this.ownCounterKeys(conversation).map(({ place, key }) => [place, this.counters.get(key) ?? []] as const);
    return own.length > 0 ? { counters: Object.fromEntries(own) } : {};
  }

  count(conversation: ConversationState, counters: NonNullable<Memory['counters']>): void {
    for (const { place, key } of this.ownCounterKeys(conversation)) {
      const instants = counters[place];
      if (!instants || instants === this.counters.get(key)) continue;
      this.counters.set(key, instants);
      this.counted.add(key);
    }
  }

  /** Where each counter of the live rule sets is kept for this conversation. */
  counterKeys(
    conversation: CounterSubjects,
    needsOf: (ruleSet: ActiveRuleSet) => CompiledGraph['needs'] = ({ needs }) => needs,
  ): CounterKey[] {
    const { id, contactId, channelId } = conversation;
    const subjects = { contact: contactId, conversation: id, channel: channelId };
    return this.ruleSets.flatMap((ruleSet) =>
      needsOf(ruleSet).flatMap(({ node, need }) =>
        need.kind === 'counter' ? [{ place: `${ruleSet.name}/${node}`, key: `${ruleSet.id} ${node} ${subjects[need.by]}` }] : [],
      ),
    );
  }

  /** Only those of the versions that its contact gets: of two versions one may count contacts where the other counts conversations. */
  private ownCounterKeys(conversation: CounterSubjects): CounterKey[] {
    return this.counterKeys(conversation, (ruleSet) => liveVersionOf(ruleSet, conversation.contactId).needs);
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

function liveVersionOf({ id, compiled, release }: ActiveRuleSet, contactId: string): CompiledGraph {
  return release && isInRelease(id, contactId, release.share) ? release.compiled : compiled;
}
