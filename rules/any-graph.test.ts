import * as fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';
import { checkGraph } from './check.js';
import { compile, portsOf } from './compile.js';
import { diffGraphs } from './diff.js';
import { chatTypes, eventTypes, messageKinds, messageOrigins, surfaces } from './event.js';
import type { RuleGraph } from './graph.js';
import { nodeTypeList, nodeTypes } from './nodes/index.js';
import { readEvent } from './read-event.js';
import { readGraph } from './read-graph.js';
import { toRunLine } from './run-line.js';
import { createSession } from './session.js';

/** A value that is absent now and then. */
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('Привет, кредит', 't.me/x', '👍', '10', '%NAME% {{a;b}}', 'e\u0301', '\uD800'),
);

const anyMoment = fc.record(
  {
    type: fc.oneof(
      { weight: 5, arbitrary: fc.constant('message-received' as const) },
      { weight: 1, arbitrary: fc.constantFrom(...eventTypes) },
    ),
    at: fc.integer({ min: -3600, max: 100_000 }),
    channel: maybe(
      fc.record({
        id: maybe(text),
        kind: maybe(text),
        name: maybe(text),
        account: maybe(text),
        surface: maybe(fc.constantFrom(...surfaces)),
      }),
    ),
    contact: maybe(fc.record({ id: maybe(text), name: maybe(text), username: maybe(text), phone: maybe(text), bot: maybe(fc.boolean()) })),
    chat: maybe(fc.record({ type: maybe(fc.constantFrom(...chatTypes)), id: maybe(text) })),
    message: maybe(
      fc.record({
        kind: maybe(fc.constantFrom(...messageKinds)),
        text: maybe(text),
        origin: maybe(fc.constantFrom(...messageOrigins)),
        attachments: maybe(fc.array(fc.record({ type: text }))),
      }),
    ),
    conversation: maybe(fc.record({ id: maybe(text), inbound: maybe(fc.integer()) })),
    deal: maybe(fc.record({ id: maybe(text), stage: maybe(text), open: maybe(fc.boolean()), tags: maybe(fc.array(text)) })),
    extra: maybe(fc.jsonValue()),
  },
  { requiredKeys: ['type'] },
);

/** Events of about a day, somewhere in 130 years: a wait that goes in a circle fires some hundred times, not some million. */
const anyEvents = fc
  .tuple(
    fc.date({ noInvalidDate: true, min: new Date('1970-01-02T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z') }),
    fc.array(anyMoment, { minLength: 1, maxLength: 6 }),
  )
  .map(([day, events]) =>
    events.map(({ at = 0, ...event }, index) => ({
      ...event,
      ...((index === 0 || at % 5 !== 0) && { at: new Date(day.getTime() + at * 1000).toISOString() }),
    })),
  );
const anyEvent = anyEvents.map(([event]) => event);

/** Settings as some example of the type has them: every type is met with settings that mean something. */
const anyNode = fc.constantFrom(...nodeTypeList).chain((nodeType) =>
  fc.record({
    type: fc.constant(nodeType.type),
    settings: fc.constantFrom(...nodeType.examples.map(({ settings }) => settings as Record<string, unknown>)),
    disabled: maybe(fc.boolean()),
  }),
);

const anyGraph: fc.Arbitrary<RuleGraph> = fc
  .tuple(
    fc.constantFrom('Europe/Moscow', 'America/New_York', 'Asia/Kathmandu'),
    fc.array(anyNode, { minLength: 1, maxLength: 12 }),
    fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { maxLength: 30 }),
  )
  .map(([timezone, parts, wires]) => {
    const nodes = [{ type: 'on-message', settings: {} }, ...parts].map((part, index) => ({ id: `n${index}`, ...part }));
    const entries = nodes.filter(({ type }) => nodeTypes.get(type)?.family !== 'trigger');
    const edges = wires.flatMap(([from, port, to]) => {
      const source = nodes[from % nodes.length];
      const target = entries[to % Math.max(1, entries.length)];
      const nodeType = source && nodeTypes.get(source.type);
      if (!source || !target || !nodeType) return [];
      const ports = portsOf(nodeType, nodeType.settings.parse(source.settings));
      return ports.length === 0 ? [] : [{ from: `${source.id}.${ports[port % ports.length]}`, to: target.id }];
    });
    return { format: 1 as const, name: 'Любой граф', timezone, nodes, edges };
  });

async function play(graph: RuleGraph, events: readonly unknown[]): Promise<string[]> {
  const lines: string[] = [];
  const session = createSession([compile(graph, nodeTypes)]);
  let previousAt: string | undefined;
  for (const [index, json] of events.entries()) {
    const read = readEvent(json, { position: index + 1, previousAt });
    if (!read.ok) throw new Error(`${read.path}: ${read.problem.en}`);
    previousAt = read.event.at;
    lines.push(...(await session.play(read.event)).map((played) => JSON.stringify(toRunLine(played))));
  }
  return lines;
}

it('no graph and no events break the engine, and the same input gives the same bytes', async () => {
  await fc.assert(
    fc.asyncProperty(anyGraph, anyEvents, async (json, events) => {
      const { graph, findings } = readGraph(JSON.parse(JSON.stringify(json)), nodeTypes);
      expect(findings).toEqual([]);
      if (!graph) return;
      const lines = await play(graph, events);
      expect(await play(graph, events)).toEqual(lines);
      for (const line of lines) expect(line).toMatch(/"status":"(passed|filtered|error)"/);
    }),
    { numRuns: 400 },
  );
});

it('a node that fails says so in the decision, never in words of the platform', async () => {
  await fc.assert(
    fc.asyncProperty(anyGraph, anyEvent, async (graph, event) => {
      const [line = ''] = await play(graph, [event]);
      expect(line).not.toMatch(/Cannot read propert|is not a function|is not iterable|undefined is not/);
    }),
    { numRuns: 400 },
  );
});

it('every graph can be checked, written, read again and compared with itself', () => {
  fc.assert(
    fc.property(anyGraph, (graph) => {
      for (const { code, text } of checkGraph(graph, nodeTypes))
        expect([code, text.ru === '', text.en === '']).toEqual([code, false, false]);
      const again = readGraph(JSON.parse(canonicalJson(graph)), nodeTypes);
      expect(again.graph && diffGraphs(graph, again.graph, nodeTypes).equal).toBe(true);
    }),
    { numRuns: 150 },
  );
});

it('settings of any shape are refused with a path inside of them, or run', async () => {
  const spoilt = fc.tuple(fc.constantFrom(...nodeTypeList), fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), fc.jsonValue());
  await fc.assert(
    fc.asyncProperty(spoilt, anyEvent, async ([nodeType, extra, place, value], event) => {
      const example = nodeType.examples[place % nodeType.examples.length]?.settings as Record<string, unknown>;
      const keys = Object.keys(example);
      const key = keys[place % Math.max(1, keys.length)];
      const settings = { ...example, ...(key === undefined ? extra : { [key]: value }) };
      const nodes = [
        { id: 'in', type: 'on-message', settings: {} },
        { id: 'x', type: nodeType.type, settings },
      ];
      const edges = nodeType.family === 'trigger' ? [] : [{ from: 'in.next', to: 'x' }];
      const { graph, findings } = readGraph({ format: 1, name: 'x', nodes, edges }, nodeTypes);
      for (const found of findings) expect(found.path).toMatch(/^nodes\[1\]\.settings/);
      if (graph) {
        checkGraph(graph, nodeTypes);
        await play(graph, [event]);
      }
    }),
    { numRuns: 1000 },
  );
});
