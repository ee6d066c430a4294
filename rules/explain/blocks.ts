import type { Bilingual } from '../bilingual.js';
import { wire, type WiredNode, type Wiring } from '../check/wiring.js';
import type { NodeTypes } from '../compile.js';
import { describeStep } from '../describe.js';
import type { RuleEvent } from '../event.js';
import type { RuleGraph } from '../graph.js';
import type { Played } from '../session.js';
import type { Decision, Step } from '../trace.js';
import { refusalOf } from './refusing-settings.js';

/** Something that kept a node from running on an event. */
export interface Block {
  /** The node that stood in the way; absent where nothing of the graph did. */
  node?: string;
  /** It left by this port (or `drop`, `wait`, `error`)... */
  port?: string;
  /** ...and one of these leads to the node asked for. */
  wanted?: string[];
  /** A trigger: its settings that refuse the event. */
  settings?: string[];
  text: Bilingual;
}

/** As many as a person reads. */
const shownBlocks = 5;

/**
 * What kept a node from running: the nodes nearest to it where the run went another way, else the triggers that lead to it and did not start.
 * @param steps those of the decision's trace that belong to the graph
 * @returns none when the node ran
 */
export function findBlocks(
  node: string,
  graph: RuleGraph,
  nodeTypes: NodeTypes,
  steps: readonly Step[],
  { event, decision }: Pick<Played, 'event' | 'decision'>,
): Block[] {
  if (steps.some((step) => step.node === node)) return [];
  const wiring = wire(graph, nodeTypes);
  const distances = distancesTo(node, wiring);
  const parted = steps
    .filter((step) => distances.has(step.node))
    .sort((a, b) => (distances.get(a.node) ?? 0) - (distances.get(b.node) ?? 0))
    .flatMap((step) => blockOf(step, node, graph, nodeTypes, wiring, distances) ?? []);
  if (parted.length > 0) return parted.slice(0, shownBlocks);
  const triggers = wiring.triggers.filter((trigger) => distances.has(trigger.node.id));
  if (triggers.length === 0) return [{ text: { ru: `К шагу ${node} не ведёт ни один путь`, en: `No way leads to ${node}` } }];
  return [...waysAround(steps, decision), ...triggers.flatMap((trigger) => refusedBy(trigger, event) ?? [])].slice(0, shownBlocks);
}

/** How many edges lead from each node to this one, by the shortest way; nodes without a way are absent. */
export function distancesTo(node: string, { nodes }: Wiring): Map<string, number> {
  const distances = new Map([[node, 0]]);
  for (const [reached, distance] of distances) {
    for (const [id, { exits }] of nodes) {
      if (!distances.has(id) && [...exits.values()].some((targets) => targets.includes(reached))) distances.set(id, distance + 1);
    }
  }
  return distances;
}

function blockOf(
  step: Step,
  node: string,
  graph: RuleGraph,
  nodeTypes: NodeTypes,
  wiring: Wiring,
  distances: ReadonlyMap<string, number>,
): Block | undefined {
  const wired = wiring.nodes.get(step.node);
  if (!wired) return undefined;
  const wanted = [...wired.exits].filter(([, targets]) => targets.some((target) => distances.has(target))).map(([port]) => port);
  // By this one it did go on towards the node: what stood in the way came later.
  if (wanted.includes(step.port)) return undefined;
  const reason = describeStep(step, graph, nodeTypes);
  const ways = wanted.join(', ');
  const because = { ru: reason ? `: ${reason.ru}` : '', en: reason ? `: ${reason.en}` : '' };
  return {
    node: step.node,
    port: step.port,
    wanted,
    text: {
      ru: `${step.node} вышел по ${step.port}, а к ${node} ведёт ${ways}${because.ru}`,
      en: `${step.node} left by ${step.port}, and ${ways} leads to ${node}${because.en}`,
    },
  };
}

/** What ended the event before the way to the node was walked. */
function waysAround(steps: readonly Step[], { consumed, reason, error }: Decision): Block[] {
  const blocks: Block[] = [];
  if (consumed) {
    blocks.push({
      text: {
        ru: 'Событие забрал прогон, который его ждал: триггеры его не видели',
        en: 'A waiting run took the event: no trigger saw it',
      },
    });
  }
  const end = reason ?? error;
  if (end) {
    const place = end.ruleSet === undefined ? end.node : `${end.ruleSet}/${end.node}`;
    const text = steps.length > 0 ? 'очередь до этой ветки не дошла' : 'эти правила до события не дошли';
    const english = steps.length > 0 ? 'this branch did not get its turn' : 'these rules did not get the event';
    blocks.push({
      node: end.node,
      text: reason
        ? { ru: `Событие отсеял шаг ${place}: ${text}`, en: `${place} dropped the event: ${english}` }
        : { ru: `Прогон закончился ошибкой шага ${place}: ${text}`, en: `The run ended in an error of ${place}: ${english}` },
    });
  }
  return blocks;
}

function refusedBy(trigger: WiredNode, event: RuleEvent): Block | undefined {
  const { id } = trigger.node;
  const refusal = refusalOf(trigger, event);
  switch (refusal?.by) {
    case undefined:
      return undefined;
    case 'clock':
      return { node: id, text: { ru: `${id} запускают часы, а не событие`, en: `${id} is started by the clock, not by an event` } };
    case 'type':
      return {
        node: id,
        text: { ru: `${id} не начинается с события ${event.type}`, en: `${id} does not start on ${event.type}` },
      };
    case 'settings': {
      const names = refusal.settings.map((key) => `${key} = ${JSON.stringify(trigger.node.settings[key])}`).join(', ');
      return {
        node: id,
        settings: refusal.settings,
        text: { ru: `${id} не пропускает это событие: ${names}`, en: `${id} does not accept this event: ${names}` },
      };
    }
  }
}
