import { z } from 'zod';
import { describeIssues } from './describe-issue.js';
import type { Bilingual } from './bilingual.js';
import { chatTypes, eventTypes, messageKinds, messageOrigins, surfaces, type RuleEvent } from './event.js';
import { spellPath } from './json-path.js';
import { parseInstant } from './time/instant.js';
import { isRecord } from './is-record.js';

/** The clock of a stream whose first event has none. */
export const firstInstant = '1970-01-01T00:00:00Z';

export type ReadEventResult = { ok: true; event: RuleEvent } | { ok: false; path: string; problem: Bilingual };

/**
 * Checks one event and fills in its `id` and `at`. Unknown fields are kept; `null` counts as absent.
 * @param json what a line of an events file holds
 * @param place position in the stream, from 1 (names an event without an id `e1`, `e2`...) and the previous event's clock
 * @returns the event, or the first field that is wrong, spelt `message.text`
 */
export function readEvent(json: unknown, place: { position: number; previousAt?: string }): ReadEventResult {
  const parsed = eventSchema.safeParse(withoutNulls(json));
  if (!parsed.success) {
    const [first] = describeIssues(parsed.error.issues);
    return { ok: false, path: spellPath(first?.path ?? []), problem: first?.text ?? notAnEvent };
  }
  const { id = `e${place.position}`, at = place.previousAt ?? firstInstant } = parsed.data;
  if (parseInstant(at) === undefined) return { ok: false, path: 'at', problem: notAnInstant };
  return { ok: true, event: { ...parsed.data, id, at } };
}

const notAnEvent: Bilingual = { ru: 'это не событие', en: 'this is no event' };
const notAnInstant: Bilingual = {
  ru: 'ожидается момент времени, например 2026-03-02T23:10:00+03:00',
  en: 'an instant is expected, such as 2026-03-02T23:10:00+03:00',
};

const text = z.string().optional();
const count = z.number().optional();
const attachment = z.looseObject({ type: z.string(), url: text, name: text, mime: text, size: count });

const eventSchema = z.looseObject({
  type: z.enum(eventTypes),
  id: z.string().min(1).optional(),
  at: text,
  channel: z.looseObject({ id: text, kind: text, name: text, account: text, surface: z.enum(surfaces).optional() }).optional(),
  contact: z.looseObject({ id: text, name: text, username: text, phone: text, bot: z.boolean().optional() }).optional(),
  chat: z.looseObject({ type: z.enum(chatTypes).optional(), id: text, name: text, title: text }).optional(),
  message: z
    .looseObject({
      id: text,
      kind: z.enum(messageKinds).optional(),
      text,
      origin: z.enum(messageOrigins).optional(),
      attachments: z.array(attachment).optional(),
      post: z.looseObject({ id: text, url: text }).optional(),
    })
    .optional(),
  conversation: z
    .looseObject({ id: text, number: count, status: z.enum(['open', 'closed']).optional(), inbound: count, outbound: count })
    .optional(),
  deal: z
    .looseObject({
      id: text,
      pipeline: text,
      stage: text,
      open: z.boolean().optional(),
      responsible: text,
      tags: z.array(z.string()).optional(),
    })
    .optional(),
});

/** Other systems write an absent field as null; two levels deep is where the known fields are, `message.post` aside. */
function withoutNulls(json: unknown): unknown {
  if (!isRecord(json)) return json;
  return dropNulls(json, (value) => (isRecord(value) ? dropNulls(value, (inner) => inner) : value));
}

function dropNulls(record: Record<string, unknown>, inside: (value: unknown) => unknown): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(record)) {
    // A key that would change the object itself instead of becoming a field is no data.
    if (value !== null && key !== '__proto__') kept[key] = inside(value);
  }
  return kept;
}
