import type { Claims } from '../claim.js';
import { anything } from '../claim.js';
import type { AccountDirectory } from '../finding.js';
import { noFacts, Reasoning, type Facts, type Known } from './facts.js';
import { Instants } from './hours-facts.js';
import type { WiredNode, Wiring } from './wiring.js';
import { WordLists } from './word-facts.js';

/** One way to a node: what is certain of an event that comes by it. */
export interface Way {
  facts: Facts;
  /** Whether the run began with this event, and has not waited on the way. */
  fresh: boolean;
  /** It stands for many ways: what is certain on each of them. */
  joined?: true;
}

/** What is certain of the events that get to each node of a graph. */
export interface Flow {
  reasoning: Reasoning;
  /** Ways to each node that some event can reach. */
  ways: ReadonlyMap<string, readonly Way[]>;
  /** Ports of each such node by which some event can leave. */
  left: ReadonlyMap<string, ReadonlySet<string>>;
  claimsOf(node: WiredNode, port: string): Claims;
}

/** Ways to one node beyond these are taken together. */
const mostWays = 6;
const mostSteps = 3000;

/** What a graph's nodes say of events: to be gathered before, because all windows of the day together make the clock. */
export function reasoningFor(wirings: readonly { wiring: Wiring; timezone: string }[], account?: AccountDirectory): Reasoning {
  const claims = wirings.flatMap(({ wiring, timezone }) =>
    [...wiring.nodes.values()].flatMap((wired) => wired.ports.flatMap((port) => claimsOf(wired, port, timezone).flat())),
  );
  return new Reasoning(new WordLists(), new Instants(claims.flatMap((claim) => (claim.kind === 'hours' ? [claim] : []))), account);
}

/** Follows what is certain from the triggers on, along every port that some event can leave by. */
export function flowThrough(wiring: Wiring, timezone: string, reasoning: Reasoning): Flow {
  const ways = new Map<string, Way[]>();
  const left = new Map<string, Set<string>>();
  const known = new Map<string, Claims>();
  const claims = (wired: WiredNode, port: string) => {
    const key = `${wired.node.id}.${port}`;
    const found = known.get(key) ?? claimsOf(wired, port, timezone);
    known.set(key, found);
    return found;
  };
  const pending: { id: string; way: Way }[] = wiring.triggers.map(({ node }) => ({
    id: node.id,
    way: { facts: noFacts, fresh: true },
  }));
  let steps = 0;
  // In the order of a queue, so that short ways come first and the long ones are taken together.
  for (let next = pending[0], place = 0; next && steps < mostSteps; next = pending[++place]) {
    steps += 1;
    const wired = wiring.nodes.get(next.id);
    const way = wired && keepWay(ways, next.id, next.way);
    if (!wired || !way) continue;
    const ports = wired.node.disabled ? wired.ports.slice(0, 1) : wired.ports;
    for (const port of ports) {
      const own = wired.node.disabled ? anything : claims(wired, port);
      const behind = reasoning.add(way.facts, own, next.id);
      if (behind.length === 0) continue;
      left.set(next.id, (left.get(next.id) ?? new Set()).add(port));
      const waits = own.some((one) => one.some(({ kind }) => kind === 'anew'));
      for (const facts of behind) {
        for (const target of wired.exits.get(port) ?? []) pending.push({ id: target, way: { facts, fresh: way.fresh && !waits } });
      }
    }
  }
  // Where there were more ways than are worth following, anything may be: nothing is called impossible.
  if (steps >= mostSteps) for (const { node, ports } of wiring.nodes.values()) left.set(node.id, new Set(ports));
  return { reasoning, ways, left, claimsOf: claims };
}

function claimsOf({ node, nodeType, settings }: WiredNode, port: string, timezone: string): Claims {
  return node.disabled ? anything : (nodeType.claims?.(settings, { timezone })(port) ?? anything);
}

/** Adds a way; undefined when it says nothing new. When there are many, only what is certain on all of them is kept from then on. */
function keepWay(ways: Map<string, Way[]>, id: string, way: Way): Way | undefined {
  const kept = ways.get(id) ?? [];
  const isOne = kept[0]?.joined === true;
  if (kept.some((other) => (isOne || other.fresh === way.fresh) && isWithin(other.facts, way.facts))) return undefined;
  if (!isOne && kept.length < mostWays) {
    ways.set(id, [...kept, way]);
    return way;
  }
  const all = [...kept, way];
  const joined: Way = { facts: all.map(({ facts }) => facts).reduce(common), fresh: all.some(({ fresh }) => fresh), joined: true };
  ways.set(id, [joined]);
  return joined;
}

/** Whether all that the weaker says is said by the stronger, too: then the stronger is no new way. */
function isWithin(weaker: Facts, stronger: Facts): boolean {
  return [...weaker].every(([group, known]) => {
    const theirs = stronger.get(group);
    if (theirs === known) return true;
    const keys = new Set(theirs?.map(({ key }) => key));
    return known.every(({ key }) => keys.has(key));
  });
}

function common(one: Facts, other: Facts): Facts {
  const shared = new Map<string, readonly Known[]>();
  for (const [group, known] of one) {
    const theirs = other.get(group);
    if (theirs === known) {
      shared.set(group, known);
      continue;
    }
    const keys = new Set(theirs?.map(({ key }) => key));
    const both = known.filter(({ key }) => keys.has(key));
    if (both.length > 0) shared.set(group, both);
  }
  return shared;
}
