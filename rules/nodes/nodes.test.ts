import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Bilingual } from '../bilingual.js';
import type { RuleEvent } from '../event.js';
import { emptyMemory } from '../memory.js';
import type { Example, NodeType, Woken } from '../node-type.js';
import { formatInstant, parseInstant } from '../time/instant.js';
import { nodeTypeList, nodeTypes } from './index.js';

const folder = dirname(fileURLToPath(import.meta.url));

it('lists every folder, and nothing else', () => {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(nodeTypeList.map((nodeType) => nodeType.type).sort()).toEqual(folders.map((entry) => entry.name).sort());
  expect(nodeTypes.size).toBe(nodeTypeList.length);
});

describe.each(nodeTypeList.map((nodeType) => [nodeType.type, nodeType] as const))('%s', (_, nodeType) => {
  it('has examples', () => {
    expect(nodeType.examples.length).toBeGreaterThan(1);
  });

  it.each(nodeType.examples.map((example) => [example.title.en, example] as const))('%s', async (_, example) => {
    const settings = nodeType.settings.parse(example.settings);
    expectBilingual(example.title);
    expectBilingual(nodeType.summary(settings, 'Europe/Moscow'));
    if (nodeType.family === 'trigger') {
      expect(startOf(nodeType, settings, example)).toEqual(example.expect);
      return;
    }
    const outcome = await runExample(nodeType, settings, example);
    const port = portOf(outcome);
    const { effects = [], counted, set, wait } = outcome as Record<string, unknown>;
    const expected = example.expect;
    expect({ port, effects, counted, set, wait }).toEqual({
      port: expected.port,
      effects: expected.effects ?? [],
      counted: expected.counted,
      set: expected.set,
      wait: expected.wait,
    });
    if (!['drop', 'error', 'call', 'wait', 'ignored'].includes(port)) expect(portsOf(nodeType, settings)).toContain(port);
    expect(Object.keys(nodeType.reasons ?? {})).toContain(outcome.because?.key);
    for (const place of nodeType.reasons![outcome.because!.key]!.ru.matchAll(/\{(\w+)\}/g)) {
      expect(outcome.because!.values).toHaveProperty(String(place[1]));
    }
  });

  it('says a failure in English in the data, and to people in a reason', async () => {
    if (nodeType.family === 'trigger') return expect(nodeType.compile).toBeUndefined();
    for (const example of nodeType.examples) {
      for (const event of [example.event, { type: 'schedule-ticked' as const }]) {
        const outcome = await runExample(nodeType, nodeType.settings.parse(example.settings), { ...example, event });
        const fail = 'fail' in outcome ? outcome.fail : 'No failure';
        expect(fail).toMatch(/^[A-Z][ -~]+$/);
        expect(Object.keys(nodeType.reasons ?? {})).toContain(outcome.because?.key);
      }
    }
  });

  it('names everything in both languages', () => {
    expectBilingual(nodeType.title);
    expectBilingual(nodeType.description);
    Object.values(nodeType.portLabels).forEach(expectBilingual);
    for (const reason of Object.values(nodeType.reasons ?? {})) {
      expectBilingual(reason);
      expect(reason.en.match(/\{\w+\}/g)?.sort()).toEqual(reason.ru.match(/\{\w+\}/g)?.sort());
    }
    if (typeof nodeType.ports !== 'function') expect(Object.keys(nodeType.portLabels)).toEqual([...nodeType.ports]);
    const form = z.toJSONSchema(nodeType.settings, { io: 'input' });
    expect(form.additionalProperties).toBe(false);
    for (const [name, setting] of Object.entries(form.properties ?? {})) expectNamed(name, setting);
  });

  it('refuses an unknown setting', () => {
    const example = nodeType.examples[0]!;
    const parsed = nodeType.settings.safeParse({ ...(example.settings as object), txet: 1 });
    expect(parsed.error?.issues).toEqual([expect.objectContaining({ code: 'unrecognized_keys', keys: ['txet'] })]);
  });

  it('gives findings that say what, where and how to mend it', () => {
    for (const example of nodeType.examples) {
      const account = { channels: [], pipelines: [], users: [] };
      for (const finding of nodeType.check?.(nodeType.settings.parse(example.settings), { timezone: 'UTC', account }) ?? []) {
        expect(finding.code).toMatch(/^[a-z-]+$/);
        expectBilingual(finding.text);
        if (finding.mend) expectBilingual(finding.mend);
      }
    }
  });
});

/** How a trigger starts: on events, after a silence, or by the clock. */
function startOf(nodeType: NodeType, settings: unknown, example: Example<unknown>): Example<unknown>['expect'] {
  const event = toEvent(example);
  if (nodeType.accepts) return { starts: nodeType.accepts(settings)(event) };
  if (nodeType.silence) return { silence: nodeType.silence(settings) };
  const next = nodeType.schedule!(settings, example.timezone ?? 'Europe/Moscow')(parseInstant(event.at)!);
  return next === undefined ? {} : { next: formatInstant(next) };
}

async function runExample(nodeType: NodeType, settings: unknown, example: Example<unknown>): Promise<Woken> {
  const event = toEvent(example);
  const context = { nodeId: 'node', ruleSet: 'example', timezone: example.timezone ?? 'Europe/Moscow' };
  const moment = { event, now: parseInstant(event.at)!, memory: { ...emptyMemory, ...example.memory }, variables: example.variables ?? {} };
  const { wake } = example;
  const decide = nodeType.compile!(settings, context);
  const ask = async () => (wake ? nodeType.compileWake!(settings, context)(wake, moment) : decide(moment));
  const outcome = await ask();
  expect(await ask()).toEqual(outcome);
  return outcome;
}

/** The port, or the word that the trace would have for it. */
function portOf(outcome: Woken): string {
  if ('ignored' in outcome) return 'ignored';
  if (outcome.go !== undefined) return outcome.go;
  if (outcome.drop) return 'drop';
  if (outcome.wait) return 'wait';
  return outcome.call === undefined ? 'error' : 'call';
}

function toEvent({ event }: Example<unknown>): RuleEvent {
  return { type: 'message-received', id: 'e1', at: '1970-01-01T00:00:00Z', ...event };
}

function portsOf(nodeType: NodeType, settings: unknown): readonly string[] {
  return typeof nodeType.ports === 'function' ? nodeType.ports(settings) : nodeType.ports;
}

function expectBilingual(text: Bilingual): void {
  expect(text).toEqual({ ru: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) });
}

/** Every property has a label, every enum value a name, however deep. */
function expectNamed(name: string, setting: unknown): void {
  const { label } = setting as { label?: Bilingual };
  expect({ name, label }).toEqual({ name, label: { ru: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) } });
  expectInside(name, setting);
}

function expectInside(name: string, setting: unknown): void {
  const schema = setting as { enum?: string[]; options?: Record<string, Bilingual>; items?: unknown; properties?: Record<string, unknown> };
  if (schema.enum) {
    expect({ name, values: Object.keys(schema.options ?? {}).sort() }).toEqual({ name, values: [...schema.enum].sort() });
    Object.values(schema.options!).forEach(expectBilingual);
  }
  if (schema.items) expectInside(name, schema.items);
  for (const [inner, property] of Object.entries(schema.properties ?? {})) expectNamed(`${name}.${inner}`, property);
}
