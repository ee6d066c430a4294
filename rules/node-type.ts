import type { z } from 'zod';
import type { Bilingual } from './bilingual.js';
import type { Claims } from './claim.js';
import type { EffectBody, EffectType } from './effect.js';
import type { MakeExpression } from './expressions/expression.js';
import type { RuleEvent } from './event.js';
import type { AccountDirectory, Finding } from './finding.js';
import type { MaybePromise } from './later.js';
import type { HeldMessage, Memory, PendingWait, Silence, Variables } from './memory.js';
import type { Because } from './trace.js';

/**
 * What a settings form needs to know of one setting, carried by zod's `.meta()`.
 * A widget is a kind of input, drawn by builder/src/graph/form/widgets/<widget>.tsx; without one the schema's own kind decides.
 */
export interface SettingMeta {
  label: Bilingual;
  help?: Bilingual;
  placeholder?: Bilingual;
  widget?:
    | 'words'
    | 'template'
    | 'lines'
    | 'clock'
    | 'weekdays'
    | 'intervals'
    | 'dates'
    | 'zone'
    | 'channels'
    | 'user'
    | 'users'
    | 'recipients'
    | 'stage'
    | 'pipeline'
    | 'condition'
    | 'cases'
    | 'routes'
    | 'duration'
    | 'per'
    | 'parts'
    | 'attachments'
    | 'tags'
    | 'cron'
    | 'expression'
    | 'field'
    | 'headers';
  /** Names of the values of an enum. */
  options?: Record<string, Bilingual>;
}

/** What the form of a whole step may show above its fields, for settings that are read together: builder/src/graph/form/overviews.ts. */
export interface FormMeta {
  overview?: 'hours';
}

declare module 'zod' {
  // eslint-disable-next-line typescript/no-empty-object-type -- zod's own extension point
  interface GlobalMeta extends Partial<SettingMeta>, FormMeta {}
}

/** triggers start a run, ends have no port; the rest by purpose. The builder colours by family. */
export type Family = 'trigger' | 'filter' | 'choice' | 'wait' | 'action' | 'end';

/** What a node decides on one event. */
export type Outcome =
  | {
      go: string;
      because?: Because;
      effects?: readonly EffectBody[];
      /** Takes a turn of a round-robin: `memory.turns` of this node grows by one. */
      tookTurn?: boolean;
      /** The new value of this node's counter in `memory.counters`. */
      counted?: readonly number[];
      /** Variables of the run that change; undefined unsets one. */
      set?: Variables;
      /** A sent message that is dropped here is kept for the client's answer, or for good. */
      holds?: HeldMessage['release'];
      drop?: undefined;
      wait?: undefined;
      call?: undefined;
    }
  | { drop: true; text?: string; because?: Because; go?: undefined; wait?: undefined; call?: undefined }
  /** The branch stops here until its time comes, or what it waits for. */
  | { wait: WaitRequest; because?: Because; effects?: readonly EffectBody[]; go?: undefined; drop?: undefined; call?: undefined }
  /** Another rule set runs as a step; the engine leaves by `next`, or by `dropped` if it drops the event. */
  | { call: string; because?: Because; go?: undefined; drop?: undefined; wait?: undefined }
  /** `fail` is the error's text, English as all of a decision's data; `because` says it to people in their language. */
  | { fail: string; because: Because; go?: undefined; drop?: undefined; wait?: undefined; call?: undefined };

export interface WaitRequest {
  /** Its time is up: ms since 1970. */
  due: number;
  /** What else wakes the node. Absent: its time alone. */
  for?: PendingWait['for'];
  /** Given: a wait of this node that is pending in the conversation stays, and nothing is asked; this is the reason. Absent: it is replaced. */
  unlessPending?: Because;
}

/** What wakes a waiting node. `moment.event` is by then the event that the run goes on with. */
export type Wake = { by: 'time' } | { by: 'reply' } | { by: 'answer'; status: number; body: unknown };

/** What a woken node decides; `ignored`: the reply is none for it, and these effects may say so once. */
export type Woken = Outcome | { ignored: true; effects?: readonly EffectBody[]; because?: Because };

/** What a node sees of one event: pure data. `now` is the event's clock in ms since 1970. */
export interface Moment {
  event: RuleEvent;
  now: number;
  memory: Memory;
  variables: Variables;
  /** Too many expressions of the account took too long a moment ago: none is asked. */
  expressionsStopped?: boolean;
}

/** What a version needs of `Memory` beyond the conversation's own: the server reads and locks no more than that. */
export type Need =
  | { kind: 'turns' }
  /** Whose counter it is. */
  | { kind: 'counter'; by: 'contact' | 'conversation' | 'channel' }
  | { kind: 'loads'; users: readonly string[] }
  | { kind: 'outbound' };

