import type { CodeName } from '../codes.js';
import { finding } from '../codes.js';
import { compile, type CompiledGraph, type NodeTypes } from '../compile.js';
import type { Effect, EffectType } from '../effect.js';
import { evaluate } from '../evaluate.js';
import type { RuleEvent } from '../event.js';
import { neverAnswered } from '../expressions/make-expression.js';
import type { Finding } from '../finding.js';
import { defaultTimezone, type RuleGraph } from '../graph.js';
import { emptyMemory } from '../memory.js';
import { atOnce } from './at-once.js';
import type { Flow, Way } from './flow.js';
import { nameStep } from './name-steps.js';
import { shortenEvent } from './shorten.js';
import { tellWitness } from './tell-witness.js';
import type { WiredNode, Wiring } from './wiring.js';

/** What two effects of one message contradict each other in, and how to say it. */
export interface Clash {
  code: CodeName;
  first: EffectType;
  second: EffectType;
  /** What to tell of the two, where they do contradict each other. */
  compare(first: Effect, second: Effect): Record<string, string> | undefined;
}

export const clashes = {
  answer: { code: 'answers-twice', first: 'send-message', second: 'send-message', compare: () => ({}) },
  stage: { code: 'stage-set-twice', first: 'set-stage', second: 'set-stage', compare: compareStages },
  responsible: { code: 'responsible-set-twice', first: 'assign-responsible', second: 'assign-responsible', compare: compareUsers },
  added: { code: 'tag-added-and-removed', first: 'add-tags', second: 'remove-tags', compare: compareTags },
  removed: { code: 'tag-added-and-removed', first: 'remove-tags', second: 'add-tags', compare: compareTags },
} satisfies Record<string, Clash>;

/** Bounds of one check, so that it stays unnoticed while somebody draws: runs of the graph, and ways tried for a pair of nodes. */
const mostRuns = 600;
const mostWays = 3;
const mostPairs = 4000;

/**
 * Pairs of nodes of which one message gets two answers, two stages, two users, or a tag both added and removed. Each comes with a message
 * that was run. Told of are branches that are no alternatives, and a step that the very next ones undo; a choice in between means it so.
 */
export function checkConflicts(graph: RuleGraph, nodeTypes: NodeTypes, wiring: Wiring, flow: Flow): Finding[] {
  const acting = [...wiring.nodes.values()].filter((wired) => asksOf(wired).length > 0);
  if (acting.length < 2) return [];
  const compiled = compile(graph, nodeTypes, undefined, neverAnswered);
  const reach = new Map(acting.map(({ node }) => [node.id, wiring.reach([node.id])]));
  const zone = graph.timezone ?? defaultTimezone;
  const findings: Finding[] = [];
  let [pairs, runs] = [0, 0];
  for (const clash of Object.values<Clash>(clashes)) {
    const later = acting.filter((wired) => asksOf(wired).includes(clash.second));
    for (const first of acting.filter((wired) => asksOf(wired).includes(clash.first))) {
      for (const second of later) {
        if (first === second || (pairs += 1) > mostPairs || runs > mostRuns) continue;
        if (reach.get(second.node.id)?.has(first.node.id)) continue;
        if (reach.get(first.node.id)?.has(second.node.id) && !(clash.code !== 'answers-twice' && isStraight(first, second, wiring)))
          continue;
        if (findings.some(({ node, code }) => node === second.node.id && code === clash.code)) continue;
        for (const event of eventsAt(flow, first, second)) {
          runs += 1;
          const values = clashOn(compiled, event, clash, first, second);
          if (!values) continue;
          const witness = shortenEvent(event, (shorter) => clashOn(compiled, shorter, clash, first, second) !== undefined);
          const place = { node: second.node.id, path: `nodes[${second.index}]` };
          findings.push(
            finding(clash.code, place, { ...values, other: nameStep(wiring, first.node.id), witness: tellWitness(witness, zone) }),
          );
          break;
        }
      }
    }
  }
  return findings;
}

/** Types of effects that a node may ask for and that are compared here; none where it is switched off. */
export function asksOf({ node, nodeType, settings }: WiredNode): readonly EffectType[] {
  return node.disabled ? [] : (nodeType.asks?.(settings) ?? []);
}

/** Ways that begin with the event itself, not behind a wait. */
export function waysFrom(ways: readonly Way[] | undefined, most: number): Way[] {
  return (ways ?? []).filter(({ fresh }) => fresh).slice(0, most);
}

function* eventsAt(flow: Flow, first: WiredNode, second: WiredNode): Generator<RuleEvent> {
  for (const there of waysFrom(flow.ways.get(first.node.id), mostWays)) {
    for (const here of waysFrom(flow.ways.get(second.node.id), mostWays)) {
      const facts = flow.reasoning.merge(there.facts, here.facts);
      if (facts) yield flow.reasoning.toEvent(facts);
    }
  }
}

function clashOn(
  graph: CompiledGraph,
  event: RuleEvent,
  clash: Clash,
  first: WiredNode,
  second: WiredNode,
): Record<string, string> | undefined {
  const decision = atOnce(evaluate(graph, event, emptyMemory));
  if (!decision) return undefined;
  const there = decision.effects.findIndex(({ type, node }) => type === clash.first && node === first.node.id);
  const here = decision.effects.findIndex(({ type, node }) => type === clash.second && node === second.node.id);
  if (there < 0 || here < there) return undefined;
  return clash.compare(decision.effects[there]!, decision.effects[here]!);
}

/** Whether whatever leaves the first gets to the second without a choice or a wait on the way. */
function isStraight(first: WiredNode, second: WiredNode, wiring: Wiring): boolean {
  const seen = new Set<string>();
  const pending = [first.node.id];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (id === second.node.id) return true;
    const wired = wiring.nodes.get(id);
    if (!wired || seen.has(id) || wired.nodeType.family !== 'action' || wired.ports.length > 1) continue;
    seen.add(id);
    pending.push(...[...wired.exits.values()].flat());
  }
  return false;
}

function compareStages(first: Effect, second: Effect): Record<string, string> | undefined {
  if (first.type !== 'set-stage' || second.type !== 'set-stage') return undefined;
  const [one, other] = [first, second].map(({ pipeline, stage }) => (pipeline === undefined ? stage : `${pipeline} → ${stage}`));
  // Without a pipeline it is the deal's own, which may be that very one.
  const isSame = first.stage === second.stage && (first.pipeline === second.pipeline || !first.pipeline || !second.pipeline);
  return isSame ? undefined : { first: one ?? '', second: other ?? '' };
}

function compareUsers(first: Effect, second: Effect): Record<string, string> | undefined {
  if (first.type !== 'assign-responsible' || second.type !== 'assign-responsible' || first.user === second.user) return undefined;
  return { first: first.user, second: second.user };
}

function compareTags(first: Effect, second: Effect): Record<string, string> | undefined {
  if (!('tags' in first) || !('tags' in second)) return undefined;
  const both = first.tags.find((tag) => second.tags.includes(tag));
  return both === undefined ? undefined : { first: both };
}
