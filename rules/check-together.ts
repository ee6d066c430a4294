import { checkCalls } from './check/calls.js';
import { findBothAnswer } from './check/both-answer.js';
import { findBothClash } from './check/both-clash.js';
import { flowThrough, reasoningFor } from './check/flow.js';
import { findSilenced } from './check/never-runs.js';
import type { ReadyRuleSet } from './check/ready-rule-set.js';
import { wire } from './check/wiring.js';
import { isCalled } from './called.js';
import { compile, type NodeTypes } from './compile.js';
import type { RuleEvent } from './event.js';
import { neverAnswered } from './expressions/make-expression.js';
import type { AccountDirectory, Finding } from './finding.js';
import { defaultTimezone, type RuleGraph } from './graph.js';

/** What is wrong between rule sets: two that answer one message, or set different stages or users for it; calls; one that never runs. */
export interface TogetherFinding {
  /** The place in the given list of the rule set that the finding is about; it names its node. */
  index: number;
  /** The place of the other one, which comes first; absent for what a call lacks. */
  other?: number;
  finding: Finding;
  /** A message that shows it, verified by running both. */
  witness?: RuleEvent;
}

/**
 * Finds what rule sets do to each other: two that answer one message or set different stages or users for it, one that another drops everything of,
 * calls in a circle, of what waits, of what is not there. Messages are built from what the graphs' words, windows, channels and conditions make certain,
 * else searched for, and each is run before it is told. A pair without a finding may still have one that the search missed.
 * @param graphs what `readGraph` returned, in order of priority
 * @param account its channels are the ones that a message can come from; without it channels are supposed from the graphs' own lists
 */
export function checkTogether(graphs: readonly RuleGraph[], nodeTypes: NodeTypes, account?: AccountDirectory): TogetherFinding[] {
  const wired = graphs.map((graph) => ({ graph, wiring: wire(graph, nodeTypes), timezone: graph.timezone ?? defaultTimezone }));
  const named = wired.map(({ graph, wiring }) => ({ name: graph.name, wiring }));
  const calls = checkCalls(named, account);
  if (graphs.length < 2) return calls;
  const reasoning = reasoningFor(wired, account);
  const byName = graphs.map((graph) => compile(graph, nodeTypes, undefined, neverAnswered));
  // One that another calls runs as its step and never by itself.
  const alone = new Set(graphs.flatMap(({ name }, index) => (isCalled(byName, name) ? [] : [index])));
  const ready = wired.map(({ graph, wiring, timezone }, index): ReadyRuleSet => ({
    graph,
    wiring,
    compiled: compile({ ...graph, name: String(index) }, nodeTypes, undefined, neverAnswered),
    flow: flowThrough(wiring, timezone, reasoning),
  }));
  const between = ready.flatMap((second, index) =>
    ready.slice(0, index).flatMap((first, other): TogetherFinding[] => {
      if (!alone.has(index) || !alone.has(other)) return [];
      const silenced = findSilenced(first, second, account);
      if (silenced) return [{ index, other, ...silenced }];
      const answered = findBothAnswer(first, second, account);
      return [...(answered ? [answered] : []), ...findBothClash(first, second)].map((found) => ({ index, other, ...found }));
    }),
  );
  return [...calls, ...between];
}
