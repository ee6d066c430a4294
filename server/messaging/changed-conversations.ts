import type { Effect } from '../../rules/index.js';
import type { Applied } from '../effects/scene.js';

/** A run, as far as it tells what it did to its conversation: `applied` says of each effect what became of it. */
interface Ran {
  conversationId: string | null;
  decision: { effects: readonly Pick<Effect, 'type'>[] };
  applied: readonly Applied[];
}

/** What shows on a conversation itself, beyond its messages. */
const shown: ReadonlySet<Effect['type']> = new Set<Effect['type']>(['assign-conversation', 'close-conversation']);

/** The conversations that look different after these runs and scores: given to somebody, closed, scored; each once. */
export function changedConversations(runs: readonly Ran[], scores: readonly { conversationId: string }[]): Set<string> {
  const changed = runs.filter(({ decision, applied }) =>
    decision.effects.some(({ type }, index) => shown.has(type) && applied[index]?.outcome === 'applied'),
  );
  return new Set([...changed, ...scores].flatMap(({ conversationId }) => conversationId ?? []));
}
