import { formatDate, formatTime } from '../time/zoned.js';
import type { RuleEvent } from '../event.js';
import { hashTexts } from './hash.js';
import { networkOfKind } from './networks.js';

/** What a text is filled in with: the event, the graph's zone and the node whose text it is. */
export interface TemplatePlace {
  event: RuleEvent;
  /** The event's clock, ms since 1970. */
  now: number;
  /** IANA name. */
  timezone: string;
  nodeId: string;
  /** How substituted values are written where the text becomes a part of something with a syntax of its own, such as an address. */
  escape?: (value: string) => string;
}

/** A text setting, read once. */
export interface Template {
  /** The finished text: one variant of each `{{a;b}}` chosen, then each `%NAME%` replaced. */
  toText(place: TemplatePlace): string;
  /** The finished tags: variants first, then split at commas, then substitutions; empty ones are left out, doubles too. */
  toTags(place: TemplatePlace): string[];
  /** The tags where they are the same for every message. */
  fixedTags: readonly string[] | undefined;
}

/** Names that stand between percent signs in a text, in the order in which a form offers them. */
export const substitutionNames = [
  'NAME',
  'USERNAME',
  'PHONE',
  'IDENTITY',
  'DOMAIN',
  'CHANNEL',
  'SOURCE',
  'SOURCENAME',
  'TEXT',
  'DEAL',
  'STAGE',
  'RESPONSIBLE',
  'DATE',
  'TIME',
] as const;
export type SubstitutionName = (typeof substitutionNames)[number];

/**
 * Reads a text setting. What a client wrote comes in last and in one pass, so nothing in it is ever interpreted.
 * Text without variants and substitutions costs nothing per message.
 */
export function parseTemplate(source: string): Template {
  const parts = splitVariants(source);
  const isFixed = parts.every((part) => typeof part === 'string');
  const hasPercent = source.includes('%');
  if (isFixed) return fixedTemplate(source);
  const choose = (place: TemplatePlace) => chooseVariants(parts, place);
  return {
    toText: (place) => (hasPercent ? substitute(choose(place), place) : choose(place)),
    toTags: (place) => {
      const tags = splitTags(choose(place));
      return unique(hasPercent ? tags.map((tag) => substitute(tag, place).trim()) : tags);
    },
    fixedTags: undefined,
  };
}

/** Without variants the places of substitutions are the same for every message. */
function fixedTemplate(source: string): Template {
  const toText = compileSubstitutions(source);
  const written = splitTags(source);
  if (isFixedText(source)) {
    const fixedTags = Object.freeze(unique(written));
    return { toText, toTags: () => [...fixedTags], fixedTags };
  }
  const tags = written.map(compileSubstitutions);
  return { toText, toTags: (place) => unique(tags.map((tag) => tag(place).trim())), fixedTags: undefined };
}

function compileSubstitutions(source: string): (place: TemplatePlace) => string {
  const pieces: { before: string; value: (place: TemplatePlace) => unknown }[] = [];
  let at = 0;
  for (const found of source.matchAll(known)) {
    pieces.push({ before: source.slice(at, found.index), value: values[found[1] as SubstitutionName] });
    at = found.index + found[0].length;
  }
  const rest = source.slice(at);
  if (pieces.length === 0) return () => source;
  return (place) => {
    let text = '';
    for (const { before, value } of pieces) text += before + write(value, place);
    return text + rest;
  };
}

/** Tags in the order of their first mention; empty ones are left out. */
function unique(tags: readonly string[]): string[] {
  const kept: string[] = [];
  const seen = tags.length > 8 ? new Set<string>() : undefined;
  for (const tag of tags) {
    if (tag === '' || (seen ? seen.has(tag) : kept.includes(tag))) continue;
    seen?.add(tag);
    kept.push(tag);
  }
  return kept;
}

/** `%X%` of a text that no substitution is called so; they stay as written. */
export function unknownSubstitutions(source: string): string[] {
  // Known names go first, so that the sign that ends one is not taken for the start of another.
  const rest = source.replace(known, ' ');
  return [...new Set([...rest.matchAll(/%([\p{L}_][\p{L}\p{N}_]*)%/gu)].map((match) => match[0]))];
}

/** Names of substitutions that have their percent sign on one side only. */
export function unclosedSubstitutions(source: string): string[] {
  const names = substitutionNames.join('|');
  const half = new RegExp(`%(${names})(?![\\p{L}\\p{N}_%])|(?<![\\p{L}\\p{N}_%])(${names})%`, 'gu');
  return [...new Set([...source.replace(known, ' ').matchAll(half)].map(([, before, behind]) => before ?? behind ?? ''))];
}

