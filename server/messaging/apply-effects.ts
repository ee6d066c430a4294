import { applyEffect } from '../effects/handlers.js';
import type { ConversationState, DealState } from '../effects/scene.js';
import type { Batch } from './batch.js';
import type { Verdict } from './run-rules.js';

/**
 * Step 2's consequence, in memory: each effect in the order decided becomes rows of this transaction. A client who writes first and has no deal gets one
 * (AC-C09) unless his message was filtered; effects on the deal of a filtered one are skipped, and the run says so.
 */
export function applyEffects(batch: Batch, verdict: Verdict, conversation: ConversationState, isInbound: boolean): void {
  const contact = batch.contacts.get(conversation.contactId)!;
  // Opened before any effect, so that a stage or a tag decided first has its deal; the rules' own `open-deal` then means this one.
  let opened = isInbound && verdict.status !== 'filtered' && !batch.deals.get(contact.id) ? batch.openDeal(contact) : undefined;
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
    noteOpenTask: (deal: DealState) => void batch.dealsWithTask.add(deal.id),
  };
  for (const run of verdict.runs) {
    for (const effect of run.decision.effects) {
      run.applied.push(applyEffect(effect, { ...scene, event: run.event, deal: batch.deals.get(contact.id) }));
    }
    batch.runs.push(run);
  }
}
