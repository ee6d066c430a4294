import { gatherDimensions, toEvent } from '../check/candidates.js';
import { portsOf } from '../compile.js';
import { splitPort, type GraphNode, type RuleGraph } from '../graph.js';
import { nodeTypeList, nodeTypes } from '../nodes/index.js';
import { readEvent } from '../read-event.js';
import type { Draw } from './draw.js';

const zones = ['Europe/Moscow', 'America/New_York', 'Asia/Kathmandu'];
const contacts = ['7', '8', '9'];
/** Gaps between two events, in seconds: within a minute's storm, within a wait, over a night, over a month. */
const gaps = [0, 1, 5, 20, 90, 600, 3600, 40_000, 90_000, 2_600_000];
const firstDay = Date.UTC(2026, 2, 27);

/** A graph of a few nodes of any types, with settings of their examples, wired at random; it may hold what `check` would warn of. */
export function generateGraph(draw: Draw, name: string): RuleGraph {
  const types = nodeTypeList.filter(({ examples }) => examples.length > 0);
  const triggers = types.filter(({ family }) => family === 'trigger');
  const others = types.filter(({ family }) => family !== 'trigger');
  const nodes: GraphNode[] = [{ id: 'in', type: 'on-message', settings: {} }];
  const size = 2 + draw.below(8);
  for (let place = 0; place < size; place++) {
    const nodeType = draw.one(draw.chance(0.15) ? triggers : others);
    const { settings } = draw.one(nodeType.examples);
    nodes.push({
      id: `n${place}`,
      type: nodeType.type,
      settings: settings as GraphNode['settings'],
      ...(draw.chance(0.03) && { disabled: true }),
    });
  }
  const entries = nodes.filter(({ type }) => nodeTypes.get(type)?.family !== 'trigger');
  const edges = nodes.flatMap(({ id, type, settings }, place) => {
    const nodeType = nodeTypes.get(type);
    if (!nodeType) return [];
    return portsOf(nodeType, nodeType.settings.parse(settings)).flatMap((port) => {
      // Mostly forwards, so that runs get somewhere; now and then anywhere, circles included.
      const later = entries.filter((other) => nodes.indexOf(other) > place);
      const targets = later.length > 0 && draw.chance(0.9) ? later.slice(0, 3) : entries;
      return targets.length > 0 && draw.chance(0.85) ? [{ from: `${id}.${port}`, to: draw.one(targets).id }] : [];
    });
  });
  return { format: 1, name, timezone: draw.one(zones), nodes, edges };
}

/** A short stream of events as an events file has them: of few people, made of what the graphs name, with a clock that mostly goes on. */
export function generateEvents(draw: Draw, graphs: readonly RuleGraph[], dimensions = gatherDimensions(graphs)): Record<string, unknown>[] {
  const nodes = graphs.flatMap((graph) => graph.nodes.map(({ id }) => id));
  // A schedule of every minute ticks through each gap, and a circle of short waits goes round through it.
  const usable = graphs.some(isRestless) ? gaps.filter((gap) => gap <= 600) : gaps;
  let at = firstDay + draw.below(86_400) * 1000;
  // Now and then one client writes faster than any limit allows.
  const isStorm = draw.chance(0.03);
  return Array.from({ length: isStorm ? 30 : 2 + draw.below(5) }, (_, place) => {
    if (isStorm) at += 2000;
    else at += draw.one(usable) * 1000 * (draw.chance(0.03) ? -1 : 1);
    const assignment = new Map(dimensions.map(({ name, values }) => [name, isStorm || draw.chance(0.7) ? values[0] : draw.one(values)]));
    const base = toEvent(assignment);
    const event: Record<string, unknown> = { ...base, id: `e${place + 1}`, at: new Date(at).toISOString() };
    const id = isStorm ? 'storm' : draw.one(contacts);
    if (isStorm || draw.chance(0.9)) event['contact'] = { name: 'Анна', ...(!isStorm && draw.chance(0.3) ? base.contact : { id }) };
    if (isStorm || draw.chance(0.5)) event['conversation'] = { id: `v${id}`, inbound: place };
    if (draw.chance(0.3)) event['deal'] = { id: `d${id}`, open: draw.chance(0.7) };
    if (draw.chance(0.3)) event['message'] = { text: draw.one(['10', '5', 'да', '👍', 'семь', '7 из 10', 'привет']) };
    if (!isStorm && draw.chance(0.15))
      event['type'] = draw.one(['call-missed', 'contact-subscribed', 'conversation-closed', 'score-requested', 'stage-changed']);
    if (draw.chance(0.1))
      Object.assign(event, { type: 'http-answered', node: draw.one(nodes), status: draw.one([200, 204, 500]), body: { ok: true } });
    // What conditions compare a field with need not be of the field's kind.
    for (let read = readEvent(event, { position: 1 }); !read.ok; read = readEvent(event, { position: 1 })) {
      delete event[read.path.split('.')[0] ?? ''];
    }
    return event;
  });
}

function isRestless({ nodes, edges }: RuleGraph): boolean {
  const places = new Map(nodes.map(({ id }, place) => [id, place]));
  const placeOf = (id = '') => places.get(id) ?? 0;
  return nodes.some(({ type }) => type === 'on-schedule') || edges.some(({ from, to }) => placeOf(to) <= placeOf(splitPort(from)?.node));
}
