import type { z } from 'zod';
import type { Bilingual } from './bilingual.js';
import type { EffectBody } from './effect.js';
import type { RuleEvent } from './event.js';
import type { AccountDirectory, Finding } from './finding.js';
import type { Memory } from './memory.js';
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
    | 'attachments'
    | 'tags';
  /** Names of the values of an enum. */
  options?: Record<string, Bilingual>;
}

declare module 'zod' {
  // eslint-disable-next-line typescript/no-empty-object-type -- zod's own extension point
  interface GlobalMeta extends Partial<SettingMeta> {}
}

/** triggers start a run, ends have no port; the rest by purpose. The builder colours by family. */
export type Family = 'trigger' | 'filter' | 'choice' | 'wait' | 'action' | 'end';

/** What a node decides on one event. */
export type Outcome =
  /** `held`: the effect of a reply was decided and withheld by the engine, never by a node. */
  | {
      go: string;
      because?: Because;
      effects?: EffectBody[];
      /** Takes a turn of a round-robin: `memory.turns` of this node grows by one. */ tookTurn?: boolean;
      drop?: undefined;
    }
  | { drop: true; text?: string; because?: Because; go?: undefined }
  /** `fail` is the error's text, English as all of a decision's data; `because` says it to people in their language. */
  | { fail: string; because: Because; go?: undefined; drop?: undefined };

/** What a node sees of one event: pure data. `now` is the event's clock in ms since 1970. */
export interface Moment {
  event: RuleEvent;
  now: number;
  memory: Memory;
}

/** What a node may know when its version is compiled. */
export interface CompileContext {
  nodeId: string;
  /** The graph's zone, an IANA name. */
  timezone: string;
  /** The rule set's name: with the node's id it names the place of a round-robin in `memory.turns`. */
  ruleSet: string;
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
  timezone?: string;
  /** What must come out: the port (or `drop`, `error`), and exactly these effects. A trigger's is `starts`. */
  expect: { port?: string; effects?: EffectBody[]; starts?: boolean };
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
  /** The exits in order; a function where the settings name them (`switch`). */
  ports: readonly string[] | ((settings: z.output<Schema>) => string[]);
  portLabels: Record<string, Bilingual>;
  /** Texts of `because.key`, with `{value}` places. */
  reasons?: Record<string, Bilingual>;
  /** Exits that an admin expects to be wired; `check` warns where one is loose. Absent: none. */
  expectedPorts?: readonly string[];
  /** One or two lines of what this node does, for its card: «Если сейчас 22:00–08:00, Москва». */
  summary(settings: z.output<Schema>, timezone: string): Bilingual;
  /** Findings in the settings themselves, beyond what the schema refuses. `path` is relative to the settings. */
  check?(settings: z.output<Schema>, context: CheckContext): Finding[];
  /** Whether a node with these settings writes to the client; absent: never. Asked by checks of rules that answer themselves or each other. */
  answers?(settings: z.output<Schema>): boolean;
  /** Triggers only. */
  accepts?(settings: z.output<Schema>): Accepts;
  /** All but triggers. Called once per version; what it returns is called per message. */
  compile?(settings: z.output<Schema>, context: CompileContext): (moment: Moment) => Outcome;
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
