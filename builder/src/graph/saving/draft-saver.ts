import type { Finding, RuleGraph } from '../../../../rules/index.js';

/**
 * `waiting`: changed, not yet sent. `offline`: the server cannot be reached, tried again by itself. `conflict`: somebody else saved in
 * between, nothing is sent until the user decides. `refused`: the server does not take it, the next change is tried again.
 */
export type SaveState = 'saved' | 'waiting' | 'saving' | 'offline' | 'conflict' | 'refused';

/** How an attempt to save ended; `uncertain`: no answer came, so it may have been saved. */
export type SaveAnswer =
  | { kind: 'saved'; revision: number; problems: readonly Finding[] }
  | { kind: 'conflict' }
  | { kind: 'uncertain' }
  | { kind: 'unavailable' }
  | { kind: 'refused'; text: string };

export interface SaverPorts {
  put(graph: RuleGraph, revision: number): Promise<SaveAnswer>;
  /** The draft as the server has it now; undefined when it cannot be read. */
  read(): Promise<{ graph: unknown; revision: number } | undefined>;
  /** Runs something later, unless what it returns is called before. */
  later(milliseconds: number, run: () => void): () => void;
  /** Told of every change of the state. */
  onState(state: SaveState, text?: string): void;
  onProblems(problems: readonly Finding[]): void;
}

/** From the last key press to the request, in milliseconds: a word is one request, not seven. */
const quiet = 700;
const firstRetry = 2000;
const lastRetry = 30_000;

/** Saves the draft as it changes, one request at a time, each against the revision that was read: never over another's work. */
export class DraftSaver {
  state: SaveState = 'saved';
  private revisionNow: number;
  private pending: RuleGraph | undefined;
  private running: Promise<void> | undefined;
  private cancel: (() => void) | undefined;
  private retryIn = firstRetry;
  private sentWithoutAnswer: RuleGraph | undefined;
  private baseNow: RuleGraph;
  private refusedAsStale: (() => void) | undefined;
  private readonly ports: SaverPorts;

  /** @param draft as it was read */
  constructor(ports: SaverPorts, draft: { graph: RuleGraph; revision: number }) {
    this.ports = ports;
    this.baseNow = draft.graph;
    this.revisionNow = draft.revision;
  }

  /** The revision of what was saved last. */
  get revision(): number {
    return this.revisionNow;
  }

  /** The graph of that revision: what everything that is not saved yet was made of. */
  get base(): RuleGraph {
    return this.baseNow;
  }

  change(graph: RuleGraph): void {
    this.pending = graph;
    if (this.state === 'conflict') return;
    if (this.state !== 'offline') this.enter(this.running ? 'saving' : 'waiting');
    if (!this.running) this.schedule(this.state === 'offline' ? this.retryIn : quiet);
  }

  /** Saves what is not saved yet without waiting. True when all is saved. */
  async flush(): Promise<boolean> {
    // What changed while a request was under way needs one of its own.
    for (let attempt = 0; attempt < 3 && this.state !== 'conflict' && (this.pending || this.running); attempt++) {
      this.cancel?.();
      await (this.running ?? this.send());
      if (this.state === 'offline' || this.state === 'refused') break;
    }
    return this.state === 'saved';
  }

  /** Calls `listener` when the server says that somebody else saved in between, until the returned function is called. */
  onStale(listener: () => void): () => void {
    this.refusedAsStale = listener;
    return () => {
      if (this.refusedAsStale === listener) this.refusedAsStale = undefined;
    };
  }

  /** Somebody else saved: stops saving until the user has decided. */
  block(): void {
    this.cancel?.();
    this.enter('conflict');
  }

  /** Goes on from another draft; what was not saved yet is in `graph`, joined with it, and is saved where it differs. */
  restart(draft: { graph: RuleGraph; revision: number }, graph: RuleGraph = draft.graph): void {
    this.cancel?.();
    this.revisionNow = draft.revision;
    this.baseNow = draft.graph;
    this.pending = undefined;
    this.sentWithoutAnswer = undefined;
    this.enter('saved');
    if (!isSameJson(graph, draft.graph)) this.change(graph);
  }

  stop(): void {
    this.cancel?.();
  }

  private schedule(milliseconds: number): void {
    this.cancel?.();
    this.cancel = this.ports.later(milliseconds, () => void this.send());
  }

  private send(): Promise<void> {
    this.running ??= this.attempt().finally(() => {
      this.running = undefined;
      if (this.pending && (this.state === 'saved' || this.state === 'saving')) {
        this.enter('waiting');
        this.schedule(quiet);
      }
    });
    return this.running;
  }

  private async attempt(): Promise<void> {
    const graph = this.pending;
    if (!graph) return;
    this.pending = undefined;
    this.enter('saving');
    const answer = await this.ports.put(graph, this.revisionNow);
    if (answer.kind === 'saved') return this.settle(graph, answer.revision, answer.problems);
    // Nothing is lost: what was not saved is pending, unless something newer is already.
    this.pending ??= graph;
    if (answer.kind === 'conflict') return this.resolve();
    if (answer.kind === 'refused') return this.enter('refused', answer.text);
    if (answer.kind === 'uncertain') this.sentWithoutAnswer = graph;
    this.enter('offline');
    this.schedule(this.retryIn);
    this.retryIn = Math.min(this.retryIn * 2, lastRetry);
  }

  /** A stale revision may be our own doing: a request that was saved though its answer was lost. */
  private async resolve(): Promise<void> {
    const ours = this.sentWithoutAnswer;
    const theirs = ours && (await this.ports.read());
    if (!theirs || !isSameJson(theirs.graph, ours)) {
      this.enter('conflict');
      return this.refusedAsStale?.();
    }
    this.revisionNow = theirs.revision;
    this.baseNow = ours;
    this.sentWithoutAnswer = undefined;
    if (this.pending === ours) this.settle(ours, theirs.revision, undefined);
    else this.enter('saving');
  }

  private settle(graph: RuleGraph, revision: number, problems: readonly Finding[] | undefined): void {
    this.revisionNow = revision;
    this.baseNow = graph;
    this.retryIn = firstRetry;
    this.sentWithoutAnswer = undefined;
    if (this.pending && problems === undefined) this.pending = undefined;
    if (problems) this.ports.onProblems(problems);
    this.enter(this.pending ? 'saving' : 'saved');
  }

  private enter(state: SaveState, text?: string): void {
    this.state = state;
    this.ports.onState(state, text);
  }
}

/** Whether two values are the same JSON, whatever the order of keys: the database may store keys in another. */
export function isSameJson(a: unknown, b: unknown): boolean {
  return sortedJson(a) === sortedJson(b);
}

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([x], [y]) => (x < y ? -1 : 1)));
  });
}
