import { z } from 'zod';
import type { Bilingual } from '../bilingual.js';
import { isAboutSomebody } from '../conditions/event-field.js';
import type { EffectBody } from '../effect.js';
import { defineNode, type NodeType, type Outcome } from '../node-type.js';

const settings = z.strictObject({});

type Words = Pick<NodeType<typeof settings>, 'type' | 'icon' | 'title' | 'description' | 'examples'> & {
  summary: Bilingual;
  /** Said in the trace once it is asked for. */
  done: Bilingual;
};

/** An action without settings on the event's conversation. */
export function plainAction(effect: EffectBody, { summary, done, ...words }: Words): NodeType<typeof settings> {
  const asked: Outcome = { go: 'next', because: { key: 'done' }, effects: [effect] };
  return defineNode({
    ...words,
    family: 'action',
    settings,
    ports: ['next'],
    portLabels: { next: { ru: 'дальше', en: 'next' } },
    reasons: { done, nobody: { ru: 'нет ни клиента, ни беседы', en: 'there is neither a client nor a conversation' } },
    summary: () => summary,
    compile:
      () =>
      ({ event }) =>
        isAboutSomebody(event) ? asked : noConversation,
  });
}

/** Where an action on a conversation finds none. */
export const noConversation: Outcome = {
  fail: 'There is no conversation: the event has neither a contact nor a conversation nor a message',
  because: { key: 'nobody' },
};
