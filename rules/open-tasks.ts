/**
 * Which deals and conversations have an open task «answer the client». A task belongs to its deal and to the conversation
 * that it came from; one made without a deal belongs to the conversation alone.
 */
export class OpenTasks {
  private readonly byConversation = new Map<string, Set<string>>();
  private readonly byDeal = new Map<string, Set<string>>();

  /** Whether the deal, or without one the conversation, has an open task. */
  has(conversation: string, deal: string | undefined): boolean {
    return deal === undefined ? this.byConversation.has(conversation) : this.byDeal.has(deal);
  }

  add(conversation: string, deal: string | undefined): void {
    put(this.byConversation, conversation, deal ?? '');
    if (deal !== undefined) put(this.byDeal, deal, conversation);
  }

  /** Ends the tasks of the conversation and of the deal: an operator has written. */
  end(conversation: string, deal: string | undefined): void {
    const own = this.byConversation.get(conversation);
    this.byConversation.delete(conversation);
    for (const ended of deal === undefined ? (own ?? []) : [...(own ?? []), deal]) {
      for (const other of this.byDeal.get(ended) ?? []) take(this.byConversation, other, ended);
      this.byDeal.delete(ended);
    }
  }

  /** A deal that the engine opened has been seen with its real id. */
  rename(from: string, to: string): void {
    const conversations = this.byDeal.get(from);
    if (!conversations) return;
    this.byDeal.delete(from);
    for (const conversation of conversations) {
      take(this.byConversation, conversation, from);
      this.add(conversation, to);
    }
  }
}

function put(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key);
  if (set) set.add(value);
  else sets.set(key, new Set([value]));
}

function take(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key);
  set?.delete(value);
  if (set?.size === 0) sets.delete(key);
}
