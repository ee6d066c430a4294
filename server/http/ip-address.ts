import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * Where an IP address leads: `public` to the internet, `private` into this machine or a network of its owner, `forbidden` where no service of anybody's
 * lives (link-local with the clouds' metadata, multicast, reserved), which is not called even when private networks are allowed.
 * An IPv4 address inside an IPv6 one (mapped, NAT64, 6to4) is judged by itself. Anything that is no address is `forbidden`.
 */
export function reachOf(address: string): 'public' | 'private' | 'forbidden' {
  const bare = address.replace(/%.*$/, '');
  if (isIPv4(bare)) return reachOfIPv4(bare);
  if (!isIPv6(bare)) return 'forbidden';
  const groups = toGroups(bare);
  const embedded = embeddedIPv4(groups);
  if (embedded) return reachOfIPv4(embedded);
  if (forbidden.check(bare, 'ipv6')) return 'forbidden';
  if (privateOnes.check(bare, 'ipv6')) return 'private';
  // Only 2000::/3 is handed out on the internet; what lies outside and is not listed above is nobody's.
  return (groups[0]! & 0xe000) === 0x2000 ? 'public' : 'forbidden';
}

const privateOnes = blockList(
  ['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '172.16.0.0/12', '192.0.0.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ['::/128', '::1/128', 'fc00::/7', 'fec0::/10'],
);
const forbidden = blockList(
  ['169.254.0.0/16', '192.0.2.0/24', '192.88.99.0/24', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  // 2001::/23 holds Teredo, which carries an IPv4 address in a disguise of its own.
  ['fe80::/10', 'ff00::/8', '2001::/23', '2001:db8::/32', '3fff::/20', '64:ff9b:1::/48', '100::/64', '5f00::/16'],
);

function reachOfIPv4(address: string): 'public' | 'private' | 'forbidden' {
  if (forbidden.check(address, 'ipv4')) return 'forbidden';
  return privateOnes.check(address, 'ipv4') ? 'private' : 'public';
}

/** The IPv4 address that a translator, a tunnel or the socket itself would really call. */
function embeddedIPv4(groups: number[]): string | null {
  const leads = (...prefix: number[]): boolean => prefix.every((group, index) => groups[index] === group);
  const mapped = leads(0, 0, 0, 0, 0, 0xffff) || leads(0, 0, 0, 0, 0xffff, 0);
  // ::a.b.c.d, the old "compatible" form; :: and ::1 are not of it.
  const compatible = leads(0, 0, 0, 0, 0, 0) && groups[6] !== 0;
  if (mapped || compatible || leads(0x64, 0xff9b, 0, 0, 0, 0)) return dotted(groups[6]!, groups[7]!);
  return leads(0x2002) ? dotted(groups[1]!, groups[2]!) : null;
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** The eight 16-bit groups. URL's own parser rewrites every spelling, a dotted tail included, to hexadecimal groups with at most one `::`. */
function toGroups(address: string): number[] {
  const [head = '', tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
  const groups = (part: string): number[] => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  if (tail === undefined) return groups(head);
  const [first, last] = [groups(head), groups(tail)];
  return [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last];
}

function blockList(ipv4: string[], ipv6: string[]): BlockList {
  const list = new BlockList();
  const add = (subnets: string[], family: 'ipv4' | 'ipv6'): void => {
    for (const subnet of subnets) {
      const [net = '', bits = ''] = subnet.split('/');
      list.addSubnet(net, Number(bits), family);
    }
  };
  add(ipv4, 'ipv4');
  add(ipv6, 'ipv6');
  return list;
}
