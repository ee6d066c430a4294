import type { RuleEvent } from '../../../../rules/index.js';
import type { Personal } from './find-personal.js';

/**
 * Puts masks in the place of what points to people, wherever it stands. Ids of our own (of events, messages, conversations, deals) and addresses of
 * files are always replaced: they mean nothing in a test.
 * @param personal what to replace, as `findPersonal` gave it, without what a person wants to keep
 */
export function maskEvents(events: readonly RuleEvent[], personal: readonly Personal[]): RuleEvent[] {
  const ids = new OwnIds();
  const replace = replacer(personal);
  return events.map((event): RuleEvent => {
    const { message, conversation, deal } = event;
    const masked: RuleEvent = {
      ...maskFields(withoutOurs(event), replace),
      type: event.type,
      id: ids.of('e', event.id),
      at: event.at,
      // Names of channels are no personal data, and rules ask for them.
      ...(event.channel && { channel: event.channel }),
    };
    if (message) {
      const { id, attachments, ...rest } = message;
      masked.message = {
        ...maskFields(rest, replace),
        ...(message.kind && { kind: message.kind }),
        ...(message.origin && { origin: message.origin }),
        ...(message.post && { post: message.post }),
        ...(id !== undefined && { id: ids.of('m', id) }),
        ...(attachments && { attachments: attachments.map((one) => ({ type: one.type, ...filePlace(one.name ?? one.url, ids) })) }),
      };
    }
    if (conversation) masked.conversation = { ...conversation, ...(conversation.id !== undefined && { id: ids.of('v', conversation.id) }) };
    if (deal) {
      const { responsibleName: name } = deal;
      masked.deal = {
        ...deal,
        ...(deal.id !== undefined && { id: ids.of('d', deal.id) }),
        ...(typeof name === 'string' && { responsibleName: replace(name) }),
      };
    }
    return masked;
  });
}

/** Short ids in order of appearance; the same id gets the same. */
class OwnIds {
  private readonly known = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  of(letter: string, id: string): string {
    const key = `${letter} ${id}`;
    const made = this.known.get(key) ?? `${letter}${this.next(letter)}`;
    this.known.set(key, made);
    return made;
  }

  next(letter: string): number {
    const count = (this.counts.get(letter) ?? 0) + 1;
    this.counts.set(letter, count);
    return count;
  }
}

/** Masked by rules of their own, or not at all. */
const ours: ReadonlySet<string> = new Set(['id', 'at', 'channel', 'message', 'conversation', 'deal']);

function withoutOurs(event: RuleEvent): Record<string, unknown> {
  return Object.fromEntries(Object.entries(event).filter(([key]) => !ours.has(key)));
}

/** An address of a file that leads nowhere; the ending stays, rules and people look at it. */
function filePlace(name: string | undefined, ids: OwnIds): { url: string; name?: string } {
  const ending = /\.\w{1,5}$/.exec(name?.replace(/[?#].*$/, '') ?? '')?.[0] ?? '';
  const place = ids.next('file');
  return { url: `https://example.com/file-${place}${ending}`, ...(name !== undefined && { name: `file-${place}${ending}` }) };
}

/** Replaces in one text. Longer texts come first, so that a full name is not taken apart. */
export function replacer(personal: readonly Personal[]): (text: string) => string {
  const byText = new Map(personal.map(({ found, mask }) => [fold(found), mask]));
  const patterns = personal.toSorted((a, b) => b.found.length - a.found.length).map(patternOf);
  if (patterns.length === 0) return (text) => text;
  const all = new RegExp(patterns.join('|'), 'giu');
  const names = personal.filter(({ kind }) => kind === 'name').toSorted((a, b) => b.found.length - a.found.length);
  return (text) =>
    text.replace(
      all,
      (found) =>
        byText.get(fold(found)) ?? names.find((name) => stemOf(name.found) && fold(found).startsWith(stemOf(name.found)))?.mask ?? '…',
    );
}

function patternOf({ kind, found }: Personal): string {
  const text = escape(found);
  if (kind !== 'name' || /\s/.test(found)) return `(?<![\\p{L}\\d])${text}(?![\\p{L}\\d])`;
  // Russian names are declined: Василию, Василия.
  const stem = stemOf(found);
  return stem === '' ? `(?<!\\p{L})${text}(?!\\p{L})` : `(?<!\\p{L})(?:${text}|${escape(stem)}\\p{L}{0,3})(?!\\p{L})`;
}

/** A Russian name without its ending; empty where the name is too short to be known without it. */
function stemOf(name: string): string {
  if (!/^[а-яё-]{4,}$/iu.test(name)) return '';
  return fold(name).replace(/[аеёийоуыьюя]$/u, '');
}

function fold(text: string): string {
  return text.toLowerCase();
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function maskFields(record: Record<string, unknown>, change: (text: string) => string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, deepMap(value, change)]));
}

function deepMap(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => deepMap(one, change));
  if (typeof value !== 'object' || value === null) return value;
  return maskFields({ ...value }, change);
}
