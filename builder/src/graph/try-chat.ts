import { compile, createSession, nodeTypes, readGraph, type Decision, type RuleEvent, type RuleGraph } from '../../../rules/index.js';

/** The client that the chat pretends to be. */
export interface TryContact {
  name: string;
  username: string;
  phone: string;
  bot: boolean;
}

export interface TryChannel {
  /** Absent for a kind that the account has no channel of. */
  id?: string;
  kind: string;
  name?: string;
  account?: string;
  surface?: 'direct' | 'comments';
}

/** One message typed into the chat, with everything that was chosen when it was sent. */
export interface TryMessage {
  direction: 'in' | 'out';
  text: string;
  /** RFC 3339. */
  at: string;
  contact: TryContact;
  channel: TryChannel;
}

/** A message with what the rules decided on it. */
export interface Turn {
  message: TryMessage;
  decision: Decision;
}

/**
 * Plays the whole chat through the graph as it is now, from a fresh state: after a change of the graph the same messages show what it does now.
 * @returns undefined while the graph has errors
 */
export async function playChat(graph: RuleGraph, messages: readonly TryMessage[]): Promise<Turn[] | undefined> {
  const read = readGraph(graph, nodeTypes);
  if (!read.graph) return undefined;
  const session = createSession([compile(read.graph, nodeTypes)]);
  const turns: Turn[] = [];
  for (const [index, message] of messages.entries()) {
    // What fell due before it comes first; the message's own line is the last.
    const played = (await session.play(toEvent(message, index))).at(-1);
    if (played) turns.push({ message, decision: played.decision });
  }
  return turns;
}

function toEvent({ direction, text, at, contact, channel }: TryMessage, index: number): RuleEvent {
  const isInbound = direction === 'in';
  return {
    type: isInbound ? 'message-received' : 'message-sent',
    id: `e${index + 1}`,
    at,
    channel: { ...channel, surface: channel.surface ?? 'direct' },
    contact: {
      id: 'try',
      name: contact.name,
      ...(contact.username === '' ? {} : { username: contact.username.replace(/^@/, '') }),
      ...(contact.phone === '' ? {} : { phone: contact.phone }),
      bot: contact.bot,
    },
    chat: { type: channel.surface === 'comments' ? 'comments' : 'private' },
    message: { id: `m${index + 1}`, kind: 'text', text, origin: isInbound ? 'client' : 'operator' },
    conversation: { id: 'try', number: 1, status: 'open' },
  };
}
