import { foldCase } from './fold-case.js';
import { networkOfHost, networkOfKind } from './networks.js';

/** A chat as an event shows it. */
export interface NamedChat {
  id?: string;
  name?: string;
  title?: string;
}

/**
 * A list of groups: names, ids and links in any spelling. `kotiki`, `@Kotiki` and `https://t.me/kotiki` are one group, and
 * `Совет  дома` is one that is called «Совет дома». A link names a group of its own network only.
 * Gives a function from a chat (and the kind of its channel) to the entry as written, or undefined.
 */
export function groupList(entries: readonly string[]): (chat: NamedChat, kind: string | undefined) => string | undefined {
  const names = new Map<string, string>();
  const ofNetworks = new Map<string, string>();
  // A chat of an unknown network may be of any.
  const ofAny = new Map<string, string>();
  for (const entry of entries) {
    const link = parseGroupLink(entry);
    if (!link) for (const name of namesOf(entry)) put(names, name, entry);
    for (const name of link?.names ?? []) {
      put(ofNetworks, keyOf(link!.network, name), entry);
      put(ofAny, name, entry);
    }
  }
  return (chat, kind) => {
    const network = networkOfKind(kind)?.kind;
    for (const written of [chat.name, chat.id]) {
      if (!written) continue;
      const own = parseGroupLink(written);
      for (const name of own?.names ?? namesOf(written)) {
        const of = own?.network ?? network;
        const entry = names.get(name) ?? (of === undefined ? ofAny.get(name) : ofNetworks.get(keyOf(of, name)));
        if (entry !== undefined) return entry;
      }
    }
    return chat.title ? names.get(plain(chat.title)) : undefined;
  };
}

/** Whether an entry names a group: an empty line, or a link that leads to none, does not. */
export function isGroup(entry: string): boolean {
  const link = parseGroupLink(entry);
  return link ? link.names.length > 0 : namesOf(entry).some((name) => name !== '');
}

function put(entries: Map<string, string>, key: string, entry: string): void {
  if (!entries.has(key)) entries.set(key, entry);
}

function keyOf(network: string, name: string): string {
  return `${network} ${name}`;
}

/** A name or an id in the ways it may be written: without `@`, a WhatsApp id without its server, a Telegram id without its prefix. */
function namesOf(written: string): string[] {
  const name = plain(written).replace(/^@/, '');
  const short = /^(\d[\d-]{8,})@g\.us$/.exec(name)?.[1] ?? /^-(?:100)?(\d{6,})$/.exec(name)?.[1];
  return short === undefined ? [name] : [name, short];
}

function plain(text: string): string {
  return foldCase(text.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, ''))
    .trim()
    .replace(/\s+/g, ' ');
}

interface GroupLink {
  network: string;
  names: string[];
}

function parseGroupLink(written: string): GroupLink | undefined {
  const found = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([a-z0-9.-]+\.[a-z]{2,})(?::\d+)?\/([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/i.exec(plain(written));
  const network = found && (found[1] === 'chat.whatsapp.com' ? 'whatsapp' : networkOfHost(found[1]!)?.kind);
  if (!found || !network) return undefined;
  const [first, second] = found[2]!.split('/').filter((part) => part !== '');
  // Pages that stand before the group's own name: t.me/s/kotiki, t.me/c/1234567/5, t.me/joinchat/AbC.
  const name = (first !== undefined && stepsBefore.has(first) ? second : first)?.replace(/^[@+]/, '');
  const numbered = network === 'vk' && name !== undefined ? /^(?:club|public|event)(\d+)$/.exec(name)?.[1] : undefined;
  return { network, names: [name, numbered].filter((one) => one !== undefined && one !== '') as string[] };
}

const stepsBefore = new Set(['s', 'c', 'joinchat', 'groups', 'g']);