/** What a node may know when its version is compiled. */
export interface CompileContext {
  nodeId: string;
  /** The graph's zone, an IANA name. */
  timezone: string;
  /** The rule set's name: with the node's id it names the place of a round-robin in `memory.turns`. */
  ruleSet: string;
  /** Where expressions are evaluated; absent: in the caller's thread. */
  expressions?: MakeExpression;
}

/** A trigger's answer: does this event start a run here? */
export type Accepts = (event: RuleEvent) => boolean;

/** One case of a node type: its test, its documentation and what «try it» offers. */
export interface Example<S> {
  /** A sentence: what this case shows. */
  title: Bilingual;
  settings: S;
  event: Partial<RuleEvent>;
  memory?: Partial<Memory>;
  variables?: Variables;
  timezone?: string;
  /** The node waits, and this wakes it on the event; absent: the event enters the node. */
  wake?: Wake;
  /**
   * What must come out: the port (or `drop`, `wait`, `call`, `error`, `ignored`), and exactly these effects and changes. A trigger's is
   * `starts`, `silence`, or `next`: its first instant after the event's.
   */
  expect: {
    port?: string;
    effects?: readonly EffectBody[];
    starts?: boolean;
    silence?: { from: Silence['from']; after: number };
    next?: string;
    set?: Variables;
    counted?: readonly number[];
    wait?: WaitRequest;
  };
}

/** The definition of a node type: the whole of what the engine, the builder and the docs know of it. */
export interface NodeType<Schema extends z.ZodType = z.ZodType> {
  /** Folder name = stored id, kebab-case. */
  type: string;
  family: Family;
  /** A Tabler icon's name, as `IconFilter`. */
  icon: string;
  title: Bilingual;
  description: Bilingual;
  settings: Schema;
  /**
   * Settings as earlier releases wrote them, into today's. Stored versions never change, so a run that waits on an old one goes on through this. Gives
   * settings that are today's back as they are.
   */
  upgrade?(settings: Readonly<Record<string, unknown>>): Record<string, unknown>;
  /** The exits in order; a function where the settings name them (`switch`). */
  ports: readonly string[] | ((settings: z.output<Schema>) => string[]);
  portLabels: Record<string, Bilingual>;
  /** Texts of `because.key`, with `{value}` places. */
  reasons?: Record<string, Bilingual>;
  /** Exits that an admin expects to be wired; `check` warns where one is loose. Absent: none. */
  expectedPorts?: readonly string[] | ((settings: z.output<Schema>) => readonly string[]);
  /** One or two lines of what this node does, for its card: «Если сейчас 22:00–08:00, Москва». */
  summary(settings: z.output<Schema>, timezone: string): Bilingual;
  /** Findings in the settings themselves, beyond what the schema refuses. `path` is relative to the settings. */
  check?(settings: z.output<Schema>, context: CheckContext): Finding[];
  /** Whether a node with these settings writes to the client; absent: never. Asked by checks of rules that answer themselves or each other. */
  answers?(settings: z.output<Schema>): boolean;
  /** What is certain of an event that leaves by a port, or that a trigger starts on; absent: nothing. Checks reason with it. */
  claims?(settings: z.output<Schema>, context: { timezone: string }): (port: string) => Claims;
  /** Types of the effects that a node with these settings may ask for, of those that checks compare: absent, none of them. */
  asks?(settings: z.output<Schema>): readonly EffectType[];
  /** What it reads of the memory that is not the conversation's own. */
  needs?(settings: z.output<Schema>): readonly Need[];
  /** The rule set that it runs as a step. */
  calls?(settings: z.output<Schema>): string | undefined;
  /** Triggers of events. */
  accepts?(settings: z.output<Schema>): Accepts;
  /** Triggers of silence: whose, and for how long (ms). */
  silence?(settings: z.output<Schema>): { from: Silence['from']; after: number };
  /** Triggers of the clock: the next instant (ms) after the given one, undefined if there is none. */
  schedule?(settings: z.output<Schema>, timezone: string): (after: number) => number | undefined;
  /** All but triggers. Called once per version; what it returns is called per message. A promise only where an expression is asked. */
  compile?(settings: z.output<Schema>, context: CompileContext): (moment: Moment) => MaybePromise<Outcome>;
  /** Waiting nodes: what they decide when something wakes them. */
  compileWake?(settings: z.output<Schema>, context: CompileContext): (wake: Wake, moment: Moment) => Woken;
  examples: Example<z.input<Schema>>[];
}

export interface CheckContext {
  timezone: string;
  account?: AccountDirectory;
}

/** Gives the definition its types; `NoInfer` keeps a misspelt setting from widening them. */
export function defineNode<Schema extends z.ZodType>(nodeType: NodeType<Schema>): NodeType<Schema> {
  return nodeType;
}
