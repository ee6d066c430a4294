/**
 * What earlier events left behind, as plain JSON: the server reads it from its tables and `run` keeps it between lines.
 * It is an input of a run and stored with it, so that the same input replays to the same bytes.
 */
export interface Memory {
  /** Instants (ms since 1970) of this conversation's automatic replies, oldest first, of the last minute at least. */
  replies: number[];
  /** Whether this deal (without a deal, this conversation) has an open task of the mode one-per-deal. */
  openTask: boolean;
  /** The contact's deal that the engine opened after the events' own `deal` was read. */
  deal?: { open: boolean };
  /** Turns taken so far, by `<rule set's name>/<node id>`: the place of a round-robin. Shared by all conversations of an account. */
  turns: Record<string, number>;
}

export const emptyMemory: Memory = { replies: [], openTask: false, turns: {} };
