import * as fc from 'fast-check';
import { surfaces, type RuleEvent } from '../../event.js';
import { emptyMemory } from '../../memory.js';
import { route, type Settings } from './route.js';

const names = ['Продажи', 'ПРОДАЖИ', 'shop', 'Shop', 'telegram', ''];
const when = fc.record(
  { channel: fc.constantFrom(...names), kind: fc.constantFrom('telegram', 'Telegram', 'vk', ''), surface: fc.constantFrom(...surfaces) },
  { requiredKeys: [] },
);
const channel = fc.record(
  {
    id: fc.constantFrom(...names),
    name: fc.constantFrom(...names),
    kind: fc.constantFrom('telegram', 'TELEGRAM', 'vk', 'webhook'),
    surface: fc.constantFrom(...surfaces),
  },
  { requiredKeys: [] },
);

it('takes the first row that fits, whichever way it names the source', () => {
  fc.assert(
    fc.property(fc.array(when, { maxLength: 6 }), fc.option(channel, { nil: undefined }), (whens, source) => {
      const settings = route.settings.parse({ rows: whens.map((when, place) => ({ when, stage: `s${place}` })) } satisfies Settings);
      const event: RuleEvent = { type: 'message-received', id: 'e', at: '2026-03-02T12:00:00Z', message: { text: 'x' } };
      if (source) event.channel = source;
      const outcome = route.compile!(settings, { nodeId: 'n', timezone: 'UTC', ruleSet: 'r' })({
        event,
        now: 0,
        memory: emptyMemory,
        variables: {},
      });
      const expected = whens.findIndex((row) => fits(row, event));
      const effects = expected < 0 ? undefined : [{ type: 'set-stage', stage: `s${expected}` }];
      expect('effects' in outcome ? outcome.effects : undefined).toEqual(effects);
    }),
    { numRuns: 2000 },
  );
});

/** Row by row, as the format says it. */
function fits({ channel, kind, surface }: { channel?: string; kind?: string; surface?: string }, event: RuleEvent): boolean {
  const source = event.channel;
  const isSame = (one: string | undefined, other: string) => one !== undefined && one.toLowerCase() === other.toLowerCase();
  if (channel && source?.id !== channel && !isSame(source?.name, channel)) return false;
  if (kind && !isSame(source?.kind, kind)) return false;
  return !surface || (source !== undefined && (source.surface ?? 'direct') === surface);
}
