import { chatTypes, messageKinds, messageOrigins, surfaces, type RuleEvent } from '../event.js';
import type { AccountDirectory } from '../finding.js';
import type { RuleGraph } from '../graph.js';
import { networkOfKind } from '../text/networks.js';
import { isRecord } from '../is-record.js';

/** One thing that may vary in a witness message, and the values worth trying. The first is the plainest. */
export interface Dimension {
  name: string;
  values: readonly unknown[];
}

/** A choice of one value for each dimension. */
export type Assignment = ReadonlyMap<string, unknown>;

/** Enough to tell windows apart to the minute over a week without trying every minute. */
const week = { days: 7, step: 30 * 60_000 };
/** A Monday: the week that is tried when no event says which. */
const usualStart = Date.UTC(2026, 2, 2, 9);
const day = 24 * 60 * 60_000;
const maxTexts = 60;

/**
 * What messages to these graphs can differ in: texts made of the graphs' own words, instants of a week and around the clock
 * times and dates that the graphs name, their channels and contacts, the fields that their conditions look at.
 * @param account whose channels are tried in place of supposed ones
 * @param start ms since 1970 at which the week of instants begins
 */
export function gatherDimensions(graphs: readonly RuleGraph[], account?: AccountDirectory, start = usualStart): Dimension[] {
  const told = gather(graphs);
  const fields = [...told.fields].filter(([path]) => !ownDimension.has(path));
  return [
    { name: 'type', values: ['message-received', 'message-sent'] },
    { name: 'message.text', values: texts(told) },
    { name: 'at', values: instants(told, start) },
    { name: 'channel', values: account?.channels ? account.channels.map(({ id, name, kind }) => ({ id, name, kind })) : channels(told) },
    { name: 'channel.surface', values: [...surfaces] },
    { name: 'chat.type', values: [...chatTypes] },
    { name: 'message.kind', values: [...messageKinds] },
    { name: 'message.origin', values: [undefined, ...messageOrigins] },
    { name: 'message.attachments', values: [undefined, [{ type: 'image' }]] },
    { name: 'contact', values: ['1', ...told.listed] },
    ...fields.map(([name, values]) => ({ name, values: [undefined, ...values] })),
  ];
}

/** Builds the event that an assignment describes. `contact` stands for every way to name that person. */
export function toEvent(assignment: Assignment): RuleEvent {
  const event: RuleEvent = { type: 'message-received', id: 'witness', at: '2026-03-02T09:00:00Z' };
  for (const [name, value] of assignment) if (value !== undefined) assign(event, name, value);
  return event;
}

/** The event with one thing changed; undefined takes it away. The given event stays as it is. */
export function changeEvent(event: RuleEvent, name: string, value: unknown): RuleEvent {
  const changed = JSON.parse(JSON.stringify(event)) as RuleEvent;
  // Another channel is another one in everything that the event says of it.
  if (name === 'channel') delete changed.channel;
  assign(changed, name, value);
  return changed;
}

function assign(event: RuleEvent, name: string, value: unknown): void {
  if (name === 'contact') {
    const known = String(value);
    event.contact = { ...event.contact, id: known, ...(known !== '1' && { phone: known, username: known }) };
  } else if (name === 'channel' && isRecord(value)) event.channel = { ...event.channel, ...value };
  else put(event, name.split('.'), value);
}

const ownDimension = new Set([
  'message.text',
  'type',
  'event.type',
  'channel.id',
  'channel.kind',
  'channel.surface',
  'chat.type',
  'message.kind',
]);

interface Told {
  words: Set<string>;
  channels: Set<string>;
  listed: Set<string>;
  clocks: Set<string>;
  dates: Set<string>;
  fields: Map<string, Set<unknown>>;
}

/** Reads the settings of all nodes by the shape of what they hold, not by node type. */
function gather(graphs: readonly RuleGraph[]): Told {
  const told: Told = { words: new Set(), channels: new Set(), listed: new Set(), clocks: new Set(), dates: new Set(), fields: new Map() };
  for (const graph of graphs) for (const node of graph.nodes) look(node.settings, '', told);
  return told;
}

function look(value: unknown, key: string, told: Told): void {
  if (typeof value === 'string') lookAtText(value, key, told);
  else if (Array.isArray(value)) for (const inner of value) look(inner, key, told);
  else if (isRecord(value)) {
    if (typeof value.field === 'string') lookAtCondition(value.field, value, told);
    for (const [name, inner] of Object.entries(value)) {
      if (/^\d{4}-\d{2}-\d{2}$/.test(name)) told.dates.add(name);
      look(inner, name, told);
    }
  }
}