/** Whether braces of variants are left over: opened and not closed, closed and not opened, or single around variants. */
export function hasLooseBraces(source: string): boolean {
  const rest = splitVariants(source)
    .filter((part) => typeof part === 'string')
    .join(' ');
  return /\{\{|\}\}|\{[^{}]*;[^{}]*\}/.test(rest);
}

/** Texts without choices in which every variant of every choice is met: as many as the longest choice has variants. */
export function eachVariant(source: string): string[] {
  const parts = splitVariants(source);
  const most = Math.max(...parts.map((part) => (typeof part === 'string' ? 1 : part.length)));
  return Array.from({ length: most }, (_, number) =>
    parts.map((part) => (typeof part === 'string' ? part : (part[number % part.length] ?? ''))).join(''),
  );
}

/** Whether a text names any place to be filled in, or offers variants. */
export function isFixedText(source: string): boolean {
  return !new RegExp(known.source).test(source) && splitVariants(source).every((part) => typeof part === 'string');
}

const known = new RegExp(`%(${substitutionNames.join('|')})%`, 'g');

/** Texts and lists of variants in turn; a `{{` without its `}}` is text. There is no nesting: the first `}}` ends the list. */
function splitVariants(source: string): (string | string[])[] {
  const parts: (string | string[])[] = [];
  let at = 0;
  for (;;) {
    const open = source.indexOf('{{', at);
    const close = open < 0 ? -1 : source.indexOf('}}', open + 2);
    if (close < 0) break;
    parts.push(source.slice(at, open), source.slice(open + 2, close).split(';'));
    at = close + 2;
  }
  parts.push(source.slice(at));
  return parts;
}

function chooseVariants(parts: readonly (string | string[])[], { event, nodeId }: TemplatePlace): string {
  let text = '';
  let ordinal = 0;
  for (const part of parts) {
    text += typeof part === 'string' ? part : part[hashTexts(event.id, nodeId, String(++ordinal)) % part.length]!;
  }
  return text;
}

function splitTags(text: string): string[] {
  return text.split(',').map((tag) => tag.trim());
}

function substitute(text: string, place: TemplatePlace): string {
  return text.replace(known, (_, name: SubstitutionName) => write(values[name], place));
}

function write(value: (place: TemplatePlace) => unknown, place: TemplatePlace): string {
  const text = toText(value(place));
  return place.escape ? place.escape(text) : text;
}

/** Events are other programs' JSON: a number is its digits, what is neither text nor number is missing. */
function toText(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

const values: Record<SubstitutionName, (place: TemplatePlace) => unknown> = {
  NAME: ({ event }) => event.contact?.name,
  USERNAME: ({ event }) => (isWhatsApp(event) ? whatsAppPhone(event) : event.contact?.username),
  PHONE: ({ event }) => event.contact?.phone,
  IDENTITY: ({ event }) => (isWhatsApp(event) ? toText(whatsAppPhone(event)).replace(/\D/g, '') : event.contact?.id),
  DOMAIN: ({ event }) => domain(event),
  CHANNEL: ({ event }) => {
    if (event.channel?.surface === 'comments' || event.chat?.type === 'comments') return 'Комментарии';
    return networkOfKind(event.channel?.kind)?.kind === 'instagram' ? 'Директ' : domain(event);
  },
  SOURCE: ({ event }) => event.channel?.account,
  SOURCENAME: ({ event }) => event.channel?.name,
  TEXT: ({ event }) => event.message?.text,
  DEAL: ({ event }) => event.deal?.id,
  STAGE: ({ event }) => event.deal?.stage,
  RESPONSIBLE: ({ event }) => event.deal?.responsible,
  DATE: ({ now, timezone }) => formatDate(now, timezone),
  TIME: ({ now, timezone }) => formatTime(now, timezone),
};

function domain(event: RuleEvent): string | undefined {
  return networkOfKind(event.channel?.kind)?.label ?? event.channel?.kind;
}

function isWhatsApp(event: RuleEvent): boolean {
  return networkOfKind(event.channel?.kind)?.kind === 'whatsapp';
}

/** WhatsApp's own ids are phones with a suffix: 79996665544@c.us. */
function whatsAppPhone(event: RuleEvent): string {
  return toText(event.contact?.phone) || toText(event.contact?.id).split('@', 1)[0]!;
}
