import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compile, createSession, nodeTypes, parseInstant, readEvent, toRunLine, type RuleEvent } from '../rules/index.js';
import { checkFile } from './load-graphs.js';
import { readEvents } from './read-events.js';
import { writeFiles, type Ended } from './testing/run-razvilka.js';

/** Runs the generator in a process of its own. */
function makeTraffic(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [join(process.cwd(), 'scripts/make-traffic.mjs'), ...args], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const ended = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (ended.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (ended.stderr += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...ended })));
}

async function eventsOf(...args: string[]): Promise<RuleEvent[]> {
  const { code, stdout, stderr } = await makeTraffic(...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const lines = stdout.trimEnd().split('\n');
  return lines.map((line, index) => {
    const read = readEvent(JSON.parse(line), { position: index + 1, previousAt: undefined });
    if (!read.ok) throw new Error(`line ${index + 1}: ${read.path} ${read.problem.en}`);
    return read.event;
  });
}

describe('the traffic generator', () => {
  it('gives the same bytes for the same seed, and others for another', async () => {
    const [one, two, other] = await Promise.all([
      makeTraffic('--seed', '1', '--days', '3', '--per-day', '120'),
      makeTraffic('--seed', '1', '--days', '3', '--per-day', '120'),
      makeTraffic('--seed', '2', '--days', '3', '--per-day', '120'),
    ]);
    expect(one?.stdout).toBe(two?.stdout);
    expect(one?.stdout).not.toBe(other?.stdout);
  });

  it('gives a month in order of time, of about the asked size, with everything that desks see', async () => {
    const events = await eventsOf('--seed', '1', '--days', '30', '--per-day', '300');
    expect(events.length).toBeGreaterThan(30 * 300 * 0.8);
    expect(events.length).toBeLessThan(30 * 300 * 1.2);
    const instants = events.map(({ at }) => parseInstant(at) ?? 0);
    expect(instants.every((instant, index) => index === 0 || instant >= (instants[index - 1] ?? 0))).toBe(true);
    expect((instants.at(-1) ?? 0) - (instants[0] ?? 0)).toBeGreaterThan(29 * 86_400_000);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);

    const types = ['message-received', 'message-sent', 'http-answered', 'call-missed', 'contact-subscribed', 'conversation-opened'];
    types.push('conversation-closed', 'score-requested', 'stage-changed');
    expect(new Set<string>(events.map(({ type }) => type))).toEqual(new Set(types));
    expect(new Set(events.map(({ channel }) => channel?.kind))).toEqual(new Set(['telegram', 'instagram', 'whatsapp', 'vk', 'avito']));
    for (const kind of ['text', 'image', 'voice', 'comment', 'story-reply', 'story-mention'] as const) {
      expect(events.some(({ message }) => message?.kind === kind)).toBe(true);
    }
    for (const origin of ['operator', 'mailing', 'phone'] as const)
      expect(events.some(({ message }) => message?.origin === origin)).toBe(true);
    expect(events.some(({ contact }) => contact?.bot === true)).toBe(true);
  });

  it('is busier by day than at night, and counts the messages of each conversation', async () => {
    const events = await eventsOf('--days', '14', '--per-day', '200');
    const isDay = ({ at }: RuleEvent) => Number(at.slice(11, 13)) >= 8 && Number(at.slice(11, 13)) < 21;
    expect(events.filter(isDay).length).toBeGreaterThan(events.length * 0.75);
    expect(events.filter(isDay).length).toBeLessThan(events.length);
    const counts = new Map<string, number>();
    for (const { type, conversation } of events) {
      if (type !== 'message-received' || conversation?.id === undefined) continue;
      const number = (counts.get(conversation.id) ?? 0) + 1;
      counts.set(conversation.id, number);
      expect({ id: conversation.id, inbound: conversation.inbound }).toEqual({ id: conversation.id, inbound: number });
    }
    expect(counts.size).toBeGreaterThan(100);
  });

  it.each([
    ['shop', ['shop-filters', 'shop-desk', 'shop-care']],
    ['clinic', ['clinic-filters', 'clinic-desk', 'clinic-duty']],
    ['service', ['service-filters', 'service-desk', 'service-care']],
  ])('gives the %s desk events that its rules take without an error', async (desk, files) => {
    const { stdout } = await makeTraffic('--seed', '3', '--days', '10', '--per-day', '100', '--desk', desk);
    const { traffic } = await writeFiles({ traffic: '' });
    await writeFile(traffic, stdout);
    const graphs = await Promise.all(files.map((file) => checkFile(join(process.cwd(), `samples/${file}.rules.json`))));
    const session = createSession(graphs.flatMap(({ graph }) => (graph ? [compile(graph, nodeTypes)] : [])));
    const statuses = new Map<string, number>();
    for await (const event of readEvents(traffic)) {
      for (const { status, error } of (await session.play(event)).map(toRunLine)) {
        expect(error).toBeUndefined();
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    }
    expect(statuses.get('passed')).toBeGreaterThan(700);
    expect(statuses.get('filtered')).toBeGreaterThan(10);
  });

  it.each([
    [['--days', '0'], '--days is a whole number from 1 to 366, not 0'],
    [['--per-day', 'many'], '--per-day is a whole number from 1 to 100000, not many'],
    [['--days', '366', '--per-day', '100000'], 'is more than 2000000 events'],
    [['--from', '2026-02-30'], '--from is a date like 2026-03-01, not 2026-02-30'],
    [['--desk', 'bank'], '--desk is one of shop, clinic, service, not bank'],
  ])('refuses %j with exit code 2', async (args, text) => {
    expect(await makeTraffic(...args)).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(text) });
  });
});
