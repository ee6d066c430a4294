import type { RuleEvent } from '../../../../rules/index.js';

export type PersonalKind = 'name' | 'username' | 'phone' | 'email' | 'link' | 'number' | 'contact' | 'chat';

/** Something that points to a person, with what stands for it in a test. */
export interface Personal {
  kind: PersonalKind;
  /** As it was found. */
  found: string;
  mask: string;
}

/** Names that stand for real ones: a first and a last name, so that each part has its own. */
const fakeNames = ['Анна Белова', 'Борис Ветров', 'Вера Громова', 'Глеб Дёмин', 'Дарья Ершова', 'Егор Жуков', 'Зоя Ильина', 'Иван Котов'];

const email = /[\w.%+-]+@[\w-]+(?:\.[\w-]+)+/gu;
const link = /(?:https?:\/\/)?(?:www\.)?(?:vk\.com|vk\.me|t\.me|wa\.me|instagram\.com|facebook\.com|ok\.ru|avito\.ru\/user)\/[^\s"'<>]+/giu;
const mention = /(?<![\w.@])@[A-Za-z0-9_][\w.]*\w/gu;
/** Ten to fifteen digits with what people put between them. */
const phone = /(?<![\d\w])\+?\d(?:[\s().-]{0,2}\d){9,14}(?!\d)/gu;
/** Numbers of orders, cards, papers. */
const number = /(?<![\d\w])\d{6,}(?!\d)/gu;

/**
 * Everything in events that points to a person: what the contact is called and reached by, and what looks like it in any text.
 * @param events of one conversation, or of several
 * @returns each found text once, with a mask that is the same wherever it stands
 */
export function findPersonal(events: readonly RuleEvent[]): Personal[] {
  const found = new Finds();
  for (const { contact, chat, deal } of events) {
    if (contact) {
      found.name(contact.name);
      found.add('username', contact.username, (place) => `client_${place}`);
      found.phone(contact.phone);
      found.add('link', textOf(contact['profileUrl']), (place) => `https://example.com/client-${place}`);
      found.add('contact', contact.id, (place) => `client-${place}`);
    }
    if (chat?.type === 'group') for (const part of [chat.name, chat.title]) found.add('chat', part, (place) => `Группа ${place}`);
    if (chat) found.add('chat', chat.id, (place) => `chat-${place}`);
    found.name(textOf(deal?.['responsibleName']));
  }
  for (const text of events.flatMap(textsOf)) found.lookThrough(text);
  return found.all;
}

class Finds {
  readonly all: Personal[] = [];
  private readonly known = new Set<string>();
  private readonly counts = new Map<PersonalKind, number>();

  add(kind: PersonalKind, found: string | undefined, maskOf: (place: number) => string): void {
    if (found === undefined || found.trim() === '' || this.known.has(found)) return;
    const place = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, place);
    this.known.add(found);
    this.all.push({ kind, found, mask: maskOf(place) });
  }

  /** A name and each of its parts: people write to each other by the first. */
  name(full: string | undefined): void {
    if (full === undefined || full.trim() === '' || this.known.has(full)) return;
    const parts = full.split(/\s+/).filter((part) => part.length > 1);
    const place = this.counts.get('name') ?? 0;
    const fake = fakeNames[place % fakeNames.length] ?? '';
    this.add('name', full, () => (parts.length > 1 ? fake : (fake.split(' ')[0] ?? fake)));
    if (parts.length < 2) return;
    for (const [index, part] of parts.entries()) {
      if (this.known.has(part)) continue;
      this.known.add(part);
      this.all.push({ kind: 'name', found: part, mask: fake.split(' ')[index] ?? '' });
    }
  }

  phone(found: string | undefined): void {
    if (found !== undefined && digitsOf(found).length >= 5) this.add('phone', found, (place) => likePhone(found, place));
  }

  lookThrough(text: string): void {
    for (const [found] of text.matchAll(email)) this.add('email', found, (place) => `client${place}@example.com`);
    for (const [found] of text.matchAll(link)) this.add('link', found, (place) => `https://example.com/client-${place}`);
    const rest = text.replace(email, ' ').replace(link, ' ');
    for (const [found] of rest.matchAll(mention))
      if (!this.known.has(found.slice(1))) this.add('username', found, (place) => `@client_${place}`);
    for (const [found] of rest.matchAll(phone)) {
      const same = this.all.find((one) => one.kind === 'phone' && lastTen(one.found) === lastTen(found));
      // One phone in two spellings is one person.
      if (!same) this.phone(found);
      else if (!this.known.has(found)) {
        this.known.add(found);
        this.all.push({ kind: 'phone', found, mask: withDigits(found, digitsOf(same.mask)) });
      }
    }
    const left = rest.replace(phone, ' ');
    for (const [found] of left.matchAll(number))
      this.add('number', found, (place) => `${'0'.repeat(found.length)}${place}`.slice(-found.length));
  }
}

/** A number of the same length and spelling that belongs to nobody. */
function likePhone(found: string, place: number): string {
  const digits = digitsOf(found);
  const head = digits.length >= 11 ? digits.slice(0, digits.length - 10) : '';
  return withDigits(found, `${head}${`000000000${place}`.slice(-(digits.length - head.length))}`);
}

/** The same spelling with other digits, counted from the end. */
function withDigits(spelling: string, digits: string): string {
  let left = spelling.replace(/\D/g, '').length;
  const padded = digits.padStart(left, '0');
  return spelling.replace(/\d/g, () => {
    left -= 1;
    return padded.at(-1 - left) ?? '0';
  });
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

function lastTen(text: string): string {
  return digitsOf(text).slice(-10);
}

/** What people wrote: the text of the message, and names of files. */
function textsOf({ message, body }: RuleEvent): string[] {
  const files = (message?.attachments ?? []).flatMap(({ name }) => name ?? []);
  return [message?.text, textOf(body), ...files].filter((text) => text !== undefined);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
