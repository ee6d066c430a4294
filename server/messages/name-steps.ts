import type { Run } from '../../api/messages.js';
import {
  describeStep,
  graphSchema,
  nodeTypes,
  type Bilingual,
  type Family,
  type Held,
  type RuleGraph,
  type Step,
} from '../../rules/index.js';

/**
 * What the steps of a run are called, and which of them decided: the one that dropped the message or failed, else the first that answered, else the last.
 * @param graph the version that ran, as stored; steps of one that cannot be read are called by their ids
 * @param called graphs of the rule sets that the run called, by name
 */
export function nameSteps(
  run: Pick<Run, 'trace' | 'reason' | 'error' | 'effects'>,
  graph: unknown,
  called: ReadonlyMap<string, unknown> = new Map(),
): Pick<Run, 'decisive' | 'titles'> {
  const parsed = new Map<string | undefined, RuleGraph | undefined>([[undefined, graphSchema.safeParse(graph).data]]);
  for (const [name, one] of called) parsed.set(name, graphSchema.safeParse(one).data);
  const titleOf = ({ node: id, ruleSet }: Place): Bilingual => {
    const node = parsed.get(ruleSet)?.nodes.find((one) => one.id === id);
    return titleOfStep(id, node?.type, node?.title);
  };
  const answer = run.effects.find(({ type, outcome }) => type === 'send-message' && outcome === 'applied');
  const end = run.reason ?? run.error;
  const step = end
    ? run.trace.findLast((one) => one.node === end.node && one.ruleSet === end.ruleSet)
    : (run.trace.findLast((one) => one.node === answer?.node) ?? run.trace.at(-1));
  const decided: Place | undefined = step ?? end ?? answer;
  const stepGraph = step && parsed.get(step.ruleSet);
  const because = step && stepGraph && tellWhy(step, run.trace, stepGraph, titleOf);
  // Those of the run's own rule set last: they keep their names.
  const told = run.trace.toSorted((a, b) => Number(a.ruleSet === undefined) - Number(b.ruleSet === undefined));
  return {
    decisive: decided === undefined ? null : { node: placeOf(decided, run.trace), title: titleOf(decided), ...(because && { because }) },
    titles: Object.fromEntries(told.map((one) => [one.node, titleOf(one)])),
  };
}

/** Why a step went as it did; of one that only ends the way, such as a drop, why the way came there: the step that chose it, by name. */
function tellWhy(
  step: Run['trace'][number],
  trace: Run['trace'],
  graph: RuleGraph,
  titleOf: (place: Place) => Bilingual,
): Bilingual | undefined {
  const own = describeStep(toStep(step), graph, nodeTypes);
  const chooser = familyOf(step, graph) === 'end' ? chooserOf(step, trace, graph) : undefined;
  const why = chooser && describeStep(toStep(chooser), graph, nodeTypes);
  if (!chooser || !why) return own;
  const title = titleOf(chooser);
  return { ru: `«${title.ru}» — ${why.ru}`, en: `“${title.en}”: ${why.en}` };
}

function familyOf({ node: id }: Place, graph: RuleGraph): Family | undefined {
  const type = graph.nodes.find((node) => node.id === id)?.type;
  return type === undefined ? undefined : nodeTypes.get(type)?.family;
}

/** Steps of these go one way or another. */
const choosers: ReadonlySet<Family | undefined> = new Set(['filter', 'choice', 'wait']);

/** The last step on the way there that chose it and says why. */
function chooserOf(step: Run['trace'][number], trace: Run['trace'], graph: RuleGraph): Run['trace'][number] | undefined {
  let at = step;
  for (const before of trace.slice(0, trace.lastIndexOf(step)).toReversed()) {
    const leads = graph.edges.some(({ from, to }) => from === `${before.node}.${before.port}` && to === at.node);
    if (before.ruleSet !== at.ruleSet || !leads) continue;
    if (before.because && choosers.has(familyOf(before, graph))) return before;
    at = before;
  }
  return undefined;
}

/** A step, of the run's own rule set or of one that it called. */
interface Place {
  node: string;
  ruleSet?: string;
}

/** Where to look for a step in the run's own graph: one of a rule set that was called stands for the step that called it, which ends after it. */
function placeOf({ node, ruleSet }: Place, trace: Run['trace']): string {
  if (ruleSet === undefined) return node;
  const place = trace.findLastIndex((one) => one.node === node && one.ruleSet === ruleSet);
  const isOwn = (one: Place) => one.ruleSet === undefined;
  return (trace.slice(place).find(isOwn) ?? trace.slice(0, place).findLast(isOwn))?.node ?? node;
}

/** The admin's name for a step, else what steps of its type are called, else its id. */
export function titleOfStep(id: string, type: string | undefined, title: string | undefined): Bilingual {
  if (title !== undefined) return { ru: title, en: title };
  return (type === undefined ? undefined : nodeTypes.get(type)?.title) ?? { ru: id, en: id };
}

const heldReasons: readonly Held[] = ['bot', 'rate', 'late', 'loop'];

/** A reason for holding back that this release does not know is left out. */
function toStep({ held, ...step }: Run['trace'][number]): Step {
  const known = heldReasons.find((reason) => reason === held);
  return known ? { ...step, held: known } : step;
}
