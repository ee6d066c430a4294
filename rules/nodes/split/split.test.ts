import { split } from './split.js';

function sharesOf(parts: Record<string, number>, nodeId = 'node'): Record<string, number> {
  const decide = split.compile!(split.settings.parse({ parts }), { nodeId, ruleSet: 'r', timezone: 'UTC' });
  const shares: Record<string, number> = {};
  for (let contact = 0; contact < 20_000; contact++) {
    const port = portOf(decide, String(contact));
    shares[port] = (shares[port] ?? 0) + 1 / 20_000;
  }
  return shares;
}

function portOf(decide: ReturnType<NonNullable<typeof split.compile>>, id: string, kind = 'telegram'): string {
  const event = { type: 'message-received' as const, id: 'e1', at: '2026-03-02T09:00:00Z', contact: { id }, channel: { kind } };
  const outcome = decide({ event, now: 0, memory: { replies: [], openTask: false, turns: {} }, variables: {} });
  return 'go' in outcome ? (outcome.go ?? '') : '';
}

it('gives each part its share, whatever the shares add up to', () => {
  const shares = sharesOf({ a: 1, b: 2, c: 7 });
  const off = Object.entries({ a: 0.1, b: 0.2, c: 0.7 }).filter(([part, share]) => Math.abs((shares[part] ?? 0) - share) > 0.01);
  expect({ off, shares }).toEqual({ off: [], shares });
});

it('parts independently at each node and on each kind of channel', () => {
  const at = (nodeId: string) => split.compile!(split.settings.parse({}), { nodeId, ruleSet: 'r', timezone: 'UTC' });
  const [one, other] = [at('n1'), at('n2')];
  let alike = 0;
  let alikeKinds = 0;
  for (let contact = 0; contact < 10_000; contact++) {
    const port = portOf(one, String(contact));
    expect(portOf(one, String(contact))).toBe(port);
    if (portOf(other, String(contact)) === port) alike++;
    if (portOf(one, String(contact), 'vk') === port) alikeKinds++;
  }
  expect(Math.abs(alike - 5000)).toBeLessThan(250);
  expect(Math.abs(alikeKinds - 5000)).toBeLessThan(250);
});

it('names its exits in the order of the file', () => {
  const settings = split.settings.parse({ parts: { second: 1, first: 2, a: 3 } });
  expect(typeof split.ports === 'function' && split.ports(settings)).toEqual(['second', 'first', 'a']);
});

it.each([[{}], [{ a: 0 }], [{ a: -1 }], [{ a: Infinity }], [{ '': 1 }]])('refuses %j', (parts) => {
  expect(split.settings.safeParse({ parts }).success).toBe(false);
});
