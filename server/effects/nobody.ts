import { v7 as uuid } from 'uuid';
import type { Effect } from '../../rules/index.js';
import { peopleOf } from './notify.js';
import { applied, skipped, type AccountState, type Applied, type AwaitedAnswer, type NewRows } from './scene.js';

/** Where an effect stands that belongs to no conversation: a schedule asked for it. */
export interface Nobody {
  account: AccountState;
  rows: NewRows;
  ruleSetId: string;
  awaited: AwaitedAnswer | undefined;
}

/** Applies an effect that needs nobody to act on: people are notified, calls are made. Everything else has no conversation to act in. */
export function applyForNobody(effect: Effect, { account, rows, ruleSetId, awaited }: Nobody): Applied {
  if (effect.type === 'notify') {
    const people = peopleOf(effect.to, account, undefined);
    for (const userId of people) rows.notifications.push({ id: uuid(), userId, text: effect.text, conversationId: null });
    return people.length > 0 ? applied : skipped('nobody to notify');
  }
  if (effect.type === 'call-http' && awaited) {
    const { method, url, headers, body, node } = effect;
    const request = { method, url, ...(headers && { headers }), ...(body !== undefined && { body }) };
    rows.calls.push({ id: uuid(), conversationId: null, ruleSetId, node, request, ...awaited });
    return applied;
  }
  return skipped('no conversation');
}
