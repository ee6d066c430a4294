import { z } from 'zod';
import type { Bilingual } from './bilingual.js';

/** The newest graph format that this engine reads; a file of a newer one is refused. */
export const graphFormat = 1;

/** A node as stored: the settings are checked by its node type, not here. */
export interface GraphNode {
  id: string;
  type: string;
  settings: Record<string, unknown>;
  /** Place on the canvas, in pixels; changes neither meaning nor the semantic difference. */
  position?: [number, number];
  /** The admin's own name for the step. */
  title?: string;
  /** A disabled node passes on what enters by its first port and does nothing. */
  disabled?: boolean;
}

/** A wire: `from` is `node.port`, `to` is a node's id. */
export interface GraphEdge {
  from: string;
  to: string;
}

/** An embedded test: events in, the lines of `run` expected, each by the fields that it names. */
export interface GraphTest {
  name: string;
  events: Record<string, unknown>[];
  expect: Record<string, unknown>[];
}

/** A rule graph as in a `*.rules.json` file. */
export interface RuleGraph {
  format: 1;
  name: string;
  /** IANA zone of the graph's clock times; absent means Europe/Moscow. */
  timezone?: string;
  description?: Bilingual;
  nodes: GraphNode[];
  edges: GraphEdge[];
  tests?: GraphTest[];
  /** Sticky notes and named frames: canvas matter. */
  notes?: { id: string; text: string; position: [number, number]; size?: [number, number]; color?: string }[];
  groups?: { id: string; title: string; position: [number, number]; size: [number, number]; color?: string }[];
  /** What a recipe's form asks for: `path` points to a setting, best by the node's id (`nodes.answer.settings.text`), else by its place as in problems (`nodes[1].settings.text`). */
  parameters?: { name: string; label: Bilingual; path: string }[];
}

export const defaultTimezone = 'Europe/Moscow';

export const nodeIdPattern = /^[A-Za-z0-9_-]{1,64}$/;

const bilingual = z.strictObject({ ru: z.string(), en: z.string() });
const place = z.tuple([z.number(), z.number()]);

/** The shape of a graph file, settings aside. Unknown keys are errors. */
export const graphSchema = z.strictObject({
  format: z.literal(graphFormat),
  name: z.string().min(1).max(200),
  timezone: z.string().optional(),
  description: bilingual.optional(),
  nodes: z.array(
    z.strictObject({
      id: z.string().regex(nodeIdPattern),
      type: z.string(),
      settings: z.record(z.string(), z.unknown()).default({}),
      position: place.optional(),
      title: z.string().max(200).optional(),
      disabled: z.boolean().optional(),
    }),
  ),
  edges: z.array(z.strictObject({ from: z.string(), to: z.string() })),
  tests: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        events: z.array(z.record(z.string(), z.unknown())),
        expect: z.array(z.record(z.string(), z.unknown())),
      }),
    )
    .optional(),
  notes: z
    .array(z.strictObject({ id: z.string(), text: z.string(), position: place, size: place.optional(), color: z.string().optional() }))
    .optional(),
  groups: z
    .array(z.strictObject({ id: z.string(), title: z.string(), position: place, size: place, color: z.string().optional() }))
    .optional(),
  parameters: z.array(z.strictObject({ name: z.string(), label: bilingual, path: z.string() })).optional(),
});

/** Splits `node.port` at the first dot (a node's id holds none); undefined when there is no dot. */
export function splitPort(from: string): { node: string; port: string } | undefined {
  const dot = from.indexOf('.');
  return dot < 0 ? undefined : { node: from.slice(0, dot), port: from.slice(dot + 1) };
}
