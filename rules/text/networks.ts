/** A messenger or site: what tags call it, and where its profiles live. */
export interface Network {
  /** The first part of a channel's kind: `whatsapp` also covers `whatsapp-business`. */
  kind: string;
  /** What `%DOMAIN%` says. */
  label: string;
  /** Hosts of profile links, without `www.` and `m.`. */
  hosts: readonly string[];
}

export const networks: readonly Network[] = [
  { kind: 'telegram', label: 'Telegram', hosts: ['t.me', 'telegram.me', 'telegram.dog'] },
  { kind: 'whatsapp', label: 'WhatsApp', hosts: ['wa.me', 'api.whatsapp.com', 'web.whatsapp.com', 'whatsapp.com'] },
  { kind: 'instagram', label: 'Instagram', hosts: ['instagram.com', 'instagr.am', 'ig.me'] },
  { kind: 'vk', label: 'ВКонтакте', hosts: ['vk.com', 'vk.ru', 'vk.me', 'vkontakte.ru'] },
  { kind: 'avito', label: 'Avito', hosts: ['avito.ru'] },
  { kind: 'facebook', label: 'Facebook', hosts: ['facebook.com', 'fb.com', 'fb.me', 'm.me', 'messenger.com'] },
  { kind: 'viber', label: 'Viber', hosts: ['viber.me'] },
  { kind: 'webchat', label: 'Web', hosts: [] },
];

/** The network of a channel's kind; undefined for a kind that is none of them (`webhook`). */
export function networkOfKind(kind: string | undefined): Network | undefined {
  if (kind === undefined) return undefined;
  const exact = byKind.get(kind);
  if (exact) return exact;
  const first = kind.toLowerCase().split('-', 1)[0]!;
  return byKind.get(aliases.get(first) ?? first);
}

/** The network that a host's profiles belong to; a leading `www.` or `m.` is no difference. */
export function networkOfHost(host: string): Network | undefined {
  return byHost.get(host.toLowerCase().replace(/^(?:www|m)\./, ''));
}

const aliases = new Map([
  ['vkontakte', 'vk'],
  ['web', 'webchat'],
  ['site', 'webchat'],
]);
const byKind = new Map(networks.map((network) => [network.kind, network]));
const byHost = new Map(networks.flatMap((network) => network.hosts.map((host) => [host, network] as const)));
