import type { RuleEvent } from '../event.js';

/** Leaves out of a witness what it does not need, so that a person sees what matters. */
export function shortenEvent(event: RuleEvent, holds: (shorter: RuleEvent) => boolean): RuleEvent {
  let kept = event;
  for (const [name, value] of Object.entries(event)) {
    if (name === 'type' || name === 'id' || name === 'at') continue;
    const without = { ...kept, [name]: undefined };
    delete without[name];
    if (holds(without)) {
      kept = without;
      continue;
    }
    if (typeof value !== 'object' || value === null) continue;
    for (const field of Object.keys(value)) {
      const rest = Object.fromEntries(Object.entries(kept[name] ?? {}).filter(([own]) => own !== field));
      const shorter = { ...kept, [name]: rest };
      if (holds(shorter)) kept = shorter;
    }
  }
  return kept;
}
