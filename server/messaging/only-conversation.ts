/** What a batch changed, as far as it tells in which conversations. */
interface Changed {
  /** Messages that came or were sent. */
  messages: readonly { conversationId: string }[];
  /** Edits and deletions, which name a message of the platform's and not its conversation. */
  messageChanges: readonly unknown[];
  /** Receipts, likewise. */
  statusChanges: readonly unknown[];
}

/** The conversation that everything in a batch belongs to; undefined when there are several, or when it cannot be known. */
export function onlyConversation({ messages, messageChanges, statusChanges }: Changed): string | undefined {
  if (messageChanges.length > 0 || statusChanges.length > 0) return undefined;
  const [first] = messages;
  return messages.every(({ conversationId }) => conversationId === first?.conversationId) ? first?.conversationId : undefined;
}
