import type { MessageKind, RuleEvent } from '../../../../rules/index.js';
import type { Directory } from '../../../../api/rule-sets.js';
import { firstChoices, toChatEvent } from '../proving/try-choices.js';

/** The first message of a client whom nobody knows, in the conversation that it opened, as the server would tell the rules of it. */
export function newClientEvent(
  directory: Directory,
  channel: Directory['channels'][number],
  { text, kind, name, at }: { text: string; kind: MessageKind; name: string; at: string },
): RuleEvent {
  const place = channel.surface === 'comments' ? 'comments' : 'direct';
  const choices = { ...firstChoices(directory, name), channel: `channel:${channel.id}`, place } as const;
  const conversation = { id: 'new-conversation', number: 1, status: 'open', inbound: 1, outbound: 0 } as const;
  return { ...toChatEvent(choices, { what: 'client', text, kind, at }, directory), id: 'new-message', at, conversation };
}
