import type { RuleEvent } from '../event.js';
import type { WiredNode } from '../check/wiring.js';

/** Why a trigger did not start on an event. */
export type Refusal =
  /** It starts on other kinds of events. */
  | { by: 'type' }
  /** The clock or a silence starts it, no event. */
  | { by: 'clock' }
  /** These settings refuse the event: each alone, or all together where leaving one out is not enough. */
  | { by: 'settings'; settings: string[] };

/** @returns undefined when the trigger does accept the event */
export function refusalOf({ node, nodeType, settings }: WiredNode, event: RuleEvent): Refusal | undefined {
  if (!nodeType.accepts) return { by: 'clock' };
  if (nodeType.accepts(settings)(event)) return undefined;
  const accepts = (raw: Record<string, unknown>): boolean => {
    const parsed = nodeType.settings.safeParse(raw);
    return parsed.success && nodeType.accepts?.(parsed.data)(event) === true;
  };
  const keys = Object.keys(node.settings);
  const refusing = keys.filter((key) => accepts(without(node.settings, [key])));
  if (refusing.length > 0) return { by: 'settings', settings: refusing };
  // What the type refuses whatever is set, and defaults with it, is another kind of event.
  if (!accepts({})) return { by: 'type' };
  return { by: 'settings', settings: keys.filter((key) => !accepts({ [key]: node.settings[key] })) };
}

function without(settings: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).filter(([key]) => !keys.includes(key)));
}
