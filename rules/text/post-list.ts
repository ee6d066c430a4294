/** A post as an event shows it. */
export interface NamedPost {
  id?: string;
  url?: string;
}

/**
 * A list of posts: links, compared by the post that they name, and ids, which are case-sensitive.
 * `https://www.instagram.com/p/BcTplj6jxrh/?igsh=x` is `instagram.com/p/BcTplj6jxrh`; the id of `vk.com/wall-216294501_113` is
 * `113`. Gives a function from a post to the entry as written, or undefined.
 */
export function postList(entries: readonly string[]): (post: NamedPost) => string | undefined {
  const ids = new Map<string, string>();
  const links = new Map<string, string>();
  const idsOfLinks = new Map<string, string>();
  for (const entry of entries) {
    const name = parsePost(entry);
    if (name?.link !== undefined) put(links, name.link, entry);
    for (const id of name?.ids ?? []) put(name?.link === undefined ? ids : idsOfLinks, id, entry);
  }
  return ({ id = '', url = '' }) => {
    const byId = parsePost(id);
    const byUrl = parsePost(url);
    for (const known of [...(byId?.ids ?? []), ...(byUrl?.ids ?? [])]) if (ids.has(known)) return ids.get(known);
    const link = byUrl?.link ?? byId?.link;
    if (link !== undefined) return links.get(link);
    // An event that shows an id alone does not say of which page: any link with that id may mean it.
    for (const known of byId?.ids ?? []) if (idsOfLinks.has(known)) return idsOfLinks.get(known);
    return undefined;
  };
}

/** Whether an entry names a post. */
export function isPost(entry: string): boolean {
  return parsePost(entry) !== undefined;
}

function put(entries: Map<string, string>, key: string, entry: string): void {
  if (!entries.has(key)) entries.set(key, entry);
}

/** What names a post: the link in one spelling, where there is one, and the ids that people know it by. */
interface PostName {
  link?: string;
  ids: string[];
}

function parsePost(written: string): PostName | undefined {
  const text = written
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .trim();
  if (text === '') return undefined;
  const found = /^(?:[a-z][a-z0-9+.-]*:)?(?:\/\/)?([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})(?::\d+)?\/([^?#]*)(?:\?([^#]*))?(?:#.*)?$/i.exec(
    text,
  );
  if (!found) {
    const wall = /^(?:wall-?|-)\d+_\d+$/.test(text) ? text.replace('wall', '') : undefined;
    return wall === undefined ? { ids: [text] } : wallPost(wall);
  }
  const host = found[1]!.toLowerCase().replace(/^(?:www|m|mobile|web)\./, '');
  const path = found[2]!.split('/').filter((part) => part !== '');
  const wallOfLink = isVk.test(host) ? /wall(-?\d+_\d+)/.exec(`${found[2]}?${found[3] ?? ''}`)?.[1] : undefined;
  if (wallOfLink !== undefined) return wallPost(wallOfLink);
  if (isInstagram.test(host)) {
    const at = path.findIndex((part) => instagramPosts.has(part));
    const code = at < 0 ? undefined : path[at + 1];
    if (code !== undefined) return { link: `instagram ${code}`, ids: [code] };
  }
  if (isTelegram.test(host)) {
    const [channel, number] = path[0] === 's' || path[0] === 'c' ? path.slice(1) : path;
    if (channel !== undefined && number !== undefined) return { link: `telegram ${channel.toLowerCase()} ${number}`, ids: [number] };
  }
  if (path.length === 0 && found[3] === undefined) return undefined;
  const kept = (found[3] ?? '').split('&').filter((part) => part !== '' && !tracking.test(part));
  const last = path.at(-1);
  return { link: [host, ...path].join('/') + (kept.length > 0 ? `?${kept.sort().join('&')}` : ''), ids: last === undefined ? [] : [last] };
}

/** VK: the page and the number after the last underscore, by which people know the post. */
function wallPost(wall: string): PostName {
  return { link: `vk ${wall}`, ids: [wall, wall.slice(wall.lastIndexOf('_') + 1)] };
}

const isVk = /^(?:vk\.com|vk\.ru|vkontakte\.ru)$/;
const isInstagram = /^(?:instagram\.com|instagr\.am)$/;
const isTelegram = /^(?:t\.me|telegram\.me|telegram\.dog)$/;
const instagramPosts = new Set(['p', 'reel', 'reels', 'tv']);
const tracking =
  /^(?:utm_[a-z_]+|igsh|igshid|ig_[a-z_]+|img_index|hl|fbclid|gclid|yclid|dclid|msclkid|ysclid|_openstat|ref|ref_src|from|share|si|mibextid|__cft__\S*|__tn__)(?:=|$)/i;
