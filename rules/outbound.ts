import type { CompiledGraph } from './compile.js';
import type { RunOfVersion } from './decide.js';
import type { Effect } from './effect.js';
import type { Moment } from './node-type.js';

/**
 * A client's first answer lets go of the messages that `hold-outbound` kept back: an export for each that waits for a reply, in order, before
 * the answer itself. From then on nothing is held.
 * @returns what it adds to the event's decision; undefined when nothing is held here
 */
export function releaseHeld(ruleSets: readonly CompiledGraph[], moment: Moment, names: boolean): RunOfVersion | undefined {
  const { event, memory } = moment;
  if (event.type !== 'message-received' || memory.outbound?.answered) return undefined;
  const holder = ruleSets.find(({ needs }) => needs.some(({ need }) => need.kind === 'outbound'));
  const graph = ruleSets.find(({ name }) => name === memory.outbound?.held[0]?.ruleSet) ?? holder;
  if (!graph) return undefined;
  const effects = (memory.outbound?.held ?? [])
    .filter(({ release }) => release === 'reply')
    .map((held): Effect => ({ type: 'export', event: held.event, node: held.node, ...(names && { ruleSet: held.ruleSet }) }));
  const decision = { status: 'passed' as const, effects, trace: [], memory: { ...memory, outbound: { answered: true, held: [] } } };
  return { graph, event, memory, decision, cause: { by: 'release' } };
}