function lookAtText(value: string, key: string, told: Told): void {
  if (/^\d{2}:\d{2}$/.test(value)) told.clocks.add(value);
  else if (key === 'channels') told.channels.add(value);
  else if (key === 'list') told.listed.add(value);
  else if (key === 'patterns')
    for (const word of value.split(/\s+/)) if (word.replaceAll('*', '') !== '') told.words.add(word.replaceAll('*', ''));
}

/** A field that a condition or a switch compares: the values that it names, and their neighbours where they are numbers. */
function lookAtCondition(field: string, holder: Record<string, unknown>, told: Told): void {
  const named = [
    holder.value,
    ...(Array.isArray(holder.cases) ? holder.cases.map((row: unknown) => (isRecord(row) ? row.in : undefined)) : []),
  ];
  const values = named.flat().flatMap((value: unknown) => (typeof value === 'number' ? [value, value - 1, value + 1] : [value]));
  const known = told.fields.get(field) ?? new Set();
  for (const value of values) if (value !== undefined && value !== null && typeof value !== 'object') known.add(value);
  known.add('x');
  told.fields.set(field, known);
  if (field.startsWith('channel.') && field !== 'channel.surface')
    for (const value of values) if (typeof value === 'string') told.channels.add(value);
  if (field === 'message.text') for (const value of values) told.words.add(String(value));
}

/** Plain words first, then each word alone, then pairs: one message may have to satisfy two lists of words. */
function texts({ words }: Told): string[] {
  const alone = [...words].slice(0, maxTexts);
  const few = alone.slice(0, 20);
  const pairs = few.flatMap((a) => few.filter((b) => b !== a).map((b) => `${a} ${b}`));
  return ['Здравствуйте', ...alone, ...alone.map((word) => `${word} Здравствуйте`), ...pairs, '', '👍'];
}

/** What people call a network's channels: an id that begins so is taken to be a channel of that network. */
const abbreviations: Record<string, string> = { tg: 'telegram', wa: 'whatsapp', ig: 'instagram', insta: 'instagram' };

/** Channels with the ids and kinds that are told of. An id that says nothing of its network may be of any. */
function channels({ channels }: Told): { id: string; kind: string }[] {
  const told = ['web', ...channels];
  const toldKinds = told.filter((name) => networkOfKind(name)?.kind === name);
  return told.flatMap((id) => {
    const [start = ''] = id.toLowerCase().split(/[^a-z]/);
    const kind = networkOfKind(abbreviations[start] ?? start)?.kind;
    if (kind !== undefined) return [{ id, kind: toldKinds.includes(id) ? id : kind }];
    return [id, 'web', ...toldKinds].map((possible) => ({ id, kind: possible }));
  });
}

/** Instants as UTC texts: every half hour of a week, and of each named date, shifted so that named minutes are hit as well. */
function instants({ clocks, dates }: Told, start: number): string[] {
  const minutes = new Set([0]);
  for (const clock of clocks) {
    const minute = Number(clock.slice(3)) % 30;
    minutes.add(minute);
    minutes.add((minute + 29) % 30);
  }
  const starts = [...dates].map((date) => Date.parse(`${date}T00:00:00Z`)).filter((start) => !Number.isNaN(start));
  const spans =
    clocks.size + starts.length === 0
      ? []
      : [[start, start + week.days * day], ...starts.map((start) => [start - day / 2, start + 1.5 * day])];
  const found = [start];
  for (const [from = 0, to = 0] of spans) {
    for (let at = from; at < to; at += week.step) for (const minute of minutes) found.push(at + minute * 60_000);
  }
  return [...new Set(found)].map((at) => new Date(at).toISOString().replace('.000Z', 'Z'));
}

function put(target: Record<string, unknown>, [first = '', ...rest]: readonly string[], value: unknown): void {
  if (first === 'event') return put(target, rest, value);
  if (first === '__proto__' || first === '') return;
  if (rest.length === 0) {
    if (value === undefined) delete target[first];
    else target[first] = value;
    return;
  }
  const inner = isRecord(target[first]) ? target[first] : {};
  target[first] = inner;
  put(inner, rest, value);
}
