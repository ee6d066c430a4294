import type { Run } from '../../api/messages.js';
import { describeStep, graphSchema, nodeTypes, type Bilingual, type Held, type Step } from '../../rules/index.js';

/**
 * What the steps of a run are called, and which of them decided: the one that dropped the message or failed, else the first that answered, else the last.
 * @param graph the version that ran, as stored; steps of one that cannot be read are called by their ids
 */
export function nameSteps(run: Pick<Run, 'trace' | 'reason' | 'error' | 'effects'>, graph: unknown): Pick<Run, 'decisive' | 'titles'> {
  const parsed = graphSchema.safeParse(graph).data;
  const titleOf = (id: string): Bilingual => {
    const node = parsed?.nodes.find((one) => one.id === id);
    return titleOfStep(id, node?.type, node?.title);
  };
  const answer = run.effects.find(({ type, outcome }) => type === 'send-message' && outcome === 'applied');
  const node = (run.reason ?? run.error ?? answer)?.node ?? run.trace.at(-1)?.node;
  const step = run.trace.findLast((one) => one.node === node);
  const because = step && parsed && describeStep(toStep(step), parsed, nodeTypes);
  return {
    decisive: node === undefined ? null : { node, title: titleOf(node), ...(because && { because }) },
    titles: Object.fromEntries(run.trace.map((one) => [one.node, titleOf(one.node)])),
  };
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
