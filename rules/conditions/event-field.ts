import type { Variables } from '../memory.js';
import type { ChatType, MessageKind, MessageOrigin, RuleEvent, Surface } from '../event.js';

/** A message's kind; one that says none is text. */
export function messageKind(event: RuleEvent): MessageKind {
  return event.message?.kind ?? 'text';
}

/** The chat's type; one that says none is private. */
export function chatType(event: RuleEvent): ChatType {
  return event.chat?.type ?? 'private';
}

/** The channel's surface; one that says none is direct. */
export function surfaceOf(event: RuleEvent): Surface {
  return event.channel?.surface ?? 'direct';
}

/** Who wrote; a received message that does not say comes from the client. */
export function messageOrigin(event: RuleEvent): MessageOrigin | undefined {
  return event.message?.origin ?? (event.type === 'message-received' ? 'client' : undefined);
}

/** The roots of a field's path. */
export const fieldRoots = ['event', 'message', 'contact', 'channel', 'chat', 'conversation', 'deal', 'vars'] as const;

/** Whether a text is a path that a condition can ask: `message.text`, `contact.phone`. */
export function isFieldPath(path: string): boolean {
  const [root, ...rest] = path.split('.');
  return fieldRoots.some((name) => name === root) && rest.length > 0 && rest.every((part) => part !== '');
}

/**
 * Compiles a path to a function of the event and the run's variables (`vars.name`); a missing value is undefined. Only own fields are read, so a path never reaches
 * the language behind the data. Defaults of the event format (a message's kind, a chat's type, a channel's surface) apply.
 */
export function compileField(path: string): (event: RuleEvent, variables?: Variables) => unknown {
  const withDefault = defaulted.get(path);
  if (withDefault) return withDefault;
  const [root, ...parts] = path.split('.');
  const isVariable = root === 'vars';
  const steps = root === 'event' || isVariable ? parts : [root!, ...parts];
  return (event, variables) => {
    let value: unknown = isVariable ? variables : event;
    for (const step of steps) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
      value = (value as Record<string, unknown>)[step];
    }
    return value ?? undefined;
  };
}

const defaulted = new Map<string, (event: RuleEvent) => unknown>(
  (
    [
      ['message.kind', (event: RuleEvent) => (event.message ? messageKind(event) : undefined)],
      ['message.origin', (event: RuleEvent) => (event.message ? messageOrigin(event) : undefined)],
      ['chat.type', chatType],
      ['channel.surface', (event: RuleEvent) => (event.channel ? surfaceOf(event) : undefined)],
    ] as const
  ).flatMap(([path, read]) => [
    [path, read],
    [`event.${path}`, read],
  ]),
);

/** Whether an event names anybody to answer or to act on in the CRM. */
export function isAboutSomebody(event: RuleEvent): boolean {
  return Boolean(event.contact ?? event.conversation ?? event.message ?? event.deal);
}
