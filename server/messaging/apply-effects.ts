import { v7 as uuid } from 'uuid';
import type { Effect } from '../../rules/index.js';
import { applyEffect } from '../effects/handlers.js';
import type { ConversationState, DealState, RaisedEvent, SentBy } from '../effects/scene.js';
import { stepsOf } from './active-rule-sets.js';
import { awaitedAnswer } from './awaited-answer.js';
import type { Batch, RunRecord } from './batch.js';
import type { Verdict } from './run-rules.js';

/** What set the rules off. */
export interface Occasion {
  /** A client wrote: he gets a deal if he has none. */
  isInbound: boolean;
  /** How many events of our own making led here. */
  depth: number;
}

/** Events of our own making end here when rules set each other off: a stage that moves back and forth. */
const mostDepth = 5;

/**
 * Step 2's consequence, in memory: each effect in the order decided becomes rows of this transaction. A client who writes first and has no deal gets one
 * (AC-C09) unless his message was filtered; effects on the deal of a filtered one are skipped, and the run says so.
 * @returns the CRM connections that an `export` narrowed the message to; undefined: all
 */
export function applyEffects(
  batch: Batch,
  verdict: Verdict,
  conversation: ConversationState,
  { isInbound, depth }: Occasion,
): string[] | undefined {
  const contact = batch.contacts.get(conversation.contactId)!;
  // Opened before any effect, so that a stage or a tag decided first has its deal; the rules' own `open-deal` then means this one.
  let opened = isInbound && verdict.status !== 'filtered' && !batch.deals.get(contact.id) ? batch.openDeal(contact) : undefined;
  let exportedTo: string[] | undefined;
  const openDeal = () => {
    const deal = opened ?? batch.openDeal(contact);
    opened = undefined;
    return deal;
  };
  const scene = {
    account: batch.account,
    conversation,
    contact,
    maxTextLength: batch.open.connector.maxTextLength,
    rows: batch.rows,
    openDeal,
    exportTo: (connections: string[]) => void (exportedTo = [...(exportedTo ?? []), ...connections]),
    noteOpenTask: (deal: DealState) => void batch.dealsWithTask.add(deal.id),
  };
  for (const run of verdict.runs) {
    const raise = ({ type, body = {} }: Pick<RaisedEvent, 'type'> & { body?: Record<string, unknown> }) => {
      const isHeard =
        batch.ruleSets.some(({ hears }) => hears.has(type)) || (type === 'conversation-closed' && conversation.memory.silences);
      if (!isHeard || depth >= mostDepth) return;
      batch.rows.events.push({ id: uuid(), conversationId: conversation.id, type, body, depth: depth + 1, at: run.event.at });
    };
    for (const effect of run.decision.effects) {
      const asks = {
        ruleSetId: run.ruleSet.id,
        node: effect.node,
        sentBy: sentBy(batch, contact.id, run, effect),
        awaited: awaitedAnswer(run, effect.node),
        raise,
      };
      run.applied.push(applyEffect(effect, { ...scene, ...asks, event: run.event, deal: batch.deals.get(contact.id) }));
    }
    batch.runs.push(run);
  }
  return exportedTo;
}

/** An effect of a rule set that the run called names it. */
function sentBy(batch: Batch, contactId: string, { id, ruleSet: own, version: ran }: RunRecord, { node, ruleSet: called }: Effect): SentBy {
  const other = called === undefined || called === own.name ? undefined : batch.ruleSets.find(({ name }) => name === called);
  const ruleSet = other ?? own;
  const version = (other && batch.graph(contactId, other.name)?.version) ?? ran;
  return { run: id, ruleSet: ruleSet.id, name: ruleSet.name, version, node, ...stepsOf(ruleSet, version).get(node) };
}
