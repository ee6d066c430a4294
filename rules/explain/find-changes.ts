import { changeEvent, gatherDimensions, type Dimension } from '../check/candidates.js';
import { wire } from '../check/wiring.js';
import type { CompiledGraph, NodeTypes } from '../compile.js';
import { compileField } from '../conditions/event-field.js';
import { decide } from '../decide.js';
import { eventTypes, type RuleEvent } from '../event.js';
import type { AccountDirectory } from '../finding.js';
import type { RuleGraph } from '../graph.js';
import type { Memory } from '../memory.js';
import { readEvent } from '../read-event.js';
import { parseInstant } from '../time/instant.js';
import { distancesTo } from './blocks.js';

/** One field that would have had to be another. `channel` and `contact` stand for everything that the event says of them. */
export interface FieldChange {
  field: string;
  from?: unknown;
  to?: unknown;
}

/** What would have had to differ, with the event that was really run. */
export interface EventChange {
  changes: FieldChange[];
  event: RuleEvent;
}

/** The node that should have run. */
export interface Target {
  ruleSet: string;
  node: string;
}

/** Runs tried at most: a second or two of work. */
const maxRuns = 60_000;
/** Ways to change one field that are worth telling. */
const shownChanges = 5;
/** In pairs only the first values of a field are tried. */
const triedInPairs = 40;

/**
 * Looks for the smallest change of an event that makes a node run: one field, and if that does not help two, among the words, instants, channels,
 * people and values that the graphs name. Each was found by running the rules on the changed event with the same state.
 * @returns of one field, one change a field, the likeliest first; of two, one pair; none when the search found nothing, which is no proof
 */
export async function findChanges(
  graphs: readonly RuleGraph[],
  compiled: readonly CompiledGraph[],
  nodeTypes: NodeTypes,
  target: Target,
  { event, memory }: { event: RuleEvent; memory: Memory },
  account?: AccountDirectory,
): Promise<EventChange[]> {
  const graph = graphs.find(({ name }) => name === target.ruleSet);
  if (!graph) return [];
  const distances = distancesTo(target.node, wire(graph, nodeTypes));
  let runs = 0;
  /** Edges between the node and the nearest one that ran; 0 when it ran itself. */
  const missBy = async (changed: RuleEvent): Promise<number> => {
    runs += 1;
    // What conditions compare a field with need not be of the field's kind.
    if (!readEvent(changed, { position: 1 }).ok) return Infinity;
    const { trace } = await decide(compiled, changed, memory);
    const own = trace.filter(({ ruleSet = graphs[0]?.name }) => ruleSet === target.ruleSet);
    return Math.min(Infinity, ...own.map(({ node }) => distances.get(node) ?? Infinity));
  };

  const dimensions = dimensionsOf(graphs, event, account);
  const found: EventChange[] = [];
  const nearer: { first: FieldChange; changed: RuleEvent; miss: number }[] = [];
  const base = await missBy(event);
  for (const { name, values } of dimensions) {
    let best = base;
    for (const value of values) {
      const changed = changeEvent(event, name, value);
      const miss = await missBy(changed);
      const first = changeOf(event, name, value);
      if (miss === 0) {
        found.push({ changes: [first], event: changed });
        break;
      }
      if (miss < best) {
        nearer.push({ first, changed, miss });
        best = miss;
      }
    }
  }
  if (found.length > 0) return found.slice(0, shownChanges);

  // What brought the run nearer alone is the likeliest half of a pair; conditions that ask for two things at once give nothing until both are right.
  nearer.sort((a, b) => a.miss - b.miss);
  const halves = dimensions.flatMap(({ name, values }) =>
    values.slice(0, triedInPairs).map((value) => ({ first: changeOf(event, name, value), changed: changeEvent(event, name, value) })),
  );
  for (const [place, { first, changed }] of [...nearer, ...halves].entries()) {
    for (const { name, values } of dimensions) {
      if (name === first.field) continue;
      for (const value of place < nearer.length ? values : values.slice(0, triedInPairs)) {
        if (runs >= maxRuns) return [];
        const both = changeEvent(changed, name, value);
        if ((await missBy(both)) === 0) return [{ changes: [first, changeOf(event, name, value)], event: both }];
      }
    }
  }
  return [];
}

function changeOf(event: RuleEvent, field: string, to: unknown): FieldChange {
  const from = valueOf(event, field);
  return { field, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function valueOf(event: RuleEvent, field: string): unknown {
  if (field === 'contact') return event.contact?.id;
  if (field === 'channel') return event.channel && { id: event.channel.id, kind: event.channel.kind };
  return compileField(field.includes('.') ? field : `event.${field}`)(event);
}

/** What may be changed, with the values to try, those nearest to the event first; a value that it has already is none. */
function dimensionsOf(graphs: readonly RuleGraph[], event: RuleEvent, account?: AccountDirectory): Dimension[] {
  const now = parseInstant(event.at) ?? 0;
  const dayStart = now - (now % 86_400_000);
  const dimensions = gatherDimensions(graphs, account, dayStart).map(({ name, values }): Dimension => {
    if (name === 'message.text') return { name, values: textsNear(event.message?.text ?? '', values.map(String)) };
    if (name === 'at') return { name, values: instantsNear(event.at, now, values.map(String)) };
    if (name === 'type') return { name, values: eventTypes.filter((type) => !madeByTheClock.has(type)) };
    return { name, values };
  });
  // Variables are the run's own: no event can bring them.
  const ofEvents = dimensions.filter(({ name }) => !name.startsWith('vars.'));
  return [...ofEvents, ...namedPlaces(graphs)].map(({ name, values }) => {
    const own = JSON.stringify(valueOf(event, name));
    return { name, values: values.filter((value) => JSON.stringify(value) !== own) };
  });
}

const madeByTheClock: ReadonlySet<string> = new Set(['schedule-ticked', 'timer-fired']);

/** The text without one of its words, with one more, then other texts. */
function textsNear(text: string, values: readonly string[]): string[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const without = words.map((_, place) => words.filter((_, other) => other !== place).join(' '));
  const more = values.filter((value) => value !== '' && !value.includes(' ')).map((word) => `${text} ${word}`.trim());
  return [...new Set([...without, ...more, ...values])];
}

/** Instants in the spelling of the event's own zone, the nearest first. */
function instantsNear(at: string, now: number, values: readonly string[]): string[] {
  const zone = /[+-]\d\d:\d\d$/.exec(at)?.[0] ?? 'Z';
  const ahead = zone === 'Z' ? 0 : Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))) * 60_000;
  const instants = values.map((value) => parseInstant(value) ?? 0).sort((a, b) => Math.abs(a - now) - Math.abs(b - now));
  return instants.map((instant) => new Date(instant + ahead).toISOString().replace('.000Z', zone));
}

/** Stages, groups and posts that settings name outside of conditions. */
function namedPlaces(graphs: readonly RuleGraph[]): Dimension[] {
  const settings = (type: string, key: string) =>
    graphs.flatMap(({ nodes }) => nodes.filter((node) => node.type === type).flatMap((node) => node.settings[key] ?? []));
  return [
    { name: 'deal.pipeline', values: settings('on-stage', 'pipeline') },
    { name: 'deal.stage', values: settings('on-stage', 'stage') },
    { name: 'chat.id', values: settings('group-filter', 'list') },
    { name: 'message.post', values: settings('post-filter', 'list').map((id) => ({ id })) },
  ].filter(({ values }) => values.length > 0);
}
