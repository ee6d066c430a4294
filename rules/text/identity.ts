import { networkOfHost, networkOfKind, networks, type Network } from './networks.js';

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
  const known: Known = { phones: new Map(), names: new Map(), ids: new Map(), ofNetworks: new Map() };
  for (const entry of entries) for (const key of entryKeys(entry)) enter(known, key, entry);
  const isEmpty = known.phones.size + known.names.size + known.ids.size + known.ofNetworks.size === 0;
  return (contact, kind) => {
    if (isEmpty) return undefined;
    const network = networkOfKind(kind);
    return (
      byPhone(known, toText(contact.phone)) ?? byId(known, toText(contact.id), network) ?? byName(known, toText(contact.username), network)
    );
  };
}

/** Entries by what they name; names and ids of one network apart, so that a look-up puts no key together. */
interface Known {
  phones: Map<string, string>;
  names: Map<string, string>;
  ids: Map<string, string>;
  ofNetworks: Map<string, { names: Map<string, string>; ids: Map<string, string> }>;
}

function enter(known: Known, { by, key, network }: Key, entry: string): void {
  let lists: Pick<Known, 'names' | 'ids'> = known;
  if (network !== undefined) {
    const own = known.ofNetworks.get(network) ?? { names: new Map<string, string>(), ids: new Map<string, string>() };
    known.ofNetworks.set(network, own);
    lists = own;
  }
  const entriesOf = by === 'phone' ? known.phones : by === 'name' ? lists.names : lists.ids;
  if (!entriesOf.has(key)) entriesOf.set(key, entry);
}

function byPhone({ phones }: Known, phone: string): string | undefined {
  if (phone === '' || phones.size === 0) return undefined;
  const digits = phoneDigits(phone);
  if (digits === '') return undefined;
  return phones.get(digits) ?? (mayBeRussian(phone, digits) ? phones.get(`7${digits.slice(1)}`) : undefined);
}

function byId(known: Known, written: string, network: Network | undefined): string | undefined {
  if (written === '') return undefined;
  const id = written.toLowerCase();
  return (
    known.ids.get(id) ??
    ofNetworks(known, network, (lists) => lists.ids.get(id)) ??
    // WhatsApp's ids are phones: 79996665544@c.us.
    (network?.kind === 'whatsapp' ? byPhone(known, id.split('@', 1)[0]!) : undefined)
  );
}

function byName(known: Known, written: string, network: Network | undefined): string | undefined {
  const username = written.trim();
  if (username === '') return undefined;
  // Only a link has a dot and a slash, and most names are none.
  const link = username.includes('.') ? parseLink(username) : undefined;
  const plain = link?.path[0] ?? username;
  const name = (plain.startsWith('@') ? plain.slice(1) : plain).toLowerCase();
  return known.names.get(name) ?? ofNetworks(known, network, (lists) => lists.names.get(name));
}

/** Asks the lists of the contact's network; one without a known network may be of any. */
function ofNetworks(
  { ofNetworks: known }: Known,
  network: Network | undefined,
  ask: (lists: Pick<Known, 'names' | 'ids'>) => string | undefined,
): string | undefined {
  if (known.size === 0) return undefined;
  for (const { kind } of network ? [network] : networks) {
    const lists = known.get(kind);
    const entry = lists && ask(lists);
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** Whether an entry names anybody: an empty line, or a link without a profile, does not. */
export function isIdentity(entry: string): boolean {
  return entryKeys(entry).length > 0;
}

/** What an entry says of somebody; a name or an id may be of one network only. */
interface Key {
  by: 'phone' | 'name' | 'id';
  key: string;
  network?: string;
}

function entryKeys(entry: string): Key[] {
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
  keys.push({ by: 'name', key: name }, { by: 'id', key: name });
  const numbered = /^id(\d+)$/.exec(name);
  if (numbered) keys.push({ by: 'id', key: numbered[1]!, network: 'vk' });
  return keys;
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

function linkKeys({ kind, path, query }: ProfileLink): Key[] {
  const number = /(?:^|&)(?:phone|id|sel)=\+?(\d+)/.exec(query)?.[1];
  // Pages that stand before the profile's own name: vk.com/im?sel=42, avito.ru/user/a1b2/profile, t.me/s/name.
  const named = path.filter((part, place) => !(place === 0 && path.length > 1 && stepsBefore.has(part.toLowerCase())));
  const first = number ?? named[0]?.replace(/^@/, '').toLowerCase();
  if (first === undefined || (number === undefined && path.length === 1 && first.includes('.php'))) return [];
  if (kind === 'whatsapp' || /^\+\d/.test(first)) return isPhone(first) ? phoneKeys(first) : [];
  const keys: Key[] = [
    { by: 'name', key: first, network: kind },
    { by: 'id', key: first, network: kind },
  ];
  const numbered = kind === 'vk' ? /^id(\d+)$/.exec(first) : undefined;
  if (numbered) keys.push({ by: 'id', key: numbered[1]!, network: 'vk' });
  return keys;
}

const stepsBefore = new Set(['s', 'user', 'u', '_u', 'profile', 'people', 'send', 'write']);

function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, '').length;
  return /^(?:tel:)?\+?[\d\s().-]+$/i.test(text) && digits >= 5 && digits <= 16;
}

function phoneKeys(text: string): Key[] {
  const digits = phoneDigits(text);
  if (digits === '') return [];
  const keys: Key[] = [{ by: 'phone', key: digits }];
  if (mayBeRussian(text, digits)) keys.push({ by: 'phone', key: `7${digits.slice(1)}` });
  return keys;
}

/** A phone's digits, without the 00 of an international call. */
function phoneDigits(text: string): string {
  const digits = isInternational(text) ? text.slice(1) : text.replace(/\D/g, '');
  return digits.startsWith('00') ? digits.slice(2) : digits;
}

/** A plus and digits, as messengers give phones: nothing needs to be taken out. */
function isInternational(text: string): boolean {
  if (text[0] !== '+') return false;
  for (let at = 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x30 || unit > 0x39) return false;
  }
  return true;
}

/** 8XXXXXXXXXX without a plus may also be Russia's 7XXXXXXXXXX. */
function mayBeRussian(text: string, digits: string): boolean {
  return digits.length === 11 && digits.startsWith('8') && !text.trim().startsWith('+');
}

/** Events are other programs' JSON: an id may come as a number. */
function toText(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
