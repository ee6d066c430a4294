import { networkOfHost, networkOfKind, networks } from './networks.js';

/** Who wrote, as far as a list can name them. */
export interface Identified {
  id?: string;
  username?: string;
  phone?: string;
}

/**
 * A list of phones, usernames, profile links and ids, compared in any spelling: `+7 999 666-55-44` is `8 (999) 666 55 44`,
 * `https://t.me/Cat_Darya` is `@cat_darya`, `vk.com/id42` is `42`. A link names a profile of its own network only.
 * Gives a function from a contact (and the kind of the channel it wrote to) to the entry as written, or undefined.
 */
export function identityList(entries: readonly string[]): (contact: Identified, kind: string | undefined) => string | undefined {
  const byKey = new Map<string, string>();
  for (const entry of entries) for (const key of entryKeys(entry)) if (!byKey.has(key)) byKey.set(key, entry);
  return (contact, kind) => {
    if (byKey.size === 0) return undefined;
    for (const key of contactKeys(contact, kind)) {
      const entry = byKey.get(key);
      if (entry !== undefined) return entry;
    }
    return undefined;
  };
}

/** Whether an entry names anybody: an empty line, or a link without a profile, does not. */
export function isIdentity(entry: string): boolean {
  return entryKeys(entry).length > 0;
}

/** Keys are `p:` a phone, `n:` a name and `i:` an id; names and ids of one network end in `@` and its kind. */
function entryKeys(entry: string): string[] {
  const text = entry
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .trim();
  if (text === '') return [];
  const link = parseLink(text);
  if (link) return linkKeys(link);
  const keys = isPhone(text) ? phoneKeys(text) : [];
  const name = text.replace(/^@/, '').toLowerCase();
  if (name === '' || (keys.length > 0 && !/^\d+$/.test(text))) return keys;
  keys.push(`n:${name}`, `i:${name}`);
  const numbered = /^id(\d+)$/.exec(name);
  if (numbered) keys.push(`i:${numbered[1]!}@vk`);
  return keys;
}

function* contactKeys(contact: Identified, kind: string | undefined): Generator<string> {
  const network = networkOfKind(kind);
  // A contact without a known network may be of any.
  const places = network ? [network] : networks;
  const id = toText(contact.id).toLowerCase();
  const phone = toText(contact.phone);
  if (phone !== '') for (const key of phoneKeys(phone)) yield key;
  if (id !== '') {
    yield `i:${id}`;
    for (const place of places) yield `i:${id}@${place.kind}`;
    // WhatsApp's ids are phones: 79996665544@c.us.
    if (network?.kind === 'whatsapp') for (const key of phoneKeys(id.split('@', 1)[0]!)) yield key;
  }
  const username = toText(contact.username).trim();
  if (username === '') return;
  const link = parseLink(username);
  const name = (link?.path[0] ?? username).replace(/^@/, '').toLowerCase();
  yield `n:${name}`;
  for (const place of places) yield `n:${name}@${place.kind}`;
}

interface ProfileLink {
  kind: string;
  path: string[];
  query: string;
}

function parseLink(text: string): ProfileLink | undefined {
  const found = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([a-z0-9.-]+\.[a-z]{2,})(?::\d+)?(?:\/([^?#]*))?(?:\?([^#]*))?(?:#.*)?$/i.exec(text);
  const network = found ? networkOfHost(found[1]!) : undefined;
  if (!found || !network) return undefined;
  return { kind: network.kind, path: (found[2] ?? '').split('/').filter((part) => part !== ''), query: found[3] ?? '' };
}

function linkKeys({ kind, path, query }: ProfileLink): string[] {
  const number = /(?:^|&)(?:phone|id|sel)=\+?(\d+)/.exec(query)?.[1];
  // Pages that stand before the profile's own name: vk.com/im?sel=42, avito.ru/user/a1b2/profile, t.me/s/name.
  const named = path.filter((part, place) => !(place === 0 && path.length > 1 && stepsBefore.has(part.toLowerCase())));
  const first = number ?? named[0]?.replace(/^@/, '').toLowerCase();
  if (first === undefined || (number === undefined && path.length === 1 && first.includes('.php'))) return [];
  if (kind === 'whatsapp' || /^\+\d/.test(first)) return isPhone(first) ? phoneKeys(first) : [];
  const keys = [`n:${first}@${kind}`, `i:${first}@${kind}`];
  const numbered = kind === 'vk' ? /^id(\d+)$/.exec(first) : undefined;
  if (numbered) keys.push(`i:${numbered[1]!}@vk`);
  return keys;
}

const stepsBefore = new Set(['s', 'user', 'u', '_u', 'profile', 'people', 'send', 'write']);

function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, '').length;
  return /^(?:tel:)?\+?[\d\s().-]+$/i.test(text) && digits >= 5 && digits <= 16;
}

/** A phone's digits; 8XXXXXXXXXX without a plus may also be Russia's 7XXXXXXXXXX. */
function phoneKeys(text: string): string[] {
  const digits = text.replace(/\D/g, '').replace(/^00/, '');
  if (digits === '') return [];
  const isRussian = digits.length === 11 && digits.startsWith('8') && !text.trim().startsWith('+');
  return isRussian ? [`p:${digits}`, `p:7${digits.slice(1)}`] : [`p:${digits}`];
}

/** Events are other programs' JSON: an id may come as a number. */
function toText(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
